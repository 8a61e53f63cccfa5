"""What a built wheel holds."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_a_wheel_holds_the_package_with_templates_and_references_and_no_tests(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("litbase-*.whl")
    held = {Path(name) for name in ZipFile(wheel).namelist() if ".dist-info" not in name}
    assert {path.parts[0] for path in held} == {"litbase"}
    for folder in ("templates", "references"):
        shipped = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {Path("litbase") / path for path in shipped} <= held
    modules = {path.relative_to(ROOT) for path in (ROOT / "litbase").rglob("*.py")}
    assert modules <= held
