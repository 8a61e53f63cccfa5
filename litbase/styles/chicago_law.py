"""Chicago style: laws, cases and other legal documents, which follow The Bluebook.

Source: Chicago Manual of Style, 18th edition, chapter 14 (14.174: legal documents); where it leaves a choice, what
the CSL reference processor prints.
"""

from typing import Final

from litbase.styles.casing import begun, headline
from litbase.styles.chicago_titles import labelled
from litbase.styles.dates import full, year
from litbase.styles.joints import join, wrap
from litbase.styles.locators import NOWHERE, Locator, located, short_label
from litbase.styles.numbers import first_page, is_plural, number
from litbase.styles.people import FAMILY, NameForm, listed
from litbase.styles.rich import Rich, italic, plain, rich
from litbase.styles.work import Work

LEGAL: Final = frozenset("bill hearing legal_case legislation regulation treaty".split())
PARTIES: Final = NameForm(given=FAMILY, last="")
SIGNS: Final = {"chapter": ("c.", "cc."), "paragraph": ("¶", "¶¶"), "section": ("§", "§§")}


def law(work: Work, people: NameForm, locator: Locator = NOWHERE) -> Rich:
    """A legal document: "Every Student Succeeds Act, Pub. L. No. 114-95, 129 Stat. 1802 (2015)".

    *people* is how witnesses of a hearing are listed.
    """
    if work.type == "treaty":
        parties = rich("-".join(listed([name], PARTIES) for name in work.author))
        told = join(", ", legal_title(work), parties, _date(work, in_full=True), _source(work))
    else:
        told = join(" ", join(", ", legal_title(work), _source(work)), _dated(work), _stage(work, people))
    at = rich("at" if work.page and locator.label == "page" and locator.value else "")
    return join(", ", told, join(" ", at, legal_place(locator)))


def legal_place(locator: Locator) -> Rich:
    """A place in a legal document: "§ 3", "12"."""
    if not locator.value or locator.label == "page":
        return rich(located(locator, "chicago"))
    one, several = SIGNS.get(locator.label, (short_label(locator),) * 2)
    return join(" ", rich(several if is_plural(locator.value) else one), rich(located(locator)))


def legal_title(work: Work) -> Rich:
    """The title of a legal document; that of a hearing with its matter and committee."""
    if work.type != "hearing":
        return headline(work.title, work.is_english)
    matter = join(" ", wrap("on ", rich(number(work.number))), wrap("before the ", work.section))
    return italic(join(": ", begun(work.title), join(" ", rich("Hearing"), matter) if matter else ()))


def _source(work: Work) -> Rich:
    reporter = (rich(number(work.volume)), work.container)
    page = rich(first_page(work.page))
    section = _section(work) or page
    if work.type == "bill":
        return join(", ", _bill(work), join(" ", *reporter, page))
    if work.type == "legal_case":
        if not work.is_part:
            return labelled(work, begun)
        return join(" ", *reporter, _section(work), page or rich("___"))
    if work.type == "legislation" and work.number:
        kind = join(" ", begun(work.genre) or rich("Pub. L."), labelled(work, begun))
        return join(", ", kind, join(" ", *reporter, page))
    if work.type == "regulation":
        return join(", ", join(" ", work.genre, labelled(work, begun)), join(" ", *reporter, section))
    if work.type == "treaty":
        return join(" ", *reporter, page or labelled(work, begun))
    return join(" ", *reporter, section) if work.type == "legislation" else ()


def _bill(work: Work) -> Rich:
    """What a bill is called by its number: "H.R. No. 1177"."""
    return join(" ", work.genre, rich(number(work.number)) if work.is_part else labelled(work, begun))


def _section(work: Work) -> Rich:
    section = plain(work.section)
    return rich(f"{'§§' if is_plural(section) else '§'} {section}" if section else "")


def _dated(work: Work) -> Rich:
    return wrap("(", _date(work, in_full=work.type == "legal_case" and not work.is_part), ")")


def _date(work: Work, in_full: bool) -> Rich:
    if not work.issued:
        return ()
    date = full(work.issued) if in_full else year(work.issued)
    return rich(f"[{date}?]" if work.circa else date)


def _stage(work: Work, people: NameForm) -> Rich:
    if work.type == "hearing":
        return wrap("(testimony of ", rich(listed(work.author, people._replace(last="&"))), ")")
    return wrap("(", work.status, ")") if work.type != "legal_case" else ()
