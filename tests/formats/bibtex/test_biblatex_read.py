"""Reading BibLaTeX, and what reference managers' own test files hold: fields, dates, names and inheritance by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.bibtex import read as bibtex
from litbase.formats.bibtex.chunks import Macros, chunks
from litbase.formats.bibtex.dates import read_date
from litbase.formats.bibtex.entry import _parse, _plain
from litbase.formats.bibtex.names import read_names
from litbase.record.names import Name
from litbase.record.reading import Document, Reading
from litbase.record.record import Mark, Record


def readings(text: str) -> list[Reading]:
    return [found for found in bibtex.read(Document.from_text(text)) if isinstance(found, Reading)]


def records(text: str) -> list[Record]:
    return [found.record for found in readings(text)]


def one(fields: str, kind: str = "article") -> Record:
    [record] = records(f"@{kind}{{k, title={{T}}, {fields}}}")
    return record


FIELDS = {
    "journal with subtitle": ("journaltitle={J}, journalsubtitle={S}", "container_title", "J: S"),
    "eid": ("eid={045}, number={3}", "number", "045"),
    "named issue": ("issue={Spring}", "issue", "Spring"),
    "number is the issue": ("number={3}, issue={Spring}", "issue", "3"),
    "new series": ("series={newseries}", "collection_title", "New series"),
    "numbered series": ("series={3}", "collection_title", "3"),
    "location": ("location={Rome}", "publisher_place", "Rome"),
    "langid": ("langid={ngerman}", "language", ("de",)),
    "langid beside a language": ("language={french}, langid={french}", "language", ("fr",)),
    "keys of languages": ("language={langlatin and langgerman}", "language", ("la", "de")),
    "ordinal": ("edition={2nd}", "edition", "2"),
    "ordinal in words": ("edition={Twelfth}", "edition", "12"),
    "print and electronic": ("issn={0362-1340 (print), 1558-1160 (electronic)}", "eissn", ("1558-1160",)),
    "bindings": ("isbn={978-0-415-83904-4 (hbk.); 041583905X}", "isbn", ("978-0-415-83904-4", "041583905X")),
    "pubmed": ("eprint={123}, eprinttype={pubmed}", "identifiers", (("pmid", "123"),)),
    "arXiv": ("eprint={1008.2849v1}, archiveprefix={arXiv}", "identifiers", (("arxiv", "1008.2849v1"),)),
    "address in howpublished": (r"howpublished={\url{https://x.org/a_b}}", "url", "https://x.org/a_b"),
    "bare address in howpublished": ("howpublished={https://x.org/a}", "url", "https://x.org/a"),
    "link with a gap": (r"howpublished={\href {https://x.org} {\texttt{x}}}", "url", "https://x.org"),
    "address over two lines": ("url={https://x.org/\n    abc}", "url", "https://x.org/abc"),
    "first of several addresses": ("url={http://a.org/x;\n http://b.org/y}", "url", "http://a.org/x"),
    "the other addresses": (
        "url={http://a.org/x; http://b.org/y}", "extra", (("bibtex:url", "http://b.org/y"),)),
    "several authors of a group": ("author={{A, B and C}}", "author", (Name(literal="A, B and C"),)),
    "paragraph by command": (r"abstract={One.\par Two.}", "abstract", "One.\n\nTwo."),
    "entities of Web of Science": ("note={A title&apos;s &#169; &amp;amp; AT&T}", "note", "A title's © & AT&T"),
    "tags of Europe PMC": ("abstract={<h4>Aim</h4>(<i>P</i> = 0.05)}", "abstract", "Aim\n\n(P = 0.05)"),
    "no tags": ("note={a < b > c, <b> and \\&lt;}", "note", "a < b > c, <b> and &lt;"),
    "number of PubMed alone in a note": ("note={PMID: 33355555}", "identifiers", (("pmid", "33355555"),)),
    "article number of Scopus": ("art_number={133331}", "number", "133331"),
    "type of Scopus": ("document_type={Conference Paper}", "type", "paper-conference"),
    "quotes by command": (r"note={\enquote{a \enquote{b}}}", "note", "“a ‘b’”"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "name", "value"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_read_as_biblatex_means_it(fields, name, value):
    assert getattr(one(fields), name) == value


OTHER_KINDS = {
    "work of several volumes": ("book", "maintitle={M}, mainsubtitle={S}, volume=2", "container_title", "M: S"),
    "booktitle of a book": ("book", "booktitle={B}", "container_title", ""),
    "number of a periodical": ("periodical", "number=4", "issue", "4"),
    "master's thesis": ("thesis", "type={mathesis}", "genre", "Master's thesis"),
    "patent": ("patent", "type={patentus}", "genre", "U.S. patent"),
    "countries": ("patent", "location={countryfr and countryuk}", "publisher_place", "France, United Kingdom"),
    "newspaper": ("article", "entrysubtype={newspaper}", "type", "article-newspaper"),
    "site": ("online", "journal={Site}", "container_title", "Site"),
    "organization": ("online", "organization={Org}", "publisher", "Org"),
    "where a conference was": ("inproceedings", "address={New York}, location={Rome}", "event_place", "Rome"),
    "event": ("inproceedings", "eventtitle={E}, venue={V}", "event_title", "E"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "name", "value"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_a_field_is_read_by_the_kind_of_entry(kind, fields, name, value):
    assert getattr(one(fields, kind), name) == value


def test_what_says_more_than_its_place_is_kept_beside_it():
    record = one("number={3}, issue={Spring}, date={1034~}, titleaddon={Addon}, pagetotal={xx, 300}")
    assert dict(record.extra) == {
        "bibtex:issue": "Spring", "bibtex:date": "1034~", "bibtex:titleaddon": "Addon", "bibtex:pagetotal": "xx, 300",
    }  # fmt: skip


def test_emphasis_of_a_title_is_kept_beside_it():
    [record] = records(r"@article{k, title={On {\em Homo sapiens}}, subtitle={4\textsuperscript{th} of \emph{it}}}")
    assert record.title == "On Homo sapiens: 4th of it"
    assert record.marks == (Mark("title", 3, 15, "i"), Mark("title", 18, 20, "sup"), Mark("title", 24, 26, "i"))


DATES = {
    "month": ({"date": "2019-08"}, "2019-08", ""),
    "circa": ({"date": "1034~"}, "1034", "date"),
    "perhaps": ({"date": "1565?"}, "1565", "date"),
    "both": ({"date": "1565%"}, "1565", "date"),
    "doubt within a range": ({"date": "1487~/1490"}, "1487/1490", "date"),
    "open end": ({"date": "2000/"}, "2000", "date"),
    "open end with dots": ({"date": "2000/.."}, "2000", "date"),
    "unknown end": ({"date": "1034/unknown"}, "1034", "date"),
    "open beginning": ({"date": "/2000"}, "2000", "date"),
    "before year 1000": ({"date": "-0379-02"}, "None", "date"),
    "decade": ({"date": "199X"}, "None", "date"),
    "day unknown": ({"date": "1999-01-XX"}, "1999-01", "date"),
    "time": ({"date": "2001-01-03T15:00:00"}, "2001-01-03", ""),
    "basic form": ({"date": "20180612"}, "2018-06-12", ""),
    "days": ({"date": "2001-01-03/2001-01-05"}, "2001-01-03/2001-01-05", ""),
    "seasons": ({"date": "2012-22/2012-23"}, "2012-22/2012-23", ""),
    "words": ({"date": "May 2013"}, "2013-05", ""),
    "which is the month": ({"date": "12/06/2018"}, "2018", "date"),
    "date before year": ({"date": "1996-01-01", "year": "1998"}, "1996-01-01", ""),
    "month beside a date": ({"date": "2001", "month": "????"}, "2001", "month"),
    "years": ({"year": "1995--1996"}, "1995/1996", ""),
    "whole date in the year": ({"year": "1 May 2018"}, "2018-05-01", ""),
    "letter of a style": ({"year": "1985a", "month": "January"}, "1985-01", "year"),
    "circa in words": ({"year": "c. 1985"}, "1985", "year"),
    "in press": ({"year": "in press"}, "None", "year"),
    "days of a month": ({"year": "1990", "month": "June 12–15"}, "1990-06-12/1990-06-15", ""),
    "days in the day": ({"year": "1990", "month": "October", "day": "8–9"}, "1990-10-08/1990-10-09", ""),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "date", "beside"), DATES.values(), ids=DATES)
def test_dates_are_read_and_doubts_kept(fields, date, beside):
    found, understood = read_date(fields)
    assert str(found) == date
    assert [name for name in fields if name not in understood] == [beside] * bool(beside)


NAMES = {
    "parts": ("given=Hans, family=Harman and family=Beumont, given={Simon}, prefix=de, useprefix=true",
        ["Harman, Hans", "de Beumont, Simon"]),
    "parts in quotes": ('family={Doe}, given="John, Q."', ["Doe, John, Q."]),
    "a group in parts": ("family={World Bank}", ["World Bank"]),
    "no such part": ("Fiat=Lux, Ann", ["Fiat=Lux, Ann"]),
    "comma behind": ("May, Keith, and Ronzino, Paola", ["May, Keith", "Ronzino, Paola"]),
    "commas between": ("J. Smith, K. Doe and L. Roe", ["Smith, J.", "Doe, K.", "Roe, L."]),
    "commas between and within": ("Smith, J., Doe, K. M., Roe, L.-P.", ["Smith, J.", "Doe, K. M.", "Roe, L.-P."]),
    "initials behind": ("Smith J and Doe JM and others", ["Smith, J", "Doe, JM"]),
    "one with an initial behind": ("Malcolm X", ["X, Malcolm"]),
    "ampersand between people": (r"Smith, John \& Doe, Jane", ["Smith, John", "Doe, Jane"]),
    "ampersand of a company": (r"Smith \& Sons", ["Smith & Sons"]),
    "suffix behind a spoken name": ("Martin Luther King, Jr.", ["King, Martin Luther, Jr."]),
    "relax before two letters": (r"{\relax Yu} Kudryashov", ["Kudryashov, Yu"]),
    "thin space": (r"Roger P.{\,}G. van Gompel", ["van Gompel, Roger P. G."]),
    "capital particle": ("Van de Graaff, R. J.", ["Van de Graaff, R. J."]),
    "several words in braces": ("Ian {Iliad Ipswich}", ["Iliad Ipswich, Ian"]),
    "French": (r"Charles Louis de la Vall{\'e}e Poussin", ["de la Vallée Poussin, Charles Louis"]),
}  # fmt: skip
TRUNCATED = ("Smith, J. and others", "Smith, J. et al.", "J. Smith et~al", "Smith, J., et al.", "Smith, J. AND OTHERS")


@pytest.mark.parametrize(("latex", "names"), NAMES.values(), ids=NAMES)
def test_names_in_every_manner(latex, names):
    assert [str(name) for name in read_names(latex)[0]] == names


@pytest.mark.parametrize("latex", TRUNCATED)
def test_a_list_cut_short_says_so(latex):
    assert (list(map(str, read_names(latex)[0])), read_names(latex)[1]) == (["Smith, J."], True)


FAMILY = """
@inbook{chapter, title={Ch}, crossref={book}, pages={1--2}}
@book{book, author={A, B}, title={Book}, subtitle={Sub}, date=2000, publisher={P}, doi={10.1000/b}, note={N}}
@incollection{part, author={C, D}, title={Part}, crossref={volume}}
@collection{volume, editor={E, F}, title={Volume}, crossref={set}, volume=2}
@mvcollection{set, editor={G, H}, title={Set}, subtitle={Subset}, publisher={PP}, date={1999/2002}}
@article{article, author={I, J}, title={Art}, crossref={issue}, pages={3}}
@periodical{issue, title={Per}, subtitle={Iodical}, date={2010-05}, number=4, issn={1234-5679}}
@inproceedings{paper, author={M, N}, title={Paper}, crossref={proceedings}}
@proceedings{proceedings, title={Proc}, eventtitle={Ev}, venue={Rome}, year=2005, editor={O, P}, pagetotal=300}
"""
INHERITED = {
    "author of one book": ("chapter", "author", (Name(family="A", given="B"),)),
    "title and subtitle": ("chapter", "container_title", "Book: Sub"),
    "publisher": ("chapter", "publisher", "P"),
    "a DOI is one's own": ("chapter", "doi", ""),
    "a note is one's own": ("chapter", "note", ""),
    "editor but of the nearest": ("part", "editor", (Name(family="E", given="F"),)),
    "from the grandparent": ("part", "publisher", "PP"),
    "the nearest title": ("part", "container_title", "Volume"),
    "the work of a volume": ("volume", "container_title", "Set: Subset"),
    "journal of an issue": ("article", "container_title", "Per: Iodical"),
    "no subtitle of the journal": ("article", "title", "Art"),
    "number of an issue": ("article", "issue", "4"),
    "event": ("paper", "event_title", "Ev"),
    "length is one's own": ("paper", "number_of_pages", None),
}  # fmt: skip


@pytest.mark.parametrize(("key", "name", "value"), INHERITED.values(), ids=INHERITED)
def test_what_is_inherited_takes_the_right_name(key, name, value):
    found = {record.citation_key: record for record in records(FAMILY)}
    assert getattr(found[key], name) == value


ENTRIES = {
    "no key, as EndNote exports": ("\t@article{\n\t author = {Huang, Y.},\n\t title = {T},\n\t year = 2012\n\t}\n", 1),
    "key on the next line": ("@misc{\n k,\n title={T}}", 1),
    "blank before the key": ("@misc{ GAP4.13dev,\n title={T}}", 1),
    "digits and dots in keys": ("@book{9.8:1, title={T}}\n@book{10.1:3a, title={U}}", 2),
    "fields with a plus": ('@book{k, title={T}, author+an:username = {1="@x"}}', 1),
    "comment with braces": ("@comment{jabref-meta: saveActions:enabled;\ntitle[x]\n;}\n@book{k, title={T}}", 1),
    "comment that holds an entry": ("@comment{@book{hidden, title={H}}}\n@book{k, title={T}}", 1),
    "preamble with commands": ('@preamble{"\\def\\x#1{{\\accent"17 #1}}"}\n@book{k, title={T}}', 1),
    "empty entry": ("@book{a, title={T}}\n@misc{emptyreference,\n\n}\n@book{b, title={U}}", 2),
    "text between entries": ("@book{a, title={T}}\n\nBoth were here:\n@book{b, title={U}}", 2),
    "round brackets": ("@String(P = \"X\")\n@techreport(k, institution = P # { and Y}, title = {T})", 1),
    "capitals everywhere": ("@STRING{JJ={J}}\n@ARTICLE{K, TITLE={T}, JOURNAL=JJ}", 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "count"), ENTRIES.values(), ids=ENTRIES)
def test_entries_as_programs_write_them(text, count):
    found = records(text)
    assert len(found) == count
    assert all(record.title in ("T", "U") for record in found)


PIECES = st.sampled_from(
    [
        "@article{k,",
        "@book(k,",
        "{",
        "}",
        '"',
        "#",
        ",",
        "=",
        " title ",
        "month",
        "jan",
        "2001",
        "x",
        "{a}",
        '"b"',
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_plain_entry_is_read_as_pybtex_reads_it(text):
    for chunk in chunks(["@article{k," + text]):
        macros = Macros(1000)
        plain = _plain(chunk.text, 0, macros)
        if plain is not None:
            macros.begin()
            entry, end = _parse(chunk, macros, 0)
            assert (entry.key, entry.fields, end) == plain


def test_plain_entries_of_real_files_are_read_as_pybtex_reads_them(shared):
    from benchmarks.quality.bibtex import ARCHIVE, archive

    document = next(d for d in archive(shared / ARCHIVE) if d.name == "biblatex-examples.bib")
    macros = Macros(len(document.text))
    compared = 0
    for chunk in chunks(document.stretches()):
        plain = _plain(chunk.text, 0, macros)
        if plain is not None and chunk.kind not in ("string", "comment", "preamble"):
            entry, end = _parse(chunk, macros, 0)
            assert (entry.key, entry.fields, end) == plain
            compared += 1
    assert compared > 80


def test_lists_given_twice_are_joined():
    (reading,) = readings("@book{k, author={Smith, J.}, author={Doe, J.}, keywords={a}, keywords={b}, title={T}}")
    assert (reading.record.author, reading.record.keywords) == (
        (Name(family="Smith", given="J."), Name(family="Doe", given="J.")),
        ("a", "b"),
    )
    assert [told.code for told in reading.notices] == ["duplicate-field"] * 2


def test_remarks_between_fields_are_passed_over():
    (reading,) = readings(
        """@article{k, % first
        % a, b = {c "d @misc{e,
        author = {Smith, John}, % author = {Nobody},
        % year = 1900,
        title = {50 % of it}, year = 2002 % last
        }"""
    )
    assert (reading.notices, reading.leftovers, reading.record.extra) == ((), (), ())
    assert (reading.record.title, reading.record.year) == ("50 % of it", 2002)
