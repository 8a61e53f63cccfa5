"""ERIC's record as lines of text, as copied from its page.

Labelled lines ("ERIC Number:" begins a record), then without labels the title, the
authors, the source line and the abstract; "Descriptors:"; without a label the
publisher; then labelled lines again.  Any of it may be missing, labels may come in
another order, one text may hold many records.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from litbase.record.notices import notice
from litbase.record.reading import Leftover, Reading, Refusal
from litbase.sources.eric_body import Line, looks_like_address, looks_like_publisher, pick_body, split_body
from litbase.sources.eric_lines import ANYWHERE, HEAD, LABELLED, labelled, labels, whole_lines
from litbase.sources.eric_record import reading_of

_ID = r"^[ \t]*ERIC[ \t]+(?:Accession[ \t]+)?(?:Number|No\.?|ID|#)(?: *:|\t[ \t]*:?)"
_START = re.compile(_ID, re.I | re.M)
_NUMBERED = re.compile(_ID + r"[ \t]*E[JD][ \t]?\d{3,8}", re.I | re.M)
_FURNITURE = re.compile(
    r"(?:<\s*)?back to (?:search )?results|direct link|skip to (?:main )?content|share this|save|print|e-?mail|"
    r"export|cite|help|advanced search(?: tips)?|search(?: education resources)?|"
    r"(?:(?:collection|thesaurus|notes|faq|contact us|about eric|browse|api|metrics) ?){1,9}|"
    r"peer reviewed only|full text available on eric|"
    r"(?:record |result |page )?\d{1,5}(?: of \d{1,6})?[.)]?|[-=_*~•#.\s]{3,}|(?:next|previous)(?: record| page)?|"
    r"eric(?: - education resources information center)?|education resources information center|"
    r"institute of education sciences|u\.?s\.? department of education|view (?:record|full text)|"
    r"https?://(?:www\.)?eric\.ed\.gov\S*|(?:privacy|copyright|journals) \| .{0,120}",
    re.I,
)
_FLAGS = {
    "peer reviewed": ("peerreviewed", "T"),
    "peer-reviewed": ("peerreviewed", "T"),
    "download full text": ("e_fulltextauth", "T"),
    "eric download full text": ("e_fulltextauth", "T"),
    "pdf on eric download full text": ("e_fulltextauth", "T"),
}
_LINK = re.compile(r"https?://(?P<full>files\.eric\.ed\.gov/fulltext/)?\S+|doi:\s?10\.\S+", re.I)


def claim(text: str) -> int:
    """How sure it is that *text* is ERIC's text layout: a line begins "ERIC Number: EJ..."."""
    if _NUMBERED.search(text):
        return 95
    known = {labelled(line)[0] for line in text.split("\n")} - {""}
    return 80 if _START.search(text) and len(known) >= 3 else 0


def read_text(lines: Sequence[Line]) -> Iterator[Reading | Refusal]:
    """The records in *lines*, in order; a block without title and number is a Refusal."""
    begun = starts(lines)
    if not begun:
        yield Refusal(line=1, notice=notice("no-record"))
        return
    before = lines[: begun[0]]
    for start, end in zip(begun, [*begun[1:], len(lines)], strict=True):
        yield _reading(lines[start:end], before)
        before = []


def starts(lines: Sequence[Line]) -> list[int]:
    """Where the records begin: at "ERIC Number:", or at the labelled lines of the head right above it."""
    found: list[int] = []
    above = True  # the first record tells whether its kind has labels above the number
    for place, line in enumerate(lines):
        if not _START.match(line.text):
            continue
        start, floor = place, found[-1] + 1 if found else 0
        while above and start > floor and _is_above(lines[start - 1].text):
            start -= 1
        above = start < place
        found.append(place if found and start == floor else start)
    return found


def _is_above(text: str) -> bool:
    name = labelled(text)[0]
    return name in HEAD - {"id"} or text.lower() == "direct link" or bool(_flag(text)[0] or _LINK.fullmatch(text))


def _flag(text: str) -> tuple[str, str]:
    return _FLAGS.get(text.lower().strip(" .:"), ("", ""))


