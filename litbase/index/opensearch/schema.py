"""FIELDS as OpenSearch sees them, and a document as it is sent.

A TEXT or NAME field has its words as written under `<name>.w`, with places; TEXT fields and what is searched by default
have the stems under `<name>.s`; an ID field its whole folded values under `<name>.v`; a NUMBER its numbers under
`<name>.n`; a facet its values as they are under `<name>.raw`, and as they are filed under `<name>.filed`; a facet of
names, which nearly all differ, also a number for each under `<name>.one`: numbers are counted sooner than terms.  The
words of all default fields stand once more in `any.w` and `any.s`.  Words arrive analysed (index.analysis): spellings
of one word are joined by "|", so that OpenSearch's own analysis only takes apart what was put together here.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from litbase.fields import BY_NAME, FACETS, FIELDS, ID, NAME, NUMBER, TEXT, Field, IndexDocument
from litbase.index.analysis import GAP, LONGEST, stems_of, whole
from litbase.record.text import fold, sort_form, spellings, surfaces, tokens

FORMAT: Final = 1  # of mapping and documents: raise it when any of them changes, and indexes are rebuilt
ANY: Final = "any"
END: Final = "\x03"  # a word of its own after the first value of a field
APART: Final = "\x1f"  # between the forms of a filed value: below every letter, so that it sorts as the forms do
FILED: Final = 2_000  # characters of a facet's value; a longer one is not counted, for a term has 32,766 bytes at most
SHORT: Final = 60  # characters of a value whose words are remembered
GIVEN: Final = "given"  # the analyser of words that arrive analysed
Properties = dict[str, Any]

_KEYWORD: Final = {"type": "keyword"}


def _words(copied: str = "", times: int = 1) -> Properties:
    """A field of words, each counted *times* in the field *copied* too."""
    text: Properties = {"type": "text", "analyzer": GIVEN, "position_increment_gap": GAP}
    return text | {"copy_to": [copied] * times} if copied else text


def has_stems(field: Field) -> bool:
    """Whether stems are kept of *field*: of TEXT, and of names that are found without naming their field."""
    return field.kind == TEXT or (field.kind == NAME and field.default)


def distinct(field: Field) -> str:
    """The property of a facet by which its different values are counted."""
    return f"{field.name}.{'one' if field.kind == NAME else 'raw'}"


def _properties(field: Field) -> Iterator[tuple[str, Properties]]:
    if field.kind in (TEXT, NAME):
        yield "w", _words(f"{ANY}.w", field.weight) if field.default else _words()
    if has_stems(field):
        yield "s", _words(f"{ANY}.s", field.weight) if field.default else _words()
    if field.kind == ID:
        yield "v", _KEYWORD
        yield "first", _KEYWORD
    if field.kind == NUMBER:
        yield "n", {"type": "integer"}
    if field.facet:
        yield "raw", _KEYWORD
        yield "filed", _KEYWORD
        if field.kind == NAME:
            yield "one", {"type": "long", "index": False}


def mapping() -> Properties:
    """The mapping made from FIELDS; what is not in it is refused.

    Documents are kept whole as they were sent: of one kept in part OpenSearch keeps the whole beside it for a while.
    """
    own = {field.name: {"properties": dict(_properties(field))} for field in FIELDS}
    clash = own.keys() & {"key", ANY}
    assert not clash, clash
    return {
        "dynamic": "strict",
        "properties": own
        | {
            ANY: {"properties": {"w": _words(), "s": _words()}},
            "key": {
                "properties": {
                    "id": _KEYWORD,
                    "title": _KEYWORD,
                    "author": _KEYWORD,
                    "date": {"type": "integer"},
                    "cited": {"type": "boolean"},
                }
            },
        },
    }


def analysis() -> Properties:
    """The analyser of words that arrive analysed."""
    return {
        "tokenizer": {"words": {"type": "whitespace", "max_token_length": 4 * LONGEST}},
        "filter": {"spellings": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}},
        "analyzer": {GIVEN: {"type": "custom", "tokenizer": "words", "filter": ["spellings"]}},
    }


def unspaced(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The spellings of one word without spaces: a letter that folds into several words keeps them together."""
    return forms if all(map(str.isalnum, forms)) else tuple("_".join(form.split()) for form in forms)


