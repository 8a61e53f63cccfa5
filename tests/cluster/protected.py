"""A node with OpenSearch's own security plugin, certificates of an authority of its own, and a user for litbase."""

import re
import secrets
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import yaml

from litbase.errors import EngineUnavailable
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from tests.cluster.cluster import Cluster, ClusterError

GUIDE: Final = Path(__file__).parents[2] / "docs" / "scale.md"
API: Final = "/_plugins/_security/api"
WAIT: Final = 20  # seconds in which a change of a role or a password is in force
PASSWORDS: Final = {"config": {"dynamic": {"authc": {"password": {
    "http_enabled": True, "order": 0, "http_authenticator": {"type": "basic", "challenge": True},
    "authentication_backend": {"type": "intern"}}}}}}  # fmt: skip
BEGUN: Final = {"config": PASSWORDS, "roles": {}, "tenants": {}, "allowlist": {}, "audit": {}, "action_groups": {},
                "internal_users": {}, "nodes_dn": {}, "roles_mapping": {}}  # fmt: skip
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
        insist(lambda: self.engine().mark())


@contextmanager
def protected(folder: Path, options: list[str]) -> Iterator[Secured]:
    """One node, until the block ends."""
    for name, names in {"node": "IP:127.0.0.1", "keeper": "DNS:keeper"}.items():
        _certify(folder, name, names)
    cluster = Cluster(folder, options, nodes=1, settings=_settings(folder))
    cluster.tls = ssl.create_default_context(cafile=folder / "authority.pem")
    cluster.tls.load_cert_chain(folder / "keeper.pem", folder / "keeper.key")
    try:
        _configure(folder / "node-0" / "config" / "opensearch-security")
        cluster.start_node(0)
        cluster.wait()
        made = Secured(cluster, folder)
        made.password_file.write_text(secrets.token_urlsafe(24))
        insist(made.clear)
        yield made
    finally:
        cluster.stop()


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
    for name, told in BEGUN.items():
        about = {"_meta": {"type": name.replace("_", ""), "config_version": 2}}
        (folder / f"{name}.yml").write_text(yaml.safe_dump(about | told))


def insist(action: Callable[[], object]) -> None:
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
