"""ECER's network listings and ConfTool sessions: one record for each session and each of its papers.

Source: network pages of the programme (session line, time line, "- paper title", a line of authors) and ConfTool's
session view ("Presentations", network, kind, title, authors with superscript figures, institutions, abstract).
"""

import re
from collections.abc import Iterator

from litbase.record.names import PARTICLE, Name, parse_name
from litbase.record.notices import notice
from litbase.record.reading import Leftover, Reading
from litbase.record.text import squash
from litbase.sources.ecer_parts import FOOTERS, SESSION, Draft, Line, genre_of, heading, labelled, people, timed

_NETWORK = re.compile(r"^(?:NW )?(\d{2})\. ?(\S.*)$")
_MARKED = re.compile(r"(?<=[^\W\d_)])\s?\d{1,2}(?:\s?,\s?\d{1,2})*(?=$|\s*[,;])")
_INSTITUTIONS = re.compile(r"^\d{1,2}\s?:?\s?[A-ZÀ-Þ]")
_WITH_INSTITUTION = re.compile(
    r"^[A-ZÀ-Þ][^().!?]{2,60} \([^()]{2,120}\)(?:, [A-ZÀ-Þ][^().!?]{2,60} \([^()]{2,120}\))*\.?$"
)


class _Output:
    """Drafts in the order of the page, with the lines nobody understood and the furniture of the page."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.leftovers: list[Leftover] = []
        self.furniture = 0

    def readings(self, year: int, year_from: str) -> Iterator[Reading]:
        for number, draft in enumerate(self.drafts):
            record, notices = draft.record(year, year_from)
            yield Reading(record=record, key=draft.key(), line=draft.line, notices=notices,
                          leftovers=tuple(self.leftovers) if not number else (),
                          furniture=self.furniture if not number else 0)  # fmt: skip


def _session(line: Line, found: re.Match[str]) -> Draft:
    draft = Draft(line=line.number)
    draft.take_session(found)
    return draft


def _paper(line: Line, title: str, session: Draft) -> Draft:
    """A paper of *session*: it shares its code, network, day and chair."""
    return Draft(line=line.number, title=title, code=session.code, session_title=session.session_title,
                 network=session.network, issued=session.issued)  # fmt: skip


# --- layout (b): a network's listing


def read_listing(lines: list[Line], year: int, year_from: str) -> Iterator[Reading]:
    """The sessions and papers of a network's listing, each session before its papers."""
    output = _Output()
    network, session, paper = "", None, None
    for place, line in enumerate(lines):
        if line.text.startswith(FOOTERS):
            output.furniture += len(lines) - place
            break
        if found := SESSION.match(line.text):
            session, paper = _session(line, found), None
            if network:
                session.take_network(network)
            output.drafts.append(session)
        elif line.text.startswith("Network:"):
            network = line.text.partition(":")[2].strip()
        elif session is None:
            output.leftovers.append(Leftover(line.number, line.text[:500]))
        elif line.text.startswith(("- ", "– ", "• ")):
            paper = _paper(line, line.text[2:].strip(), session)
            output.drafts.append(paper)
        elif paper is not None and not paper.authors:
            _run_together(paper, line)
        elif paper is not None or not _session_line(session, line):
            output.leftovers.append(Leftover(line.number, line.text[:500]))
    yield from output.readings(year, year_from)


def _session_line(session: Draft, line: Line) -> bool:
    time, behind = timed(line.text)
    if time:
        session.take_time(time)
        for label, value in behind:
            session.take_label(label, value)
        return True
    if genre := genre_of(line.text):
        session.take_genre(genre, line.text)
        return True
    labels = labelled(line.text)
    return bool(labels) and all(session.take_label(label, value) for label, value in labels)


def _run_together(paper: Draft, line: Line) -> None:
    """Takes in the authors of a listing, whose names stand side by side with nothing between them."""
    if re.search(r"[,;]|\sand\s|\s&\s", line.text):
        paper.take_label("Authors", line.text)
        return
    units = _units(line.text)
    if len(units) <= 3:
        names = [parse_name(line.text)]
    elif len(units) % 2 == 0:
        names = [parse_name(f"{given} {family}") for given, family in zip(units[::2], units[1::2], strict=True)]
        paper.notices.append(notice("names-in-twos", "author", line.number, text=line.text))
    else:
        names = [Name(literal=line.text)]
        paper.notices.append(notice("names-run-together", "author", line.number, text=line.text))
    paper.authors += [name for name in names if name]


