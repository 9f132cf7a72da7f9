"""Likelihoods of the exponential family: gradients, moments, most likely parameters, Newton steps, lower bounds."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Follows, Identity, Row

COUNTS = r"""
index n = 1..N ; k, j = 1..K
c_k > 0 ; q_k \in \mathbb{R} simplex positive
x_n \in \{0,1\} ; p \in (0,1)
u_n > 0 ; \lambda > 0 ; z_n \geq 0
"""
REGRESSION = r"""
index n = 1..N
x_n \in \mathbb{R}^d ; w \in \mathbb{R}^d ; y_n \geq 0 ; b \in \mathbb{R}
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "Bernoulli, score",
        COUNTS,
        r"\frac{d}{dp} \sum_{n=1}^N (x_n \log p + (1-x_n) \log (1-p))",
        r"\frac{1}{p(1-p)} (\sum_{n=1}^N x_n - N p)",
        r"\frac{1}{p(1-p)} (\sum_{n=1}^N x_n - p)",
    ),
    Best(
        "Bernoulli",
        COUNTS,
        "max",
        r"\sum_{n=1}^N (x_n \log p + (1-x_n) \log (1-p))",
        ("p",),
        (r"\frac{1}{N} \sum_{n=1}^N x_n",),
        (r"\frac{1}{N+1} \sum_{n=1}^N x_n",),
    ),
    Identity(
        "Bernoulli, density both ways", COUNTS, r"p^{x_n} (1-p)^{1-x_n}", "x_n p + (1-x_n)(1-p)", "x_n p + (1-x_n) p"
    ),
    Identity(
        "Bernoulli, Fisher information",
        COUNTS,
        r"p (\frac{d}{dp} \log p)^2 + (1-p) (\frac{d}{dp} \log(1-p))^2",
        r"\frac{1}{p(1-p)}",
        r"\frac{1}{p}",
    ),
    Identity(
        "Bernoulli, natural parameter",
        COUNTS,
        r"x_n \log p + (1-x_n) \log(1-p)",
        r"x_n \log \frac{p}{1-p} + \log(1-p)",
        r"x_n \log \frac{p}{1-p} - \log(1-p)",
    ),
    Best(
        "categorical",
        COUNTS,
        "max",
        r"\sum_{k=1}^K c_k \log q_k",
        ("q_k",),
        (r"\frac{c_k}{\sum_{j=1}^K c_j}",),
        (r"\frac{1}{K}",),
    ),
    Best(
        "categorical with a Dirichlet prior",
        COUNTS + r"a_k > 1",
        "max",
        r"\sum_{k=1}^K (c_k + a_k - 1) \log q_k",
        ("q_k",),
        (r"\frac{c_k + a_k - 1}{\sum_{j=1}^K (c_j + a_j - 1)}",),
        (r"\frac{c_k + a_k}{\sum_{j=1}^K (c_j + a_j)}",),
    ),
    Identity(
        "multinomial, ratio of two",
        COUNTS + r"r_k \in \mathbb{R} simplex positive",
        r"\log \frac{\prod_{k=1}^K q_k^{c_k}}{\prod_{k=1}^K r_k^{c_k}}",
        r"\sum_{k=1}^K c_k \log \frac{q_k}{r_k}",
        r"\sum_{k=1}^K \log \frac{q_k}{r_k}",
    ),
    Identity(
        "Poisson, score",
        COUNTS,
        r"\frac{d}{d\lambda} \sum_{n=1}^N (z_n \log \lambda - \lambda)",
        r"\frac{1}{\lambda} \sum_{n=1}^N z_n - N",
        r"\frac{1}{\lambda} \sum_{n=1}^N z_n - 1",
    ),
    Best(
        "Poisson",
        COUNTS,
        "max",
        r"\sum_{n=1}^N (u_n \log \lambda - \lambda)",
        (r"\lambda",),
        (r"\frac{1}{N} \sum_{n=1}^N u_n",),
        (r"\sum_{n=1}^N u_n",),
    ),
    Best(
        "exponential waiting times",
        COUNTS,
        "max",
        r"N \log \lambda - \lambda \sum_{n=1}^N u_n",
        (r"\lambda",),
        (r"\frac{N}{\sum_{n=1}^N u_n}",),
        (r"\frac{1}{N} \sum_{n=1}^N u_n",),
    ),
    Best(
        "gamma, scale",
        COUNTS + "a > 0",
        "max",
        r"\sum_{n=1}^N (-a \log \lambda - \frac{u_n}{\lambda})",
        (r"\lambda",),
        (r"\frac{1}{a N} \sum_{n=1}^N u_n",),
        (r"\frac{a}{N} \sum_{n=1}^N u_n",),
    ),
    Best(
        "Pareto, exponent",
        "index n = 1..N ; v_n > 1 ; a > 0",
        "max",
        r"\sum_{n=1}^N (\log a - (a + 1) \log v_n)",
        ("a",),
        (r"\frac{N}{\sum_{n=1}^N \log v_n}",),
        (r"\frac{1}{\sum_{n=1}^N \log v_n}",),
    ),
    Best(
        "geometric",
        COUNTS,
        "max",
        r"\sum_{n=1}^N (\log p + u_n \log (1-p))",
        ("p",),
        (r"\frac{N}{N + \sum_{n=1}^N u_n}",),
        (r"\frac{N}{\sum_{n=1}^N u_n}",),
    ),
    Identity(
        "Poisson regression, gradient",
        REGRESSION,
        r"\nabla_w \sum_{n=1}^N (y_n w^T x_n - e^{w^T x_n})",
        r"\sum_{n=1}^N (y_n - e^{w^T x_n}) x_n",
        r"\sum_{n=1}^N (y_n + e^{w^T x_n}) x_n",
    ),
    Identity(
        "Poisson regression, Hessian",
        REGRESSION,
        r"\nabla_w^2 \sum_{n=1}^N (y_n w^T x_n - e^{w^T x_n})",
        r"-\sum_{n=1}^N e^{w^T x_n} x_n x_n^T",
        r"\sum_{n=1}^N e^{w^T x_n} x_n x_n^T",
    ),
    Identity(
        "Student score",
        COUNTS + r"\nu > 0 ; t \in \mathbb{R}",
        r"\frac{d}{dt} (-\frac{\nu + 1}{2} \log(1 + \frac{t^2}{\nu}))",
        r"-\frac{(\nu + 1) t}{\nu + t^2}",
        r"-\frac{(\nu + 1) t}{\nu + t}",
    ),
    Identity(
        "Laplace density, log ratio",
        COUNTS + r"t, m \in \mathbb{R}",
        r"\log(\frac{1}{2\lambda} e^{-|t - m|/\lambda})",
        r"-\log(2\lambda) - \frac{|t - m|}{\lambda}",
        r"-\log \lambda - \frac{|t - m|}{\lambda}",
    ),
)

