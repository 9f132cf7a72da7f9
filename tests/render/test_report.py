"""Reports as pages: what they must say, that nothing of a document gets through as code, and that they can be read."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from derive.checker import Limits, judged
from derive.documents import read_document
from derive.language.claims import Claim, Equal
from derive.language.context import Context, SymbolDecl
from derive.language.terms import Index, Num, Sym
from derive.language.verdicts import Proved, Refuted, Undecided, Unread, Verdict, Witness
from derive.prove.evidence import Chain, Elimination, Move
from derive.publish import page_of_document
from derive.read.declarations import declare
from derive.render.latex import to_latex
from derive.render.record import Result
from derive.render.report.given import changes, items, laid_down
from derive.render.report.html import phrase, to_html, to_html_summary
from derive.render.report.latex import to_latex_document, to_latex_summary
from derive.render.report.markdown import to_markdown_report, to_markdown_summary
from derive.render.report.model import Heading, Material, Page, Step, page_of
from derive.render.report.phrases import Formula, formula, prose, worded
from derive.render.report.style import STYLE

HOSTILE = r"</script><script>alert(1)</script> \input{/etc/passwd} \write18{touch owned} $x$ & % # _ ^ ~ <!-- `"
WITNESS = Witness({"N": 1}, {r"\mathbf{x}": [["1/2"]], HOSTILE: "3"}, "0.5", "-0.5")
ONE = Equal(Num(Fraction(1)), Num(Fraction(1)))


def result(name: str, statement: str, verdict: Verdict, **more: object) -> Result:
    known: dict[str, object] = {"excerpt": "", "expected": None, "note": "", "source": ""}
    values = {**known, **more}
    return Result(f"d.{name}", "d", "d.md", 3, 1, "equality", statement, verdict, 0.1, **values)  # type: ignore[arg-type]


def page(*results: Result, **more: object) -> Page:
    claims = {each.id: Claim(each.id, ONE, Context(), text=each.statement) for each in results if each.word != "unread"}
    headings = more.get("headings", ())
    title = str(more.get("title", "A title"))
    return page_of(Material("d", title, "d.md", results, claims, document=True, headings=headings))  # type: ignore[arg-type]


CHAIN = page(
    result("1.1", "a = b + c", Proved("all sizes", ("c > 0",), "normal form")),
    result("1.2", "b + c = c + b", Proved("all sizes", (), "normal form")),
    result("1.3", "c + b = d", Refuted(WITNESS, "c - b", "", "c + b")),
    result("2.1", "d = e", Undecided("agrees at 3 random points")),
    result("u1", "", Unread(r"expected “\right” to close “\left(”"), excerpt=r"$\left( x$"),
)
WRITERS = [to_html, to_latex_document, to_markdown_report]


PARTS = {"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mfrac": 2, "mroot": 2}
"""How many elements stand within one of these: a browser shows another number of them as it likes."""


class _Tags(HTMLParser):
    """The elements of a page: their names and attributes, and whether each that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.within: list[int] = [0]
        self.torn: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.within[-1] += 1
        if tag not in ("meta", "br"):
            self.open.append(tag)
            self.within.append(0)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        count = self.within.pop()
        if count != PARTS.get(tag, count):
            self.torn.append(f"{tag} at {self.getpos()}")


def test_a_chain_is_one_step_and_every_line_has_its_verdict() -> None:
    first = next(part for part in CHAIN.parts if isinstance(part, Step))
    assert [line.word for line in first.lines] == ["proved", "proved", "refuted"]
    assert first.lines[1].left is None
    assert CHAIN.counts() == {"proved": 2, "refuted": 1, "undecided": 1, "unread": 1}
    assert CHAIN.conditions[0][1] == (1,)


@pytest.mark.parametrize("write", WRITERS)
def test_what_every_format_says(write: object) -> None:
    text = write(CHAIN)  # type: ignore[operator]
    for said in ("5 lines: 2 proved, 1 refuted, 1 undecided, 1 unread", "agrees at 3 random points", "0.5", "provided"):
        assert said in text
    assert "How this was checked, and what is trusted" in text


def test_correction_as_a_diff() -> None:
    assert "```diff\n- c + b\n+ c - b\n```" in to_markdown_report(CHAIN)
    html = to_html(CHAIN)
    assert html.index("<del>") < html.index("<ins>")
    assert r"\color{refuted}-" in to_latex_document(CHAIN)


