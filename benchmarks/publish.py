"""The last figures of this machine: kept under build/bench, and put into the README and docs/speed.svg when asked to.

python -m benchmarks publish: fills the README between its markers from what the other measurements printed last.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
KEPT: Final = ROOT / "build" / "bench"
FIGURES: Final = KEPT / "speed.json"
README: Final = ROOT / "README.md"
PLOT: Final = ROOT / "docs" / "speed.svg"
NAMES: Final = ("speed", "relevance", "adding", "web", "quality")


def keep(name: str, text: str, kept: Path = KEPT) -> None:
    """Keep *text* as what the measurement *name* says for the README."""
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{name}.md").write_text(text.strip() + "\n", encoding="utf-8")


def merged(path: Path, found: dict[str, Any]) -> dict[str, Any]:
    """The figures by size in *path* with those of *found* in place of older ones, written there; the smallest first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    figures = dict(sorted((before | found).items(), key=lambda pair: int(pair[0])))
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def filled(readme: str, name: str, text: str) -> str:
    """*readme* with *text* between the markers of *name*; raises ValueError where it has none.

    >>> filled("<!-- speed -->old<!-- /speed -->", "speed", "new")
    '<!-- speed -->\\nnew\\n<!-- /speed -->'
    """
    between = re.compile(rf"(?<=<!-- {name} -->).*?(?=<!-- /{name} -->)", re.S)
    if not between.search(readme):
        raise ValueError(f"the README has no markers for {name}")
    return between.sub(lambda _: f"\n{text.strip()}\n", readme)


def main(arguments: list[str]) -> int:
    """Fill in what there is and say what was."""
    readme = README.read_text(encoding="utf-8")
    there = [name for name in NAMES if (KEPT / f"{name}.md").exists()]
    for name in there:
        readme = filled(readme, name, (KEPT / f"{name}.md").read_text(encoding="utf-8"))
    README.write_text(readme, encoding="utf-8")
    drawn = KEPT / PLOT.name
    if drawn.exists():
        PLOT.write_bytes(drawn.read_bytes())
    print(f"README: {', '.join(there) or 'nothing measured yet'}", file=sys.stderr)
    return 0 if there else 1