@dataclass(slots=True)
class Block:
    """The lines of one record: *stated* by label (and where each label stands), the others in runs after a label."""

    stated: dict[str, list[str]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    runs: list[tuple[str, list[Line]]] = field(default_factory=list)
    furniture: int = 0


def sort_lines(block: Sequence[Line]) -> Block:
    """The lines of one record by label, and the unlabelled ones in runs."""
    found = Block()
    last, gap = "", False
    block = whole_lines(block)
    for line, (name, value) in zip(block, labels(block), strict=True):
        if not line.text:
            gap = True
            continue
        link = _LINK.fullmatch(line.text)
        if name:
            found.furniture += not value
            last = last if name in ANYWHERE and last not in HEAD else name
        elif _flag(line.text)[0]:
            name, value = _flag(line.text)
        elif _FURNITURE.fullmatch(line.text):
            found.furniture += 1
        elif link:
            name, value = "fulltext" if link["full"] else "url", line.text
        elif found.runs and found.runs[-1][0] == last:
            found.runs[-1][1].append(line._replace(gap=gap))
        else:
            found.runs.append((last, [line._replace(gap=gap)]))
        if name:
            found.stated.setdefault(name, []).append(value)
            found.at.setdefault(name, line.number)
        gap = False
    return found


def _reading(lines: Sequence[Line], before: Sequence[Line]) -> Reading | Refusal:
    block = sort_lines(lines)
    left = [line for line in before if line.text and not _FURNITURE.fullmatch(line.text)]
    block.furniture += sum(bool(line.text) for line in before) - len(left)
    leftovers = (*(Leftover(line.number, line.text) for line in left), *settle(block))
    return reading_of(block.stated, lines[0].number, lines=block.at, leftovers=leftovers, furniture=block.furniture)


def settle(block: Block, *, classed: bool = False) -> tuple[Leftover, ...]:
    """Finds what the runs of *block* are and adds it to `block.stated`; returns the lines that are nobody's.

    *classed* says that the lines come from a page that marks title and abstract: what is neither authors nor source
    line is then nobody's.
    """
    stated = block.stated
    body: list[Line] = []
    left: list[Line] = []
    for after, run in block.runs:
        own, address, rest = _parted(after, _wrapped(stated, after, run), bool(body))
        body += own
        if address and "publisher" not in stated:
            stated["publisher"] = [" ".join(line.text for line in address)]
            block.at["publisher"] = address[0].number
        else:
            rest = [*address, *rest]
        left += [line for line in rest if not _unknown(stated, line)]
    if classed:
        found, rest = pick_body([*body, *left])
        left = [line for line in rest if not _unknown(stated, line)]
    else:
        found = split_body(body, titled="title" in stated, journal=_is_article(stated))
    for name, texts in found.items():
        if not classed or name not in stated:
            stated.setdefault(name, []).extend(texts)
        block.at.setdefault(name, body[0].number if body else 0)
    block.furniture += _is_plain_type(stated)
    return tuple(Leftover(line.number, line.text) for line in sorted(left))


def _is_plain_type(stated: dict[str, list[str]]) -> bool:
    """Whether "Record Type:" only repeats what the accession number says."""
    number, said = " ".join(stated.get("id", ())).upper(), " ".join(stated.get("recordtype", ())).lower()
    return bool(said) and number.startswith("EJ" if said.startswith("journal") else "ED")


def _wrapped(stated: dict[str, list[str]], after: str, run: list[Line]) -> list[Line]:
    """*run* without what goes on with the label above: a wrapped list, a value on the line below, an abstract."""
    if after == "description":
        stated[after].extend(line.text for line in run)
        return []
    while run and after and after not in HEAD and (stated[after][-1].endswith((",", ";")) or not stated[after][-1]):
        stated[after][-1] = f"{stated[after][-1]} {run[0].text}".strip()
        run = run[1:]
    return run


def _parted(after: str, run: list[Line], begun: bool) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines of *run* that belong to the body, to the publisher, and to nobody.

    The body is the first run, and any run among the labels of the head; the publisher stands after the descriptors, or
    shows its address.
    """
    if not begun or after in HEAD or not after:
        end = len(run)
        while end > 1 and looks_like_publisher(run[end - 1].text):
            end -= 1
        start = 0
        while after == "subject" and start < end and looks_like_address(run[start].text):
            start += 1
        return run[start:end], [*run[:start], *run[end:]], []
    address = [
        line
        for place, line in enumerate(run)
        if looks_like_address(line.text) or (after == "subject" and not place and _is_name(line.text))
    ]
    return [], address, [line for line in run if line not in address]


def _is_name(text: str) -> bool:
    return len(text) <= 300 and text[0].isupper() and not LABELLED.match(text)


def _unknown(stated: dict[str, list[str]], line: Line) -> bool:
    """Whether a line is a label ERIC may have added since, with its value; it is then kept under its name."""
    found = LABELLED.fullmatch(line.text)
    if not found or len(found["label"].split()) > 6 or not found["label"][0].isupper() or not found["value"].strip():
        return False
    stated.setdefault(found["label"], []).append(found["value"].strip())
    return True


def _is_article(stated: dict[str, list[str]]) -> bool | None:
    said = " ".join((*stated.get("recordtype", ()), *stated.get("id", ()))).lower()
    return None if not said else said.startswith("journal") or "ej" in said
