"""Where nothing is fetched from: addresses that are not the public internet's, other ports, other schemes.

Source: the IANA registries of special-purpose addresses (RFC 6890 and its updates) and of IPv6 ranges that carry an
IPv4 address inside (6to4, NAT64).  The list is our own, because `ipaddress.is_private` differs between Pythons and
leaves out shared and translated addresses.
"""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, NamedTuple
from urllib.parse import urlsplit

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2048  # characters of an address
DENIED: Final = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2002::/16 "
        "3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    ).split()
)
_HOST = re.compile(r"[\w.:-]{1,255}")


class Place(NamedTuple):
    """Where an address leads: *host* without brackets, *port* as a number."""

    scheme: str
    host: str
    port: int

    @property
    def name(self) -> str:
        """ "host:port", as the settings name it."""
        return f"{self.host}:{self.port}"


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the public internet; an IPv4 address written as IPv6 is judged as itself.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("100.64.0.1"), is_public("64:ff9b:1::1")
    (True, False, False, False)
    """
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not any(address.version == net.version and address in net for net in DENIED)


def place_of(url: str, inside: frozenset[str] = frozenset()) -> Place | str:
    """Where *url* leads, or why it cannot be fetched: another scheme or port, a password in it, no host.

    >>> place_of("https://api.crossref.org/works/10.1/x")
    Place(scheme='https', host='api.crossref.org', port=443)
    >>> place_of("http://example.org:22/")
    'port 22 is not one that pages are fetched from'
    """
    if len(url) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if re.search(r"[\x00-\x20\x7f\\]", url):
        return "it holds blanks, backslashes or control characters"
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "it is no web address"
    if scheme not in PORTS:
        return "only http and https addresses are fetched"
    if "@" in parts.netloc:
        return "it holds a user name or password"
    if not host or not _HOST.fullmatch(host):
        return "it names no host"
    place = Place(scheme, host, PORTS[scheme] if port is None else port)
    if place.port not in PORTS.values() and place.name not in inside:
        return f"port {place.port} is not one that pages are fetched from"
    return place
