"""Declarations in the author's notation."""

import pytest

from derive.language.context import Context, SymbolDecl
from derive.language.extents import show_shape
from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from derive.read.latex import read_term
from tests.read.show import show

INDICES = "index n = 1..N ; j, k = 1..K\n"


def symbol(text: str, name: str) -> SymbolDecl:
    return declare(INDICES + text).symbols[name]


def test_the_example_of_the_design() -> None:
    context = declare(
        r"""
        %: index n = 1..N ; j, k = 1..K
        %: \mathbf{x}_n, \boldsymbol{\mu}_k \in \mathbb{R}^d
        %: \boldsymbol{\Sigma}_k \in \mathbb{R}^{d\times d} symmetric posdef
        %: \pi_k > 0 ; t_n \in \{0,1\} ; \phi \in (0,1) ; c \geq 0
        %: assume \sum_{k=1}^K \pi_k = 1
        %: \mathbf{w}_k, \boldsymbol{\phi}_n \in \mathbb{R}^d
        %: let y_{nk} := \sigma(\mathbf{w}_k^T \boldsymbol{\phi}_n)
        """.replace(
            "%: let", "%: function \\sigma = logistic ; function \\mathcal{N}(x|m,S) = gaussian ; function g\n%: let"
        )
        + r"""
        %: function p(\mathbf{x}) := \sum_{k=1}^K \pi_k \mathcal{N}(\mathbf{x}|\boldsymbol{\mu}_k,\boldsymbol{\Sigma}_k)
        %: alias \boldsymbol{x}_n = \mathbf{x}_n
        %: name \boldsymbol{\sigma}^2 \in \mathbb{R}^m positive
        %: \hat{\mathbf{h}}_{1,n} \in \mathbb{R}^m
        %: opaque L depends on \hat{\mathbf{h}}_{1,n}
        %: elementwise + / \sqrt ^
        %: layout gradient
        %: \boldsymbol{\pi} \in \mathbb{R}^K
        %: component \pi_k of \boldsymbol{\pi}
        %: skip
        %: expect refuted
        """
    )
    assert dict(context.sizes) == {"N": 1, "K": 1, "d": 1, "m": 1}
    assert {name: str(range_) for name, range_ in context.indices.items()} == {"n": "1..N", "j": "1..K", "k": "1..K"}
    assert context.symbols[r"\boldsymbol{\Sigma}"].properties == {"symmetric", "posdef"}
    assert context.symbols["y"].family_names == ("n", "k")
    assert context.symbols[r"\boldsymbol{\sigma}^2"].properties == {"positive"}
    assert context.functions["p"].param_shapes == context.functions["p"].param_shapes
    assert [show_shape(shape) for shape in context.functions["p"].param_shapes] == ["(d)"]
    assert show(context.facts[0].statement) == r"sum(k=1..K: \boldsymbol{\pi}@[k]) = 1"
    assert show(read_term(r"\boldsymbol{x}_n", context)[0]) == r"\mathbf{x}[n]"
    assert show(read_term(r"\pi_k", context)[0]) == r"\boldsymbol{\pi}@[k]"
    assert "positive" in context.symbols[r"\boldsymbol{\pi}"].properties


