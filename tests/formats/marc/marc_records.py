"""MARC records written down as catalogues print them, for the tests of the MARC readers."""

from litbase.formats.marc.values import Field, Marc, control, field

BOOK = "00000nam a2200000 i 4500"
ARTICLE = "00000nab a2200000 i 4500"
CHAPTER = "00000naa a2200000 i 4500"
SERIAL = "00000nas a2200000 i 4500"


def line(text: str) -> Field:
    """The field of "245 10 $a Title :$b subtitle"; "#" is a blank indicator."""
    tag, rest = text[:3], text[4:]
    if tag < "010":
        return control(tag, rest)
    marks, _, body = rest.partition("$")
    pairs = [(part[0], part[1:].strip()) for part in body.split("$") if part]
    return field(tag, marks.strip().replace("#", " "), pairs)


def record(leader: str, *lines: str) -> Marc:
    """A record of this leader and these lines."""
    return Marc(leader.ljust(24), tuple(map(line, lines)))


def binary(leader: str, *lines: str, encoding: str = "utf-8", in_letters: bool = False) -> bytes:
    """The same in ISO 2709, in the encoding that is asked for; *in_letters* counts letters where bytes should be."""
    directory, body, place = b"", b"", 0
    for each in map(line, lines):
        pairs = b"".join(b"\x1f" + (code + value).encode(encoding) for code, value in each.subfields)
        content = (each.indicators.encode() + pairs if each.indicators else each.text.encode(encoding)) + b"\x1e"
        length = len(content.decode(encoding)) if in_letters else len(content)
        directory += b"%s%04d%05d" % (each.tag.encode(), min(length, 9999), place)
        place += length
        body += content
    base = 24 + len(directory) + 1
    head = b"%05d%s%05d%s" % (base + len(body) + 1, leader[5:12].encode(), base, leader[17:24].encode())
    return head + directory + b"\x1e" + body + b"\x1d"
