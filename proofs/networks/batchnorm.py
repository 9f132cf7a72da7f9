r"""Back-propagation through batch normalisation: solution 2, problem 1, equations 1 to 23.

The network, for examples i = 1..n (γ and β are numbers, ε is positive, the labels need not sum to one):

    z_{1,i} = W^(1) x_i + b^(1)         h_{1,i} = relu(z_{1,i})
    μ = mean of the h_{1,i}             σ² = mean of the (h_{1,i} - μ)²
    ĥ_{1,i} = γ (h_{1,i} - μ) / sqrt(σ² + ε) + β
    z_{2,i} = W^(2) ĥ_{1,i} + b^(2)     ŷ_i = softmax(z_{2,i})
    L = f_CE = -1/n Σ_i Σ_k y_{ik} log ŷ_{ik}

The derivative of L in an intermediate quantity is the total one: everything computed from the quantity moves with it.
Where several paths are summed, as in ∂L/∂h_{1,i}, the last factor of each is the derivative along one edge of the
computation: ∂ĥ_{1,i}/∂h_{1,i} there holds μ and σ² fixed. LaTeX does not tell the two apart, so these lines are stated
with ``partial`` and carry the LaTeX of the source as their text.

Equations 3 and 15 are false as printed: what δ_{1,i} multiplies is the input of the second layer, which is ĥ_{1,i} and
not h_{1,i}.
"""

from typing import Any

from sympy import Sum, log, sqrt

from derive import Derivation
from derive.language.context import Context
from derive.read.symbols import array, entry, gradient, indices, matmul, partial, plus, relu, sizes, softmax, symbols

derivation = d = Derivation(
    "networks/batchnorm",
    title="Back-propagation through batch normalisation",
    source="solution 2, problem 1",
)

# -- Useful identities -------------------------------------------------------------------------------------------------

IDENTITIES = "solution 2, problem 1, useful identities"

d.declare(r"""
    \mathbf{x} \in \mathbb{R}^m
    \mathbf{W} \in \mathbb{R}^{p \times m}
    let \mathbf{z} := \mathbf{W} \mathbf{x}
    opaque L depends on \mathbf{z}
    let \boldsymbol{\delta} := \frac{\partial L}{\partial \mathbf{z}}
""")
d.equal("linear", r"\frac{\partial \mathbf{z}}{\partial \mathbf{x}}", r"\mathbf{W}", source=IDENTITIES)
d.equal(
    "linear_weights",
    r"\frac{\partial L}{\partial \mathbf{W}}",
    r"\frac{\partial L}{\partial \mathbf{z}} \frac{\partial \mathbf{z}}{\partial \mathbf{W}}",
    r"\boldsymbol{\delta} \mathbf{x}^T",
    source=IDENTITIES,
)
d.equal(
    "linear_input",
    r"\frac{\partial L}{\partial \mathbf{x}}",
    r"\frac{\partial L}{\partial \mathbf{z}} \frac{\partial \mathbf{z}}{\partial \mathbf{x}}",
    r"\mathbf{W}^T \frac{\partial L}{\partial \mathbf{z}}",
    source=IDENTITIES,
)

d.context = Context()
d.declare(r"""
    \mathbf{x} \in \mathbb{R}^m
    function f(t) elementwise
    let \mathbf{z} := f(\mathbf{x})
    opaque L depends on \mathbf{z}
    let \boldsymbol{\delta} := \frac{\partial L}{\partial \mathbf{z}}
""")
d.equal(
    "elementwise",
    r"\frac{\partial \mathbf{z}}{\partial \mathbf{x}}",
    r"\text{diag}(f'(\mathbf{x}))",
    source=IDENTITIES,
)
d.equal(
    "elementwise_input",
    r"\frac{\partial L}{\partial \mathbf{x}}",
    r"\frac{\partial L}{\partial \mathbf{z}} \frac{\partial \mathbf{z}}{\partial \mathbf{x}}",
    r"f'(\mathbf{x}) \odot \boldsymbol{\delta}",
    source=IDENTITIES,
)

# -- The network -------------------------------------------------------------------------------------------------------

