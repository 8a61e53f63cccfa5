"""The form for a record: its fields with what is wrong with them, how it will be cited, what to do before saving."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from litbase.library import Library, citing
from litbase.library.forms import (
    ROLES,
    Field,
    Flaw,
    Form,
    Person,
    called,
    flaws,
    good,
    names_in,
    read,
    sections,
)
from litbase.library.forms.fields import FIRST, PEOPLE
from litbase.library.values import Stored
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.record import Record
from litbase.vocabulary.tables import LANGUAGES
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.cite import StyleName, citable
from litbase.web.views.like import LikeView
from litbase.web.views.parts import dash_pages, plain_title
from litbase.web.views.start import StartView

ROWS: Final = {"title": 2, "terms": 4, "lines": 3, "text": 5}
SPELLED: Final = frozenset({"doi", "isbn", "issn", "eissn", "eric", "page", "url", "full_text_url", "citation_key",
                            "identifiers", "number", "session"})  # fmt: skip
"""Fields of which a browser's spelling checker knows nothing."""
PEER: Final = (("", "Not stated"), ("yes", "Peer reviewed"), ("no", "Not peer reviewed"))
ANCHORS: Final = dict.fromkeys(PEOPLE, "people-h")
STYLE_FIRST: Final = "apa"


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of work to choose."""

    name: str = told("Name of the kind")
    label: str = told("The word")
    icon: str = told("Name of the icon in the sprite")
    css: str = told("Class that gives the colour")
    chosen: bool = told("Whether it is the one of the form")


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field."""

    name: str = told("The field")
    id: str = told("Its id in the page")
    label: str = told("What it is called")
    hint: str = told("What to write; empty where that is plain")
    width: int = told("How many of twelve columns it takes")
    shape: str = told("line, date, title, text, lines, terms, languages or choice")
    rows: int = told("How many lines it shows; 0 for a field of one line")
    needed: bool = told("Whether a citation cannot do without it")
    spelling: bool = told("Whether its spelling can be checked")
    value: str = told("What is typed in it")
    errors: tuple[Flaw, ...] = told("What is wrong with it and keeps it from being saved")
    warnings: tuple[Flaw, ...] = told("What is odd about it")
    good: str = told("What is right about it, where that can be told")


@dataclass(frozen=True, slots=True)
class SectionView:
    """Fields that stand together."""

    name: str = told("work, place, about or more")
    fields: tuple[FieldView, ...] = told("Its fields")
    open: bool = told("Whether it is shown without a click")


@dataclass(frozen=True, slots=True)
class Row:
    """One person or group."""

    number: int = told("Which it is, from 1")
    person: Person = told("What is typed")
    first: bool = told("Whether nobody stands before it")
    last: bool = told("Whether nobody stands after it")


