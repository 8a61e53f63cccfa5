"""SQLite with FTS5: a contentless index of words, and a table of values for each facet.

The hits of a page are put into a temporary table, scored, and joined with each facet's table, of which the primary
key is all there is; counting everything reads the facet's table alone.  Porter's stemmer, diacritics removed.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.engines import SEARCHED, Answer
from benchmarks.questions import COUNTED, HITS, LISTED, Question
from litbase.fields import IndexDocument
from litbase.query import tree
from litbase.query.request import SearchRequest

LABEL: Final = f"SQLite {sqlite3.sqlite_version} FTS5"
FILE: Final = "fts5.db"
CACHE: Final = 256 * 1024  # KiB
RANK: Final = f"bm25(words, {', '.join(map(str, SEARCHED.values()))})"  # the smaller, the better
_SCHEMA: Final = "\n".join(
    (
        "CREATE TABLE records (number INTEGER PRIMARY KEY, id TEXT UNIQUE, date INTEGER);",
        "CREATE INDEX by_date ON records (date);",
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(SEARCHED)}, content='',"
        " tokenize='porter unicode61 remove_diacritics 2');",
        *(
            f"CREATE TABLE {name}_value (value INTEGER PRIMARY KEY, text TEXT UNIQUE);"
            f"CREATE TABLE {name}_of (number INTEGER, value INTEGER, PRIMARY KEY (number, value)) WITHOUT ROWID;"
            for name in COUNTED
        ),
    )
)
_INDEXES: Final = "\n".join(f"CREATE INDEX {name}_by_value ON {name}_of (value, number);" for name in COUNTED)


class Chosen(NamedTuple):
    """Which records: a SELECT of their numbers and, as the second column, what they are put in order by."""

    sql: str
    values: tuple[str | int, ...]


class Asked(NamedTuple):
    """A question in SQL: its hits, what a facet with a filter of its own counts instead, and which hits are shown."""

    hits: Chosen
    others: dict[str, Chosen]
    everything: bool
    offset: int


def build(folder: Path, documents: Iterable[IndexDocument]) -> None:
    """In one transaction, without a journal, then merged into one tree."""
    database = _connected(folder)
    database.executescript(_SCHEMA)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    database.execute("BEGIN")
    known: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
    for number, document in enumerate(documents):
        _insert(database, number, document, known)
    for name, values in known.items():
        database.executemany(f"INSERT INTO {name}_value VALUES (?, ?)", ((n, text) for text, n in values.items()))
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.execute("COMMIT")
    database.executescript(_INDEXES + "ANALYZE;")
    database.execute("PRAGMA journal_mode=WAL")
    database.close()


def _connected(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / FILE, isolation_level=None)
    database.executescript(
        f"PRAGMA cache_size=-{CACHE}; PRAGMA mmap_size=8000000000; PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL;"
    )
    return database


def _insert(
    database: sqlite3.Connection, number: int, document: IndexDocument, known: dict[str, dict[str, int]]
) -> None:
    _, year, month, day = document.date_key
    database.execute("INSERT INTO records VALUES (?, ?, ?)", (number, document.id, year * 10_000 + month * 100 + day))
    _words(database, "INSERT INTO words (rowid, %s) VALUES (?, %s)", number, document)
    for name, values in known.items():
        rows = [(number, values.setdefault(value, len(values))) for value in document.counted(name)]
        database.executemany(f"INSERT INTO {name}_of VALUES (?, ?)", rows)


def _words(database: sqlite3.Connection, sql: str, number: int, document: IndexDocument) -> None:
    texts = [" ".join(document.values.get(name, ())) for name in SEARCHED]
    database.execute(sql % (", ".join(SEARCHED), ", ".join("?" * len(texts))), (number, *texts))


class Opened:
    """An open database."""

    def __init__(self, folder: Path):
        """Open the database in *folder*."""
        self.database = _connected(folder)

    def prepare(self, question: Question) -> Asked:
        request = question.request
        own = [f.name for f in request.filters] + (["year"] if request.years else [])
        return Asked(
            _chosen(request, ""),
            {name: _chosen(request, name) for name in own if name in COUNTED},
            request.query == tree.All() and not own,
            request.offset,
        )

    def page(self, asked: Asked) -> Answer:
        database = self.database
        if asked.everything:
            [(total,)] = database.execute("SELECT count(*) FROM records")
            return Answer(total, self.top(asked), {name: self._values(name, f"{name}_of") for name in COUNTED})
        with self._table("hits", asked.hits):
            [(total,)] = database.execute("SELECT count(*) FROM hits")
            ids = self._shown("SELECT number, rank FROM hits", (HITS, asked.offset))
            facets = {
                name: self._values(name, f"hits CROSS JOIN {name}_of USING (number)")
                for name in COUNTED
                if name not in asked.others
            }
        for name, chosen in asked.others.items():
            with self._table("others", chosen):
                facets[name] = self._values(name, f"others CROSS JOIN {name}_of USING (number)")
        return Answer(total, ids, facets)

    def top(self, asked: Asked) -> list[str]:
        return self._shown(asked.hits.sql, (*asked.hits.values, HITS, asked.offset))

    def change(self, old: IndexDocument, new: IndexDocument) -> None:
        database = self.database
        database.execute("BEGIN IMMEDIATE")
        [(number,)] = database.execute("SELECT number FROM records WHERE id = ?", (old.id,))
        _words(database, "INSERT INTO words (words, rowid, %s) VALUES ('delete', ?, %s)", number, old)
        _words(database, "INSERT INTO words (rowid, %s) VALUES (?, %s)", number, new)
        for name in COUNTED:
            database.execute(f"DELETE FROM {name}_of WHERE number = ?", (number,))
            for text in new.counted(name):
                database.execute(f"INSERT OR IGNORE INTO {name}_value (text) VALUES (?)", (text,))
                adding = f"INSERT INTO {name}_of SELECT ?, value FROM {name}_value WHERE text = ?"
                database.execute(adding, (number, text))
        database.execute("COMMIT")

    def _shown(self, hits: str, values: tuple[str | int, ...]) -> list[str]:
        sql = f"SELECT id FROM ({hits} ORDER BY rank, number LIMIT ? OFFSET ?) JOIN records USING (number)"
        return [id for (id,) in self.database.execute(sql, values)]

    @contextmanager
    def _table(self, name: str, chosen: Chosen) -> Iterator[None]:
        self.database.execute(f"CREATE TEMP TABLE {name} AS {chosen.sql}", chosen.values)
        try:
            yield
        finally:
            self.database.execute(f"DROP TABLE {name}")

    def _values(self, name: str, counted: str) -> list[tuple[str, int]]:
        return self.database.execute(
            f"SELECT text, count FROM (SELECT value, count(*) AS count FROM {counted} GROUP BY value"
            f" ORDER BY count DESC LIMIT {LISTED}) JOIN {name}_value USING (value) ORDER BY count DESC, text"
        ).fetchall()


def _chosen(request: SearchRequest, without: str) -> Chosen:
    """The hits of *request*, the filter of the facet *without* left out."""
    table, number, rank = "records", "number", "0"
    conditions: list[str] = []
    values: list[str | int] = []
    if request.query != tree.All():
        conditions.append("words MATCH ?")
        values.append(_match(request.query))
        # the plus keeps SQLite from asking the index of words once for each number
        table, number, rank = "words", "+words.rowid", RANK
    if request.sort == "newest":
        table, rank = table if table == "records" else "words JOIN records ON number = words.rowid", "-date"
    for chosen in request.filters:
        if chosen.name != without:
            conditions.append(f"{number} IN (SELECT number FROM {chosen.name}_of JOIN {chosen.name}_value USING (value)"
                              " WHERE text = ?)")  # fmt: skip
            values.append(chosen.include[0])
    if request.years and without != "year":
        conditions.append(f"{number} IN (SELECT number FROM records WHERE date BETWEEN ? AND ?)")
        values += [(request.years.first or 0) * 10_000, (request.years.last or 9999) * 10_000 + 9999]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return Chosen(f"SELECT {number.lstrip('+')} AS number, {rank} AS rank FROM {table}{where}", tuple(values))


def _match(query: tree.Query) -> str:
    """*query* in FTS5's own language."""
    match query:
        case tree.Term(field, text):
            return f'{_column(field)}"{text}"'
        case tree.Phrase(field, words):
            return f'{_column(field)}"{" ".join(words)}"'
        case tree.Prefix(field, text):
            return f'{_column(field)}"{text}" *'
        case tree.Or(children):
            return f"({' OR '.join(map(_match, children))})"
        case tree.And(children):
            positive = " AND ".join(_match(child) for child in children if not isinstance(child, tree.Not))
            negative = [f" NOT {_match(child.child)}" for child in children if isinstance(child, tree.Not)]
            return f"(({positive}){''.join(negative)})"
    raise ValueError(f"no question asks for {query}")


def _column(field: str) -> str:
    return f"{field} : " if field else ""
