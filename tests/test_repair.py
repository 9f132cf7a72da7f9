"""A refuted line with the statement one edit away that is proved; nothing that is not proved is offered."""

from __future__ import annotations

import time

import pytest

from derive import Derivation, repair, to_latex
from derive.documents import read_document
from derive.judge import judge, proves
from derive.language.claims import Equal
from derive.language.verdicts import Proved, Refuted
from derive.repair import judge_and_repair
from tests.work import counted

CONTEXT = r"""
    index n = 1..N
    x_n, y_n, a \in \mathbb{R} ; \mathbf{u} \in \mathbb{R}^d ; A \in \mathbb{R}^{d \times d}
"""


def repaired(left: str, right: str, expect: str | None = None) -> str | None:
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("c", left, right, **({"expect": expect, "reason": "as a test"} if expect else {}))
    verdict = judge_and_repair(d.build().claims[0], time.monotonic() + 10)
    assert isinstance(verdict, Refuted)
    return None if verdict.suggestion is None else str(to_latex(verdict.suggestion))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{n=1}^N (x_n - a)^2", r"\sum_{n=1}^N (x_n^2 + 2 a x_n + a^2)"),
        (r"\frac{\partial}{\partial a} \sum_{n=1}^N (x_n - a)^2", r"2 \sum_{n=1}^N (x_n - a)"),
        (r"\frac{\partial}{\partial \mathbf{u}} \mathbf{u}^T A \mathbf{u}", r"(A + A) \mathbf{u}"),
        (r"\sum_{n=1}^N x_n y_n", r"\sum_{n=1}^N x_n x_n"),
    ],
)
def test_one_edit_makes_it_right(left: str, right: str) -> None:
    found = repaired(left, right)
    assert found is not None
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("again", left, found)
    assert type(judge(d.build().claims[0])).__name__ == "Proved"


def test_what_is_far_from_right_gets_no_suggestion() -> None:
    assert repaired(r"\sum_{n=1}^N (x_n - a)^4", r"a + 1") is None


def test_an_expected_refutation_is_left_alone() -> None:
    assert repaired("a", "-a", expect="refuted") is None


def test_a_repair_keeps_the_left_side() -> None:
    d = Derivation("tests/repair", title="Repair", context=CONTEXT)
    d.equal("c", "a", "-a")
    claim = d.build().claims[0]
    assert isinstance(claim.statement, Equal)
    verdict = judge_and_repair(claim, time.monotonic() + 10)
    assert isinstance(verdict, Refuted)
    assert verdict.suggestion == claim.statement.left


# -- lines of documents: the author's own text is mended ---------------------------------------------------------------
DECLARED = r"""<!--:
index n = 1..N ; k, j = 1..K
x_n, y_n, a, b, \lambda, \mu, \hat{\mu} \in \mathbb{R} ; s > 0 ; p_k > 0 ; w_{nk} \in \mathbb{R} ; v_{nk} \in \mathbb{R}
\mathbf{u}, \mathbf{v} \in \mathbb{R}^d ; A, B \in \mathbb{R}^{d \times d} ; X \in \mathbb{R}^{N \times d}
-->
"""


def mended(line: str, declared: str = DECLARED) -> tuple[str, str] | None:
    """The author's side and the corrected one, of the one refuted line of a document."""
    document = read_document(f"{declared}\n$$ {line} $$\n", latex=False)
    assert document.unread == ()
    verdicts = [judge_and_repair(claim, time.monotonic() + 20) for claim in document.derivation.claims]
    refuted = [verdict for verdict in verdicts if isinstance(verdict, Refuted)]
    assert len(refuted) == 1
    if refuted[0].suggestion is None:
        return None
    assert isinstance(refuted[0].suggestion, str)
    return refuted[0].instead_of, refuted[0].suggestion


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"(a - b)^2 = a^2 + 2ab + b^2", r"a^2 - 2ab + b^2"),  # a sign
        (r"\sum_n (x_n - a)^2 = \sum_n x_n^2 - 2 a \sum_n x_n + \lambda a^2", r"\sum_n x_n^2 - 2 a \sum_n x_n + N a^2"),
        (r"\sum_n x_n \mu = \hat\mu \sum_n x_n", r"\mu \sum_n x_n"),  # a hat
        (r"\sum_n v_{nj} w_{nk} = \sum_n w_{nk} v_{nk}", r"\sum_n w_{nk} v_{nj}"),  # an index
        (
            r"\mathbf{u}^\top A \mathbf{v} = \mathbf{v}^\top A \mathbf{u}",
            r"\mathbf{v}^\top A^\top \mathbf{u}",
        ),  # a transpose
        (r"\log s^3 = 2 \log s", r"3 \log s"),  # a number
        (
            r"\frac{1}{N} \sum_n (x_n - a) = \frac{1}{N} \sum_n x_n - N a",
            r"\frac{1}{N} \sum_n x_n - a",
        ),  # an excess factor
        (r"\nabla_{\mathbf{u}} (\tfrac12 \mathbf{u}^\top \mathbf{u}) = 2 \mathbf{u}", r"\mathbf{u}"),  # a half
        (r"\sum_n y_n (x_n + a) = \sum_n x_n + a y_n", r"\sum_n (x_n + a) y_n"),  # a bracket
        (r"(A B)^\top = A^\top B^\top", r"B^\top A^\top"),  # the order of two matrices
        (r"\frac{\partial}{\partial a} e^{2a} = e^{2a}", r"2 e^{2a}"),  # a missing factor
        (r"\sum_k \sum_n p_k w_{nk} = \sum_n w_{nk} p_k", r"\sum_n \sum_{k=1}^{K} w_{nk} p_k"),  # a missing sum
        (r"\sum_k p_k p_k = \sum_k p_k", r"\sum_k p_k^2"),  # an exponent
        (r"X^\top X \in \mathbb{R}^{N \times d}", r"\mathbb{R}^{d \times d}"),  # a shape
        (r"\frac{\partial}{\partial a} \log(1 + e^a) = \frac{1}{1 + e^{a}}", r"\frac{1}{1 + e^{-a}}"),
        (r"\mathbf{u}^\top \mathbf{u} = \|\mathbf{u}\|", r"\|\mathbf{u}\|^2"),  # a norm
        (r"\nabla_{\mathbf{u}} \mathbf{v}^\top \mathbf{u} = \frac12 \mathbf{v}", r"\mathbf{v}"),  # no \frac22
        (
            r"\operatorname{tr}(A - \lambda I) = \operatorname{tr}(A) + \lambda d",
            r"\operatorname{tr}(A) - \lambda d",
        ),  # the author's own brackets stay
    ],
)
def test_the_authors_own_text_is_mended(line: str, right: str) -> None:
    found = mended(line)
    assert found is not None
    assert found == (line.rpartition("= ")[2] if "\\in" not in line else line.rpartition("\\in ")[2], right)


