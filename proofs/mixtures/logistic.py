r"""A mixture of logistic models: solution 2, problem 2, equations 24 to 36, and the whole Hessian.

K logistic models with weights π_k on the simplex explain binary labels t_n of the inputs φ_n:

    y_nk = σ(w_k^T φ_n)     ρ_nk = y_nk^{t_n} (1 - y_nk)^{1 - t_n}
    L = Σ_n log Σ_k π_k ρ_nk     γ_nk = π_k ρ_nk / Σ_j π_j ρ_nj

Equation 33 is false in its third line as printed: an exponent is lost (t_n y_nk for t_n y_nk^{t_n - 1}), and π_k
multiplies one of two terms only. The lines after it are right again. The π_n1 in "π = (π_n1, …)" after equation 24 is
read as π_1, and the stray c in the first line of equation 35 as damage.
"""

from sympy import Sum, log

from derive import Derivation
from derive.read.symbols import array, dot, gradient, hessian, indices, logistic, quotient, sizes, symbols

derivation = d = Derivation(
    "mixtures/logistic",
    title="A mixture of logistic models: weights, gradient and Hessian",
    source="solution 2, problem 2",
)
d.declare(r"""
    index n = 1..N ; k, j = 1..K ; i = 1..M
    \mathbf{w}_k, \boldsymbol{\phi}_n \in \mathbb{R}^M ; t_n \in \{0,1\}
    \boldsymbol{\pi} \in \mathbb{R}^K positive ; component \pi_k of \boldsymbol{\pi}
    function \sigma = logistic
    alias \phi_n = \boldsymbol{\phi}_n
""")
n, k, j, i = indices(d.context, "n k j i")
N, K = sizes(d.context, "N K")
w, phi, t, pi = symbols(d.context, "w", r"\boldsymbol{\phi}", "t", r"\boldsymbol{\pi}")
d.let("y_{nk}", logistic(dot(w[k], phi[n])))
(y,) = symbols(d.context, "y")
d.let(r"\rho_{nk}", y[n, k] ** t[n] * (1 - y[n, k]) ** (1 - t[n]))
(rho,) = symbols(d.context, "rho")
d.declare(r"component \rho_{nk} of \boldsymbol{\rho}_n")
d.let(r"L(\boldsymbol{\theta})", Sum(log(Sum(pi[k] * rho[n, k], (k, 1, K))), (n, 1, N)))
(L,) = symbols(d.context, "L")
d.let(r"\gamma_{nk}", quotient(pi[k] * rho[n, k], Sum(pi[j] * rho[n, j], (j, 1, K))))
(gamma,) = symbols(d.context, "gamma")
# The source calls the Lagrangian L(π; λ); L is the likelihood here, so it has another letter.
d.declare(r"\lambda \in \mathbb{R}")
d.let(
    r"\Lambda",
    r"\sum_{n=1}^N \log(\boldsymbol{\pi}^T \boldsymbol{\rho}_n) - \lambda(\boldsymbol{\pi}^T \mathbf{1} - 1)",
)

# -- 1. the weights ----------------------------------------------------------------------------------------------------

