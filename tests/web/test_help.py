"""The search help: every example can be tried, and trying it repairs nothing."""

from litbase.fields import FIELDS
from litbase.query.examples import EXAMPLES


def test_every_example_is_in_the_table_with_a_link_that_searches_for_it(read):
    page = read("/help")
    rows = page.all('[aria-label="Search syntax"] tbody tr')
    assert [row.find("code").get_text() for row in rows] == [example.typed for example in EXAMPLES]
    assert [row.find("a").get_text() for row in rows] == [f"Try it: {example.typed}" for example in EXAMPLES]
    assert len({row.find("a")["href"] for row in rows}) == len(EXAMPLES)


def test_every_link_of_the_help_runs(client, opened, read, web_library):
    """One that an engine without NEAR cannot answer is left to the engine that can."""
    rows = read("/help").all('[aria-label="Search syntax"] tbody tr')
    for row in rows:
        typed = row.find("code").get_text()
        if "NEAR" in typed and "near" not in web_library.engine.can:
            continue
        answer = client.get(row.find("a")["href"], follow_redirects=True)
        assert answer.status_code == 200, typed
        assert opened(answer).all(".notices") == [], typed


def test_every_field_is_in_the_table_with_its_other_names(read):
    rows = read("/help").all('[aria-label="Fields"] tbody tr')
    shown = [[code.get_text() for code in row.find_all("code")] for row in rows]
    assert shown == [[f"{name}:" for name in (field.name, *field.aliases)] for field in FIELDS]
