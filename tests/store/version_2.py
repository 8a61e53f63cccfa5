"""A store as litbase made it in version 2 of the schema, frozen, with a few records in it."""

import json
from typing import Any

import sqlalchemy as sa

from litbase.store.connect import database

_Compared = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_metadata = sa.MetaData()
AT = "2026-01-0{}T00:00:00.000Z"


def _table(name: str, columns: str, *more: Any) -> sa.Table:
    """A table of "name kind flags" columns: t(ext), c(ompared), n(umber), r(ecord id), ?: may be null; p: primary key.

    i: indexed, u: unique, a: not numbered by itself.
    """
    kinds = {"t": sa.Text, "c": _Compared, "n": _Number, "r": _Compared, "l": sa.LargeBinary, "b": sa.Boolean}
    made = []
    for column in columns.split(","):
        column_name, kind, *flags = column.split()
        options = {"primary_key": "p" in flags, "index": "i" in flags or None, "unique": "u" in flags or None}
        if "a" in flags:
            options["autoincrement"] = False
        keys = [sa.ForeignKey("records.id")] if kind == "r" else []
        made.append(sa.Column(column_name, kinds[kind], *keys, nullable="?" in flags, **options))
    return sa.Table(name, _metadata, *made, *more)


meta = _table("meta", "one n p a,store_id t,epoch t,last_change n,schema_version n,created_at t")
runs = _table("runs", "id n p,command t,settings t,started_at t,finished_at t ?,counts t ?")
_table("documents", "sha256 c p,name t,encoding t,size n,content l ?,added_at t")
records = _table(
    "records",
    "id c p,id_folded c u,key_folded c u,version n,state t,reason t,merged_into t,cited b,created_at c i,"
    "updated_at t,current t",
)
readings = _table(
    "readings",
    "nr n p,record_id r i,source c,key_compared c,document c,ordinal n,key t,reader t,reader_version n,rank n,line n,"
    "leftovers t,furniture n,notices t,read_at t,digest t,record t",
    sa.UniqueConstraint("source", "key_compared", "document", "ordinal"),
)
edits = _table("edits", "record_id r p,field c p,value t,who t,why t,at t,overruled t")
_table("aliases", "kind c p,folded c p,alias t,record_id r i")
_table("key_numbers", "base c p,next n")
_table("identifiers", "scheme c p,value c p,record_id r p i")
_table("match_keys", "key c p,record_id r p i")
revisions = _table("revisions", "record_id r p,version n p a,at t,who t,why t,kind t,run n,record t")
links = _table("links", "record_id r p,other_id r p i,relation t,reasons t")
changes = _table("changes", "record_id r p,change n u")
thesaurus = _table("thesaurus", "one n p a,name t,digest t,entries t,loaded_at t")


def make(url: str, version: int = 2) -> None:
    """Make a store of *version* 1 or 2 at *url*: "one", read by run 1 and edited; "two", merged into it; "three"."""
    opened = database(url, create=True)
    tables = [table for table in _metadata.sorted_tables if version > 1 or table is not thesaurus]
    with opened.engine.begin() as connection:
        _metadata.create_all(connection, tables=tables)
        for table, rows in _rows(version).items():
            connection.execute(table.insert(), rows)
    opened.close()


def _rows(version: int) -> dict[sa.Table, list[dict[str, Any]]]:
    one, two, three = (_record(name) for name in ("one", "two", "three"))
    edited = one | {"volume": "7"}
    return {
        meta: [{"one": 1, "store_id": "s", "epoch": "e", "last_change": 3, "schema_version": version,
                "created_at": AT.format(1)}],
        runs: [{"command": "add", "settings": "{}", "started_at": AT.format(1)}],
        records: [
            _stored("one", 3, edited),
            _stored("two", 2, two) | {"state": "merged", "merged_into": "one"},
            _stored("three", 1, three),
        ],
        readings: [_reading(1, "one", one), _reading(2, "one", two), _reading(3, "three", three)],
        edits: [{"record_id": "one", "field": "volume", "value": '"7"', "who": "ann", "why": "misprint",
                 "at": AT.format(2), "overruled": "x"}],
        revisions: [
            _revision("one", 1, "import", 1, one, 1), _revision("one", 2, "edit", 0, edited, 2),
            _revision("one", 3, "merged", 0, edited, 3), _revision("two", 1, "import", 1, two, 1),
            _revision("two", 2, "merged", 0, two, 3), _revision("three", 1, "import", 1, three, 1),
        ],
        links: [{"record_id": "one", "other_id": "three", "relation": "same", "reasons": "[]"}],
        changes: [{"record_id": name, "change": n} for n, name in enumerate(("one", "two", "three"), 1)],
    }  # fmt: skip


def _record(name: str) -> dict[str, Any]:
    return {"v": 1, "id": name, "citation_key": f"key-{name}", "title": f"Title {name}", "collection": ["eric"]}


def _stored(name: str, version: int, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name, "id_folded": name, "key_folded": f"key-{name}", "version": version, "state": "public",
        "reason": "", "merged_into": "", "cited": False, "created_at": AT.format(1), "updated_at": AT.format(version),
        "current": json.dumps(record),
    }  # fmt: skip


def _reading(nr: int, record_id: str, record: dict[str, Any]) -> dict[str, Any]:
    stated = {"v": 1, "title": record["title"]}
    return {
        "nr": nr, "record_id": record_id, "source": "eric", "key_compared": record["id"], "document": "d",
        "ordinal": nr, "key": record["id"], "reader": "eric", "reader_version": 1, "rank": 70, "line": 1,
        "leftovers": "[]", "furniture": 0, "notices": "[]", "read_at": AT.format(1), "digest": str(nr),
        "record": json.dumps(stated),
    }  # fmt: skip


def _revision(record_id: str, version: int, kind: str, run: int, record: dict[str, Any], day: int) -> dict[str, Any]:
    return {"record_id": record_id, "version": version, "at": AT.format(day), "who": "ann", "why": "", "kind": kind,
            "run": run, "record": json.dumps(record)}  # fmt: skip
