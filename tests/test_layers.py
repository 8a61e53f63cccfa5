"""The house rules a program can check: who imports whom, where packages are at home, templates, patterns."""

import ast
import importlib
import itertools
import pkgutil
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import litbase
from tests.amount import LONG

PACKAGE = Path(litbase.__file__).parent
TEMPLATES = PACKAGE.parent / "templates"

# Lowest first; the rooms of one line do not import each other.
FLOORS = (
    {"errors", "paths"}, {"record"}, {"vocabulary"}, {"fields"}, {"query"}, {"styles"}, {"formats"}, {"sources"},
    {"store", "index"}, {"settings"}, {"fetch"}, {"library"}, {"web", "cli"}, {""},
)  # fmt: skip
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
# the command `serve` starts the web application; who fetches says which version asks
SIDEWAYS = {("index.follow", "store"), ("cli", "web"), ("fetch.values", "")}
# What acts through the library, and the values it may know besides.
OUTSIDE = {"web", "cli"}
VALUES = {"errors", "paths", "record", "vocabulary", "fields", "query", "formats", "settings", "library"}
CLI = tuple(path.stem for pattern in ("cli_*.py", "console*.py") for path in PACKAGE.glob(pattern))
# A third-party package, and the modules that may import it.
HOMES = {
    "msgspec": ("record", "store", "library.bulk_jobs"), "Stemmer": ("record.text",), "rapidfuzz": ("record.match",),
    "pybtex": ("formats.bibtex.entry",), "bs4": ("formats.page.markup",), "sqlalchemy": ("store",),
    "whoosh": ("index.whoosh",),
    "numpy": ("index.whoosh",), "opensearchpy": ("index.opensearch.wire",),
    "requests": ("fetch",), "urllib3": ("fetch",),
    "flask": ("web",), "jinja2": ("web",), "waitress": ("web",), "werkzeug": ("web",), "markupsafe": ("web",),
    "click": ("cli", *CLI),
    "rich": ("cli", "console"), "pymarc": ("formats.marc.characters",),
    "zxcvbn": ("library.passwords",),
    "pycrfsuite": ("sources.references.model",),
}  # fmt: skip


class Import(NamedTuple):
    """One import: of a module of ours without "litbase.", or of a *package* of others."""

    line: int
    target: str | None
    package: str | None


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] in ("__init__", "__main__") else parts)


def room(name: str) -> str:
    part = name.partition(".")[0]
    return "cli" if part.startswith(("cli_", "console")) else part  # further commands, and what they print


MODULES = {path: module_name(path) for path in sorted(PACKAGE.rglob("*.py"))}
ROOMS = {room(name) for name in MODULES.values()}
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def imports(tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"line {node.lineno}: imports are absolute")
            case ast.ImportFrom(module="litbase"):
                for alias in node.names:
                    yield Import(node.lineno, alias.name if alias.name in ROOMS else "", None)
            case ast.ImportFrom(module=str(module)):
                yield _import(node.lineno, module)
            case ast.Import():
                for alias in node.names:
                    yield _import(node.lineno, alias.name)


def _import(line: int, module: str) -> Import:
    package, _, rest = module.partition(".")
    return Import(line, rest, None) if package == "litbase" else Import(line, None, package)


def lives_in(name: str, home: str) -> bool:
    return name == home or name.startswith(home + ".")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def why_not(name: str, target: str) -> str:
    """Why module *name* may not import our module *target*; "" when it may."""
    here, there = room(name), room(target)
    if here == there or (name, there) in SIDEWAYS or (here in OUTSIDE and target in ("", "store.values")):
        return ""
    if HEIGHT[there] >= HEIGHT[here]:
        return f"{here or 'litbase'} imports {there or 'litbase'}, which is not below it"
    if here in OUTSIDE and there not in VALUES:
        return f"{here} imports {there}; it acts only through library"
    return ""