def test_a_derivative_in_itself_is_no_correction() -> None:
    document = read_document(
        "<!--: x \\in \\mathbb{R} -->\n$$ y = x - x + 1 $$ $$ \\frac{\\partial y}{\\partial x} = 1 $$"
    )
    verdicts = [judge_and_repair(claim, time.monotonic() + 10) for claim in document.derivation.claims]
    assert isinstance(verdicts[-1], Refuted)
    assert verdicts[-1].suggestion != r"\frac{\partial y}{\partial y}"
    assert verdicts[-1].suggestion in (None, "0")


@pytest.mark.parametrize(
    "line",
    [
        r"A B = B A",
        r"a^2 = 2 a^2",
        r"(a + 1)^2 = a^2 + 2 a + 1 = a^2 + 2 a + 2",
        r"\sum_k p_k^2 = \sum_k p_k",
        "(a + b) = (a + b)^2",
    ],
)
def test_the_other_side_again_is_no_correction(line: str) -> None:
    assert mended(line) is None


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"(a - b)^3 = a^3 + 3 a^2 b + 3 a b^2 + b^3", r"a^3 - 3 a^2 b + 3 a b^2 - b^3"),
        # neither alone has a shape
        (r"\nabla_{\mathbf{u}} \mathbf{v}^\top X \mathbf{u} = \mathbf{v}^\top X", r"X^\top \mathbf{v}"),
    ],
)
def test_two_slips_in_one_line(line: str, right: str) -> None:
    found = mended(
        line,
        DECLARED.replace(
            r"\mathbf{u}, \mathbf{v} \in \mathbb{R}^d", r"\mathbf{u} \in \mathbb{R}^d ; \mathbf{v} \in \mathbb{R}^N"
        ),
    )
    assert found is not None
    assert found[1] == right


def test_a_function_is_not_offered_without_its_argument() -> None:
    document = read_document(r"The unit $\psi(s) = \max(s, 0.1 s)$ satisfies, for $s < 0$, $\psi(s) = s$.", latex=False)
    verdict = judge_and_repair(document.derivation.claims[-1], time.monotonic() + 20)
    assert isinstance(verdict, Refuted)
    assert verdict.suggestion is None or "\\psi" not in str(verdict.suggestion)


def test_a_derivative_in_the_wrong_quantity() -> None:
    declared = (
        "<!--: \\mathbf{x} \\in \\mathbb{R}^d ; \\mathbf{y} \\in \\mathbb{R}^m ; W \\in \\mathbb{R}^{m \\times d} -->"
    )
    found = mended(r"\nabla_{\mathbf{x}} \mathbf{y}^\top W \mathbf{x} = \mathbf{y} \mathbf{x}^\top", declared)
    assert found == (
        r"\nabla_{\mathbf{x}} \mathbf{y}^\top W \mathbf{x}",
        r"\nabla_{W} \mathbf{y}^\top W \mathbf{x}",
    )


