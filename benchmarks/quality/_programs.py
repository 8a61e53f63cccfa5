"""What other programs, and we ourselves, see in an export: pandoc, Citation.js and pybtex run on its text."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from litbase.errors import UnknownSource
from litbase.formats.plain import address
from litbase.library.detecting import detect
from litbase.record.reading import Document, Reading
from litbase.record.record import Record

FORMATS: Final = ("bibtex", "biblatex", "csl-json", "ris")
SCRIPT: Final = Path(__file__).parents[2] / "tests/node/read_citations.cjs"
PANDOC: Final = {"bibtex": "bibtex", "biblatex": "biblatex", "csl-json": "csljson", "ris": "ris"}
CITATION_JS: Final = {"ris": ("@ris/file",)}  # it would take a title that speaks of "@article{x" for BibTeX
_MARKUP = re.compile(r"</?(?:span|i|b|em|strong|sub|sup)(?:\s[^<>]*)?>")
_QUOTES: Final = str.maketrans("“”‘’\N{NO-BREAK SPACE}²₂", "\"\"'' 22", "\N{WORD JOINER}")


class Seen(NamedTuple):
    """What a program sees of one record; *names* are family, given, suffix, or a group's whole name."""

    doi: str = ""
    url: str = ""
    names: tuple[str, ...] = ()
    container: str = ""
    title: str = ""


class Program(NamedTuple):
    """One program: what it sees in a text of a format, by citation key, and the formats it reads."""

    name: str
    formats: tuple[str, ...]
    see: Callable[[str, str], dict[str, Seen]]


def programs() -> Iterator[Program]:
    """The programs on this machine, with the formats they read."""
    if shutil.which("pandoc"):
        known = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, text=True).stdout.split()
        yield Program("pandoc", tuple(ours for ours, theirs in PANDOC.items() if theirs in known), pandoc)
    if shutil.which("node") and (SCRIPT.parent / "node_modules").is_dir():
        yield Program("Citation.js", FORMATS, citation_js)
    yield Program("pybtex", ("bibtex",), pybtex)
    yield Program("litbase", FORMATS, litbase)


def pandoc(text: str, format: str) -> dict[str, Seen]:
    """What pandoc sees."""
    done = subprocess.run(
        ["pandoc", "-f", PANDOC[format], "-t", "csljson"], input=text, capture_output=True, text=True, check=True
    )
    return {item["id"]: _of_csl(item) for item in json.loads(done.stdout)}


def citation_js(text: str, format: str) -> dict[str, Seen]:
    """What Citation.js sees."""
    command = ["node", str(SCRIPT), *CITATION_JS.get(format, ())]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return {item["id"]: _of_csl(item) for item in json.loads(done.stdout)}


def pybtex(text: str, format: str) -> dict[str, Seen]:
    """What pybtex sees, its LaTeX read by us: it leaves that to its caller."""
    from pybtex.database.input.bibtex import Parser

    from litbase.formats.latex.text import decode

    found = {}
    for key, entry in Parser().parse_string(text).entries.items():
        fields = {name.lower(): value for name, value in entry.fields.items()}
        people = [
            [" ".join(p.prelast_names + p.last_names), " ".join(p.first_names + p.middle_names), *p.lineage_names]
            for p in entry.persons.get("author", [])
        ]
        container = fields.get("booktitle") or fields.get("journal") or ""
        found[key] = Seen(
            fields.get("doi", ""),
            fields.get("url", ""),
            _people(", ".join(filter(None, map(decode, parts))) for parts in people),
            _plain(decode(container)),
            _plain(decode(fields.get("title", ""))),
        )
    return found


def litbase(text: str, format: str) -> dict[str, Seen]:
    """What we see ourselves; nothing when we do not recognise it."""
    document = Document.from_text(text)
    try:
        reader = detect(document)
    except UnknownSource:
        return {}
    readings = [reading for reading in reader.read(document) if isinstance(reading, Reading)]
    return {reading.record.citation_key: seen_in(reading.record) for reading in readings}


def seen_in(record: Record) -> Seen:
    """What there is to see in a record."""
    names = _people(map(str, record.author))
    return Seen(record.doi, address(record.url), names, _plain(record.container_title), _plain(record.title))


def _of_csl(item: dict[str, Any]) -> Seen:
    names = []
    for name in item.get("author", []):
        family = f"{name.get('non-dropping-particle') or name.get('dropping-particle') or ''} {name.get('family', '')}"
        parts = (family.strip(), name.get("given"), name.get("suffix"))
        names.append(name.get("literal") or ", ".join(filter(None, parts)))
    return Seen(
        item.get("DOI", ""),
        item.get("URL", ""),
        _people(names),
        _plain(item.get("container-title", "")),
        _plain(item.get("title", "")),
    )


def _people(names: Iterable[str]) -> tuple[str, ...]:
    """Names without "and others", initials with a space between them."""
    plain = (re.sub(r"\.(?=\w)", ". ", _plain(name)) for name in names)
    return tuple(name for name in plain if name != "others")


def _plain(text: str) -> str:
    """*text* on one line without markup, typographer's quotes and raised figures, all of which pandoc puts in."""
    return " ".join(_MARKUP.sub("", text.translate(_QUOTES)).split())
