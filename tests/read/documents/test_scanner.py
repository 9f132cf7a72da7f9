"""What the scanner takes for mathematics, declarations and prose; what it leaves alone; what it says of broken text."""

from __future__ import annotations

import pytest

from derive.read.documents.text.scanner import Found, Scanner
from derive.read.documents.text.source import Source


def scan(text: str, latex: bool) -> list[Found]:
    return Scanner().scan(Source("f", text), latex)


def math(text: str, latex: bool) -> list[str]:
    return [
        f"{found.kind[0]} {found.text.strip()}" for found in scan(text, latex) if found.kind in ("display", "inline")
    ]


def broken(text: str, latex: bool) -> list[str]:
    return [
        f"{found.place.line}:{found.place.column} {found.message}"
        for found in scan(text, latex)
        if found.kind == "broken"
    ]


MARKDOWN = {
    "$$a = b$$": ["d a = b"],
    "$$\na = b\n\nc = d\n$$": ["d a = b\n\nc = d"],
    "let $x$ and $y = 1$.": ["i x", "i y = 1"],
    r"it costs \$5, or $5 and $6": [],
    "from $5 to $6.": [],
    "`$x$` and ``a ` $y$`` $z$": ["i z"],
    "```math\na = b\n```": ["d a = b"],
    "```python\n$x$\n```\n$y$": ["i y"],
    "~~~\n$x$\n~~~": [],
    "$`a = b`$": ["i a = b"],
    r"\(a\) and \[a = b\]": ["i a", "d a = b"],
    r"\\(a\\) and \\[a = b\\]": ["i a", "d a = b"],
    r"\[not a link\]": [],
    "<!-- $x$ --> $y$": ["i y"],
    "\\begin{align}\na &= b\n\\end{align}": ["d a &= b"],
    r"$$a = b \text{ where $c$ is}$$ and $d$": [r"d a = b \text{ where $c$ is}", "i d"],
    "> $$a$$": ["d a"],
    "$ a = b $": ["i a = b"],
    "θ − $θ ≤ 1$": ["i θ ≤ 1"],
}
LATEX = {
    "$a$ $$b$$": ["i a", "d b"],
    "% $a$\n$b$ % $c$": ["i b"],
    r"\verb|$a$| $b$": ["i b"],
    "\\begin{verbatim}$a$\\end{verbatim} $b$": ["i b"],
    "\\begin{lstlisting}\n$a$\n\\end{lstlisting}": [],
    r"\begin{equation*}a\end{equation*}": ["d a"],
    r"\begin{equation}\begin{split}a &= b \\ &= c\end{split}\end{equation}": [
        r"d \begin{split}a &= b \\ &= c\end{split}"
    ],
    r"\begin{gather}a=1\\b=2\end{gather}": [r"d a=1\\b=2"],
    r"\begin{alignat}{2} a &= b \end{alignat}": ["d a &= b"],
    r"\begin{multline*}a\\b\end{multline*}": [r"d a\\b"],
    r"x \\[2pt] y \[z\]": ["d z"],
    "\\begin{align}\na % \\end{align}\n\\end{align}": ["d a % \\end{align}"],
    r"\iffalse $a$ \fi $b$": ["i b"],
    r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}} \be a \ee": ["d a"],
    r"\newenvironment{eq}{\begin{equation}}{\end{equation}} \begin{eq} a \end{eq}": ["d a"],
    "a\r\n$b$\r\n": ["i b"],
}


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown(text: str) -> None:
    assert math(text, latex=False) == MARKDOWN[text]


@pytest.mark.parametrize("text", LATEX)
def test_latex(text: str) -> None:
    assert math(text, latex=True) == LATEX[text]


def test_broken_formula_does_not_hide_the_next() -> None:
    text = "one $$a = b\n\nNow there are some words here, $c$.\n\n$$d$$"
    assert broken(text, latex=False) == ["1:5 expected “$$” to close this mathematics"]
    assert math(text, latex=False) == ["i c", "d d"]
    text = "one $a\n\ntwo $b$ \\begin{align} c\n\nthree $d$ \\[ e"
    assert [message.split(" ")[0] for message in broken(text, latex=True)] == ["1:5", "3:9", "5:11"]
    assert math(text, latex=True) == ["i b", "i d"]
    assert broken("$$a = b$ c", latex=True) == ["1:1 expected “$$”, found “$”"]


def test_declarations() -> None:
    found = scan("%: x > 0\n%: y > 0\ntext\n%: z > 0", latex=True)
    assert [each.text.strip() for each in found if each.kind == "declaration"] == ["%: x > 0\n%: y > 0", "%: z > 0"]
    found = scan("a <!--: x > 0\ny > 0 --> b", latex=False)
    assert [each.text.strip() for each in found if each.kind == "declaration"] == ["x > 0\ny > 0"]


@pytest.mark.parametrize(
    ("text", "latex", "said"),
    [
        ("% derive: x > 0\n$1 = 1$", True, ["1:1 this comment declares nothing (a declaration is written “%: …”)"]),
        ("a % : index n = 1..N\n", True, ["1:3 this comment declares nothing (a declaration is written “%: …”)"]),
        ("<!-- : size n -->", False, ["1:1 this comment declares nothing (a declaration is written “<!--: … -->”)"]),
        ("% we derive: x > 0\n% : see below\n% indexed: n\n", True, []),
        ("<!-- derived: x > 0 --> `<!-- derive: x -->`", False, []),
    ],
)
def test_a_comment_that_seems_to_declare_is_said(text: str, latex: bool, said: list[str]) -> None:
    assert broken(text, latex) == said


def test_places() -> None:
    (found,) = [each for each in scan("é\r\n  $x$", latex=False) if each.kind == "inline"]
    assert (found.place.line, found.place.column) == (2, 4)


def test_input_is_read_in_its_place() -> None:
    files = {"b": Source("b.tex", "$2$ \\input{a}"), "a": Source("a.tex", "$1$")}
    scanner = Scanner(lambda name, source: files.get(name, f"there is no {name}"))
    found = scanner.scan(Source("main.tex", "$0$ \\input{a} \\input{b} \\input{c} $3$"), latex=True)
    assert [each.text for each in found if each.kind == "inline"] == ["0", "1", "2", "1", "3"]
    assert [each.message for each in found if each.kind == "broken"] == ["there is no c"]


def test_input_of_itself_is_refused() -> None:
    main = Source("main.tex", "$0$ \\input{main}")
    found = Scanner(lambda name, source: main).scan(main, latex=True)
    assert [each.message for each in found if each.kind == "broken"] == ["main includes itself"]
