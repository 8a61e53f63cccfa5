"""Citations in the text by author and date or author and page, several works in one.

Source: CSL 1.0.2 on cite grouping: works of one author follow each other and name the author once.
"""

from collections.abc import Callable, Sequence

from litbase.styles.joints import followed, join, then
from litbase.styles.quotes import curled
from litbase.styles.rich import Rich, plain, rich
from litbase.styles.sorting import Key, words
from litbase.styles.style import Cited


def one_by_one(cites: Sequence[Cited], write: Callable[[Cited], Rich], between: str = "; ") -> Rich:
    """*cites*, each as *write* writes it, with what the writer puts before and behind it."""
    return join(between, *(_dressed(cite, write(cite)) for cite in cites))


def in_groups(cites: Sequence[Cited], author: Callable[[Cited], Rich], order: Callable[[Cited], Key]) -> list[Cited]:
    """*cites* in *order*, those with one *author* together where the first of them stands; so are those without any."""
    groups: dict[str, list[Cited]] = {}
    for cite in sorted(cites, key=order):
        groups.setdefault(plain(author(cite)), []).append(cite)
    names = sorted(groups, key=lambda name: (order(groups[name][0])[0], words(name)))
    return [cite for name in names for cite in groups[name]]


def by_author(
    cites: Sequence[Cited],
    author: Callable[[Cited], Rich],
    told: Callable[[Cited], Rich],
    between: str | Callable[[Cited], str],
    among: str = ", ",
    is_named: Callable[[Cited], bool] = lambda cite: True,
) -> Rich:
    """*cites* as author, *between*, and what is *told* of each; works of one author name it once, parted by *among*.

    *is_named* says whether an author's name stands for a work; what else stands there is told each time.
    """
    groups: list[tuple[str, list[Cited]]] = []
    for cite in cites:
        name = plain(author(cite))
        joins = is_named(cite) and not cite.before
        if joins and groups and groups[-1][0] == name and not groups[-1][1][-1].behind:
            groups[-1][1].append(cite)
        else:
            groups.append((name, [cite]))
    return join("; ", *(_group(group, author, told, between, among) for _, group in groups))


def _group(
    group: list[Cited],
    author: Callable[[Cited], Rich],
    told: Callable[[Cited], Rich],
    between: str | Callable[[Cited], str],
    among: str,
) -> Rich:
    first, *rest = group
    whole = join(between if isinstance(between, str) else between(first), author(first), told(first))
    whole = join(among, whole, *map(told, rest))
    return _dressed(first._replace(behind=group[-1].behind), whole)


def _dressed(cite: Cited, text: Rich) -> Rich:
    before, behind = curled(cite.before), curled(cite.behind)
    return then(followed(rich(before), text), behind)
