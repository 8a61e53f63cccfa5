"""What two texts have in common, piece by piece: the longest common subsequence, in bounded time whatever they say.

Python's difflib takes the cube of the length where pieces are often repeated, as blanks between words are.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq


def common(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The runs of pieces that both have, in order: from and to in *before*, from and to in *after*.

    Where they begin and end alike, that is one run each.

    >>> list(common(["a", "b", "c"], ["a", "x", "c"]))
    [(0, 1, 0, 1), (2, 3, 2, 3)]
    """
    least = min(len(before), len(after))
    ended = next((n for n in range(least) if before[-1 - n] != after[-1 - n]), least)
    begun = next((n for n in range(least - ended) if before[n] != after[n]), least - ended)
    if begun:
        yield 0, begun, 0, begun
    for one in LCSseq.opcodes(before[begun : len(before) - ended], after[begun : len(after) - ended]):
        if one.tag == "equal":
            yield begun + one.src_start, begun + one.src_end, begun + one.dest_start, begun + one.dest_end
    if ended:
        yield len(before) - ended, len(before), len(after) - ended, len(after)