def test_macros_and_layout_stay_as_written() -> None:
    document = read_document(
        "\\newcommand{\\bu}{\\mathbf{u}}\n%: \\mathbf{u} \\in \\mathbb{R}^d ; A \\in \\mathbb{R}^{d\\times d}\n"
        "\\[ \\begin{aligned} \\nabla_{\\bu} \\bu^\\top A \\bu\n&= A \\bu \\\\\n"
        "&\\quad - A^\\top \\bu \\nonumber \\end{aligned} \\]",
        latex=True,
    )
    (verdict,) = [judge_and_repair(claim, time.monotonic() + 20) for claim in document.derivation.claims]
    assert isinstance(verdict, Refuted)
    assert verdict.instead_of == r"A \bu - A^\top \bu"
    assert verdict.suggestion == r"A \bu + A^\top \bu"


def test_a_slip_inside_of_a_macro_is_shown_with_the_macro_written_out() -> None:
    document = read_document(
        "\\newcommand{\\sq}{a^2}\n%: a \\in \\mathbb{R}\n\\[ \\frac{d}{da} a^4 = 4 \\sq \\]", latex=True
    )
    (verdict,) = [judge_and_repair(claim, time.monotonic() + 20) for claim in document.derivation.claims]
    assert isinstance(verdict, Refuted)
    assert (verdict.instead_of, verdict.suggestion) == (r"4 a^2", r"4 a^3")


def test_a_line_that_is_right_gets_no_correction_for_the_mistake_above_it() -> None:
    document = read_document(
        DECLARED + "$$\\begin{aligned} (a+b)^2 &= a^2 + b^2 \\\\ &= a^2 + 2ab + b^2 \\end{aligned}$$", latex=False
    )
    first, second = (judge_and_repair(claim, time.monotonic() + 20) for claim in document.derivation.claims)
    assert isinstance(first, Refuted)
    assert isinstance(second, Refuted)
    assert second.suggestion is None


@pytest.mark.parametrize(
    "line",
    [
        r"\sum_n (x_n - a)^4 = a + 1",  # too far
        r"\log(a^2 + 1) = \log(b^2 + 2)",
    ],
)
def test_nothing_is_offered_that_is_not_proved(line: str) -> None:
    assert mended(line) is None


def test_a_solution_is_not_given_in_terms_of_itself() -> None:
    found = mended(r"b - a = 0 \Rightarrow a = 2 b")
    assert found == ("2 b", "b")


def test_a_search_ends_in_time() -> None:
    terms = " + ".join(rf"\frac{{a^{i} b}}{{{i} + s}} \sum_n x_n y_n" for i in range(2, 9))
    document = read_document(f"{DECLARED}\n$$ a + b = {terms} $$", latex=False)
    (claim,) = document.derivation.claims
    verdict, _ = counted(lambda: judge_and_repair(claim, time.monotonic() + 2), 60_000_000)
    assert isinstance(verdict, Refuted)


def test_the_search_is_counted_in_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing mends a line, the search ends after so many texts, however long they take."""
    (claim,) = read_document(
        DECLARED + r"$$ \sum_n (x_n - a)^4 + \sum_k p_k = \sum_n x_n y_n + b \log(s + \sum_k p_k) $$"
    ).derivation.claims
    monkeypatch.setattr(repair, "READ", 40)
    stated = repair._Search.stated
    texts: list[str] = []

    def counting(self: repair._Search, text: str) -> object:
        texts.append(text)
        return stated(self, text)

    monkeypatch.setattr(repair._Search, "stated", counting)
    verdict = judge_and_repair(claim, time.monotonic() + 1e6)
    assert isinstance(verdict, Refuted)
    assert verdict.suggestion is None
    first = len(texts)
    assert 40 <= first <= 40 + repair.UNREAD
    monkeypatch.setattr(repair, "READ", 80)
    texts.clear()
    judge_and_repair(claim, time.monotonic() + 1e6)
    assert len(texts) > first


@pytest.mark.parametrize(
    "text",
    [
        r"<!--: x, y \in \mathbb{R} --> $$ (x + y)^2 = x^2 + 2 x y + y^2 $$",
        r"<!--: x, y \in \mathbb{R} --> $$ (x + y)^2 = x^2 + y^2 $$",
        r"<!--: x > 0 --> $$ \log x^2 = 2 \log x $$",
        r"<!--: \mathbf{u}, \mathbf{v} \in \mathbb{R}^d --> $$ \mathbf{u}^T \mathbf{v} = \mathbf{v}^T \mathbf{u} $$",
        r"<!--: x \in \mathbb{R} --> $$ x^2 - 6 x + 10 > 0 $$",
        r"<!--: x \in \mathbb{R} --> $$ x^2 - 6 x + 8 > 0 $$",
        r"<!--: x \in \mathbb{R} ; function f --> $$ f(x) = f(-x) $$",
        r"<!--: x, y \in \mathbb{R} --> $$ \tanh^{-1} x = \frac{1}{\tanh x} $$",
    ],
)
def test_what_is_shown_is_what_the_judge_proves(text: str) -> None:
    # a repair is only asked whether it is proved; the answer is the judge's, doubts and all readings included
    for claim in read_document(text).derivation.claims:
        assert proves(claim, time.monotonic() + 10) == isinstance(judge(claim), Proved)
