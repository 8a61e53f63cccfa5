"""The search help: every example can be tried, trying it repairs nothing, and it says what it finds."""

from litbase.errors import EngineUnavailable
from litbase.fields import FIELDS
from litbase.formats import FORMATS
from litbase.library import finding
from litbase.query.examples import EXAMPLES
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming, plain

TABLE = '[aria-label="Search syntax"] tbody tr'


def test_every_example_is_in_the_table_with_a_link_that_searches_for_it(read):
    rows = read("/help").all(TABLE)
    assert len(rows) == len(EXAMPLES)
    for row in rows:
        assert row.find("a").get_text() == f"Try it: {row.find('code').get_text()}"
    assert len({row.find("a")["href"] for row in rows}) == len(EXAMPLES)


def test_every_link_of_the_help_runs_and_finds_what_the_help_says(client, opened, read):
    rows = read("/help").all(TABLE)
    for row in rows:
        typed, told = row.find("code").get_text(), row.find("small").get_text()
        answer = client.get(row.find("a")["href"], follow_redirects=True)
        assert answer.status_code == 200, typed
        assert opened(answer).all(".notices") == [], typed
        total = client.get(row.find("a")["href"].replace("/search", "/search.json")).get_json()["total"]
        assert told == ("nothing here" if not total else f"{total} record{'s' if total != 1 else ''}"), typed
    assert sum(row.find("small").get_text() != "nothing here" for row in rows) >= len(rows) - 2


def test_in_another_library_the_examples_are_of_its_words(tmp_path, opened):
    library = emptied(tmp_path / "library")
    fill(library, tuple(incoming(plain(n), "eric", f"k{n}") for n in range(12)))
    client = create_app(library).test_client()
    rows = opened(client.get("/help")).all(TABLE)
    for row in rows:
        answer = client.get(row.find("a")["href"], follow_redirects=True)
        assert answer.status_code == 200
        assert opened(answer).all(".notices") == []
    found = [row.find("code").get_text() for row in rows if row.find("small").get_text() != "nothing here"]
    assert {"school statistics", 'descriptor:="Statistics"'} <= set(found)
    assert len(found) > len(rows) * 2 / 3
    library.close()


def test_every_field_is_in_the_table_with_its_other_names(read):
    rows = read("/help").all('[aria-label="Fields"] tbody tr')
    shown = [[code.get_text() for code in row.find_all("code")] for row in rows]
    assert shown == [[f"{name}:" for name in (field.name, *field.aliases)] for field in FIELDS]


def test_every_format_and_every_key_is_told(read):
    page = read("/help")
    assert page.texts('[aria-label="Formats"] tbody code') == [format.suffix for format in FORMATS]
    keys = [kbd.get_text() for kbd in page.all("#main dl.keys kbd")]
    assert {"/", "j", "k", "?"} <= set(keys)
    assert keys == [kbd.get_text() for kbd in page.all("#keys dl.keys kbd")]


def test_every_address_for_programs_answers(client, read):
    addresses = [a["href"] for a in read("/help").all('[aria-label="Addresses"] tbody a')]
    assert len(addresses) > 5
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_help_can_be_read_while_nothing_can_be_searched(tmp_path, opened, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise EngineUnavailable("the index is being rebuilt")

    library = emptied(tmp_path / "library")
    monkeypatch.setattr(finding, "counts", gone)
    monkeypatch.setattr("litbase.library.statistics.counts", gone)
    page = opened(create_app(library).test_client().get("/help"))
    assert [row.find("code").get_text() for row in page.all(TABLE)] == [example.typed for example in EXAMPLES]
    assert page.all(f"{TABLE} a") == []
    library.close()
