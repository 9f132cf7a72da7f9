r"""Expectation maximisation for a Gaussian mixture of which some samples are labelled (solution 5, problem 4).

Label 0 stands for "not known": then x_i is drawn from Σ_j π_j N(μ_j, Σ_j), else from N(μ_k, Σ_k) with k = y_i. The
latent z_i is the component. Its posterior δ_ik is that of a mixture for an unlabelled sample, and 1 or 0 for a labelled
one. The machine derives both cases, writes the expected log-likelihood Q in the stated form, and maximises it: only the
unlabelled samples say something of the weights, so π needs at least one of them.
"""

from sympy import log

from derive import Derivation
from derive.read.symbols import expectation, gaussian, indicator, indices, relation, sum_over, symbols

PROBLEM = "solution 5, problem 4"
CONTEXT = r"""
index i = 1..N ; j, k, l = 1..K
\mathbf{x}_i, \boldsymbol{\mu}_k, \boldsymbol{\mu}_k^{(t)} \in \mathbb{R}^m
\boldsymbol{\Sigma}_k, \boldsymbol{\Sigma}_k^{(t)} \in \mathbb{R}^{m\times m} symmetric posdef
y_i \in \{0,\dots,K\} ; \pi_k, \pi_k^{(t)} > 0
function \mathcal{N}(\mathbf{x}; \boldsymbol{\mu}, \boldsymbol{\Sigma}) = gaussian
"""

derivation = d = Derivation(
    "mixtures/semi_supervised",
    title="Gaussian mixture with some labels: EM",
    source=PROBLEM,
    context=CONTEXT,
)
NORMAL = r"\mathcal{N}(\mathbf{x}; \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)"
NORMAL_BEFORE = r"\mathcal{N}(\mathbf{x}; \boldsymbol{\mu}_k^{(t)}, \boldsymbol{\Sigma}_k^{(t)})"
d.declare(rf"function p(\mathbf{{x}}, y = 0, z = k; \theta) := \pi_k {NORMAL}")
d.declare(rf"function p(\mathbf{{x}}, y = l, z = k; \theta) := \mathbf{{1}}\{{l = k\}} {NORMAL}")
d.declare(rf"function p(\mathbf{{x}}, y = 0, z = k; \theta^{{(t)}}) := \pi_k^{{(t)}} {NORMAL_BEFORE}")
d.declare(rf"function p(\mathbf{{x}}, y = l, z = k; \theta^{{(t)}}) := \mathbf{{1}}\{{l = k\}} {NORMAL_BEFORE}")

# -- the model -------------------------------------------------------------------------------------------------------
d.equal(
    "density",
    r"\mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
    r"\frac{1}{\sqrt{(2\pi)^{m} |\boldsymbol{\Sigma}_k|}}"
    r" \exp\left(-\frac{1}{2} (\mathbf{x}_i-\boldsymbol{\mu}_k)^{T}"
    r" \boldsymbol{\Sigma}_k^{-1} (\mathbf{x}_i-\boldsymbol{\mu}_k)\right)",
    source=f"{PROBLEM}, the model",
)
LIKELIHOOD = (
    r"\left(\prod_{i:y_i=0} \sum_{j=1}^K \pi_j"
    r" \mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_j, \boldsymbol{\Sigma}_j)\right)"
    r" \cdot \prod_{k=1}^K \prod_{i:y_i=k} \mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)"
)
d.equal(
    "likelihood",
    r"\left( \prod_{i:y_i=0} \sum_{k=1}^K p(\mathbf{x}_i, y_i = 0, z_i = k; \theta) \right)"
    r" \cdot \prod_{l=1}^K \prod_{i:y_i=l} \sum_{k=1}^K p(\mathbf{x}_i, y_i = l, z_i = k; \theta)",
    LIKELIHOOD,
    source=f"{PROBLEM}, the likelihood",
)
d.equal(
    "log_likelihood",
    rf"\log \left( {LIKELIHOOD} \right)",
    r"\sum_{i:y_i=0} \log \left(\sum_{j=1}^K \pi_j"
    r" \mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_j, \boldsymbol{\Sigma}_j)\right)"
    r" + \sum_{k=1}^K \sum_{i:y_i=k} \log \mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k)",
    source=f"{PROBLEM}, the log-likelihood",
)

