r"""The Gaussian mixture: gradients of its log-likelihood, and the updates of expectation maximisation.

The density of a point is p(x|θ) = Σ_k π_k N(x|μ_k, Σ_k), the log-likelihood of the sample l(θ) = Σ_n log p(x_n|θ).
Solution 1 differentiates l in a mean and in a weight; solution 4 states the updates that maximise the expected complete
log-likelihood Q = Σ_i Σ_k δ_ik (log π_k + log N(x_i|μ_k, Σ_k)). Each update is derived here: the machine finds the
multiplier of Σ_k π_k = 1 itself, and goes over to the inverse covariance to see that the stationary point is a maximum.

Weights are taken positive: at π_k = 0 the stated quotient r_nk / π_k has no value.
"""

from sympy import log

from derive import Derivation
from derive.read.symbols import call, gaussian, gradient, indices, quotient, sum_over, symbols

CONTEXT = r"""
index n, i = 1..N ; j, k, k' = 1..K
\mathbf{x}_n, \boldsymbol{\mu}_k \in \mathbb{R}^d ; \boldsymbol{\Sigma}_k \in \mathbb{R}^{d\times d} symmetric posdef
alias \boldsymbol{x}_n = \mathbf{x}_n
\pi_k > 0
function \mathcal{N}(x|m,S) = gaussian
function p(\mathbf{x}|\theta) := \sum_{k=1}^{K} \pi_k \mathcal{N}(\mathbf{x}|\boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)
"""

derivation = d = Derivation(
    "mixtures/gaussian",
    title="Gaussian mixture: gradients and EM updates",
    source="solution 1, problem 1",
    context=CONTEXT,
)

# -- the model -------------------------------------------------------------------------------------------------------
n, i, j, k = indices(d.context, "n i j k")
x, mu, Sigma, pi = symbols(d.context, r"\mathbf{x}", "mu", "Sigma", "pi")


def component(n: object, k: object) -> object:
    """π_k N(x_n|μ_k, Σ_k)."""
    return pi[k] * gaussian(x[n], mu[k], Sigma[k])


d.let("r_{nk}", quotient(component(n, k), sum_over(component(n, j), j)))
d.let(r"l(\theta)", sum_over(log(call("p", x[n])), n))
l, r = symbols(d.context, "l", "r")

