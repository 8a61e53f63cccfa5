"""References made up from the names, titles, journals and publishers of catalogue records, tagged as they are made.

People tag few references in few styles.  Here each draws a style of its own: how names are written and joined, where
the year stands, what is quoted, what parts the parts, in one of seven languages.  Names, titles, journals and
publishers come from catalogue records and are mixed, so no real reference is repeated.
"""

import random
import re

from benchmarks.references.hand import Hand
from benchmarks.references.made_words import (
    GROUPS,
    MEDIA,
    MEETINGS,
    PAPERS,
    REMARKS,
    SERIES,
    SITES,
    TOWNS,
    UNIVERSITIES,
)
from benchmarks.references.stock import Stock
from benchmarks.references.tagged import Tagged
from litbase.sources.references.marks import Part

SMALL = frozenset("the of and in for a an to on with by at from as or".split())


def made(stock: Stock, count: int, seed: int = 7) -> list[Tagged]:
    """*count* references; the same for the same *stock* and *seed*."""
    chance = random.Random(seed)
    return [_Maker(stock, chance).reference() for _ in range(count)]


class _Maker(Hand):
    """Puts a reference to each kind of work together."""

    def reference(self) -> Tagged:
        number = self.drawn({"": 80, "[{}] ": 8, "{}. ": 8, "({}) ": 2, "{} ": 2})
        self.put("number", number.format(self.number(1, 190)))
        self._names_and_year()
        getattr(self, f"_{self.kind}")()
        return self._finished()

    def _finished(self) -> Tagged:
        if self.likely(0.05):
            self.trim(" ")
            self.tail(" ")
            self.put("note", self.of(REMARKS))
        if self.parts[-1][0] in ("publisher", "place", "date") and self.likely(0.04):
            self.trim(" ")
            self.tail(" ")
            self.put(
                "pages",
                self.one("{} pp.", "{} p.", "{} S.", "pp. {}", "xii, {} pp.", "{}p.").format(self.number(80, 700)),
            )
        text, parts = "", []
        for label, piece in self.parts:
            start = len(text) + len(piece) - len(piece.lstrip())
            text += piece
            parts.append(Part(label, start, len(text.rstrip())))
        return Tagged(text.rstrip(), tuple(part for part in parts if part.stop > part.start))

    # kinds

    def _article(self) -> None:
        self._put_title(self._title())
        journal = self._journal()
        volume = str(self.number(1, 160))
        issue = self.one(str(self.number(1, 12)), f"{self.number(1, 4)}-{self.number(4, 6)}", "Suppl. 1", "3/4")
        named = self.of(self.words.months)
        season = self.one("Spring", "Fall", "Winter")
        before = self.one("", "", f"{named} ", f"{named[:3]}. ", f"{season} ")
        month = f"{before}{self.year}"
        layouts = (self._apa, self._spelled, self._vancouver, self._physics, self._mla, self._commas, self._years_first,
                   self._unnumbered)  # fmt: skip
        layout = self.drawn(dict(zip(layouts, (30, 15, 14, 12, 8, 6, 6, 4), strict=True)))
        layout(journal, volume, issue, month)
        self.tail(self.one(".", ".", ""))
        self._link(0.2, 0.12)

    def _journal(self) -> str:
        journal = self.of(self.stock.journals)
        words = [word for word in journal.split() if word.lower() not in SMALL]
        if self.likely(0.25) and len(words) > 1:
            dot = "." if self.likely(0.6) else ""
            journal = " ".join(word[: self.one(3, 4, 5)] + dot if len(word) > 5 else word for word in words)
        if self.likely(0.06):
            journal = f"*{journal}*"
        led = self.likely(0.6) if self.tongue == "de" else self.likely(0.03)
        return (self.of(self.words.lead) if led else "") + journal

    def _apa(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + self.one(", ", " "))
        numbered = self.one(f"({issue})", f" ({issue})", f"({issue})") if self.likely(0.7) else ""
        self.put("volume", volume + numbered + self.one(", ", ": ", ":", ","))
        self.put("pages", self._pages(self.likely(0.3)))
        if not self.dated:
            self.put("date", self.one(f" ({month})", f", {month}"))

    def _spelled(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + self.one(", ", " "))
        numbered = self.one(", ", " ") + self.of(self.words.issue) + issue if self.likely(0.7) else ""
        self.put("volume", self.of(self.words.volume) + volume + numbered)
        if self.dated:
            self.tail(self.one(", ", ": "))
        else:
            self.put("date", self.one(f" ({month}): ", f" ({month}), ", f", {month}, "))
        self.put("pages", self._pages())

    def _vancouver(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + self.one(". ", " ", "; "))
        if not self.dated:
            self.put(
                "date", self.one(month, f"{self.year} {self.of(self.words.months)[:3]}") + self.one(";", "; ", ", ")
            )
        self.put("volume", volume + (f"({issue})" if self.likely(0.6) else "") + ":")
        self.put("pages", self._pages(False))

    def _physics(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + self.one(" ", " ", ", "))
        self.put("volume", volume)
        if self.dated:
            self.tail(self.one(", ", ": "))
        else:
            self.put("date", f" ({self.year})" + self.one(", ", " ", ": ", ", "))
        self.put("pages", self._pages(self.likely(0.4)))

    def _mla(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + " ")
        self.put("volume", f"{volume}.{issue}")
        if self.dated:
            self.tail(": ")
        else:
            self.put("date", f" ({month}): ")
        self.put("pages", self._pages(False))

    def _commas(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + ", ")
        self.put("volume", volume + self.one(f", {issue}, ", f"/{issue}, ", ", "))
        self.put("pages", self._pages(self.likely(0.5)))
        if not self.dated:
            self.put("date", self.one(f", {month}", f" ({self.year})"))

    def _years_first(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal + (", " if self.likely(0.5) else " "))
        if not self.dated:
            self.put("date", self.one(f"({month})", month) + self.one(", ", ". "))
        self.put("volume", volume + self.one(f", {self.of(self.words.issue)}{issue}", f"({issue})"))
        self.put("pages", self.one(", ", ", ", ": ") + self._pages())

    def _unnumbered(self, journal: str, volume: str, issue: str, month: str) -> None:
        self.put("journal", journal)
        if not self.dated:
            self.put("date", self.one(", ", ". ", " ") + month)

    def _book(self) -> None:
        title = self._title()
        edition = self.of(self.words.edition) if self.likely(0.12) else ""
        if edition and self.likely(0.5):
            self._put_title(title, open_end=True)
            self.put("edition", f"({edition}){self.sep}")
        elif self.likely(0.18):
            self._put_title(title, open_end=True)
            self._bracketed_imprint()
            return
        else:
            self._put_title(title)
            if edition:
                self.put("edition", edition + self.one(" ", ", ", ". "))
        self._other_people()
        if self.likely(0.06):
            volumes = self.one(f"Vol. {self.number(1, 9)}", f"{self.number(2, 9)} vols.", f"Bd. {self.number(1, 9)}")
            self.put("volume", volumes + self.sep)
        if self.likely(0.08):
            self.put("series", self.one("({})", "{}").format(self.of(SERIES)) + self.sep)
        self._imprint()
        if self.likely(0.08):
            self.put("isbn", f" ISBN 978-0-{self.number(100, 999)}-{self.number(10000, 99999)}-{self.number(0, 9)}")
        else:
            self._link(0.08, 0)

    _edited = _book

    def _bracketed_imprint(self) -> None:
        publisher, town = self.of(self.stock.publishers)
        self.put("place", f"({town}{self.one(': ', ', ')}")
        self.put("publisher", publisher + (")." if self.dated else ", "))
        if not self.dated:
            self.put("date", f"{self.year})" + self.one(".", "", ","))
        if self.likely(0.2):
            self.put("pages", " " + self._pages() + self.one(".", ""))

    def _other_people(self) -> None:
        """A translator or editor behind the title."""
        if self.likely(0.05):
            self.put("translator", self.of(self.words.translated_by) + self._spoken(1)[0] + self.sep)
        elif self.likely(0.05):
            self.trim()
            self.tail(self.one(", ", " "))
            name = self._spoken(1)[0]
            self.put(
                "translator",
                self.one(f"({name}, Trans.)", f"{name} (trans.)", f"trans. {name}", f"(trans. {name})") + self.sep,
            )
        if self.likely(0.05):
            self.trim()
            self.tail(self.one(", ", ". "))
            name, count = self._spoken(self.one(1, 2))
            mark = self.of(self.words.editors if count > 1 else self.words.editor)
            self.put("editor", (self.of(self.words.edited_by) + name if self.likely(0.5) else name + mark) + self.sep)

    def _chapter(self) -> None:
        self._put_title(self._title())
        lead, host = self.of(self.words.lead), self._case(self.of(self.stock.books)).rstrip(".")
        self._hosted(lead, host, self.likely(0.85))

    def _proceedings(self) -> None:
        self._put_title(self._title())
        name = self.one(
            "Proceedings of the ", "Proc. ", "Proc. of the ", f"Proceedings of the {self.number(2, 60)}th ", ""
        )
        host = name + self.of(MEETINGS) + self.one("", f" {self.year[:4]}", f", {self.of(TOWNS)}")
        self._hosted(self.of(self.words.lead), host, self.likely(0.12))

    def _hosted(self, lead: str, host: str, edited: bool) -> None:
        """The book or proceedings a work is in, with its editors before or behind it, its pages and imprint."""
        editors, count = self._spoken(self.one(1, 2, 2, 3)) if edited else ("", 0)
        mark = self.of(self.words.editors if count > 1 else self.words.editor)
        if edited and self.likely(0.65):
            bare = self.tongue in ("fr", "es", "it") and self.likely(0.3)
            self.put(
                "editor", lead + editors + (self.one(", ", ": ") if bare else mark + self.one(", ", " ", ", ", ": "))
            )
            self.put("container", host)
        else:
            self.put("container", lead + host)
            if edited:
                self.tail(self.one(", ", ". "))
                self.put("editor", self.of(self.words.edited_by) + editors)
        pages = self._pages()
        if self.likely(0.3) and pages[0] in "pS":
            self.put("pages", f" ({pages})" + self.one(". ", ", "))
        elif self.likely(0.06):
            self.tail(" ")
            self.put("volume", f"(Vol. {self.number(1, 6)}, ")
            self.put("pages", f"pp. {self.number(1, 90)}-{self.number(90, 190)}). ")
        else:
            self.tail(self.one(". ", ", ", ", "))
            self.put("series", f"{self.of(SERIES)}, " if self.likely(0.12) else "")
            self.put("volume", f"{self.one('vol. ', 'Vol. ')}{self.number(1, 3000)}, " if self.likely(0.08) else "")
            if self.likely(0.5):
                self.put("pages", pages + self.one(". ", ", "))
            elif self.likely(0.4):
                self._imprint()
                self.trim(". ")
                self.tail(self.one(", ", ". "))
                self.put("pages", f"{pages}.")
                return
        if self.kind == "chapter" or self.likely(0.85):
            self._imprint()
        else:
            self.trim(" ,") if self.dated else self._late_year("{}.")
        self._link(0.1, 0)

    def _thesis(self) -> None:
        genre, university = self.of(self.words.thesis), self.of(UNIVERSITIES)
        if self.likely(0.3):
            self._put_title(self._title(), open_end=True)
            opening, closing = self.one("()", "[]")
            self.put("genre", opening + genre)
            if self.likely(0.5):
                self.tail(", ")
                self.put("publisher", university + closing + ". ")
            else:
                self.tail(f"{closing}. ")
                self.put("publisher", f"{university}.")
        else:
            self._put_title(self._title())
            self.put("genre", f"{genre}, ")
            self.put("publisher", university)
            if self.likely(0.5):
                self.tail(", ")
                self.put("place", self.of(TOWNS))
            self._late_year(", {}")
            self.tail(".")
        self._link(0, 0.2)

    def _report(self) -> None:
        number = self.one(
            str(self.number(1, 300)),
            f"TR-{self.number(0, 99)}-{self.number(0, 99)}",
            f"{self.number(0, 10)}/{self.number(1990, 2020)}",
        )
        genre = self.of(self.words.report).replace("{n}", number)
        bracketed = self.likely(0.3)
        self._put_title(self._title(), open_end=bracketed)
        self.put("genre", f"({genre}){self.sep}" if bracketed else f"{genre}, ")
        publisher = self.of(UNIVERSITIES + GROUPS)
        if self.likely(0.5):
            self.put("place", f"{self.of(TOWNS)}: ")
            self.put("publisher", publisher)
        else:
            self.put("publisher", publisher)
            if self.likely(0.6):
                self.tail(", ")
                self.put("place", self.of(TOWNS))
        self._late_year(", {}", f", {self.of(self.words.months)} {{}}")
        self.tail(self.one(".", ""))
        self._link(0, 0.3)

    def _newspaper(self) -> None:
        self._put_title(self._title())
        self.put("journal", self.of(PAPERS))
        day = self._day()
        if not self.dated:
            self.tail(self.one(", ", ". ", " ", ", "))
            self.put("date", day)
        elif self.likely(0.5):
            self.tail(self.one(", ", " "))
            self.put("date", re.sub(r",? ?(de )?\d{4}$", "", day) if self.likely(0.5) else day)
        if self.likely(0.35):
            self.tail(self.one(", ", ". ", ": "))
            self.put("pages", self.one("p. A1", "A12", "B3", "p. 5", "pp. 12–14", "7", "S. 3"))
        self.tail(self.one(".", ""))
        self._link(0, 0.4)

    def _web(self) -> None:
        if self.likely(0.3):
            self._put_title(self._title(), open_end=True)
            self.put("genre", self.of(MEDIA) + self.one(". ", " "))
        else:
            self._put_title(self._title())
        if self.likely(0.3):
            self.put("publisher", self.of(GROUPS) + self.sep)
        elif self.likely(0.3):
            self.put("container", self.of(PAPERS + SITES) + self.sep)
        if not self.dated:
            self.put("date", (self._day() if self.likely(0.6) else self.year) + self.one(". ", ", "))
        self._web_address()

    def _bare(self) -> None:
        self.put("title", self._title())
        self._late_year(", {}", ". {}", " ({})")
        self.tail(self.one(".", ""))
