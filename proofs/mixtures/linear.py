r"""A mixture of linear models: E-step and M-step of expectation maximisation (solution 5, problem 5).

Given x, the number y is drawn from Σ_k π_k N(y; w_k^T x, ρ_k). With the posteriors δ_ik of the round before, the
expected complete log-likelihood is Q = Σ_i Σ_k δ_ik log(π_k N(y_i; w_k^T x_i, ρ_k)). The machine differentiates Q,
solves for each parameter, finds the multiplier of Σ_k π_k = 1, and shows that the stationary point is the maximum.
"""

from sympy import log

from derive import Derivation
from derive.read.symbols import dot, expectation, gaussian, gradient, indices, sum_over, symbols

CONTEXT = r"""
index i = 1..N ; j, k, l = 1..K
\mathbf{x}_i \in \mathbb{R}^m ; y_i \in \mathbb{R}
\mathbf{w}_k, \mathbf{w}_k^{(t)} \in \mathbb{R}^m
\rho_k, \rho_k^{(t)}, \pi_k, \pi_k^{(t)} > 0
function \mathcal{N}(y; \mu, \rho) = gaussian
function f_k(\mathbf{x}; \theta) := \mathbf{w}_k^{\top} \mathbf{x}
function f_k(\mathbf{x}, \theta^{(t)}) := \mathbf{w}_k^{(t)\top} \mathbf{x}
function p(y, z = k | \mathbf{x}; \theta) := \pi_k \mathcal{N}(y; f_k(\mathbf{x}; \theta), \rho_k)
function p(y, z = k|\mathbf{x}; \theta^{(t)}) := \pi_k^{(t)} \mathcal{N}(y; f_k(\mathbf{x}, \theta^{(t)}), \rho_k^{(t)})
function p(y | \mathbf{x}; \theta) := \sum_{k=1}^{K} \pi_k \mathcal{N}(y; f_k(\mathbf{x}; \theta), \rho_k)
"""

derivation = d = Derivation(
    "mixtures/linear",
    title="Mixture of linear models: EM",
    source="solution 5, problem 5",
    context=CONTEXT,
)

# -- E-step: the posterior of the latent class -----------------------------------------------------------------------
d.equal(
    "marginal",
    r"p(y_i | \mathbf{x}_i; \theta)",
    r"\sum_{k=1}^{K} p(y_i, z_i = k | \mathbf{x}_i; \theta)",
    source="solution 5, problem 5, the model",
)
d.equal(
    "gaussian",
    r"\mathcal{N}(y_i; \mu, \rho_k)",
    r"\frac{1}{\sqrt{2\pi\rho_k}} \exp\left(-\frac{(y_i-\mu)^2}{2\rho_k}\right)",
    given=r"\mu \in \mathbb{R}",
    source="solution 5, problem 5, the model",
)
d.equal(
    "joint",
    r"\log \prod_{i=1}^{N} p(y_i, z_i = c_i | \mathbf{x}_i; \theta)",
    r"\sum_{i=1}^{N} \log p(y_i, z_i = c_i | \mathbf{x}_i; \theta)",
    given=r"c_i \in \{1,\dots,K\}",
    source="solution 5, problem 5, p(Y, Z | X; θ) as a product, its logarithm under the expectation",
)
POSTERIOR = (
    r"let \delta_{i,k}^{(t)} := \frac{p(y_i, z_i = k | \mathbf{x}_i; \theta^{(t)})}"
    r"{\sum_{l=1}^{K} p(y_i, z_i = l | \mathbf{x}_i; \theta^{(t)})}"
)
STATED = (
    r"\frac{\pi_k \mathcal{N}(y_i; f_k(\mathbf{x}_i, \theta^{(t)}), \rho_k^{(t)})}"
    r"{\sum_{l=1}^{K} \pi_l \mathcal{N}(y_i; f_l(\mathbf{x}_i, \theta^{(t)}), \rho_l^{(t)})}"
)
d.equal(
    "posterior",
    r"\delta_{i,k}^{(t)}",
    STATED,
    given=rf"{POSTERIOR} ; assume \sum_{{k=1}}^K \pi_k = 1 ; assume \sum_{{k=1}}^K \pi_k^{{(t)}} = 1",
    source="solution 5, problem 5, the posterior",
    expect="refuted",
    reason="the weights are those of the round before, π^{(t)}, like the other parameters",
)
d.equal(
    "posterior_corrected",
    r"\delta_{i,k}^{(t)}",
    STATED.replace(r"\pi_k", r"\pi_k^{(t)}").replace(r"\pi_l", r"\pi_l^{(t)}"),
    given=POSTERIOR,
    source="solution 5, problem 5, the posterior with π^{(t)}",
)
d.equal("posterior_sum", r"\sum_{k=1}^K \delta_{i,k}^{(t)}", "1", given=POSTERIOR, source="solution 5, problem 5")