# -- 1 (a): the gradient in a mean -----------------------------------------------------------------------------------
d.equal(
    "density",
    r"p(\boldsymbol{x}_n|\theta)",
    r"\sum_{k=1}^{K} \pi_k \mathcal{N}(\mathbf{x}_n|\boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
    source="solution 1, problem 1, the model",
)
d.equal(
    "responsibility",
    r"r_{nk}",
    r"\frac{\pi_k \mathcal{N}(\mathbf{x}_n | \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)}"
    r"{\sum_{k'} \pi_{k'} \mathcal{N}(\mathbf{x}_n | \boldsymbol{\mu}_{k'}, \boldsymbol{\Sigma}_{k'})}",
    source="solution 1, problem 1, the responsibility",
)
d.equal(
    "log_likelihood",
    r"l(\theta)",
    r"\sum_{n=1}^N \log \sum_{k=1}^K \pi_k \mathcal{N}(\mathbf{x}_n | \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
    source="solution 1, problem 1, the log-likelihood",
)
d.equal("responsibilities_sum", r"\sum_k r_{nk}", "1", source="solution 1, problem 1, used in (b)")
d.equal(
    "mean",
    gradient(l, mu[k]),
    r"\sum_{n} r_{nk} \boldsymbol{\Sigma}_k^{-1} (\mathbf{x}_n - \boldsymbol{\mu}_k)",
    source="solution 1, problem 1 (a)",
)
SHARED = r"\boldsymbol{\Sigma} \in \mathbb{R}^{d\times d} symmetric posdef"
d.equal(
    "mean_steps",
    r"\frac{\partial l(\theta)}{\partial \boldsymbol{\mu}_{k}}",
    r"\sum_{n=1}^{N} \frac{1}{p(\boldsymbol{x}_{n}|\theta)}"
    r" \frac{\partial p(\boldsymbol{x}_{n}|\theta)}{\partial \boldsymbol{\mu}_{k}}",
    r"\sum_{n=1}^{N} \frac{1}{p(\boldsymbol{x}_{n}|\theta)} \frac{\partial"
    r" \pi_{k} \mathcal{N}(\boldsymbol{x}_{n}|\boldsymbol{\mu}_{k}, \boldsymbol{\Sigma}_{k})}"
    r"{\partial \boldsymbol{\mu}_{k}}",
    source="solution 1, problem 1 (a), lines 1-2",
)
MEAN_3 = (
    r"\sum_{n=1}^{N} \frac{\pi_{k} \mathcal{N}(\boldsymbol{x}_{n}|\boldsymbol{\mu}_{k}, \boldsymbol{\Sigma}_{k})}"
    r"{p(\boldsymbol{x}_{n}|\theta)}"
    r" \frac{\partial (-\frac{1}{2}(\boldsymbol{x}_{n} - \boldsymbol{\mu}_{k})^{T}"
    r" \boldsymbol{\Sigma}^{-1}(\boldsymbol{x}_{n} - \boldsymbol{\mu}_{k}))}{\partial \boldsymbol{\mu}_{k}}"
)
MEAN_4 = r"\sum_{n=1}^{N} r_{nk} \boldsymbol{\Sigma}^{-1}(\boldsymbol{x}_{n} - \boldsymbol{\mu}_{k})"
d.equal(
    "mean_exponent",
    r"\frac{\partial l(\theta)}{\partial \boldsymbol{\mu}_{k}}",
    MEAN_3,
    given=SHARED,
    source="solution 1, problem 1 (a), line 3",
    expect="refuted",
    reason="Σ has lost its index k: the components have different covariances",
)
d.equal(
    "mean_exponent_corrected",
    r"\frac{\partial l(\theta)}{\partial \boldsymbol{\mu}_{k}}",
    MEAN_3.replace(r"\boldsymbol{\Sigma}^", r"\boldsymbol{\Sigma}_{k}^"),
    source="solution 1, problem 1 (a), line 3 with Σ_k",
)
d.equal("mean_last", MEAN_3, MEAN_4, given=SHARED, source="solution 1, problem 1 (a), line 4 from line 3")
d.equal(
    "mean_result",
    r"\frac{\partial l(\theta)}{\partial \boldsymbol{\mu}_{k}}",
    MEAN_4,
    given=SHARED,
    source="solution 1, problem 1 (a), line 4",
    expect="refuted",
    reason="Σ has lost its index k: the components have different covariances",
)
d.equal(
    "mean_result_corrected",
    r"\frac{\partial l(\theta)}{\partial \boldsymbol{\mu}_{k}}",
    MEAN_4.replace(r"\boldsymbol{\Sigma}^", r"\boldsymbol{\Sigma}_{k}^"),
    source="solution 1, problem 1 (a), line 4 with Σ_k",
)

# -- 1 (b): the gradient in a weight, free and on the simplex --------------------------------------------------------
d.equal(
    "weight",
    r"\frac{\partial l(\theta)}{\partial \pi_k}",
    r"\sum_{n=1}^{N} \frac{1}{p(\boldsymbol{x}_n|\theta)} \frac{\partial p(\boldsymbol{x}_n|\theta)}{\partial \pi_k}",
    r"\sum_{n=1}^{N} \frac{1}{p(\boldsymbol{x}_n|\theta)}"
    r" \mathcal{N}(\boldsymbol{x}_n|\boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
    r"\sum_{n=1}^{N} \frac{r_{nk}}{\pi_k}",
    source="solution 1, problem 1 (b)",
)
d.equal(
    "weight_lagrangian",
    r"\frac{\partial}{\partial \pi_k} \left( l(\theta) + \lambda (1 - \sum_{j=1}^K \pi_j) \right)",
    r"\sum_{n=1}^{N} \frac{r_{nk}}{\pi_k} - \lambda",
    given=r"\lambda \in \mathbb{R}",
    source="solution 1, problem 1 (b), with the constraint",
)
STATIONARY = r"\sum_{n=1}^{N} \frac{r_{nk}}{\pi_k} - \lambda = 0"
ON_SIMPLEX = r"\lambda \in \mathbb{R} ; assume \sum_{k=1}^K \pi_k = 1"
d.step(
    "weight_multiplier",
    hypotheses=[STATIONARY],
    conclusions=[r"\lambda = N"],
    given=ON_SIMPLEX,
    source="solution 1, problem 1 (b), with the constraint",
)
d.step(
    "weight_update",
    hypotheses=[STATIONARY, r"\lambda = N"],
    conclusions=[r"\pi_k = \frac{1}{N} \sum_{n=1}^{N} r_{nk}"],
    given=ON_SIMPLEX,
    source="solution 1, problem 1 (b), with the constraint",
)
d.equal(
    "weight_logits",
    r"\frac{\partial l(\theta)}{\partial a_k}",
    r"\sum_{n=1}^{N} (r_{nk} - \pi_k)",
    given=r"a_k \in \mathbb{R} ; let \pi_k := \frac{e^{a_k}}{\sum_{j=1}^K e^{a_j}}",
    source="solution 1, problem 1 (b), with the constraint, as a softmax of logits",
)

