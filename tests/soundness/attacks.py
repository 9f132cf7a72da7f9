"""False claims that a careless rule would prove, each beside a true one that the rule shall prove; grouped by rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive import Derivation
from derive.language.claims import Claim, Compare, PositiveSemidefinite, Statement
from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Num, Op, Sym, Term

State = Callable[[Derivation, str], None]
"""States one claim, under an id, in a derivation."""


@dataclass(frozen=True)
class Group:
    """The claims about one rule: what it must refuse, what it must accept.

    ``by_judge``: the refusal is the judge's (the prover speaks of points where a claim is defined, and there are none).
    """

    rule: str
    context: str
    refused: Sequence[State]
    accepted: Sequence[State] = ()
    by_judge: bool = False

    def claims(self, kind: str) -> list[Claim]:
        """The refused or the accepted ones as claims."""
        found = Derivation(f"attacks/{self.rule}", title=self.rule, context=self.context)
        for number, state in enumerate(getattr(self, kind), start=1):
            state(found, f"{kind}_{number}")
        return list(found.build().claims)


def eq(left: str, right: str, given: str = "") -> State:
    return lambda d, name: d.equal(name, left, right, given=given)


def cmp(left: str, op: str, right: str, given: str = "") -> State:
    return lambda d, name: d.compare(name, left, op, right, given=given)


def step(hypotheses: Sequence[str], conclusions: Sequence[str], given: str = "", both: bool = False) -> State:
    return lambda d, name: d.step(name, hypotheses, conclusions, both=both, given=given)


def best(kind: str, objective: str, at: dict[str, str], subject_to: Sequence[str] = (), given: str = "") -> State:
    return lambda d, name: d.optimum(
        name, kind, objective=objective, over=list(at), at=list(at.values()), subject_to=subject_to, given=given
    )


def same(kind: str, over: Sequence[str], left: str, right: str, given: str = "") -> State:
    return lambda d, name: d.same_optimum(name, kind, over=over, left=left, right=right, given=given)


def psd(matrix: str, given: str = "") -> State:
    return lambda d, name: d.psd(name, matrix, given=given)


def raw(make: Callable[[Context], Statement]) -> State:
    """A statement that LaTeX does not reach."""

    def state(d: Derivation, name: str) -> None:
        match make(d.context):
            case Compare(op, left, right):
                d.compare(name, left, op, right)
            case PositiveSemidefinite(term):
                d.psd(name, term)

    return state


ZERO = Num(Fraction(0))
ONE = Num(Fraction(1))


def _row_of_each(column: Term) -> Term:
    """The matrix with entries (S_a)_{b, column} or (S_a)_{column, b}: its rows run over a family of matrices."""
    d = Range.upto("d")
    return Array((("a", d), ("b", d)), Entry(Sym("S", (Index("a"),)), (Index("b"), column)))


GROUPS = (
    Group(
        "index_from_zero",
        "index i, j = 0..N",
        [
            cmp("i", ">", "0"),
            eq(r"\sum_{i=0}^N \mathbf{1}\{i > 0\}", "N+1"),
            eq(r"\sum_{i=0}^N \delta_{i0}", "0"),
            eq(r"\sum_{i=0}^3 \mathbf{1}\{i > 0\}", "4"),
            cmp(r"\sum_{j=1}^{i} 1", ">", "0"),
            eq(r"\sum_{i=0}^N |i - \frac12|", r"\sum_{i=0}^N (i - \frac12)"),
        ],
        [eq(r"\sum_{i=0}^N 1", "N+1"), eq(r"\sum_{i=0}^N 2 i", r"2 \sum_{i=1}^N i")],
    ),
    Group(
        "sign_of_a_power",
        r"y \in \mathbb{R} negative ; n \in \mathbb{R} integer ; index k = 1..K ; u \in \mathbb{R}",
        [
            cmp("y^K", "<", "0"),
            cmp("(-1)^K", "<", "0"),
            cmp("(-1)^k", "<", "0"),
            cmp("(-1)^n", "<", "0"),
            eq("|(-1)^K|", "-(-1)^K"),
            cmp("u^K", ">=", "0"),
            cmp("u^3", ">=", "0"),
        ],
        [cmp("y^3", "<", "0"), cmp("y^2", ">", "0"), cmp("u^2", ">=", "0"), cmp("2^K", ">", "0")],
    ),
    Group(
        "assumption_over_part_of_a_range",
        "index n = 1..N ; m = 2..N ; q = 1..N-1 ; k = 1..K\n"
        r"c_{nk} > 0 ; x_n \in \mathbb{R} ; y_n \in \mathbb{R}",
        [
            eq(r"\sum_{k=1}^K c_{nk}", "1", r"assume \sum_{k=1}^K c_{mk} = 1"),
            eq(r"\sum_{n=1}^N\sum_{k=1}^K c_{nk}", "N", r"assume \sum_{k=1}^K c_{mk} = 1"),
            eq(r"\sum_{k=1}^K c_{nk}", "1", r"assume \sum_{k=1}^K c_{qk} = 1"),
            step(["x_m = y_m"], ["x_n = y_n"]),
            step(["x_q = y_q"], ["x_n = y_n"]),
            step(["x_m = 0"], [r"\sum_{n=1}^N x_n = 0"]),
            step(["x_q = 0"], [r"\sum_{n=1}^N x_n = 0"]),
            step([r"\sum_k c_{mk} = x_m"], [r"\sum_k c_{nk} = x_n"]),
            eq("x_n", "y_n", "assume x_m = y_m"),
            eq("x_1", "y_1", "assume x_m = y_m"),
            eq("|x_n|", "x_n", "assume x_m > 0"),
        ],
        [
            step(["x_n = y_n"], [r"\sum_{n=1}^N x_n = \sum_{n=1}^N y_n"]),
            eq(r"\sum_{n=1}^N\sum_{k=1}^K c_{nk}", "N", r"assume \sum_{k=1}^K c_{nk} = 1"),
        ],
    ),
    Group(
        "matrix_equation_solved",
        r"A \in \mathbb{R}^{n\times n} ; x \in \mathbb{R}^n ; b \in \mathbb{R}^n",
        [
            step(["A x = 0"], ["x = 0"]),
            step(["A^T x = A^T b"], ["x = b"]),
            step(["A A x = A b"], ["A x = b"]),
            eq("x", "b", "assume A x = A b"),
        ],
        [
            step(["A x = b"], ["x = A^{-1} b"]),
            step(["A x = 0"], ["x = 0"], r"A \in \mathbb{R}^{n\times n} invertible"),
            step(["A x = A b"], ["x = b"], r"A \in \mathbb{R}^{n\times n} posdef"),
        ],
    ),
    Group(
        "conditions_reach_no_further",
        "index n, m = 1..N\n"
        r"x_n \in \mathbb{R} ; z_{nm} \in \mathbb{R} ; y \in \mathbb{R}"
        "\nfunction p(v)",
        [
            eq(r"\sum_{n \neq 1} \log x_n + |x_1|", r"\sum_{n \neq 1} \log x_n + x_1"),
            eq(r"\sum_{n=2}^N \log x_n + |x_1|", r"\sum_{n=2}^N \log x_n + x_1"),
            eq(r"\sum_{n=1}^{N-1} \log x_n + |x_N|", r"\sum_{n=1}^{N-1} \log x_n + x_N"),
            eq(r"\sum_{n=1}^N \log z_{nn} + |z_{12}|", r"\sum_{n=1}^N \log z_{nn} + z_{12}"),
            eq(
                r"\begin{cases} \log y & y > 0 \\ 0 & \text{otherwise}\end{cases} + |y|",
                r"\begin{cases} \log y & y > 0 \\ 0 & \text{otherwise}\end{cases} + y",
            ),
            eq(r"\log p(y) + |p(2)|", r"\log p(y) + p(2)"),
            eq(r"|y| + \frac{\partial \log y}{\partial y}|_{y=1}", r"y + 1"),
            step([r"\frac{y}{x_n} = 0"], ["|x_m| = x_m"]),
        ],
        [
            eq(r"\sum_{n=1}^N \log x_n + |x_1|", r"\sum_{n=1}^N \log x_n + x_1"),
            eq(r"\log y + |y|", r"\log y + y"),
            eq(r"\frac{y}{y}", "1"),
        ],
    ),
    Group(
        "multipliers_agree",
        r"x \in \mathbb{R} ; y \in \mathbb{R}",
        [
            best("min", "x^2+2y^2", {"x": "1/2", "y": "1/2"}, ["x+y=1"]),
            best("stationary", "x^2+2y^2", {"x": "1/2", "y": "1/2"}, ["x+y=1"]),
            best("min", "x^2+y^2", {"x": "1/2", "y": "1/2"}),
        ],
        [best("min", "x^2+2y^2", {"x": "2/3", "y": "1/3"}, ["x+y=1"])],
    ),
    Group(
        "kinks_and_jumps",
        r"x \in \mathbb{R} ; u \in [-1,1]",
        [
            best("min", "x^2 - 4|x| + x", {"x": r"\frac32"}),
            best("min", r"x^2 - 5 \mathbf{1}\{x > 1\}", {"x": "0"}),
            best("min", r"\frac12 x^2 - 2 r(x)", {"x": "0"}, given="function r = relu"),
            best("min", r"u - 5 \mathbf{1}\{u > \frac12\}", {"u": "-1"}),
            best("min", r"u - 3|u - \frac12|", {"u": "-1"}),
        ],
        [best("min", "(x-1)^2", {"x": "1"}), best("min", "u", {"u": "-1"})],
    ),
    Group(
        "poles",
        r"x \in \mathbb{R} ; u \in [-1,1]",
        [
            best("min", r"\frac{1}{x^2} + 2x", {"x": "1"}),
            best("min", r"2x - \log(x^2)", {"x": "1"}),
            best("max", r"\frac1u", {"u": "-1"}),
        ],
        [
            best("min", r"\frac{1}{x^2} + 2x", {"x": "1"}, given=r"x \in \mathbb{R} positive"),
            best("min", r"x - \log x", {"x": "1"}, given=r"x \in \mathbb{R} positive"),
        ],
    ),
    Group(
        "point_in_its_domain",
        r"x \in \mathbb{R} positive ; b \in \{0,1\} ; n \in \mathbb{R} integer ; u \in [-1,1]"
        "\n"
        r"v \in \mathbb{R} nonzero ; g \in \mathbb{R} negative ; t \in \mathbb{R}"
        "\n"
        r"A \in \mathbb{R}^{d\times d} ; S \in \mathbb{R}^{d\times d} symmetric"
        "\n"
        r"D \in \mathbb{R}^{d\times d} diagonal ; Q \in \mathbb{R}^{d\times d} orthogonal",
        [
            best("min", "(x+1)^2", {"x": "-1"}),
            best("min", r"(b-\frac12)^2", {"b": r"\frac12"}),
            best("min", r"(n-\frac12)^2", {"n": r"\frac12"}),
            best("min", "(u-2)^2", {"u": "2"}),
            best("min", "v^2", {"v": "0"}),
            best("min", "(g-1)^2", {"g": "1"}),
            best("min", "(t-1)^2", {"t": "1"}, given=r"assume t \geq 3"),
            best("min", r"\|S - A\|^2", {"S": "A"}),
            best("min", r"\|D - A\|^2", {"D": "A"}),
            best("min", r"\|Q - A\|^2", {"Q": "A"}),
        ],
        [best("min", "(x-1)^2", {"x": "1"}), best("min", "(g+1)^2", {"g": "-1"})],
    ),
    Group(
        "value_outside_the_domain",
        r"x \in \mathbb{R} positive ; y \in \mathbb{R}",
        [
            eq(r"\left. |x| \right|_{x=-1}", "-1"),
            eq(r"\left. \sqrt{x^2} \right|_{x=-1}", "-1"),
            eq(r"\left. \frac{\partial |x|}{\partial x} \right|_{x=-1}", "1"),
        ],
        [eq(r"\left. |y| \right|_{y=-1}", "1"), eq(r"\left. |x| \right|_{x=2}", "2")],
    ),
    Group(
        "gaussian_of_itself",
        "x \\in \\mathbb{R}\ns \\in \\mathbb{R} positive\nm \\in \\mathbb{R}\nfunction \\mathcal{N}(x|m,S) = gaussian",
        [
            eq(r"\int x \mathcal{N}(x|2x,s) dx", "2x"),
            eq(r"\int \mathcal{N}(x|x,1) dx", "1"),
            eq(r"\int \mathcal{N}(x|0,x^2) dx", "1"),
            eq(r"\int x^2 \mathcal{N}(x|m,s) dx", "m^2+s^2"),
            eq(r"\int \mathcal{N}(x|m,s)\mathcal{N}(x|0,1) dx", "1"),
        ],
        [eq(r"\int x^2 \mathcal{N}(x|m,s) dx", "m^2+s"), eq(r"\int \mathcal{N}(x|m,s) dx", "1")],
    ),
    Group(
        "rows_over_a_family",
        "index n = 1..d\n" r"S_n \in \mathbb{R}^{d\times d} posdef",
        [
            raw(lambda context: Compare(">", Op("det", (_row_of_each(ONE),)), ZERO)),
            raw(lambda context: Compare(">", Entry(Op("inverse", (_row_of_each(ONE),)), (ONE, ONE)), ZERO)),
            raw(lambda context: PositiveSemidefinite(Op("inverse", (_row_of_each(ONE),)))),
            raw(lambda context: PositiveSemidefinite(_row_of_each(ONE))),
        ],
        [cmp(r"\det S_n", ">", "0"), psd("S_n^{-1}")],
    ),
    Group(
        "density",
        "x \\in \\mathbb{R}\nm \\in \\mathbb{R}\nfunction p(x) density\nfunction q(x)",
        [
            eq(r"\int p(2x) dx", "1"),
            eq(r"\int q(x) dx", "1"),
            eq(r"\int p(x)^2 dx", "1"),
            eq(r"\int p(m) dx", "1"),
            eq(r"\mathbb{E}_{x \sim p}[x^2]", r"(\mathbb{E}_{x\sim p}[x])^2"),
            eq(r"\mathbb{E}_{x \sim q}[2]", "2"),
            cmp("p(x)", ">", "0"),
            cmp(r"q(x)", ">=", "0"),
        ],
        [eq(r"\int p(x) dx", "1"), eq(r"\mathbb{E}_{x \sim p}[2]", "2"), cmp("p(x)", ">=", "0")],
    ),
    Group(
        "roots_and_logarithms",
        r"x \in \mathbb{R} positive ; y \in \mathbb{R} ; t \in \mathbb{R}",
        [
            eq(r"\sqrt{y^2}", "y"),
            eq(r"(y^2)^{3/2}", "y^3"),
            eq(r"(y^2)^{x}", "y^{2x}"),
            eq(r"(y^x)^{1/x}", "y"),
            eq(r"e^{\frac12\log y^2}", "y"),
            eq(r"\log(y t)^2", r"\log y^2 + 2 \log |t| + 1"),
            eq(r"|y + t|", "|y| + |t|"),
            eq(r"\sqrt{y^2 + t^2}", "|y| + |t|"),
        ],
        [
            eq(r"\sqrt{y^4}", "y^2"),
            eq(r"\sqrt{y^2}", "|y|"),
            eq(r"(x^y)^{t}", "x^{y t}"),
            eq(r"e^{\frac12\log y^2}", "|y|"),
            eq(r"\sqrt{x^2}", "x"),
        ],
    ),
    Group(
        "derivatives_before_assumptions",
        "index k, j = 1..K\n\\pi_k simplex\nz_k onehot\nb \\in \\{0,1\\}\nQ \\in \\mathbb{R}^{d\\times d} orthogonal",
        [
            eq(r"\frac{\partial}{\partial \pi_j} \sum_{k=1}^K \pi_k", "0"),
            eq(r"\frac{\partial}{\partial \pi_j} \log \sum_{k=1}^K \pi_k", "0"),
            eq(r"\frac{\partial}{\partial b} b^2", "1"),
            eq(r"\frac{\partial}{\partial z_j} \sum_k z_k^2", "1"),
            eq(r"\frac{\partial}{\partial Q} \operatorname{tr}(Q^T Q)", "0 Q"),
        ],
        [
            eq(r"\frac{\partial}{\partial \pi_j} \sum_{k=1}^K \pi_k", "1"),
            eq(r"\frac{\partial}{\partial b} b^2", "2 b"),
            eq(r"\frac{\partial}{\partial Q} \operatorname{tr}(Q^T Q)", "2 Q"),
        ],
    ),
    Group(
        "deltas_and_ranges",
        "index i, j, n = 1..N ; k = 1..K\n"
        r"x_n \in \mathbb{R} ; y_k \in \mathbb{R}"
        "\n"
        r"z_n \in \{1, \ldots, K\}",
        [
            eq(r"\sum_{k=1}^K \delta_{ik}", "1"),
            eq(r"\sum_{i=1}^N\sum_{k=1}^K \delta_{ik}", "N"),
            eq(r"\sum_{i=1}^N \delta_{i+1,j}", "1"),
            eq(r"\sum_{i=1}^{N-1} \delta_{ij}", "1"),
            eq(r"\sum_{i=1}^{N-1} \delta_{iN}", "1"),
            eq(r"\sum_{i=1}^{N} \delta_{i2}", "1"),
            eq(r"\sum_{n=1}^N \delta_{n z_n}", "1"),
            eq(r"\sum_{n=1}^N \delta_{k z_n}", "1"),
            eq(r"\sum_{k=1}^{K-1} \delta_{k z_n} y_k", "y_{z_n}"),
            eq(r"\sum_{i=1}^{N-1} 1", "N"),
            eq(r"\sum_{i \neq j} x_i", r"\sum_{i=1}^N x_i"),
            eq(r"\prod_{i \neq j} x_i", r"\prod_{i=1}^N x_i"),
            eq(r"(\sum_i x_i)^2", r"\sum_i x_i^2"),
            eq(r"\sum_{i=1}^{N-1} x_{i+1}", r"\sum_{i=1}^N x_i"),
            eq(r"\frac{\partial}{\partial x_1} \sum_{i=2}^N x_i^2", "2x_1"),
        ],
        [
            eq(r"\sum_{i=1}^{N-1} \delta_{iN}", "0"),
            eq(r"\sum_{i=1}^{N} \delta_{i1}", "1"),
            eq(r"\sum_{k=1}^K \delta_{k z_n} y_k", "y_{z_n}"),
            eq(r"\sum_{i=2}^{N} 1", "N-1"),
            eq(r"\sum_{i \neq j} x_i", r"\sum_{i=1}^N x_i - x_j"),
            eq(r"\frac{\partial}{\partial x_1} \sum_{i=2}^N x_i^2", "0"),
        ],
    ),
    Group(
        "names_in_scope",
        "index n, m = 1..N\nb_n, a_n, x_n \\in \\mathbb{R}\ny, t \\in \\mathbb{R}\n"
        "function f(u) := \\sum_{n=1}^N a_n u\nfunction g(u)\nfunction h(u, t)\n"
        "let s := \\sum_{n=1}^N x_n\nlet q_n := x_n^2",
        [
            eq(r"\sum_{n=1}^N f(b_n)", r"\sum_{n=1}^N a_n b_n"),
            eq(r"f(b_n)", r"\sum_{n=1}^N a_n b_n"),
            eq(r"\sum_{n=1}^N x_n s", r"\sum_{n=1}^N x_n^2"),
            eq(r"\frac{\partial q_n}{\partial x_m}", "2x_n"),
            eq(r"\frac{\partial}{\partial s} (s \sum_n x_n)", r"2\sum_n x_n"),
            eq(r"h(y,t)", r"h(t,y)"),
            eq(r"g(y+t)", "g(y) + g(t)"),
            eq(r"\frac{\partial}{\partial y} h(y, y)", r"\frac{\partial}{\partial t} h(t, y)"),
        ],
        [
            eq(r"\sum_{n=1}^N f(b_n)", r"\sum_{n=1}^N\sum_{m=1}^N a_m b_n"),
            eq(r"\frac{\partial q_n}{\partial x_m}", r"2x_m \delta_{nm}"),
            eq(r"\frac{\partial}{\partial s} s^2", "2s"),
        ],
    ),
    Group(
        "binary_and_simplex",
        "index n = 1..N\nindex j, k = 1..K\n\\pi_k simplex\nz_{nk} onehot\nb \\in \\{0,1\\}\nc \\in \\{0,1\\}\n"
        "w_k \\in [0,1]\nu \\in (0,1)",
        [
            eq(r"\sum_k \pi_k^2", "1"),
            eq(r"\sum_{k=1}^{K-1} \pi_k", "1"),
            eq(r"\sum_k w_k", "1"),
            eq(r"\sum_n z_{nk}", "1"),
            eq("z_{nk} z_{nj}", "0"),
            eq("b^c", "b"),
            eq("2^{b+c}", "1+b+c"),
            eq("(b+c)^2", "b+c"),
            eq("b(1-c)", "0"),
            eq("w_k^2", "w_k"),
            eq("2^{w_k}", "1 + w_k"),
            eq("u^b(1-u)^{1-b}", "u + b - 2 b u"),
            cmp(r"\pi_k", "<", "1"),
            cmp("1 - w_k - w_j", ">=", "0"),
            cmp("1 - w_k^2", ">", "0"),
            cmp("w_k - u", ">=", "0"),
            cmp("N u", "<", "1"),
            cmp(r"1 - \frac{w_k}{u}", ">=", "0"),
            cmp("K - 2 + u", ">", "0"),
            cmp(r"\log K", ">", "0"),
            cmp("N", ">", "1"),
            cmp("N", ">=", "K"),
        ],
        [
            eq(r"\sum_n\sum_k z_{nk}", "N"),
            eq("2^b", "1+b"),
            eq("u^b(1-u)^{1-b}", "b u + (1-b)(1-u)"),
            eq("b(1-b)", "0"),
            cmp(r"1 - \pi_k\pi_j", ">=", "0"),
            cmp("2-2u", ">", "0"),
        ],
    ),
    Group(
        "matrices",
        "A, B \\in \\mathbb{R}^{n\\times n}\nC \\in \\mathbb{R}^{n\\times m}\n"
        "S \\in \\mathbb{R}^{n\\times n} symmetric\n"
        "P \\in \\mathbb{R}^{n\\times n} posdef\nQ \\in \\mathbb{R}^{n\\times n} orthogonal\n"
        "M \\in \\mathbb{R}^{n\\times n} psd\nx, y \\in \\mathbb{R}^n\na \\in \\mathbb{R}",
        [
            eq("C C^T", "I_n", "assume C^T C = I_m"),
            eq("A", "I_n", "assume A A = A"),
            eq("A", "0 A", "assume A A = 0"),
            eq("A B", "B A"),
            eq(r"\operatorname{tr}(A B S)", r"\operatorname{tr}(B A S)"),
            eq("(A B)^{-1}", "A^{-1} B^{-1}"),
            eq("(A+B)^{-1}", "A^{-1}+B^{-1}"),
            eq(r"\det(A+B)", r"\det A + \det B"),
            eq(r"\det(-A)", r"-\det A"),
            eq(r"\det(C C^T)", r"\det(C^T C)"),
            eq(r"\det Q", "1"),
            cmp(r"\det M", ">", "0"),
            cmp(r"\det S", ">=", "0"),
            cmp(r"\operatorname{tr}(P S)", ">=", "0"),
            cmp("x^T P y", ">=", "0"),
            cmp("P_{12}", ">", "0"),
            psd("S"),
            psd("A^2"),
            psd("P M"),
            psd("P - M"),
            psd("a x x^T"),
            psd("C^T S C"),
            psd("A^T B + B^T A"),
            eq("A", "B", "assume C^T A = C^T B"),
            eq("A", "0 A", r"assume \operatorname{tr}(A) = 0"),
            eq(r"\sqrt{\det(A^T A)}", r"\det A"),
            eq(r"\|a x\|", r"a \|x\|"),
            eq(r"\frac{\partial}{\partial A} \operatorname{tr}(A B)", "B"),
            eq(r"\frac{\partial}{\partial A} \det A", r"\det(A) A^{-1}"),
        ],
        [
            eq("B A", "I_n", "assume A B = I_n"),
            eq(r"\det(I_n + C C^T)", r"\det(I_m + C^T C)"),
            eq(r"\det(2A)", r"2^n\det A"),
            psd("A A^T"),
            psd("P M P"),
            psd("C^T P C"),
            eq(r"\|a x\|", r"|a| \|x\|"),
            eq(r"\frac{\partial}{\partial A} \operatorname{tr}(A B)", "B^T"),
        ],
    ),
    Group(
        "inequalities",
        "index i, j = 1..N ; k = 1..K\nx_i \\in \\mathbb{R}\ny_k \\in \\mathbb{R}\nA \\in \\mathbb{R}^{N\\times N}",
        [
            cmp(r"\prod_{i=1}^N x_i", ">=", "0"),
            cmp(r"\sum_i x_i^2", ">", "0"),
            cmp(r"\sum_i\sum_k x_i y_k", ">=", "0"),
            cmp(r"\sum_i\sum_j A_{ij} x_i x_j", ">=", "0"),
            cmp(r"\sum_i\sum_j A_{ij}^2 x_i x_j", ">=", "0"),
            cmp(r"\sum_i x_i^2", ">=", r"(\sum_i x_i)^2"),
            cmp("x_i^2 + x_j^2", ">=", "3 x_i x_j"),
            cmp("x_i^2 + x_j^2", ">", "2 x_i x_j"),
        ],
        [
            cmp(r"\sum_i\sum_j x_i x_j", ">=", "0"),
            cmp("x_i^2 + x_j^2", ">=", "2 x_i x_j"),
            cmp(r"\prod_{i=1}^N x_i^2", ">=", "0"),
        ],
    ),
    Group(
        "same_optimum",
        "x, a, b \\in \\mathbb{R}\nindex k = 1..K\nz_k \\in \\mathbb{R}",
        [
            same("min", ["x"], "a x^2", "x^2"),
            same("min", ["x"], "-x^2", "x^2"),
            same("min", ["x"], "a^2 x^2", "x^2"),
            same("min", ["x"], "e^x (x-1)^2", "(x-1)^2"),
            same("max", ["x"], "|a| x", "x"),
            same("min", ["x"], "y + x^2", "x^2", "let y := a x"),
        ],
        [same("min", ["x"], "2(x-1)^2 + 3a", "(x-1)^2"), same("min", ["x"], "e^a x^2 + b", "x^2")],
    ),
    Group(
        "products_and_selections",
        "index n, m = 1..N ; k = 1..K ; q = 2..N ; i = 0..N\n"
        r"x_n \in \mathbb{R} ; y_n \in \mathbb{R} ; a_{nk} \in \mathbb{R} ; \mu_k \in \mathbb{R} ; h_i \in \mathbb{R}"
        "\n"
        r"z_n \in \{1, \ldots, K\} ; t \in \mathbb{R}",
        [
            eq(r"\prod_{k=1}^K \mu_k^{\delta_{k z_n}}", r"\mu_{1}"),
            eq(r"\prod_{k=1}^{K-1} \mu_k^{\delta_{k z_n}}", r"\mu_{z_n}"),
            eq(r"\prod_{n=1}^{N-1} x_n^{\delta_{nm}}", "x_m"),
            eq(r"\prod_{n=1}^N (x_n + \delta_{nm})", r"\prod_{n=1}^N x_n + 1"),
            eq(r"\prod_{n=1}^N 2^{\delta_{nm}}", "2^N"),
            eq(r"\prod_{n=1}^N x_n^{\delta_{n2}}", "x_2"),
            eq(r"\sum_{n=1}^N \prod_{k=1}^K a_{nk}", r"\prod_{k=1}^K \sum_{n=1}^N a_{nk}"),
            eq(r"\prod_{n=1}^N t x_n", r"t \prod_{n=1}^N x_n"),
            eq(r"\prod_{n=2}^{N} x_n", r"\prod_{n=1}^N x_n"),
            eq(r"\prod_{i=0}^{N} h_i", r"\prod_{n=1}^N h_n"),
            eq(r"\sqrt{\prod_{n=1}^N x_n^2}", r"\prod_{n=1}^N x_n"),
            eq(r"\prod_{n=1}^N (-x_n)", r"-\prod_{n=1}^N x_n"),
            eq(r"\frac{\partial}{\partial t}\prod_{n=1}^N (x_n + t)", r"\prod_{n=1}^N (x_n+t)"),
            eq(r"\sum_{i=0}^N h_i", r"\sum_{n=1}^N h_n"),
            eq(r"\sum_{n=1}^N \delta_{in}", "1"),
            eq(r"\sum_{q=2}^{N} \delta_{q m} x_q", "x_m"),
            eq(r"\sum_{n=1}^N \log h_n + |h_0|", r"\sum_{n=1}^N \log h_n + h_0"),
            eq(r"\frac{\partial}{\partial h_0} \sum_{n=1}^N h_n^2", "2h_0"),
            eq(r"\frac{\partial}{\partial h_i} \sum_{n=1}^N h_n^2", "2h_i"),
            cmp("q - 2", ">", "0"),
            cmp(r"\log (i+1)", ">", "0"),
        ],
        [
            eq(r"\prod_{k=1}^K \mu_k^{\delta_{k z_n}}", r"\mu_{z_n}"),
            eq(r"\prod_{n=1}^N x_n^{\delta_{nm}}", "x_m"),
            eq(r"\prod_{n=1}^N (-x_n)", r"(-1)^N\prod_{n=1}^N x_n"),
            eq(r"\prod_{i=0}^{N} h_i", r"h_0\prod_{n=1}^N h_n"),
            eq(r"\sum_{q=2}^{N} \delta_{q m} x_q", r"x_m - \delta_{m1} x_1"),
            eq(r"\frac{\partial}{\partial h_0} \sum_{i=0}^N h_i^2", "2h_0"),
        ],
    ),
    Group(
        "consequences",
        "index n, m = 1..N ; k = 1..K ; i = 0..N\n"
        r"x_n \in \mathbb{R} ; y_n \in \mathbb{R} ; z_{nm} \in \mathbb{R} ; a_{nk} \in \mathbb{R}"
        "\n"
        r"\mu_k \in \mathbb{R} ; h_i \in \mathbb{R} ; y \in \mathbb{R} ; t \in \mathbb{R} ; u \in \mathbb{R}"
        "\nfunction p(v)",
        [
            step(["x_n y = t y"], ["x_n = t"]),
            step(["y^2 = t^2"], ["y = t"]),
            step(["|y| = |t|"], ["y = t"]),
            step(["y = t"], ["y^2 = t^2"], both=True),
            step([r"\sum_n x_n = 0"], ["x_n = 0"]),
            step([r"\sum_n x_n^3 = 0"], ["x_n = 0"]),
            step([r"\sum_n z_{nn}^2 = 0"], ["z_{nm} = 0"]),
            step([r"\sum_n y x_n^2 = 0"], ["x_n = 0"]),
            step(["x_n^2 - y^2 = 0"], ["y = 0"]),
            step([r"\sin y = \sin t"], ["y = t"]),
            step(["p(y) = p(t)"], ["y = t"]),
            step(["y t = 0"], ["y = 0"]),
            step(["x_1 = y"], ["x_n = y"]),
            step(["z_{n1} = 0"], ["z_{nm} = 0"]),
            step(["z_{nn} = 0"], ["z_{nm} = 0"]),
            step([r"\delta_{nm} z_{nm} = 0"], ["z_{nm} = 0"]),
            step([r"\sum_m z_{nm} = 1"], [r"\sum_n z_{nm} = 1"]),
            step([r"\sum_m z_{nm} x_m = 0"], ["x_n = 0"]),
            step(["h_n = t"], ["h_i = t"]),
            step(["h_n = t"], [r"\sum_{i=0}^N h_i = (N+1) t"]),
            step([r"\sum_k a_{nk} = t"], [r"\sum_n\sum_k a_{nk} = K t"]),
            step([r"\sum_n\sum_k a_{nk} = 0"], [r"\sum_k a_{nk} = 0"]),
            step([r"a_{nk} t = \mu_k", r"\sum_k \mu_k = 1"], ["t = 1"]),
            step(["a_{nk} x_n = y_n"], [r"\sum_n a_{nk} x_n = N y_n"]),
            step([r"\sum_n a_{nk} x_n = 0"], [r"\sum_n a_{nk} y_n = 0"]),
            step(["t^2 = u"], [r"t = \sqrt{u}"]),
        ],
        [
            step([r"\sum_n x_n^2 = 0"], ["x_n = 0"]),
            step([r"\frac{x_n}{y} = \frac{t}{y}"], ["x_n = t"]),
            step(["e^y = e^t"], ["y = t"]),
            step(["x_n = y"], ["x_n = x_m"]),
            step([r"\sum_k a_{nk} = t"], [r"\sum_n\sum_k a_{nk} = N t"]),
            step(["e^t = u"], [r"t = \log u"]),
        ],
    ),
    Group(
        "optima",
        "index n = 1..N ; j, k = 1..K\n"
        r"\pi_k simplex"
        "\n"
        r"a_k \in \mathbb{R} ; b_k \in \mathbb{R} ; c_k > 0 ; q_k > 0 ; y_n \in \mathbb{R} ; x \in \mathbb{R}"
        "\n"
        r"t \in \mathbb{R}"
        "\n"
        r"s \in \mathbb{R} positive ; u \in [0,1] ; v \in \mathbb{R}^d ; P \in \mathbb{R}^{d\times d} posdef",
        [
            best("min", r"\sum_k c_k \log \pi_k", {r"\pi_k": r"\frac{c_k}{\sum_{j=1}^K c_j}"}),
            best("max", r"\sum_k c_k \pi_k", {r"\pi_k": r"\frac{c_k}{\sum_{j=1}^K c_j}"}),
            best("max", r"\sum_k a_k \log \pi_k", {r"\pi_k": r"\frac{a_k}{\sum_{j=1}^K a_j}"}),
            best("max", r"\sum_k \pi_k^2", {r"\pi_k": r"\frac1K"}),
            best("min", r"\sum_k c_k b_k^2", {"b_k": r"\frac{1}{K}"}, [r"\sum_{k=1}^K b_k = 1"]),
            best("min", r"\sum_k b_k^2 - 2 b_1", {"b_k": r"\frac1K"}, [r"\sum_{k=1}^K b_k = 1"]),
            best("max", r"\sum_n (y_n - x)^2", {"x": r"\frac1N\sum_n y_n"}),
            best("min", r"t\sum_n (y_n - x)^2", {"x": r"\frac1N\sum_n y_n"}),
            best("min", r"-N \log s - \frac{1}{s}\sum_n y_n^2", {"s": r"\frac1N\sum_n y_n^2"}),
            best("max", "u^2", {"u": "0"}),
            best("min", "u(1-u)", {"u": r"\frac12"}),
            best("max", "u t", {"u": "1"}),
            best("min", r"\frac{1}{2u-1}", {"u": "1"}),
            best("max", "v^T P v", {"v": "0 v"}),
            best("min", "x^3", {"x": "0"}),
            best("min", "x t", {"x": "0", "t": "0"}),
            best("min", "x^4 - 2x^2", {"x": "0"}),
            best("min", r"\cos x", {"x": "0"}),
            best("min", "x^2 t", {"x": "0"}),
            best("min", "x^N", {"x": "0"}),
        ],
        [
            best("min", r"\sum_k \pi_k^2", {r"\pi_k": r"\frac1K"}),
            best("min", r"\sum_n (y_n - x)^2", {"x": r"\frac1N\sum_n y_n"}),
            best("max", r"-N \log s - \frac{1}{s}\sum_n y_n^2", {"s": r"\frac1N\sum_n y_n^2"}),
            best("max", "u(1-u)", {"u": r"\frac12"}),
            best("min", "v^T P v", {"v": "0 v"}),
            best("min", "e^x - x", {"x": "0"}),
        ],
    ),
    Group(
        "point_that_may_leave_its_domain",
        "index n = 1..N ; j, k = 1..K\n"
        r"\pi_k simplex"
        "\n"
        r"a_k \in \mathbb{R} ; y_n \in \mathbb{R} ; s \in \mathbb{R} positive",
        [
            best("min", r"\sum_k (\pi_k - a_k)^2", {r"\pi_k": r"a_k + \frac{1 - \sum_{j=1}^K a_j}{K}"}),
            best("max", r"-N \log s - \frac{1}{s}\sum_n y_n", {"s": r"\frac1N\sum_n y_n"}),
        ],
    ),
    Group(
        "nowhere_defined",
        r"x \in \mathbb{R} ; a \in \mathbb{R} negative ; u \in [0,1]",
        [
            best("min", r"\frac{x^4}{x^2}", {"x": "0"}),
            best("min", r"a \log a", {"u": "1"}),
            best("max", r"\log(-1-u)", {"u": "0"}),
        ],
        by_judge=True,
    ),
    Group(
        "integrals",
        "x \\in \\mathbb{R}^d\nM \\in \\mathbb{R}^{d\\times d}\ny, t, z \\in \\mathbb{R}\nfunction p(M) density\n"
        "function q(x) density positive\nfunction r(y) density\nfunction f(x)\nfunction g(y)\n"
        "function s(y, t) density\nfunction G(z) \\in \\mathbb{R} bijective\nfunction H(z) \\in \\mathbb{R}\n"
        "function w(z) density",
        [
            eq(r"\int p(x x^T) dx", "1"),
            eq(r"\int q(2x) dx", "1"),
            eq(r"\int q(x) f(x) dx", "f(x)"),
            eq(r"\mathbb{E}_{x\sim q}[f(x)^2]", r"\mathbb{E}_{x\sim q}[f(x)]^2"),
            cmp(r"\mathbb{E}_{x\sim q}[f(x)]", ">=", "0"),
            eq(r"\mathbb{E}_{x\sim q}[\log q(x)]", r"\log \mathbb{E}_{x\sim q}[q(x)]"),
            eq(r"\int s(y, t) dt", "1"),
            eq(r"\int s(y, y) dy", "1"),
            eq(r"\int\int s(y, t) r(y) dy dt", "1"),
            eq(r"\int w(H(z)) |\frac{\partial H(z)}{\partial z}| dz", "1"),
            eq(r"\int w(G(z)) \frac{\partial G(z)}{\partial z} dz", "1"),
            eq(r"\int w(G(z)) dz", "1"),
            eq(r"\int w(G(z)) |\frac{\partial G(z)}{\partial z}|^2 dz", "1"),
            eq(r"\int w(G(2z)) |\frac{\partial G(z)}{\partial z}| dz", "1"),
            cmp(r"\frac{\partial G(z)}{\partial z}", ">", "0"),
        ],
        [
            eq(r"\int p(M) dM", "1"),
            eq(r"\int q(x) dx", "1"),
            eq(r"\int s(y, t) dy", "1"),
            eq(r"\int w(G(z)) |\frac{\partial G(z)}{\partial z}| dz", "1"),
            cmp(r"\mathbb{E}_{x\sim q}[f(x)^2]", ">=", "0"),
        ],
    ),
    Group(
        "density_of_part_of_its_space",
        "x \\in \\mathbb{R}^d\nM \\in \\mathbb{R}^{d\\times d}\nfunction p(M) density",
        [eq(r"\int p(x \mathbf{1}^T) dx", "1")],
    ),
    Group(
        "computation_graph",
        "index n = 1..N\nw, t \\in \\mathbb{R}\nx_n \\in \\mathbb{R}\nlet a := w^2\nlet b := a + w\nlet c_n := b x_n\n"
        "let s := \\sum_{n=1}^N c_n\nopaque L depends on s\nopaque J depends on c_n",
        [
            eq(r"\frac{\partial b}{\partial w}", "1"),
            eq(r"\frac{\partial b}{\partial a}", "0"),
            eq(r"\frac{\partial L}{\partial w}", r"\frac{\partial L}{\partial s}"),
            eq(r"\frac{\partial J}{\partial b}", r"\frac{\partial J}{\partial c_n} x_n"),
            eq(r"\frac{\partial J}{\partial c_n}", r"\frac{\partial L}{\partial c_n}"),
            eq(r"\frac{\partial J}{\partial c_1}", r"\frac{\partial J}{\partial c_n}"),
        ],
        [
            eq(r"\frac{\partial b}{\partial w}", "2w+1"),
            eq(r"\frac{\partial L}{\partial w}", r"\frac{\partial L}{\partial s}\frac{\partial s}{\partial w}"),
            eq(r"\frac{\partial J}{\partial b}", r"\sum_n \frac{\partial J}{\partial c_n} x_n"),
        ],
    ),
    Group(
        "more_matrices",
        "A \\in \\mathbb{R}^{n\\times m}\nB \\in \\mathbb{R}^{m\\times n}\nS \\in \\mathbb{R}^{n\\times n}\n"
        "P, R \\in \\mathbb{R}^{n\\times n} posdef\nH \\in \\mathbb{R}^{n\\times n} symmetric\n"
        "x, y \\in \\mathbb{R}^n\n"
        "W \\in \\mathbb{R}^{n\\times n} nonnegative\nO \\in \\mathbb{R}^{n\\times n} orthogonal\n"
        "D \\in \\mathbb{R}^{n\\times n} diagonal\na, t \\in \\mathbb{R}",
        [
            eq(r"\det(I_n - A B)", r"\det(I_m + B A)"),
            eq(r"\det(A B)", r"\det(B A)"),
            psd("P R"),
            psd("P - P R^{-1} P"),
            psd("S P S"),
            psd("W + W^T"),
            psd("D"),
            psd("O"),
            psd("t P"),
            psd("x x^T - y y^T"),
            psd("(x+y)(x-y)^T"),
            psd("S S^T - S^T S"),
            psd(r"\operatorname{diag}(W \mathbf{1}) - W"),
            psd(r"\operatorname{diag}(H \mathbf{1}) - H"),
            cmp(r"\det(P - R)", ">", "0"),
            cmp(r"\det(S^T S)", ">", "0"),
            cmp(r"\operatorname{tr}(S S)", ">=", "0"),
            cmp(r"x^T P^{-1} R x", ">=", "0"),
            eq(r"\operatorname{tr}(O P O)", r"\operatorname{tr} P"),
            eq("D H", "H D"),
            step(["S x = t x"], ["x = 0"]),
            step(["H x = t x", "x^T x = 1"], ["t > 0"]),
            step(["H x = t x", "H y = a y"], ["x^T y = 0"]),
            step(["S x = t x", "S y = a y"], ["(t - a) x^T y = 0"]),
            step(["P x = t x"], ["t > 0"]),
            step(["x^T y = 0"], ["x = 0"]),
            step(["x^T H x = 0"], ["x = 0"]),
            step(["D x = 0"], ["x = 0"]),
            step(["P x = R x"], ["x = 0"]),
            step(["A B = I_n"], ["B A = I_m"]),
            step(["S S = I_n"], ["S = I_n"]),
        ],
        [
            psd("P R P"),
            psd("S^T P S"),
            psd(r"\operatorname{diag}(W \mathbf{1}) + \operatorname{diag}(W^T \mathbf{1}) - W - W^T"),
            eq(r"\operatorname{tr}(O^T P O)", r"\operatorname{tr} P"),
            step(["P x = t x", "x^T x = 1"], ["t > 0"]),
            step(["H x = t x", "H y = a y"], ["(t - a) x^T y = 0"]),
            step(["O x = O y"], ["x = y"]),
        ],
    ),
)
