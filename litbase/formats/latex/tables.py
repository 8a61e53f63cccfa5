"""What LaTeX commands stand for: letters, signs, accents and commands that only dress their text.

Sources: the LaTeX text and math symbol lists; the commands found in real
bibliographies (TUGboat's, the biblatex examples).
"""

from typing import Final


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS: Final = _pairs(
    "aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ ij ĳ "
    "IJ Ĳ "
    "imath ı jmath ȷ dotlessi ı"
)
GREEK: Final = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
    "mu μ "
    "nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ "
    "omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
    "textalpha α textbeta β textmu µ micro µ"
)
SIGNS: Final = _pairs(
    r"textbackslash \ backslash \ textasciitilde ~ textasciicircum ^ textless < textgreater > textbar | "
    r"textbraceleft { "
    r"textbraceright } lbrace { rbrace } textasciigrave ` textquotesingle ' textquotedbl"
    ' " '
    "textquoteleft ‘ textquoteright ’ lq ‘ rq ’ textquotedblleft “ textquotedblright ” quotedblbase „ "
    "quotesinglbase ‚ "
    "glqq „ grqq “ flqq « frqq » guillemotleft « guillemotright » guillemetleft « guillemetright » guilsinglleft ‹ "
    "guilsinglright › textexclamdown ¡ textquestiondown ¿ textunderscore _ textdollar $ textpercent % textampersand "
    "& "
    "texthash # ldots … dots … textellipsis … cdots ⋯ textendash – textemdash — endash – emdash — Dash — slash / "
    "textregistered ® copyright © "
    "textcopyright © texttrademark ™ S § textsection § P ¶ textparagraph ¶ pounds £ textsterling £ euro € texteuro "
    "€ EUR € "
    "textyen ¥ yen ¥ textcent ¢ degree ° textdegree ° circ ° textordfeminine ª textordmasculine º dag † dagger † "
    "textdagger † ddag ‡ ddagger ‡ textbullet • bullet • cdot · textperiodcentered · times × texttimes × div ÷ pm ± "
    "textpm ± mp ∓ ast ∗ star ⋆ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ lt < gt > approx ≈ sim ∼ simeq ≃ equiv ≡ "
    "propto ∝ infty ∞ to → rightarrow → textrightarrow → leftarrow ← textleftarrow ← leftrightarrow ↔ Rightarrow ⇒ "
    "Leftarrow ⇐ Leftrightarrow ⇔ uparrow ↑ downarrow ↓ mapsto ↦ sum ∑ prod ∏ int ∫ sqrt √ in ∈ notin ∉ cup ∪ cap ∩ "
    "subset ⊂ subseteq ⊆ supset ⊃ emptyset ∅ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ oplus ⊕ otimes ⊗ "
    "partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ prime ′ angle ∠ perp ⊥ parallel ∥ mid | vert | Vert ‖ "
    "langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ triangle △ heartsuit ♡ flat ♭ sharp ♯ natural ♮ textnumero "
    "№ "
    "textonehalf ½ textonequarter ¼ textthreequarters ¾ checkmark ✓ textminus − hyphen - "
    "textcurrency ¤ textbrokenbar ¦ "
    "texttwosuperior ² textthreesuperior ³ textonesuperior ¹ textquotedblright ” textlangle ⟨ textrangle ⟩ "
    "textasciimacron ¯ textasciidieresis ¨ textasciiacute ´ textlnot ¬ textfractionsolidus ⁄ textdiv ÷ "
    "TeX TeX LaTeX LaTeX LaTeXe LaTeX2e BibTeX BibTeX BIBTEX BibTeX XeTeX XeTeX LuaTeX LuaTeX pdfTeX pdfTeX "
    "TUB TUGboat POSTSCRIPT PostScript AmSTeX AMSTeX METAFONT METAFONT MF METAFONT MP METAPOST PS PostScript"
)
SPACES: Final = dict.fromkeys(
    "quad qquad enspace thinspace space nobreakspace newline par linebreak hfill".split(), " "
)
SYMBOLS: Final = LETTERS | GREEK | SIGNS | SPACES
# the combining mark of each accent command, and how the accent stands alone (\~{} is a tilde)
ACCENTS: Final = {
    "`": ("\u0300", "`"), "'": ("\u0301", "´"), "^": ("\u0302", "^"), "~": ("\u0303", "~"), '"': ("\u0308", "¨"),
    "=": ("\u0304", "¯"), ".": ("\u0307", "˙"), "u": ("\u0306", "˘"), "v": ("\u030c", "ˇ"), "H": ("\u030b", "˝"),
    "c": ("\u0327", "¸"), "k": ("\u0328", "˛"), "r": ("\u030a", "˚"), "b": ("\u0331", "_"), "d": ("\u0323", "."),
    "t": ("\u0361", ""), "h": ("\u0309", ""), "G": ("\u030f", ""), "U": ("\u030e", ""), "f": ("\u0311", ""),
    "textcommabelow": ("\u0326", ","), "hat": ("\u0302", "^"), "tilde": ("\u0303", "~"), "bar": ("\u0304", "¯"),
    "acute": ("\u0301", "´"), "grave": ("\u0300", "`"), "ddot": ("\u0308", "¨"), "dot": ("\u0307", "˙"),
    "vec": ("\u20d7", "→"), "ocirc": ("\u030a", "˚"), "overline": ("\u0305", "‾"), "check": ("\u030c", "ˇ"),
    "breve": ("\u0306", "˘"),
}  # fmt: skip
CONTROL_SYMBOLS: Final = {c: c for c in "#$%&_{}"} | dict.fromkeys("\\ ,;:\t\n", " ") | dict.fromkeys("!-/@()[]", "")
RAISED: Final = str.maketrans("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻")
LOWERED: Final = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
SCRIPTS: Final = {
    "textsuperscript": (RAISED, "^"), "textsubscript": (LOWERED, "_"), "sp": (RAISED, "^"), "sb": (LOWERED, "_"),
    "mkbibsuperscript": (RAISED, "^"), "mkbibsubscript": (LOWERED, "_"),
}  # fmt: skip
EMPHASIS: Final = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i", "textbf": "b", "mkbibbold": "b",
    "strong": "b",
}  # fmt: skip
# commands that change the rest of the group they begin
SWITCHES: Final = {"em": "i", "it": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b"}
QUOTING: Final = frozenset(("enquote", "mkbibquote", "textquote"))
# commands whose first argument is not text to be read (\noopsort{1973a}, \href{address}{text}, \textcolor{red}{text})
SWALLOWING: Final = frozenset(
    "noopsort NOOPSORT sortnoop SortNoop noop phantom vphantom hphantom hspace vspace label begin end color "
    "textcolor "
    "colorbox foreignlanguage selectlanguage href fontsize fontfamily kern hypertarget hyperlink".split()
)
VERBATIM: Final = frozenset(("url", "path", "nolinkurl"))
# commands that only dress what follows; \sc and its like take no argument
DRESSING: Final = frozenset(
    "rm it bf sc em tt sf sl cal mit rmfamily sffamily ttfamily itshape scshape slshape upshape bfseries mdseries "
    "normalfont "
    "normalsize tiny scriptsize footnotesize small large Large LARGE huge Huge relax protect null ignorespaces "
    "unskip sloppy "
    "raggedright noindent displaystyle textstyle limits nolimits left right big Big bigl bigr ensuremath "
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm".split()
)
