"""What can become of a record, and what its page then says: merged, withdrawn, retracted, older, odd, very long."""

import time

import pytest

from litbase.formats.page.coins import context_of
from litbase.library.duplicates import merge
from litbase.library.editing import edit
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import notice
from litbase.record.record import Mark, Record, Reference
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming

ANN = Name(family="Roe", given="Ann")
WORK = {
    "type": "article-journal",
    "author": (ANN,),
    "issued": PartialDate(year=2001),
    "container_title": "Journal of Towns",
}
CITING = Record(
    **WORK,
    title="Towns and Their Texts",
    eric="EJ7000010",
    abstract="As Stoll (2015) and Mumby (2016) say, towns read (Borko, 2004; Hargreaves, 2010).\n"
    "See also Borko (2004).",
    references=(
        Reference(
            "Borko, H. (2004). Towns.",
            Record(title="Towns", author=(Name(family="Borko", given="H."),), issued=PartialDate(year=2004)),
        ),
        Reference(
            "Stoll, L. (2015). Streets.",
            Record(title="Streets", author=(Name(family="Stoll", given="L."),), issued=PartialDate(year=2015)),
        ),
        Reference(
            "Munby, S. (2016). Squares.",
            Record(
                title="Squares",
                author=(Name(family="Munby", given="S."),),
                issued=PartialDate(year=2016),
                doi="10.5555/squares",
            ),
        ),
    ),
)
NOTICED = (
    notice("cited-not-listed", "references", citation="Hargreaves (2010)"),
    notice("name-spelled-twice", "references", one="Munby", other="Mumby"),
)
MANY = Record(
    **{**WORK, "author": tuple(Name(family=f"Name{n}", given="A.") for n in range(15))},
    title="Written by Many",
    doi="10.5555/many",
    full_text_url="https://files.example.org/many.pdf",
    url="https://example.org/many",
)
ARABIC = Record(**WORK, title="التعلم في المدن", abstract="نص عربي قصير.", language=("ar",), eric="EJ7000012")
ONE, OTHER = (Record(**WORK, title="Squares and Streets", eric=f"EJ700002{n}") for n in (0, 1))
RETRACTED = Record(**WORK, title="RETRACTED ARTICLE: Towns Without Streets", eric="EJ7000030")
RECORDS = (CITING, MANY, ARABIC, ONE, OTHER, RETRACTED)


def library_of(folder, records, **settings):
    library = emptied(folder, **settings)
    read = (incoming(one, "eric", f"k{n}", notices=NOTICED if one is CITING else ()) for n, one in enumerate(records))
    return library, fill(library, tuple(read))


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """A library and its client: EJ7000021 is merged into EJ7000020, whose title was edited twice."""
    library, _ = library_of(tmp_path_factory.mktemp("states") / "library", RECORDS)
    for title in ("Squares, Streets", "Squares, Streets, Parks"):
        edit(library, "EJ7000020", {"title": title}, who="ed", why="as printed")
    merge(library, ["EJ7000021"], "EJ7000020", who="ed")
    yield library, create_app(library).test_client()
    library.close()


def test_a_merged_record_leads_on_and_is_told(states, opened):
    _, client = states
    answer = client.get("/record/EJ7000021")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/record/EJ7000020?merged=EJ7000021")
    page = opened(client.get(answer.headers["Location"]))
    assert "You came from EJ7000021, which was merged into this record." in page.text(".notes")
    assert page.one("link[rel=canonical]")["href"].endswith("/record/EJ7000020")
    assert client.get("/record/EJ7000021.bib").headers["Location"] == "/record/EJ7000020.bib"


@pytest.mark.parametrize("claim", ["EJ7000010", "nobody", "<b>", ""])
def test_nothing_is_told_that_is_not_so(states, opened, claim):
    _, client = states
    assert opened(client.get("/record/EJ7000020", query_string={"merged": claim})).all(".notes") == []


def test_a_retracted_work_is_marked_first(states, opened):
    _, client = states
    assert "This work was retracted." in opened(client.get("/record/EJ7000030")).text(".note.bad")
    assert client.get("/record/EJ7000030.json").get_json()["retraction"] == ""
    assert client.get("/record/EJ7000010.json").get_json()["retraction"] is None


