"""The index on OpenSearch, several machines behind the door of one: the same four roles as for Whoosh.

`schema` says what is kept of a document, `compile` turns the query tree into OpenSearch's queries, `search` asks and
counts, `commit` writes; `engine` is the door.  `wire` alone knows the client.
"""
