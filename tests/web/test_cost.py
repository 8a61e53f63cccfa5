"""What a page asks of the store and of the engine, counted, so that it cannot grow unseen."""

import pytest
import sqlalchemy as sa

from litbase.query.request import SearchRequest
from litbase.web import create_app
from tests.library.small import COMMUNITIES, small_library


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Records with versions, references and descriptors in common; nobody may change them."""
    library = small_library(tmp_path_factory.mktemp("cost"))
    yield library
    library.close()


@pytest.fixture
def asked(school, monkeypatch):
    """asked(address) is what the page there asks: statements of the store, transactions, questions to the engine."""
    statements: list[str] = []
    questions: list[SearchRequest] = []
    search = school.engine.search

    def note(connection, cursor, statement, parameters, context, executemany):
        statements.append(statement)

    def counted(request):
        questions.append(request)
        return search(request)

    monkeypatch.setattr(school.engine, "search", counted)
    database = school.store._database.engine
    sa.event.listen(database, "before_cursor_execute", note)
    client = create_app(school).test_client()

    def ask(address):
        assert client.get(address).status_code == 200  # the first page reads what stays in memory
        statements.clear()
        questions.clear()
        assert client.get(address).status_code == 200
        begun = sum(statement.startswith("BEGIN") for statement in statements)
        return len(statements) - begun, begun, len(questions)

    yield ask
    sa.event.remove(database, "before_cursor_execute", note)


def test_a_record_page_asks_the_store_and_the_engine_a_few_times_however_much_is_near_it(school, asked):
    [stored] = [one for one in school.store.scan("", 500) if one.record.title == COMMUNITIES.title]
    statements, transactions, questions = asked(f"/record/{stored.id}")
    assert statements <= 13
    assert transactions == 1
    assert questions <= 5


def test_a_search_page_reads_its_records_in_one_statement(asked):
    statements, transactions, questions = asked("/search?q=learning")
    assert statements <= 4
    assert transactions <= 2
    assert questions == 1
