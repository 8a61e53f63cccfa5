"""What LaTeX makes of our exports: BibTeX, biber and pdflatex take all of them, and nothing in them is a command.

BibLaTeX is typeset where its package is installed; `make latex` insists on it.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.quality._records import eric, invented, styled
from litbase.formats import by_name
from litbase.formats.latex.ascii import spelled
from litbase.formats.options import Options
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, replace, to_json
from tests.amount import amount

INSTALL = "apt-get install -y --no-install-recommends texlive-latex-base biber"
WITH_BIBLATEX = "apt-get install -y --no-install-recommends texlive-bibtex-extra texlive-latex-recommended biber"
PREAMBLE = r"\documentclass{article}\usepackage[T1]{fontenc}"
BIBTEX = {"plain": "", "apalike": "", "plainnat": r"\usepackage{natbib,url}", "abbrvnat": r"\usepackage{natbib,url}"}
BIBLATEX = ("numeric", "authoryear")
ERIC = amount(60, 400)
LATIN = re.compile("[\x20-\x7e\n\u00a1-\u017f–—“”‘’„…]*")  # what pdflatex knows in its default encodings


def found(*programs: str) -> None:
    if missing := [program for program in programs if not shutil.which(program)]:
        pytest.skip(f"{' and '.join(missing)}: not installed: {INSTALL}")


def has_biblatex() -> bool:
    if os.environ.get("LITBASE_LATEX"):
        return True
    if not (shutil.which("kpsewhich") and shutil.which("biber")):
        return False
    return subprocess.run(["kpsewhich", "biblatex.sty", "etoolbox.sty"], capture_output=True).returncode == 0


def run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "max_print_line": "1000", "openout_any": "p"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=240)
    return done.stdout.decode("utf-8", "replace")


def typeset(folder: Path, records: list[Record], style: str, options: Options, *arguments: str) -> str:
    """The log of pdflatex over a bibliography of *records* in a BibTeX style."""
    (folder / "refs.bib").write_text("".join(by_name("bibtex").dump(records, options)), encoding="utf-8")
    ending = rf"\nocite{{*}}\bibliographystyle{{{style}}}\bibliography{{refs}}\end{{document}}"
    (folder / "text.tex").write_text(rf"{PREAMBLE}{BIBTEX.get(style, '')}\begin{{document}}{ending}", encoding="utf-8")
    latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", *arguments, "text")
    run(folder, *latex)
    told = run(folder, "bibtex", "text")
    assert not re.findall("^(?:I couldn't|I was expecting|Illegal|Repeated entry).*", told, re.M), told
    run(folder, *latex)
    return (folder / "text.log").read_text(encoding="utf-8", errors="replace")


def complaints(log: str) -> list[str]:
    return re.findall(r"^(?:! .*|Missing character.*|.*Emergency stop.*)", log, re.M)


def named(records: list[Record], ascii: bool) -> list[Record]:
    """*records* under keys of their own, without those pdflatex has no letters for."""
    texts = (to_json(replace(record, url="", body="", references=())) for record in records)
    plain = (LATIN.fullmatch(spelled(text) if ascii else text) for text in texts)
    return [replace(record, citation_key=f"k{n}") for n, record in enumerate(records) if next(plain)]


@pytest.fixture(scope="module")
def real(shared) -> list[Record]:
    """Every kind, what breaks programs, the style items, and records of ERIC."""
    return [*invented(), *styled(shared), *list(eric(shared, ERIC))[:ERIC]]


@pytest.mark.parametrize("style", BIBTEX)
def test_bibtex_and_latex_take_every_record(style, real, tmp_path):
    found("pdflatex", "bibtex")
    records = named(real, ascii=False)
    assert len(records) > ERIC + 50
    log = typeset(tmp_path, records, style, Options())
    assert complaints(log) == []
    assert "PDF statistics" in log  # it came to the end


def test_letters_as_commands_are_typeset_by_old_styles_too(real, tmp_path):
    found("pdflatex", "bibtex")
    records = named(real, ascii=True)
    assert len(records) > len(named(real, ascii=False))  # Greek letters and signs are commands now
    log = typeset(tmp_path, records, "alpha", Options(ascii=True, protect="all"))
    assert complaints(log) == []


ATTACKS = (
    r"\input{secret}", r"\write18{touch pwned}", r"\immediate\write18{touch pwned}", "\\input secret ",
    r"\csname input\endcsname secret ", r"^^5cinput{secret}", r"}\input{secret}{", r"$\input{secret}$",
    r"\\input{secret}", r"{\input{secret}}", r"%}\input{secret}", r"@preamble{\input{secret}}",
    r"\begin{verbatim}", r"\end{document}", r"\def\x{\x}\x", r"\catcode`\%=0", "|touch pwned", '"|touch pwned"',
    "} }\n@comment{", '\n@preamble{"\\input{secret}"}\n',
)  # fmt: skip


@pytest.mark.parametrize("style", ["plain", "plainnat"])
@pytest.mark.parametrize("ascii", [False, True])
def test_nothing_in_a_record_is_a_command(style, ascii, tmp_path):
    found("pdflatex", "bibtex")
    (tmp_path / "secret.tex").write_text(r"\message{SECRET READ}", encoding="utf-8")
    records = [
        Record(
            citation_key=f"k{n}", type=kind, title=attack, container_title=attack, abstract=attack, note=attack,
            author=(Name(family=attack, given=attack), Name(literal=attack)), volume=attack, issue=attack, page=attack,
            number=attack, publisher=attack, publisher_place=attack, event_title=attack, edition=attack, doi=attack,
            url=f"https://x.org/{attack}", isbn=(attack,), issn=(attack,), keywords=(attack,), genre=attack,
            collection_title=attack, issued=PartialDate(year=1900 + n), language=(attack,),
            eric=attack, identifiers=(("arxiv", attack),),
            extra=(("bibtex:annote", attack), ("bibtex:howpublished", attack), ("bibtex:pdf", attack)),
        )
        for n, (attack, kind) in enumerate((a, kind) for a in ATTACKS for kind in ("article-journal", "report"))
    ]  # fmt: skip
    log = typeset(tmp_path, records, style, Options(ascii=ascii), "-shell-escape")
    assert "SECRET" not in log
    assert not (tmp_path / "pwned").exists()
    assert complaints(log) == []
    assert "PDF statistics" in log  # it came to the end


@pytest.mark.parametrize("ascii", [False, True])
def test_biber_takes_every_record_and_gives_it_back(ascii, real, tmp_path):
    found("biber")
    records = [replace(record, citation_key=f"k{n}") for n, record in enumerate(real)]
    text = "".join(by_name("biblatex").dump(records, Options(ascii=ascii)))
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    told = run(tmp_path, "biber", "--tool", "--validate-datamodel", "--output-file=out.bib", "refs.bib")
    assert re.findall("^ERROR.*", told, re.M) == []
    assert re.findall("Invalid format.*|Invalid value.*|Name .*(?:malformed|invalid).*", told) == []
    out = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"^@[A-Z]+\{k\d+,$", out, re.M)) == len(records)


if has_biblatex():

    @pytest.mark.parametrize("style", BIBLATEX)
    def test_biblatex_takes_every_record(style, real, tmp_path):
        records = named(real, ascii=False)
        (tmp_path / "refs.bib").write_text("".join(by_name("biblatex").dump(records)), encoding="utf-8")
        (tmp_path / "text.tex").write_text(
            rf"{PREAMBLE}\usepackage[backend=biber,style={style}]{{biblatex}}\addbibresource{{refs.bib}}"
            r"\begin{document}\nocite{*}\printbibliography\end{document}",
            encoding="utf-8",
        )
        latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", "text")
        run(tmp_path, *latex)
        assert re.findall("^ERROR.*", run(tmp_path, "biber", "text"), re.M) == [], WITH_BIBLATEX
        run(tmp_path, *latex)
        log = (tmp_path / "text.log").read_text(encoding="utf-8", errors="replace")
        assert complaints(log) == []
        assert "PDF statistics" in log  # it came to the end
