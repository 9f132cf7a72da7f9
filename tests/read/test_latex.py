"""Expressions to terms: for each notation, what is accepted and what is refused."""

import pytest

from derive.language.shapes import shape_of
from derive.language.terms import subterms
from derive.read.declarations import declare
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.latex import read_relation, read_term
from tests.read.show import show

CONTEXT = declare(
    r"""
    index n = 1..N ; i, j, k, l = 1..K ; a = 1..d ; t = 2..T
    size K >= 2
    \mathbf{x}_n, \boldsymbol{\mu}_k, \mathbf{u}, \mathbf{v} \in \mathbb{R}^d
    \boldsymbol{\Sigma}_k \in \mathbb{R}^{d\times d} symmetric posdef
    A \in \mathbb{R}^{d\times d} ; B \in \mathbb{R}^{m\times d}
    \pi_k > 0 ; x, y, z, w \in \mathbb{R} ; r_{nk} \geq 0 ; \sigma_1 > 0 ; W^{(2)} \in \mathbb{R}^{m\times d}
    \mathbf{z}_{2,n} \in \mathbb{R}^m ; c_n \in \{1,...,K\} ; y_n \in \{0,1,...,K\}
    \pi_k^{(t+1)} > 0 ; p_a^{(k)} \in (0,1)
    \mathbf{q} \in \mathbb{R}^K simplex ; component q_k of \mathbf{q}
    function \sigma = logistic ; function g ; function f_k(x)
    function p(x) density ; function p(x|z) density ; function P(c_n = k|y) := \pi_k y
    let s := w x
    let h := s + x
    opaque L depends on h
    function D(n) := \frac{1}{N}
    """
)


def one(text: str) -> str:
    terms = read_term(text, CONTEXT)
    assert len(terms) == 1, [show(term) for term in terms]
    return show(terms[0])


