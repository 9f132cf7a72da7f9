r"""EM for a mixture of multinomials: solution 2, problem 4, equations 39 to 47.

The word w occurs T_dw times in document d, which has n_d words. A document has topic k with probability π_k, and draws
its words from Mult(μ_k).

Two equations are false as printed. Equation 40 weighs every topic with P(c_d = K), the last one's, for P(c_d = k). The
last line of equation 42 leaves out the logarithm of the multinomial coefficient, which is not zero; as it does not
depend on π and μ, the same parameters are best with and without it.
"""

from sympy import Product, Sum, factorial, log

from derive import Derivation
from derive.language.context import Context
from derive.read.symbols import expectation, indices, sizes, symbols

derivation = d = Derivation(
    "mixtures/multinomial",
    title="EM for a mixture of multinomials",
    source="solution 2, problem 4",
)

# -- the model ---------------------------------------------------------------------------------------------------------

d.declare(r"""
    index d = 1..D ; w = 1..W ; k, j = 1..K
    T_{dw} \in \mathbb{N} ; c_d \in \{1,\dots,K\} label
    \mu_{kw} > 0 ; \pi_k > 0 simplex
    let n_d := \sum_{w=1}^W T_{dw}
    function P(d|c_d=k) := \frac{n_d!}{\prod_{w=1}^W T_{dw}!} \prod_{w=1}^W \mu_{kw}^{T_{dw}}
    function P(c_d=k) := \pi_k
    function P(d,c_d=k) := P(d|c_d=k) P(c_d=k)
    function P(d) := \sum_{k=1}^K P(d,c_d=k)
    function P(c_d=k|d) := \frac{P(d,c_d=k)}{P(d)}
""")
d.declare(r"let \gamma_{dk} := P(c_d=k|d)")
doc, k, word = indices(d.context, "d k w")
D, K, W = sizes(d.context, "D K W")
T, mu, pi, n, c, gamma = symbols(d.context, "T", "mu", "pi", "n", "c", "gamma")
joint, posterior = symbols(d.context, "P(d,c_d= k)", "P(c_d= k|d)")

d.equal(
    "eq39",
    "P(d|c_d = k)",
    factorial(n[doc])
    / Product(factorial(T[doc, word]), (word, 1, W))
    * Product(mu[k, word] ** T[doc, word], (word, 1, W)),
    text=r"P(d|c_d = k) = \frac{n_d!}{\prod_{w=1}^W T_{dw}!} \prod_{w=1}^W \mu_{kw}^{T_{dw}}",
    source="solution 2, eq. 39",
)
d.equal(
    "eq40_total_probability",
    "P(d)",
    r"\sum_{k=1}^K P(d|c_d = k)P(c_d = K)",
    source="solution 2, eq. 40, first line",
    expect="refuted",
    reason="every topic is weighed with the probability of topic K, for that of topic k",
)
d.equal(
    "eq40",
    "P(d)",
    r"\sum_{k=1}^K P(d|c_d = k)P(c_d = k)",
    r"\frac{n_d!}{\prod_{w=1}^W T_{dw}!} \sum_{k=1}^K \pi_k \prod_{w=1}^W \mu_{kw}^{T_{dw}}",
    source="solution 2, eq. 40, with P(c_d = k)",
)
COEFFICIENT = r"\frac{n_d!}{\prod_{w=1}^W T_{dw}!}"
d.equal(
    "log_likelihood",
    rf"\sum_{{d=1}}^D \log P(d) - \sum_{{d=1}}^D \log {COEFFICIENT}",
    r"\sum_{d=1}^D \log \sum_{k=1}^K \pi_k \prod_{w=1}^W \mu_{kw}^{T_{dw}}",
    source="beyond the source: the log-likelihood without the coefficients, which no parameter moves",
)
POSTERIOR = r"\frac{\pi_k \prod_{w=1}^W \mu_{kw}^{T_{dw}}}{\sum_{j=1}^K \pi_j \prod_{w=1}^W \mu_{jw}^{T_{dw}}}"
d.equal(
    "eq41",
    r"\gamma_{dk}",
    r"P(c_d = k|d)",
    r"\frac{P(d, c_d = k)}{P(d)}",
    r"\frac{\frac{n_d!}{\prod_{w=1}^W T_{dw}!} \pi_k \prod_{w=1}^W \mu_{kw}^{T_{dw}}}"
    r"{\frac{n_d!}{\prod_{w=1}^W T_{dw}!} \sum_{j=1}^K \pi_j \prod_{w=1}^W \mu_{jw}^{T_{dw}}}",
    POSTERIOR,
    source="solution 2, eq. 41",
)
d.equal("posterior_sums_to_one", r"\sum_{k=1}^K \gamma_{dk}", "1", source="beyond the source")

