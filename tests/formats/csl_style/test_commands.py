"""Style files on the command line."""

import pytest
from click.testing import CliRunner

from litbase.cli import main
from tests.formats.csl_style.written import dependent, full, kept

BIB = "@article{one2020, author={One, Ann}, title={First Things}, journal={J}, year={2020}}\n"


@pytest.fixture
def run(tmp_path):
    """run("show", ...) on a library of one article with the style file house."""
    folder = tmp_path / "library"

    def command(*args: str):
        return CliRunner().invoke(main, ["--library", str(folder), *args])

    (tmp_path / "one.bib").write_text(BIB)
    assert command("add", str(tmp_path / "one.bib")).exit_code == 0
    (folder / "styles").mkdir()
    kept(folder / "styles", full('<text variable="title" prefix="HOUSE "/>'), "house.csl")
    return command


def test_a_style_is_named_or_a_path(run, tmp_path):
    path = str(kept(tmp_path, full('<text variable="title" suffix=" OWN"/>')))
    assert run("export", "--format", "text", "--style", "house").output == "HOUSE First Things\n"
    assert run("show", "one2020", "--format", "text", "--style", path).output == "First Things OWN\n"
    assert run("show", "one2020", "--format", "text", "--style", "mla").output.startswith("One, Ann.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no style", "this is no CSL style"),
        (dependent("far"), "https://www.zotero.org/styles/far"),
        (None, "no style file"),
    ],
)
def test_a_bad_style_is_one_line_and_exit_code_1(run, tmp_path, text, said):
    path = kept(tmp_path, text, "bad.csl") if text else tmp_path / "bad.csl"
    done = run("export", "--format", "text", "--style", str(path))
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
