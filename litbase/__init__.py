"""litbase: a literature and reference knowledge base that people host themselves."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litbase.library import open_library
    from litbase.record.dates import PartialDate
    from litbase.record.names import Name
    from litbase.record.record import Record

__version__ = "0.1.0"
__all__ = ["Name", "PartialDate", "Record", "__version__", "open_library"]

_HOMES = {
    "Name": "litbase.record.names",
    "PartialDate": "litbase.record.dates",
    "Record": "litbase.record.record",
    "open_library": "litbase.library",
}


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for, so that `litbase --help` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'litbase' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