d.equal("eq46", r"\gamma_{dk}", POSTERIOR, source="solution 2, eq. 46")

# -- the expected log-likelihood ---------------------------------------------------------------------------------------

# For any topics c_d of the documents, what the expectation in the first line of eq. 42 is taken of.
d.equal(
    "eq42_joint",
    log(Product(joint[doc, c[doc]], (doc, 1, D))),
    Sum(log(joint[doc, c[doc]]), (doc, 1, D)),
    text=r"\log P(\mathbf{D}, \mathbf{C}) = \sum_{d=1}^D \log P(d, c_d)",
    source="solution 2, eq. 42, first line",
)
d.equal(
    "eq42_expectation",
    Sum(expectation(log(joint[doc, k]), k, gamma[doc, k]), (doc, 1, D)),
    Sum(Sum(log(joint[doc, k]) * posterior[k, doc], (k, 1, K)), (doc, 1, D)),
    text=r"\sum_{d=1}^D \mathbb{E}_{\mathbf{C}}[\log P(d, c_d)]"
    r" = \sum_{d=1}^D \sum_{k=1}^K \log P(d, c_d = k) P(c_d = k|d)",
    source="solution 2, eq. 42, first and second line",
)
SECOND_LINE = r"\sum_{d=1}^D \sum_{k=1}^K \log (P(d,c_d = k)) P(c_d = k|d)"
THIRD_LINE = r"\sum_{d=1}^D \sum_{k=1}^K \gamma_{dk} \left[\log \pi_k + \sum_{w=1}^W T_{dw} \log \mu_{kw} \right]"
d.equal(
    "eq42",
    SECOND_LINE,
    THIRD_LINE,
    source="solution 2, eq. 42, third line",
    expect="refuted",
    reason="the logarithm of the multinomial coefficient is left out",
)
d.equal(
    "eq42_corrected",
    SECOND_LINE,
    rf"{THIRD_LINE} + \sum_{{d=1}}^D \log \frac{{n_d!}}{{\prod_{{w=1}}^W T_{{dw}}!}}",
    source="solution 2, eq. 42, third line, with the coefficient",
)

# -- the M-step: γ is fixed --------------------------------------------------------------------------------------------

