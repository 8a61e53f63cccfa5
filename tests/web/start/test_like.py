"""Works that are here already: noted while a form is filled, asked about before it is saved."""

from tests.web.conftest import RECORDS, Page, fill, post
from tests.web.start.conftest import typed


def test_the_note_comes_while_it_is_typed(client, library):
    fill(library, RECORDS[:1])
    title = "International Learning Communities: What Leaders Learn at Home"
    sent = {"type": "article-journal", "people": "1", "doi": "10.1007/S10833-019-0000-1", "title": title}
    answer = post(client, "/new/like", sent)
    page = Page(answer.get_data(as_text=True))
    assert page.all("html") == []
    assert "Same DOI" in page.text("#like-h")
    assert "Home" in page.texts("ins")
    assert " ".join(page.texts("del")) == "across Borders"
    assert "Only the record that is here says:" in page.text("#like")
    assert page.one("#like button[name=to]")["formaction"] == "/new/corrections"


def test_nothing_is_noted_of_what_is_new(client, library):
    fill(library, RECORDS[:1])
    page = Page(post(client, "/new/like", {"type": "book", "title": "Entirely New"}).get_data(as_text=True))
    assert page.text("#like") == ""


def test_corrections_go_into_the_form_of_the_other_with_its_version(client, library):
    fill(library, RECORDS[:1])
    sent = {"type": "article-journal", "people": "1", "title": RECORDS[0].record.title, "page": "327-351",
            "descriptors": "Leadership", "to": "EJ1223055"}  # fmt: skip
    answer = post(client, "/new/corrections", sent)
    page = Page(answer.get_data(as_text=True))
    assert page.one("#edit")["action"] == "/record/EJ1223055/edit"
    fields = typed(page)
    assert (fields["page"], fields["version"], fields["volume"]) == (["327-351"], ["1"], ["20"])
    assert "Leadership" in fields["descriptors"][0]
    assert "Communities of Practice" in fields["descriptors"][0]
    assert "What you typed is filled into this record: Pages, Descriptors." in page.text()
    assert library.store.get("EJ1223055").version == 1
    done = post(client, page.one("#edit")["action"], {**typed(page), "do": "save"})
    assert (done.status_code, done.headers["Location"]) == (303, "/new?saved=EJ1223055")
    page = Page(client.get(done.headers["Location"]).get_data(as_text=True))
    assert page.link("Open the record") == "/record/EJ1223055"
    assert library.store.get("EJ1223055").record.page == "327-351"
    assert client.get("/new/corrections").headers["Location"] == "/new"


def test_corrections_of_what_is_not_there_are_refused(client):
    assert post(client, "/new/corrections", {"to": "nosuch", "title": "X"}).status_code == 404


def sent_as_new(client, **more):
    record = RECORDS[0].record
    data = {"type": "report", "people": "1", "title": record.title, "family": "Mehta", "given": "Jal", "role": "author",
            "issued": "2019", "publisher": "Elsewhere", **more}  # fmt: skip
    return post(client, "/new", data)


def test_without_scripts_the_first_save_asks_and_the_second_goes_through(client, library):
    fill(library, RECORDS[:1])
    answer = sent_as_new(client)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "This looks like a record that is here already" in page.text("#like")
    assert library.store.count() == 1
    box = page.one("#like input[name=different]")
    answer = sent_as_new(client, different=box["value"])
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert library.store.count() == 2
    [(pair, verdict)] = library.store.verdicts(["EJ1223055"]).items()
    assert (pair[0], verdict.verdict, verdict.who) == ("EJ1223055", "different", "Ann")


def test_an_answer_stays_in_the_form(client, library):
    fill(library, RECORDS[:1])
    page = Page(sent_as_new(client, different="EJ1223055", do="type").get_data(as_text=True))
    assert page.one("#like input[name=different]").has_attr("checked")


def test_what_is_not_public_is_named_as_such(client, library):
    fill(library, RECORDS[:1])
    library.store.set_state("EJ1223055", "withdrawn", "Ann", "twice")
    page = Page(sent_as_new(client, doi=RECORDS[0].record.doi).get_data(as_text=True))
    assert "which was withdrawn" in page.text("#like")
    assert page.all("#like button[name=to]") == []


def test_texts_are_told_apart_from_their_first_difference_on(client, library):
    long = "Leaders meet and learn from each other in many countries. " * 40
    fill(library, (RECORDS[0], *RECORDS[7:8]))
    library.store.edit("EJ1223055", {"abstract": long + "The end."}, "Ann")
    sent = {"type": "article-journal", "doi": RECORDS[0].record.doi, "abstract": long + "The start."}
    page = Page(post(client, "/new/like", sent).get_data(as_text=True))
    cells = [cell for cell in page.texts("#like td") if "start." in cell]
    assert len(cells) == 1
    assert len(cells[0]) < 600
