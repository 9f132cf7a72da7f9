"""The marks a formula may hold: every command that is understood, the character it shows, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping

IDENTIFIER, NUMBER, ORDINARY, BINARY, RELATION, OPEN, CLOSE, PUNCTUATION, BIG, FUNCTION = (
    "identifier number ordinary binary relation open close punctuation big function".split()
)
"""How a mark stands between its neighbours; what is big carries limits below and above."""


def _named(kind: str, pairs: str) -> dict[str, tuple[str, str]]:
    words = pairs.split()
    return {f"\\{name}": (shown, kind) for name, shown in zip(words[::2], words[1::2], strict=True)}


COMMANDS: Mapping[str, tuple[str, str]] = {
    **_named(
        IDENTIFIER,
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
        "mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ "
        "omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ "
        "imath ı jmath ȷ aleph ℵ",
    ),
    **_named(
        ORDINARY,
        "infty ∞ partial ∂ nabla ∇ top ⊤ intercal ⊺ bot ⊥ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ "
        "prime ′ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ Re ℜ Im ℑ dagger † square □ checkmark ✓ "
        "backslash ∖ angle ∠ triangle △",
    ),
    **_named(
        BINARY,
        "cdot ⋅ times × odot ⊙ oslash ⊘ otimes ⊗ oplus ⊕ ominus ⊖ circ ∘ ast ∗ star ⋆ pm ± mp ∓ div ÷ land ∧ wedge ∧ "
        "lor ∨ vee ∨ cap ∩ cup ∪ setminus ∖ bullet ∙",
    ),
    **_named(
        RELATION,
        "le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈ "
        "notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ nmid ∤ perp ⊥ parallel ∥ to → rightarrow → "
        "leftarrow ← longrightarrow ⟶ mapsto ↦ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ leftrightarrow ↔ implies ⟹ "
        "iff ⟺ Longrightarrow ⟹ Longleftrightarrow ⟺ ll ≪ gg ≫ succ ≻ succeq ⪰ prec ≺ preceq ⪯ colon : vdash ⊢ "
        "models ⊨ because ∵ therefore ∴ triangleq ≜ coloneqq ≔ asymp ≍",
    ),
    **_named(OPEN, "{ { lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖"),
    **_named(CLOSE, "} } rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖"),
    **_named(ORDINARY, "| ‖ vert | Vert ‖ % % & & # # $ $ _ _"),
    **_named(BIG, "sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂"),
    **{
        f"\\{name}": (name, FUNCTION)
        for name in (
            "log ln exp sin cos tan sinh cosh tanh cot sec csc arcsin arccos arctan det dim ker arg deg gcd hom Pr"
        ).split()
    },
    **{f"\\{name}": (name, BIG) for name in "max min sup inf lim limsup liminf argmax argmin".split()},
}

CHARACTERS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys("+-*", ("", BINARY)),
    **dict.fromkeys("=<>:", ("", RELATION)),
    **dict.fromkeys("([", ("", OPEN)),
    **dict.fromkeys(")]", ("", CLOSE)),
    **dict.fromkeys(",;", ("", PUNCTUATION)),
    **dict.fromkeys("|/!.?", ("", ORDINARY)),
}
"""Characters that stand for themselves, and how they stand."""

SPACES: Mapping[str, float] = {
    "\\,": 0.17, "\\:": 0.22, "\\>": 0.22, "\\;": 0.28, "\\ ": 0.25, "\\!": -0.17, "\\quad": 1.0, "\\qquad": 2.0,
    "~": 0.25, "\\enspace": 0.5, "\\thinspace": 0.17,
}  # fmt: skip
"""White space and its width, in em."""

IGNORED = frozenset(
    "\\displaystyle \\textstyle \\scriptstyle \\nonumber \\notag \\limits \\nolimits \\hfill \\allowbreak "
    "\\noindent".split()
)

ACCENTS: Mapping[str, str] = {
    "\\hat": "^", "\\widehat": "^", "\\tilde": "~", "\\widetilde": "~", "\\bar": "‾", "\\overline": "‾",
    "\\dot": "˙", "\\ddot": "¨", "\\vec": "→", "\\check": "ˇ", "\\breve": "˘", "\\overrightarrow": "→",
}  # fmt: skip
COMBINING: Mapping[str, str] = {
    "\u0302": "\\hat", "\u0303": "\\tilde", "\u0304": "\\bar", "\u0305": "\\bar", "\u0307": "\\dot", "\u0308": "\\ddot",
}  # fmt: skip
"""Characters that put an accent on the letter before them."""
UNDER: Mapping[str, str] = {"\\underline": "_"}

FONTS: Mapping[str, str] = {
    "\\mathbf": "bold", "\\bf": "bold", "\\boldsymbol": "bold-italic", "\\bm": "bold-italic", "\\pmb": "bold-italic",
    "\\mathbb": "double-struck", "\\mathds": "double-struck", "\\mathcal": "script", "\\mathscr": "script",
    "\\mathfrak": "fraktur", "\\mathrm": "roman", "\\mathsf": "sans", "\\mathtt": "monospace", "\\mathit": "italic",
}  # fmt: skip
FONT_COMMANDS: Mapping[str, str] = {
    "bold": "\\mathbf", "bold-italic": "\\boldsymbol", "double-struck": "\\mathbb", "script": "\\mathcal",
    "fraktur": "\\mathfrak", "roman": "\\mathrm", "sans": "\\mathsf", "monospace": "\\mathtt", "italic": "\\mathit",
}  # fmt: skip
"""How a font is asked for when a formula is written again."""

WORDS = frozenset("\\text \\mbox \\textrm \\textit \\textbf \\textsf \\texttt \\operatorname \\operatorname*".split())
"""Commands whose argument is words."""

TABLES: Mapping[str, tuple[str, str]] = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "cases": ("{", ""), "array": ("", ""), "aligned": ("", ""),
    "split": ("", ""), "gathered": ("", ""), "alignedat": ("", ""),
}  # fmt: skip
"""Environments with rows, and what stands around them."""

FENCES: Mapping[str, str] = {
    "(": "(", ")": ")", "[": "[", "]": "]", "\\{": "{", "\\}": "}", "|": "|", "\\|": "‖", "\\lbrace": "{",
    "\\rbrace": "}", "\\langle": "⟨", "\\rangle": "⟩", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈",
    "\\rceil": "⌉", "\\vert": "|", "\\Vert": "‖", "\\lvert": "|", "\\rvert": "|", "\\lVert": "‖", "\\rVert": "‖",
    "/": "/", "<": "⟨", ">": "⟩", ".": "",
}  # fmt: skip
"""What may follow ``\\left``, ``\\right``, ``\\middle`` and ``\\bigl``; a point stands for nothing."""

SIZES: Mapping[str, float] = {
    f"\\{size}{side}": height
    for size, height in (("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0))
    for side in ("", "l", "r", "m")
}

UNICODE: Mapping[str, str] = {
    **{shown: command for command, (shown, kind) in COMMANDS.items() if len(shown) == 1 and not shown.isascii()},
    "−": "-", "–": "-", "·": "\\cdot", "×": "\\times", "…": "\\dots", "∣": "\\mid", "≔": "\\coloneqq", "⊤": "\\top",
    "φ": "\\varphi", "ϕ": "\\phi", "∅": "\\emptyset", "→": "\\to", "⇒": "\\Rightarrow", "⇔": "\\Leftrightarrow",
    "∧": "\\land", "∨": "\\lor", "¬": "\\neg", "‖": "\\|", "⊥": "\\perp", "≤": "\\leq", "≥": "\\geq", "≠": "\\neq",
    "⟹": "\\implies", "⟺": "\\iff", "∖": "\\setminus", "⋯": "\\cdots",
}  # fmt: skip
"""Characters beyond ASCII, and the command that shows each."""