d.equal(
    "eq24",
    r"L(\boldsymbol{\theta})",
    r"\sum_{n=1}^N \log \left(\sum_{k=1}^K \pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n} \right)",
    r"\sum_{n=1}^N \log(\boldsymbol{\pi}^T \boldsymbol{\rho}_n)",
    source="solution 2, eq. 24",
)
d.well_defined("eq25", r"\Lambda", source="solution 2, eq. 25")
d.equal(
    "eq25_constraint",
    r"\frac{\partial \Lambda}{\partial \lambda}",
    r"-(\boldsymbol{\pi}^T \mathbf{1} - 1)",
    source="solution 2, eq. 25: stationarity in λ is the constraint",
)
d.equal(
    "eq26",
    r"\nabla_{\boldsymbol{\pi}} \Lambda",
    r"\sum_{n=1}^N \frac{\boldsymbol{\rho}_n}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n} - \lambda \mathbf{1}",
    source="solution 2, eq. 26",
)
EQ26 = r"\sum_{n=1}^N \frac{\boldsymbol{\rho}_n}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n} - \lambda \mathbf{1} = 0"
EQ27 = r"\sum_{n=1}^N \frac{\rho_{nk}}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n} = \lambda"
EQ29 = r"\pi_k = \frac{\sum_{n=1}^N \gamma_{nk}}{\lambda}"
EQ31 = r"\pi_k = \frac{\sum_{n=1}^N \gamma_{nk}}{N}"
ON_SIMPLEX = r"\sum_{k=1}^K \pi_k = 1"
d.step("eq27", [EQ26], [EQ27], both=True, source="solution 2, eq. 27")
d.equal(
    "eq28",
    r"\gamma_{nk}",
    r"\frac{\pi_k \rho_{nk}}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n}",
    r"\frac{\pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n}}{\sum_{j=1}^K \pi_j y_{nj}^{t_n} (1 - y_{nj})^{1-t_n}}",
    source="solution 2, eq. 28",
)
d.step("eq29", [EQ27], [EQ29], source="solution 2, eq. 29")
d.equal(
    "eq30_left",
    r"\lambda",
    r"\lambda \sum_{k=1}^K \pi_k",
    r"\boldsymbol{\pi}^T \cdot \lambda \mathbf{1}",
    given=f"assume {ON_SIMPLEX}",
    source="solution 2, eq. 30, left of equation 26",
)
EQ30_MULTIPLIED = (
    r"\boldsymbol{\pi}^T \cdot \lambda \mathbf{1}"
    r" = \sum_{n=1}^N \frac{\boldsymbol{\pi}^T \boldsymbol{\rho}_n}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n}"
)
d.step(
    "eq30_multiplied",
    [EQ26],
    [EQ30_MULTIPLIED],
    source="solution 2, eq. 30, equation 26 multiplied by π from the left",
)
d.equal(
    "eq30_right",
    r"\sum_{n=1}^N \frac{\boldsymbol{\pi}^T \boldsymbol{\rho}_n}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n}",
    "N",
    source="solution 2, eq. 30, right of equation 26",
)
d.step("eq30", [EQ30_MULTIPLIED, ON_SIMPLEX], [r"\lambda = N"], source="solution 2, eq. 30")
d.step("eq31", [EQ29, r"\lambda = N"], [EQ31], source="solution 2, eq. 31, from 29 and 30")

# With γ held fixed, as EM does, the same update is a maximum; the multiplier is found, not given.
d.optimum(
    "update_maximises",
    "max",
    objective=r"\sum_{n=1}^N \sum_{k=1}^K g_{nk} \log (\pi_k \rho_{nk})",
    over=[r"\boldsymbol{\pi}"],
    at=[r"\frac{1}{N} \sum_{n=1}^N \mathbf{g}_n"],
    subject_to=[ON_SIMPLEX],
    given=r"""
        \mathbf{g}_n \in \mathbb{R}^K positive ; component g_{nk} of \mathbf{g}_n
        assume \sum_{k=1}^K g_{nk} = 1
    """,
    source="beyond the source: the update with fixed responsibilities g",
)

# -- 2. the gradient ---------------------------------------------------------------------------------------------------

