"""LaTeX to text and back: the nasty cases by name, and promises about every text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.latex.ascii import spelled
from litbase.formats.latex.marks import settled
from litbase.formats.latex.text import decode, encode, marked
from litbase.record.text import clean, squash
from tests.strategies import texts

DECODED = {
    "umlauts in braces": (r"{\"O}zg{\"u}r, Ay{\c s}e", "Özgür, Ayşe"),
    "accent on a dotless i": (r"\'{\i} {\'{\i}} \'\i", "í í í"),
    "caron, stroke, double acute": (r"\v{S}koda \l{} \H{o} \k{a} \r{A}", "Škoda ł ő ą Å"),
    "letter eats the blank behind it": (r"Bj\o rn and \O ystein", "Bjørn and Øystein"),
    "blank kept by braces or backslash": (r"\o{} x \LaTeX\ y", "ø x LaTeX y"),
    "ampersand without escape": ("AT&T", "AT&T"),
    "percent is text": ("100% of teachers", "100% of teachers"),
    "escaped signs": (r"50\% \& \$5 \#1 a\_b \{x\}", "50% & $5 #1 a_b {x}"),
    "named signs": (r"{\textless}p{\textgreater} {\textbackslash} {\textasciitilde}", r"<p> \ ~"),
    "raised and lowered": (r"\textsuperscript{2} H$_2$O 19$^{th}$ $10^{-3}$", "² H₂O 19th 10⁻³"),
    "Greek": (r"$\alpha$ and $\Omega$", "α and Ω"),
    "address": (r"\url{http://x.org/a_b%20c}", "http://x.org/a_b%20c"),
    "link with its text": (r"\href{http://x.org}{the page}", "the page"),
    "money is not mathematics": ("from $5 and $10 to $20", "from $5 and $10 to $20"),
    "quotes and dashes": ("``a'' -- b --- c -{}- d", "“a” – b — c -- d"),
    "ties": ("M{\\\"u}ller~and~Sons", "Müller and Sons"),
    "emphasis goes, its text stays": (r"On \emph{Homo} {\it sapiens} \textbf{x}", "On Homo sapiens x"),
    "sorting key hidden": (r"{\noopsort{1973a}}1973", "1973"),
    "unknown command with argument": (r"\foo{bar}", "bar"),
    "unknown command alone": (r"\foo bar", r"\foo bar"),
    "unknown logo": (r"\TikZ{} and \VAX computers", "TikZ and VAX computers"),
    "quotes by command": (r"\enquote{A \enquote{b} c} \mkbibquote{d} \enquote*{e}", "“A ‘b’ c” “d” ‘e’"),
    "fractions": (r"$\frac{1}{2}$ of $x_{max}$", "1/2 of xmax"),
    "signs with blanks around them": (r"$5 \times 7$, $\mathbf x$", "5 × 7, x"),
    "accents one above the other": (r"Nguy{\~{\^e}}n, {\'{\^e}}", "Nguyễn, ế"),
    "ring by another name": (r"Franc\ocirc{u}", "Franců"),
    "small quotes in pairs": ("`a' and the teacher's", "‘a’ and the teacher's"),
    "accent of nothing": (r"\~{}x \'", "~x ´"),
    "trailing backslash": ("x\\", "x\\"),
    "lone braces": ("{{a} b", "a b"),
    "lines are joined": ("a\n   b\tc", "a b c"),
    "composed letters": ("e\u0301", "é"),
}  # fmt: skip
ENCODED = {
    "nasty 1, every special letter": (
        'Effects of "X" & 100% of $5, snake_case #1 ~ ^ \\ <b> {ok}',
        'Effects of "X" \\& 100\\% of \\$5, snake\\_case \\#1 {\\textasciitilde} {\\textasciicircum} {\\textbackslash} '
        "{\\textless}b{\\textgreater} \\{ok\\}",
    ),
    "nasty 2, a lone brace": ("Open { brace only", r"Open {\textbraceleft} brace only"),
    "a closing brace first": ("} {", r"{\textbraceright} {\textbraceleft}"),
    "inner pair of three": ("{a {b}", r"{\textbraceleft}a \{b\}"),
    "double hyphen": ("a--b---c", "a-{}-b-{}-{}-c"),
    "double apostrophe and grave": ("''a``", r"'{}'a{\textasciigrave}{\textasciigrave}"),
    "lines are joined": (" a\n\n b ", "a b"),
    "control characters": ("a\x00b\x07", "ab"),
    "other scripts stay": ("山田 é –", "山田 é –"),
}
MARKED = {
    "command": (r"On \emph{Homo sapiens} now", "On Homo sapiens now", [(3, 15, "i")]),
    "switch": (r"{\bf Bold} {\it and} plain", "Bold and plain", [(0, 4, "b"), (5, 8, "i")]),
    "nested": (r"\textit{a \textbf{b}}", "a b", [(0, 3, "i"), (2, 3, "b")]),
    "raised letters": (r"4\textsuperscript{th} of x$_{max}$", "4th of xmax", [(1, 3, "sup"), (8, 11, "sub")]),
    "raised figures are characters": (r"x\textsuperscript{2}", "x²", []),
    "blanks inside": (r"a\emph{ b }c", "a b c", [(2, 3, "i")]),
    "nothing inside": (r"a \emph{} b", "a b", []),
    "never closed": (r"\emph{a", "a", []),
}
ASCII = {
    "accents": ("Özgür Çelik Škoda", r"{\"O}zg{\"u}r {\c{C}}elik {\v{S}}koda"),
    "letters of their own": ("Łódź ß æ ø ı", r"{\L}{\'o}d{\'z} {\ss} {\ae} {\o} {\i}"),
    "accents one above the other": ("ễ", r"{\~{\^e}}"),
    "combined": ("x̄", r"{\=x}"),
    "dashes and quotes": ("a – “b” — ’", r"a {--} {\textquotedblleft}b{\textquotedblright} {---} {\textquoteright}"),
    "Greek and signs": ("α ≥ Δ ± °", r"{$\alpha$} {$\ge$} {$\Delta$} {\textpm} {\textdegree}"),
    "figures": ("CO₂ x²", r"CO\textsubscript{2} x\textsuperscript{2}"),
    "other scripts stay": ("山田 Привет", "山田 Привет"),
}
BOMBS = {
    "5,000 braces": "{" * 5000 + "x" + "}" * 5000,
    "accents of accents": r"\'{" * 20_000,
    "addresses without end": r"\url{" * 20_000,
    "dollars": "$" * 100_000,
    "open mathematics": "$a " * 30_000,
    "backslashes": "\\" * 100_000,
    "carets": "$^" * 50_000,
    "hyphens": "-" * 100_000,
}


@pytest.mark.parametrize(("latex", "text"), DECODED.values(), ids=DECODED)
def test_latex_is_read_as_a_reader_sees_it(latex, text):
    assert decode(latex) == text


@pytest.mark.parametrize(("text", "latex"), ENCODED.values(), ids=ENCODED)
def test_text_is_escaped_once(text, latex):
    assert encode(text) == latex


@pytest.mark.parametrize(("latex", "text", "stretches"), MARKED.values(), ids=MARKED)
def test_emphasis_is_kept_beside_the_text(latex, text, stretches):
    assert settled(marked(latex)) == (text, tuple(stretches))
    assert decode(latex) == text


@pytest.mark.parametrize(("text", "latex"), ASCII.values(), ids=ASCII)
def test_letters_and_signs_become_commands(text, latex):
    assert spelled(text) == latex
    assert decode(latex) == text


@given(texts())
def test_what_is_spelled_in_commands_reads_back_the_same(text):
    plain = squash(clean(text))
    if not any(unicodedata.combining(character) for character in plain):
        assert decode(spelled(encode(plain))) == plain


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_no_text_takes_long(text):
    start = time.process_time()
    decode(text)
    encode(text)
    assert time.process_time() - start < 8


@given(texts())
def test_what_is_escaped_reads_back_the_same(text):
    assert decode(encode(text)) == squash(clean(text))


@given(texts())
def test_escaped_text_has_balanced_braces_and_no_command_that_acts(text):
    latex = encode(text)
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    for command in ("\\input", "\\include", "\\write", "\\csname", "\\catcode", "\\def"):
        assert command not in latex


@given(st.text(alphabet="\\{}$^_'\"`~-cvHiaz \n%&", max_size=200))
def test_any_latex_is_read_without_an_error(latex):
    assert decode(latex) == squash(decode(latex))