d.context = Context()
d.declare(r"""
    index i, j = 1..n ; k = 1..n_y ; r, s = 1..n_1
    \mathbf{x}_i \in \mathbb{R}^{n_x} ; \mathbf{y}_i \in \mathbb{R}^{n_y}
    \mathbf{W}^{(1)} \in \mathbb{R}^{n_1 \times n_x} ; \mathbf{b}^{(1)} \in \mathbb{R}^{n_1}
    \mathbf{W}^{(2)} \in \mathbb{R}^{n_y \times n_1} ; \mathbf{b}^{(2)} \in \mathbb{R}^{n_y}
    \gamma, \beta \in \mathbb{R} ; \epsilon > 0
    name \boldsymbol{\sigma}^2
    elementwise + / \sqrt ^
""")
i, j, k, r, s = indices(d.context, "i j k r s")
n, n_y, n_1 = sizes(d.context, "n n_y n_1")
x, y, W1, b1, W2, b2 = symbols(d.context, "x", "y", "W^(1)", "b^(1)", "W^(2)", "b^(2)")
gamma, beta, epsilon = symbols(d.context, "gamma", "beta", "epsilon")

d.let(r"\mathbf{z}_{1,i}", plus(matmul(W1, x[i]), b1))
(z1,) = symbols(d.context, "z_1")
d.let(r"\mathbf{h}_{1,i}", relu(z1[i]))
(h,) = symbols(d.context, r"\mathbf{h}_1")
d.let(r"\boldsymbol{\mu}", array(Sum(h[i, r], (i, 1, n)) / n, r))
(mu,) = symbols(d.context, "mu")
d.let(r"\boldsymbol{\sigma}^2", array(Sum((h[i, r] - mu[r]) ** 2, (i, 1, n)) / n, r))
(sigma2,) = symbols(d.context, "sigma^2")
d.let(r"\hat{\mathbf{h}}_{1,i}", array(gamma * (h[i, r] - mu[r]) / sqrt(sigma2[r] + epsilon) + beta, r))
(h_hat,) = symbols(d.context, r"\hat{\mathbf{h}}_1")
d.let(r"\mathbf{z}_{2,i}", plus(matmul(W2, h_hat[i]), b2))
(z2,) = symbols(d.context, "z_2")
d.let(r"\hat{\mathbf{y}}_i", softmax(z2[i]))
(y_hat,) = symbols(d.context, r"\hat{\mathbf{y}}")
d.let("L", -Sum(y[i, k] * log(y_hat[i, k]), (k, 1, n_y), (i, 1, n)) / n)
(L,) = symbols(d.context, "L")

d.figure("computation", "The network: what each quantity is computed from", of="L")

d.declare(r"""
    alias f_{CE} = L
    alias z_{1,i} = \mathbf{z}_{1,i}
    alias \mu = \boldsymbol{\mu}
    alias \sigma^2 = \boldsymbol{\sigma}^2
    component z_{2,i,k} of \mathbf{z}_{2,i}
    component \hat{y}_{ik} of \hat{\mathbf{y}}_i
    component y_{ik} of \mathbf{y}_i
    let \delta_{1,i} := \frac{\partial L}{\partial \mathbf{z}_{2,i}}
    let \delta_{2,i} := \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}
    let \delta_{3,i} := \frac{\partial L}{\partial \mathbf{h}_{1,i}}
    let \delta_{4,i} := \frac{\partial L}{\partial \mathbf{z}_{1,i}}
""")


def path(through: Any, to: Any) -> Any:
    """Σ_s (∂L/∂through_s) (∂through_s/∂to_r), the second factor along one edge of the computation."""
    return Sum(entry(gradient(L, through), s) * entry(partial(through, to), s, r), (s, 1, n_1))


# -- The forward pass --------------------------------------------------------------------------------------------------

d.equal(
    "forward",
    r"\hat{\mathbf{h}}_{1,i}",
    r"\frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot (\mathbf{h}_{1,i} - \boldsymbol{\mu}) + \beta",
    source="solution 2, problem 1, the network",
)

# -- Preparation: the chain rule ---------------------------------------------------------------------------------------

