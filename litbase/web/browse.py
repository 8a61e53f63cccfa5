"""Browsing: descriptors, authors and sources as lists, and a page for each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Response, current_app, request

from litbase.library import Library, browsing
from litbase.library.browsing import LETTERS, Wanted
from litbase.library.facets import initial
from litbase.library.slugs import meant, nearest, slug, words_of
from litbase.library.statistics import Counted
from litbase.record.notices import notice, sentence
from litbase.record.text import squash
from litbase.web import frame
from litbase.web.links import PLACES, Links
from litbase.web.views import told
from litbase.web.views.authors import orcids, spoken
from litbase.web.views.browse import ORDERS, THESAURUS_ORDERS, BrowsePage, alphabet, browse_page
from litbase.web.views.browse import twin as browse_twin
from litbase.web.views.descriptors import branches, called, is_retired, other_names, position, roots
from litbase.web.views.heading import COUNTED, EVERYWHERE, HeadingPage, Nature, heading_page
from litbase.web.views.heading import twin as heading_twin
from litbase.web.views.parts import Linked
from litbase.web.views.sources import facts, sort_of

bp = Blueprint("browse", __name__)
NAMES = {place: name for name, place in PLACES.items()}
OWN = ("find", "letter", "by", "leaf")


@dataclass(frozen=True, slots=True)
class Choice:
    """Several headings that an address may mean, or none and those nearest to it."""

    name: str = told("descriptor, author or source")
    kind: str = told("several, instead (of a name no longer used), or nothing")
    what: str = told("The name that was asked for")
    retired: bool = told("Whether it was a descriptor once")
    offers: tuple[Linked, ...] = told("The headings")
    search_url: str = told("A search for the words that were asked for")
    list_url: str = told("The whole list")


@bp.get("/<any(descriptors, authors, sources):place>")
def index(place: str) -> Response:
    """The values of one facet: by count, from A to Z, as a tree."""
    if _untidy():
        return frame.moved(frame.links().browse(NAMES[place], **_order(_wanted(NAMES[place])[0])))
    return frame.page("browse/list.html", _list(NAMES[place]), "browse")


@bp.get("/<any(descriptors, authors, sources):place>.json")
def index_json(place: str) -> Response:
    """The same as JSON."""
    return frame.as_json(browse_twin(_list(NAMES[place])))


def _untidy() -> bool:
    """Whether the address holds what only a form puts there, or what nobody knows."""
    return any(name not in OWN or not value for name, value in request.args.items(multi=True))


def _wanted(name: str) -> tuple[Wanted, tuple[str, ...]]:
    """What the address asks for, and sentences about what could not be read in it."""
    find, letter, by, number = (squash(request.args.get(key, "")) for key in OWN)
    orders = ORDERS if name != "descriptor" or not frame.library().store.thesaurus() else (*ORDERS, *THESAURUS_ORDERS)
    letter = letter.lower()
    bad = {
        "letter": letter and (len(letter) > 1 or letter not in LETTERS or find),
        "by": by and by not in orders,
        "leaf": number and not re.fullmatch("[1-9][0-9]{0,6}", number),
    }
    wanted = Wanted(
        find=find[:200],
        letter="" if bad["letter"] else letter,
        by="count" if bad["by"] or not by else by,
        number=1 if bad["leaf"] or not number else int(number),
    )
    told = (notice("value-dropped", name=key, value=request.args[key][:80]) for key, dropped in bad.items() if dropped)
    return wanted, tuple(map(sentence, told))


def _order(wanted: Wanted) -> dict[str, str]:
    """The part of an address that asks for it."""
    by, number = "" if wanted.by == "count" else wanted.by, "" if wanted.number == 1 else str(wanted.number)
    return {"find": wanted.find, "letter": wanted.letter, "by": by, "leaf": number}


def _starts(name: str) -> tuple[int, ...]:
    """Where the letters begin among the values of the facet *name*; counted when the index has moved on."""
    found: dict[str, Counted[tuple[int, ...]]] = current_app.extensions["litbase-starts"]
    return found[name].now()


def _usage() -> dict[str, int]:
    """How often the descriptors of the thesaurus are used; counted when the index has moved on."""
    found: Counted[dict[str, int]] = current_app.extensions["litbase-usage"]
    return found.now()


def counted(library: Library) -> dict[str, object]:
    """What an application keeps for these pages, by its name among the extensions."""
    starts = {name: Counted(library, partial(browsing.starts, name=name)) for name in PLACES}
    return {"litbase-starts": starts, "litbase-usage": Counted(library, browsing.usage)}


def _list(name: str) -> BrowsePage:
    library, links = frame.library(), frame.links()
    wanted, notices = _wanted(name)
    if wanted.by in THESAURUS_ORDERS:
        return _thesaurus_list(library, links, wanted, notices)
    starts = _starts(name)
    shelf = browsing.shelf(library, name, wanted, starts)
    thesaurus = library.store.thesaurus() if name == "descriptor" else None
    others = () if thesaurus is None else tuple(other_names(thesaurus, wanted.find, links))
    loaded = None if thesaurus is None else bool(thesaurus)
    return browse_page(name, wanted, shelf, browsing.letters(starts), links, notices, (), others, loaded)


def _thesaurus_list(library: Library, links: Links, wanted: Wanted, notices: Sequence[str]) -> BrowsePage:
    """The tree of descriptors, or those that no record has."""
    thesaurus, used, is_tree = library.store.thesaurus(), _usage(), wanted.by == "tree"
    names = roots(thesaurus, wanted.find) if is_tree else tuple(name for name, count in used.items() if not count)
    shelf = browsing.cut([(name, used.get(name, 0)) for name in names], wanted)
    tree = branches([name for name, _ in shelf.values], thesaurus, used, links) if is_tree else ()
    others = tuple(other_names(thesaurus, wanted.find, links))
    sizes = browsing.letters(browsing.begins(names))
    return browse_page("descriptor", wanted, shelf, sizes, links, notices, tree, others, True)


@bp.get("/<any(descriptors, authors, sources):place>/<path:asked>")
def heading(place: str, asked: str) -> Response:
    """The page of one value; other spellings of its address lead to it, as do other names of a descriptor."""
    name, library, links = NAMES[place], frame.library(), frame.links()
    json = asked.endswith(".json")
    asked, suffix = asked.removesuffix(".json"), ".json" if json else ""
    found = meant(library, name, asked)
    if found.value:
        if slug(name, found.value) != asked:
            return frame.moved(links.value(name, found.value, suffix))
        view = _heading(library, links, name, found.value, found.others)
        return frame.as_json(heading_twin(view)) if json else frame.page("browse/heading.html", view, "browse")
    if len(found.today) == 1:
        return frame.moved(links.value(name, found.today[0], suffix, instead=words_of(asked)))
    return _choice(library, links, name, asked, found.others, found.today)


def _heading(library: Library, links: Links, name: str, value: str, others: Sequence[str]) -> HeadingPage:
    found = browsing.newest(library, name, value, (*EVERYWHERE, *COUNTED[name]))
    shown = found.total and not found.state.cited
    beside = browsing.together(library, name, value, found.total) if shown and name != "source" else ()
    records = [hit.record for hit in found.hits]
    facets = {facet.name: facet for facet in found.facets}
    spelled = tuple((other, browsing.total(library, name, other)) for other in others[: browsing.ALIKE])
    forms = library.store.variants().group(name, value)
    if name == "author":
        alike = dict(browsing.namesakes(library, value)) | dict(spelled)
        nature = Nature(spoken(value, records), alike=tuple(alike.items()), facts=orcids(forms, records))
    elif name == "source":
        numbers = facts(forms, records, facets["publisher"], links)
        nature = Nature(sort=sort_of(facets["type"]), alike=spelled, facts=numbers)
    else:
        nature = _subject(library, links, value, spelled)
    row = alphabet(name, browsing.letters(_starts(name)), initial(value), links)
    return heading_page(name, value, found, beside, replace(nature, printed=forms[1:]), row, links)


def _subject(library: Library, links: Links, value: str, alike: tuple[tuple[str, int], ...]) -> Nature:
    """What the thesaurus says of a descriptor."""
    thesaurus = library.store.thesaurus()
    entry = thesaurus.find(value)
    if entry is None or entry.name != value:
        return Nature(alike=alike)
    instead = called(entry, request.args.get("instead", ""))
    return Nature(
        alike=alike,
        instead=instead,
        retired=is_retired(instead),
        position=position(entry, thesaurus, _usage(), links),
        used_for=entry.used_for,
        scope_note=entry.scope_note,
        related=entry.related,
    )


def _choice(
    library: Library, links: Links, name: str, asked: str, several: Sequence[str], today: Sequence[str]
) -> Response:
    """A page to choose from several, or with what is used instead; 404 with the nearest where there is nothing."""
    offered = several or today or nearest(library, name, asked)
    kind = "several" if several else "instead" if today else "nothing"
    if kind == "nothing" and frame.wants_json():
        offers = [frame.Offer("near", one, links.value(name, one)) for one in offered]
        return frame.error(404, "page", what=request.path, offers=offers)
    words = words_of(asked).replace("-", " ")
    entry = library.store.thesaurus().find(today[0]) if today else None
    what = called(entry, asked) if entry else words
    view = Choice(
        name=name,
        kind=kind,
        what=what or asked[:200],
        retired=is_retired(what),
        offers=tuple(Linked(one, links.value(name, one)) for one in offered),
        search_url=links.typed(words) if words else "",
        list_url=links.browse(name),
    )
    if frame.wants_json():
        told_offers = [{"value": one.text, "url": one.url} for one in view.offers]
        return frame.as_json({"facet": name, "what": view.what, "kind": kind, "values": told_offers})
    return frame.page("browse/choice.html", view, "browse", 404 if kind == "nothing" else 200)