@every_module
def test_imports_go_downwards(path):
    found = [(i.line, why_not(MODULES[path], i.target)) for i in imports(parsed(path)) if i.target is not None]
    assert [(line, why) for line, why in found if why] == []


@every_module
def test_a_third_party_package_stays_in_its_home(path):
    others = [i for i in imports(parsed(path)) if i.package and i.package not in sys.stdlib_module_names]
    strangers = [i for i in others if not any(lives_in(MODULES[path], home) for home in HOMES.get(i.package or "", ()))]
    assert strangers == []


def test_only_one_module_fetches():
    fetching = [name for path, name in MODULES.items() if any(i.package == "requests" for i in imports(parsed(path)))]
    assert len(fetching) <= 1


@pytest.mark.parametrize(
    ("name", "target", "allowed"),
    [
        ("record.text", "record.names", True),
        ("fields", "record.record", True),
        ("record.text", "fields", False),
        ("styles.apa", "formats.bibtex.read", False),
        ("formats.plain_text", "styles.apa", True),
        ("index.follow", "store.store", True),
        ("index.whoosh.engine", "store.store", False),
        ("web.search", "library.finding", True),
        ("web.search", "store.store", False),
        ("web.search", "store.values", True),
        ("console", "cli", True),
        ("library.reading", "web", False),
    ],
)
def test_the_floors_are_as_drawn(name, target, allowed):
    assert (why_not(name, target) == "") is allowed


@every_module
def test_a_module_is_described_not_empty_and_not_long(path):
    tree, length = parsed(path), len(path.read_text("utf-8").splitlines())
    assert ast.get_docstring(tree), "the first line says what the module is"
    assert len(tree.body) > 1 or path.name == "__init__.py"
    assert length <= 400


