"""Passwords: hashed by scrypt at the strength OWASP's ASVS 5.0 asks for (11.4.2), and refused where easily guessed.

The rules for choosing one are those of ASVS 6.2: 12 characters or more, of any kind, and none that everybody tries.
"""

import base64
import hashlib
import hmac
import os
import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

from litbase.errors import LitbaseError
from litbase.record.text import fold

SHORTEST: Final = 12
LONGEST: Final = 256
COST: Final = (2**15, 8, 3)  # N, r and p: 32 MiB and about .4 s
SALT: Final = 16  # bytes
SIZE: Final = 64  # bytes of a hash
AT_ONCE: Final = 4  # hashes, each of 32 MiB
PATIENCE: Final = 5.0  # seconds that a try waits for its turn
_REPEATED: Final = re.compile(r"(.{1,8}?)\1++")
_ROWS: Final = tuple(
    3 * row for row in ("1234567890", "0987654321", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
)
_EDGES: Final = " 0123456789!?.,:;-_+*#@$%&/()="
_turn = threading.BoundedSemaphore(AT_ONCE)


class Busy(LitbaseError):
    """So many people sign in at this moment that there was no turn for one more."""

    status = 503


def hashed(password: str, salt: bytes | None = None, cost: tuple[int, int, int] = COST) -> str:
    """The hash to keep of *password*: "scrypt:N:r:p$salt$hash", both in Base64.  Raises Busy."""
    salt = os.urandom(SALT) if salt is None else salt
    n, r, p = cost
    # typed on another keyboard, ü may be two characters
    data = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy("Many people are signing in at this moment. Try again in a few seconds.")
    try:
        made = hashlib.scrypt(data, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=SIZE)
    finally:
        _turn.release()
    return f"scrypt:{n}:{r}:{p}${_text(salt)}${_text(made)}"


def matches(password: str, kept: str) -> bool:
    """Whether *password* is the one of which *kept* is the hash.  Raises Busy.

    Where there is none (""), as much work is done, so that nobody learns that from the time it takes.
    """
    known = kept or _NOBODYS
    method, salt, _ = known.split("$")
    n, r, p = map(int, method.split(":")[1:])
    found = hashed(password[: LONGEST + 1], base64.b64decode(salt), (n, r, p))
    return hmac.compare_digest(found, known) and bool(kept)


def is_weaker(kept: str) -> bool:
    """Whether *kept* was made at another strength than hashes are made today."""
    return not kept.startswith(f"scrypt:{':'.join(map(str, COST))}$")


def why_not(password: str, *words: str) -> str:
    """Why *password* cannot be taken, as a sentence; "" where it can.  *words* are too easily guessed here too."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters; a few words in a row are easy to keep in mind."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    folded = fold(unicodedata.normalize("NFC", password))
    is_row = any(folded in row for row in _ROWS)
    if is_row or len(set(folded)) < 4 or any(form in _common() for form in _forms(folded)):
        return "This password is among the first that anybody tries. Choose another."
    for word in words:
        rest = folded.replace(fold(word), "") if len(word) >= 3 else folded
        if len(rest) < SHORTEST // 2:
            return "This password is little more than a name that stands on the pages. Choose another."
    return ""


def _forms(folded: str) -> set[str]:
    """What a password may be made of: itself, without what stands round it, or once of what is repeated."""
    inner = folded.strip(_EDGES)
    once = {found[1] for form in (folded, inner) if (found := _REPEATED.fullmatch(form))}
    return {folded, inner, *once} - {""}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The passwords most often found in leaks, those of zxcvbn."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(fold(word) for word in FREQUENCY_LISTS["passwords"])


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


_NOBODYS: Final = f"scrypt:{':'.join(map(str, COST))}${_text(bytes(SALT))}${_text(bytes(SIZE))}"