@pytest.mark.parametrize("address", ["/search?q=towns", "/", "/authors/roe-ann"])
def test_a_retracted_work_is_marked_before_its_title(states, opened, address):
    page = opened(states[1].get(address))
    [badge] = page.all(".badge.bad")
    assert "Retracted" in badge.get_text()
    assert badge.find_next("a")["href"].startswith("/record/EJ7000030")


def test_a_retracted_work_is_marked_in_a_list(states, opened):
    client = states[1].application.test_client()
    client.post("/list/add", data={"id": ["EJ7000030", "EJ7000010"]}, headers={"Sec-Fetch-Site": "same-origin"})
    page = opened(client.get("/list"))
    assert page.texts(".badge.bad") == ["Retracted"]
    assert page.text("#entry-EJ7000030 h3").startswith("Retracted RETRACTED ARTICLE")


def test_whoever_cites_a_retracted_work_is_told(states, opened):
    _, client = states
    assert page_says(opened(client.get("/record/EJ7000030/cite")))
    assert page_says(opened(client.get("/record/EJ7000030/cite", headers={"X-Fragment": "cite"})))
    assert page_says(opened(client.get("/cite?id=EJ7000030&id=EJ7000010")))
    assert page_says(opened(client.get("/cite?id=EJ7000030", headers={"X-Fragment": "cite"})))
    assert not page_says(opened(client.get("/record/EJ7000010/cite")))
    assert not page_says(opened(client.get("/cite?id=EJ7000010")))


def page_says(page):
    return "This work was retracted" in page.soup.get_text()


def test_programs_are_told_of_retractions(states):
    _, client = states
    hits = client.get("/search.json?q=towns&per=100").get_json()["hits"]
    assert {hit["id"] for hit in hits if hit["retracted"]} == {"EJ7000030"}
    assert [client.get(f"/record/{id}/cite.json").get_json()["retracted"] for id in ("EJ7000030", "EJ7000010")] == [
        True,
        False,
    ]
    [told] = client.get("/cite.json?id=EJ7000030&id=EJ7000010").get_json()["retracted"]
    assert told["url"] == "/record/EJ7000030"


def test_an_older_version_can_be_read_and_leads_to_the_present(states, opened):
    _, client = states
    history = opened(client.get("/record/EJ7000020/history"))
    assert history.texts(".timeline ins, .timeline del")
    assert "Read from ERIC" in history.text(".timeline li:last-child")
    addresses = [a["href"] for a in history.all(".timeline a.btn")]
    assert addresses[-1] == "/record/EJ7000020/history/1"
    first = opened(client.get(addresses[-1]))
    assert first.text("h1") == "Squares and Streets"
    assert first.link("See it as it is now") == "/record/EJ7000020"
    assert first.one("meta[name=robots]")["content"] == "noindex"
    assert opened(client.get(first.one("[rel=next]")["href"])).text("h1") == "Squares, Streets"


@pytest.mark.parametrize(("version", "status"), [("0", 404), ("99", 404), ("x", 404), ("-1", 404), ("9" * 40, 404)])
def test_a_version_that_never_was_is_not_found(states, version, status):
    _, client = states
    assert client.get(f"/record/EJ7000020/history/{version}").status_code == status


def test_the_present_version_is_the_record(states):
    library, client = states
    number = library.store.get("EJ7000020").version
    assert client.get(f"/record/EJ7000020/history/{number}").headers["Location"] == "/record/EJ7000020"


def test_the_text_leads_to_the_references_it_cites(states, opened):
    _, client = states
    page = opened(client.get("/record/EJ7000010"))
    cited = [(a.get_text(), a["href"]) for a in page.all(".abstract a")]
    assert cited == [
        ("Stoll (2015)", "#ref2"),
        ("Mumby (2016)", "#ref3"),
        ("Borko, 2004", "#ref1"),
        ("Borko (2004)", "#ref1"),
    ]
    for _, target in cited:
        assert page.one(target)
    assert page.texts("[aria-labelledby=refs-h] > p") == [
        "The text cites Hargreaves (2010), which is not in the list.",
        "Munby in the list is Mumby in the text.",
    ]
    assert "Hargreaves" not in page.text("aside")


def test_more_than_eight_authors_open_in_place(states, opened):
    _, client = states
    page = opened(client.get(f"/doi/{MANY.doi}", follow_redirects=True))
    assert len(page.all(".rec-authors > li > a")) == 6
    assert page.text(".rec-authors summary") == "and 9 more"
    assert len(page.all(".rec-authors details a")) == 9