PREPARATION = "solution 2, problem 1, preparation"
CHAIN_W2 = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \mathbf{z}_{2,i}}"
    r" \frac{\partial \mathbf{z}_{2,i}}{\partial \mathbf{W}^{(2)}}"
)
CHAIN_B2 = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \mathbf{z}_{2,i}}"
    r" \frac{\partial \mathbf{z}_{2,i}}{\partial \mathbf{b}^{(2)}}"
)
CHAIN_H_HAT = (
    r"\frac{\partial L}{\partial \mathbf{z}_{2,i}} \frac{\partial \mathbf{z}_{2,i}}{\partial \hat{\mathbf{h}}_{1,i}}"
)
CHAIN_GAMMA = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \gamma}"
)
CHAIN_BETA = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \beta}"
)
CHAIN_SIGMA2 = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \sigma^2}"
)
CHAIN_Z1 = r"\frac{\partial L}{\partial \mathbf{h}_{1,i}} \frac{\partial \mathbf{h}_{1,i}}{\partial \mathbf{z}_{1,i}}"
CHAIN_W1 = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \mathbf{z}_{1,i}}"
    r" \frac{\partial \mathbf{z}_{1,i}}{\partial \mathbf{W}^{(1)}}"
)
CHAIN_B1 = (
    r"\sum_{i=1}^n \frac{\partial L}{\partial \mathbf{z}_{1,i}}"
    r" \frac{\partial \mathbf{z}_{1,i}}{\partial \mathbf{b}^{(1)}}"
)

d.equal(
    "chain_z2",
    r"\frac{\partial L}{\partial \mathbf{z}_{2,i}}",
    r"\frac{\partial L}{\partial \hat{\mathbf{y}}_i} \frac{\partial \hat{\mathbf{y}}_i}{\partial \mathbf{z}_{2,i}}",
    source=PREPARATION,
)
d.equal(
    "chain_W2",
    r"\frac{\partial L}{\partial \mathbf{W}^{(2)}}",
    CHAIN_W2,
    source=PREPARATION,
)
d.equal(
    "chain_b2",
    r"\frac{\partial L}{\partial \mathbf{b}^{(2)}}",
    CHAIN_B2,
    source=PREPARATION,
)
d.equal(
    "chain_h_hat",
    r"\frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}",
    CHAIN_H_HAT,
    source=PREPARATION,
)
d.equal(
    "chain_gamma",
    r"\frac{\partial L}{\partial \gamma}",
    CHAIN_GAMMA,
    source=PREPARATION,
)
d.equal(
    "chain_beta",
    r"\frac{\partial L}{\partial \beta}",
    CHAIN_BETA,
    source=PREPARATION,
)
d.equal(
    "chain_sigma2",
    r"\frac{\partial L}{\partial \sigma^2}",
    CHAIN_SIGMA2,
    source=PREPARATION,
)
CHAIN_MU = array(Sum(path(h_hat[i], mu), (i, 1, n)) + path(sigma2, mu), r)
CHAIN_H = array(path(h_hat[i], h[i]) + path(mu, h[i]) + path(sigma2, h[i]), r)
d.equal(
    "chain_mu",
    gradient(L, mu),
    CHAIN_MU,
    text=r"\frac{\partial L}{\partial \mu} = \sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \mu}"
    r" + \frac{\partial L}{\partial \sigma^2} \frac{\partial \sigma^2}{\partial \mu}",
    source=PREPARATION,
)
d.equal(
    "chain_h",
    gradient(L, h[i]),
    CHAIN_H,
    text=r"\frac{\partial L}{\partial \mathbf{h}_{1,i}} = \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \mathbf{h}_{1,i}}"
    r" + \frac{\partial L}{\partial \mu} \frac{\partial \mu}{\partial \mathbf{h}_{1,i}}"
    r" + \frac{\partial L}{\partial \sigma^2} \frac{\partial \sigma^2}{\partial \mathbf{h}_{1,i}}",
    source=PREPARATION,
)
d.equal(
    "chain_z1",
    r"\frac{\partial L}{\partial \mathbf{z}_{1,i}}",
    CHAIN_Z1,
    source=PREPARATION,
)
d.equal(
    "chain_W1",
    r"\frac{\partial L}{\partial \mathbf{W}^{(1)}}",
    CHAIN_W1,
    source=PREPARATION,
)
d.equal(
    "chain_b1",
    r"\frac{\partial L}{\partial \mathbf{b}^{(1)}}",
    CHAIN_B1,
    source=PREPARATION,
)

# -- Derivation --------------------------------------------------------------------------------------------------------

