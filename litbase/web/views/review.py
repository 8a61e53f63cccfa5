"""What the review pages show: what waits, how many records have each problem, and the records that have one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litbase.library.labels import value_label
from litbase.library.mending import Row
from litbase.library.reviewing import BARE, Flawed, Listed, Waiting
from litbase.record.notices import REMEDIES, sentence
from litbase.vocabulary.problems import FIXABLE
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import Change, differences
from litbase.web.views.parts import plain_title


@dataclass(frozen=True, slots=True)
class Line:
    """Something that waits."""

    name: str = told("duplicates, problems, corrections, imports, drafts or variants")
    count: int = told("How many wait; -1 where nobody counts")
    url: str = told("Where it is done")


@dataclass(frozen=True, slots=True)
class HubPage:
    """What waits for editors."""

    lines: tuple[Line, ...] = told("Each kind of it")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One problem."""

    code: str = told("Its code")
    label: str = told("What it is called")
    remedy: str = told("What to do about it; empty where nothing can be said")
    count: int = told("How many records have it")
    fixable: bool = told("Whether it can be mended without asking, in all or nearly all")
    url: str = told("The records, each with its fix")
    search_url: str = told("The records as a search")


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The health of the library."""

    rows: tuple[BoardRow, ...] = told("The problems, the most frequent first")
    fixable: int = told("How many kinds of them can be mended")
    bare: int = told("How many records have no descriptor")
    bare_url: str = told("These, with descriptors suggested")
    mend_url: str = told("Where mending is asked for")
    json_url: str = told("The same as JSON")
    back_url: str = told("What else waits")


@dataclass(frozen=True, slots=True)
class Chip:
    """A descriptor that is suggested."""

    name: str = told("The descriptor")
    percent: int = told("How probable it is, 0 to 100")
    reasons: str = told("Why")


@dataclass(frozen=True, slots=True)
class FlawedRow:
    """A record that has the problem."""

    id: str = told("Its id")
    title: str = told("Its title")
    url: str = told("Its page")
    edit_url: str = told("Its form")
    version: int = told("Its version")
    problems: tuple[str, ...] = told("What is wrong, in sentences")
    changes: tuple[Change, ...] = told("What the fix changes, word by word; () for no fix")
    chips: tuple[Chip, ...] = told("Descriptors that are suggested")


@dataclass(frozen=True, slots=True)
class ListedPage:
    """The records that have one problem."""

    code: str = told("The code of the problem")
    label: str = told("What it is called")
    remedy: str = told("What to do about it")
    total: int = told("How many records have it")
    page: int = told("Which page this is")
    pages: int = told("How many there are")
    fixable: bool = told("Whether it can be mended without asking")
    describing: bool = told("Whether descriptors are suggested here")
    records: tuple[FlawedRow, ...] = told("The records of this page")
    query: str = told("The query that finds all of them")
    search_url: str = told("All of them as a search")
    fix_url: str = told("Where one fix is posted")
    describe_url: str = told("Where descriptors are posted")
    mend_url: str = told("Where mending all of them is asked for")
    here_url: str = told("This page")
    previous_url: str = told("The page before; empty for none")
    next_url: str = told("The next page; empty for none")
    back_url: str = told("The board")


def hub_page(waiting: Waiting, links: Links) -> HubPage:
    """What waits."""
    return HubPage((
        Line("duplicates", waiting.duplicates, links.duplicates()),
        Line("problems", waiting.problems, links.problems()),
        Line("corrections", waiting.corrections, links.corrections()),
        Line("imports", waiting.imports, links.imports()),
        Line("drafts", waiting.drafts, links.drafts()),
        Line("variants", -1, links.variants()),
    ))  # fmt: skip


def board_page(rows: Sequence[Row], bare: int, links: Links) -> BoardPage:
    """The board."""
    return BoardPage(
        rows=tuple(
            BoardRow(one.code, one.label, one.remedy, one.count, one.fixable, links.problems(one.code),
                     links.typed(one.query))
            for one in rows
        ),
        fixable=sum(one.fixable for one in rows),
        bare=bare,
        bare_url=links.problems(BARE),
        mend_url=links.bulk("/preview"),
        json_url=f"{links.problems()}.json",
        back_url=links.review,
    )  # fmt: skip


def listed_page(found: Listed, links: Links) -> ListedPage:
    """A page of the records with one problem."""
    describing = found.code == BARE
    return ListedPage(
        code=found.code,
        label="No descriptors" if describing else value_label("problem", found.code),
        remedy="" if describing else REMEDIES.get(found.code, ""),
        total=found.total,
        page=found.page,
        pages=found.pages,
        fixable=found.code in FIXABLE,
        describing=describing,
        records=tuple(_row(one, links) for one in found.records),
        query=found.query,
        search_url=links.typed(found.query),
        fix_url=links.problems("fix"),
        describe_url=links.problems("describe"),
        mend_url=links.bulk("/preview"),
        here_url=links.problems(found.code, page=str(found.page) if found.page > 1 else ""),
        previous_url=links.problems(found.code, page=str(found.page - 1)) if found.page > 1 else "",
        next_url=links.problems(found.code, page=str(found.page + 1)) if found.page < found.pages else "",
        back_url=links.problems(),
    )


def _row(one: Flawed, links: Links) -> FlawedRow:
    stored = one.stored
    return FlawedRow(
        id=stored.id,
        title=plain_title(stored.record),
        url=links.record(stored.id),
        edit_url=links.edit(stored.id),
        version=stored.version,
        problems=tuple(sentence(problem) for problem in one.problems),
        changes=differences(stored.record, one.fixed) if one.fixed else (),
        chips=tuple(
            Chip(each.descriptor, round(100 * each.score), "; ".join(map(sentence, each.reasons)))
            for each in one.suggested
        ),
    )


def twin(page: BoardPage) -> dict[str, Any]:
    """The board for programs."""
    return {
        "problems": [
            {"code": one.code, "label": one.label, "remedy": one.remedy, "count": one.count, "fixable": one.fixable}
            for one in page.rows
        ],
        "no_descriptors": page.bare,
    }