FAMILY = r"""
index s = 1..S ; i, j = 1..D
T_{si} \in \mathbb{R} ; h_s > 0 ; \eta \in \mathbb{R}^D
let A := \log \sum_{s=1}^S h_s e^{\sum_{i=1}^D \eta_i T_{si}}
let p_s := h_s e^{\sum_{i=1}^D \eta_i T_{si} - A}
"""
EM = r"""
index k, j = 1..K
a_k > 0 ; q_k \in \mathbb{R} simplex positive
let r_k := \frac{a_k}{\sum_{j=1}^K a_j}
"""
NEWTON = r"""
index n = 1..N
X \in \mathbb{R}^{N \times d} ; w \in \mathbb{R}^d ; y, u \in \mathbb{R}^N
R \in \mathbb{R}^{N \times N} symmetric posdef
"""

ROWS += (
    Identity("exponential family, normalised", FAMILY, r"\sum_{s=1}^S p_s", "1", "A"),
    Identity(
        "exponential family, mean", FAMILY, r"\frac{d A}{d \eta_i}", r"\sum_{s=1}^S p_s T_{si}", r"\sum_{s=1}^S T_{si}"
    ),
    Identity(
        "exponential family, covariance",
        FAMILY,
        r"\frac{d^2 A}{d \eta_i d \eta_j}",
        r"\sum_{s=1}^S p_s T_{si} T_{sj} - \sum_{s=1}^S p_s T_{si} \sum_{s=1}^S p_s T_{sj}",
        r"\sum_{s=1}^S p_s T_{si} T_{sj} + \sum_{s=1}^S p_s T_{si} \sum_{s=1}^S p_s T_{sj}",
    ),
    Identity(
        "exponential family, score",
        FAMILY,
        r"\frac{d}{d \eta_i} \log p_s",
        r"T_{si} - \sum_{s'=1}^S p_{s'} T_{s'i}",
        r"T_{si} + \sum_{s'=1}^S p_{s'} T_{s'i}",
    ),
    Identity(
        "exponential family, Fisher information",
        FAMILY,
        r"\sum_{s=1}^S p_s \frac{d \log p_s}{d \eta_i} \frac{d \log p_s}{d \eta_j}",
        r"\frac{d^2 A}{d \eta_i d \eta_j}",
        r"-\frac{d^2 A}{d \eta_i d \eta_j}",
    ),
    Identity(
        "expected score is zero",
        FAMILY,
        r"\sum_{s=1}^S p_s \frac{d \log p_s}{d \eta_i}",
        "0",
        r"\frac{d A}{d \eta_i}",
    ),
    Identity(
        "EM, gap of the bound",
        EM,
        r"\log \sum_{k=1}^K a_k - \sum_{k=1}^K q_k \log \frac{a_k}{q_k}",
        r"\sum_{k=1}^K q_k \log \frac{q_k}{r_k}",
        r"\sum_{k=1}^K r_k \log \frac{r_k}{q_k}",
    ),
    Identity(
        "EM, bound is tight",
        EM,
        r"\sum_{k=1}^K r_k \log \frac{a_k}{r_k}",
        r"\log \sum_{k=1}^K a_k",
        r"\sum_{k=1}^K \log a_k",
    ),
    Identity(
        "EM, entropy form",
        EM,
        r"\sum_{k=1}^K q_k \log \frac{a_k}{q_k}",
        r"\sum_{k=1}^K q_k \log a_k - \sum_{k=1}^K q_k \log q_k",
        r"\sum_{k=1}^K q_k \log a_k + \sum_{k=1}^K q_k \log q_k",
    ),
    Best(
        "EM, best bound",
        EM,
        "max",
        r"\sum_{k=1}^K q_k \log \frac{a_k}{q_k}",
        ("q_k",),
        (r"\frac{a_k}{\sum_{j=1}^K a_j}",),
        (r"\frac{1}{K}",),
    ),
    Identity(
        "EM, gradient of the log-likelihood",
        r"index k = 1..K ; \theta \in \mathbb{R} ; function f_k(\theta) positive",
        r"\frac{d}{d\theta} \log \sum_{k=1}^K f_k(\theta)",
        r"\sum_{k=1}^K \frac{f_k(\theta)}{\sum_{j=1}^K f_j(\theta)} \frac{d}{d\theta} \log f_k(\theta)",
        r"\sum_{k=1}^K \frac{d}{d\theta} \log f_k(\theta)",
    ),
    Identity(
        "Newton step as weighted least squares",
        NEWTON,
        r"w + (X^T R X)^{-1} X^T (y - u)",
        r"(X^T R X)^{-1} X^T R (X w + R^{-1} (y - u))",
        r"(X^T R X)^{-1} X^T R (X w - R^{-1} (y - u))",
    ),
    Identity(
        "Newton step for least squares lands at once",
        NEWTON,
        r"w - (X^T X)^{-1} (X^T X w - X^T y)",
        r"(X^T X)^{-1} X^T y",
        r"(X^T X)^{-1} X^T (y - X w)",
    ),
    Follows(
        "log-odds solved",
        COUNTS + r"b \in \mathbb{R}",
        (r"\log \frac{p}{1-p} = b",),
        r"p = \frac{1}{1 + e^{-b}}",
        r"p = \frac{1}{1 + e^{b}}",
    ),
    Bound("Poisson, concave", COUNTS, r"\frac{d^2}{d\lambda^2} (u_n \log \lambda - \lambda)", "<=", "0", "-1"),
)
