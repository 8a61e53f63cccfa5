"""The guides in docs: their commands run, in their order, and every link in them leads somewhere."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LIBRARY = (DOCS / "library.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
SKIPPED = re.compile(r"(python3 -m venv|\S*pip install|export |litbase serve$|curl )")  # tried by hand, or elsewhere


def commands(guide: str) -> Iterator[tuple[str, str]]:
    """Each command of a guide with what is printed under it."""
    for block in BLOCK.findall(guide):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


def patterned(printed: str) -> re.Pattern[str]:
    """What is printed, with any number in place of a number, and anything for a line of dots."""
    line = re.escape(printed.strip()).replace("\\\n", "\n")
    return re.compile(re.sub(r"[\d,]*\d", r"[\\d,]+", line).replace(r"\.\.\.", r"[\s\S]*"))


@pytest.mark.slow
def test_the_commands_of_the_guide_for_libraries_run_and_print_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LITBASE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shutil.copytree(
        ROOT / "references", tmp_path / "eric", ignore=lambda _, names: [n for n in names if "eric" not in n]
    )
    (tmp_path / "thesaurus.json.gz").write_bytes(THESAURUS)
    program = f"{shlex.quote(sys.executable)} -m litbase "
    tried = []
    for command, printed in commands(LIBRARY):
        if SKIPPED.match(command):
            continue
        line = re.sub(r"^litbase ", lambda _: program, command).replace("python3", shlex.quote(sys.executable))
        done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (command, done.stdout[-500:], done.stderr[-500:])
        tried.append(command)
        if command in SAME:
            assert patterned(printed).search(done.stdout + done.stderr), (command, done.stdout, done.stderr)
    assert set(SAME) <= set(tried)
    assert len(tried) >= 12


SAME = (  # commands whose words, numbers apart, do not depend on the records
    "litbase index",
    "litbase verify",
    "litbase export --all text/",
    "litbase thesaurus show 'Gifted Students'",
)
THESAURUS = b"""descriptor,used_for,broader
Academically Gifted,Able Students; Gifted Students; High Ability Students; Superior Students,Gifted
Gifted,,
"""


def test_the_settings_of_the_guide_are_settings(tmp_path: Path) -> None:
    from litbase.settings import load

    [toml] = re.findall(r"^```toml\n(.*?)^```$", LIBRARY, re.S | re.M)
    files = re.findall(r'^# (\w+ = "([^"]+)")', toml, re.M)
    for _, name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "litbase.toml").write_text(re.sub("^# ", "", toml, flags=re.M), encoding="utf-8")
    settings = load(tmp_path, environ={})
    assert (settings.name, settings.logo) == ("Education Library", "logo.svg")


def test_the_settings_of_the_guide_to_serving_are_settings(tmp_path: Path) -> None:
    from litbase.settings import load

    text = (DOCS / "serving.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (\w+ = (?:\"[^\"]*\"|\d+) +#.*)$", text, re.M)
    (tmp_path / "litbase.toml").write_text("\n".join(lines), encoding="utf-8")
    assert load(tmp_path, environ={}).trusted_proxies == 1
    assert len(lines) == 4


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_link_of_a_guide_leads_somewhere(path: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", path.read_text(encoding="utf-8")):
        linked = path.parent / target if target else path
        assert linked.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, anchor
