"""ERIC's record page with and without meta tags, and bad input of both kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.reading import Document, Reading, Refusal
from litbase.sources import eric
from tests.sources.test_eric import ARTICLE, CASES, PAGE, one, record_of
from tests.strategies import damaged


def test_a_page_gives_the_record_of_its_text_but_for_the_link() -> None:
    text = ARTICLE.replace("Pages: 24", "Pages: 24\nDirect link: https://doi.org/10.1007/s10833-019-09348-1")
    assert record_of(PAGE) == record_of(text)
    assert one(PAGE).leftovers == ()


def _no_meta(page: str) -> str:
    return "\n".join(line for line in page.split("\n") if not line.startswith("<meta name"))


def test_a_page_without_meta_tags_gives_the_same_record() -> None:
    assert record_of(_no_meta(PAGE)) == record_of(PAGE)


@pytest.mark.parametrize("wrapped", ["<main>{}</main>", "<table><tr><td>{}</td></tr></table>", "<article>{}</article>"])
def test_noise_around_the_record_changes_nothing(wrapped: str) -> None:
    noise = (
        '<div id="consent">We value your privacy. Title: None</div><aside><b>Language:</b></aside>'
        "<ul><li>Publication Date</li><li>Since 2024 (last year only)</li></ul>"
        "<script>let x = '<div class=\"title\">Wrong</div>';</script><style>.abstract{}</style>"
        "<!-- <div class='abstract'>Wrong</div> --><svg><text>Wrong</text></svg><noscript>Wrong</noscript>"
    )
    start, rest = PAGE.split('<div id="main">')
    inner, end = rest.split("<footer>")
    inner = wrapped.format(inner.rstrip().removesuffix("</div>"))
    page = f'{start}{noise}<div id="main">{inner}</div>{noise}<footer>{end}'
    assert record_of(page) == record_of(PAGE)


def test_meta_tags_fill_what_the_page_does_not_show() -> None:
    hidden = "\n".join(
        line
        for line in PAGE.split("\n")
        if not line.startswith(('<div class="r_a">', "<div><cite>", '<div class="title">'))
    )
    meta = (
        '<meta name="citation_volume" content="20"><meta name="citation_issue" content="3">'
        '<meta name="citation_firstpage" content="327"><meta name="citation_lastpage" content="350">'
    )
    assert record_of(hidden.replace("</head>", f"{meta}</head>")) == record_of(PAGE)


@pytest.mark.parametrize(
    ("shown", "meta", "field"),
    [
        ("Mehta, Jal|Peterson, Amelia", "Nobody, Else", "author"),
        ('content="International Learning', 'content="National Learning', "title"),
        ('content="Journal of Educational Change"', 'content="Another Journal"', "container_title"),
        ('content="2019/08"', 'content="2018/08"', "issued"),
    ],
)
def test_where_page_and_meta_disagree_the_page_is_believed_and_it_is_told(shown: str, meta: str, field: str) -> None:
    reading = one(PAGE.replace(shown, meta))
    assert reading.record == record_of(PAGE)
    assert [notice.field for notice in reading.notices if notice.code == "meta-contradicts"] == [field]


def test_what_a_script_says_is_not_read() -> None:
    assert record_of(PAGE).eric == "EJ1223055"


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("<html><body><p>The ERIC database has a new page.</p></body></html>", 0),
        (
            "<html><body><div class='r_i'><b>ERIC Number:</b> EJ123456</div>"
            "<div class='r_i'>ERIC Number: EJ123457</div></body></html>",
            0,
        ),
        ("note = {ERIC Number: EJ1223055}", 0),
        ("N1  - ERIC Number: EJ1223055", 0),
        ('{"id": "EJ1223055", "note": "x\\nERIC Number: EJ1"}', 0),
        ("", 0),
    ],
)
def test_what_is_not_ours_is_not_claimed(text: str, score: int) -> None:
    assert eric.sniff(Document.from_text(text)) == score


# bad input

FIXTURES = [path.read_bytes() for path in sorted(CASES.iterdir()) if path.suffix in (".txt", ".html")]


@given(st.sampled_from(FIXTURES).flatmap(damaged))
def test_damaged_documents_are_read_or_refused_but_never_raise(left: bytes) -> None:
    document = Document("-", left)
    assert 0 <= eric.sniff(document) <= 100
    for item in eric.read(document):
        assert isinstance(item, Reading | Refusal)


@given(st.text(alphabet="ERICNumber: EJ0123456789\nPages;,.()ovnp-", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    list(eric.read(Document.from_text(f"ERIC Number: EJ123456\n{text}")))


def test_every_line_is_read_in_time() -> None:
    for letters in ("a, b; ", "v1 n1 p1, ", "((((", "Tel: ", "A: ", "p1-2,", "Box 1 "):
        text = f"ERIC Number: EJ123456\nTitle\n{letters * (100_000 // len(letters))}"
        assert len(list(eric.read(Document.from_text(text)))) == 1
