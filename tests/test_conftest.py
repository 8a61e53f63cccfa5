"""The test session's own promises."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from litbase.paths import library_folder


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("2001:db8::1", 80, 0, 0)], ids=str)
def test_a_socket_does_not_leave_the_machine(address):
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(RuntimeError, match="tests do not reach"):
        outside.connect(address)


def test_a_socket_reaches_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_the_library_of_a_test_is_nobodys(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    assert base in library_folder(None).parents
    assert base in Path(os.environ["HOME"]).parents


def test_a_skip_fails_in_continuous_integration(session):
    assert session(ci=False) == {"skipped": 3, "xfailed": 1, "failed": 0}
    assert session(ci=True) == {"skipped": 0, "xfailed": 1, "failed": 3}


@pytest.fixture
def session(tmp_path):
    """Runs a session under this folder's conftest in a process of its own and counts its outcomes."""
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_skips.py").write_text(
        "import pytest\n"
        "@pytest.fixture\ndef absent(): pytest.skip('absent')\n"
        "def test_inside(): pytest.skip('inside')\n"
        "def test_needs(absent): pass\n"
        "@pytest.mark.xfail\ndef test_known(): assert False\n",
        "utf-8",
    )
    (tmp_path / "test_module.py").write_text("import pytest\npytest.skip('all', allow_module_level=True)\n", "utf-8")

    def run(ci: bool) -> dict[str, int]:
        environment = {**os.environ, "CI": str(ci).lower(), "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
        said = subprocess.run([*command, str(tmp_path)], env=environment, capture_output=True, text=True, cwd=tmp_path)
        counts = {word: int(n) for n, word in re.findall(r"(\d+) (\w+)", said.stdout.splitlines()[-1])}
        failed = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
        return {"skipped": counts.get("skipped", 0), "xfailed": counts.get("xfailed", 0), "failed": failed}

    return run
