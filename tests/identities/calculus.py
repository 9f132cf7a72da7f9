"""Chain and product rules with unknown functions, elementwise layers, and flows of gradients."""

from __future__ import annotations

from tests.identities.rows import Best, Follows, Identity, Row

UNKNOWN = r"""
index i, j = 1..n
x, t, c \in \mathbb{R} ; y, v \in \mathbb{R}^n
function f ; function g ; function h
"""
LAYER = r"""
index i = 1..m ; j = 1..d ; k = 1..K
x \in \mathbb{R}^d ; W \in \mathbb{R}^{m \times d} ; b \in \mathbb{R}^m ; v, z \in \mathbb{R}^m
V \in \mathbb{R}^{K \times m}
t \in \mathbb{R} ; y, u \in \mathbb{R}^K
function \sigma = logistic
"""

ROWS: tuple[Row, ...] = (
    Identity("chain rule", UNKNOWN + "let u := g(x)", r"\frac{d}{dx} f(u)", "f'(u) g'(x)", "f'(x) g'(x)"),
    Identity(
        "chain of three",
        UNKNOWN + "let u := h(x)" + "\n" + "let w := g(u)",
        r"\frac{d}{dx} f(w)",
        "f'(w) g'(u) h'(x)",
        "f'(u) g'(u) h'(x)",
    ),
    Identity("product rule", UNKNOWN, r"\frac{d}{dx} (f(x) g(x))", "f'(x) g(x) + f(x) g'(x)", "f'(x) g'(x)"),
    Identity(
        "quotient rule",
        r"x \in \mathbb{R} ; function f ; function g(x) positive",
        r"\frac{d}{dx} \frac{f(x)}{g(x)}",
        r"\frac{f'(x) g(x) - f(x) g'(x)}{g(x)^2}",
        r"\frac{f'(x) g(x) + f(x) g'(x)}{g(x)^2}",
    ),
    Identity(
        "second derivative of a composition",
        UNKNOWN + "let u := g(x)",
        r"\frac{d^2}{dx^2} f(u)",
        "f''(u) g'(x)^2 + f'(u) g''(x)",
        "f''(u) g'(x) + f'(u) g''(x)",
    ),
    Identity(
        "second derivative of a product",
        UNKNOWN,
        r"\frac{d^2}{dx^2} (f(x) g(x))",
        "f''(x) g(x) + 2 f'(x) g'(x) + f(x) g''(x)",
        "f''(x) g(x) + f'(x) g'(x) + f(x) g''(x)",
    ),
    Identity(
        "logarithmic derivative",
        r"x \in \mathbb{R} ; function f(x) positive",
        r"\frac{d}{dx} \log f(x)",
        r"\frac{f'(x)}{f(x)}",
        r"\frac{1}{f(x)}",
    ),
    Identity("exponential of a function", UNKNOWN, r"\frac{d}{dx} e^{f(x)}", "f'(x) e^{f(x)}", "e^{f(x)}"),
    Identity(
        "gradient of a sum of functions",
        UNKNOWN,
        r"\frac{\partial}{\partial y_j} \sum_{i=1}^n f(y_i)",
        "f'(y_j)",
        "n f'(y_j)",
    ),
    Identity(
        "gradient through a sum",
        UNKNOWN + r"let u := \sum_{i=1}^n g(y_i)",
        r"\frac{d}{d y_j} f(u)",
        "f'(u) g'(y_j)",
        "n f'(u) g'(y_j)",
    ),
    Identity("gradient of a radial function", UNKNOWN + "let u := y^T y", r"\nabla_y f(u)", "2 f'(u) y", "f'(u) y"),
    Identity(
        "Hessian of a radial function",
        UNKNOWN + "let u := y^T y",
        r"\nabla_y^2 f(u)",
        "2 f'(u) I + 4 f''(u) y y^T",
        "2 f'(u) I + 2 f''(u) y y^T",
    ),
    Identity("ridge function", UNKNOWN + "let u := v^T y", r"\nabla_y f(u)", "f'(u) v", "f'(u) y"),
    Identity(
        "ridge function, second order", UNKNOWN + "let u := v^T y", r"\nabla_y^2 f(u)", "f''(u) v v^T", "f''(u) y y^T"
    ),
    Identity(
        "even part",
        UNKNOWN + "let u := -x",
        r"\frac{d}{dx} \frac{f(x) + f(u)}{2}",
        r"\frac{f'(x) - f'(u)}{2}",
        r"\frac{f'(x) + f'(u)}{2}",
    ),
    Identity(
        "directional derivative",
        UNKNOWN + r"let u := \sum_{i=1}^n (y_i + t v_i)^2",
        r"\frac{d}{dt} f(u)",
        r"2 f'(u) \sum_{i=1}^n v_i (y_i + t v_i)",
        r"f'(u) \sum_{i=1}^n v_i (y_i + t v_i)",
    ),
    Identity("linear layer, weights", LAYER, r"\nabla_W (v^T (W x + b))", "v x^T", "v b^T"),
    Identity("linear layer, bias", LAYER, r"\nabla_b \|W x + b - v\|^2", "2 (W x + b - v)", "2 (W x - v)"),
    Identity("linear layer, input", LAYER, r"\nabla_x (v^T (W x + b))", "W^T v", "W^T b"),
    Identity(
        "hidden layer, weights",
        LAYER,
        r"\nabla_W (v^T \sigma(W x + b))",
        r"(v \odot \sigma(W x + b) \odot (\mathbf{1} - \sigma(W x + b))) x^T",
        r"(v \odot \sigma(W x + b)) x^T",
    ),
    Identity(
        "hidden layer, entry",
        LAYER,
        r"\frac{\partial}{\partial W_{ij}} \sum_{i=1}^m v_i \tanh(\sum_{j=1}^d W_{ij} x_j + b_i)",
        r"v_i (1 - \tanh(\sum_{j=1}^d W_{ij} x_j + b_i)^2) x_j",
        r"v_i (1 + \tanh(\sum_{j=1}^d W_{ij} x_j + b_i)^2) x_j",
    ),
    Identity(
        "hidden layer, input",
        LAYER,
        r"\nabla_x (v^T \tanh(W x))",
        r"W^T (v \odot (\mathbf{1} - \tanh(W x) \odot \tanh(W x)))",
        r"W^T (v \odot \tanh(W x))",
    ),
    Identity(
        "skip connection",
        LAYER + r"S \in \mathbb{R}^{d \times d}",
        r"\frac{\partial (x + S x)}{\partial x}",
        "I + S",
        "S",
    ),
    Identity("two linear layers", LAYER, r"\nabla_W \|V W x - y\|^2", "2 V^T (V W x - y) x^T", "2 V^T (V W x + y) x^T"),
    Identity(
        "softmax of a linear layer",
        LAYER,
        r"\nabla_V (u^T \operatorname{softmax}(V z))",
        r"(\operatorname{softmax}(V z) \odot (u - (u^T \operatorname{softmax}(V z)) \mathbf{1})) z^T",
        r"(\operatorname{softmax}(V z) \odot u) z^T",
    ),
    Identity(
        "gate",
        LAYER,
        r"\frac{\partial}{\partial z_i} (\sigma(z_i) b_i + (1 - \sigma(z_i)) v_i)",
        r"\sigma(z_i) (1 - \sigma(z_i)) (b_i - v_i)",
        r"\sigma(z_i) (1 - \sigma(z_i)) (b_i + v_i)",
    ),
    Identity(
        "gradient descent on a quadratic",
        LAYER + r"S \in \mathbb{R}^{d \times d} symmetric posdef ; a \in \mathbb{R}^d",
        r"x - t (S x - S a) - a",
        "(I - t S) (x - a)",
        "(I + t S) (x - a)",
    ),
    Identity(
        "decrease along the gradient",
        LAYER + r"S \in \mathbb{R}^{d \times d} symmetric posdef",
        r"\frac{1}{2} (x - t S x)^T S (x - t S x) - \frac{1}{2} x^T S x",
        r"-t x^T S S x + \frac{t^2}{2} x^T S S S x",
        r"-t x^T S S x + t^2 x^T S S S x",
    ),
    Best(
        "exact line search",
        LAYER + r"S \in \mathbb{R}^{d \times d} symmetric posdef ; a \in \mathbb{R}^d",
        "min",
        r"\frac{1}{2} (x + t a)^T S (x + t a)",
        ("t",),
        (r"-\frac{a^T S x}{a^T S a}",),
        (r"\frac{a^T S x}{a^T S a}",),
    ),
    Identity(
        "Huber slope through a square root",
        UNKNOWN,
        r"\frac{d}{dx} \sqrt{1 + x^2}",
        r"\frac{x}{\sqrt{1 + x^2}}",
        r"\frac{x}{1 + x^2}",
    ),
    Identity("Gompertz", UNKNOWN, r"\frac{d}{dx} e^{-e^{-x}}", r"e^{-x} e^{-e^{-x}}", r"-e^{-x} e^{-e^{-x}}"),
    Identity(
        "power with a variable exponent", UNKNOWN + "assume x > 0", r"\frac{d}{dx} x^{c}", r"c x^{c-1}", r"c x^{c}"
    ),
    Identity("variable power", r"x > 0", r"\frac{d}{dx} x^x", r"x^x (1 + \log x)", r"x^x \log x"),
    Identity("sine and cosine", UNKNOWN, r"\frac{d}{dx} \sin(x)", r"\cos(x)", r"-\cos(x)"),
    Identity(
        "random Fourier features",
        UNKNOWN,
        r"\frac{d}{dx} (\cos(c x) \cos(c t) + \sin(c x) \sin(c t))",
        r"c (\cos(c x) \sin(c t) - \sin(c x) \cos(c t))",
        r"c (\cos(c x) \sin(c t) + \sin(c x) \cos(c t))",
    ),
    Follows(
        "implicit function",
        r"x, a \in \mathbb{R} ; u, v \in \mathbb{R} ; a \neq 0",
        (r"a u + v = 0",),
        r"u = -\frac{v}{a}",
        r"u = \frac{v}{a}",
    ),
)