d.equal(
    "eq1",
    r"\frac{\partial L}{\partial z_{2,i,k}}",
    r"\sum_{j=1}^{n_y} \frac{\partial L}{\partial \hat{y}_{ij}} \frac{\partial \hat{y}_{ij}}{\partial z_{2,i,k}}",
    r"-\frac{1}{n} \left[\sum_{j=1, j \neq k}^{n_y} \frac{y_{ij}}{\hat{y}_{ij}} (-\hat{y}_{ik} \hat{y}_{ij})"
    r" + \frac{y_{ik}}{\hat{y}_{ik}} \hat{y}_{ik} (1 - \hat{y}_{ik}) \right]",
    r"\frac{1}{n} \left[\hat{y}_{ik} \left(\sum_{j=1}^{n_y} y_{ij} \right) - y_{ik} \right]",
    source="solution 2, eq. 1",
)
DELTA_1 = r"\frac{1}{n} \left(\left(\sum_{j=1}^{n_y} y_{ij} \right) \hat{\mathbf{y}}_i - \mathbf{y}_i \right)"
d.equal("eq2", r"\delta_{1,i}", r"\frac{\partial L}{\partial \mathbf{z}_{2,i}}", DELTA_1, source="solution 2, eq. 2")
d.equal(
    "eq3",
    r"\frac{\partial L}{\partial \mathbf{W}^{(2)}}",
    r"\sum_{i=1}^n \delta_{1,i} \mathbf{h}_{1,i}^T",
    source="solution 2, eq. 3",
    expect="refuted",
    reason=(NOT_NORMALISED := "the second layer reads the normalised ĥ_{1,i}, not h_{1,i}"),
)
d.equal(
    "eq3_corrected",
    r"\frac{\partial L}{\partial \mathbf{W}^{(2)}}",
    CHAIN_W2,
    r"\sum_{i=1}^n \delta_{1,i} \hat{\mathbf{h}}_{1,i}^T",
    source="solution 2, eq. 3, with ĥ for h",
)
d.equal(
    "eq4",
    r"\frac{\partial L}{\partial \mathbf{b}^{(2)}}",
    CHAIN_B2,
    r"\sum_{i=1}^n \delta_{1,i} \mathbf{I}",
    r"\sum_{i=1}^n \delta_{1,i}",
    source="solution 2, eq. 4",
)
d.equal(
    "eq5",
    r"\delta_{2,i}",
    r"\frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}",
    CHAIN_H_HAT,
    r"\mathbf{W}^{(2)T} \delta_{1,i}",
    source="solution 2, eq. 5",
)
GAMMA = (
    r"\sum_{i=1}^n \left(\frac{\mathbf{h}_{1,i} - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \right)^T"
    r" \delta_{2,i}"
)
d.equal(
    "eq6",
    r"\frac{\partial L}{\partial \gamma}",
    CHAIN_GAMMA,
    GAMMA,
    source="solution 2, eq. 6",
)
d.equal(
    "eq7",
    r"\frac{\partial L}{\partial \beta}",
    CHAIN_BETA,
    r"\sum_{i=1}^n \mathbf{1}^T \delta_{2,i}",
    source="solution 2, eq. 7",
)
d.equal(
    "eq8",
    r"\frac{\partial L}{\partial \boldsymbol{\sigma}^2}",
    r"\sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \boldsymbol{\sigma}^2}",
    r"-\frac{\gamma}{2} \sum_{i=1}^n \left(\frac{(\mathbf{h}_{1,i} - \boldsymbol{\mu})}"
    r"{(\boldsymbol{\sigma}^2 + \epsilon)^{\frac{3}{2}}} \odot \delta_{2,i} \right)",
    source="solution 2, eq. 8",
)
d.equal(
    "eq9_chain",
    gradient(L, mu),
    CHAIN_MU,
    text=r"\frac{\partial L}{\partial \boldsymbol{\mu}}"
    r" = \sum_{i=1}^n \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \boldsymbol{\mu}}"
    r" + \frac{\partial L}{\partial \boldsymbol{\sigma}^2}"
    r" \frac{\partial \boldsymbol{\sigma}^2}{\partial \boldsymbol{\mu}}",
    source="solution 2, eq. 9, first line",
)
d.equal(
    "eq9",
    r"\frac{\partial L}{\partial \boldsymbol{\mu}}",
    r"-\sum_{i=1}^n \frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \delta_{2,i}"
    r" + \left(\frac{\gamma}{2} \sum_{i=1}^n \left(\frac{\mathbf{h}_{1,i} - \boldsymbol{\mu}}"
    r"{(\boldsymbol{\sigma}^2 + \epsilon)^{\frac{3}{2}}} \odot \delta_{2,i} \right) \right)"
    r" \odot \frac{2}{n} \sum_{i=1}^n (\mathbf{h}_{1,i} - \boldsymbol{\mu})",
    r"-\sum_{i=1}^n \frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \delta_{2,i}",
    r"-\frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \sum_{i=1}^n \delta_{2,i}",
    source="solution 2, eq. 9",
)
DELTA_3 = (
    r"\frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \delta_{2,i}"
    r" - \frac{\gamma}{n} \left[\frac{1}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}}"
    r" \odot \sum_{j=1}^n \delta_{2,j} \right]"
    r" - \frac{\gamma}{n} \left[\sum_{j=1}^n \left(\frac{(\mathbf{h}_{1,j} - \boldsymbol{\mu})}"
    r"{(\boldsymbol{\sigma}^2 + \epsilon)^{\frac{3}{2}}} \odot \delta_{2,j} \right) \right]"
    r" \odot (\mathbf{h}_{1,i} - \boldsymbol{\mu})"
)
d.equal(
    "eq10_chain",
    gradient(L, h[i]),
    CHAIN_H,
    text=r"\frac{\partial L}{\partial \mathbf{h}_{1,i}} = \frac{\partial L}{\partial \hat{\mathbf{h}}_{1,i}}"
    r" \frac{\partial \hat{\mathbf{h}}_{1,i}}{\partial \mathbf{h}_{1,i}}"
    r" + \frac{\partial L}{\partial \boldsymbol{\mu}} \frac{\partial \boldsymbol{\mu}}{\partial \mathbf{h}_{1,i}}"
    r" + \frac{\partial L}{\partial \boldsymbol{\sigma}^2}"
    r" \frac{\partial \boldsymbol{\sigma}^2}{\partial \mathbf{h}_{1,i}}",
    source="solution 2, eq. 10, first line",
)
d.equal(
    "eq10",
    r"\delta_{3,i}",
    r"\frac{\partial L}{\partial \mathbf{h}_{1,i}}",
    r"\frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \delta_{2,i}"
    r" - \left[\frac{\gamma}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}} \odot \sum_{j=1}^n \delta_{2,j} \right]"
    r" \cdot \frac{1}{n}"
    r" - \left[\frac{\gamma}{2} \sum_{j=1}^n \left(\frac{(\mathbf{h}_{1,j} - \boldsymbol{\mu})}"
    r"{(\boldsymbol{\sigma}^2 + \epsilon)^{\frac{3}{2}}} \odot \delta_{2,j} \right) \right]"
    r" \odot \frac{2}{n} (\mathbf{h}_{1,i} - \boldsymbol{\mu})",
    DELTA_3,
    source="solution 2, eq. 10",
)
d.equal(
    "eq11",
    r"\delta_{4,i}",
    r"\frac{\partial L}{\partial \mathbf{z}_{1,i}}",
    CHAIN_Z1,
    r"\mathbf{1}\{\mathbf{z}_{1,i} > 0\} \odot \delta_{3,i}",
    source="solution 2, eq. 11",
)
d.equal(
    "eq12",
    r"\frac{\partial L}{\partial \mathbf{W}^{(1)}}",
    CHAIN_W1,
    r"\sum_{i=1}^n \delta_{4,i} \mathbf{x}_i^T",
    source="solution 2, eq. 12",
)
d.equal(
    "eq13",
    r"\frac{\partial L}{\partial \mathbf{b}^{(1)}}",
    CHAIN_B1,
    r"\sum_{i=1}^n \delta_{4,i} \mathbf{1}",
    r"\sum_{i=1}^n \delta_{4,i}",
    source="solution 2, eq. 13",
)

