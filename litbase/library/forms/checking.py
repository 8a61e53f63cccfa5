"""What is wrong with a form, in sentences that name the fix: the same ones while it is typed and when it is saved.

What a record already had is never in the way of saving something else: only a text that was typed anew can be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from litbase.library.forms.fields import LISTS, LONG, called, needed, remedy
from litbase.library.forms.form import Form, text_of
from litbase.library.forms.reading import normal, read
from litbase.record.checks import LACKING, check
from litbase.record.identifiers import normal_doi, normal_isbn, normal_issn, normal_orcid
from litbase.record.notices import REMEDIES, Problem, sentence
from litbase.record.pages import normal_pages, page_ranges, run_backwards
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import NONE, Thesaurus

LAST: Final = "0123456789X"
CHECKED: Final[dict[str, Callable[[str], str]]] = {
    "isbn": normal_isbn,
    "issn": normal_issn,
    "eissn": normal_issn,
    "doi": normal_doi,
}
LENGTHS: Final = {"isbn": (10, 13), "issn": (8,), "eissn": (8,)}
BLOCKING: Final = frozenset({"page-backwards", "isbn-wrong", "issn-wrong", "doi-form", "orcid-wrong", "key-form",
                             "url-scheme", "url-bare"})  # fmt: skip
AT: Final = {"orcid-wrong": "identifiers"}  # where it was typed
LINE: Final = 5_000  # characters of a field of one line
LISTED: Final = 50_000  # of all values of a list
MOST: Final = 5  # descriptors that are told about


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a *field*, as a sentence; *blocks* when it keeps the form from being saved.

    *missing* is what is not there, *soft* what a citation can do without; *instead* is the text that would mend the
    field, "" where that cannot be told.
    """

    field: str
    text: str
    blocks: bool = False
    missing: bool = False
    soft: bool = False
    instead: str = ""


def flaws(form: Form, before: Record | None = None, thesaurus: Thesaurus = NONE) -> tuple[Flaw, ...]:
    """What is wrong with *form*, by which *before* (a new record without it) is edited; what blocks comes first."""
    stored = before if before is not None else Record()
    record, errors = read(form, before)
    found = [Flaw(field, text, blocks=True) for field, text in errors.items()]
    if not _is_anything(record):
        found.append(Flaw("title", "Give at least a title: there is nothing yet to know the work by.", blocks=True))
    for problem in check(record):
        if problem.field not in errors and not (problem.field == "title" and found and found[-1].field == "title"):
            found.append(_flaw(problem, form, record, stored))
    found += _unknown(form, record, thesaurus)
    found += _too_long(form, stored)
    return tuple(sorted(dict.fromkeys(found), key=lambda flaw: not flaw.blocks))


def good(form: Form, before: Record | None = None) -> dict[str, str]:
    """What is right with identifiers that have a check digit, a sentence for each such field."""
    record, errors = read(form, before)
    return {
        field: "The check digit is right" if len(values) == 1 else "The check digits are right"
        for field in LENGTHS
        if field not in errors and (values := getattr(record, field)) and all(map(CHECKED[field], values))
    }


def _too_long(form: Form, stored: Record) -> Iterator[Flaw]:
    """Texts typed anew that are longer than any work needs, and would make every page slow on which they stand."""
    for name, text in form.values.items():
        most = 0 if name in LONG else LISTED if name in LISTS else LINE
        if most and len(text) > most and normal(name, text) != normal(name, text_of(name, stored)):
            label = called(form.kind, name)
            yield Flaw(name, f"{label} has {len(text):,} characters; at most {most:,} are taken.", blocks=True)


def _is_anything(record: Record) -> bool:
    has = (record.title, record.author, record.abstract, record.eric, record.doi, record.isbn, record.contribution)
    return any(has) or bool(record.body or record.references)


def _flaw(problem: Problem, form: Form, record: Record, before: Record) -> Flaw:
    field = AT.get(problem.code, problem.field)
    told = _TOLD.get(problem.code, _plainly)
    text, instead = told(problem, form, record)
    typed = field in form.values and normal(field, form.text(field)) != normal(field, text_of(field, before))
    blocks, missing, soft = problem.code in BLOCKING and typed, problem.code in LACKING, problem.severity == "info"
    return Flaw(field, text, blocks, missing, soft, instead)