ACCEPTED = [
    # numbers, sums, products
    ("1 + 2.50 - x", "add(1, 5/2, neg(x))"),
    ("x - -y", "add(x, y)"),
    (r"2 x y", "mul(2, x, y)"),
    (r"x \cdot y \times z", "mul(x, y, z)"),
    (r"\frac12 x", "mul(div(1, 2), x)"),
    (r"x / y z", "div(x, mul(y, z))"),
    (r"-\frac{x}{y}", "neg(div(x, y))"),
    (r"x^{-1} + x^2", "add(pow(x, neg(1)), pow(x, 2))"),
    (r"\sqrt{x} + \sqrt[3]{y}", "add(sqrt(x), pow(y, div(1, 3)))"),
    (r"N!", "factorial(N)"),
    (r"2\pi + e", "add(mul(2, pi), e)"),
    (r"e^{-x}", "exp(neg(x))"),
    ("x² + √{y}", "add(pow(x, 2), sqrt(y))"),
    # names and indices
    (r"\mathbf{x}_n", r"\mathbf{x}[n]"),
    (r"\mathbf{x}_{na}", r"\mathbf{x}[n]@[a]"),
    (r"\mathbf{x}_{n,a}", r"\mathbf{x}[n]@[a]"),
    (r"\pi_k^2", r"pow(\pi[k], 2)"),
    (r"\pi_k^{(t+1)}", r"\pi^{(t+1)}[k]"),
    (r"p_a^{(k)}", "p[k, a]"),
    (r"p^{(k)}", "array(a': p[k, a'])"),
    (r"\sigma_1", r"\sigma_1"),
    (r"\mathbf{z}_{2,n}", r"\mathbf{z}_2[n]"),
    (r"q_k", r"\mathbf{q}@[k]"),
    (r"\pi_{c_n}", r"\pi[c[n]]"),
    (r"\pi_{1}", r"\pi[1]"),
    # matrices
    (r"\mathbf{u}^T A \mathbf{v}", r"mul(transpose(\mathbf{u}), A, \mathbf{v})"),
    (r"\mathbf{u}^\top \mathbf{v}", r"mul(transpose(\mathbf{u}), \mathbf{v})"),
    (r"\mathbf{u} \cdot \mathbf{v}", r"inner(\mathbf{u}, \mathbf{v})"),
    (r"\mathbf{u} \odot \mathbf{v} \odot \mathbf{u}", r"hadamard(\mathbf{u}, \mathbf{v}, \mathbf{u})"),
    (r"\mathbf{u} \otimes \mathbf{v}", r"outer(\mathbf{u}, \mathbf{v})"),
    (r"A^{-1} + A^{-T}", "add(inverse(A), transpose(inverse(A)))"),
    (r"W^{(2)T} \mathbf{z}_{2,n}", r"mul(transpose(W^{(2)}), \mathbf{z}_2[n])"),
    (r"|A| + \det A + |x|", "add(det(A), det(A), abs(x))"),
    (r"|\boldsymbol{\Sigma}_k|^{1/2}", r"pow(det(\boldsymbol{\Sigma}[k]), div(1, 2))"),
    (r"\frac{1}{\sqrt{(2\pi)^d |A|}}", "div(1, sqrt(mul(pow(mul(2, pi), d), det(A))))"),
    (r"\|\mathbf{u}\|_2^2 + \|\mathbf{u}\|", r"add(norm2(\mathbf{u}), norm(\mathbf{u}))"),
    (r"\left\|\mathbf{u}\right\|^2", r"norm2(\mathbf{u})"),
    (r"\log (\|\mathbf{u}\|^2 + x \|\mathbf{v}\|^2)", r"log(add(norm2(\mathbf{u}), mul(x, norm2(\mathbf{v}))))"),
    (r"\frac{d h}{d x}", "d(h / x)"),
    (r"\operatorname{tr}(A) + \mathrm{Tr} A", "add(trace(A), trace(A))"),
    (r"\operatorname{diag}(\mathbf{u}) \mathbf{v}", r"mul(diag(\mathbf{u}), \mathbf{v})"),
    (r"(A + I)\mathbf{u}", r"mul(add(A, identity(d)), \mathbf{u})"),
    (r"I_{ij}", "delta(i, j)"),
    (r"I_d \mathbf{u}", r"mul(identity(d), \mathbf{u})"),
    (r"\mathbf{1}^T \mathbf{u}", r"mul(transpose(ones(d)), \mathbf{u})"),
    (r"\begin{bmatrix} x & 1 \\ 0 & y \end{bmatrix}", "[x, 1; 0, y]"),
    (r"\begin{pmatrix} x \\ y \end{pmatrix}", "[x; y]"),
    (r"\begin{vmatrix} x & 1 \\ 0 & y \end{vmatrix}", "det([x, 1; 0, y])"),
    # big operators
    (r"\sum_{k=1}^K \pi_k + 1", r"add(sum(k=1..K: \pi[k]), 1)"),
    (r"\sum_k \pi_k \log \pi_k", r"sum(k=1..K: mul(\pi[k], log(\pi[k])))"),
    (r"\sum_{k'} \pi_{k'}", r"sum(k'=1..K: \pi[k'])"),
    (r"\sum_{j=1, j \neq k}^{K} \pi_j", r"sum(j=1..K | j != k: \pi[j])"),
    (r"\sum_{j \neq k} \pi_j", r"sum(j=1..K | j != k: \pi[j])"),
    (r"\sum_{k \neq c_n} \pi_k", r"sum(k=1..K | k != c[n]: \pi[k])"),
    (r"\sum_{n: y_n = 0} 1", "sum(n=1..N | y_{n}[n] = 0: 1)"),
    (r"\sum_{1 \le i,j \le K} \pi_i \pi_j", r"sum(i=1..K: sum(j=1..K: mul(\pi[i], \pi[j])))"),
    (r"\sum_{i,j=1,\dots,K} \pi_i \pi_j", r"sum(i=1..K: sum(j=1..K: mul(\pi[i], \pi[j])))"),
    (r"\prod_{k=1}^{K-1} \pi_k", r"prod(k=1..K - 1: \pi[k])"),
    (r"\sum_{i=1}^K \sum_{j=1}^{i} \pi_j", r"sum(i=1..K: sum(j=1..i: \pi[j]))"),
    (r"\max_k \pi_k", r"max(k=1..K: \pi[k])"),
    (r"\arg\max_k \pi_k", r"argmax(k=1..K: \pi[k])"),
    (r"\underset{k}{\operatorname{argmin}} \pi_k", r"argmin(k=1..K: \pi[k])"),
    (r"\max(0, x)", "relu(x)"),
    # functions
    (r"\sigma(x)(1 - \sigma(x))", "mul(logistic(x), add(1, neg(logistic(x))))"),
    (r"\log^2 x + \exp(x)^2", "add(pow(log(x), 2), pow(exp(x), 2))"),
    (r"g(x, y) + f_k(x)", "add(g(x, y), f[k](x))"),
    (r"x(1 - x)", "mul(x, add(1, neg(x)))"),
    (r"p(x) p(x|z)", "mul(p(x)(x), p(x|z)(x, z))"),
    (r"P(c_n = 1|y)", r"P(c_n= k|y)[1](y)"),
    (r"\mathcal{N}(\mathbf{x}_n | \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
     r"gaussian(\mathbf{x}[n], \boldsymbol{\mu}[k], \boldsymbol{\Sigma}[k])"),
    (r"\mathcal{N}(x; y, 1)", "gaussian(x, y, 1)"),
    (r"\sigma'(x)", "d(logistic(x) / x)"),
    # selections
    (r"\mathbf{1}\{i = j\} + \mathbb{1}[x > 0] + \mathbb{I}(i \ne j)",
     "add(indicator(i = j), indicator(x > 0), indicator(i != j))"),
    (r"1\{c_n \neq k\}", "indicator(c[n] != k)"),
    (r"\delta_{ij}", "delta(i, j)"),
    (r"\begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}", "cases(1 if i = j, 0)"),
    # derivatives
    (r"\frac{\partial x^2}{\partial x}", "d(pow(x, 2) / x)"),
    (r"\partial g(x) / \partial x + y", "add(d(g(x) / x), y)"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} g(x)", "d(g(x) / x)"),
    (r"\mathbf{u}^\mathsf{T} \mathbf{v}", r"mul(transpose(\mathbf{u}), \mathbf{v})"),
    (r"-\frac{d}{2} \log(2\pi)", "neg(mul(div(d, 2), log(mul(2, pi))))"),
    (r"\frac{d}{dx} \sigma(x)", "d(logistic(x) / x)"),
    (r"\frac{\partial^2 g(x,y)}{\partial x \partial y}", "d(d(g(x, y) / x) / y)"),
    (r"\frac{\partial^2 g(x)}{\partial x^2}", "d(d(g(x) / x) / x)"),
    (r"\nabla_{\mathbf{u}} (\mathbf{u}^T A \mathbf{u})", r"d(mul(transpose(\mathbf{u}), A, \mathbf{u}) / \mathbf{u})"),
    (r"\nabla_x^2 g(x)", "d(d(g(x) / x) / x)"),
    (r"\frac{\partial}{\partial x} g(x + y) \bigg|_{x = 0}", "at(d(g(add(x, y)) / x), x=0)"),
    # integrals and expectations
    (r"\int p(x) \log p(x) dx", "int(x: mul(p(x)(x), log(p(x)(x))))"),
    (r"\int_0^1 x^2 \, dx", "int(x 0..1: pow(x, 2))"),
    (r"\int_x [p(x) + 1] dx", "int(x: add(p(x)(x), 1))"),
    (r"\mathbb{E}_{x \sim p}[x^2]", "E(x ~ p(x)(x): pow(x, 2))"),
    (r"\mathbb{E}_{p(x|z)}[x]", "E(x ~ p(x|z)(x, z): x)"),
    (r"\mathbb{E}_{x \sim \mathcal{N}(0, 1)}[x]", "E(x ~ gaussian(x, 0, 1): x)"),
    (r"\mathbb{P}_{n \sim D}[c_n = 1]", "E(n ~ D[n]: indicator(c[n] = 1))"),
    (r"\operatorname{Var}_{x \sim p}[x]", "E(x ~ p(x)(x): pow(add(x, neg(E(x ~ p(x)(x): x))), 2))"),
    (r"\mathrm{KL}(p(x) \| p(x|z))", "E(x ~ p(x)(x): log(div(p(x)(x), p(x|z)(x, z))))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_accepted(text: str, expected: str) -> None:
    assert one(text) == expected


REFUSED = [
    (r"\Sigma", "did you mean"),
    (r"q", "not declared"),
    (r"\mathrm{x} + x", "not declared"),
    (r"\boldsymbol{\Sigma}^{-1}", "declared as"),
    (r"\mathbf{x}_k", "index k runs over 1..K"),
    (r"\pi_0", "has no member 0"),
    (r"\pi_{k,n,n}", r"takes 1 subscript\(s\)"),
    (r"A_{ii}", "runs over 1..K"),
    (r"\sum_m x", "range of the index m|found the size m"),
    (r"\sum_{d=1}^{K} x", "found the size d"),
    (r"\sum x", "expected the index"),
    (r"h(x)", "a product or a call"),
    (r"\sigma^{-1}(x)", "no inverse of this function"),
    (r"u(x, y)", "declare “function u"),
    (r"\sigma(x, y)", "no declared form fits"),
    (r"\mathcal{N}(\mathbf{u}, A)", "alone has no value"),
    (r"\mathbb{E}[x]", "expected the distribution"),
    (r"\mathbb{E}_{q}[x]", "expected a distribution"),
    (r"\nabla g", "the variable of this gradient"),
    (r"\nabla g(x + 1)", "the variable of this gradient"),
    (r"\frac{\partial g(x)}{\partial (x + 1)}", "a variable to differentiate in"),
    (r"\|\mathbf{u}\|_3", "Euclidean norm"),
    (r"\|\mathbf{u}\|_\infty", "Euclidean norm"),
    (r"\|A\|_1", "a vector in the norm 1"),
    (r"x = y", "found a relation"),
    (r"(\mathbf{u}, x)", "found a list"),
    (r"(0, 1)", "found a list"),
    (r"\frac{\partial K}{\partial x}", "found the size K"),
    (r"I", "the size of this literal"),
    (r"\int_0 x dx", "both limits"),
    (r"\mathbf{1}\{x\} ", "the size of this literal"),
    (r"\frac{\partial L}{\partial h}(x)", "a product or a place"),
    (r"1 + {}", "found nothing"),
    (r"g(x)|_{x}", "variable = value"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text for text, _ in REFUSED])
def test_refused(text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_term(text, CONTEXT)
    assert caught.value.span is not None
    assert 0 <= caught.value.span.start <= len(text)


SHAPES = [
    (r"\mathbf{u} + 1", "shapes differ"),
    (r"\mathbf{u} \mathbf{v}", "cannot multiply"),
    (r"A B", "cannot multiply"),
    (r"\mathbf{u} + \mathbf{u}^T", "shapes differ"),
    (r"\frac{1}{\mathbf{u}}", "below the fraction line"),
    (r"\mathbf{u}^2", r"elementwise \^"),
    (r"\sqrt{\mathbf{u}}", "under the root"),
    (r"|\mathbf{u}|", "between bars"),
    (r"\operatorname{tr}(B)", "square"),
    (r"g(x) + A", "shapes differ"),
    (r"f_k(\mathbf{u})", "expects scalar"),
]


@pytest.mark.parametrize(("text", "message"), SHAPES, ids=[text for text, _ in SHAPES])
def test_shapes_that_do_not_fit_are_an_answer_of_their_own(text: str, message: str) -> None:
    with pytest.raises(ShapeRefusal, match=message):
        read_term(text, CONTEXT)


def test_elementwise_allows_broadcasting() -> None:
    context = declare(r"elementwise + / \sqrt ^", CONTEXT)
    text = r"\frac{\mathbf{u} - \mathbf{v}}{\sqrt{\mathbf{u}^2 + x}}"
    shown = show(read_term(text, context)[0])
    assert shown == (r"hadamard_div(add(\mathbf{u}, neg(\mathbf{v})), sqrt(broadcast_add(pow(\mathbf{u}, 2), x)))")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (r"\log x y", "mul(log(x), y)", "log(mul(x, y))"),
        (r"1/2 x", "mul(div(1, 2), x)", "div(1, mul(2, x))"),
        (r"\frac{d}{dx} g(x) y", "mul(d(g(x) / x), y)", "d(mul(g(x), y) / x)"),
        (
            r"\frac{\partial L}{\partial h} \frac{\partial h}{\partial x}",
            "mul(d(L / h), d(h / x))",
            "mul(d(L / h), local(h / x))",
        ),
    ],
)
def test_two_readings(text: str, first: str, second: str) -> None:
    assert [show(term) for term in read_term(text, CONTEXT)] == [first, second]


def test_a_derivative_without_another_path_has_one_reading() -> None:
    assert one(r"\frac{\partial s}{\partial x} + \frac{\partial L}{\partial h}") == "add(d(s / x), d(L / h))"


def test_the_chain_rule_contracts_shared_axes() -> None:
    context = declare(
        r"""index n = 1..N
        \mathbf{x} \in \mathbb{R}^d ; A \in \mathbb{R}^{m\times d}
        let \mathbf{z} := A \mathbf{x}
        opaque L depends on \mathbf{z}"""
    )
    text = r"\frac{\partial L}{\partial \mathbf{z}} \frac{\partial \mathbf{z}}{\partial \mathbf{x}}"
    (term,) = read_term(text, context)
    assert show(term).startswith("array(i_")
    assert str(shape_of(term, context)[0]) == "d"


def test_a_binder_captures_what_a_definition_mentions() -> None:
    context = declare(
        r"""\epsilon, \phi \in \mathbb{R}
        function p(\epsilon) density
        let z := \phi \epsilon"""
    )
    (term,) = read_term(r"\mathbb{E}_{p(\epsilon)}[z]", context)
    assert show(term) == r"E(\epsilon ~ p(\epsilon): mul(\phi, \epsilon))"


def test_the_inverse_of_a_function_if_it_is_declared() -> None:
    context = declare("x \\in \\mathbb{R} ; function g(x) bijective ; function r(z) inverse of g")
    assert show(read_term(r"g^{-1}(g(x))", context)[0]) == "r(g(x))"


def test_relation_with_the_zero_of_its_shape() -> None:
    assert show(read_relation(r"A \mathbf{u} = 0", CONTEXT)) == r"mul(A, \mathbf{u}) = zeros(d)"
    assert show(read_relation(r"A^T A = I", CONTEXT)) == "mul(transpose(A), A) = identity(d)"


def test_relation_of_different_shapes() -> None:
    with pytest.raises(ShapeRefusal, match="different shapes"):
        read_relation(r"A = \mathbf{u}", CONTEXT)


def test_every_term_has_its_place() -> None:
    for text, _ in ACCEPTED:
        for term in read_term(text, CONTEXT):
            for part in subterms(term):
                assert part.span is not None, (text, part)
                assert 0 <= part.span.start <= part.span.stop <= len(text)


def test_every_reading_is_well_typed() -> None:
    for text, _ in ACCEPTED:
        for term in read_term(text, CONTEXT):
            shape_of(term, CONTEXT)