d.context = Context()
d.declare(r"""
    index d = 1..D ; w = 1..W ; k = 1..K
    T_{dw} \in \mathbb{N}
    \gamma_{dk} > 0 simplex
    \pi_k, \mu_{kw} > 0
    \lambda_0, \lambda_k \in \mathbb{R}
    let Q := \sum_{d=1}^D \sum_{k=1}^K \gamma_{dk} \left[\log \pi_k + \sum_{w=1}^W T_{dw} \log \mu_{kw} \right]
    function P(d,c_d=k) := \frac{(\sum_{w=1}^W T_{dw})!}{\prod_{w=1}^W T_{dw}!} \pi_k \prod_{w=1}^W \mu_{kw}^{T_{dw}}
""")
d.let(
    "L",
    r"\sum_{d=1}^D \sum_{k=1}^K \gamma_{dk} \left[\log \pi_k + \sum_{w=1}^W T_{dw} \log \mu_{kw} \right]"
    r" - \lambda_0 \left(\sum_{k=1}^K \pi_k - 1 \right)"
    r" - \sum_{k=1}^K \lambda_k \left(\sum_{w=1}^W \mu_{kw} - 1 \right)",
)
d.same_optimum(
    "eq42_same_parameters",
    "max",
    over=[r"\pi_k", r"\mu_{kw}"],
    left=r"\sum_{d=1}^D \sum_{k=1}^K \gamma_{dk} \log (P(d,c_d = k))",
    right="Q",
    source="solution 2, eq. 42: the coefficient does not move the maximum",
)
d.well_defined("eq43", "L", source="solution 2, eq. 43")
d.equal(
    "eq44_pi",
    r"\frac{\partial L}{\partial \pi_k}",
    r"\frac{\sum_{d=1}^D \gamma_{dk}}{\pi_k} - \lambda_0",
    source="solution 2, eq. 44",
)
d.equal(
    "eq44_mu",
    r"\frac{\partial L}{\partial \mu_{kw}}",
    r"\frac{\sum_{d=1}^D \gamma_{dk} T_{dw}}{\mu_{kw}} - \lambda_k",
    source="solution 2, eq. 44",
)
STATIONARY_PI = [r"\frac{\sum_{d=1}^D \gamma_{dk}}{\pi_k} - \lambda_0 = 0", r"\sum_{k=1}^K \pi_k = 1"]
STATIONARY_MU = [r"\frac{\sum_{d=1}^D \gamma_{dk} T_{dw}}{\mu_{kw}} - \lambda_k = 0", r"\sum_{w=1}^W \mu_{kw} = 1"]
UPDATE_PI = r"\frac{\sum_{d=1}^D \gamma_{dk}}{\sum_{d=1}^D \sum_{k=1}^K \gamma_{dk}}"
UPDATE_MU = r"\frac{\sum_{d=1}^D \gamma_{dk} T_{dw}}{\sum_{d=1}^D \sum_{w=1}^W \gamma_{dk} T_{dw}}"
d.step(
    "multiplier_pi",
    STATIONARY_PI,
    [r"\lambda_0 = \sum_{d=1}^D \sum_{k=1}^K \gamma_{dk}"],
    source="solution 2, eq. 44 to 45: the multiplier of Σ π = 1",
)
d.step(
    "multiplier_mu",
    STATIONARY_MU,
    [r"\lambda_k = \sum_{d=1}^D \sum_{w=1}^W \gamma_{dk} T_{dw}"],
    source="solution 2, eq. 44 to 45: the multipliers of Σ μ_k = 1",
)
d.step("eq45_pi", STATIONARY_PI, [rf"\pi_k = {UPDATE_PI}"], source="solution 2, eq. 45")
d.step("eq45_mu", STATIONARY_MU, [rf"\mu_{{kw}} = {UPDATE_MU}"], source="solution 2, eq. 45")
d.optimum(
    "eq47_pi",
    "max",
    objective="Q",
    over=[r"\pi_k"],
    at=[UPDATE_PI],
    subject_to=[STATIONARY_PI[1]],
    source="solution 2, eq. 47",
)
d.optimum(
    "eq47_mu",
    "max",
    objective="Q",
    over=[r"\mu_{kw}"],
    at=[UPDATE_MU],
    subject_to=[STATIONARY_MU[1]],
    source="solution 2, eq. 47",
)
d.optimum(
    "eq47",
    "max",
    objective="Q",
    over=[r"\pi_k", r"\mu_{kw}"],
    at=[UPDATE_PI, UPDATE_MU],
    subject_to=[STATIONARY_PI[1], STATIONARY_MU[1]],
    source="solution 2, eq. 47, both at once",
)
d.equal("documents", UPDATE_PI, r"\frac{1}{D} \sum_{d=1}^D \gamma_{dk}", source="beyond the source")