def _plainly(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    said, mend = sentence(problem), REMEDIES.get(problem.code, "")
    return (f"{said}. {mend}." if mend else f"{said}."), ""


def _lacking(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    others = next((names for names in needed(form.kind) if names[0] == problem.field), (problem.field,))
    names = [called(form.kind, name) for name in others]
    label = " or ".join([names[0], *(name.lower() if name[1:2].islower() else name for name in names[1:])])
    mend = remedy(form.kind, problem.code)
    return f"{label}: not given{f'. {mend}' if mend else ''}.", ""


def _backwards(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    turned = ", ".join(_turned(part.strip()) for part in normal_pages(record.page).split(","))
    return f"The last page comes before the first. Did you mean {turned.replace('-', '–')}?", turned


def _turned(part: str) -> str:
    [(first, last)] = page_ranges(part) or [("", "")]
    return f"{last}-{first}" if run_backwards(part) else part


def _digit(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    value, field = dict(problem.params)["value"], problem.field
    name = {"isbn": "ISBN", "issn": "ISSN", "eissn": "ISSN"}[field]
    digits = [c for c in value if c.isdigit() or c in "xX"]
    lengths = LENGTHS[field]
    if len(digits) not in lengths:
        said = " or ".join(map(str, lengths))
        return f"An {name} has {said} digits; {value} has {len(digits)}. Compare it with the work.", ""
    proper = _with_right_digit(value, field)
    mend = f" Did you mean {proper}? Compare the other digits too." if proper else " Compare it with the work."
    kept = " If it is printed like that, move it to the other identifiers, behind a word for what it is and a colon."
    alone = len(getattr(record, field)) == 1
    return f"{value} is no {name}: its check digit is wrong.{mend}{kept}", proper if alone else ""


def _with_right_digit(value: str, field: str) -> str:
    bare = value.rstrip()[:-1]
    return next((f"{bare}{last}" for last in LAST if CHECKED[field](f"{bare}{last}")), "")


def _doi(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    value = dict(problem.params)["value"]
    at = value.find("10.")
    proper = normal_doi(value[at:]) if at > 0 else ""
    shape = "It begins with 10. and has a / in it, as in 10.1007/s10833-019-09349-2."
    mend = f"Did you mean {proper}?" if proper else shape
    return f"{value} is no DOI. {mend}", proper


def _orcid(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    [value] = dict(problem.params).values()
    bare = value[:-1]
    proper = next((f"{bare}{last}" for last in LAST if normal_orcid(f"{bare}{last}")), "")
    mend = f" Did you mean {proper}? Compare it with the person's page at orcid.org." if proper else ""
    return f"{value} is no ORCID: its check digit is wrong.{mend}", ""


def _form(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    values = dict(problem.params)
    many = problem.field in LISTS and len(getattr(record, problem.field)) > 1
    return f"{sentence(problem)}; that is done when you save.", "" if many else values["normal"]


def _bare(problem: Problem, form: Form, record: Record) -> tuple[str, str]:
    value = dict(problem.params)["value"].strip()
    return f"A web address begins with https:// or http://. Did you mean https://{value}?", f"https://{value}"


def _unknown(form: Form, record: Record, thesaurus: Thesaurus) -> Iterator[Flaw]:
    """A flaw for each of the first descriptors that the thesaurus does not have, or has under another name."""
    if not thesaurus or "descriptors" not in form.values:
        return
    unknown = [name for name in record.descriptors if name not in thesaurus]
    for name in unknown[:MOST]:
        today = thesaurus.today(name)
        if today != (name,):
            yield Flaw("descriptors", f"{name} is called {' and '.join(today)} in the thesaurus.")
        else:
            yield Flaw("descriptors", f"{name} is not in the thesaurus. Keep it as a keyword?")


_TOLD: Final[dict[str, Callable[[Problem, Form, Record], tuple[str, str]]]] = {
    **dict.fromkeys(LACKING, _lacking),
    "page-backwards": _backwards,
    "page-form": _form,
    "identifier-form": _form,
    "isbn-wrong": _digit,
    "issn-wrong": _digit,
    "doi-form": _doi,
    "orcid-wrong": _orcid,
    "url-bare": _bare,
}
