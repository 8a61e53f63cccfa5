"""Passwords: the strength of their hashes, and which are refused."""

import hashlib

import pytest

from litbase.library import passwords


def test_the_hash_is_scrypt_as_asvs_asks():
    made = passwords.hashed("a few plain words", b"0" * 16)
    assert made.startswith("scrypt:32768:8:3$")
    known = hashlib.scrypt(b"a few plain words", salt=b"0" * 16, n=32768, r=8, p=3, maxmem=2**26, dklen=64)
    assert passwords._text(known) in made
    assert passwords.hashed("a few plain words") != passwords.hashed("a few plain words")


def test_a_password_matches_its_own_hash_only():
    kept = passwords.hashed("a few plain words")
    assert passwords.matches("a few plain words", kept)
    assert not passwords.matches("a few plain words ", kept)
    assert not passwords.matches("", kept)
    assert not passwords.matches("", "")


GOOD = [
    "correct horse battery",
    "Sommer im Garten 26",
    "ünïcödé wörds",
    "xq7!Lm2#vR9z",
    "a" * 4 + "bcde" * 60,
    " 12 spaces ok ",
]
BAD = {
    "eleven letters": "abcdefghijk",
    "too long": "abcd " * 60,
    "one letter": "a" * 12,
    "common": "password1234",
    "common, with a year": "!!football2026!!",
    "common, in capitals": "QWERTYUIOP12",
    "common, twice": "letmeinletmein",
    "digits in a row": "123456789012",
    "letters in a row": "abcdefghijkl",
    "the name": "ann.roe.1234",
    "the name, twice": "ann.roeann.roe",
    "the library": "Reading room!!",
    "the program": "litbaselitbase",
}


@pytest.mark.parametrize("password", GOOD)
def test_a_good_one_is_taken(password):
    assert passwords.why_not(password, "ann.roe", "Reading room", "litbase") == ""


@pytest.mark.parametrize("password", BAD.values(), ids=BAD)
def test_an_easy_one_is_refused_with_a_sentence(password):
    assert passwords.why_not(password, "ann.roe", "Reading room", "litbase").endswith(".")
