"""What a node is made of: the jars of Maven Central, our launcher, and an archive of the classes that a node loads.

The jars are fetched once into build/opensearch (Maven keeps its own copies in ~/.m2); the archive halves the time that
a node takes to start.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zipfile import ZipFile

HERE: Final = Path(__file__).parent
BUILD: Final = HERE.parents[1] / "build" / "opensearch"
DOCUMENTED: Final = "2.19.1"  # the last line that runs on Java 17, whose compiler also reads its classes
VERSION: Final = os.environ.get("LITBASE_OPENSEARCH") or DOCUMENTED
JAVA: Final = os.environ.get("LITBASE_JAVA") or "java"
HEAP: Final = "384m"
PROGRAMS: Final = {"java": "default-jdk-headless", "javac": "default-jdk-headless", "mvn": "maven"}
PLUGINS: Final = (
    "org.opensearch.transport.Netty4Plugin",
    "org.opensearch.analysis.common.CommonAnalysisPlugin",
    "org.opensearch.index.mapper.MapperExtrasPlugin",
    "org.opensearch.index.reindex.ReindexPlugin",
)
SECURITY: Final = "org.opensearch.security.OpenSearchSecurityPlugin"
JVM: Final = (
    f"-Xms{HEAP}",
    f"-Xmx{HEAP}",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a node of a test does not live long enough to be compiled well
    "-XX:CICompilerCount=1",
    "-Xshare:auto",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.allocator.numDirectArenas=1",
    "-Dio.netty.allocator.numHeapArenas=1",
)


class ClusterError(RuntimeError):
    """A cluster, or what it is made of, is not as the tests need it."""


def missing() -> str:
    """What is not installed here that a cluster needs, with the line that installs it; empty when nothing is."""
    packages = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    wanted = " ".join(sorted(packages))
    return f"{wanted} not installed: apt-get install -y --no-install-recommends {wanted}" if wanted else ""


def made(version: str, archived: Callable[[Path, list[str]], None]) -> list[str]:
    """What is said to Java for a node of *version*; fetched, compiled and *archived* where that is not done yet.

    It stands in a folder named by what it is made from, so that others go on with theirs.
    """
    folder = _folder(version)
    jars, launcher, archive = (folder / name for name in ("jars", "node.jar", "node.jsa"))
    options = [*JVM, *_own(version), "-cp", f"{launcher}{os.pathsep}{jars}/*"]
    with _once(folder, "complete") as is_there:
        if not is_there:
            _fetch(version, jars)
            _compile(folder, jars if version == DOCUMENTED else _documented_jars())
            archived(archive, options)
    return [f"-XX:SharedArchiveFile={archive}", *options]


def secured(options: list[str], version: str) -> list[str]:
    """The *options* of a node with OpenSearch's own security plugin.  Raises ClusterError where there is none."""
    folder = _folder(version)
    jars = folder / "security"
    with _once(folder, "secured") as is_there:
        if not is_there:
            plugin = f"org.opensearch.plugin:opensearch-security:{version}.0:zip"
            _run("mvn", "-q", "-B", "dependency:copy", f"-Dartifact={plugin}", f"-DoutputDirectory={folder}")
            [file] = folder.glob("opensearch-security-*.zip")
            with ZipFile(file) as packed:
                names = [name for name in packed.namelist() if name.endswith(".jar")]
                packed.extractall(jars, [name for name in names if not (folder / "jars" / name).exists()])
            file.unlink()
    at = options.index("-cp") + 1
    joined = [*options[:at], f"{options[at]}{os.pathsep}{jars}/*", *options[at + 1 :]]
    return [f"{option},{SECURITY}" if option.startswith("-Dplugins=") else option for option in joined]


def _folder(version: str) -> Path:
    made_from = repr((*((HERE / name).read_bytes() for name in ("pom.xml", "Node.java")), JVM, version)).encode()
    return BUILD / hashlib.sha256(made_from).hexdigest()[:12]


def _own(version: str) -> tuple[str, ...]:
    """What is said for this version only."""
    if version.startswith("2."):
        return (f"-Dplugins={','.join(PLUGINS)}",)
    renamed = (name.replace("Plugin", "ModulePlugin") for name in PLUGINS)
    return f"-Dplugins={','.join(renamed)}", "-Djava.locale.providers=CLDR,SPI"


@contextmanager
def _once(folder: Path, what: str) -> Iterator[bool]:
    """Whether *what* was done in *folder* before; it is, where nothing is raised.  One process at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / f".{what}"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield done.is_file()
        done.touch()


def _fetch(version: str, jars: Path) -> None:
    copy = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={jars}")
    lane = () if version.startswith("2.") else ("-Pthai",)
    _run("mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), f"-Dopensearch={version}", *lane, *copy)


def _documented_jars() -> Path:
    """The jars that our compiler can read; what it makes of them runs with later ones."""
    folder = _folder(DOCUMENTED)
    with _once(folder, "fetched") as is_there:
        if not is_there and not (folder / ".complete").is_file():
            _fetch(DOCUMENTED, folder / "jars")
    return folder / "jars"


def _compile(folder: Path, jars: Path) -> None:
    _run("javac", "-d", str(folder), "-cp", f"{jars}/*", str(HERE / "Node.java"))
    with ZipFile(folder / "node.jar", "w") as packed:
        packed.write(folder / "Node.class", "Node.class")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise ClusterError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
