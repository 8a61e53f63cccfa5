"""LaTeX to text and back: the nasty cases by name, and promises about every text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.latex import decode, encode
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


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_no_text_takes_long(text):
    start = time.perf_counter()
    decode(text)
    encode(text)
    assert time.perf_counter() - start < 2


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
