"""litbase at OpenSearch's own security plugin: TLS, a password, and the role that docs/scale.md gives it."""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.errors import EngineUnavailable
from litbase.fields import FACETS, index_document
from litbase.index import Mark
from litbase.index.opensearch import commit
from litbase.index.opensearch import engine as engines
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Term
from litbase.record.record import Record
from tests.cluster.cluster import ClusterError, prepare
from tests.cluster.jars import DOCUMENTED, VERSION, missing, secured
from tests.cluster.protected import WAIT, Secured, insist, protected, role

pytestmark = [pytest.mark.cluster, pytest.mark.server]
BOOKS: Final = """@book{one, title={Teachers reading with their students}, author={Ann Smith}, year=2011}
@book{two, title={Learning communities}, author={Bob Brown}, year=2012}"""
BOOK: Final = "smith-2011-teachers-reading-their-students"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """The node that these tests share."""
    if reason := missing() or ("" if shutil.which("openssl") else "openssl not installed: apt-get install -y openssl"):
        pytest.skip(reason)
    with protected(tmp_path_factory.mktemp("secured"), _options()) as made:
        yield made


@pytest.fixture
def secure(node: Secured, monkeypatch: pytest.MonkeyPatch) -> Secured:
    """The node as it was at first."""
    monkeypatch.setattr(engines, "LOOK_AGAIN", 0.1)
    node.clear()
    return node


def _options() -> list[str]:
    try:
        return secured(prepare(), VERSION)
    except ClusterError:
        if VERSION == DOCUMENTED:
            raise
        pytest.skip(f"Maven Central has no security plugin for OpenSearch {VERSION}")


def _said(action: Callable[[], object], part: str) -> str:
    """What *action* fails with, once *part* is in it."""
    until, told = time.monotonic() + WAIT, ""
    while part not in told and time.monotonic() < until:
        try:
            action()
        except EngineUnavailable as error:
            told = str(error)
        time.sleep(0.1)
    assert part in told, told
    return told


