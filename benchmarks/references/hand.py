"""How a made-up reference is written: a style drawn by chance, and the pieces that all kinds of works share."""

import random
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from benchmarks.references.made_words import (
    GROUPS,
    HOSTS,
    LANGUAGES,
    PARTICLES,
    QUOTATIONS,
    TOWNS,
)
from benchmarks.references.stock import Stock

T = TypeVar("T")
WAYS = {  # of writing a name, and how often a list of names is written so
    "Roe, A. B.": 30, "Roe AB": 10, "Roe A.B.": 3, "Roe, Ann": 10, "A. B. Roe": 12, "Ann Roe": 9,
    "Roe, Ann, Ann Poe": 12,
    "Roe, A. B., A. Poe": 6, "ROE, A. B.": 4, "ROE Ann": 2, "Roe Ann": 1,
}  # fmt: skip
KINDS = {"article": 30, "book": 20, "chapter": 14, "proceedings": 8, "thesis": 6, "report": 5, "newspaper": 7, "web": 6,
         "edited": 3, "bare": 2}  # fmt: skip


class Hand:
    """Writes one reference: its style, drawn at once, its parts so far, and pieces that all kinds of works share."""

    def __init__(self, stock: Stock, chance: random.Random):
        self.stock, self.chance = stock, chance
        self.tongue = self.drawn({name: language.weight for name, language in LANGUAGES.items()})
        self.words = LANGUAGES[self.tongue]
        self.way = "ROE Ann" if self.tongue == "fr" and self.likely(0.15) else self.drawn(WAYS)
        self.american = self.tongue == "en" and self.likely(0.6)  # stops inside quotation marks
        self.kind = self.drawn(KINDS)
        self.quotes = self._quotes()
        self.sep = self.drawn({". ": 65, ", ": 32, "; ": 2})
        if self.quotes[0] and self.likely(0.5):
            self.sep = ", "
        self.where = self.drawn({"bracket": 45, "after": 12, "end": 38, "comma": 5})  # the year
        self.year = self._year()
        self.dated = self.where != "end"
        self.parts: list[tuple[str, str]] = []

    # chance

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def one(self, *ways: T) -> T:
        return self.chance.choice(ways)

    def of(self, some: Sequence[T]) -> T:
        return self.chance.choice(some)

    def drawn(self, weights: dict[T, int]) -> T:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def number(self, least: int, most: int) -> int:
        return self.chance.randrange(least, most)

    # parts

    def put(self, label: str, text: str) -> None:
        if text:
            self.parts.append((label, text))

    def tail(self, text: str) -> None:
        """Put punctuation behind the last part."""
        label, before = self.parts[-1]
        self.parts[-1] = (label, before + text)

    def trim(self, letters: str = " .,;:") -> None:
        label, before = self.parts[-1]
        self.parts[-1] = (label, before.rstrip(letters))

    # style

    def _quotes(self) -> tuple[str, str]:
        if self.tongue in ("fr", "es", "it", "pt") and self.likely(0.25):
            return ("« ", " »") if self.tongue == "fr" else ("«", "»")
        if self.tongue == "de" and self.likely(0.3):
            return ("„", "“")
        return self.drawn(dict(QUOTATIONS))

    def _year(self) -> str:
        if self.likely(0.015):
            return self.one("in press", "forthcoming", "n.d.")
        low, high = self.drawn({(1850, 1960): 1, (1960, 1990): 3, (1990, 2025): 6})
        letter = self.one("a", "b", "c") if self.likely(0.06) and self.where != "end" else ""
        return f"{self.number(low, high)}{letter}"

    def _day(self) -> str:
        month, day, year = self.number(0, 12), self.number(1, 29), self.number(1995, 2025)
        name = self.words.months[month]
        if self.tongue == "en":
            return self.one(
                f"{name} {day}, {year}", f"{day} {name} {year}", f"{day} {name[:3]}. {year}",
                f"{name[:3]} {day}, {year}",
                f"{year}-{month + 1:02d}-{day:02d}", f"{day}/{month + 1}/{year}", f"{day} {name}, {year}",
            )  # fmt: skip
        if self.tongue == "de":
            return self.one(f"{day}. {name} {year}", f"{day:02d}.{month + 1:02d}.{year}")
        spoken = f"{day} {name} {year}" if self.tongue in ("fr", "it", "nl") else f"{day} de {name} de {year}"
        return self.one(spoken, f"{day}/{month + 1:02d}/{year}")

    # names

    def _name(self, family: str, given: str, first: bool, tight: str) -> str:
        initials = [word[0] for word in re.split(r"[\s.]+", given) if word]
        dotted = tight.join(initials).strip() + tight.rstrip()
        match self.way:
            case "Roe, A. B.":
                return f"{family}, {dotted}"
            case "ROE, A. B.":
                return f"{family.upper()}, {dotted}"
            case "Roe AB":
                return f"{family} {''.join(initials)}"
            case "Roe A.B.":
                return f"{family} {'.'.join(initials)}."
            case "A. B. Roe":
                return f"{dotted} {family}"
            case "ROE Ann":
                return f"{family.upper()} {given}"
            case "Roe Ann":
                return f"{family} {given}"
            case "Roe, A. B., A. Poe":
                return f"{family}, {dotted}" if first else f"{dotted} {family}"
            case "Roe, Ann, Ann Poe" | "Ann Roe":
                return f"{family}, {given}" if first and self.way != "Ann Roe" else f"{given} {family}"
        return f"{family}, {given}"

    def _people(self, count: int = 0) -> tuple[str, int]:
        """A list of names and how many they are."""
        count = count or self.drawn({1: 8, 2: 7, 3: 5, 4: 3, 5: 1, 7: 1})
        people = [self.of(self.stock.names) for _ in range(count)]
        if self.likely(0.06):
            people = [
                (self.of(PARTICLES) + family if self.likely(0.7) else f"{family}-{self.of(self.stock.names)[0]}", given)
                for family, given in people
            ]
        tight = self.one(". ", ". ", ".")
        names = [self._name(family, given, not place, tight) for place, (family, given) in enumerate(people)]
        if self.likely(0.03):
            names[-1] += ", Jr."
        if count > 2 and self.likely(0.12):
            more = self.one(" et al.", " et al.", ", et al.", " et al", f", … {names[-1]}")
            return ", ".join(names[: self.one(1, 2)]) + more, count
        sep, last = ", ", self.of(self.words.joint)
        if self.way in ("Roe, A. B.", "Roe, Ann") and self.likely(0.2):
            sep, last = "; ", self.one("; ", " and ", "; and ", " & ")
        elif self.way == "Roe AB":
            last = self.one(", ", ", ", " and ", "; ")
        if last in ("/", "; ", ", "):
            sep = last
        return (sep.join(names[:-1]) + last + names[-1] if count > 1 else names[0]), count

    def _spoken(self, count: int) -> tuple[str, int]:
        """Names in a role behind the title, which are mostly spoken."""
        kept = self.way
        if kept in ("Roe, A. B.", "ROE, A. B.", "Roe, A. B., A. Poe") and self.likely(0.8):
            self.way = "A. B. Roe"
        elif kept in ("Roe, Ann", "Roe, Ann, Ann Poe"):
            self.way = "Ann Roe"
        names = self._people(count)
        self.way = kept
        return names

    def _names_and_year(self) -> None:
        if self.likely(0.03):
            self.put("author", self.one("———", "---", "______", "–––"))
        elif self.kind == "edited":
            names, count = self._people()
            self.put("editor", names + self.of(self.words.editors if count > 1 else self.words.editor))
        elif self.likely(0.06):
            self.put("author", self.of(GROUPS))
        elif self.kind in ("web", "newspaper", "book") and self.likely(0.03):
            self.dated = False
            return
        else:
            self.put("author", self._people()[0])
        if self.where == "bracket":
            self.tail(": " if self.likely(0.01) else " ")
            self.put("date", f"({self._in_brackets()})" + self.one(". ", ". ", ". ", " ", ", ", ": "))
            return
        end = ", " if self.where == "comma" or self.sep == ", " else ". "
        if end == ". " and self.parts[-1][1].endswith("."):
            end = " "
        if self.likely(0.3 if self.tongue == "de" and self.where == "end" else 0.08):
            end = ": "
        self.tail(end)
        if self.dated:
            stop = ". " if self.where == "after" else self.one(", ", ": ")
            self.put("date", self.year + (stop if self.likely(0.92) else " "))

    def _in_brackets(self) -> str:
        if self.kind in ("newspaper", "web") and self.tongue == "en" and self.likely(0.4):
            return f"{self.year[:4]}, {self.of(self.words.months)} {self.number(1, 29)}"
        return f"{self.year[:4]}/{self.number(1900, 1999)}" if self.likely(0.03) else self.year

    # pieces

    def _case(self, title: str) -> str:
        """A title as it is printed, or with small letters."""
        if self.likely(0.5):
            return title
        words = title.split(" ")
        out = words[:1]
        for before, word in pairwise(words):
            proper = re.search(r"[A-Z].*[A-Z]|\d", word) or (before.endswith(":") and self.likely(0.7))
            out.append(word if proper or self.likely(0.05) else word.lower())
        return " ".join(out)

    def _title(self) -> str:
        book = self.kind in ("book", "edited") and self.likely(0.6)
        return self._case(self.of(self.stock.books if book else self.stock.titles)).strip().rstrip(".")

    def _put_title(self, title: str, open_end: bool = False) -> None:
        """The title with its quotation marks and stop; *open_end* leaves the stop to what follows."""
        stop = "" if title[-1] in "?!" or open_end else self.sep.strip()
        opening, closing = self.quotes if self.kind not in ("book", "edited", "bare") else ("", "")
        inside = stop if self.american and opening in ("“", '"') else ""
        self.put("title", f"{opening}{title}{inside}{closing}{'' if inside else stop} ")

    def _pages(self, led: bool = True) -> str:
        first = self.number(1, 1400)
        last = first + self.number(2, 40)
        dash = self.one("-", "–", "-", "–", " - ", "—", "--")
        pages = f"{first}{dash}{last if self.likely(0.75) else str(last)[-2:]}"
        if self.likely(0.1):
            pages = self.one(f"{first}", f"e{first}", f"S{first}-S{last}", f"{first}ff.", f"{first}-{last}, {last + 5}")
        return (self.of(self.words.pages) if led else "") + pages

    def _doi(self) -> str:
        tail = self.one(
            f"S{self.number(0, 9999)}-{self.number(0, 9999)}({self.number(10, 99)}){self.number(0, 99999)}-1",
            f"j.{self.one('tate', 'lrn', 'chb')}.20{self.number(10, 24)}.01.{self.number(0, 999):03d}",
            f"{self.number(0, 10**8)}.20{self.number(10, 24)}.{self.number(0, 10**6)}", f"a{self.number(0, 10**6)}",
        )  # fmt: skip
        lead = self.one("doi: ", "doi:", "https://doi.org/", "http://dx.doi.org/", "DOI: ", "DOI ", "")
        return f"{lead}10.{self.one(1080, 1016, 1002, 1037, 3102, 1177, 1007, 1111)}/{tail}"

    def _web_address(self) -> None:
        if not self.parts[-1][1].endswith(" "):
            self.tail(" ")
        self.put("note", self.of(self.words.online).replace("{day}", self._day()))
        host = self.of(HOSTS)
        scheme = self.one("http://", "https://", "") if host.startswith("www") else self.one("http://", "https://")
        path = self.one("", "docs/", "pubs/2004/", "education/school/", "stable/")
        page = self.one(
            f"{self.number(0, 10**6)}",
            f"report_{self.number(0, 99)}.pdf",
            "index.html",
            f"view?id={self.number(0, 9999)}",
        )
        address = f"{scheme}{host}/{path}{page}"
        self.put("url", f"<{address}>" if self.likely(0.08) else address)
        if self.likely(0.3):
            self.put("note", self.of(self.words.accessed).replace("{day}", self._day()))
        if self.likely(0.3):
            self.tail(".")

    def _link(self, doi: float, web: float) -> None:
        if self.likely(doi):
            self.put("doi", " " + self._doi())
        elif self.likely(web):
            self._web_address()

    def _late_year(self, *ways: str) -> None:
        """The year behind the title, where the style puts it there."""
        if not self.dated:
            self.put("date", self.of(ways).format(self.year))

    def _imprint(self) -> None:
        publisher, town = self.of(self.stock.publishers)
        if self.likely(0.3):
            town = self.of(TOWNS)
        ways = (50, 18, 8, 14, 5, 5) if self.sep != ", " else (25, 18, 30, 12, 10, 5)
        match self.drawn(dict(enumerate(ways))):
            case 0:
                pieces = [("place", f"{town}: "), ("publisher", publisher)]
            case 1:
                pieces = [("publisher", f"{publisher}, "), ("place", town)]
            case 2:
                pieces = [("place", f"{town}, "), ("publisher", publisher)]
            case 3:
                pieces = [("publisher", publisher)]
            case 4:
                pieces = [("place", town)]
            case _:
                pieces = [("place", f"({town}{self.one(': ', ', ')}"), ("publisher", publisher)]
        for label, text in pieces:
            self.put(label, text)
        bracketed = pieces[0][1].startswith("(")
        if not self.dated:
            self.tail(self.one(", ", ", ", ", ", " ", "; "))
            self.put("date", f"({self.year})" if self.likely(0.08) and not bracketed else self.year)
        self.tail((")" if bracketed else "") + self.one(".", ".", ".", ""))