# -- solution 4, problem 4: the updates of EM ------------------------------------------------------------------------
# The posterior δ^{(t)} comes from the parameters of the round before: a constant here, which adds up to one over k.
d.declare(r"\delta_{ik}^{(t)} > 0 ; assume \sum_{k=1}^K \delta_{ik}^{(t)} = 1")
(delta,) = symbols(d.context, "delta^{(t)}")
UPDATES = "solution 4, problem 4"
Q = sum_over(delta[i, k] * (log(pi[k]) + log(gaussian(x[i], mu[k], Sigma[k]))), i, k)
PI = r"\frac{1}{N} \sum_{i=1}^N \delta_{ik}^{(t)}"
MU = r"\frac{\sum_{i=1}^N \delta_{ik}^{(t)} \boldsymbol{x}_i}{\sum_{i=1}^N \delta_{ik}^{(t)}}"
SIGMA = (
    r"\frac{\sum_{i=1}^N \delta_{ik}^{(t)} \left(\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)} \right)"
    r" \left(\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)} \right)^T}{\sum_{i=1}^N \delta_{ik}^{(t)}}"
)

d.optimum(
    "update_weights",
    kind="max",
    objective=Q,
    over=[r"\pi_k"],
    at=[PI],
    subject_to=[r"\sum_{k=1}^K \pi_k = 1"],
    source=UPDATES,
)
d.optimum("update_means", kind="max", objective=Q, over=[r"\boldsymbol{\mu}_k"], at=[MU], source=UPDATES)
# The maximiser in the means is the same for all covariances, so the covariances may be sought at the new means. What is
# shown of them holds at any means, so μ^{(t+1)} is left unspecified.
d.declare(r"\boldsymbol{\mu}_k^{(t+1)} \in \mathbb{R}^d")
(new_mu,) = symbols(d.context, "mu^{(t+1)}")
Q_AT_NEW_MEANS = sum_over(delta[i, k] * (log(pi[k]) + log(gaussian(x[i], new_mu[k], Sigma[k]))), i, k)
d.equal(
    "covariance_gradient",
    gradient(Q_AT_NEW_MEANS, Sigma[k]),
    r"\frac12 \sum_{i=1}^N \delta_{ik}^{(t)} \left( \boldsymbol{\Sigma}_k^{-1}"
    r" (\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)}) (\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)})^T"
    r" \boldsymbol{\Sigma}_k^{-1} - \boldsymbol{\Sigma}_k^{-1} \right)",
    source=f"{UPDATES}, the update of Σ derived",
)
d.step(
    "covariance_stationary",
    hypotheses=[
        r"\sum_{i=1}^N \delta_{ik}^{(t)} \left( \boldsymbol{\Sigma}_k^{-1}"
        r" (\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)}) (\boldsymbol{x}_i - \boldsymbol{\mu}_k^{(t+1)})^T"
        r" \boldsymbol{\Sigma}_k^{-1} - \boldsymbol{\Sigma}_k^{-1} \right) = 0"
    ],
    conclusions=[rf"\boldsymbol{{\Sigma}}_k = {SIGMA}"],
    source=f"{UPDATES}, the update of Σ derived",
)
d.optimum(
    "update_covariances",
    kind="max",
    objective=Q_AT_NEW_MEANS,
    over=[r"\boldsymbol{\Sigma}_k"],
    at=[SIGMA],
    source=UPDATES,
)
