"""compose.yaml keeps what it says: a node may go, nothing but the proxy is reached, and no password has a default."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from litbase.index.opensearch.address import parse
from litbase.settings import load
from tests.cluster.cluster import free_ports
from tests.cluster.jars import DOCUMENTED

ROOT = Path(__file__).parents[1]
GIVEN = {"SITE": "library.example.org", "DATABASE_PASSWORD_FILE": "/etc/litbase/database_password"}
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(:\?[^}]+)?\})?")


def _filled(text: str) -> str:
    """*text* as Compose fills it; a variable must be asked for, with a sentence for who forgets it."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        assert found[2], f"{found[0]} in compose.yaml has a default, or none that is asked for"
        return GIVEN[found[1]]

    return VARIABLE.sub(value, text)


WHOLE: dict[str, Any] = yaml.safe_load(_filled(TEXT))
SERVICES: dict[str, dict[str, Any]] = WHOLE["services"]
SEARCH = [name for name, service in SERVICES.items() if "opensearch" in service["image"]]
WEB = [name for name, service in SERVICES.items() if "build" in service]
DOCKERFILE = SERVICES[WEB[0]]["build"]["dockerfile_inline"]


def _instruction(name: str) -> Any:
    [line] = re.findall(rf"^{name} (.*)$", DOCKERFILE, re.M)
    return json.loads(line)


def test_three_search_nodes_choose_among_themselves_and_each_keeps_its_own_data() -> None:
    assert len(SEARCH) == 3
    for name in SEARCH:
        settings = SERVICES[name]["environment"]
        assert settings["node.name"] == name
        assert "cluster_manager" in settings["node.roles"].split(",")
        assert "data" in settings["node.roles"].split(",")
        for key in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert settings[key].split(",") == SEARCH
    assert len({SERVICES[name]["environment"]["cluster.name"] for name in SEARCH}) == 1
    assert len({SERVICES[name]["volumes"][0].split(":")[0] for name in SEARCH}) == 3


def test_half_of_the_memory_of_a_search_node_is_left_to_the_cache_of_the_disk() -> None:
    for name in SEARCH:
        heap = re.findall(r"-Xm[sx](\d+)g", SERVICES[name]["environment"]["OPENSEARCH_JAVA_OPTS"])
        assert len(set(heap)) == 1
        assert 2 * int(heap[0]) <= int(SERVICES[name]["mem_limit"].removesuffix("g"))


def test_nothing_but_the_proxy_can_be_reached() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    closed = {name for name, network in WHOLE["networks"].items() if network.get("internal")}
    assert closed == {"search", "database"}
    on = {network: {name for name in SERVICES if network in SERVICES[name]["networks"]} for network in closed}
    assert on == {"search": {*SEARCH, *WEB}, "database": {"database", *WEB}}
    assert not closed & set(SERVICES["proxy"]["networks"])


def test_passwords_come_from_files_only() -> None:
    for name, service in SERVICES.items():
        for key in service.get("environment", {}):
            assert not re.search("PASSWORD|SECRET|TOKEN", key) or key.endswith("_FILE"), (name, key)
    assert WHOLE["secrets"] == {"database_password": {"file": GIVEN["DATABASE_PASSWORD_FILE"]}}
    assert {name for name, service in SERVICES.items() if service.get("secrets")} == {"database", *WEB}
    assert set(GIVEN) == {found[1] for found in VARIABLE.finditer(TEXT) if found[1]}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_comes_back_is_watched_and_bounded_and_of_a_known_release(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["mem_limit"]
    assert service["logging"]["options"]["max-size"]
    assert "build" in service or re.search(r":\d+\.?\d*", service["image"])
    for volume in service["volumes"]:
        assert volume.split(":")[0] in WHOLE["volumes"]
    for other in service.get("depends_on", {}):
        assert "healthcheck" in SERVICES[other]


def test_two_web_processes_have_the_same_settings_and_litbase_knows_them_all(tmp_path: Path) -> None:
    assert len(WEB) == 2
    [environment] = {json.dumps(SERVICES[name]["environment"]) for name in WEB}
    settings = load(tmp_path, environ=(given := json.loads(environment)))
    known = {f"LITBASE_{name.upper()}" for name in settings.__dataclass_fields__}
    assert {name for name in given if name.startswith("LITBASE_")} <= known
    assert settings.public_url == f"https://{GIVEN['SITE']}"
    assert settings.trusted_proxies == 1
    assert settings.store == "postgresql://litbase@database/litbase"
    assert parse(settings.index).hosts == tuple((name, 9200) for name in SEARCH)
    database = SERVICES["database"]["environment"]
    assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("litbase", "litbase")


def test_the_search_nodes_are_of_the_line_that_the_tests_run_on() -> None:
    tested = DOCUMENTED.rpartition(".")[0]
    assert {SERVICES[name]["image"].rpartition(":")[2].rpartition(".")[0] for name in SEARCH} == {tested}


def test_the_proxy_asks_both_web_processes_under_the_name_of_the_site() -> None:
    caddyfile = WHOLE["configs"]["proxy"]["content"]
    assert caddyfile.startswith(f"{GIVEN['SITE']} {{")
    [asked] = re.findall(r"reverse_proxy (.*) \{", caddyfile)
    assert asked.split() == [f"{name}:8000" for name in WEB]
    assert caddyfile.count("{") == caddyfile.count("}")


@pytest.mark.slow
def test_the_image_gets_all_that_a_package_is_built_from(tmp_path: Path) -> None:
    copied = " ".join(re.findall(r"^COPY (.*) \S+$", DOCKERFILE, re.M)).split()
    for name in copied:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [extras] = re.findall(r"pip install .*'\.\[(.*)\]'", DOCKERFILE)
    assert set(extras.split(",")) <= set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    )


def test_a_command_in_the_image_gets_the_password_from_the_file_and_its_own_arguments(tmp_path: Path) -> None:
    secret = tmp_path / "database_password"
    secret.write_text("a b$c\n", encoding="utf-8")
    entry = [part.replace("/run/secrets/database_password", str(secret)) for part in _instruction("ENTRYPOINT")]
    assert str(secret) in entry[2]
    program = "import os, sys; print(os.environ['PGPASSWORD'], sys.argv[1:])"
    done = subprocess.run([*entry, sys.executable, "-c", program, "a b", "c"], capture_output=True, text=True)
    assert done.stdout == "a b$c ['a b', 'c']\n"


@contextmanager
def _served(folder: Path, port: int) -> Iterator[None]:
    program, *arguments = _instruction("CMD")
    assert program == "litbase"
    environ = {k: v for k, v in SERVICES[WEB[0]]["environment"].items() if k not in ("LITBASE_STORE", "LITBASE_INDEX")}
    environ |= os.environ | {"LITBASE_LIBRARY": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "litbase", *arguments, "--port", str(port)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()


@pytest.mark.server
def test_a_web_process_becomes_healthy_and_the_check_notices_when_it_is_gone(tmp_path: Path) -> None:
    [port] = free_ports(1)
    _, python, *check = SERVICES[WEB[0]]["healthcheck"]["test"]
    assert python == "python"
    command = [sys.executable, *(part.replace(":8000/", f":{port}/") for part in check)]

    def healthy() -> bool:
        return subprocess.run(command, capture_output=True).returncode == 0

    with _served(tmp_path, port):
        until = time.monotonic() + 30
        while not healthy():
            assert time.monotonic() < until
            time.sleep(0.2)
    assert not healthy()