# -- E-step: the expected complete log-likelihood --------------------------------------------------------------------
# The source's first step, from the expectation over all of z_1 … z_N to one for each z_i, is linearity; a sum over
# [1,K]^N has no notation here for symbolic N, so the derivation starts behind it. From here on δ is a constant.
d.declare(r"\delta_{i,k}^{(t)} > 0")
i, k = indices(d.context, "i k")
x, y, w, rho, pi, delta = symbols(d.context, r"\mathbf{x}", "y", "w", "rho", r"\pi", "delta^{(t)}")
log_joint = log(pi[k] * gaussian(y[i], dot(w[k], x[i]), rho[k]))
d.let(r"Q(\theta|\theta^{(t)})", sum_over(expectation(log_joint, k, delta[i, k]), i))
(Q,) = symbols(d.context, "Q")
d.equal(
    "log_joint",
    r"\log p(y_i, z_i = k | \mathbf{x}_i; \theta)",
    r"\log \frac{\pi_k}{\sqrt{2\pi\rho_k}} - \frac{1}{2\rho_k} \left(y_i - f_k(\mathbf{x}_i; \theta)\right)^2",
    source="solution 5, problem 5, the log-likelihood of one pair",
)
d.equal(
    "expected",
    r"Q\left(\theta | \theta^{(t)}\right)",
    r"\sum_{i=1}^{N} \sum_{k=1}^{K} \delta_{i,k}^{(t)} \log p\left(y_{i}, z_{i}=k | \mathbf{x}_{i}; \theta\right)",
    r"\sum_{i=1}^{N} \sum_{k=1}^{K} \delta_{i,k}^{(t)} \left(\log \frac{\pi_{k}}{\sqrt{2\pi\rho_{k}}}"
    r" - \frac{\left(y_{i} - \mathbf{w}_{k}^{\top} \mathbf{x}_{i}\right)^{2}}{2\rho_{k}}\right)",
    source="solution 5, problem 5, Q in explicit form",
)

# -- M-step: the gradients -------------------------------------------------------------------------------------------
GRADIENT_W = (
    r"\sum_{i=1}^{N} \delta_{i,k}^{(t)}"
    r" \frac{\left(y_{i} - \mathbf{w}_{k}^{\top} \mathbf{x}_{i}\right)}{\rho_{k}} \mathbf{x}_{i}"
)
MATRIX_W = r"\left(\sum_{i=1}^{N} \frac{\delta_{i,k}^{(t)}}{\rho_{k}} \mathbf{x}_{i} \mathbf{x}_{i}^{\top}\right)"
VECTOR_W = r"\left(\sum_{i=1}^{N} \frac{\delta_{i,k}^{(t)}}{\rho_{k}} y_{i} \mathbf{x}_{i}\right)"
GRADIENT_RHO = (
    r"\frac{1}{2} \sum_{i=1}^{N} \delta_{i,k}^{(t)} \left("
    r"\frac{\left(y_{i} - \mathbf{w}_{k}^{\top} \mathbf{x}_{i}\right)^{2}}{\rho_{k}^{2}} - \frac{1}{\rho_{k}}\right)"
)
d.equal("gradient_w", gradient(Q, w[k]), GRADIENT_W, source="solution 5, problem 5, the gradient in w_k")
d.equal(
    "gradient_w_steps",
    r"\nabla_{\mathbf{w}_{k}} Q\left(\theta | \theta^{(t)}\right)",
    GRADIENT_W,
    rf"{VECTOR_W} - {MATRIX_W} \mathbf{{w}}_{{k}}",
    source="solution 5, problem 5, the gradient in w_k",
)
d.equal(
    "derivative_rho",
    r"\frac{\partial}{\partial \rho_{k}} Q\left(\theta | \theta^{(t)}\right)",
    GRADIENT_RHO,
    r"\frac{1}{2} \left(\frac{1}{\rho_{k}^{2}} \sum_{i=1}^{N} \delta_{i,k}^{(t)} \left(y_{i} - \mathbf{w}_{k}^{\top}"
    r" \mathbf{x}_{i}\right)^{2} - \frac{1}{\rho_{k}} \sum_{i=1}^{N} \delta_{i,k}^{(t)}\right)",
    source="solution 5, problem 5, the derivative in ρ_k",
)
d.equal(
    "derivative_pi",
    r"\frac{\partial}{\partial \pi_k}"
    r" \left( Q \left( \theta | \theta^{(t)} \right) - \lambda \sum_{l=1}^K \pi_l \right)",
    r"\frac{1}{\pi_k} \sum_{i=1}^N \delta_{i,k}^{(t)} - \lambda",
    given=r"\lambda \in \mathbb{R}",
    source="solution 5, problem 5, the derivative in π_k",
)