@every_module
def test_markup_is_built_in_views_only(path):
    named = {node.id for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
    reached = {node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert "Markup" not in named | reached or MODULES[path] == "web.views"


def breaks_policy(template: str) -> list[str]:
    """What in a template would break the content security policy or switch escaping off."""
    found = re.findall(r"\|\s*safe\b|{%-?\s*autoescape\s+false", template)
    # Jinja's own words go first, so that `{% set style = ... %}` is no attribute
    html = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", template, flags=re.S)
    for tag in re.findall(r"<[a-zA-Z][^<>]*>", html):
        found += re.findall(r"[\s\"'](style\s*=|on[a-z]+\s*=)", tag)
        if tag.lower().startswith("<script") and not re.search(r"\ssrc\s*=|application/ld\+json", tag):
            found.append(tag)
    return found + re.findall(r"<style\b|javascript:", html)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_keeps_the_security_policy(path):
    assert breaks_policy(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ("{{ title | safe }}", 1),
        ("{% autoescape false %}", 1),
        ('<p style="color: red">', 1),
        ("<a href='x'onclick = 'y()'>", 1),
        ("<script>alert(1)</script>", 1),
        ('<a href="javascript:x()">', 1),
        ("<style>p {}</style>", 1),
        ('<script src="{{ url }}" defer></script><script type="application/ld+json">{}</script>', 0),
        ('{% set style = "apa" %}<p class="style online">a safe place</p>', 0),
    ],
)
def test_the_policy_check_finds_what_breaks_it(template, count):
    assert len(breaks_policy(template)) == count


def loaded(*arguments: str) -> set[str]:
    """The modules that are there when the command with these *arguments* has done its work."""
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['litbase', *{arguments!r}]\n"
        "try:\n    runpy.run_module('litbase', run_name='__main__')\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return set(done.stderr.split())


def test_help_loads_no_heavy_package():
    assert {"sqlalchemy", "numpy", "whoosh", "flask", "pybtex"}.isdisjoint(loaded("--help"))


@pytest.mark.parametrize("command", ["search towns", "show roe2001", "export towns", "history roe2001"])
def test_what_only_looks_loads_nothing_that_reads(tmp_path, command):
    library, file = str(tmp_path / "library"), tmp_path / "a.bib"
    file.write_text("@book{roe2001, title = {Towns}, author = {Roe, Ann}, year = 2001, publisher = {P}}", "utf-8")
    heavy = {"bs4", "litbase.library.reading", "litbase.sources.references.names"}
    assert heavy < loaded("--library", library, "add", str(file))
    assert heavy.isdisjoint(loaded("--library", library, *command.split()))


# Letters that make a careless pattern try every way of dividing them, before an end that fits nothing.
NASTY = tuple(
    (part * (100_000 // len(part) + 1))[:100_000]
    for part in ("a", "A", "1", " ", "\n", "-", "(", ",", ".", "{", "<", '"', "'a", "A. ", "a ", "1-", "a,", "&amp;",
                 "\\", "{\\", "<a ", "10.1/", "Jan ", "a: ", " \n")
)  # fmt: skip
END = "\x00"
SECONDS = 5.0  # of processor time for all the letters; a good pattern needs a hundredth of it, a bad one a minute
PART = 10  # a tenth of the letters needs a hundredth of the time at least, unless that grows faster than their square
METHODS = {"search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"}


def patterns_of(value: object, depth: int = 3) -> Iterator[re.Pattern]:
    """The compiled patterns in a value, alone or in a table."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)) and depth:
        for item in value:
            yield from patterns_of(item, depth - 1)
    elif isinstance(value, dict) and depth:
        yield from patterns_of([*value.keys(), *value.values()], depth)


@cache
def uses() -> dict[str, set[str]]:
    """The methods called on each name of the package: {"_YEAR": {"match"}}; a name imported elsewhere counts too."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=method) if method in METHODS:
                    found.setdefault(name, set()).add(method)
    return found


class TooSlow(Exception):
    """A pattern used up its time."""


@cache  # modules import patterns of each other
def slow_text(pattern: re.Pattern, methods: frozenset[str]) -> str:
    """The first nasty text that *pattern* cannot get through in time, with the method; "" when there is none.

    The whole text is tried where a part of it took so long that the whole may take too long.
    """
    for method, text in itertools.product(sorted(methods), NASTY):
        try:
            if LONG or seconds(pattern, method, text[: len(text) // PART]) > SECONDS / PART**2:
                seconds(pattern, method, text)
        except TooSlow:
            return f"{method} {text[:12]!r}"
    return ""


def seconds(pattern: re.Pattern, method: str, text: str) -> float:
    """The processor time that *pattern* needs for *text*; raises TooSlow when that is up."""

    def alarm(*_: object) -> None:
        raise TooSlow

    subject = (text + END).encode() if isinstance(pattern.pattern, bytes) else text + END
    before, begun = signal.signal(signal.SIGVTALRM, alarm), time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        getattr(pattern, method)(subject)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.thread_time() - begun


MODULE_NAMES = sorted(m.name for m in pkgutil.walk_packages([str(PACKAGE)], "litbase.") if "__main__" not in m.name)


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULE_NAMES)
def test_no_pattern_is_slow_on_nasty_letters(name):
    """A searched pattern that begins with \\s* starts anew at every space of a long run; (?<!\\s)\\s* does not."""
    slow = {}
    for variable, value in list(vars(importlib.import_module(name)).items()):
        for pattern in patterns_of(value):
            called = uses().get(variable, set()) if value is pattern else set()
            methods = called & {"match", "fullmatch"} | (
                {"search"} if called - {"match", "fullmatch"} or not called else set()
            )
            if text := slow_text(pattern, frozenset(methods)):
                slow[pattern.pattern] = text
    assert slow == {}


def test_the_pattern_check_finds_a_slow_one(monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "SECONDS", 0.5)  # what is slow here needs minutes
    assert slow_text(re.compile(r"\s*-"), frozenset({"search"}))
    assert slow_text(re.compile(r"\w*\w*-"), frozenset({"match"}))
    assert not slow_text(re.compile(r"\s*-"), frozenset({"match"}))
    assert not slow_text(re.compile(r"\ba+b|\d{4}"), frozenset({"search"}))
