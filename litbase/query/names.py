"""Names as they are spoken: "Jal Mehta" in quotation marks also finds who is filed as "Mehta, Jal".

A comma says that the name is already written as it is filed; a group has no other order.
"""

from typing import Final

from litbase.fields import FIELDS, NAME
from litbase.query.tree import Phrase, Query, any_of, with_leaves
from litbase.record.names import parse_name
from litbase.record.text import tokens

_NAMES: Final = frozenset(field.name for field in FIELDS if field.kind == NAME)


def as_filed_too(query: Query) -> Query:
    """*query*, each phrase of a NAME field without a comma in it also searched with the family name first.

    Which words are the family name is what `parse_name` says: particles belong to it, as in records.

    >>> as_filed_too(Phrase("author", ("Jan", "van", "der", "Berg"))).children[1].words
    ('van', 'der', 'Berg', 'Jan')
    >>> as_filed_too(Phrase("author", ("Mehta,", "Jal")))
    Phrase(field='author', words=('Mehta,', 'Jal'), first=False)
    """
    return with_leaves(query, _as_filed_too)


def _as_filed_too(leaf: Query) -> Query:
    match leaf:
        case Phrase(field, words, first) if field in _NAMES and "," not in "".join(words):
            filed = str(parse_name(" ".join(words)) or "")
            turned = tuple(filed[token.start : token.end] for token in tokens(filed))
            if turned and turned != words:
                return any_of((leaf, Phrase(field, turned, first)))
    return leaf
