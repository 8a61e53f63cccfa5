"""Harvard style: the list of references and citations in the text by author and date, as in Cite Them Right.

Source: Cite Them Right, 12th edition, sections B (setting out citations) and C (setting out references), and E to L for
kinds of sources; where it leaves a choice, what the CSL reference processor prints in British English.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from litbase.styles.casing import begun, headline
from litbase.styles.citing import by_author, in_groups
from litbase.styles.dates import BRITISH as DATES
from litbase.styles.dates import full, month_day, year
from litbase.styles.distinct import PLAIN, Distinction, Rule, givens_within
from litbase.styles.joints import join, named, quoted, then, wrap
from litbase.styles.locators import Locator, located, short_label
from litbase.styles.numbers import is_numeric, is_plural, number, ordinal, pages
from litbase.styles.people import FAMILY, INITIALS, NameForm, Person, listed
from litbase.styles.quotes import BRITISH
from litbase.styles.rich import Rich, italic, rich
from litbase.styles.sorting import Key, filed_date, filed_names, told
from litbase.styles.style import Cited, Style
from litbase.styles.work import Work, addressed

AUTHORS: Final = NameForm("all", INITIALS, initial=".", comma_last="never", most=4)
WITHIN: Final = NameForm(given=INITIALS, initial=".", most=4)
CITED: Final = NameForm(given=FAMILY, comma_last="never", most=4)
"""Of four authors or more only the first (B.4)."""
IN_ISSUES: Final = frozenset({"article-journal", "article-magazine", "article-newspaper"})
ITALIC: Final = frozenset("bill book graphic legal_case legislation motion_picture report song thesis webpage".split())
"""Types whose titles are in italics; others are in quotation marks."""
IN_PARTS: Final = frozenset({"chapter", "paper-conference"})
BY_DAY: Final = frozenset({"article-magazine", "article-newspaper", "post-weblog", "speech"})
"""Types of which day and month are told."""
PAGED: Final = IN_ISSUES | IN_PARTS | {"article", "book", "report", "review", "review-book"}
LABELS: Final = {"bk.": "bk", "chap.": "ch.", "pt.": "pt", "sec.": "sect."}
"""British for some abbreviations."""


class Lead(NamedTuple):
    """What stands in the author's place, what stands in the title's, and what is left to tell of the work."""

    text: Rich
    title: Rich
    rest: Work


def entry(work: Work, distinction: Distinction = PLAIN) -> Rich:
    """The entry of *work* in the list of references."""
    text, title, rest = _lead(work, distinction)
    titled = join(", ", title, join(" ", _editors(rest), _container(rest)))
    dated = wrap("(", _year(work, distinction), ")")
    first = join(" ", text, dated if text else begun(dated), titled)
    whole = join(". ", first, _contributors(rest), _publisher(rest))
    told = join(", ", whole, _volume(rest), _day(rest), _pages(rest))
    return then(join(". ", told, _access(rest)), ".")


def _lead(work: Work, distinction: Distinction = PLAIN) -> Lead:
    """The author's place (C.3): authors, editors, translators, the newspaper or the title."""
    people, label = _leading(work)
    if people:
        within = givens_within(people, before=people)
        given = [max(levels) for levels in zip_longest(distinction.given, within, fillvalue=FAMILY)]
        names = listed(people, AUTHORS, work.others and not label, distinction.names, given)
        rest = work._replace(editor=()) if label.startswith("ed") else work
        rest = work._replace(translator=()) if label.startswith("trans") else rest
        return Lead(join(" ", named(names), wrap("(", rich(label), ")")), _title(work), rest)
    if work.type in IN_ISSUES:
        return Lead(_newspaper(work), join(", ", _title(work), _edition(work)), work._replace(container=()))
    return Lead(_title(work), (), work._replace(edition="") if work.type in ITALIC else work)


def _leading(work: Work) -> tuple[tuple[Person, ...], str]:
    """The people in the author's place, and what they are where they are no authors."""
    if work.author:
        return work.author, ""
    if work.editor:
        return work.editor, _role(work.editor)
    return work.translator, "trans."


def _role(editors: Sequence[Person]) -> str:
    return "eds" if len(editors) > 1 else "ed."


def _newspaper(work: Work) -> Rich:
    return italic(headline(work.container, work.is_english))


def _year(work: Work, distinction: Distinction) -> Rich:
    """The year (C.4): "2019", "2019a", "no date"."""
    if work.issued:
        return rich(year(work.issued) + distinction.letter)
    return rich(f"no date {distinction.letter}".strip())


def _title(work: Work) -> Rich:
    """The title (C.5), with medium, number of volumes and edition of what stands alone."""
    if work.type not in ITALIC:
        return quoted(work.title)
    volumes = (
        f"({work.volumes} vol{'s' if is_plural(work.volumes) else ''})" if work.volumes and not work.volume else ""
    )
    return join(". ", join(" ", italic(work.title), wrap("[", work.medium, "]"), rich(volumes)), _edition(work))


def _edition(work: Work) -> Rich:
    return rich(f"{ordinal(work.edition)} edn" if is_numeric(work.edition) else work.edition)


def _editors(work: Work) -> Rich:
    """Editors and translators of the book a chapter is in: "in C. Brown (ed.)"."""
    if work.type not in IN_PARTS:
        return ()
    editors, translators = _within(work)
    role = _role(work.editor)
    if editors == translators:
        return wrap("in ", editors, f" ({role} & trans.)")
    return wrap("in ", join(", ", wrap("", editors, f" ({role})"), wrap("", translators, " (trans.)")))


