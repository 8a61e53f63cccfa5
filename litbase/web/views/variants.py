"""What the pages about forms of names show: candidates with reasons, what a decision would change, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from litbase.fields import BY_NAME as FIELDS
from litbase.library import Library
from litbase.library import variants as deciding
from litbase.library.candidates import Candidate
from litbase.library.variants import Preview, Step
from litbase.record.notices import sentence
from litbase.vocabulary.variants import DIFFERENT, KINDS
from litbase.web.links import PLACES, Links
from litbase.web.views import told
from litbase.web.views.parts import Linked

ON_PAGE = 10  # candidates
DECIDED = 25  # decisions
EXAMPLES = 2  # records of each form
LONGEST = 160  # characters of a title


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of names."""

    name: str = told("author, source, publisher or descriptor")
    label: str = told("What the facet is called")
    url: str = told("Its page")
    current: bool = told("Whether it is this page")


@dataclass(frozen=True, slots=True)
class Form:
    """One of two forms that look like one."""

    text: str = told("The form, as it is found now")
    count: int = told("How many records are found under it")
    url: str = told("Its page, or its records")
    printed: tuple[str, ...] = told("Forms that are joined with it already")
    examples: tuple[Linked, ...] = told("Records that print it, the newest first")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forms that may be one."""

    number: int = told("Its place in the list, from 1")
    forms: tuple[Form, ...] = told("Both, the one to be preferred first")
    reasons: tuple[str, ...] = told("Why they may be one")
    percent: int = told("How likely that is, 0 to 100")


@dataclass(frozen=True, slots=True)
class VariantsPage:
    """The candidates of one kind."""

    kind: str = told("author, source, publisher or descriptor")
    tabs: tuple[Tab, ...] = told("The kinds")
    pairs: tuple[Pair, ...] = told("The candidates of this page, the most likely first")
    total: int = told("How many there are")
    ready: bool = told("Whether they have been found; else they are being looked for")
    page: int = told("Which page this is")
    pages: int = told("How many pages there are")
    before_url: str = told("The page before; empty on the first")
    next_url: str = told("The next page; empty on the last")
    decided_url: str = told("What was decided")
    done: int = told("The run of the decision just made; 0 for none")
    json_url: str = told("The same as JSON")
    longest: int = told("How many characters a form may have")


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A form that would be found elsewhere."""

    form: str = told("The form, as records print it")
    before: str = told("Under which form it is found now")
    after: str = told("Under which it would be")
    count: int = told("How many records print it")


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a decision would change."""

    kind: str = told("author, source, publisher or descriptor")
    label: str = told("What the facet is called")
    action: str = told("join or separate")
    forms: tuple[str, ...] = told("The forms that are decided about, but for the last")
    into: str = told("The form they are joined into, or separated from")
    moved: tuple[MovedRow, ...] = told("What would be found elsewhere")
    groups: tuple[tuple[str, ...], ...] = told("The headings there would be, each with the other forms it has")
    records: int = told("How many records would be found elsewhere")
    unprinted: tuple[str, ...] = told("The forms among them that no record prints")
    seen: str = told("What is sent back, so that a decision of somebody else in between is noticed")
    swaps: tuple[Linked, ...] = told("The same with another of the forms preferred")
    back_url: str = told("The candidates")


@dataclass(frozen=True, slots=True)
class StepRow:
    """What one run decided."""

    run: int = told("Its number")
    kind: str = told("author, source, publisher or descriptor")
    different: bool = told("Whether the forms were set apart")
    pairs: tuple[tuple[str, str], ...] = told("Pairs of a form and the one it was joined into or set apart from")
    who: str = told("Who decided")
    why: str = told("Why")
    at: str = told("When")
    undone: int = told("The run that took it back; 0 while it is in force")


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """What was decided, the newest first."""

    kind: str = told("author, source, publisher or descriptor")
    tabs: tuple[Tab, ...] = told("The kinds")
    steps: tuple[StepRow, ...] = told("The decisions of this page")
    total: int = told("How many there are")
    before_url: str = told("The page before; empty on the first")
    next_url: str = told("The next page; empty on the last")
    back_url: str = told("The candidates")


def variants_page(
    kind: str, found: Sequence[Candidate] | None, number: int, done: int, library: Library, links: Links
) -> VariantsPage:
    """Page *number* of the candidates *found*; None while they are being looked for."""
    every = found or ()
    pages = max(1, -(-len(every) // ON_PAGE))
    number = min(number, pages)
    start = (number - 1) * ON_PAGE
    some = every[start : start + ON_PAGE]
    return VariantsPage(
        kind=kind,
        tabs=_tabs(kind, links, decided=False),
        pairs=tuple(_pair(at, one, library, links) for at, one in enumerate(some, start + 1)),
        total=len(every),
        ready=found is not None,
        page=number,
        pages=pages,
        before_url=links.variants(kind=kind, page=str(number - 1) if number > 2 else "") if number > 1 else "",
        next_url=links.variants(kind=kind, page=str(number + 1)) if number < pages else "",
        decided_url=links.variants("/decided", kind=kind),
        done=done,
        json_url=links.variants(".json", kind=kind, page=str(number) if number > 1 else ""),
        longest=deciding.LONGEST,
    )


def _tabs(kind: str, links: Links, decided: bool) -> tuple[Tab, ...]:
    rest = "/decided" if decided else ""
    return tuple(Tab(one, FIELDS[one].label, links.variants(rest, kind=one), one == kind) for one in KINDS)


def _pair(number: int, one: Candidate, library: Library, links: Links) -> Pair:
    forms = zip((one.preferred, one.form), one.counts, strict=True)
    return Pair(
        number=number,
        forms=tuple(_form(one.kind, form, count, library, links) for form, count in forms),
        reasons=tuple(sentence(reason) for reason in one.likeness.reasons),
        percent=round(100 * one.score),
    )


def _form(kind: str, form: str, count: int, library: Library, links: Links) -> Form:
    records = deciding.examples(library, kind, form, EXAMPLES)
    return Form(
        text=form,
        count=count,
        url=links.value(kind, form) if kind in PLACES else links.filtered(kind, form),
        printed=library.store.variants().joined(kind, form),
        examples=tuple(
            Linked(shorten(record.title or record.abstract or "[Untitled]", LONGEST), links.record(record.id))
            for record in records
        ),
    )


def preview_page(
    preview: Preview, action: str, forms: Sequence[str], into: str, back: str, links: Links
) -> PreviewPage:
    """What *preview* says, for the form that decides it."""
    others = forms if action == "join" else ()
    return PreviewPage(
        kind=preview.kind,
        label=FIELDS[preview.kind].label,
        action=action,
        forms=tuple(forms),
        into=into,
        moved=tuple(MovedRow(one.form, one.before, one.after, one.count) for one in preview.moved),
        groups=preview.groups,
        records=preview.records,
        unprinted=preview.unprinted,
        seen=preview.seen,
        swaps=tuple(Linked(one, links.join_variants(preview.kind, (*forms, into), one)) for one in others),
        back_url=back,
    )


def decided_page(kind: str, steps: Sequence[Step], number: int, links: Links) -> DecidedPage:
    """Page *number* of the decisions *steps*, the newest first."""
    pages = max(1, -(-len(steps) // DECIDED))
    number = min(number, pages)
    some = steps[(number - 1) * DECIDED : number * DECIDED]

    def url(page: int) -> str:
        return links.variants("/decided", kind=kind, page=str(page) if page > 1 else "")

    return DecidedPage(
        kind=kind,
        tabs=_tabs(kind, links, decided=True),
        steps=tuple(
            StepRow(one.run, one.kind, one.verdict == DIFFERENT, one.pairs, one.who, one.why, one.at, one.undone)
            for one in some
        ),
        total=len(steps),
        before_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < pages else "",
        back_url=links.variants(kind=kind),
    )


def twin(view: VariantsPage) -> dict[str, Any]:
    """The candidates for programs."""
    return {
        "kind": view.kind,
        "total": view.total,
        "page": view.page,
        "pages": view.pages,
        "ready": view.ready,
        "pairs": [
            {
                "forms": [{"form": form.text, "records": form.count, "url": form.url} for form in pair.forms],
                "score": pair.percent / 100,
                "reasons": list(pair.reasons),
            }
            for pair in view.pairs
        ],
    }
