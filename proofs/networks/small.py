r"""A network of three weights differentiated by hand, and the sizes of its convolutional cousin: solution 3, problem 2.

    x_1 = w_1 x     x_2 = w_2 σ_1(x_1)     f = w_3 σ_2(x_2)

Both σ_1 and σ_2 are the logistic function. In ∂f/∂σ_2 and ∂σ_2/∂σ_1 the source lets a function's name stand for its
value in the network; these values have names of their own here, s_1 = σ_1(x_1) and s_2 = σ_2(x_2).
"""

from derive import Derivation
from derive.language.context import Context
from derive.read.symbols import array, indices, logistic, max_over, sum_over, symbols

derivation = d = Derivation(
    "networks/small",
    title="A network of three weights, and the sizes of convolution and pooling layers",
    source="solution 3, problem 2",
)

# -- (b) the logistic function -----------------------------------------------------------------------------------------

d.declare(r"""
    u, w_1, w_2, w_3, x \in \mathbb{R}
    function \sigma_1 = logistic ; function \sigma_2 = logistic
""")
d.equal("logistic", r"\sigma_1(u)", r"\frac{1}{1+\exp(-u)}", source="solution 3, problem 2 (b)")
d.equal(
    "logistic_derivative",
    r"\frac{\partial \sigma_1(u)}{\partial u}",
    r"-\frac{1}{(1+\exp(-u))^2} \cdot (-\exp(-u))",
    r"\frac{\exp(-u)}{(1+\exp(-u))^2}",
    r"\frac{1}{1+\exp(-u)} \cdot \frac{\exp(-u)}{1+\exp(-u)}",
    r"\frac{1}{1+\exp(-u)} \cdot \left(1 - \frac{1}{1+\exp(-u)}\right)",
    source="solution 3, problem 2 (b)",
)
d.equal(
    "logistic_reused",
    r"\frac{\partial \sigma_1(u)}{\partial u}",
    r"\sigma_1(u)(1 - \sigma_1(u))",
    source="solution 3, problem 2 (b)",
)

# -- (d), (e), (f) the derivatives in the weights ----------------------------------------------------------------------

w_1, w_2, w_3, x = symbols(d.context, "w_1", "w_2", "w_3", "x")
d.let("x_1", w_1 * x)
(x_1,) = symbols(d.context, "x_1")
d.let("s_1", logistic(x_1))
(s_1,) = symbols(d.context, "s_1")
d.let("x_2", w_2 * s_1)
(x_2,) = symbols(d.context, "x_2")
d.let("s_2", logistic(x_2))
(s_2,) = symbols(d.context, "s_2")
d.let("f", w_3 * s_2)

d.equal(
    "w3",
    r"\frac{\partial f}{\partial w_3}",
    r"\sigma_2(w_2 \sigma_1(w_1 x))",
    r"\sigma_2(x_2)",
    source="solution 3, problem 2 (d)",
)
d.equal(
    "w2",
    r"\frac{\partial f}{\partial w_2}",
    r"\frac{\partial f}{\partial s_2} \frac{\partial s_2}{\partial w_2}",
    r"\sigma_1(w_1 x) w_3 \sigma_2(w_2 \sigma_1(w_1 x)) (1 - \sigma_2(w_2 \sigma_1(w_1 x)))",
    r"w_3 \sigma_1(x_1) \sigma_2(w_2 \sigma_1(x_1)) (1 - \sigma_2(w_2 \sigma_1(x_1)))",
    r"w_3 \sigma_1(x_1) \sigma_2(x_2) (1 - \sigma_2(x_2))",
    source="solution 3, problem 2 (e)",
)
d.equal(
    "w1",
    r"\frac{\partial f}{\partial w_1}",
    r"\frac{\partial f}{\partial s_2} \frac{\partial s_2}{\partial s_1} \frac{\partial s_1}{\partial w_1}",
    r"w_3 w_2 x \sigma_1(w_1 x) (1 - \sigma_1(w_1 x))"
    r" \sigma_2(w_2 \sigma_1(w_1 x)) (1 - \sigma_2(w_2 \sigma_1(w_1 x)))",
    r"w_3 w_2 x \sigma_1(x_1) (1 - \sigma_1(x_1)) \sigma_2(x_2) (1 - \sigma_2(x_2))",
    r"\frac{\partial f}{\partial w_2} \cdot w_2 x (1 - \sigma_1(x_1))",
    source="solution 3, problem 2 (f)",
)
d.equal(
    "w2_reuses_w3",
    r"\frac{\partial f}{\partial w_2}",
    r"\frac{\partial f}{\partial w_3} \cdot w_3 \sigma_1(x_1) (1 - \sigma_2(x_2))",
    source="solution 3, problem 2 (f): the results of w_3 are reused in w_2",
)