def _within(work: Work) -> tuple[Rich, Rich]:
    """Editors and translators beside an author, with given names in full where a name told before is alike."""
    given = givens_within((*work.editor, *work.translator), before=work.author)
    count = len(work.editor)
    return (
        rich(listed(work.editor, WITHIN, given=given[:count])),
        rich(listed(work.translator, WITHIN, given=given[count:])),
    )


def _container(work: Work) -> Rich:
    if not work.container:
        return ()
    is_preprint = work.type in ("article", "article-journal") and not (work.page or work.volume)
    return join(". ", join(" ", italic(work.container), rich("[Preprint]" if is_preprint else "")), _edition(work))


def _contributors(work: Work) -> Rich:
    """Editors and translators beside an author: "Edited by C. Brown. Translated by A. Li"."""
    if work.type in IN_PARTS:
        return ()
    editors, translators = _within(work)
    if editors == translators:
        return wrap("Edited and translated by ", editors)
    return join(". ", wrap("Edited by ", editors), wrap("Translated by ", translators))


def _publisher(work: Work) -> Rich:
    """Place and publisher (C.7) with the series; of a report its number, of a thesis its kind."""
    if work.type in IN_ISSUES:
        return ()
    if work.type == "thesis":
        return join(". ", work.genre, work.publisher)
    published = join(": ", work.place, work.publisher)
    if work.type == "report":
        return join(". ", join(" ", work.genre, rich(number(work.number))), published)
    series = join(", ", work.collection, rich(number(work.collection_number)))
    return join(" ", published, wrap("(", series, ")"))


def _volume(work: Work) -> Rich:
    """Volume and issue of a journal (C.8): "20(3)"."""
    if work.type != "article-journal":
        return ()
    return join("", rich(number(work.volume)), wrap("(", rich(number(work.issue)), ")"))


def _day(work: Work) -> Rich:
    return rich(month_day(work.issued, DATES)) if work.issued and work.type in BY_DAY else ()


def _pages(work: Work) -> Rich:
    """Pages (C.9): "pp. 327–350"."""
    if not work.page or work.type not in PAGED:
        return ()
    return rich(f"{'pp.' if is_plural(work.page) else 'p.'} {pages(work.page, 'stated')}")


def _access(work: Work) -> Rich:
    """DOI or address (C.10), of a page also when it was read: "Available at: ... (Accessed: 9 May 2022)"."""
    read = f"(Accessed: {full(work.accessed, DATES)})" if work.accessed and not work.doi else ""
    return join(" ", wrap("Available at: ", addressed(work)), rich(read)) if addressed(work) else ()


def _people(work: Work) -> tuple[Person, ...]:
    return _leading(work)[0]


def _cited_names(cite: Cited) -> Rich:
    """The names of the people who lead the work, as the text has them (B.4); () without any."""
    work, distinction = cite.work, cite.distinction
    people, label = _leading(work)
    return named(listed(people, CITED, work.others and not label, distinction.names, distinction.given))


def _cited_author(cite: Cited) -> Rich:
    """The author in the text, or what stands there."""
    work = cite.work
    return _cited_names(cite) or (_newspaper(work) if work.type in IN_ISSUES else _title(work))


def _cited_year(cite: Cited) -> Rich:
    """Year and place in the work: "2019a, p. 12"."""
    return join(", ", _year(cite.work, cite.distinction), _located(cite.locator))


def _located(locator: Locator) -> Rich:
    if not locator.value:
        return ()
    label = short_label(locator)
    plural = label.endswith("s.") and label != "s."
    one = label.removesuffix("s.") + "." if plural else label
    british = LABELS.get(one, one)
    label = british.removesuffix(".") + "s" if plural else british
    return join(" ", rich(label), rich(located(locator, "stated")))


def _mark(work: Work, distinction: Distinction) -> Rich:
    cite = Cited(work, distinction)
    return join(", ", _cited_author(cite), _cited_year(cite))


def citation(cites: Sequence[Cited]) -> Rich:
    """Works in the text (B.5), the earliest first, those of one author together: "(Lind, 2016, 2019a; Ray, 2018)"."""
    ordered = in_groups(cites, _cited_names, lambda cite: ((_dated(cite.work), not _people(cite.work)),))
    return wrap("(", by_author(ordered, _cited_author, _cited_year, ", "), ")")


def narrative(cite: Cited) -> Rich:
    """A work whose author is part of the sentence (B.2): "Mehta and Peterson (2019)"."""
    return join(" ", _cited_author(cite), wrap("(", _cited_year(cite), ")"))


def _order(work: Work) -> Key:
    """The order of the list of references (C.2): author, year, title; undated last."""
    people = _people(work)
    within = givens_within(people, before=people)
    names = (False, filed_names(people, AUTHORS, particle_first=False, given=within))
    return names if people else told(_lead(work).text), _dated(work), told(work.title)


def _dated(work: Work) -> Key:
    return int(work.issued is None), filed_date(work.issued, only_year=True)


STYLE: Final = Style(
    name="harvard",
    label="Harvard (Cite Them Right)",
    entry=entry,
    citation=citation,
    narrative=narrative,
    order=_order,
    rule=Rule(_mark, _people, CITED),
    quotes=BRITISH,
)
