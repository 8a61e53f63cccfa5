"""Every document under tests/sources/<reader>/ against the golden list of readings beside it.

A case is `<case>.<any suffix>`, its golden list `<case>.json`; both are found by themselves.  A JSON answer is saved
as `.txt`, which is how ERIC serves it.  A missing golden list fails and prints what was read; with
LITBASE_UPDATE_GOLDEN=1 it is written, and the difference is reviewed like code.
"""

import importlib
import importlib.util
import json
import os
from pathlib import Path

import pytest

from litbase.record.reading import Document, Reader, Reading
from litbase.record.record import to_builtins

HERE = Path(__file__).parent
UPDATE = bool(os.environ.get("LITBASE_UPDATE_GOLDEN"))  # read before the tests' own environment is set up
MODULES = {
    "eric": "litbase.sources.eric",
    "eric-api": "litbase.sources.eric_api",
    "eric-xml": "litbase.sources.eric_xml",
    "vufind": "litbase.sources.vufind",
    "ecer": "litbase.sources.ecer",
    "edweek": "litbase.sources.edweek",
    "reference-list": "litbase.sources.reference_list",
    "webpage": "litbase.sources.webpage",
    "bibtex": "litbase.formats.bibtex.read",
}
READERS: dict[str, Reader] = {
    name: importlib.import_module(module)  # type: ignore[misc]
    for name, module in MODULES.items()
    if importlib.util.find_spec(module)
}
CASES = sorted(
    path
    for name in MODULES
    for path in HERE.glob(f"{name}/*")
    if path.suffix != ".json" and not path.name.startswith(".")
)
each_case = pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def opened(case: Path, data: bytes | None = None) -> Document:
    return Document(case.name, case.read_bytes() if data is None else data)


def found_in(document: Document, case: Path) -> list[dict[str, object]]:
    """What the reader of the case's folder reads, as plain lists and dictionaries without anything empty."""
    readings = []
    for item in READERS[case.parent.name].read(document):
        plain = to_builtins(item)
        if isinstance(item, Reading):
            plain["record"].pop("v", None)
            readings.append(plain)
        else:
            readings.append({"refused": plain})
    return readings


def without_lines(value: object) -> object:
    """The same without line numbers, which move when a line goes."""
    match value:
        case dict():
            return {key: without_lines(item) for key, item in value.items() if key != "line"}
        case list() | tuple():
            return [without_lines(item) for item in value]
    return value


def lines_with_text(document: Document) -> list[int]:
    """The numbers of the lines a reader of the document sees: all that are not blank; of a page, those with text."""
    if document.is_html:
        markup = importlib.import_module("litbase.formats.page.markup")
        return sorted({number for number, _ in markup.lines(markup.parse(document))})
    return [number for number, line in enumerate(document.lines, 1) if line.strip()]


def test_there_are_cases() -> None:
    assert CASES


@each_case
def test_is_claimed_by_its_reader_alone(case: Path) -> None:
    document = opened(case)
    scores = {name: reader.sniff(document) for name, reader in READERS.items()}
    own = scores.pop(case.parent.name)
    assert own >= 80, scores
    assert own - max(scores.values(), default=0) >= 20, scores


@each_case
def test_reads_as_the_golden_list_says(case: Path) -> None:
    golden = case.with_suffix(".json")
    found = found_in(opened(case), case)
    printed = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if UPDATE:
        golden.write_text(printed, encoding="utf-8")
    if not golden.exists():
        pytest.fail(f"there is no {golden.name}; review this and save it (LITBASE_UPDATE_GOLDEN=1 does):\n{printed}")
    assert json.loads(printed) == json.loads(golden.read_text(encoding="utf-8"))


def is_made_of_lines(case: Path) -> bool:
    """Whether a line is the unit of a document; JSON and XML name every value, and an unknown name shows in `extra`."""
    return not opened(case).head.lstrip().startswith(("{", "[", "<?xml", "@"))


def altered(line: str) -> str:
    """The line with other letters and digits behind its label."""
    place = line.find(":") + 1
    return line[:place] + line[place:].translate(str.maketrans("0123456789aeioubcdst", "1234567890eiouacdbts"))


@pytest.mark.parametrize("case", [*filter(is_made_of_lines, CASES)], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_line_is_dropped_in_silence(case: Path) -> None:
    """Taking any line away, or altering it, shows: in a record, the count of furniture, a notice or the leftovers."""
    document = opened(case)
    whole = without_lines(found_in(document, case))
    silent = []
    for number in lines_with_text(document):
        line = document.lines[number - 1]
        for changed in ((), (altered(line),)):
            rest = "\n".join((*document.lines[: number - 1], *changed, *document.lines[number:]))
            if without_lines(found_in(opened(case, rest.encode("utf-8")), case)) != whole:
                break
        else:
            silent.append(f"{number}: {line.strip()[:100]}")
    assert not silent


def test_every_golden_list_has_its_document() -> None:
    golden = {path.with_suffix("") for name in MODULES for path in HERE.glob(f"{name}/*.json")}
    assert golden == {path.with_suffix("") for path in CASES}