d.equal(
    "eq32",
    r"\frac{\partial y_{nk}}{\partial \mathbf{w}_k}",
    r"\frac{\partial \sigma(\mathbf{w}_k^T \boldsymbol{\phi}_n)}{\partial \mathbf{w}_k}",
    r"y_{nk} (1 - y_{nk}) \boldsymbol{\phi}_n",
    source="solution 2, eq. 32",
)
TERM = r"\frac{\partial \left(\pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n} \right)}{\partial \mathbf{w}_k}"
LINE_4 = (
    r"\pi_k \frac{y_{nk}^{t_n-1}}{(1 - y_{nk})^{t_n}} (t_n - y_{nk})"
    r" \frac{\partial \sigma(\mathbf{w}_k^T \boldsymbol{\phi}_n)}{\partial \mathbf{w}_k}"
)
d.equal(
    "eq33_sum",
    r"\frac{\partial \left(\sum_{k=1}^K \pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n} \right)}{\partial \mathbf{w}_k}",
    TERM,
    source="solution 2, eq. 33, first and second line",
)
LINE_3 = (
    r"\pi_k t_n y_{nk} (1 - y_{nk})^{1-t_n} \frac{\partial y_{nk}}{\partial \mathbf{w}_k}"
    r" - (1 - t_n) (1 - y_{nk})^{-t_n} y_{nk}^{t_n} \frac{\partial y_{nk}}{\partial \mathbf{w}_k}"
)
d.equal(
    "eq33_product_rule",
    TERM,
    LINE_3,
    source="solution 2, eq. 33, third line",
    expect="refuted",
    reason="t_n y_nk has lost the exponent t_n - 1, and π_k multiplies the first term only",
)
d.equal(
    "eq33_collected",
    LINE_3,
    LINE_4,
    source="solution 2, eq. 33, from the third line to the fourth",
    expect="refuted",
    reason="the fourth line is right, but does not follow from the third as printed",
)
d.equal(
    "eq33_product_rule_corrected",
    TERM,
    r"\pi_k \left[ t_n y_{nk}^{t_n-1} (1 - y_{nk})^{1-t_n} \frac{\partial y_{nk}}{\partial \mathbf{w}_k}"
    r" - (1 - t_n) (1 - y_{nk})^{-t_n} y_{nk}^{t_n} \frac{\partial y_{nk}}{\partial \mathbf{w}_k} \right]",
    source="solution 2, eq. 33, third line, with the exponent and the brackets",
)
d.equal(
    "eq33",
    TERM,
    LINE_4,
    r"\pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n} (t_n - y_{nk}) \boldsymbol{\phi}_n",
    source="solution 2, eq. 33, fourth and fifth line",
)
d.equal(
    "eq34",
    r"\nabla_{\mathbf{w}_k} L",
    r"\sum_{n=1}^N \nabla_{\mathbf{w}_k} \log(\boldsymbol{\pi}^T \boldsymbol{\rho}_n)",
    r"\sum_{n=1}^N \nabla_{\mathbf{w}_k} \log \left(\sum_{k=1}^K \pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n} \right)",
    r"\sum_{n=1}^N \frac{\pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n}}"
    r"{\sum_{k=1}^K \pi_k y_{nk}^{t_n} (1 - y_{nk})^{1-t_n}} (t_n - y_{nk}) \boldsymbol{\phi}_n",
    r"\sum_{n=1}^N \gamma_{nk} (t_n - y_{nk}) \boldsymbol{\phi}_n",
    source="solution 2, eq. 34",
)

# -- 3. the Hessian ----------------------------------------------------------------------------------------------------

