"""Where nothing is fetched from."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.fetch.addresses import Place, is_public, place_of

PRIVATE = (
    "127.0.0.1 0.0.0.0 10.1.2.3 100.64.0.1 169.254.169.254 172.31.0.1 192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 "
    "198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::127.0.0.1 "
    "::ffff:0:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1 fc00::1 fd12::1 fe80::1 "
    "fe80::1%eth0 fec0::1 ff02::1"
).split()


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_that_is_not_the_public_internets_is_refused(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:93.184.216.34", "172.32.0.1"])
def test_a_public_address_is_not(ip):
    assert is_public(ip)


@given(st.ip_addresses())
def test_what_python_knows_to_be_not_global_is_never_public(address):
    if is_public(str(address)):
        mapped = getattr(address, "ipv4_mapped", None)
        assert (mapped or address).is_global or str(address).startswith("192.88.")


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_in_ipv6_clothes_is_judged_as_itself(number):
    ip = str(ip_address(number))
    assert is_public(f"::ffff:{ip}") == is_public(ip)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "::g", "1.2.3.4.5"])
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org:70/_x", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://user:secret@example.org/", "user name"),
        ("http://example.org@127.0.0.1/", "user name"),
        ("http://127.0.0.1\\@example.org/", "backslashes"),
        ("http://example.org/\r\nHost: x", "control characters"),
        ("http://exa mple.org/", "blanks"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org:99999/", "no web address"),
        ("http:///path", "no host"),
        ("http://[::1/", "no web address"),
        ("http://exa%00mple.org/", "no host"),
        ("http://example.org/" + "x" * 3000, "longer than"),
    ],
)
def test_an_address_that_cannot_be_fetched_says_why(url, why):
    told = place_of(url)
    assert isinstance(told, str)
    assert why in told


def test_a_port_of_the_operators_own_network_is_open_for_that_host_only():
    inside = frozenset({"repository.example:8080"})
    assert place_of("http://repository.example:8080/oai", inside) == Place("http", "repository.example", 8080)
    assert isinstance(place_of("http://other.example:8080/oai", inside), str)


@given(st.text(max_size=60))
def test_any_text_is_a_place_or_a_reason(text):
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        told = place_of(url)
        assert isinstance(told, (str, Place))