def test_a_title_written_from_right_to_left(states, opened):
    _, client = states
    page = opened(client.get("/record/EJ7000012"))
    assert (page.one("h1")["dir"], page.one("h1")["lang"]) == ("auto", "ar")
    assert page.one(".abstract")["dir"] == "auto"


def test_the_source_text_is_there_with_its_lines(states, opened):
    _, client = states
    page = opened(client.get("/record/EJ7000010/source"))
    assert page.texts(".src th") == ["1"]
    assert page.texts(".src td") == ["text"]


def ways(client, opened, query=f"/doi/{MANY.doi}"):
    page = opened(client.get(query, follow_redirects=True))
    return [(" ".join(a.get_text().split()), a["href"]) for a in page.all(".rec-actions > a[rel=noopener]")]


def test_links_out_stand_in_their_order(states, opened):
    _, client = states
    assert ways(client, opened) == [
        ("Full text for this record", MANY.full_text_url),
        ("DOI for this record", f"https://doi.org/{MANY.doi}"),
        ("Web page for this record", MANY.url),
    ]


@pytest.mark.parametrize(
    ("proxy", "through"),
    [
        ("https://proxy.example/login?url=", "https://proxy.example/login?url=https://doi.org/10.5555/many"),
        ("https://go.example/?to={url}&x=1", "https://go.example/?to=https%3A%2F%2Fdoi.org%2F10.5555%2Fmany&x=1"),
    ],
)
def test_what_costs_money_goes_through_the_proxy_and_the_own_library_can_be_asked(tmp_path, opened, proxy, through):
    library, _ = library_of(tmp_path / "library", (MANY,), openurl="https://resolver.example/find?sid=1", proxy=proxy)
    client = create_app(library).test_client()
    found = dict(ways(client, opened))
    assert found["DOI for this record"] == through
    assert found["Full text for this record"].startswith(proxy[:20])
    assert found["Web page for this record"] == MANY.url
    [*_, (last, address)] = ways(client, opened)
    assert last == "Find it at my library for this record"
    base, _, keys = address.partition("?sid=1&")
    assert base == "https://resolver.example/find"
    context = context_of(keys)
    assert context["rft.atitle"] == ("Written by Many",)
    assert context["rft_id"][0] == "info:doi/10.5555/many"
    assert len(address) <= 4000
    library.close()


HOSTILE = {
    "a text of ten megabytes": Record(title="T", abstract="word " * 2_000_000, references=CITING.references),
    "a hundred thousand authors": Record(
        title="T", author=tuple(Name(family=f"N{n}", given="A") for n in range(100_000))
    ),
    "five thousand references": Record(
        title="T",
        contribution="Stoll (2015) and Stoll (2015). " * 6000,
        references=tuple(
            Reference(
                f"Stoll, L. (2015). Streets {n}.",
                Record(title=f"Streets {n}", author=(Name(family="Stoll", given="L."),), issued=PartialDate(year=2015)),
            )
            for n in range(5000)
        ),
    ),
    "emphasis within emphasis": Record(
        title="T" * 700,
        abstract="a b\n" * 20_000,
        marks=tuple(
            Mark(f, n, 80_000 - n, s) for f in ("title", "abstract") for n in range(300) for s in ("i", "b", "sup")
        ),
    ),
    "much emphasis": Record(
        title="T", abstract="ab " * 50_000, marks=tuple(Mark("abstract", n, n + 1, "i") for n in range(50_000))
    ),
    "long values": Record(
        title="t " * 500_000,
        author=(Name(literal="a" * 1_000_000), Name(family="b" * 1_000_000)),
        volume="v" * 100_000,
        descriptors=("d" * 1_000_000,),
        keywords=("k " * 500_000,),
        extra=(("x:y", "z" * 1_000_000),),
        note="n " * 500_000,
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_page_stays_small_and_quick_and_says_what_it_leaves_out(tmp_path, opened, case):
    library, [id] = library_of(tmp_path / "library", (HOSTILE[case],))
    client = create_app(library).test_client()
    client.get("/record/warm")
    begun = time.process_time()
    answer = client.get(f"/record/{id}")
    spent = time.process_time() - begun
    assert answer.status_code == 200
    assert len(answer.data) < 1_500_000
    assert spent < 10
    page = opened(answer)
    if "emphasis" not in case:
        assert "Too long for a page" in page.text(".rec")
    library.close()