# -- (g), (h) sizes of convolution and pooling layers ------------------------------------------------------------------

# A filter of k × k entries, moved over m × m entries in steps of s, fits p times each way if m = (p - 1) s + k.
# The first two claims say so of the layers themselves, for all sizes, one channel at a time: no entry outside the input
# is read. Of the exercise's numbers only the results survived; an input of 28 × 28, filters of 5 × 5 and pooling over
# 2 × 2 are what gives them.

LAYERS = "solution 3, problem 2 (g)"

d.context = Context()
d.declare(r"""
    size p, k
    index i, j = 1..p ; a, b = 1..k
    \mathbf{X} \in \mathbb{R}^{(p + k - 1) \times (p + k - 1)}
    \mathbf{F} \in \mathbb{R}^{k \times k}
    \mathbf{Z} \in \mathbb{R}^{2p \times 2p}
    index e, g = 1..2
""")
i, j, a, b, e, g = indices(d.context, "i j a b e g")
X, F, Z = symbols(d.context, "X", "F", "Z")
d.shape(
    "convolution",
    array(sum_over(sum_over(F[a, b] * X[i + a - 1, j + b - 1], a), b), i, j),
    r"p \times p",
    text=r"\sum_{a,b} F_{ab} X_{i+a-1,j+b-1} \in \mathbb{R}^{p \times p}",
    source=LAYERS,
)
d.shape(
    "pooling",
    array(max_over(max_over(Z[2 * i + e - 2, 2 * j + g - 2], e), g), i, j),
    r"p \times p",
    text=r"\max_{e,g \in \{1,2\}} Z_{2i+e-2,2j+g-2} \in \mathbb{R}^{p \times p}",
    source=LAYERS,
)

d.context = Context()
d.declare(r"m, p, k, s > 0 integer")
d.step("fits", ["m = (p - 1) s + k", "s = 1"], ["p = m - k + 1"], source=LAYERS)
d.step("first_layer", [r"28 = (p - 1) \cdot 1 + 5"], ["p = 24"], source=LAYERS)
d.step("first_pooling", [r"24 = (p - 1) \cdot 2 + 2"], ["p = 12"], source=LAYERS)
d.step("undo_pooling", [r"m = (4 - 1) \cdot 2 + 2"], ["m = 8"], source="solution 3, problem 2 (h)")
d.step("second_filter", [r"12 = (8 - 1) \cdot 1 + k"], ["k = 5"], source="solution 3, problem 2 (h)")
d.equal(
    "second_layer",
    r"12 \cdot 5 + 1",
    "12 - 5 + 1",
    text="(input size) * (kernel size) + 1 = 12 - 5 + 1",
    source="solution 3, problem 2 (h)",
    expect="refuted",
    reason="the kernel size is subtracted from the input size, not multiplied with it",
)
d.equal(
    "second_layer_corrected", "12 - 5 + 1", "8", source="solution 3, problem 2 (h), (input size) - (kernel size) + 1"
)
