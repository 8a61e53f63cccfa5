"""Stock Whoosh on the same documents and queries, in a process of its own.

litbase lets Whoosh unpickle its own classes only, for the whole process, so
stock Whoosh's codec cannot be measured beside it in one.

python -m benchmarks.stock FOLDER: reads FOLDER/documents.jsonl and queries.json, prints JSON with "rate" (documents
indexed per processor second) and "pages" (processor milliseconds of each query).
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import MultifieldParser
from whoosh.sorting import Facets, FieldFacet


def main(folder: Path) -> None:
    """Index, search, print."""
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    asked = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    begun = time.process_time()
    index = _indexed(folder / "index", documents, asked["facets"])
    rate = len(documents) / (time.process_time() - begun)
    pages = [_page(index, text, asked["facets"]) for text in asked["queries"]]
    print(json.dumps({"rate": rate, "pages": pages}))


def _indexed(folder: Path, documents: list[dict[str, Any]], facets: list[str]) -> Any:
    folder.mkdir()
    texts = {f"{name}_text": TEXT(analyzer=StemmingAnalyzer()) for name in ("title", "abstract", "descriptor")}
    counted = {name: KEYWORD(commas=True, sortable=True) for name in facets}
    index = create_in(str(folder), Schema(id=ID(stored=True), **counted, **texts))
    writer = index.writer()
    for document in documents:
        values = {name: ",".join(v.replace(",", ";") for v in document.get(name, ())) for name in facets}
        spoken = {name: " ".join(document.get(name.removesuffix("_text"), ())) for name in texts}
        writer.add_document(id=document["id"][0], **values, **spoken)
    writer.commit()
    return index


def _page(index: Any, text: str, names: list[str]) -> float:
    begun = time.process_time()
    facets = Facets()
    for name in names:
        facets.add_facet(name, FieldFacet(name, allow_overlap=True))
    with index.searcher() as searcher:
        parser = MultifieldParser(["title_text", "abstract_text", "descriptor_text"], index.schema)
        results = searcher.search(parser.parse(text), limit=10, groupedby=facets)
        if not len(results):
            raise SystemExit(f"stock Whoosh found nothing for {text!r}: not the same records?")
        for name in names:
            results.groups(name)
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
