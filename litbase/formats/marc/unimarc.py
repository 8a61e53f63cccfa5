"""UNIMARC records, told by their title in field 200, as MARC 21: the fields that both have under other tags and codes.

Sources: UNIMARC Manual, bibliographic format (IFLA), with what French, Italian and Portuguese libraries' files hold;
the Library of Congress's comparison of UNIMARC and MARC 21.  UNIMARC prints no punctuation of ISBD.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from litbase.formats.marc.values import Field, Marc, control, field


class Row(NamedTuple):
    """The tag and indicators a field has in MARC 21, and pairs of codes: UNIMARC's, then MARC 21's."""

    tag: str
    indicators: str
    codes: str


TABLE: Final = {
    "010": Row("020", "  ", "aa"), "011": Row("022", "  ", "aa"), "017": Row("024", "7 ", "aa22"),
    "101": Row("041", "0 ", "aa"), "200": Row("245", "10", "aaebhnipfcgcdb"), "205": Row("250", "  ", "aa"),
    "210": Row("260", "  ", "aacbdc"), "214": Row("260", "  ", "aacbdc"), "215": Row("300", "  ", "aacbdc"),
    "225": Row("490", "0 ", "aavv"), "300": Row("500", "  ", "aa"), "327": Row("505", "0 ", "aa"),
    "328": Row("502", "  ", "aabbecdd"), "330": Row("520", "  ", "aa"), "461": Row("773", "0 ", "ttxxyzvgpgdg"),
    "463": Row("773", "0 ", "ttxxyzvgpgdg"), "606": Row("650", " 4", "aaxxyzzyjv"), "607": Row("651", " 4", "aaxxzyjv"),
    "610": Row("653", "  ", "aa"), "700": Row("100", "1 ", "44"), "701": Row("700", "1 ", "44"),
    "702": Row("700", "1 ", "44"), "710": Row("110", "2 ", "aabb44"), "711": Row("710", "2 ", "aabb44"),
    "712": Row("710", "2 ", "aabb44"), "856": Row("856", "40", "uu"),
}  # fmt: skip
ROLES: Final = {
    "010": "adp", "070": "aut", "072": "aut", "080": "aui", "100": "ant", "205": "ctb", "220": "com", "273": "cur",
    "300": "drt", "340": "edt", "440": "ill", "460": "ive", "590": "prf", "595": "res", "600": "pht", "650": "pbl",
    "651": "pbd", "710": "red", "727": "ths", "730": "trl",
}  # fmt: skip
"""UNIMARC's numbers of roles (Appendix C) as MARC relators."""
_PERSONS: Final = {"700": "aut", "701": "aut", "702": "ctb"}
_TYPES: Final = {"b": "t", "l": "m", "m": "o"}
_DATES: Final = {"a": "c", "b": "d", "d": "s", "e": "r", "f": "q", "g": "m", "h": "t"}
_LED: Final = {("461", "v"): "vol. {}", ("463", "v"): "no. {}", ("461", "p"): "p. {}", ("463", "p"): "p. {}",
               ("461", "d"): "({})", ("463", "d"): "({})"}  # fmt: skip
"""What MARC 21 prints round values that UNIMARC has bare: volume (of the set), issue (of the piece), pages, date."""
_CODED = re.compile(r"[\d ]{8}(?P<kind>[a-j])(?P<first>\d{4})(?P<second>\d{4})?")


def is_unimarc(marc: Marc) -> bool:
    """Whether a record is in UNIMARC: a title in 200, none in 245."""
    return not marc.of("245") and any(each.indicators and each.one("a") for each in marc.of("200"))


def translated(marc: Marc) -> tuple[Marc, dict[Field, Field | None]]:
    """The record in MARC 21, and for each of its own fields what it has become; None when not all of it is there."""
    leader = marc.leader[:6] + _TYPES.get(marc.leader[6:7], marc.leader[6:7]) + marc.leader[7:]
    fields = [control("008", coded)] if (coded := _coded(marc)) else []
    became: dict[Field, Field | None] = {}
    hosts: list[Field] = []
    for each in marc.fields:
        found = each if each.tag in ("001", "003") else _field(each) if each.tag in TABLE else None
        whole = found is each or all(code in _codes(each.tag) for code, value in each.subfields if value)
        if found and found.tag == "773":
            hosts.append(found)
        elif found:
            fields.append(found)
        became[each] = found if whole else None
    if hosts:
        host = field("773", "0 ", _merged(hosts))
        fields.append(host)
        became = {each: host if found in hosts else found for each, found in became.items()}
    return Marc(leader, tuple(fields)), became


def _merged(hosts: list[Field]) -> Iterator[tuple[str, str]]:
    """The set a work is in and the piece of it as one host: one title, one number of a kind, all the places in it."""
    seen = set()
    for each in hosts:
        for code, value in each.subfields:
            if code == "g" or code not in seen:
                seen.add(code)
                yield code, value


def _codes(tag: str) -> str:
    return "ab4" if tag in _PERSONS else TABLE[tag].codes[::2] if tag in TABLE else ""


def _field(each: Field) -> Field | None:
    """The field in MARC 21; None when nothing of it has a place there."""
    row = TABLE[each.tag]
    codes = dict(zip(row.codes[::2], row.codes[1::2], strict=True))
    pairs = [(codes[code], _value(each.tag, code, value)) for code, value in each.subfields if code in codes and value]
    if each.tag in _PERSONS:
        name = ", ".join(filter(None, (each.one("a"), each.one("b"))))
        pairs = [("a", name), *(pairs or [("4", _PERSONS[each.tag])])] if name else []
    is_meeting = row.tag in ("110", "710") and each.first == "1"
    return field(row.tag.replace("10", "11") if is_meeting else row.tag, row.indicators, pairs) if pairs else None


def _value(tag: str, code: str, value: str) -> str:
    """A subfield's value: roles by MARC's codes, places in a host and parallel titles with the marks before them."""
    if code == "4":
        return ROLES.get(value, value)
    if (tag, code) in _LED and value[0].isdigit():
        return _LED[tag, code].format(value)
    return f"= {value}" if (tag, code) == ("200", "d") else value


def _coded(marc: Marc) -> str:
    """Field 008 of a record, of the dates in field 100 and its language; "" when neither is there."""
    found = next((coded for each in marc.of("100") if (coded := _CODED.match(each.one("a")))), None)
    language = next((each.one("a") for each in marc.of("101")), "")
    dates = f"{_DATES.get(found['kind'], '|')}{found['first']}{found['second'] or '    '}" if found else "|" * 9
    if not found and not language:
        return ""
    return f"{'':6}{dates}{'':20}{language[:3]:3}  "
