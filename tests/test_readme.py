"""The tables of the README are printed from the code; LITBASE_UPDATE_GOLDEN=1 rewrites them."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from litbase.cli import main
from litbase.fields import FIELDS
from litbase.formats import FORMATS
from litbase.library.detecting import READERS
from litbase.query.examples import EXAMPLES
from litbase.settings import setting_rows

UPDATE = os.environ.get("LITBASE_UPDATE_GOLDEN") == "1"
README = Path(__file__).resolve().parents[1] / "README.md"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def layouts() -> str:
    return table(("layout", "what it is", "collection"), [(f"`{r.NAME}`", r.LABEL, f"`{r.SOURCE}`") for r in READERS])


def formats() -> str:
    rows = [(f"`{f.name}`", f.label, f"`{f.suffix}`", f"`{f.mime}`") for f in FORMATS]
    return table(("`--format`", "what it is", "suffix", "type"), rows)


def fields() -> str:
    rows = [(f"`{f.name}`", " ".join(f"`{a}`" for a in f.aliases), "yes" if f.facet else "", f.help) for f in FIELDS]
    return table(("field", "also", "facet", "what it finds"), rows)


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands of *group* with their full names, those of groups inside it too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        else:
            yield before + name, command


def syntax() -> str:
    return table(("type", "to find"), [(f"`{e.typed}`", e.finds) for e in EXAMPLES])


def commands() -> str:
    assert isinstance(main, click.Group)
    rows = []
    for name, command in sorted(leaves(main)):
        arguments = [str(p.metavar or p.name.upper()) for p in command.params if isinstance(p, click.Argument)]
        options = [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]
        rows.append(
            (f"`litbase {' '.join([name, *arguments])}`", command.help or "", " ".join(f"`{o}`" for o in options))
        )
    return table(("command", "what it does", "options"), rows)


def settings() -> str:
    return table(
        ("setting", "default", "what it is"), [(f"`{n}`", f"`{d}`" if d else "", h) for n, d, h in setting_rows()]
    )


@pytest.mark.parametrize("make", [layouts, formats, syntax, fields, commands, settings], ids=lambda make: make.__name__)
def test_the_table_is_what_the_code_says(make: Callable[[], str]) -> None:
    name, text = make.__name__, README.read_text(encoding="utf-8")
    between = re.compile(rf"(<!-- {name} -->\n)(.*?)(\n?<!-- /{name} -->)", re.S)
    found = between.search(text)
    assert found, f"the README has no markers for {name}"
    if UPDATE:
        README.write_text(between.sub(lambda m: f"{m[1]}{make()}\n<!-- /{name} -->", text), encoding="utf-8")
        return
    assert found[2].strip() == make(), f"run LITBASE_UPDATE_GOLDEN=1 pytest {Path(__file__).name}"


def test_the_readme_opens_with_the_two_commands_and_a_picture() -> None:
    top = README.read_text(encoding="utf-8").split("\n## ")[0]
    assert top.index("make serve") < top.index("make test") < top.index("![")
    picture = re.search(r"!\[[^]]*\]\(([^)]+)\)", top)
    assert picture
    assert (README.parent / picture[1]).stat().st_size > 10_000


def test_every_link_of_the_readme_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README.read_text(encoding="utf-8"))
    assert [t for t in targets if not (README.parent / t).exists()] == []
