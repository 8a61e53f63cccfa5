"""A picture of a page, to be looked at."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page


class Shot(NamedTuple):
    """Where, and what is done there first; *signed* is whether an editor is signed in."""

    address: str
    before: Callable[[Page], object] = lambda page: None
    print: bool = False
    signed: bool = False
