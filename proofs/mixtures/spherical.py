r"""The Gaussian mixture with spherical covariances Σ_k = s_k I: responsibilities and the updates of EM."""

from sympy import log

from derive import Derivation
from derive.read.symbols import gaussian, gradient, indices, quotient, sum_over, symbols

SOURCE = "beyond solution 4, problem 4: covariances s_k I"
derivation = d = Derivation(
    "mixtures/spherical",
    title="Spherical Gaussian mixture: responsibilities and EM updates",
    source=SOURCE,
    context=r"""
index n, i = 1..N ; j, k = 1..K ; a = 1..d
\mathbf{x}_n, \boldsymbol{\mu}_k, \mathbf{m}_k \in \mathbb{R}^d ; s_k, \pi_k > 0
function \mathcal{N}(x|m,S) = gaussian
""",
)
n, i, j, k = indices(d.context, "n i j k")
x, mu, m, s, pi = symbols(d.context, r"\mathbf{x}", r"\boldsymbol{\mu}", r"\mathbf{m}", "s", r"\pi")


def component(n: object, k: object) -> object:
    """π_k N(x_n|μ_k, s_k I)."""
    return pi[k] * gaussian(x[n], mu[k], s[k])


d.let("r_{nk}", quotient(component(n, k), sum_over(component(n, j), j)))
d.let(r"l(\theta)", sum_over(log(sum_over(component(n, j), j)), n))
(l,) = symbols(d.context, "l")
d.equal(
    "responsibility",
    "r_{nk}",
    r"\frac{\pi_k \mathcal{N}(\mathbf{x}_n|\boldsymbol{\mu}_k, s_k)}"
    r"{\sum_{j=1}^K \pi_j \mathcal{N}(\mathbf{x}_n|\boldsymbol{\mu}_j, s_j)}",
)
d.equal("responsibilities_sum", r"\sum_{k=1}^K r_{nk}", "1")
d.equal(
    "log_likelihood",
    r"l(\theta)",
    r"\sum_{n=1}^N \log \sum_{k=1}^K \pi_k \mathcal{N}(\mathbf{x}_n|\boldsymbol{\mu}_k, s_k)",
)
d.equal("mean", gradient(l, mu[k]), r"\sum_{n=1}^N \frac{r_{nk}}{s_k} (\mathbf{x}_n - \boldsymbol{\mu}_k)")

# -- the updates: δ comes from the parameters of the round before, a constant here -------------------------------------
d.declare(r"\delta_{ik} > 0 ; assume \sum_{k=1}^K \delta_{ik} = 1")
(delta,) = symbols(d.context, r"\delta")
Q = sum_over(delta[i, k] * (log(pi[k]) + log(gaussian(x[i], mu[k], s[k]))), i, k)
Q_AT_NEW_MEANS = sum_over(delta[i, k] * (log(pi[k]) + log(gaussian(x[i], m[k], s[k]))), i, k)
d.optimum(
    "update_weights",
    kind="max",
    objective=Q,
    over=[pi[k]],
    at=[r"\frac{1}{N} \sum_{i=1}^N \delta_{ik}"],
    subject_to=[r"\sum_{k=1}^K \pi_k = 1"],
)
d.optimum(
    "update_means",
    kind="max",
    objective=Q,
    over=[mu[k]],
    at=[r"\frac{\sum_{i=1}^N \delta_{ik} \mathbf{x}_i}{\sum_{i=1}^N \delta_{ik}}"],
)
d.optimum(
    "update_variances",
    kind="max",
    objective=Q_AT_NEW_MEANS,
    over=[s[k]],
    at=[r"\frac{\sum_{i=1}^N \delta_{ik} \|\mathbf{x}_i - \mathbf{m}_k\|^2}{d \sum_{i=1}^N \delta_{ik}}"],
)
d.figure(
    "likelihood",
    "Expectation maximisation: the log-likelihood never falls (seven numbers, two components)",
    claim="update_variances",
    sizes={"N": 7, "K": 2, "d": 1},
    data={r"\mathbf{x}": [[-2], ["-1.5"], [-1], ["0.5"], [3], ["3.5"], [5]]},
    starts=[
        {r"\pi": ["1/2", "1/2"], r"\boldsymbol{\mu}": [[-1], [1]], "s": [1, 1]},
        {r"\pi": ["9/10", "1/10"], r"\boldsymbol{\mu}": [[2], ["2.1"]], "s": [9, 9]},
        {r"\pi": ["1/2", "1/2"], r"\boldsymbol{\mu}": [[5], [0]], "s": ["1/2", 8]},
    ],
    weights=(r"\delta", "r"),
    updates=["update_weights", "update_means", "update_variances"],
    also={r"\mathbf{m}": r"\boldsymbol{\mu}"},
    likelihood="l",
    rounds=20,
)