# -- E-step: the posterior in both cases -----------------------------------------------------------------------------
d.equal(
    "posterior_unlabelled",
    r"\frac{p\left(\mathbf{x}_i, y_i = 0, z_i = k; \theta^{(t)}\right)}"
    r"{\sum_{j=1}^{K} p\left(\mathbf{x}_i, y_i = 0, z_i = j; \theta^{(t)}\right)}",
    r"\frac{\pi_k^{(t)} \mathcal{N}\left(\mathbf{x}_i; \boldsymbol{\mu}_k^{(t)}, \boldsymbol{\Sigma}_k^{(t)}\right)}"
    r"{\sum_{j=1}^{K} \pi_j^{(t)}"
    r" \mathcal{N}\left(\mathbf{x}_i; \boldsymbol{\mu}_j^{(t)}, \boldsymbol{\Sigma}_j^{(t)}\right)}",
    source=f"{PROBLEM}, δ for y_i = 0",
)
d.equal(
    "posterior_unlabelled_sum",
    r"\sum_{k=1}^K \frac{p\left(\mathbf{x}_i, y_i = 0, z_i = k; \theta^{(t)}\right)}"
    r"{\sum_{j=1}^{K} p\left(\mathbf{x}_i, y_i = 0, z_i = j; \theta^{(t)}\right)}",
    "1",
    source=f"{PROBLEM}, δ for y_i = 0",
)
d.equal(
    "posterior_labelled",
    r"\frac{p\left(\mathbf{x}_i, y_i = l, z_i = k; \theta^{(t)}\right)}"
    r"{\sum_{j=1}^{K} p\left(\mathbf{x}_i, y_i = l, z_i = j; \theta^{(t)}\right)}",
    r"\begin{cases} 1 &, \text{ if } l = k\\ 0 &, \text{ if } l \neq k \end{cases}",
    source=f"{PROBLEM}, δ for y_i = l ≠ 0",
)

# -- E-step: the log of the joint density in both cases --------------------------------------------------------------
d.equal(
    "log_joint_unlabelled",
    r"\log p\left(\mathbf{x}_{i}, y_{i} = 0, z_{i} = k; \theta\right)",
    r"\log \left(\frac{\pi_{k}}{\sqrt{(2\pi)^{m} \left|\boldsymbol{\Sigma}_{k}\right|}}\right) - \frac{1}{2}"
    r" \left(\mathbf{x}_{i} - \boldsymbol{\mu}_{k}\right)^{T} \boldsymbol{\Sigma}_{k}^{-1}"
    r" \left(\mathbf{x}_{i} - \boldsymbol{\mu}_{k}\right)",
    source=f"{PROBLEM}, the log-joint for y_i = 0",
)
LABELLED = (
    r"\log\left(\frac{1}{\sqrt{(2\pi)^{m}|\boldsymbol{\Sigma}_k|}}\right) - \frac{1}{2}"
    r" \left(\mathbf{x}_{1} - \boldsymbol{\mu}_k\right)^{T} \boldsymbol{\Sigma}_k^{-1}"
    r" \left(\mathbf{x}_{1} - \boldsymbol{\mu}_k\right)"
)
d.equal(
    "log_joint_labelled",
    r"\log p\left(\mathbf{x}_{i}, y_{i} = k, z_{i} = k; \theta\right)",
    LABELLED,
    source=f"{PROBLEM}, the log-joint for y_i = l = k",
    expect="refuted",
    reason="the sample is x_i, not x_1",
)
d.equal(
    "log_joint_labelled_corrected",
    r"\log p\left(\mathbf{x}_{i}, y_{i} = k, z_{i} = k; \theta\right)",
    LABELLED.replace(r"\mathbf{x}_{1}", r"\mathbf{x}_{i}"),
    source=f"{PROBLEM}, the log-joint for y_i = l = k, with x_i",
)
# The source writes log(0) for l ≠ k, which has no value; what it says is that the joint density is zero there.
d.equal(
    "joint_labelled",
    r"p\left(\mathbf{x}_{i}, y_{i} = k, z_{i} = l; \theta\right)",
    r"\begin{cases} \mathcal{N}(\mathbf{x}_i; \boldsymbol{\mu}_k, \boldsymbol{\Sigma}_k) & l = k\\"
    r" 0 & l \neq k \end{cases}",
    source=f"{PROBLEM}, the log-joint for y_i = l ≠ 0",
)