def _hostile() -> Page:
    verdict = Refuted(WITNESS, HOSTILE, HOSTILE, HOSTILE)
    return page(
        result("1.1", HOSTILE, verdict, source=HOSTILE, note=HOSTILE, expected="refuted", excerpt=HOSTILE),
        result("2.1", HOSTILE, Undecided(HOSTILE), readings=(HOSTILE,), given=(HOSTILE,)),
        result("3.1", HOSTILE, Proved("all sizes", (HOSTILE,), HOSTILE, ((HOSTILE, HOSTILE),), HOSTILE)),
        result("u1", "", Unread(HOSTILE), excerpt=HOSTILE),
        title=HOSTILE,
    )


def test_nothing_of_a_document_becomes_html() -> None:
    for text in (to_html(_hostile()), to_html_summary([_hostile()])):
        tags = _Tags(text)
        assert not tags.open
        names = {name for name, _ in tags.found}
        assert not names & {"script", "iframe", "img", "object", "link", "form", "input", "base"}
        assert all(not name.startswith("on") for _, attributes in tags.found for name in attributes)
        assert "alert(1)</script>" not in text
        assert text.count("<style>") == 1


def test_nothing_of_a_document_becomes_latex() -> None:
    for text in (to_latex_document(_hostile()), to_latex_summary([_hostile()])):
        body = text.partition(r"\begin{document}")[2]
        assert r"\input" not in body
        assert r"\write" not in body
        assert body.count(r"\end{document}") == 1
        assert not re.search(r"(?<!\\)%", body)


