"""One reference in the styles people write: read by rules alone, and by rules and tagger together."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.record import Record, Reference
from litbase.sources.citations_in_text import citations
from litbase.sources.references import model
from litbase.sources.references.parse import LONGEST, no_tagger, parse_reference
from tests.sources.references.lists import STYLES

APA = "Hattie, J., & Timperley, H. (2007). The power of feedback. Review of Educational Research, 77(1), 81–112. https://doi.org/10.3102/003465430298487"
CHAPTER = (
    "van Veen, K., Zwart, R. & Meirink, J. (2012). What makes development effective? A review. In M. Kooy & K. "
    "van Veen (Eds.), "
    "Teacher learning that matters (pp. 3-21). New York: Routledge."
)
GROUP = "European Commission (2013). Supporting teachers. Brussels: European Commission."
HARVARD = "Ball, S. J. and Maguire, M. (2012) How Schools Do Policy, London: Routledge."
LINK = "OECD (2016) Schools that learn, available at: http://www.oecd.org/school/x.pdf, accessed on 25 July, 2016"
FORTHCOMING = "Brown, C. and Poortman, C. (forthcoming), (London, Routledge)."
CHICAGO = "Fullan, Michael G. 2007. The New Meaning of Change. 4th ed. New York: Teachers College Press."
VOLUMES = "Biesta, G. et al. (2015) The role of beliefs, Teachers and Teaching, Vol. 21, No. 6, pp. 624-640."
EDITED = "Kooy, M., & van Veen, K. (Eds.). (2012). Teacher learning that matters. New York: Routledge."
THESIS = "O’Neil, H.F., Jr. (1999) Small rooms. Nowhere University Press."
NO_DOTS = "Smith JP, Brown K (2010) Rooms. Journal of Rooms 12(3): 1-9."


def by_rules(text: str) -> Reference:
    return parse_reference(text, no_tagger)


READINGS = {"rules": by_rules, "both": parse_reference}


def shown(record: Record | None, names: dict[str, Any]) -> dict[str, Any]:
    """The fields of *record* that *names* holds, as text."""
    assert record is not None
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(record, name)
        if isinstance(value, tuple):
            value = "; ".join(str(item) for item in value)
        found[name] = value if isinstance(value, bool) else str(value or "")
    return found


FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "apa article": (APA, {
        "type": "article-journal", "title": "The power of feedback",
        "container_title": "Review of Educational Research", "volume": "77", "issue": "1", "page": "81-112",
        "doi": "10.3102/003465430298487", "author": "Hattie, J.; Timperley, H.",
        "issued": "2007",
    }),
    "apa chapter": (CHAPTER, {
        "type": "chapter", "title": "What makes development effective? A review", "editor": "Kooy, M.; van Veen, K.",
        "container_title": "Teacher learning that matters", "page": "3-21", "publisher": "Routledge",
        "publisher_place": "New York", "author": "van Veen, K.; Zwart, R.; Meirink, J.",
    }),
    "group": (GROUP, {"author": "European Commission", "title": "Supporting teachers", "publisher_place": "Brussels"}),
    "harvard book": (HARVARD, {"type": "book", "title": "How Schools Do Policy", "publisher": "Routledge"}),
    "web page": (LINK, {
        "type": "webpage", "title": "Schools that learn", "accessed": "2016-07-25",
        "url": "http://www.oecd.org/school/x.pdf",
    }),
    "forthcoming without a title": (FORTHCOMING, {"title": "", "issued": "", "publisher": "Routledge", "type": "book"}),
    "chicago": (CHICAGO, {
        "author": "Fullan, Michael G.", "title": "The New Meaning of Change", "edition": "4th ed.", "issued": "2007",
        "publisher": "Teachers College Press", "publisher_place": "New York",
    }),
    "volume in words": (VOLUMES, {
        "volume": "21", "issue": "6", "page": "624-640", "container_title": "Teachers and Teaching", "others": True,
        "title": "The role of beliefs",
    }),
    "edited book": (EDITED, {
        "author": "", "editor": "Kooy, M.; van Veen, K.", "title": "Teacher learning that matters",
    }),
    "suffix": (THESIS, {
        "author": "O’Neil, H.F., Jr.", "publisher": "Nowhere University Press", "title": "Small rooms",
    }),
    "no dots": (NO_DOTS, {
        "author": "Smith, J. P.; Brown, K.", "title": "Rooms", "container_title": "Journal of Rooms", "volume": "12",
        "issue": "3", "page": "1-9",
    }),
    "volume and pages": ("Roe, A. (2011). Doors. Journal of Doors, 81, 132-169.", {
        "volume": "81", "page": "132-169", "issue": "",
    }),
    "comma style": ("Roe, A. (2011) Doors and rooms, Journal of Doors, 24, 1, 80-91.", {
        "volume": "24", "issue": "1", "page": "80-91", "title": "Doors and rooms",
        "container_title": "Journal of Doors",
    }),
    "quoted title": ("Roe, A. (2011) ‘Doors’, Journal of Doors, 24(1), pp. 80–91.", {
        "title": "Doors", "container_title": "Journal of Doors", "page": "80-91",
    }),
    "question": ("Roe, A. (2011). Which doors? Journal of Doors, 24(1), 80.", {"title": "Which doors?", "page": "80"}),
    "edition in brackets": ("Roe, A. (2014). Rooms: One, two, and three (4th ed.). Sage.", {
        "title": "Rooms: One, two, and three", "edition": "4th ed.", "publisher": "Sage", "type": "book",
    }),
    "letter at the year": ("Roe, A. (2004a). Rooms. London: Acme.", {"issued": "2004", "title": "Rooms"}),
    "full date": ("Roe, A. (2016, May 3). Rooms. Retrieved from http://x.org/rooms", {"issued": "2016-05-03", "url": "http://x.org/rooms"}),
    "no date": ("Roe, A. (n.d.). Rooms.", {"issued": "", "title": "Rooms"}),
    "in press": ("Roe, A. (in press). Rooms. London: Acme.", {"issued": "", "title": "Rooms", "publisher": "Acme"}),
    "retrieved on a date": ("Roe, A. (2012). Rooms. Retrieved May 3, 2013, from http://x.org/a", {
        "accessed": "2013-05-03", "title": "Rooms",
    }),
    "home page is no link": ("Roe, A. (2012). Rooms. http://www.x.org/", {"url": "", "title": "Rooms"}),
    "in with a colon": ("Roe, A. (2012) Rooms. In: Poe, E. (ed.) Houses. Oxford: Acme, pp. 5-9.", {
        "type": "chapter", "container_title": "Houses", "editor": "Poe, E.", "page": "5-9", "publisher": "Acme",
        "title": "Rooms",
    }),
    "doi in words": ("Roe, A. (2012) Rooms, Journal of Rooms, 1(2), 3-4, doi: 10.1234/abc.5.", {
        "doi": "10.1234/abc.5", "page": "3-4",
    }),
}  # fmt: skip


MORE: dict[str, tuple[str, dict[str, Any]]] = {
    "vancouver": ("Smith JP, Brown K. Rooms and health in schools. J Rooms. 2010;12(3):1-9.", {
        "type": "article-journal", "author": "Smith, J. P.; Brown, K.", "title": "Rooms and health in schools",
        "container_title": "J Rooms", "volume": "12", "issue": "3", "page": "1-9", "issued": "2010",
    }),
    "ieee": ("[12] J. Smith and A. Roe, “Doors that learn,” IEEE Trans. Educ., vol. 3, no. 2, pp. 12–19, Mar. 2004.", {
        "author": "Smith, J.; Roe, A.", "title": "Doors that learn", "container_title": "IEEE Trans. Educ.",
        "volume": "3", "issue": "2", "page": "12-19", "issued": "2004-03",
    }),
    "mla": ("Roe, Ann, and Edgar Poe. “A Room of One Kind.” Journal of Rooms, vol. 12, no. 3, 2001, pp. 45-67.", {
        "author": "Roe, Ann; Poe, Edgar", "title": "A Room of One Kind", "container_title": "Journal of Rooms",
        "volume": "12", "issue": "3", "page": "45-67", "issued": "2001",
    }),
    "chicago note": ("Ann Roe, Rooms and Doors (Oxford: Clarendon Press, 1992), 12.", {
        "author": "Roe, Ann", "title": "Rooms and Doors", "publisher_place": "Oxford", "publisher": "Clarendon Press",
        "issued": "1992", "type": "book",
    }),
    "chicago chapter": ("Roe, Ann. 1999. “Rooms.” In Houses and Homes, edited by Edgar Poe, 3–9. Oxford: Acme Press.", {
        "type": "chapter", "title": "Rooms", "container_title": "Houses and Homes", "editor": "Poe, Edgar",
        "page": "3-9", "publisher": "Acme Press", "publisher_place": "Oxford",
    }),
    "thesis": ("Roe, A. (2003). Rooms in schools (Doctoral dissertation, University of Michigan).", {
        "type": "thesis", "title": "Rooms in schools", "issued": "2003",
    }),
    "thesis after a stop": ("Roe, A. Rooms in schools. PhD thesis, Stanford University, Stanford, CA, 2003.", {
        "type": "thesis", "title": "Rooms in schools", "publisher": "Stanford University", "issued": "2003",
    }),
    "report": ("Roe, A. (2003). Rooms in schools (Working Paper No. 12). Washington, DC: World Bank.", {
        "type": "report", "title": "Rooms in schools", "publisher": "World Bank", "publisher_place": "Washington, DC",
    }),
    "proceedings": (
        "A. Roe and E. Poe. Rooms that learn. In Proceedings of the 12th Conference on Rooms, pages 163-176, 1990.", {
            "type": "paper-conference", "title": "Rooms that learn", "page": "163-176", "issued": "1990",
            "container_title": "Proceedings of the 12th Conference on Rooms",
        },
    ),
    "newspaper": ("Roe, A. (2010, January 28). Rooms for everyone. The New York Times, p. A4.", {
        "type": "article-newspaper", "title": "Rooms for everyone", "container_title": "The New York Times",
        "issued": "2010-01-28", "page": "A4",
    }),
    "german": (
        "Helmke, A. & Weinert, F. E. (1997): Bedingungsfaktoren schulischer Leistungen. In: F. E. Weinert (Hrsg.): "
        "Psychologie des Unterrichts. Göttingen: Hogrefe, S. 71–176.", {
            "title": "Bedingungsfaktoren schulischer Leistungen", "editor": "Weinert, F. E.", "page": "71-176",
            "container_title": "Psychologie des Unterrichts", "publisher": "Hogrefe", "publisher_place": "Göttingen",
        },
    ),
    "german edition": ("Meyer, H. (2004): Was ist guter Unterricht? 3. Aufl. Berlin: Cornelsen.", {
        "title": "Was ist guter Unterricht?", "edition": "3. Aufl.", "publisher": "Cornelsen",
    }),
    "french": (
        "Dubet, F. (2010). Les places et les chances. Dans A. Roe (dir.), La justice (p. 12-34). Paris : Seuil.",
        {"title": "Les places et les chances", "editor": "Roe, A.", "page": "12-34", "container_title":
         "La justice", "publisher": "Seuil"},
    ),
    "spanish": (
        "Roe, A. y Poe, E. (2015). Las aulas abiertas. Revista de Educación, 12(3), 45-67. Recuperado de "
        "http://www.revista.es/12/3", {
            "author": "Roe, A.; Poe, E.", "title": "Las aulas abiertas", "container_title": "Revista de Educación",
            "url": "http://www.revista.es/12/3", "page": "45-67",
        },
    ),
    "physics": ("A. B. Roe, E. Poe, Phys. Rev. Lett. 116, 052501 (2016).", {
        "title": "", "container_title": "Phys. Rev. Lett.", "volume": "116", "page": "052501", "issued": "2016",
    }),
    "translated": ("Roe, Ann. Rooms. Translated by Edgar Poe. New York: Random House, 1984.", {
        "title": "Rooms", "translator": "Poe, Edgar", "publisher": "Random House", "issued": "1984",
    }),
    "a broken DOI": ("Roe, A. (2012). Rooms. Journal of Rooms, 1(2), 3-4. doi: 10.1234/ abc.5.", {
        "doi": "10.1234/abc.5", "title": "Rooms",
    }),
    "an eprint": ("A. Roe. Attention to rooms. arXiv preprint arXiv:1412.7054, 2014.", {
        "title": "Attention to rooms", "identifiers": "('arxiv', '1412.7054')",
    }),
    "pubmed": ("Roe A, Poe E. Rooms. J Rooms. 2010;12(3):1-9. PMID: 12345678.", {
        "identifiers": "('pmid', '12345678')", "title": "Rooms",
    }),
}  # fmt: skip
EVERY = FIELDS | MORE


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("text", "expected"), EVERY.values(), ids=EVERY)
def test_fields(reading: str, text: str, expected: dict[str, Any]) -> None:
    assert shown(READINGS[reading](text).parsed, expected) == expected


@pytest.mark.parametrize("reading", READINGS)
def test_every_style_has_names_a_title_and_nothing_left(reading: str) -> None:
    for style, texts in STYLES.items():
        for text in texts:
            reference = READINGS[reading](text)
            assert reference.parsed is not None, (style, text)
            assert reference.parsed.title, (style, text)
            assert reference.parsed.author or text.startswith("—"), (style, text)
            assert [n.code for n in reference.notices if n.code == "reference-unread"] == [], (style, text)


def codes(text: str) -> list[str]:
    return [told.code for told in parse_reference(text).notices]


def test_notices_say_what_a_reference_lacks() -> None:
    assert codes(FORTHCOMING) == ["reference-forthcoming", "reference-untitled"]
    assert codes("Roe, A. (in press). Rooms.") == ["reference-forthcoming"]
    assert codes("Roe, A. (n.d.). Rooms.") == []
    assert codes("Roe, Ann. Rooms and Doors. London: Acme Press.") == ["reference-undated"]


def test_what_no_part_accounts_for_is_shown() -> None:
    text = "Roe, A. (2001). Rooms. Journal of Rooms, 12(3), 4-9. Xqzzt wvrrk; see p. 12 for more."
    told = [dict(item.params)["text"] for item in by_rules(text).notices if item.code == "reference-unread"]
    assert any("wvrrk" in stretch for stretch in told)


def test_what_is_not_understood_stays_as_written() -> None:
    for text in ("ibid.", "See the web page.", "x" * 5000, "(2001)", "", "***", "?"):
        assert parse_reference(text) == Reference(text)


def test_the_end_of_a_long_reference_is_kept_and_told() -> None:
    text = "Roe, A. (2001). Rooms. Journal of Rooms, 12(3), 4-9. " + "And so on " * 400
    reference = parse_reference(text)
    assert reference.text == text.strip()
    assert reference.parsed is not None
    assert reference.notices[-1].code == "reference-unread"
    assert dict(reference.notices[-1].params)["text"] in text[LONGEST:].strip() + text


def test_the_same_text_is_read_the_same_every_time() -> None:
    for text, _ in EVERY.values():
        assert parse_reference(text) == parse_reference(text)


def test_without_the_tagger_the_rules_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "is_installed", lambda: False)
    for text, _ in EVERY.values():
        assert parse_reference(text) == by_rules(text)


WORST = {
    "names": "Roe, A., " * 12_000,
    "years": "(2001) " * 15_000,
    "names and years": "Roe, A. (2001) " * 7_000,
    "capitals": "A" * 100_000,
    "words": "Aaa " * 25_000,
    "initials": "A. " * 33_000,
    "brackets": "(" * 100_000,
    "spaces": "a" + " " * 100_000 + "b",
    "commas": ", " * 50_000,
    "links": "http://x.org/" * 8_000,
    "dois": "doi: 10.1234/x " * 7_000,
    "dots": "." * 100_000,
    "in": " in A, B (ed " * 8_000,
    "hyphens": "Aa-" * 33_000,
    "digits": "1" * 100_000,
    "pages": "12(3), 4-5, " * 9_000,
    "dates": "accessed 1 May 2001 " * 5_000,
    "et al": "Roe et al., " * 8_000,
    "roles": "(ed.) edited by " * 6_000,
    "quotes": "“‘«" * 30_000,
    "abbreviations": "Phys. Rev. " * 9_000,
    "months": "May 1, " * 14_000,
    "one word": "Roe-" * 25_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_a_hundred_kilobytes_of_anything_are_read_at_once(text: str) -> None:
    started = time.process_time()
    for beginning in ("", "Roe, A. (2001) ", "“"):
        parse_reference(beginning + text)
    citations(text)
    assert time.process_time() - started < 10


@given(st.text(alphabet="AZaé ,.;:()[]“”‘’'\"0129&–-/\n\x00<>*", max_size=300))
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_reference(text), Reference)