@pytest.mark.parametrize(
    ("text", "name", "family", "shape", "properties"),
    [
        (r"\mathbf{x}_n \in \mathbb{R}^d", r"\mathbf{x}", ("n",), "(d)", set()),
        (r"A \in \mathbb{R}^{n_1 \times 2m}", "A", (), "(n_1 × 2 m)", set()),
        (r"W^{(2)} \in \mathbb{R}^{a\times b}", "W^{(2)}", (), "(a × b)", set()),
        (r"\mathbf{z}_{2,n} \in \mathbb{R}^d", r"\mathbf{z}_2", ("n",), "(d)", set()),
        (r"\pi_k^{(t)} > 0", r"\pi^{(t)}", ("k",), "scalar", {"positive"}),
        (r"x_k^{(n)} \in \{0,1\}", "x", ("n", "k"), "scalar", {"binary"}),
        (r"\sigma_1 \geq 0", r"\sigma_1", (), "scalar", {"nonnegative"}),
        (r"p_{data} \in [0,1]", "p_{data}", (), "scalar", {"unit"}),
        (r"a \in (0, \infty)", "a", (), "scalar", {"positive"}),
        (r"a \in \mathbb{R}_{>0}", "a", (), "scalar", {"positive"}),
        (r"T_{nk} \in \mathbb{N}", "T", ("n", "k"), "scalar", {"integer", "nonnegative"}),
        (r"\mathbf{t}_n \in \{0,1\}^K onehot", r"\mathbf{t}", ("n",), "(K)", {"binary", "onehot"}),
        (r"\boldsymbol{\pi} \in \mathbb{R}^K simplex", r"\boldsymbol{\pi}", (), "(K)", {"simplex"}),
        (r"W \in \mathbb{R}^{m\times m} symmetric, connected", "W", (), "(m × m)", {"symmetric", "connected"}),
        (r"t_n binary", "t", ("n",), "scalar", {"binary"}),
        (r"c_n \in \{1,\dots,K\}", "c", ("n",), "scalar", {"label", "integer"}),
    ],
)
def test_membership(text: str, name: str, family: tuple[str, ...], shape: str, properties: set[str]) -> None:
    decl = symbol(text, name)
    assert decl.family_names == family
    assert show_shape(decl.shape) == shape
    assert decl.properties == properties


def test_bounds_values_and_labels() -> None:
    assert show(symbol(r"a \in [-1, 2)", "a").low or read_term("0", Context())[0]) == "neg(1)"
    assert symbol(r"a \in [-1, 2)", "a").high_open
    assert symbol("0 < c < 2", "c").properties == {"positive"}
    assert [show(value) for value in symbol(r"y \in \{-1, 1\}", "y").values] == ["neg(1)", "1"]
    assert str(symbol(r"y_n \in \{0,1,...,K\}", "y").label_range) == "0..K"


def test_sizes() -> None:
    assert declare("size K >= 2 ; size d").sizes == {"K": 2, "d": 1}
    assert declare("index t = 2..T, i, j = 1..2m-1").sizes == {"T": 1, "m": 1}


def test_functions() -> None:
    context = declare(
        INDICES
        + r"""function \sigma = logistic
        function f elementwise
        function g(\epsilon, \phi) \in \mathbb{R}^d
        function p(x) density
        function p(x|z)
        function h_k(x; \theta) := k x
        function P(c_n = k) := k
        function q(y) := y^2"""
    )
    assert context.functions[r"\sigma"].builtin == "logistic"
    assert show_shape(context.functions["g"].shape) == "(d)"
    assert context.functions["p"].properties == {"density"}
    assert context.functions["p(x|z)"].params == ("x", "z")
    assert context.functions["h"].family_names == ("k",)
    assert context.functions["h"].params == ("x",)
    assert context.symbols["P(c_n= k)"].family_names == ("k",)
    assert show(read_term(r"h_k(3; \theta) + P(c_n = 1)", context)[0]) == "add(h[k](3), P(c_n= k)[1])"


def test_let_with_arguments_is_a_quantity() -> None:
    context = declare(
        INDICES
        + r"""x_k^{(n)}, p_k \in (0,1)
        let l(\theta) := \sum_k p_k
        let P(x^{(n)}|p) := \prod_k p_k^{x_k^{(n)}}"""
    )
    assert show(read_term(r"l(\theta) + l", context)[0]) == "add(l, l)"
    assert show(read_term(r"\sum_n P(x^{(n)}|p)", context)[0]) == "sum(n=1..N: P(x^{(n)}|p)[n])"


def test_one_letter_may_name_a_quantity_and_a_family() -> None:
    context = declare(INDICES + r"\lambda_k \in \mathbb{R} ; \lambda > 0 ; N_k \geq 0")
    assert show(read_term(r"\lambda \lambda_k N N_k", context)[0]) == r"mul(\lambda{}, \lambda[k], N, N[k])"


def test_what_is_used_may_be_declared_further_down() -> None:
    context = declare(INDICES + r"let y_n := \sigma(w x_n) ; x_n, w \in \mathbb{R} ; function \sigma = logistic")
    assert context.symbols["y"].definition is not None
    assert show(context.symbols["y"].definition.body) == "logistic(mul(w, x[n]))"