@dataclass(frozen=True, slots=True)
class Point:
    """One line of what to look at before saving."""

    state: str = told("y for well, n for wrong or missing, o for what would be good to have")
    label: str = told("The field, or fields; empty where the text says all")
    anchor: str = told("The id of the field; empty for none")
    text: str = told("What there is to say")


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands beside the form, and follows what is typed."""

    html: Html = told("The citation")
    styles: tuple[StyleName, ...] = told("The styles to choose")
    points: tuple[Point, ...] = told("What to look at before saving")
    blocked: int = told("How many fields keep the form from being saved")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A descriptor that the text suggests."""

    name: str = told("The descriptor")
    reason: str = told("Why; empty where nobody said")


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form for a new record, or for one that is there."""

    id: str = told("The record's id; empty for a new one")
    version: int = told("The version that is edited; 0 for a new one")
    state: str = told("public, draft or withdrawn; empty for a new one")
    reason: str = told("Why it has that state")
    plain_title: str = told("The title of the record as it stands; empty for a new one")
    action: str = told("Where the form is posted")
    cancel_url: str = told("Where one is led who does not save")
    state_url: str = told("Where a withdrawal is posted; empty for a new one")
    entry: str = told("What tells this form from others, so that the same sent twice is one record")
    why: str = told("The note about the change")
    draft: str = told("Number of the draft that the form is; empty for none")
    posted: bool = told("Whether the page answers a form that was sent")
    failed: bool = told("Whether it could not be saved")
    summary: tuple[tuple[str, str, str], ...] = told("Anchor, label and sentence of each thing that kept it from it")
    saved: str = told("Address of the record that was just saved from this form; empty for none")
    kinds: tuple[KindChoice, ...] = told("The kinds that are offered first")
    other_kinds: tuple[KindChoice, ...] = told("The others")
    kind: KindChoice = told("The kind of the form")
    sections: tuple[SectionView, ...] = told("Its sections: work, place, about, more")
    people: tuple[Row, ...] = told("The people, in their order")
    people_left: bool = told("Whether they are too many to stand in a form")
    others: bool = told("Whether the source leaves authors out")
    roles: tuple[tuple[str, str], ...] = told("The roles that people have")
    languages: tuple[str, ...] = told("Languages to choose from")
    left: tuple[str, ...] = told("Fields that are too long to stand in a form, and stay as they are")
    unknown_terms: bool = told("Whether descriptors could be put right by the thesaurus")
    suggested: tuple[Suggested, ...] = told("Descriptors that the text suggests")
    preview: Preview = told("What stands beside it")
    start: StartView | None = told("What one can start from; None for a record that is there")
    to_new: bool = told("Whether saving leads back to the form of a new record, where this was begun")
    like: LikeView | None = told("Records that it may be; None for none")


@dataclass(frozen=True, slots=True)
class Typed:
    """All that a form says beside its fields: what `edit_page` makes a page of."""

    form: Form
    stored: Stored | None = None
    before: Record | None = None  # what is edited, as the editor saw it
    version: int = 0
    entry: str = ""
    why: str = ""
    draft: str = ""
    style: str = ""
    posted: bool = False
    problems: tuple[Flaw, ...] = ()  # beside those of the form
    failed: bool = False
    saved: str = ""
    suggested: tuple[Suggested, ...] = ()
    start: StartView | None = None
    to_new: bool = False
    like: LikeView | None = None


def edit_page(library: Library, links: Links, typed: Typed) -> EditPage:
    """The page of a form."""
    form, stored = typed.form, typed.stored
    before = typed.before
    found = (*typed.problems, *flaws(form, before, library.store.thesaurus()))
    views = _sections(form, before, found if typed.posted or stored else (), bool(typed.posted or stored))
    kinds = tuple(_kind(name, form.kind) for name in KINDS if name != "cited" or form.kind == "cited")
    names = {field.name for section in views for field in section.fields}
    return EditPage(
        id=stored.id if stored else "",
        version=typed.version,
        state=stored.state if stored else "",
        reason=stored.reason if stored else "",
        plain_title=plain_title(stored.record) if stored else "",
        action=links.edit(stored.id) if stored else links.new(),
        cancel_url=links.record(stored.id) if stored and stored.state == "public" else links.home,
        state_url=links.state(stored.id) if stored else "",
        entry=typed.entry,
        why=typed.why,
        draft=typed.draft,
        posted=typed.posted,
        failed=typed.failed,
        summary=tuple(_summed(form, flaw, names) for flaw in found if flaw.blocks) if typed.failed else (),
        saved=typed.saved,
        kinds=tuple(kind for kind in kinds if kind.name in FIRST),
        other_kinds=tuple(kind for kind in kinds if kind.name not in FIRST),
        kind=_kind(form.kind, form.kind),
        sections=views,
        people=rows(form.people or ()),
        people_left=form.people is None,
        others=form.text("others") == "yes",
        roles=tuple(ROLES.items()),
        languages=tuple(english for _, english, _, _ in LANGUAGES),
        left=tuple(called(form.kind, name) for name in _absent(form)),
        unknown_terms=any(flaw.field == "descriptors" for flaw in found),
        suggested=tuple(one for one in typed.suggested if one.name not in read(form, before).record.descriptors),
        preview=preview(library, form, before, typed.style, typed.problems),
        start=typed.start,
        to_new=typed.to_new,
        like=typed.like,
    )


def preview(
    library: Library, form: Form, before: Record | None, style: str = "", problems: Iterable[Flaw] = ()
) -> Preview:
    """How the record of *form* will be cited, what is doubtful in it marked, and what to look at before saving."""
    offered = citing.styles(library)
    chosen = style if style in offered else STYLE_FIRST
    found = (*problems, *flaws(form, before, library.store.thesaurus()))
    record = citable(read(form, before).record)
    is_empty = not (record.title or record.author or record.editor or record.container_title)
    doubtful = [text for flaw in found if flaw.blocks for text in _printed(record, flaw.field)]
    return Preview(
        html=cited(() if is_empty else citing.entry_in(offered[chosen], record), doubtful),
        styles=tuple(
            StyleName(one.name, one.label, one.name == chosen, "", False) for one in offered.values() if one.style
        ),
        points=tuple(_points(form, found)),
        blocked=0 if is_empty else len({flaw.field for flaw in found if flaw.blocks}),
    )


def rows(people: Collection[Person]) -> tuple[Row, ...]:
    """The rows of *people*, one empty row where there is nobody."""
    shown = tuple(people) or (Person(),)
    return tuple(Row(n, one, n == 1, n == len(shown)) for n, one in enumerate(shown, 1))


def split_rows(people: Iterable[Person]) -> tuple[Person, ...]:
    """*people*, each row into whose first box several were pasted made into several rows."""
    made: list[Person] = []
    for one in people:
        if ";" in one.family and not one.given.strip():
            names = names_in(one)
            made += [Person(name.surname, ", ".join(filter(None, (name.given, name.suffix))), one.role)
                     for name in names]  # fmt: skip
        else:
            made.append(one)
    return tuple(made)


def check_twin(form: Form, before: Record | None, library: Library, problems: Iterable[Flaw] = ()) -> dict[str, object]:
    """What is wrong and right with each field, as JSON; *problems* are told beside those of the form."""
    told = [*problems, *(flaw for flaw in flaws(form, before, library.store.thesaurus()) if not flaw.missing)]
    return {
        "flaws": [{"field": f.field, "text": f.text, "blocks": f.blocks, "instead": f.instead} for f in told],
        "good": good(form, before),
    }


def _printed(record: Record, field: str) -> tuple[str, ...]:
    """The text of *field* as citations print it; () where it is no text."""
    value = getattr(record, field, None)
    if not isinstance(value, str):
        return ()
    return (dash_pages(value) if field == "page" else value,)


def _kind(name: str, chosen: str) -> KindChoice:
    kind = KINDS[name]
    return KindChoice(name, kind.label, kind.icon, kind.css, name == chosen)


def _sections(form: Form, before: Record | None, found: Iterable[Flaw], checked: bool) -> tuple[SectionView, ...]:
    told = [flaw for flaw in found if not flaw.missing]
    right = good(form, before) if checked else {}
    made = []
    for section in sections(form.kind):
        fields = tuple(
            _field(field, form, [flaw for flaw in told if flaw.field == field.name], right)
            for field in section.fields
            if field.name in form.values and field.name != "others"
        )
        made.append(SectionView(section.name, fields, any(field.errors for field in fields)))
    return tuple(made)


def _field(field: Field, form: Form, told: Collection[Flaw], right: Mapping[str, str]) -> FieldView:
    return FieldView(
        name=field.name,
        id=f"f-{field.name}",
        label=field.called,
        hint=field.hint,
        width=field.width,
        shape="languages" if field.name == "language" else field.shape,
        rows=ROWS.get(field.shape, 0),
        needed=field.needed,
        spelling=field.name not in SPELLED,
        value=form.text(field.name),
        errors=tuple(flaw for flaw in told if flaw.blocks),
        warnings=tuple(flaw for flaw in told if not flaw.blocks),
        good=right.get(field.name, ""),
    )


def _absent(form: Form) -> Iterator[str]:
    """The fields that are too long to stand in the form."""
    for section in sections(form.kind):
        yield from (field.name for field in section.fields if field.name not in form.values)


def _anchor(name: str, names: Collection[str]) -> str:
    return ANCHORS.get(name, f"f-{name}" if name in names else "")


def _summed(form: Form, flaw: Flaw, names: Collection[str]) -> tuple[str, str, str]:
    return _anchor(flaw.field, names), called(form.kind, flaw.field) if flaw.field else "", flaw.text


def _points(form: Form, found: Collection[Flaw]) -> Iterator[Point]:
    """What is there of what a citation needs, in one line; then what is wrong, what is missing, what would be good."""
    there = {field.name for section in sections(form.kind) for field in section.fields} & form.values.keys()
    wrong = {flaw.field for flaw in found}
    names = dict.fromkeys(field.name for section in sections(form.kind) for field in section.fields if field.needed)
    well = [called(form.kind, name) for name in names if name not in wrong and form.text(name).strip()]
    if form.people is None or any(not person.is_empty for person in form.people):
        well.append("Authors or editors")
    if well:
        yield Point("y", "", "", ", ".join([well[0], *(_lower(each) for each in well[1:])]))
    order = sorted(found, key=lambda flaw: (not flaw.blocks, flaw.missing, flaw.soft))
    for flaw in order:
        label = called(form.kind, flaw.field) if flaw.field else ""
        state = "o" if flaw.soft else "n"
        text = flaw.text.partition(": ")[2] if flaw.missing else flaw.text
        yield Point(state, label, _anchor(flaw.field, there), text)
    if "abstract" in form.values and not form.text("abstract").strip():
        yield Point("o", called(form.kind, "abstract"), "f-abstract", "not given.")


def _lower(label: str) -> str:
    """*label* within a sentence: "DOI" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
