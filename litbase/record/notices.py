"""Notice and Problem, and the one table of the sentences they stand for.

A notice tells what a reader, a repair or a query parser did; a problem tells
what is wrong with a record and may be mended.  A translation is a second table.
"""

import re
from collections.abc import Mapping
from typing import Final

import msgspec


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something worth telling: *code* names its sentence, *params* fill it; *line* is 1-based, 0 where there is none."""

    code: str
    params: tuple[tuple[str, str], ...] = ()
    field: str = ""
    line: int = 0


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something wrong with a record's *field*; *severity* is "error", "warning" or "info", *fixable* if `checks.fix` mends it."""

    code: str
    params: tuple[tuple[str, str], ...] = ()
    field: str = ""
    severity: str = "warning"
    fixable: bool = False


def notice(code: str, field: str = "", line: int = 0, **params: object) -> Notice:
    """A Notice with its parameters by name."""
    return Notice(code, tuple((name, str(value)) for name, value in params.items()), field, line)


SENTENCES: Final[dict[str, str]] = {
    # documents
    "encoding-guessed": "The text is not UTF-8; it was read as {encoding}",
    "bytes-replaced": "{count} bytes could not be read and were replaced",
    "binary": "This is not text: expected a page, a record or a bibliography, found {what}",
    "empty": "The file is empty",
    "unknown-source": "No reader knows this layout; nearest: {candidates}. Give a known layout, or enter it by hand",
    "ambiguous-source": "Two readers claim this text: {candidates}. Remove what does not belong to it",
    "too-large": "{what} is larger than {limit}; it was cut there",
    "too-large-file": "The file is larger than {limit}; split it, or unpack it and add the parts",
    "text-indexed-in-part": "{label} is longer than {limit} characters; it is kept whole and searchable by its beginning",
    "too-many": "{what}: {count} given, at most {limit} are kept",
    "unreadable": "The file could not be read: {reason}",
    "malformed": "Expected {expected}, found {found}",
    "truncated": "The text ends in the middle of {what}; what came before it was read",
    "no-record": "There is no record in this text",
    "error-answer": "The source answered with an error: {reason}",
    "refused-record": "This record was left out: {reason}",
    # readers
    "no-title": "No title was found",
    "furniture": "Lines of page furniture left out: {count}",
    "buttons": "{count} buttons and follow links were left out",
    "not-applicable": "{count} fields are marked N/A and stay empty",
    "abstractor-split": "The abstractor's mark {tail} was taken off the abstract",
    "notes-split": "The remark {tail} was taken off the abstract",
    "address-split": "The publisher's address was kept apart from the name",
    "journal-inferred": "The journal was taken from its ISSN {issn}",
    "date-inferred": "No date is given; {year} was worked out from {source}",
    "date-after": "No date is given; the latest date in the references is {date}",
    "no-author": "The source names no author",
    "no-date": "The source gives no date",
    "others-left-out": "The source names further authors only as {text}",
    "eissn-in-issn": "The ISSN line holds an EISSN; it was filed as one",
    "identifier-kept-raw": "{scheme} {value} has a wrong check digit; it was kept as it stands",
    "isbn-printings": "{given} ISBNs are {count} printings",
    "empty-rows": "These rows of the page are empty: {labels}",
    "meta-contradicts": "The page says {page} and its metadata say {meta}; the page was believed",
    "subtitle-joined": "Title and subtitle were joined by a colon",
    "reference-untitled": "This reference has no title",
    "reference-undated": "This reference has no year",
    "reference-unread": "Not understood: {text}",
    "reference-same-authors": "The authors are those of the reference before",
    "reference-not-understood": "Nothing in this reference was understood",
    "reference-forthcoming": "This reference has no year (forthcoming)",
    "identifier-not-here": "No record here has the {scheme} {value}, and look-ups are not made here",
    "issn-of-journal": "{value} is the ISSN of a journal, not the number of a work",
    "isbn-of-book": "{value} is the ISBN of the book that it is part of",
    "name-spelled-twice": "{one} in the list is {other} in the text",
    "names-in-twos": "Nothing separates the names in {text}; they were taken in twos",
    "names-run-together": "Nothing separates the names in {text}; they were kept as they stand",
    "cited-not-listed": "The text cites {citation}, which is not in the list",
    "pages-agree": "{count} pages agrees with {page}",
    "pages-disagree": "{count} pages does not agree with {page}",
    "characters-dropped": "Control characters were dropped",
    "undefined-macro": "The macro {name} is not defined; its name was kept as text",
    "key-generated": "The entry has no key; one was made",
    "duplicate-key": "The key {key} occurs twice; the later entry got another",
    "duplicate-entry": "The entry {key} occurs twice with the same content; it was read once",
    "crossref-missing": "The entry {key} that this one refers to is not in the file",
    "duplicate-field": "{name} is given twice; both were kept",
    "field-recovered": "The entry is damaged near {near}; its fields were recovered one by one",
    "record-unclosed": "The line that ends this record is missing; it was read up to the next one",
    "type-unknown": "There is no type {name}; the record was read as a document",
    "not-citable": "The page names no work that can be cited: no title with an author, a date, an identifier or an address",
    "works-beside": "The page names {count} further works, which were left out; add their own pages",
    "extra-missing": "{what} can be read after: pip install 'litbase[{extra}]'",
    "marc-mended": "The lengths in the record were wrong; its fields were read one after the other",
    "marc-fields-odd": "Fields without a tag left out: {count}",
    "macro-too-long": "The macro {name} grows beyond {limit} characters; it was cut",
    # fetching
    "fetch-address": "{url} cannot be fetched: {reason}",
    "fetch-refused": "{host} is an address inside a private network; nothing is fetched from there unless the settings name it (fetch_inside)",
    "fetch-no-host": "{host} could not be reached: its name leads nowhere, or this machine is offline",
    "fetch-offline": "{host} could not be reached: {reason}",
    "fetch-slow": "{host} is too slow: its answer was not whole after {seconds} seconds",
    "fetch-large": "The answer of {host} is larger than {limit}",
    "fetch-broken": "The connection to {host} broke before the answer was whole, or the answer is damaged",
    "fetch-certificate": "{host} cannot prove who it is: {reason}",
    "fetch-redirects": "{url} leads on to another address more than {count} times",
    "fetch-missing": "{host} has nothing there (404)",
    "fetch-busy": "{host} is busy and wants to be asked later",
    "fetch-busy-long": "{host} is busy and wants to be asked again in {seconds} seconds",
    "fetch-status": "{host} answered with an error ({status})",
    "fetch-unexpected": "{host} was expected to answer with {expected}, and answered with {found}",
    # looking up and harvesting
    "lookups-off": "Nothing is looked up here: the setting lookups is off",
    "lookup-nothing": "No {service} knows the {scheme} {value}",
    "lookup-no-identifier": "{value} is no {scheme}",
    "doi-offered": "The page names the DOI {doi}; all that is registered of it comes with: litbase add doi:{doi}",
    "harvest-deleted": "The repository deleted {id}",
    "harvest-withdrawn": "The repository deleted {id}; the record was withdrawn",
    "harvest-kept": "The repository deleted {id}; the record stays, because others have it too, or people edited it",
    "harvest-unread": "{id} is given as {layout}, which no reader knows",
    # likenesses
    "match-doi": "Same DOI",
    "match-isbn": "Same ISBN",
    "match-eric": "Same ERIC number",
    "match-pages": "Same volume, same pages",
    "match-page": "Same volume, same first page",
    "match-languages": "The titles are in two languages",
    "match-author-title": "Same author, same title",
    "match-author-title-near": "Same author, nearly the same title",
    "match-authors-title": "Same {count} authors, same title",
    "match-authors-title-near": "Same {count} authors, nearly the same title",
    "match-title": "Same title",
    "match-title-near": "Nearly the same title",
    "match-shared-author": "{name} wrote both",
    "match-year": "Same year",
    "match-years": "One is of {one}, the other of {other}",
    "match-kinds": "One is filed as {one}, the other as {other}",
    "match-editions": "Different editions",
    "match-doi-versions": "Two versions of one DOI",
    "match-preprint": "One is a preprint",
    "match-volumes": "One is volume {one}, the other volume {other}",
    "match-parts": "The titles differ in a number",
    "match-answer": "One corrects, reviews or answers the other",
    "match-part-of": "{part} is a chapter of {whole}",
    "match-cites": "{citing} cites {cited}",
    "judged": "{who} decided so",
    "judged-why": "{who} decided so: {why}",
    "stands-alone": "Only this record has it",
    "stands-decided": "{who} decided it",
    "stands-stated": "It is stated here, and worked out there",
    "stands-stays": "Both sources are trusted alike, and this record stays",
    "stands-together": "It is made up of both",
    "stands-trusted": "{source} is trusted more than {other}",
    "related-cites": "This record cites it",
    "related-cited-by": "It cites this record",
    "related-references": "{count} references in common",
    "related-descriptors": "Both are about {terms}",
    # the store
    "record-too-large": "This record is larger than {limit} and was left out",
    "key-taken": "The citation key {key} belongs to another record; this one has {given}",
    "key-unusable": "The citation key {key} cannot be used in BibTeX; the record has {given} and is found by both",
    # thesauri
    "term-unnamed": "An entry without a usable name was left out",
    "term-unknown": "{name} refers to {other} ({relation}), which the file does not describe; the reference was left out",
    "term-itself": "{name} refers to itself ({relation}); the reference was left out",
    "term-taken": "{name} is a descriptor itself and was left out of the other names of {other}",
    "term-retired": "{name} is retired and nothing takes its place; it was left out",
    "terms-in-languages": "Names in other languages than {language} left out: {count}",
    "value-retired": "{name} is no longer a descriptor; {today} is filtered by instead",
    "also-searched": "{name} was also searched as {others}",
    "narrower-many": "Of the {total} descriptors below {name} only the nearest {count} were searched",
    # queries
    "quote-closed": "The quotation mark that was opened is closed at the end",
    "bracket-closed": "{count} open brackets are closed at the end",
    "bracket-dropped": "{count} closing brackets without an opening one are left out",
    "field-unknown": "{name}: is no field here; searched as words",
    "wildcard-leading": "A leading * is left out: words are found by how they begin",
    "wildcard-short": "{text}* is too short; type at least {least} letters before the *",
    "wildcard-many": "Only the first {limit} words with * were used",
    "terms-many": "Only the first {limit} words were used",
    "query-long": "Only the first {limit} characters were read",
    "nesting-deep": "Brackets deeper than {limit} were read as one",
    "operator-alone": "{operator} has nothing to join and was left out",
    "stop-word-dropped": "Left out because almost every record has it: {words}. Quote it to search for it",
    "near-as-and": "Beside {text}, NEAR was read as AND: it joins single words of one field",
    "near-pairs": "NEAR with different distances was read pair by pair",
    "near-many": "NEAR was read as AND: every choice of words together would be too many",
    "near-default": "NEAR was read as NEAR/{distance}: at most {distance} words apart",
    "near-distance": "{typed} was read as NEAR/{distance}; the distance goes from 1 to {limit}",
    "phrase-near": "{text} was read as words joined by {near}",
    "range-unreadable": "{text} is not a range of years; searched as words",
    "range-swapped": "{first} to {last} was read the other way round",
    "only-not": "Everything except what is excluded",
    "punctuation-dropped": "{text} holds nothing to search for",
    "boost-unknown": "{text} was read without its ^ or ~, which say nothing here",
    "value-dropped": "{name}={value} is not possible here and was left out",
    "ranges-many": "Only the first {limit} ranges of years were used",
    "field-empty": "{name}: has nothing after it; searched as a word",
    "field-as-word": "{name}: was read as a word, as in a title; to search the field, write {plain}: in small letters",
    "wildcard-inner": "{text} was read as {prefix}*: a * can only end a word",
    "operator-word": "{word} was read as {operator}; quote it to search for the word",
    "page-past-end": "There is no page {page}; this is the last",
    # problems
    "missing": "{label} is missing",
    "year-future": "The year {year} lies in the future",
    "year-odd": "The year {year} is hardly right",
    "page-form": "{page} does not look like pages",
    "page-backwards": "The pages {page} run backwards",
    "doi-form": "{value} is no DOI: it should begin with 10.",
    "identifier-form": "{value} should be written {normal}",
    "key-form": "The citation key {key} has characters that BibTeX cannot take",
    "isbn-wrong": "{value} is no ISBN: its check digit is wrong",
    "issn-wrong": "{value} is no ISSN: its check digit is wrong",
    "url-scheme": "{value} is no web address",
    "shouting-title": "The title is all capitals",
    "shouting-name": "The name {name} is all capitals",
    "name-odd": "{name} does not look like one name",
    "entity-left": "An HTML entity is left: {text}",
    "title-inferred": "The title was worked out, not stated",
    "container-inferred": "The journal was worked out from its ISSN",
    "date-inferred-problem": "The date was worked out, not stated",
    "edit-contradicted": "{source} says {theirs}; an editor decided {ours}",
}
_HOLE = re.compile(r"{(\w+)}")


def sentence(item: Notice | Problem, table: Mapping[str, str] = SENTENCES) -> str:
    """The sentence of a notice or problem, filled in; its code when the table does not have it."""
    params = dict(item.params)
    return _HOLE.sub(lambda hole: params.get(hole[1], "?"), table.get(item.code, item.code))
