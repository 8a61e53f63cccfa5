"""How often a test that repeats one proof does so: a part of it in every run, all of it with LITBASE_LONG=1."""

import os

LONG = bool(os.environ.get("LITBASE_LONG"))


def amount(here: int, whole: int) -> int:
    """How many times to try: *here* in every run, and as many as the *whole* with LITBASE_LONG=1 (`make long`)."""
    return whole if LONG else here