# -- M-step: the updates ---------------------------------------------------------------------------------------------
W = rf"{MATRIX_W}^{{-1}} {VECTOR_W}"
RHO = (
    r"\frac{\sum_{i=1}^{N} \delta_{i,k}^{(t)} \left(y_{i} - \mathbf{w}_{k}^{\top} \mathbf{x}_{i}\right)^{2}}"
    r"{\sum_{i=1}^{N} \delta_{i,k}^{(t)}}"
)
PI = r"\frac{1}{N} \sum_{i=1}^N \delta_{i,k}^{(t)}"
d.step(
    "stationary_w",
    hypotheses=[rf"{VECTOR_W} - {MATRIX_W} \mathbf{{w}}_{{k}} = 0"],
    conclusions=[rf"\mathbf{{w}}_{{k}} = {W}"],
    both=True,
    source="solution 5, problem 5, the solution for w_k",
)
d.optimum("update_w", kind="max", objective=Q, over=[w[k]], at=[W], source="solution 5, problem 5, w^{(t+1)}")
d.step(
    "stationary_rho",
    hypotheses=[rf"{GRADIENT_RHO} = 0"],
    conclusions=[rf"\rho_k = {RHO}"],
    both=True,
    source="solution 5, problem 5, the solution for ρ_k",
)
d.optimum("update_rho", kind="max", objective=Q, over=[rho[k]], at=[RHO], source="solution 5, problem 5, ρ^{(t+1)}")
# The source writes w_k, without a round, in ρ^{(t+1)}: the formula is the maximiser for each w. All of θ^{(t+1)} is one
# maximiser only with the new w there.
d.optimum(
    "update_w_rho",
    kind="stationary",
    objective=Q,
    over=[w[k], rho[k]],
    at=[W, RHO.replace(r"\mathbf{w}_{k}^{\top}", rf"\left({W}\right)^{{\top}}")],
    source="solution 5, problem 5, w^{(t+1)} and ρ^{(t+1)} together",
)
d.assume(r"\sum_{k=1}^K \delta_{i,k}^{(t)} = 1")
d.step(
    "multiplier",
    hypotheses=[r"\frac{1}{\pi_k} \sum_{i=1}^N \delta_{i,k}^{(t)} - \lambda = 0", r"\sum_{k=1}^K \pi_k = 1"],
    conclusions=[r"\lambda = N", rf"\pi_k = {PI}"],
    given=r"\lambda \in \mathbb{R}",
    source="solution 5, problem 5, λ = N",
)
d.optimum(
    "update_pi",
    kind="max",
    objective=Q,
    over=[pi[k]],
    at=[PI],
    subject_to=[r"\sum_{k=1}^K \pi_k = 1"],
    source="solution 5, problem 5, π^{(t+1)}",
)
