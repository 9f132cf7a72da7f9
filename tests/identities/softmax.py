"""Softmax, log-sum-exp, cross-entropy, logistic and other links: derivatives, invariances, bounds."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Identity, Row, Semidefinite

LOGITS = r"""
index i, j, k, l = 1..K
z, u, v \in \mathbb{R}^K ; c \in \mathbb{R}
let p := \operatorname{softmax}(z)
let A := \log \sum_{k=1}^K e^{z_k}
"""
EXAMPLES = r"""
index n = 1..N ; k, j, l = 1..K
x_n \in \mathbb{R}^d ; w_k \in \mathbb{R}^d ; y_n \in \mathbb{R}^K onehot
"""

ROWS: tuple[Row, ...] = (
    Identity("softmax of equal logits", LOGITS, r"\operatorname{softmax}(c \mathbf{1}_K)_k", r"\frac{1}{K}", "1"),
    Identity("softmax, shifted", LOGITS, r"\operatorname{softmax}(z + c \mathbf{1})", "p", "c p"),
    Identity("softmax adds up to one", LOGITS, r"\sum_{k=1}^K p_k", "1", "K"),
    Identity("softmax, ratio of odds", LOGITS, r"\log \frac{p_i}{p_j}", "z_i - z_j", "z_j - z_i"),
    Identity(
        "softmax, entry of the Jacobian",
        LOGITS,
        r"\frac{\partial p_i}{\partial z_j}",
        r"p_i (\delta_{ij} - p_j)",
        r"p_i (\delta_{ij} - p_i)",
    ),
    Identity(
        "softmax, whole Jacobian",
        LOGITS,
        r"\frac{\partial p}{\partial z}",
        r"\operatorname{diag}(p) - p p^T",
        r"\operatorname{diag}(p) + p p^T",
    ),
    Identity("softmax, rows of the Jacobian", LOGITS, r"\sum_{j=1}^K \frac{\partial p_i}{\partial z_j}", "0", "p_i"),
    Identity(
        "softmax, second derivative",
        LOGITS,
        r"\frac{\partial^2 p_i}{\partial z_j \partial z_l}",
        r"p_i ((\delta_{ij} - p_j)(\delta_{il} - p_l) - p_j (\delta_{jl} - p_l))",
        r"p_i ((\delta_{ij} - p_j)(\delta_{il} - p_l) + p_j (\delta_{jl} - p_l))",
    ),
    Identity("log-sum-exp, gradient", LOGITS, r"\nabla_z A", "p", "z"),
    Identity(
        "log-sum-exp, Hessian",
        LOGITS,
        r"\frac{\partial^2 A}{\partial z_i \partial z_j}",
        r"\delta_{ij} p_i - p_i p_j",
        r"\delta_{ij} p_i + p_i p_j",
    ),
    Identity("log-sum-exp, shifted", LOGITS, r"\log \sum_k e^{z_k + c}", "A + c", "A - c"),
    Identity("log-softmax", LOGITS, r"\log p_k", "z_k - A", "A - z_k"),
    Identity(
        "log-softmax, derivative",
        LOGITS,
        r"\frac{\partial}{\partial z_j} \log p_k",
        r"\delta_{jk} - p_j",
        r"\delta_{jk} - p_k",
    ),
    Identity(
        "entropy of a softmax",
        LOGITS,
        r"-\sum_{k=1}^K p_k \log p_k",
        r"A - \sum_{k=1}^K p_k z_k",
        r"A + \sum_{k=1}^K p_k z_k",
    ),
    Identity(
        "entropy of a softmax, derivative",
        LOGITS,
        r"\frac{\partial}{\partial z_j} \sum_{k=1}^K p_k \log p_k",
        r"p_j (z_j - \sum_k p_k z_k)",
        r"p_j (\sum_k p_k z_k - z_j)",
    ),
    Identity(
        "mean under a softmax, derivative",
        LOGITS,
        r"\frac{\partial}{\partial z_j} \sum_{k=1}^K p_k u_k",
        r"p_j (u_j - \sum_{k=1}^K p_k u_k)",
        r"p_j (u_j + \sum_{k=1}^K p_k u_k)",
    ),
    Identity(
        "Hessian of log-sum-exp is a variance",
        LOGITS,
        r"v^T (\operatorname{diag}(p) - p p^T) v",
        r"\sum_{k=1}^K p_k (v_k - \sum_{j=1}^K p_j v_j)^2",
        r"\sum_{k=1}^K p_k v_k^2",
    ),
    Semidefinite("log-sum-exp is convex", LOGITS, r"\operatorname{diag}(p) - p p^T", r"p p^T - \operatorname{diag}(p)"),
    Identity(
        "softmax with a temperature",
        LOGITS + r"\tau > 0",
        r"\frac{\partial}{\partial \tau} (\tau \log \sum_{k=1}^K e^{z_k / \tau})",
        r"-\sum_{k=1}^K \operatorname{softmax}(z/\tau)_k \log \operatorname{softmax}(z/\tau)_k",
        r"\sum_{k=1}^K \operatorname{softmax}(z/\tau)_k \log \operatorname{softmax}(z/\tau)_k",
    ),
    Identity(
        "cross-entropy, gradient in the logits",
        LOGITS + r"y \in \mathbb{R}^K simplex",
        r"\nabla_z (-\sum_{k=1}^K y_k \log p_k)",
        "p - y",
        "y - p",
    ),
    Identity(
        "cross-entropy, weights",
        EXAMPLES + r"let p_{nk} := \frac{e^{w_k^T x_n}}{\sum_{j=1}^K e^{w_j^T x_n}}",
        r"\nabla_{w_k} \sum_{n=1}^N \sum_{j=1}^K y_{nj} \log p_{nj}",
        r"\sum_{n=1}^N (y_{nk} - p_{nk}) x_n",
        r"\sum_{n=1}^N (p_{nk} - y_{nk}) x_n",
    ),
    Identity(
        "cross-entropy, second derivative",
        EXAMPLES + r"let p_{nk} := \frac{e^{w_k^T x_n}}{\sum_{j=1}^K e^{w_j^T x_n}}",
        r"\nabla_{w_k} \nabla_{w_j} \sum_{n=1}^N \log \sum_{l=1}^K e^{w_l^T x_n}",
        r"\sum_{n=1}^N p_{nk} (\delta_{kj} - p_{nj}) x_n x_n^T",
        r"\sum_{n=1}^N p_{nk} (\delta_{kj} - p_{nk}) x_n x_n^T",
    ),
    Identity(
        "label smoothing",
        LOGITS + r"y \in \mathbb{R}^K simplex ; \epsilon \in (0,1)",
        r"-\sum_{k=1}^K ((1-\epsilon) y_k + \frac{\epsilon}{K}) \log p_k",
        r"A - (1-\epsilon) \sum_k y_k z_k - \frac{\epsilon}{K} \sum_k z_k",
        r"A - (1-\epsilon) \sum_k y_k z_k - \epsilon \sum_k z_k",
    ),
)

LOGISTIC = r"""
index n = 1..N
a, b, t \in \mathbb{R} ; x_n \in \mathbb{R}^d ; w \in \mathbb{R}^d ; y_n \in \{0,1\}
function \sigma = logistic
let \mu_n := \sigma(w^T x_n)
"""

ROWS += (
    Identity("logistic, reflected", LOGISTIC, r"\sigma(-a)", r"1 - \sigma(a)", r"\sigma(a) - 1"),
    Identity("logistic as a tanh", LOGISTIC, r"\sigma(a)", r"\frac{1 + \tanh(a/2)}{2}", r"\frac{1 + \tanh(a)}{2}"),
    Identity("logit", LOGISTIC + r"q \in (0,1)", r"\sigma(\log \frac{q}{1-q})", "q", "1 - q"),
    Identity(
        "logistic, second derivative",
        LOGISTIC,
        r"\frac{\partial^2}{\partial a^2} \sigma(a)",
        r"\sigma(a)(1-\sigma(a))(1-2\sigma(a))",
        r"\sigma(a)(1-\sigma(a))(1+2\sigma(a))",
    ),
    Identity("softplus, derivative", LOGISTIC, r"\frac{d}{da} \log(1 + e^a)", r"\sigma(a)", r"\sigma(-a)"),
    Identity("softplus, reflected", LOGISTIC, r"\log(1+e^a) - \log(1+e^{-a})", "a", "-a"),
    Identity("log of the logistic", LOGISTIC, r"\log \sigma(a)", r"-\log(1+e^{-a})", r"-\log(1+e^{a})"),
    Identity("two-class softmax", LOGISTIC, r"\frac{e^a}{e^a + e^b}", r"\sigma(a - b)", r"\sigma(b - a)"),
    Identity(
        "sum of two logistics",
        LOGISTIC,
        r"\sigma(a) + \sigma(b)",
        r"\frac{e^a + e^b + 2 e^{a+b}}{(1+e^a)(1+e^b)}",
        r"\frac{e^a + e^b + e^{a+b}}{(1+e^a)(1+e^b)}",
    ),
    Identity("tanh, derivative", LOGISTIC, r"\frac{d}{da} \tanh(a)", r"1 - \tanh(a)^2", r"1 + \tanh(a)^2"),
    Identity(
        "tanh, addition", LOGISTIC, r"\tanh(2a)", r"\frac{2\tanh(a)}{1+\tanh(a)^2}", r"\frac{2\tanh(a)}{1-\tanh(a)^2}"
    ),
    Identity(
        "logistic regression, gradient",
        LOGISTIC,
        r"\nabla_w \sum_{n=1}^N (y_n \log \mu_n + (1-y_n) \log(1-\mu_n))",
        r"\sum_{n=1}^N (y_n - \mu_n) x_n",
        r"\sum_{n=1}^N (\mu_n - y_n) x_n",
    ),
    Identity(
        "logistic regression, Hessian",
        LOGISTIC,
        r"\nabla_w^2 \sum_{n=1}^N (y_n \log \mu_n + (1-y_n) \log(1-\mu_n))",
        r"-\sum_{n=1}^N \mu_n (1-\mu_n) x_n x_n^T",
        r"-\sum_{n=1}^N \mu_n (1+\mu_n) x_n x_n^T",
    ),
    Semidefinite(
        "logistic regression is concave",
        LOGISTIC,
        r"\sum_{n=1}^N \mu_n (1-\mu_n) x_n x_n^T",
        r"\sum_{n=1}^N (\mu_n - 1) x_n x_n^T",
    ),
    Identity(
        "likelihood of signs",
        LOGISTIC + r"s \in \{-1, 1\}",
        r"\frac{d}{da} \log \sigma(s a)",
        r"s \sigma(-s a)",
        r"s \sigma(s a)",
    ),
    Identity(
        "focal loss at γ = 1",
        LOGISTIC,
        r"\frac{d}{da} (-(1-\sigma(a)) \log \sigma(a))",
        r"(1-\sigma(a)) (\sigma(a) \log \sigma(a) - (1-\sigma(a)))",
        r"(1-\sigma(a)) (\sigma(a) \log \sigma(a) + (1-\sigma(a)))",
    ),
    Identity(
        "swish",
        LOGISTIC,
        r"\frac{d}{da} (a \sigma(a))",
        r"\sigma(a) (1 + a \sigma(-a))",
        r"\sigma(a) (1 + a \sigma(a))",
    ),
    Identity(
        "complementary log-log",
        LOGISTIC,
        r"\frac{d}{da} \log(1 - e^{-e^a})",
        r"\frac{e^{a - e^a}}{1 - e^{-e^a}}",
        r"\frac{e^{a + e^a}}{1 - e^{-e^a}}",
    ),
    Bound("slope of the logistic", LOGISTIC, r"\sigma(a) (1-\sigma(a))", "<=", r"\frac{1}{4}", r"\frac{1}{5}"),
    Bound("softmax is below one", LOGITS, "p_k (1 - p_k)", ">=", "0", "p_k"),
    Best(
        "best constant for cross-entropy",
        r"index k = 1..K ; y, q \in \mathbb{R}^K simplex positive",
        "max",
        r"\sum_{k=1}^K y_k \log q_k",
        ("q",),
        ("y",),
        (r"\frac{1}{K} \mathbf{1}_K",),
    ),
)