def test_an_alias_may_drop_an_index() -> None:
    context = declare(INDICES + "S_k > 0 ; alias S = S_k ; name v^2 > 0 ; alias w^2 = v^2")
    assert show(read_term("S w^2", context)[0]) == "mul(S[k], v^2)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"x", "expected a declaration such as"),
        (r"x \in S", "expected a set such as"),
        (r"x^2 > 0", "write “name"),
        (r"k > 0", "declared as an index"),
        ("index n", "expected a range"),
        ("index n = 1", "expected a range"),
        ("size K = 2", "expected a size"),
        (r"\mathbf{x} \in \mathbb{R}^d posdef", "square matrix"),
        ("a simplex", "a vector or a family"),
        (r"let y := \sum_k z_k", "not declared"),
        ("let y", "expected “:=”"),
        (r"x_n \in \mathbb{R} ; let y := x_n", "write y_n"),
        (r"\mathbf{u} \in \mathbb{R}^d ; let \mathbf{u} := 1", "its definition is scalar"),
        (r"function \sigma = sigmoidal", "not a built-in"),
        (r"function \mathcal{N}(x|m) = gaussian", "takes 3 argument"),
        ("function g := 3", "expected parameters"),
        ("opaque L", "depends on"),
        ("elementwise %", "after “elementwise”"),
        ("layout sideways", "layout gradient"),
        (r"component x_k", "expected “component"),
        (r"component x_k of \mathbf{x}", "declared before"),
        (r"\mathbf{x} \in \mathbb{R}^n", "found the index n"),
        ("assume x", "not declared|relation"),
        (r"x \in (0,", "found the end"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(DeclarationError, match=message) as caught:
        declare(INDICES + text)
    assert caught.value.span is not None


def test_an_error_tells_the_place_in_the_whole_text() -> None:
    text = "index n = 1..N\nx_n > 0 ; y_n \\in Q"
    with pytest.raises(DeclarationError) as caught:
        declare(text)
    span = caught.value.span
    assert span is not None
    assert text[span.start : span.stop] == "Q"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (r"index k = 1..K ; \pi_k > 0 ; \sum_k \pi_k = 1", [r"\sum_k \pi_k = 1"]),
        (r"A \in \mathbb{R}^{n\times n} ; A^T A = I", ["A^T A = I"]),
        (r"a, b > 0 ; a + b < 1 ; a = b^2", ["a + b < 1", "a = b^2"]),
        (r"x \in \mathbb{R} ; function D(u) ; 0 < D(x) < 1", ["0 < D(x) < 1", "0 < D(x) < 1"]),
    ],
)
def test_a_relation_without_a_keyword_is_a_fact(text: str, facts: list[str]) -> None:
    assert [fact.source for fact in declare(text).facts] == facts


def test_a_definition_without_a_keyword() -> None:
    context = declare(r"a > 0 ; b := a^2")
    assert context.symbols["b"].definition is not None


def test_an_equation_of_an_unknown_name_says_what_to_write() -> None:
    with pytest.raises(DeclarationError, match="let x := …"):
        declare("x = 3")


@pytest.mark.parametrize(
    ("values", "word"),
    [
        (r"\in (0, 1)", "open_unit"),
        (r"\in [0,1]", "unit"),
        (r"\in \{0, 1\}", "binary"),
        ("> 0", "positive"),
        (r"\ge 0", "nonnegative"),
        (">= 0", "nonnegative"),
    ],
)
def test_the_values_of_a_function(values: str, word: str) -> None:
    assert declare(f"function D(x) {values}").functions["D"].properties == {word}
    assert declare(f"function D(x) := x ; a {values}").functions["D"].properties == frozenset()


@pytest.mark.parametrize("values", [r"\in (1, 2)", "> 1", r"\in S"])
def test_values_of_a_function_that_are_refused(values: str) -> None:
    with pytest.raises(DeclarationError):
        declare(f"function D(x) {values}")


def test_an_index_without_the_word() -> None:
    context = declare(r"x_n \in \mathbb{R}^d ; n = 1..N ; j, k = 0..K-1", Context())
    assert {name: str(range_) for name, range_ in context.indices.items()} == {
        "n": "1..N",
        "j": "0..K - 1",
        "k": "0..K - 1",
    }
    assert len(context.symbols["x"].family) == 1
    for text in ("n = 1", "n = N", "a = 1..."):
        with pytest.raises(DeclarationError):
            declare(text, Context())