def test_nothing_of_a_document_becomes_markdown() -> None:
    for text in (to_markdown_report(_hostile()), to_markdown_summary([_hostile()])):
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", re.sub(r"(?ms)^(`{3,})\w*$.*?^\1$", "", text))
        assert "<script" not in outside.replace(r"\<", "")


WITH_HEADINGS = page(
    result("1.1", "a = b", Proved("all sizes", (), "")), headings=[(1, 1, "One"), (2, 2, "Two"), (3, 3, "Three")]
)


@pytest.mark.parametrize("shown", [CHAIN, WITH_HEADINGS], ids=["a chain", "headings"])
def test_a_page_can_be_walked_through(shown: Page) -> None:
    text = to_html(shown)
    tags = _Tags(text).found
    levels = [int(name[1]) for name, _ in tags if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [str(attributes.get("href"))[1:] for name, attributes in tags if name == "a"]
    assert {target for target in targets if target} <= set(ids)
    assert dict(tags)["html"] == {"lang": "en"}
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_colours_can_be_told_apart(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(blocks) == 3  # light, dark, on paper
    every = [dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in blocks]
    colours = every[scheme]
    assert colours.keys() == every[0].keys()  # or paper would have some of those that stand on a dark ground
    assert set(re.findall(r"var\(--(\w+)\)", STYLE)) <= colours.keys()
    for name in set(colours) - {"paper", "line", "soft", "wash", "mend"}:
        for ground in {"paper", "soft", "wash", "mend"} & set(colours):
            light, dark = sorted((_luminance(colours[name]), _luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


def test_what_has_the_focus_is_seen() -> None:
    """Links and what unfolds get a line around them; nothing takes it away again; the way past the head comes out."""
    rules = dict(re.findall(r"([^{}]+?) \{ ([^{}]*) \}", STYLE))
    around = next(
        said for names, said in rules.items() if "a:focus-visible" in names and "summary:focus-visible" in names
    )
    assert re.search(r"outline: [2-9]px solid var\(--link\)", around)
    assert not re.search(r"outline(?:-\w+)?: *(?:none|0)\b", STYLE)
    assert re.search(r"left: -\d+rem", next(said for names, said in rules.items() if names.strip() == ".skip"))
    assert re.search(r"left: \d", next(said for names, said in rules.items() if names.strip() == ".skip:focus"))
    tags = [name for name, _ in _Tags(to_html(CHAIN)).found]
    assert not {"button", "input", "select", "textarea"} & set(tags)  # else they would need a line of their own


def test_what_a_narrow_screen_has_scrolled_can_be_reached_without_a_mouse() -> None:
    wide = " + ".join(f"a_{{{number}}}" for number in range(12))
    tags = _Tags(to_html(page(result("1.1", f"b = {wide}", Refuted(WITNESS, f"{wide} + 1", "", wide))))).found
    held = [attributes for name, attributes in tags if (name, attributes.get("class")) == ("div", "wide")]
    assert [attributes.get("tabindex") for attributes in held] == [
        None,
        "0",
        "0",
    ]  # the table, the line, the correction
    short = [attributes for name, attributes in _Tags(to_html(CHAIN)).found if "tabindex" in attributes]
    assert short == []
    conditions = page(result("1.1", "a = b", Proved("all sizes", ("c > 0", f"{wide} > 0"), "")))
    tags = _Tags(to_html(conditions)).found
    assert [attributes.get("tabindex") for name, attributes in tags if name == "li"] == [None, "0"]
    assert [attributes.get("tabindex") for name, attributes in tags if attributes.get("class") == "verdict"] == ["0"]
    assert re.search(r"(?m)^\.verdict, \.told li \{ overflow: auto hidden; \}", STYLE)
    assert re.search(r"(?m)^\.wide \{ overflow: auto hidden;.* position: relative; \}", STYLE)  # holds what is unseen
    assert re.search(r"\[tabindex\]:focus-visible[^{]*\{ outline: ", STYLE)
    assert re.search(r"(?m)^pre code \{ white-space: pre-wrap;", STYLE)  # and this is not scrolled at all


def test_what_is_told_by_a_sign_is_said_in_words() -> None:
    text = to_html(CHAIN)
    for sign, word in (("✓", "proved"), ("✗", "refuted"), ("−", "written:"), ("+", "right is:")):
        assert f'<span aria-hidden="true" title="{word}">{sign}</span><span class="unseen">{word}</span>' in text
    assert "aria-label=" not in text


def test_on_paper() -> None:
    """What is folded away stays away and what is open keeps its name; no heading is left alone, no line runs out of the
    page."""
    paper = STYLE.partition("@media print {")[2]
    assert re.search(r"details:not\(\[open\]\)[^{]*\{ display: none;", paper)
    assert not re.search(r"summary[^{]*\{ display: none", paper)
    assert re.search(r"h1, h2, h3, h4[^{]*\{ break-after: avoid;", paper)
    assert re.search(r"\.wide[^{]*\{ overflow: visible;", paper)


def test_a_mark_stays_beside_its_formula() -> None:
    text = phrase((*prose(r"given \alpha, and \beta."),))
    assert re.search(
        r'<span class="tied"><math.*?</math>,</span> and <span class="tied"><math.*?</math>\.</span>', text
    )
    assert phrase(("x", "<b>")) == "x&lt;b&gt;"


# -- what is given -----------------------------------------------------------------------------------------------------
def _shown(context: Context) -> list[str]:
    return ["".join(part if isinstance(part, str) else part.source for part in each.phrase) for each in items(context)]  # type: ignore[union-attr]


def test_given_in_words() -> None:
    context = declare(
        "index n, m = 1..N\nx_n > 0 ; S \\in \\mathbb{R}^{d \\times d} symmetric posdef\nc \\in (0, 1)", Context()
    )
    assert _shown(context) == [
        r"n, m = 1, \dots, N",
        r"x_{n} \in \mathbb{R}, positive",
        r"S \in \mathbb{R}^{d \times d}, positive definite, symmetric",
        "c \\in \\mathbb{R}, strictly between 0 and 1",
    ]


def test_what_is_given_is_said_once_and_where_it_begins() -> None:
    base = declare("x > 0", Context())
    more = declare("y > 0", base)
    first, second, third, fourth = changes([base, more, base, declare("z > 0", Context())])
    assert [(len(each.items), each.here) for each in first] == [(1, False)]
    assert [(len(each.items), each.here) for each in second] == [(1, True)]
    assert not third
    assert [(len(each.items), each.anew) for each in fourth] == [(1, True)]


def test_prose_tells_formulas_from_words() -> None:
    found = prose(r"solve hypothesis 1 for \tilde{\pi}; see proofs/mixtures and ``semi_supervised``", latex=False)
    assert [type(part).__name__ for part in found] == ["str", "Formula", "str", "Code"]


def remnants(html: str) -> list[str]:
    """LaTeX that was left in a page as text: what begins with a backslash, and dollars, where no code is shown (and
    none is quoted)."""
    return re.findall(r"\\\S*|\$", re.sub(r"<code>.*?</code>|<style>.*?</style>|“\$”", "", html, flags=re.DOTALL))


REPORTS = sorted((Path(__file__).resolve().parents[2] / "reports").rglob("*.html"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_pages_of_the_proofs(path: Path) -> None:
    """No formula was left as LaTeX, every element is closed, and every link within the page leads somewhere."""
    text = path.read_text(encoding="utf-8")
    tags = _Tags(text)
    levels = [int(name[1]) for name, _ in tags.found if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert not tags.open
    assert not tags.torn
    assert remnants(text) == []
    assert "<li><code>" not in text  # what is given is shown as mathematics, all of it
    ids = {attributes["id"] for _, attributes in tags.found if "id" in attributes}
    links = [str(attributes["href"]) for name, attributes in tags.found if name == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    for link in links:
        if not link.startswith("#"):
            assert (path.parent / link.partition("#")[0]).exists(), link


# -- what was ugly once ------------------------------------------------------------------------------------------------
def test_what_a_line_lays_down_is_not_given_beside_it() -> None:
    document = read_document(
        "<!--: x, a \\in \\mathbb{R} -->\n$$y = x^2 + 1$$\n$$\\frac{\\partial y}{\\partial x} = 2 x$$\n"
        "<!--: let z := y + a -->\n$$z = x^2 + 1 + a$$\n"
    )
    claims = document.derivation.claims
    found = changes([claim.context for claim in claims], laid_down(claims))
    said = [
        [part.source for given in here for item in given.items for part in item if isinstance(part, Formula)]
        for here in found
    ]
    assert not any(":=" in source for source in said[0] + said[1])
    assert said[2] == [r"z := y + a"]  # what a comment declares is


def test_words_stand_among_formulas_as_words() -> None:
    found = worded(r"p(z) = p_{x}(x) \left|\det \frac{\partial x}{\partial z}\right|, by the change of variables")
    assert [type(part).__name__ for part in found] == ["Formula", "str"]
    assert worded(r"k = 1, \dots, K")[0] == formula(r"k = 1, \dots, K")


def test_names_show_their_own_indices_once_and_their_marks_raised() -> None:
    d, k, j = Index("d"), Index("k"), Index("j")
    assert to_latex(Sym(r"\gamma_{d,k}", (d, k))) == r"\gamma_{d,k}"
    assert to_latex(Sym(r"\gamma_{d,k}", (d, j))) == r"{\gamma_{d,k}}_{dj}"
    assert to_latex(Sym("k", (k,))) == "k_{k}"
    assert to_latex(Sym(r"\pi*", (k,))) == r"\pi_{k}^{*}"
    assert to_latex(Sym(r"\pi°", (k,))) == r"\pi_{k}^{\circ}"
    assert to_latex(Sym("D^*")) == "D^{*}"


def test_the_value_of_a_function_is_not_given_as_itself() -> None:
    document = read_document(
        "Let $w \\in \\mathbb{R}^d$ and\n$$L(w) = w^T w .$$\nIts gradient is $$\\nabla L(w) = 2 w .$$\n"
    )
    shown = [text for claim in document.derivation.claims for text in _shown(claim.context)]
    assert r"w \in \mathbb{R}^{d}" in shown
    assert not any(text.startswith("L :=") for text in shown)


MACROS = r"""\documentclass{article}
\newcommand{\w}{\mathbf{w}}
\newcommand{\sq}[1]{#1^{2}}
\section{A \emph{first} --- heading\label{s}}
%: \w \in \mathbb{R}^d ; a \in \mathbb{R}
\[ \nabla_{\w} (a \w^T \w + \sq{a}) = a \w \]
"""


def test_macros_are_mathematics_in_the_page_and_the_authors_own_in_the_diff() -> None:
    (checked_,) = judged([read_document(MACROS, latex=True)], Limits(jobs=1))
    page = page_of_document(checked_, "notes")
    (line,) = page.lines
    correction = line.told.correction
    assert correction is not None
    assert r"\w" in correction.before
    assert isinstance(correction.wrong, Formula)
    assert isinstance(correction.right, Formula)
    markdown = to_markdown_report(page)
    assert f"- {correction.before}\n+ {correction.after}" in markdown
    assert f"- {correction.before}\n+ {correction.after}" in to_html(page).replace("&amp;", "&")
    assert r"\sq" not in to_latex_document(page)
    assert "A first — heading" in to_html(page)


def test_a_side_has_no_end_of_an_environment_that_begins_elsewhere() -> None:
    document = read_document(
        "<!--: a, b \\in \\mathbb{R} -->\n$$\\begin{aligned} (a+b)^2 &= a^2 + 2ab \\\\ "
        "&\\quad + b^2 \\end{aligned} \\in \\mathbb{R}$$\n"
    )
    first, *others = [claim.text for claim in document.derivation.claims]
    assert first == "(a+b)^2 = a^2 + 2ab + b^2"
    assert all("aligned" not in text for text in others)


def test_the_summary_states_what_is_false() -> None:
    html, tex, markdown = (write([CHAIN, CHAIN]) for write in (to_html_summary, to_latex_summary, to_markdown_summary))
    for text in (html, tex, markdown):
        assert "2 derivations, 10 lines: 4 proved, 2 refuted, 2 undecided, 2 unread" in text
        assert text.index("What is false as it is stated") < text.index("What is neither proved nor refuted")
    assert "| all | | 4 | 2 | 2 | 2 |" in markdown
    assert 'href="d.html#line-3"' in html
    assert r"c+b{}=d" in tex or r"c+b=d" in tex
    tags = _Tags(html).found
    levels = [int(name[1]) for name, _ in tags if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("ρ_nk = y_nk^{t_n} (1 - y_nk)^{1 - t_n}", ["ρ_{nk}", "y_{nk}^{t_n}", "(1 - y_{nk})^{1 - t_n}"]),
        ("an exponent is lost (t_n for y_nk^{t_n - 1}), twice", ["t_n", "y_{nk}^{t_n - 1}"]),
        ("(see above) and f(x)^2", ["f(x)^2"]),
    ],
)
def test_formulas_of_plain_text_with_blanks_inside(text: str, formulas: list[str]) -> None:
    assert [part.source for part in prose(text, latex=False) if isinstance(part, Formula)] == formulas


def test_a_correction_of_which_only_the_right_is_known_stands_below_the_side_that_is_wrong() -> None:
    verdict = Refuted(WITNESS, r"\frac{1}{1 + a}", "")
    corrected = page(result("1.1", r"g = \frac{1}{1 + b}", verdict))
    assert "```diff\n- \\frac{1}{1+b}\n+ \\frac{1}{1 + a}\n```" in to_markdown_report(corrected)
    whole = page(result("1.1", "g = b", Refuted(WITNESS, "g = a", "")))
    assert "```diff\n+ g = a\n```" in to_markdown_report(whole)


@pytest.mark.parametrize("write", WRITERS)
def test_sides_that_are_told_in_words_are_no_latex(write: object) -> None:
    witness = Witness({}, {r"\ell": "1"}, r"\ell = 1 or \ell = 2", "-", "the stated u is outside its domain")
    text = write(page(result("1.1", "a = b", Refuted(witness, None, ""))))  # type: ignore[operator]
    assert "the stated u is outside its domain" in text
    assert "right" not in text.partition("Counterexample")[2].partition("\n")[0]
    assert r"\ell = 1 or" not in text
    assert "= 1 or" in text


def test_what_the_reason_says_is_not_said_again() -> None:
    note = "cannot multiply (m × d) by (m × 1)"
    verdict = Refuted(Witness({"d": 2}, {}, "(2)", "no shape", note), "a", f"shape: {note}", "b")
    assert to_markdown_report(page(result("1.1", "a = b", verdict))).count(note) == 2  # at the top and beside the line


def test_what_the_witness_shows_besides_is_why_where_no_reason_is_given() -> None:
    """At an optimum nothing is said of two sides that differ."""
    shows = Refuted(Witness({}, {"p": "-2"}, "[1/3]", "0", "the gradient at the stated point is not zero"), None, "")
    text = to_markdown_report(page(result("1.1", "p = 1/3", shows)))
    assert text.count("**refuted**: the gradient at the stated point is not zero.") == 2
    assert text.count("the gradient at the stated point") == 2
    assert "at which the two sides differ" not in text
    expected = result("1.1", "p = 1/3", shows, expected="refuted", note="it is at one half")
    assert to_markdown_report(page(expected)).count("the gradient at the stated point") == 1


def test_letters_of_a_proof_are_mathematics_and_nothing_is_said_as_it_is_kept() -> None:
    moves = (
        Move("solve", 0, "v"),
        Move("add", 1, "'0:d"),
        Move("weigh", 1, "b{}"),
        Move("unroll", 0, "x_{k}[k-1,'0:n]"),
    )
    text = to_latex_document(page(result("1.1", "a = b", Proved("all sizes", (), str(Elimination(moves))))))
    said = "solve hypothesis 1 for $v$; sum hypothesis 2 over an index up to $d$; weigh hypothesis 2 by $b$ and sum; "
    assert said + "use the recurrence of hypothesis 1 at $k-1$; normal form" in text
    both = Chain((Elimination(moves[:1]), Elimination(moves[:1])))
    assert str(both) == str(both.parts[0])


def test_dots_between_two_ends_and_dots_that_the_author_wrote() -> None:
    notes = ["d.md:3: index c = 0..1", "d.md:4: let D := diag(d_1, ..., d_{10})", r"d.md:5: z_i \in \{1,...,K\}"]
    assumed = page_of(Material("d", "t", "d.md", [], {}, notes=notes)).assumed
    sources = [part.source for noted in assumed for part in noted if isinstance(part, Formula)]
    assert sources == [r"c = 0, \dots, 1", "D := diag(d_1, ..., d_{10})", r"z_i \in \{1,...,K\}"]


def test_what_belongs_together_stays_on_one_page() -> None:
    """A heading and what is given stay with the line below them, a statement in the summary with its verdict."""
    context = declare(r"a \in \mathbb{R}", Context())
    line = result("1.1", "a = b", Undecided("agrees at 3 random points"))
    shown = page_of(Material("d", "t", "d.md", [line], {line.id: Claim(line.id, ONE, context)}, document=True))
    tex = to_latex_document(shown)
    assert "\\begin{itemize}[endpenalty=10000]\n" in tex
    assert "\\end{itemize}\n\\going\n\\step{" in tex
    assert r"\newcommand{\step}[1]{\par\if@nobreak\else\pagebreak[2]\fi" in tex
    item = to_latex_summary([shown, shown]).partition(r"\item (1)")[2].partition(r"\end{itemize}")[0]
    assert item.count(r"\newline") == 2
    assert r"\\*" not in item  # which ends a paragraph, after which a page may end


def test_articles_are_words_and_names_are_not() -> None:
    for text in ("P is a normal distribution", "an E-step computes it, from parameters that a counterexample marks"):
        assert [part for part in worded(text) if isinstance(part, str) and (" a " in part or "E-step" in part)]
        assert Formula(formula("a").row, "a") not in worded(text)
    assert formula("a") in worded(r"component a_{k} of a")
    (noted,) = page_of(
        Material("d", "t", "d.md", [], {}, notes=["d.md:3: index c = 0..1\n  A posdef symmetric"])
    ).assumed
    assert [part if isinstance(part, str) else part.source for part in noted] == [
        "index ",
        r"c = 0, \dots, 1",
        "; ",
        "A",
        " positive definite symmetric (line\u00a03)",
    ]


def test_given_says_nothing_twice_and_nothing_of_how_it_is_kept() -> None:
    context = declare(
        "p \\in (0, 1) ; A \\in \\mathbb{R}^{d \\times d} symmetric posdef psd ; q < 2 positive", Context()
    )
    context = context.with_symbol(SymbolDecl("\\square")).with_symbol(SymbolDecl("k_*"))
    assert _shown(context) == [
        "p \\in \\mathbb{R}, strictly between 0 and 1",
        r"A \in \mathbb{R}^{d \times d}, positive definite, symmetric",
        "0 < q < 2",
        r"k_* \in \mathbb{R}",
    ]
    kept = Context().with_symbol(SymbolDecl("a"))
    more = kept.with_symbol(SymbolDecl("\\pi*"))
    gone = changes([more, more, kept])
    assert [part.source for part in gone[2][0].gone[0] if isinstance(part, Formula)] == ["\\pi^{*}"]


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    lines = [result("1.1", "a = b", Proved("all sizes", (), ""))]
    claims = {each.id: Claim(each.id, ONE, Context()) for each in lines}
    headings = [(1, 1, "One"), (1, 2, "Empty"), (2, 2, "Two"), (2, 3, "Below")]
    made = page_of(Material("d", "t", "d.md", lines, claims, document=True, headings=headings))
    assert [part.text for part in made.parts if isinstance(part, Heading)] == [("One",), ("Two",), ("Below",)]
