"""The tables of what people bring: accounts and sessions, the audit log, drafts, corrections, imports, variants.

`metadata` has these and those of `schema`.
"""

import sqlalchemy as sa

from litbase.store.schema import _compared, _Number, _of_record, _text, _whole, metadata

__all__ = [
    "accounts",
    "attempts",
    "audit",
    "corrections",
    "drafts",
    "import_entries",
    "imports",
    "metadata",
    "sessions",
    "variants",
]

accounts = sa.Table(
    "accounts",
    metadata,
    _whole("nr", primary_key=True),
    _text("name"),
    _compared("name_folded", unique=True),
    _text("role"),  # "reader", "editor" or "admin"
    _text("state"),  # "active" or "disabled"
    _text("password"),  # scrypt; "" for one that only a reverse proxy signs in
    _text("created_at"),
    _text("seen_at"),  # when it last signed in; "" for never
)
# Who is signed in: the cookie holds the token, the table only its digest.
sessions = sa.Table(
    "sessions",
    metadata,
    _compared("digest", primary_key=True),
    sa.Column("account_nr", _Number, sa.ForeignKey("accounts.nr"), nullable=False, index=True),
    _text("way"),  # "password" or "proxy"
    _text("origin"),  # the network address
    _text("agent"),
    _text("created_at"),
    _compared("used_at", index=True),
)
# Sign-ins that failed, by account and by network.
attempts = sa.Table(
    "attempts",
    metadata,
    _compared("key", primary_key=True),
    _whole("failures"),
    _compared("last_at", index=True),
)
# What was done, by whom, from where; each row is chained to the one before.
audit = sa.Table(
    "audit",
    metadata,
    _whole("nr", primary_key=True, autoincrement=False),
    _text("at"),
    _compared("who"),
    _text("origin"),
    _compared("action"),
    _compared("subject", index=True),  # a record, an account, a run
    _text("before"),  # sha256 of the record as it was; "" where there is none
    _text("after"),
    _text("detail"),  # JSON
    _text("chain"),  # sha256 of all of this and the chain of the row before
)
# What somebody began to write and has not saved, as the form holds it.
drafts = sa.Table(
    "drafts",
    metadata,
    _whole("nr", primary_key=True),
    sa.Column("account_nr", _Number, sa.ForeignKey("accounts.nr"), nullable=False, index=True),
    _compared("record_id"),  # "" for a new one
    _whole("version"),  # of the record when it was begun
    _text("title"),
    _text("form"),  # JSON
    _text("saved_at"),
)
# What readers without an account say is wrong.
corrections = sa.Table(
    "corrections",
    metadata,
    _whole("nr", primary_key=True),
    _of_record(index=True),
    _whole("version"),  # of the record they saw
    _text("values"),  # JSON: what fields should say
    _text("message"),
    _text("name"),
    _text("contact"),
    _text("sent_at"),
    _compared("state", index=True),  # "waiting", "accepted" or "declined"
    _text("who"),  # decided
    _text("why"),
    _text("decided_at"),
)
# Uploads: read for a report first, added when somebody says so.
imports = sa.Table(
    "imports",
    metadata,
    _whole("nr", primary_key=True),
    _whole("run"),  # that added them; 0 for not yet
    _text("state"),  # "reading", "read", "adding", "added", "undone", "dropped" or "failed"
    _text("who"),
    _text("files"),  # JSON: name, size, sha256 of each
    _text("started_at"),
    _text("finished_at"),
    _whole("done"),
    _whole("total"),
    _text("counts"),  # JSON
    _text("message"),
)
import_entries = sa.Table(
    "import_entries",
    metadata,
    sa.Column("import_nr", _Number, sa.ForeignKey("imports.nr"), primary_key=True, autoincrement=False),
    _whole("ordinal", primary_key=True, autoincrement=False),
    _compared("status"),
    _compared("file"),
    _text("record_id"),
    _text("entry"),  # JSON
    sa.Index("ix_import_entries_status", "import_nr", "status"),
)
# What people decided about two forms of a name, in order; of those not undone the last of a pair is in force.
variants = sa.Table(
    "variants",
    metadata,
    _whole("nr", primary_key=True),
    _compared("kind"),  # "author", "source", "publisher" or "descriptor"
    _compared("form"),  # as records print it
    _text("preferred"),  # by what it is found
    _compared("preferred_compared"),
    _text("verdict"),  # "same" or "different"
    _text("who"),
    _text("why"),
    _text("at"),
    _whole("run"),  # one for each decision, by which it is undone
    _whole("undone"),  # by this run; 0 for none
    sa.Index("ix_variants_form", "kind", "form"),
    sa.Index("ix_variants_preferred", "kind", "preferred_compared"),
)