# -- In conclusion: the results once more, and the shapes stated with them --------------------------------------------

d.equal(
    "eq14",
    r"\delta_{1,i}",
    r"\frac{\partial f_{CE}}{\partial \mathbf{z}_{2,i}}",
    DELTA_1,
    source="solution 2, eq. 14",
)
d.equal(
    "eq15",
    r"\frac{\partial f_{CE}}{\partial \mathbf{W}^{(2)}}",
    r"\sum_{i=1}^n \delta_{1,i} \mathbf{h}_{1,i}^T",
    source="solution 2, eq. 15",
    expect="refuted",
    reason=NOT_NORMALISED,
)
d.equal(
    "eq15_corrected",
    r"\frac{\partial f_{CE}}{\partial \mathbf{W}^{(2)}}",
    r"\sum_{i=1}^n \delta_{1,i} \hat{\mathbf{h}}_{1,i}^T",
    source="solution 2, eq. 15, with ĥ for h",
)
d.equal(
    "eq16",
    r"\frac{\partial f_{CE}}{\partial \mathbf{b}^{(2)}}",
    r"\sum_{i=1}^n \delta_{1,i}",
    source="solution 2, eq. 16",
)
d.equal(
    "eq17",
    r"\delta_{2,i}",
    r"\frac{\partial f_{CE}}{\partial \hat{\mathbf{h}}_{1,i}}",
    r"\mathbf{W}^{(2)T} \delta_{1,i}",
    source="solution 2, eq. 17",
)
d.equal("eq18", r"\frac{\partial f_{CE}}{\partial \gamma}", GAMMA, source="solution 2, eq. 18")
d.equal(
    "eq19",
    r"\frac{\partial f_{CE}}{\partial \beta}",
    r"\sum_{i=1}^n \mathbf{1}^T \delta_{2,i}",
    source="solution 2, eq. 19",
)
d.equal(
    "eq20",
    r"\delta_{3,i}",
    r"\frac{\partial f_{CE}}{\partial \mathbf{h}_{1,i}}",
    DELTA_3,
    source="solution 2, eq. 20",
)
d.equal(
    "eq21",
    r"\delta_{4,i}",
    r"\frac{\partial f_{CE}}{\partial \mathbf{z}_{1,i}}",
    r"\mathbf{1}\{z_{1,i} > 0\} \odot \delta_{3,i}",
    source="solution 2, eq. 21",
)
d.equal(
    "eq22",
    r"\frac{\partial f_{CE}}{\partial \mathbf{W}^{(1)}}",
    r"\sum_{i=1}^n \delta_{4,i} \mathbf{x}_i^T",
    source="solution 2, eq. 22",
)
d.equal(
    "eq23",
    r"\frac{\partial f_{CE}}{\partial \mathbf{b}^{(1)}}",
    r"\sum_{i=1}^n \delta_{4,i}",
    source="solution 2, eq. 23",
)

