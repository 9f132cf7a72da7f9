r"""Softmax and its back-propagation: solution 1, problem 2.

Forward: r = Σ_j e^{z_j}, y_j = e^{z_j} / r. The loss J depends on the outputs alone; a bar marks its derivative, as in
ȳ_i = ∂J/∂y_i. The edges of the computation graph are z_j → r, z_j → y_j and r → y_j: a factor such as ∂y_i/∂z_i in
(b) is the derivative along one edge, with r held fixed, and is stated with ``partial``.

The forward pass is printed as ``r = Σ_i e^{z_j}`` and ``y = e^{z_j}/r``, with an index that is not the one summed over
and without one on y. Both stand as written, beside what is meant.
"""

from sympy import KroneckerDelta, Sum, exp

from derive import Derivation
from derive.language.context import Context
from derive.read.symbols import array, gradient, indices, partial, sizes, symbols

derivation = d = Derivation(
    "networks/softmax",
    title="Softmax: forward, backward, and its vector-Jacobian product",
    source="solution 1, problem 2",
)

# -- one example -------------------------------------------------------------------------------------------------------

d.declare(r"""
    index i, j = 1..D
    \mathbf{z} \in \mathbb{R}^D
    component z_i of \mathbf{z}
""")
i, j = indices(d.context, "i j")
(D,) = sizes(d.context, "D")
(z,) = symbols(d.context, "z")
d.let("r", Sum(exp(z[j]), (j, 1, D)))
(r,) = symbols(d.context, "r")
d.let(r"\mathbf{y}", array(exp(z[i]) / r, i))
(y,) = symbols(d.context, "y")
d.declare(r"""
    component y_i of \mathbf{y}
    opaque J depends on \mathbf{y}
    let \bar{y}_i := \frac{\partial J}{\partial y_i}
    let \bar{r} := \frac{\partial J}{\partial r}
    let \bar{z}_i := \frac{\partial J}{\partial z_i}
""")
J, y_bar, r_bar = symbols(d.context, "J", r"\bar{y}", r"\bar{r}")

d.equal(
    "forward_r",
    "r",
    r"\sum_{i} e^{z_j}",
    source="solution 1, problem 2",
    expect="refuted",
    reason="the sum runs over i, but its term does not hold i",
)
d.equal("forward_r_corrected", "r", r"\sum_{j} e^{z_j}", source="solution 1, problem 2, summed over j")
d.equal(
    "forward_y",
    r"\mathbf{y}",
    r"\frac{e^{z_j}}{r}",
    source="solution 1, problem 2",
    expect="refuted",
    reason="y is the whole vector, the right side one entry of it",
)
d.equal("forward_y_corrected", "y_j", r"\frac{e^{z_j}}{r}", source="solution 1, problem 2, with y_j for y")
d.equal("outputs_sum_to_one", r"\sum_{j=1}^D y_j", "1", source="beyond the source")
d.equal("operator", r"\mathbf{y}", r"\operatorname{softmax}(\mathbf{z})", source="beyond the source")

d.equal(
    "r_bar",
    r"\bar{r}",
    r"\sum_{i=1}^{D} \bar{y}_i \frac{\partial y_i}{\partial r}",
    r"-\sum_{i=1}^{D} \bar{y}_i \frac{e^{z_i}}{r^2}",
    source="solution 1, problem 2 (b)",
)
d.equal(
    "z_bar_chain",
    gradient(J, z[i]),
    y_bar[i] * partial(y[i], z[i]) + r_bar * gradient(r, z[i]),
    text=r"\bar{z}_i = \bar{y}_i \frac{\partial y_i}{\partial z_i} + \bar{r} \frac{\partial r}{\partial z_i}",
    source="solution 1, problem 2 (b)",
)
d.equal("z_bar", r"\bar{z}_i", r"\bar{y}_i \frac{e^{z_i}}{r} + \bar{r} e^{z_i}", source="solution 1, problem 2 (b)")

d.equal(
    "jacobian",
    gradient(y, z),
    r"\operatorname{diag}(\mathbf{y}) - \mathbf{y} \mathbf{y}^T",
    text=r"\frac{\partial \mathbf{y}}{\partial \mathbf{z}} = \operatorname{diag}(\mathbf{y}) - \mathbf{y} \mathbf{y}^T",
    source="beyond the source",
)
d.equal(
    "jacobian_entry",
    gradient(y[i], z[j]),
    y[i] * (KroneckerDelta(i, j) - y[j]),
    text=r"\frac{\partial y_i}{\partial z_j} = y_i (\delta_{ij} - y_j)",
    source="beyond the source",
)
d.equal(
    "z_bar_closed",
    r"\bar{z}_i",
    r"y_i \left( \bar{y}_i - \sum_{j=1}^D y_j \bar{y}_j \right)",
    source="beyond the source",
)
d.equal("z_bar_sums_to_zero", r"\sum_{i=1}^D \bar{z}_i", "0", source="beyond the source")

d.figure("computation", "The computation graph of softmax", of="J")
d.figure("computation", "The same for D = 2, entry by entry", of="J", sizes={"D": 2})

# -- a minibatch: one example in each row ------------------------------------------------------------------------------

BATCH = "solution 1, problem 2 (c)"

d.context = Context()
d.declare(r"""
    index n = 1..N ; i, j = 1..D
    \mathbf{Z} \in \mathbb{R}^{N \times D}
    component Z_{ni} of \mathbf{Z}
""")
n, i, j = indices(d.context, "n i j")
(D,) = sizes(d.context, "D")
(Z,) = symbols(d.context, "Z")
d.let("R_n", Sum(exp(Z[n, j]), (j, 1, D)))
(R,) = symbols(d.context, "R")
d.let(r"\mathbf{Y}", array(exp(Z[n, i]) / R[n], n, i))
d.declare(r"""
    component Y_{ni} of \mathbf{Y}
    opaque J depends on \mathbf{Y}
    let \bar{\mathbf{Y}} := \frac{\partial J}{\partial \mathbf{Y}}
    let \bar{\mathbf{Z}} := \frac{\partial J}{\partial \mathbf{Z}}
    let \bar{R}_n := \frac{\partial J}{\partial R_n}
    component \bar{Y}_{ni} of \bar{\mathbf{Y}}
    component \bar{Z}_{ni} of \bar{\mathbf{Z}}
""")
d.equal("batch_forward", "Y_{ni}", r"\frac{e^{Z_{ni}}}{\sum_{j=1}^D e^{Z_{nj}}}", source=BATCH)
d.equal("batch_r_bar", r"\bar{R}_n", r"-\sum_{i=1}^D \bar{Y}_{ni} \frac{e^{Z_{ni}}}{R_n^2}", source=BATCH)
d.equal("batch_z_bar", r"\bar{Z}_{ni}", r"\bar{Y}_{ni} \frac{e^{Z_{ni}}}{R_n} + \bar{R}_n e^{Z_{ni}}", source=BATCH)
d.equal(
    "batch_vjp",
    r"\bar{\mathbf{Z}}",
    r"\mathbf{Y} \odot \left( \bar{\mathbf{Y}} - (\mathbf{Y} \odot \bar{\mathbf{Y}}) \mathbf{1} \mathbf{1}^T \right)",
    source=BATCH,
)
d.shape("batch_shape", r"\bar{\mathbf{Z}}", r"\mathbb{R}^{N \times D}", source=BATCH)