PRODUCT = r"\nabla_{\mathbf{w}_k} (\gamma_{nk}(t_n - y_{nk}))"
d.equal(
    "eq35",
    PRODUCT,
    r"(\nabla_{\mathbf{w}_k} \gamma_{nk})(t_n - y_{nk}) - \gamma_{nk} (\nabla_{\mathbf{w}_k} y_{nk})",
    r"\frac{\nabla_{\mathbf{w}_k}(\pi_k \rho_{nk}) \cdot \boldsymbol{\pi}^T \boldsymbol{\rho}_n"
    r" - \nabla_{\mathbf{w}_k}(\pi_k \rho_{nk}) \cdot \pi_k \rho_{nk}}{(\boldsymbol{\pi}^T \boldsymbol{\rho}_n)^2}"
    r" (t_n - y_{nk}) - \gamma_{nk} y_{nk} (1 - y_{nk}) \phi_n",
    r"\frac{1 - \gamma_{nk}}{\boldsymbol{\pi}^T \boldsymbol{\rho}_n} \nabla_{\mathbf{w}_k}(\pi_k \rho_{nk})"
    r"(t_n - y_{nk}) - \gamma_{nk} y_{nk} (1 - y_{nk}) \phi_n",
    r"(1 - \gamma_{nk}) \gamma_{nk} (t_n - y_{nk})^2 \phi_n - \gamma_{nk} y_{nk} (1 - y_{nk}) \phi_n",
    r"((1 - \gamma_{nk}) \gamma_{nk} (t_n - y_{nk})^2 - \gamma_{nk} y_{nk} (1 - y_{nk})) \phi_n",
    source="solution 2, eq. 35",
)
d.equal(
    "gamma_gradient",
    r"\nabla_{\mathbf{w}_k} \gamma_{nk}",
    r"(1 - \gamma_{nk}) \gamma_{nk} (t_n - y_{nk}) \phi_n",
    source="solution 2, eq. 35, the gradient of γ_nk",
)
d.equal(
    "gamma_other_gradient",
    r"\nabla_{\mathbf{w}_j} \gamma_{nk}",
    r"\gamma_{nk} (\delta_{kj} - \gamma_{nj}) (t_n - y_{nj}) \phi_n",
    source="beyond the source: the gradient of γ_nk in any w_j",
)
DIAGONAL_BLOCK = (
    r"-\sum_{n=1}^N ((1 - \gamma_{nk}) \gamma_{nk} (t_n - y_{nk})^2 - \gamma_{nk} y_{nk} (1 - y_{nk})) \phi_n \phi_n^T"
)
d.equal(
    "eq36",
    r"-\nabla_{\mathbf{w}_k} \left(\sum_{n=1}^N \gamma_{nk} (t_n - y_{nk}) \phi_n \right)",
    r"-\sum_{n=1}^N \nabla_{\mathbf{w}_k} (\gamma_{nk} (t_n - y_{nk})) \phi_n^T",
    DIAGONAL_BLOCK,
    source="solution 2, eq. 36",
)
d.equal(
    "eq36_hessian",
    -hessian(L, w[k]),
    DIAGONAL_BLOCK,
    text=rf"\mathbf{{H}}_k = -\nabla_{{\mathbf{{w}}_k}} \nabla_{{\mathbf{{w}}_k}}^T L = {DIAGONAL_BLOCK}",
    source="solution 2, eq. 36: H_k is minus the second derivative of L",
)
d.equal(
    "hessian",
    hessian(L, w[k]),
    r"\sum_{n=1}^N ((1 - \gamma_{nk}) \gamma_{nk} (t_n - y_{nk})^2 - \gamma_{nk} y_{nk} (1 - y_{nk})) \phi_n \phi_n^T",
    text=r"\nabla_{\mathbf{w}_k} \nabla_{\mathbf{w}_k}^T L = \sum_{n=1}^N ((1 - \gamma_{nk}) \gamma_{nk}"
    r" (t_n - y_{nk})^2 - \gamma_{nk} y_{nk} (1 - y_{nk})) \phi_n \phi_n^T",
    source="solution 2, eq. 36, as the second derivative of L itself",
)
d.equal(
    "off_diagonal",
    -hessian(L, w[k], w[j]),
    r"\sum_{n=1}^N \gamma_{nk} \gamma_{nj} (t_n - y_{nk}) (t_n - y_{nj}) \phi_n \phi_n^T",
    text=r"\mathbf{H}_{kj} = \sum_{n=1}^N \gamma_{nk} \gamma_{nj} (t_n - y_{nk}) (t_n - y_{nj}) \phi_n \phi_n^T,"
    r" \quad k \neq j",
    given=r"assume k \neq j",
    source="beyond the source: the blocks beside the diagonal",
)
# Every block at once, as the derivative in w_j of the gradient in w_k that equation 34 proved.
GRADIENT = array(Sum(gamma[n, k] * (t[n] - y[n, k]) * phi[n, i], (n, 1, N)), i)
d.equal(
    "all_blocks",
    -gradient(GRADIENT, w[j]),
    r"\sum_{n=1}^N \left[ \gamma_{nk} \gamma_{nj} (t_n - y_{nk}) (t_n - y_{nj})"
    r" - \delta_{kj} \gamma_{nk} ((t_n - y_{nk})^2 - y_{nk} (1 - y_{nk})) \right] \phi_n \phi_n^T",
    text=r"\mathbf{H}_{kj} = \sum_{n=1}^N \left[ \gamma_{nk} \gamma_{nj} (t_n - y_{nk}) (t_n - y_{nj})"
    r" - \delta_{kj} \gamma_{nk} ((t_n - y_{nk})^2 - y_{nk} (1 - y_{nk})) \right] \phi_n \phi_n^T",
    source="beyond the source: every block",
)