@pytest.fixture
def run(secure: Secured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run("search", "x", index=...) is a command on a library whose index is on the node, unless told otherwise."""
    usual = {"index": secure.address, "index_user": "litbase", "index_password_file": str(secure.password_file),
             "index_ca_file": str(secure.authority)}  # fmt: skip

    def command(*words: str, **settings: str) -> Result:
        for name, value in (usual | settings).items():
            monkeypatch.setenv(f"LITBASE_{name.upper()}", value)
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *words])

    (tmp_path / "books.bib").write_text(BOOKS, encoding="utf-8")
    return command


def test_every_command_works_with_the_role_that_is_documented(run: Callable[..., Result], tmp_path: Path) -> None:
    def done(*words: str) -> str:
        result = run(*words)
        assert (result.exit_code, "Saved; searchable when" in result.output) == (0, False), result.output
        return result.output

    done("add", str(tmp_path / "books.bib"))
    assert "Learning communities" in done("search", "bob communities")
    assert "Teachers reading" in done("search", "teachers NEAR/9 reading NEAR/9 students")
    assert "TY  - BOOK" in done("export", "author:smith", "--format", "ris")
    done("edit", BOOK, "title=Pupils reading")
    assert "Pupils reading" in done("search", "pupils")
    done("verify", "--repair")
    done("index", "--rebuild")
    assert "Pupils reading" in done("search", "pupils")
    done("verify")


def _everything(engine: OpenSearchEngine) -> None:
    """All that an engine does."""
    documents = [
        index_document(Record(id=f"d{n}", title=f"Teachers reading with their students {n}")) for n in range(9)
    ]
    engine.write(documents, (), Mark("s", "e", 1))
    engine.write(documents[:2], ["d8"], Mark("s", "e", 2))
    assert engine.mark() == Mark("s", "e", 2)
    facets = tuple(FacetRequest(name, 5) for name in FACETS)
    assert engine.search(SearchRequest(Term("title", "reading"), facets=facets)).total == 8
    assert engine.search(SearchRequest(sort="title", offset=20_000, limit=5)).total == 8
    assert len(list(engine.scan(SearchRequest(sort="title")))) == 8
    assert engine.suggest("author", "a", 3) == ()
    assert len(engine.titled("teachers", 3)) == 3
    assert engine.respell("raeding")[0][0] == "reading"
    engine.clear()
    engine.write(documents, (), Mark("s", "e", 3))
    engine.inspect()
    assert engine.search(SearchRequest()).total == 9


def test_the_engine_does_all_it_can_with_the_role_that_is_documented(
    secure: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was replaced long ago is dropped."""
    monkeypatch.setattr(commit, "KEPT", timedelta(0))
    _everything(secure.engine())
    assert len(secure.cluster.call("GET", "/litbase-2*")) == 1
    assert list(secure.cluster.call("GET", "/_alias/litbase")) == list(secure.cluster.call("GET", "/litbase-2*"))


LEFT_OUT = {
    "cluster:monitor/main": "cluster:monitor/main",
    "indices:data/write/bulk": "indices:data/write/bulk",
    "indices_all": "indices:data/read/get",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_no_permission_of_the_role_can_be_left_out(secure: Secured, name: str) -> None:
    """The one that is missing is named."""
    less = role()
    less["cluster_permissions"] = [one for one in less["cluster_permissions"] if one != name]
    less["index_permissions"] = less["index_permissions"] if name != "indices_all" else []
    assert less != role()
    secure.change_role(less)
    lacking = f"no permissions for [{LEFT_OUT[name]}]"
    told = _said(lambda: _everything(secure.engine()), lacking)
    assert told.endswith(
        f"does not let the user of litbase do this: {lacking}; docs/scale.md has the role that it needs"
    )


WRONG: Mapping[str, tuple[Callable[[Secured], dict[str, str]], str]] = {
    "another password": (lambda on: {"index_password_file": str(on.authority)}, "refuses the user or the password"),
    "no user": (lambda on: {"index_user": "", "index_password_file": ""}, "asks for a user and a password"),
    "another authority": (
        lambda on: {"index_ca_file": str(on.folder / "keeper.pem")},
        "certificate that is not trusted",
    ),
    "another name": (
        lambda on: {"index": on.address.replace("127.0.0.1", "localhost")},
        "a certificate that is not one of localhost; name it in LITBASE_INDEX as its certificate does",
    ),
    "no TLS": (lambda on: {"index": on.address.replace("tls=1&", "")}, "with TLS its address ends in ?tls=1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_line_and_records_are_saved_and_shown(
    secure: Secured, run: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    wrong, why = WRONG[name]
    settings = wrong(secure)
    added = run("add", str(tmp_path / "books.bib"), **settings)
    assert (added.exit_code, why in added.output) == (0, True), added.output
    found = run("search", "reading", **settings)
    assert found.exit_code != 0
    [line] = found.output.strip().splitlines()
    assert why in line
    assert "Teachers reading" in run("show", BOOK, **settings).output
    assert run("index").exit_code == 0
    assert "Teachers reading" in run("search", "reading").output


def test_who_may_only_read_reads_and_what_is_new_waits(secure: Secured) -> None:
    engine = secure.engine()
    one, two = (index_document(Record(id=id, title="Words")) for id in "ab")
    engine.write([one], (), Mark("s", "e", 1))
    reading = {"index_patterns": ["litbase-*"], "allowed_actions": ["read", "indices:admin/aliases/get"]}
    secure.change_role({"cluster_permissions": ["cluster:monitor/main"], "index_permissions": [reading]})
    _said(lambda: engine.write([two], (), Mark("s", "e", 2)), "no permissions for [indices:data/write/bulk]")
    assert (engine.search(SearchRequest()).total, engine.mark()) == (1, Mark("s", "e", 1))
    secure.change_role(role())
    insist(lambda: engine.write([two], (), Mark("s", "e", 2)))
    assert engine.search(SearchRequest()).total == 2


def test_another_password_and_other_certificates_are_known_at_once(secure: Secured, tmp_path: Path) -> None:
    """As the guide says."""
    password, authority = tmp_path / "password", tmp_path / "authority.pem"
    password.write_bytes(secure.password_file.read_bytes())
    authority.write_bytes((secure.folder / "keeper.pem").read_bytes())
    engine = secure.engine(password=str(password), authority=str(authority))
    _said(engine.mark, "certificate that is not trusted")
    authority.write_bytes(secure.authority.read_bytes())
    insist(lambda: engine.write([index_document(Record(id="a", title="Words"))], (), Mark("s", "e", 1)))
    secure.change_password(other := secrets.token_urlsafe(24))
    _said(lambda: engine.search(SearchRequest()), "refuses the user or the password")
    password.write_text(other)
    assert engine.search(SearchRequest()).total == 1