def slot(forms: tuple[str, ...]) -> str:
    """The spellings of one word as they are sent."""
    return "|".join(unspaced(forms))


@lru_cache(maxsize=1 << 18)
def _both(word: str) -> tuple[str, str]:
    """A word as it is written, as it is sent: its spellings and their stems; "" where nothing is left of it."""
    forms = unspaced(tuple(form[:LONGEST] for form in spellings(word)))
    return (slot(forms), slot(stems_of(forms))) if forms[0] else ("", "")


def _sent(value: str) -> tuple[str, str]:
    """The words of *value* and their stems."""
    return _remembered(value) if len(value) <= SHORT else _taken_apart(value)


def _taken_apart(value: str) -> tuple[str, str]:
    both = [pair for pair in map(_both, surfaces(value)) if pair[0]]
    return " ".join(words for words, _ in both), " ".join(stems for _, stems in both)


_remembered = lru_cache(maxsize=1 << 16)(_taken_apart)


def _ended(texts: list[str]) -> list[str]:
    return [f"{texts[0]} {END}".lstrip(), *texts[1:]] if any(texts) else []


@lru_cache(maxsize=1 << 16)
def filed(value: str) -> str:
    """A facet's value as it is filed: sorted form, the value, folded form."""
    return APART.join((sort_form(value), value, fold(value)))


@lru_cache(maxsize=1 << 16)
def number_of(value: str) -> int:
    """A number for a facet's value, below 2**40: of 10,000 values two have the same once in 20,000 times."""
    return int.from_bytes(hashlib.blake2b(value.encode(errors="surrogatepass"), digest_size=5).digest())


def unfiled(term: str) -> str:
    """The value that was `filed` as *term*."""
    return term.split(APART)[1]


def document(given: IndexDocument) -> Properties:
    """*given* as it is sent."""
    sent: dict[str, Properties] = {}
    for name, values in given.values.items():
        if name in BY_NAME:
            sent[name] = dict(_values(BY_NAME[name], values))
    for name in FACETS:
        counted = [value for value in given.counted(name) if len(value) <= FILED]
        if counted:
            sent.setdefault(name, {}).update(raw=counted, filed=[filed(value) for value in counted])
            if BY_NAME[name].kind == NAME:
                sent[name]["one"] = [number_of(value) for value in counted]
    missing, year, month, day = given.date_key
    key: Properties = {"id": given.id, "cited": given.cited}
    key |= {"title": given.title_key} if given.title_key else {}
    key |= {"author": given.author_key} if given.author_key else {}
    key |= {} if missing else {"date": year * 10_000 + month * 100 + day}
    return {name: parts for name, parts in sent.items() if parts} | {"key": key}


def _values(field: Field, values: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    match field.kind:
        case kind if kind == NUMBER:
            yield "n", [int(value) for value in values]
        case kind if kind == ID:
            if terms := [term for term in map(whole, values) if term]:
                yield "v", terms
            if first := whole(values[0]):
                yield "first", first
        case _:
            sent = list(map(_sent, values))
            if written := _ended([words for words, _ in sent]):
                yield "w", written
                if has_stems(field):
                    yield "s", _ended([stems for _, stems in sent])


def fingerprint() -> str:
    """What an index was made with, in twelve digits; one that says otherwise is rebuilt."""
    rows = [(f.name, f.kind, f.facet, f.default) for f in FIELDS]
    sample = [(t.forms, t.stem) for t in tokens("Müller’s naïve Æsop, 教育 K-12 generalizations 'round O'Neill")]
    made = (FORMAT, rows, sample, mapping(), analysis(), GAP, LONGEST)
    return hashlib.sha256(repr(made).encode()).hexdigest()[:12]
