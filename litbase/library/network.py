"""What a library asks the network by: the addresses of the services, who asks, and where it may go besides."""

from typing import Final, NamedTuple
from urllib.parse import urlsplit

from litbase.fetch.values import NAME, Limits
from litbase.record.notices import Notice, notice
from litbase.settings import Settings, is_email


class Services(NamedTuple):
    """Where each service is, without a slash at the end."""

    crossref: str = "https://api.crossref.org"
    doi: str = "https://doi.org"
    open_library: str = "https://openlibrary.org"
    eric: str = "https://api.ies.ed.gov/eric/"


SERVICES = Services()
LOCAL: Final = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


class Network(NamedTuple):
    """The services and how they are asked; *off* says why nobody is asked, None where everybody may be."""

    services: Services
    limits: Limits
    off: Notice | None = None


def network(settings: Settings) -> Network:
    """The network as the settings of a library have it."""
    inside = frozenset(settings.fetch_inside.lower().split())
    off = None if settings.lookups else notice("lookups-off")
    return Network(SERVICES, Limits(agent=agent(settings), inside=inside), off)


def agent(settings: Settings) -> str:
    """Who asks, as services want to be told: the program, and where the settings name them, library and contact.

    >>> agent(Settings(contact="desk@library.example", public_url="https://library.example")).partition(" ")[2]
    '(+https://library.example; mailto:desk@library.example)'
    """
    if not settings.contact:
        return NAME
    contact = f"mailto:{settings.contact}" if is_email(settings.contact) else settings.contact
    home = "" if urlsplit(settings.public_url).hostname in LOCAL else f"+{settings.public_url}"
    told = "; ".join(filter(None, (home, contact)))
    return f"{NAME} ({told})" if told.isascii() and told.isprintable() else NAME
