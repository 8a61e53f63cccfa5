"""Filing: what readers ask by a form of a name that was joined to another is asked by the one it is found under."""

from typing import Final

from litbase.library.thesaurus import with_todays
from litbase.query.state import SearchState
from litbase.query.tree import Phrase, Query, Term, Value, any_of, with_leaves
from litbase.record.notices import Notice, notice
from litbase.vocabulary.thesaurus import NONE, Thesaurus
from litbase.vocabulary.variants import KINDS, Variants, filed

_KINDS: Final = frozenset(KINDS)


def as_filed(state: SearchState, thesaurus: Thesaurus, variants: Variants) -> tuple[SearchState, tuple[Notice, ...]]:
    """*state* with the values it filters by as they are filed today, and a notice for each that was another.

    Joined forms give way to the preferred one, descriptors to their names of today.
    """
    notices: list[Notice] = []
    page = state.page
    for kind in KINDS if variants else ():
        for values, put in ((state.chosen(kind), SearchState.add), (state.excluded(kind), SearchState.exclude)):
            for value in values:
                preferred = variants.of(kind, value)
                if preferred != value and not (kind == "descriptor" and value in thesaurus):
                    state = put(state.remove(kind, value), kind, preferred)
                    notices.append(notice("value-joined", name=value, preferred=preferred))
    state, retired = with_todays(state.with_page(page), thesaurus)
    return state, (*notices, *retired)


def also_filed(query: Query, variants: Variants, thesaurus: Thesaurus = NONE) -> Query:
    """*query*, in which the whole of a joined form, asked of its field, also finds all that it was joined with."""

    def also(leaf: Query) -> Query:
        match leaf:
            case Phrase(field, words, first=False) if field in _KINDS:
                text = " ".join(words)
            case Term(field, text, first=False) if field in _KINDS:
                pass
            case _:
                return leaf
        found = (one for name in variants.spelled(field, text) for one in filed(field, name, variants, thesaurus))
        return any_of((leaf, *(Value(field, one) for one in found)))

    return with_leaves(query, also) if variants else query
