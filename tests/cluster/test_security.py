"""A node with OpenSearch's own security plugin: TLS, a password, and the role that docs/scale.md gives litbase."""

import re
import secrets
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.errors import EngineUnavailable
from litbase.fields import FACETS, index_document
from litbase.index import Mark
from litbase.index.opensearch import commit
from litbase.index.opensearch import engine as engines
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Term
from litbase.record.record import Record
from tests.cluster.cluster import Cluster, ClusterError, prepare
from tests.cluster.jars import DOCUMENTED, VERSION, missing, secured

pytestmark = [pytest.mark.cluster, pytest.mark.server]
GUIDE: Final = Path(__file__).parents[2] / "docs" / "scale.md"
API: Final = "/_plugins/_security/api"
EMPTY: Final = (
    "action_groups",
    "internal_users",
    "nodes_dn",
    "roles",
    "roles_mapping",
    "tenants",
    "allowlist",
    "audit",
)
PASSWORDS: Final = {"config": {"dynamic": {"authc": {"password": {
    "http_enabled": True, "order": 0, "http_authenticator": {"type": "basic", "challenge": True},
    "authentication_backend": {"type": "intern"}}}}}}  # fmt: skip
KINDS: Final = {"action_groups": "actiongroups", "internal_users": "internalusers", "nodes_dn": "nodesdn",
                "roles_mapping": "rolesmapping"}  # fmt: skip
BOOKS: Final = """@book{one, title={Teachers reading with their students}, author={Ann Smith}, year=2011}
@book{two, title={Learning communities}, author={Bob Brown}, year=2012}"""
BOOK: Final = "smith-2011-teachers-reading-their-students"
WAIT: Final = 20  # seconds in which a change of a role or a password is in force
Role = dict[str, Any]
"""A role, or a user, as the security plugin has it."""


def role() -> Role:
    """The role that the guide gives litbase."""
    [block] = re.findall(r"<!-- role -->\n```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    found: Role = yaml.safe_load(block)["litbase"]
    return found


class Secured:
    """A node with TLS and passwords, what its users need to reach it, and what only its keeper may do."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self.folder = cluster, folder
        self.authority, self.password_file = folder / "authority.pem", folder / "password"
        self.address = f"{cluster.address}litbase?tls=1&timeout=5"
        self._put: dict[str, Role] = {}

    def change_password(self, password: str) -> None:
        """That of litbase, at the server only."""
        self._change("internalusers", {"password": password, "opendistro_security_roles": ["litbase"]})

    def change_role(self, given: Role) -> None:
        """That of litbase; `role` is the one that is documented."""
        self._change("roles", given)

    def _change(self, kind: str, given: Role) -> None:
        if self._put.get(kind) != given:
            self.cluster.call("PUT", f"{API}/{kind}/litbase", given)
            self._put[kind] = given

    def engine(
        self, address: str = "", user: str = "litbase", password: str = "", authority: str = ""
    ) -> OpenSearchEngine:
        """An engine as an operator's settings make it."""
        file = password or str(self.password_file)
        return OpenSearchEngine(
            parse(address or self.address, user, file if user else "", authority or str(self.authority))
        )

    def clear(self) -> None:
        """No index of litbase is there, and its password and its role are as documented, and in force."""
        for index in self.cluster.call("GET", "/litbase-*"):
            self.cluster.call("DELETE", f"/{index}")
        self.change_role(role())
        self.change_password(self.password_file.read_text())
        _insist(lambda: self.engine().mark())


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """One node, started with certificates of an authority of its own."""
    if reason := missing() or ("" if shutil.which("openssl") else "openssl not installed: apt-get install -y openssl"):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("secured")
    for name, names in {"node": "IP:127.0.0.1", "keeper": "DNS:keeper"}.items():
        _certify(folder, name, names)
    cluster = Cluster(folder, _options(), nodes=1, settings=_settings(folder))
    cluster.tls = ssl.create_default_context(cafile=folder / "authority.pem")
    cluster.tls.load_cert_chain(folder / "keeper.pem", folder / "keeper.key")
    try:
        _configure(folder / "node-0" / "config" / "opensearch-security")
        cluster.start_node(0)
        cluster.wait()
        made = Secured(cluster, folder)
        made.password_file.write_text(secrets.token_urlsafe(24))
        _insist(made.clear)
        yield made
    finally:
        cluster.stop()


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


def _certify(folder: Path, name: str, names: str) -> None:
    """Writes name.pem and name.key, signed by the authority in *folder*, which is made where there is none."""
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    authority = folder / "authority.pem"
    if not authority.is_file():
        _openssl(folder, "req", "-x509", *key, "-days", "2", "-subj", "/CN=authority",
                 "-addext", "basicConstraints=critical,CA:TRUE",
                 "-keyout", "authority.key", "-out", authority.name)  # fmt: skip
    (folder / "names").write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth,clientAuth\n")
    _openssl(folder, "req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    _openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", authority.name, "-CAkey", "authority.key",
             "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", f"{name}.pem")  # fmt: skip


def _openssl(folder: Path, *command: str) -> None:
    subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)


def _settings(folder: Path) -> dict[str, str]:
    settings = {
        "plugins.security.ssl.http.enabled": "true",
        "plugins.security.ssl.transport.enforce_hostname_verification": "false",
        "plugins.security.authcz.admin_dn": "CN=keeper",
        "plugins.security.nodes_dn": "CN=node",
        "plugins.security.allow_default_init_securityindex": "true",
        "plugins.security.audit.type": "noop",
        "plugins.security.password.hashing.bcrypt.rounds": "4",
    }
    for layer in ("http", "transport"):
        for kind, name in {"pemcert": "node.pem", "pemkey": "node.key", "pemtrustedcas": "authority.pem"}.items():
            settings[f"plugins.security.ssl.{layer}.{kind}_filepath"] = str(folder / name)
    return settings


def _configure(folder: Path) -> None:
    """What the plugin begins with: passwords count, and nobody has one."""
    folder.mkdir(parents=True)
    for name in EMPTY:
        about = {"_meta": {"type": KINDS.get(name, name), "config_version": 2}}
        (folder / f"{name}.yml").write_text(yaml.safe_dump(about))
    about = {"_meta": {"type": "config", "config_version": 2}}
    (folder / "config.yml").write_text(yaml.safe_dump(about | PASSWORDS))


def _insist(action: Callable[[], object]) -> None:
    """Do *action* until it succeeds."""
    until = time.monotonic() + WAIT
    while True:
        try:
            action()
        except (ClusterError, EngineUnavailable):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


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
    _insist(lambda: engine.write([two], (), Mark("s", "e", 2)))
    assert engine.search(SearchRequest()).total == 2


def test_another_password_is_known_after_a_restart_and_other_certificates_at_once(
    secure: Secured, tmp_path: Path
) -> None:
    """As the guide says."""
    password, authority = tmp_path / "password", tmp_path / "authority.pem"
    password.write_text(secrets.token_urlsafe(24))
    authority.write_bytes((secure.folder / "keeper.pem").read_bytes())
    engine = secure.engine(authority=str(authority))
    _said(engine.mark, "certificate that is not trusted")
    authority.write_bytes(secure.authority.read_bytes())
    _insist(lambda: engine.write([index_document(Record(id="a", title="Words"))], (), Mark("s", "e", 1)))
    secure.change_password(password.read_text())
    _said(lambda: engine.search(SearchRequest()), "refuses the user or the password")
    assert secure.engine(password=str(password)).search(SearchRequest()).total == 1