SHAPES = {
    2: (DELTA_1, r"\mathbb{R}^{n_y}"),
    3: (r"\sum_{i=1}^n \delta_{1,i} \hat{\mathbf{h}}_{1,i}^T", r"\mathbb{R}^{n_y \times n_1}"),
    4: (r"\sum_{i=1}^n \delta_{1,i}", r"\mathbb{R}^{n_y}"),
    5: (r"\mathbf{W}^{(2)T} \delta_{1,i}", r"\mathbb{R}^{n_1}"),
    6: (GAMMA, r"\mathbb{R}"),
    7: (r"\sum_{i=1}^n \mathbf{1}^T \delta_{2,i}", r"\mathbb{R}"),
    8: (r"\frac{\partial L}{\partial \boldsymbol{\sigma}^2}", r"\mathbb{R}^{n_1}"),
    9: (r"\frac{\partial L}{\partial \boldsymbol{\mu}}", r"\mathbb{R}^{n_1}"),
    10: (DELTA_3, r"\mathbb{R}^{n_1}"),
    11: (r"\mathbf{1}\{\mathbf{z}_{1,i} > 0\} \odot \delta_{3,i}", r"\mathbb{R}^{n_1}"),
    12: (r"\sum_{i=1}^n \delta_{4,i} \mathbf{x}_i^T", r"\mathbb{R}^{n_1 \times n_x}"),
    13: (r"\sum_{i=1}^n \delta_{4,i}", r"\mathbb{R}^{n_1}"),
}
for number, (result, space) in SHAPES.items():
    d.shape(
        f"eq{number}_shape", result, space, text=rf"{result} \in {space}", source=f"solution 2, eq. {number}, shape"
    )
