"""Where an index on OpenSearch is: what can be read, and one clear message for what cannot."""

from pathlib import Path

import pytest

from litbase.errors import LibraryError
from litbase.index.opensearch.address import parse
from tests.index.reaching import SECRET
from tests.index.reaching import _quick as _quick
from tests.index.reaching import engine as engine
from tests.index.reaching import hurried as hurried
from tests.index.reaching import reach as reach
from tests.index.reaching import server as server

ADDRESSES = {
    "another scheme": ("http://a:9200/x", "begins otherwise"),
    "no host": ("opensearch:///x", "begins otherwise"),
    "a secret in it": (f"opensearch://me:{SECRET}@a/x", "settings of their own"),
    "a secret behind it": (f"opensearch://a/x?password={SECRET}", "not 'password'"),
    "a capital letter": ("opensearch://a/X", "small letters"),
    "a letter of elsewhere": ("opensearch://a/é", "small letters"),
    "a deeper path": ("opensearch://a/x/y", "small letters"),
    "a name that begins with a line": ("opensearch://a/_x", "small letters"),
    "no number for a port": ("opensearch://a:https/x", "no host with a port"),
    "a port that is too high": ("opensearch://a:65536/x", "no host with a port"),
    "a host that is left out": ("opensearch://a,,b/x", "no host with a port"),
    "half an IPv6 address": ("opensearch://[::1/x", "no host with a port"),
    "neither yes nor no": ("opensearch://a/x?tls=maybe", "tls of an index is 1 or 0, not 'maybe'"),
    "no time at all": ("opensearch://a/x?timeout=0", "a number of seconds, not '0'"),
    "no number for a time": ("opensearch://a/x?timeout=nan", "a number of seconds, not 'nan'"),
    "no parts": ("opensearch://a/x?shards=0", "a number of parts from 1, not '0'"),
    "fewer copies than none": ("opensearch://a/x?replicas=-1", "a number of copies from 0, not '-1'"),
    "something unknown": ("opensearch://a/x?colour=red", "tls, timeout, shards, replicas"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_that_cannot_be_read_says_what_is_wrong(name: str) -> None:
    """In one line, without what may be a password."""
    address, why = ADDRESSES[name]
    with pytest.raises(LibraryError) as caught:
        parse(address)
    assert why in str(caught.value)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_addresses_that_are_right() -> None:
    """All that can be told."""
    plain, whole = (
        parse("opensearch://a"),
        parse("opensearch://[::1]:9201,b/lit-2?tls=1&timeout=2.5&shards=2&replicas=0"),
    )
    assert (plain.hosts, plain.name, plain.tls, plain.timeout) == ((("a", 9200),), "litbase", False, 10.0)
    assert (whole.hosts, whole.name, whole.tls) == ((("::1", 9201), ("b", 9200)), "lit-2", True)
    assert (whole.timeout, whole.shards, whole.replicas) == (2.5, 2, 0)


def test_files_of_an_address_that_cannot_be_used(tmp_path: Path) -> None:
    """A password that is not there or not text, without its user, and certificates that are none."""
    odd, good = tmp_path / "odd", tmp_path / "good"
    odd.write_bytes(b"\xff\xfe")
    good.write_text(f"{SECRET}\n")
    cases = {
        "No such file": ("me", str(tmp_path / "none")),
        "not UTF-8": ("me", str(odd)),
        "needs both": ("", str(good)),
        "without a colon": ("me:you", str(good)),
        "not in PEM": ("", "", str(good)),
        f"{tmp_path / 'none'}: No such file": ("", "", str(tmp_path / "none")),
    }
    for why, given in cases.items():
        with pytest.raises(LibraryError) as caught:
            parse("opensearch://a", *given)
        assert why in str(caught.value)
        assert SECRET not in str(caught.value)
    right = parse("opensearch://a", "me", str(good))
    assert (right.password, SECRET in repr(right), SECRET in right.shown) == (SECRET, False, False)