def _units(text: str) -> list[str]:
    """The words of a line of names; initials go with the given name before them, particles with the family name."""
    units: list[str] = []
    particles: list[str] = []
    for word in text.split():
        if PARTICLE.match(f"{word} x"):
            particles.append(word)
        elif re.fullmatch(r"[A-ZÀ-Þ]\.?", word) and units and not particles:
            units[-1] += f" {word}"
        else:
            units.append(" ".join([*particles, word]))
            particles = []
    return units


# --- layout (c): ConfTool


def read_sessions(lines: list[Line], year: int, year_from: str) -> Iterator[Reading]:
    """The sessions and papers of a ConfTool page, each session before its papers."""
    output = _Output()
    session: Draft | None = None
    paper: Draft | None = None
    section, pending, titles = "", "", False
    for place, line in enumerate(lines):
        after = lines[place + 1].text if place + 1 < len(lines) else ""
        found = SESSION.match(line.text)
        opened = heading(line.text)
        if line.text.startswith(FOOTERS):
            output.furniture += len(lines) - place
            break
        if found and not (paper and section == "references"):
            session, paper, section, pending = _session(line, found), None, "", ""
            output.drafts.append(session)
        elif session is None:
            output.furniture += 1  # headings and search controls of ConfTool before the session
        elif opened in ("presentations", "symposium-papers"):
            titles = opened == "symposium-papers"
            section, pending = ("between" if titles else "title"), ""
            paper = paper if titles else None
        elif _NETWORK.match(line.text) and genre_of(after):
            paper = _paper(line, "", session)
            paper.take_network(line.text)
            output.drafts.append(paper)
            section, titles = "kind", False
        elif titles and _WITH_INSTITUTION.match(after) and not opened and not _WITH_INSTITUTION.match(line.text):
            paper = _paper(line, line.text, session)
            output.drafts.append(paper)
            section = "authors"
        elif paper is None and section == "title":
            paper = _paper(line, "", session)
            output.drafts.append(paper)
            section = _into(paper, line, "kind", "")
        elif paper is None:
            pending = _session_block(session, line, pending, output)
        elif opened and opened not in ("session", "authors"):
            section = opened
        else:
            section = _into(paper, line, section, after)
    yield from output.readings(year, year_from)


def _session_block(session: Draft, line: Line, pending: str, output: _Output) -> str:
    labels = labelled(line.text)
    if labels:
        for label, value in labels:
            if value:
                session.take_label(label, value)
        return "" if labels[-1][1] else labels[-1][0]
    if (session.take_time(line.text.rstrip(":"))) or _session_line(session, line):
        return ""
    if pending and session.take_label(pending, line.text):
        return ""
    output.leftovers.append(Leftover(line.number, line.text[:500]))
    return pending


def _into(paper: Draft, line: Line, section: str, after: str) -> str:
    """Takes one line of a paper in; the section the next line belongs to."""
    genre = genre_of(line.text)
    labels = labelled(line.text)
    if section == "kind" and genre:
        paper.take_genre(genre, line.text)
        return "title"
    if section in ("kind", "title") and not paper.title:
        paper.title = line.text
        return "authors"
    if labels and section in ("authors", "institutions", "chairs"):
        for label, value in labels:
            if not label.startswith("Presenting") or not paper.authors:
                paper.take_label(label, value)
            else:
                paper.extra.append(("ecer:presenting", value))
        return "contribution" if labels[0][0].startswith("Presenting") else "chairs"
    if section == "authors":
        _numbered(paper, line.text)
        return "institutions"
    if section == "institutions" and _INSTITUTIONS.match(line.text) and len(line.text) < 600:
        paper.extra.append(("ecer:affiliation", line.text))
        return "institutions"
    if section == "institutions" and len(line.text) < 200 and labelled(after):
        paper.extra.append(("ecer:affiliation", line.text))
        return "institutions"
    name = section if section in ("method", "outcomes", "references") else "contribution"
    paper.sections.setdefault(name, []).append(line.text)
    return name


def _numbered(paper: Draft, text: str) -> None:
    """Takes in "Jane Doe1, John Roe1,2": authors with the figures of their institutions."""
    bare = _MARKED.sub("", text)
    if _WITH_INSTITUTION.match(text):
        paper.take_label("Authors", text)
        return
    for piece in re.split(r"\s*[,;]\s*", squash(bare)):
        if piece and not piece.isdigit():
            paper.authors += [name for name, _ in people(piece)]
