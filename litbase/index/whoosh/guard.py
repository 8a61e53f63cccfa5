"""What keeps Whoosh 2.7.4 safe in this process: an allow list for its pickles, and segment names from `secrets`.

A table of contents is a pickle, and a pickle may run anything; and
Whoosh draws segment names from the global `random`, so code that reseeds it can
make two segments share a name (SEARCH 3).
"""

import io
import pickle
import secrets
import types
from typing import IO, Any, Final

import whoosh.codec.base
import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.filedb.compound
import whoosh.filedb.filestore
import whoosh.filedb.structfile
import whoosh.formats
import whoosh.index
import whoosh.writing

ALLOWED: Final = frozenset(
    {
        ("litbase.index.whoosh.codec", "FlatCodec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.fields", "FieldType"),
        ("whoosh.fields", "STORED"),
        ("whoosh.fields", "Schema"),
        ("whoosh.formats", "Existence"),
        ("whoosh.formats", "Frequency"),
        ("whoosh.formats", "Positions"),
    }
)
"""Every global an honest index names; tests/index fails when one is added or none needs it."""


class Guarded(pickle.Unpickler):
    """An unpickler that finds the globals of ALLOWED and refuses all others."""

    def find_class(self, module: str, name: str) -> Any:
        """The global; raises pickle.UnpicklingError when it is not on the list."""
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"refused {module}.{name}: not a part of an index")
        return super().find_class(module, name)


def load(file: IO[bytes]) -> Any:
    """The value pickled at the present place of *file*."""
    return Guarded(file).load()


def loads(data: bytes) -> Any:
    """The value pickled in *data*."""
    return Guarded(io.BytesIO(data)).load()


def _random_name(size: int = 28) -> str:
    return secrets.token_hex((size + 1) // 2)[:size]


def install() -> None:
    """Put the allow list and the names into every Whoosh module this engine uses; doing it twice changes nothing."""
    guarded = types.SimpleNamespace(
        load=load, loads=loads, dump=pickle.dump, dumps=pickle.dumps,
        PicklingError=pickle.PicklingError, UnpicklingError=pickle.UnpicklingError,
    )  # fmt: skip
    whoosh.index.pickle = guarded
    whoosh.filedb.structfile.load_pickle = load
    for module in (whoosh.codec.whoosh3, whoosh.columns, whoosh.formats):
        module.loads = loads
    for module in (whoosh.codec.base, whoosh.filedb.compound, whoosh.filedb.filestore, whoosh.writing):
        module.random_name = _random_name