# -- M-step: the updates, for whatever posterior δ -------------------------------------------------------------------
# δ comes from the parameters of the round before: a constant here, which adds up to one over k.
d.declare(r"\delta_{ik}^{(t)} \geq 0 ; assume \sum_{k=1}^K \delta_{ik}^{(t)} = 1")
i, k = indices(d.context, "i k")
x, y = symbols(d.context, r"\mathbf{x}", "y")
mu, Sigma, pi = symbols(d.context, r"\boldsymbol{\mu}", r"\boldsymbol{\Sigma}", r"\pi")
Q = (
    r"\sum_{i=1}^{N} \sum_{k=1}^{K} \delta_{ik}^{(t)} \left\{ \log \left( \frac{\pi_k^{\mathbb{1}(y_i=0)}}"
    r"{\sqrt{(2\pi)^m |\boldsymbol{\Sigma}_k|}} \right) - \frac{1}{2}"
    r" \left(\mathbf{x}_{i} - \boldsymbol{\mu}_{k}\right)^{T} \boldsymbol{\Sigma}_{k}^{-1}"
    r" \left(\mathbf{x}_{i} - \boldsymbol{\mu}_{k}\right) \right\}"
)
PI = r"\frac{\sum_{i:y_i=0} \delta_{ik}^{(t)}}{\sum_{i:y_i=0} 1}"
MU = r"\frac{\sum_{i=1}^N \delta_{ik}^{(t)} \mathbf{x}_i}{\sum_{i=1}^N \delta_{ik}^{(t)}}"
OUTER = (
    r"\left(\mathbf{x}_i - \boldsymbol{\mu}_k^{(t+1)}\right)"
    r" \left(\mathbf{x}_i - \boldsymbol{\mu}_k^{(t+1)}\right)^T"
)
SIGMA = rf"\frac{{\sum_{{i=1}}^N \delta_{{ik}}^{{(t)}} {OUTER}}}{{\sum_{{i=1}}^N \delta_{{ik}}^{{(t)}}}}"
d.equal(
    "derivative_pi",
    rf"\frac{{\partial}}{{\partial \pi_k}} \left( {Q} \right)",
    r"\frac{1}{\pi_k} \sum_{i:y_i=0} \delta_{ik}^{(t)}",
    source=f"{PROBLEM}, the update of π derived",
)
d.step(
    "multiplier",
    hypotheses=[
        r"\frac{1}{\pi_k} \sum_{i:y_i=0} \delta_{ik}^{(t)} - \lambda = 0",
        r"\sum_{k=1}^K \pi_k = 1",
    ],
    conclusions=[r"\lambda = \sum_{i:y_i=0} 1"],
    given=r"\lambda \in \mathbb{R}",
    source=f"{PROBLEM}, the update of π derived",
)
d.optimum(
    "update_weights",
    kind="max",
    objective=Q,
    over=[pi[k]],
    at=[PI],
    subject_to=[r"\sum_{k=1}^K \pi_k = 1"],
    source=f"{PROBLEM}, π^{{(t+1)}}",
)
d.optimum("update_means", kind="max", objective=Q, over=[mu[k]], at=[MU], source=f"{PROBLEM}, μ^{{(t+1)}}")
# The maximiser in the means is the same for all covariances. What is shown of the covariances holds at any means, so
# μ^{(t+1)} is left unspecified.
d.declare(r"\boldsymbol{\mu}_k^{(t+1)} \in \mathbb{R}^m")
d.optimum(
    "update_covariances",
    kind="max",
    objective=Q.replace(r"\boldsymbol{\mu}_{k}", r"\boldsymbol{\mu}_{k}^{(t+1)}"),
    over=[Sigma[k]],
    at=[SIGMA],
    source=f"{PROBLEM}, Σ^{{(t+1)}}",
)

# -- the two cases of δ in Q and in the updates ----------------------------------------------------------------------
# γ is the posterior of an unlabelled sample. For a labelled one only z_i = y_i has weight: its expectation is one
# logarithm.
d.declare(r"\gamma_{ik} > 0 ; assume \sum_{k=1}^K \gamma_{ik} = 1 ; let N_k := \sum_{i:y_i=k} 1")
(gamma,) = symbols(d.context, "gamma")
d.let(r"\delta_{ik}^{(t)}", indicator(relation(y[i], "=", 0)) * gamma[i, k] + indicator(relation(y[i], "=", k)))
d.equal(
    "posterior",
    r"\delta_{ik}^{(t)}",
    r"\begin{cases} \gamma_{ik} & y_i = 0\\ 1 & y_i = k\\ 0 & \text{otherwise} \end{cases}",
    source=f"{PROBLEM}, δ in both cases",
)
log_density = log(gaussian(x[i], mu[k], Sigma[k]))
unlabelled = sum_over(expectation(log(pi[k]) + log_density, k, gamma[i, k]), i, where=relation(y[i], "=", 0))
labelled = sum_over(sum_over(log_density, i, where=relation(y[i], "=", k)), k)
d.equal("expected", unlabelled + labelled, Q, source=f"{PROBLEM}, Q")
d.equal(
    "weight_of_class",
    r"\sum_{i=1}^N \delta_{ik}^{(t)}",
    r"N_k + \sum_{i:y_i=0} \delta_{ik}^{(t)}",
    source=f"{PROBLEM}, the denominator",
)
d.equal(
    "update_means_split",
    MU,
    r"\frac{\sum_{i:y_i=k} \mathbf{x}_i + \sum_{i:y_i=0} \delta_{ik}^{(t)} \mathbf{x}_i}"
    r"{N_k + \sum_{i:y_i=0} \delta_{ik}^{(t)}}",
    source=f"{PROBLEM}, μ^{{(t+1)}}",
)
d.equal(
    "update_covariances_split",
    SIGMA,
    rf"\frac{{\sum_{{i:y_i=k}} {OUTER} + \sum_{{i:y_i=0}} \delta_{{ik}}^{{(t)}} {OUTER}}}"
    r"{N_k + \sum_{i:y_i=0} \delta_{ik}^{(t)}}",
    source=f"{PROBLEM}, Σ^{{(t+1)}}",
)
