"""What only the page of an author knows: the name as it is spoken, and an ORCID where a record states it."""

from collections.abc import Collection, Sequence

from litbase.record.orcids import orcids as stated
from litbase.record.record import Record
from litbase.web.views.heading import Fact
from litbase.web.views.parts import Linked

ORCID = "https://orcid.org/"


def spoken(author: str, records: Sequence[Record]) -> str:
    """*author* as one of *records* has the name, given names first; as it is filed where none has."""
    names = (name for record in records for name in (*record.author, *record.editor))
    return next((name.display for name in names if str(name) == author), author)


def orcids(forms: Collection[str], records: Sequence[Record]) -> tuple[Fact, ...]:
    """The ORCID that *records* state of the author whose name they print in these *forms*; () for none."""
    found = dict.fromkeys(one.number for record in records for one in stated(record) if one.whose in forms)
    return (Fact("orcid", tuple(Linked(orcid, f"{ORCID}{orcid}") for orcid in found)),) if found else ()
