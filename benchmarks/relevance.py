"""nDCG@10 on the three collections of ../shared/data/ir, by litbase's own way from a typed text to hits.

python -m benchmarks relevance [COLLECTION...]: each topic is read with `parse`, its words ORed, and answered by the
engine; once more with the ERIC thesaurus.  Beside it plain BM25 (Lucene's formula, 1.2
and 0.75) over title and abstract as one field of stems: no boosts, no unstemmed words, no phrases.
"""

import gzip
import json
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import publish
from benchmarks.records import SHARED
from benchmarks.tables import table
from litbase.fields import index_document
from litbase.index import Mark
from litbase.index.whoosh.engine import WhooshEngine
from litbase.library.finding import every
from litbase.query.state import SearchState
from litbase.record.reading import Document
from litbase.record.record import Record
from litbase.record.text import STOP_WORDS, tokens
from litbase.sources import thesaurus
from litbase.vocabulary.thesaurus import Thesaurus

DEPTH: Final = 10
K1, B = 1.2, 0.75
GOALS: Final = {"scifact": 0.690, "eric_desc": 0.42, "eric_syn": 0.38}
Ranking = Callable[[str], Sequence[str]]  # from the text of a topic to the ids of its hits, the best first


class Collection(NamedTuple):
    """Texts and what is relevant among them: *topics* by id, *judged* grades by topic and record."""

    name: str
    records: Path
    topics: dict[str, str]
    judged: dict[str, dict[str, int]]


def main(arguments: list[str]) -> int:
    """Print the table; the exit code is 1 where the collections are not there."""
    folder = SHARED / "ir"
    if not folder.is_dir():
        print(f"the collections are not here: {folder}", file=sys.stderr)
        return 1
    file = SHARED / "eric" / "eric-thesaurus-2025.json.gz"
    names = thesaurus.read(Document(file.stem, gzip.decompress(file.read_bytes()))).thesaurus
    rows = [_row(collection(folder / name), names) for name in arguments or sorted(GOALS)]
    head = ("collection", "records", "topics", "plain BM25", "litbase", "with the thesaurus", "to reach")
    found = table(head, rows)
    publish.keep("relevance", found)
    print(found)
    return 0


def collection(folder: Path) -> Collection:
    """The collection in *folder*: queries.tsv.gz, qrels.txt.gz (TREC) and corpus.jsonl.gz, else ERIC's records.

    Topics without a judgement are left out, as trec_eval does.
    """
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in lines(folder / "qrels.txt.gz"):
        topic, _, record, grade = line.split()
        judged[topic][record] = int(grade)
    topics = dict(line.rstrip("\n").split("\t", 1) for line in lines(folder / "queries.tsv.gz"))
    own = folder / "corpus.jsonl.gz"
    records = own if own.exists() else folder.parents[1] / "eric" / "eric.jsonl.gz"
    return Collection(folder.name, records, {id: text for id, text in topics.items() if id in judged}, dict(judged))


def ndcg(ranked: Sequence[str], judged: Mapping[str, int], depth: int = DEPTH) -> float:
    """The normalised discounted cumulative gain of the first *depth* of *ranked*, as trec_eval has it (ndcg_cut).

    A record gains its grade, discounted by log2 of its place plus one; the ideal order of all *judged* is 1.  Graded
    3, 0 and 2 where 3, 2 and 1 could be: (3 + 0 + 2/2) / (3 + 2/1.585 + 1/2) = 4 / 4.762.

    >>> round(ndcg(["a", "x", "b"], {"a": 3, "b": 2, "c": 1}), 3)
    0.84
    >>> ndcg(["c"], {"a": 1, "c": 0}), ndcg([], {"a": 0})
    (0.0, 0.0)
    """
    ideal = _gained(sorted(judged.values(), reverse=True)[:depth])
    return _gained([judged.get(id, 0) for id in ranked[:depth]]) / ideal if ideal else 0.0


def _gained(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def mean(ranking: Ranking, found: Collection) -> float:
    """The mean nDCG@10 of *ranking* over the topics of a collection."""
    return sum(ndcg(ranking(text), found.judged[id]) for id, text in found.topics.items()) / len(found.topics)


def plain(texts: Mapping[str, str]) -> Ranking:
    """BM25 over stems, by id of the texts; stop words of the topic are left out unless it has nothing else."""
    counts = {id: Counter(token.stem for token in tokens(text)) for id, text in texts.items()}
    lengths = {id: count.total() for id, count in counts.items()}
    usual = sum(lengths.values()) / len(lengths)
    postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for id, count in counts.items():
        for stem, times in count.items():
            postings[stem].append((id, times))

    def ranking(topic: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        words = list(tokens(topic))
        for token in [t for t in words if t.forms[0] not in STOP_WORDS] or words:
            found = postings.get(token.stem, ())
            rarity = math.log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for id, times in found:
                scores[id] += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[id] / usual))
        return sorted(scores, key=lambda id: (-scores[id], id))[:DEPTH]

    return ranking


def searched(engine: WhooshEngine, names: Thesaurus) -> Ranking:
    """What a reader gets who types a topic and has its words ORed; widened by *names*, which may be empty."""

    def ranking(topic: str) -> list[str]:
        request = replace(every(SearchState(q=topic, op="or"), names), limit=DEPTH)
        return [hit.id for hit in engine.search(request).hits]

    return ranking


def _row(found: Collection, names: Thesaurus) -> list[str]:
    rows = [json.loads(line) for line in lines(found.records)]
    with tempfile.TemporaryDirectory(prefix="litbase-relevance-") as folder:
        engine = WhooshEngine(Path(folder))
        documents = (index_document(Record(id=r["id"], title=r["title"], abstract=r["abstract"] or "")) for r in rows)
        engine.write(documents, (), Mark("relevance", "", 1))
        values = [
            mean(plain({row["id"]: f"{row['title']}\n{row['abstract'] or ''}" for row in rows}), found),
            mean(searched(engine, Thesaurus()), found),
            mean(searched(engine, names), found),
        ]
        engine.close()
    counts = [f"{len(rows):,}", f"{len(found.topics):,}"]
    return [found.name, *counts, *(f"{value:.3f}" for value in values), f"{GOALS[found.name]:.3f}"]


def lines(path: Path) -> Iterator[str]:
    """The lines of a packed file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file
