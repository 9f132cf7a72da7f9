r"""The evidence lower bound and the reparameterisation trick (solution 5, problem 2)."""

from __future__ import annotations

from derive import Derivation

d = Derivation(
    "variational/elbo",
    title="Evidence lower bound and reparameterisation",
    source="solution 5, problem 2.1",
    context=r"""
        \mathbf{z}, \epsilon \in \mathbb{R}^k
        \mathbf{x} \in \mathbb{R}^d
        \phi \in \mathbb{R}^m
    """,
)

# -- 1: log-likelihood = ELBO + KL ---------------------------------------------------------------------------------
MODEL = r"""
    function p_\theta(\mathbf{x}, \mathbf{z}) positive
    function p_\theta(\mathbf{x}) := \int p_\theta(\mathbf{x}, \mathbf{z}) d\mathbf{z}
    function p_\theta(\mathbf{z}|\mathbf{x}) := \frac{p_\theta(\mathbf{x}, \mathbf{z})}{p_\theta(\mathbf{x})}
    function q_\phi(\mathbf{z}|\mathbf{x}) density positive
"""
Q = r"\mathbb{E}_{q_\phi(\mathbf{z}|\mathbf{x})}"
JOINT, POSTERIOR, ENCODER = (
    r"p_\theta(\mathbf{x}, \mathbf{z})",
    r"p_\theta(\mathbf{z}|\mathbf{x})",
    r"q_\phi(\mathbf{z}|\mathbf{x})",
)
d.equal(
    "marginal",
    r"p_\theta(\mathbf{x})",
    r"\int p_\theta(\mathbf{x}, \mathbf{z}) d\mathbf{z}",
    given=MODEL,
    source="solution 5, problem 2",
)
d.equal(
    "posterior",
    r"p_\theta(\mathbf{x})",
    rf"\frac{{{JOINT}}}{{{POSTERIOR}}}",
    given=MODEL,
    source="solution 5, problem 2",
)
# In the last line one bracket is out of place in the text; an expectation of an expectation is harmless, so it stays.
d.equal(
    "decomposition",
    r"\log p_\theta(\mathbf{x})",
    rf"{Q} \left[ \log p_\theta(\mathbf{{x}}) \right]",
    rf"{Q} \left[ \log \frac{{{JOINT}}}{{{POSTERIOR}}} \right]",
    rf"{Q} \left[ \log \left( \frac{{{JOINT}}}{{{ENCODER}}} \frac{{{ENCODER}}}{{{POSTERIOR}}} \right) \right]",
    rf"{Q} \left[ \log \frac{{{JOINT}}}{{{ENCODER}}}"
    rf" + {Q} \left[ \log \frac{{{ENCODER}}}{{{POSTERIOR}}} \right] \right]",
    given=MODEL,
)
d.equal(
    "elbo_plus_kl",
    r"\log p_\theta(\mathbf{x})",
    rf"{Q} \left[ \log \frac{{{JOINT}}}{{{ENCODER}}} \right] + \mathrm{{KL}}({ENCODER} \| {POSTERIOR})",
    given=MODEL,
)

# -- 2: gradient and expectation -----------------------------------------------------------------------------------
# The solution says itself that the exchange is "generally not true"; a normal density in one dimension shows it.
FAILS = r"""
    u, \psi \in \mathbb{R}
    function p(u) := \mathcal{N}(u|0,1)
    function q_\psi(u) := \mathcal{N}(u|\psi,1)
"""
d.equal(
    "exchange_fails",
    r"\nabla_\psi \mathbb{E}_{u \sim q_\psi} \left[ \log p(u) - \log q_\psi(u) \right]",
    r"\mathbb{E}_{u \sim q_\psi} \left[ \nabla_\psi \left( \log p(u) - \log q_\psi(u) \right) \right]",
    given=FAILS,
    source="solution 5, problem 2.2",
    expect="refuted",
    reason="the density depends on the parameter too (the solution says that the two differ)",
)

# -- 2: reparameterisation -----------------------------------------------------------------------------------------
# z = g(eps, phi, x) with eps ~ p, where g is invertible in eps; \bar{g} is written for the solution's g^{-1}. The
# density of z is then the one below (problem 2.2, "by the change of variable theorem"). Differentiation under the
# integral sign is taken for granted, as in the source.
BACK = r"\bar{g}(\mathbf{z}, \phi, \mathbf{x})"
BACK_JACOBIAN = rf"\det \frac{{\partial {BACK}}}{{\partial \mathbf{{z}}}}"
d.declare(
    rf"""
    layout jacobian
    function p(\epsilon) density positive
    function g(\epsilon, \phi, \mathbf{{x}}) \in \mathbb{{R}}^k bijective
    function {BACK} \in \mathbb{{R}}^k inverse of g
    function q_\phi(\mathbf{{z}}|\mathbf{{x}}) := p({BACK}) \left| {BACK_JACOBIAN} \right|
    function f(\mathbf{{z}})
    function p_\theta(\mathbf{{x}}, \mathbf{{z}}) positive
    """
)
P = r"\mathbb{E}_{\epsilon \sim p}"
G = r"g(\epsilon, \phi, \mathbf{x})"
SECOND = "solution 5, problem 2.2"
IN_PHI = r"\frac{\partial}{\partial \phi}"
AT_G = rf"\bigg|_{{\mathbf{{z}} = {G}}}"
JACOBIAN = rf"\det \frac{{\partial {G}}}{{\partial \epsilon}}"
d.equal("expectation", rf"{Q}[f(\mathbf{{z}})]", rf"{P}[f({G})]", source=SECOND)
d.equal(
    "exchange",
    rf"{IN_PHI} {Q}[f(\mathbf{{z}})]",
    rf"{IN_PHI} {P}[f({G})]",
    rf"{P} \left[ {IN_PHI} f({G}) \right]",
    rf"{P} \left[ \left( \frac{{\partial f(\mathbf{{z}})}}{{\partial \mathbf{{z}}}} {AT_G} \right)"
    rf" \frac{{\partial {G}}}{{\partial \phi}} \right]",
    source=SECOND,
)
ELBO = rf"{Q} \left[ \log {JOINT} - \log {ENCODER} \right]"
JOINT_AT = rf"p_\theta(\mathbf{{x}}, {G})"
ENCODER_AT = rf"q_\phi({G}|\mathbf{{x}})"
d.equal(
    "elbo_gradient",
    rf"{IN_PHI} \left\{{ {Q} \left[ \log {JOINT} \right] - {Q} \left[ \log {ENCODER} \right] \right\}}",
    rf"{IN_PHI} \left\{{ {P} \left[ \log {JOINT_AT} \right] - {P} \left[ \log {ENCODER_AT} \right] \right\}}",
    rf"{IN_PHI} {P} \left[ \log {JOINT_AT} \right]"
    rf" - {IN_PHI} {P} \left[ \log {ENCODER_AT} \right]",
    source=SECOND,
)
d.equal(
    "part_1",
    rf"{IN_PHI} {P} \left[ \log {JOINT_AT} \right]",
    rf"{P} \left[ {IN_PHI} \log {JOINT_AT} \right]",
    rf"{P} \left[ \left( \frac{{\partial}}{{\partial \mathbf{{z}}}} \log {JOINT} {AT_G} \right)"
    rf" \frac{{\partial {G}}}{{\partial \phi}} \right]",
    source=SECOND,
)
d.equal(
    "change_of_variables",
    ENCODER_AT,
    rf"p(\epsilon) \left| \det \left( \frac{{\partial {BACK}}}{{\partial \mathbf{{z}}}}"
    rf" {AT_G} \right) \right|",
    rf"p(\epsilon) \left| \left( {JACOBIAN} \right)^{{-1}} \right|",
    rf"p(\epsilon) \left| {JACOBIAN} \right|^{{-1}}",
    source=SECOND,
)
d.equal(
    "log_density",
    rf"\log {ENCODER_AT}",
    rf"\log p(\epsilon) - \log \left| {JACOBIAN} \right|",
    source=SECOND,
)
LOG_Q = rf"\left( \log p(\epsilon) - \log \left| {JACOBIAN} \right| \right)"
d.equal(
    "part_2",
    rf"{IN_PHI} {Q} \left[ \log {ENCODER} \right]",
    rf"{IN_PHI} {P} \left[ {LOG_Q} \right]",
    rf"{P} \left[ {IN_PHI} {LOG_Q} \right]",
    source=SECOND,
)
d.equal(
    "unbiased",
    rf"{P} \left[ {IN_PHI} \left( \log {JOINT_AT} - {LOG_Q} \right) \right]",
    rf"{IN_PHI} {ELBO}",
    source=SECOND,
)
# Several samples: each of the S terms has this expectation, so their mean has it too.
d.equal(
    "unbiased_mean_of_samples",
    rf"\frac1S \sum_{{s=1}}^S {P} \left[ {IN_PHI} \left( \log {JOINT_AT} - {LOG_Q} \right) \right]",
    rf"{IN_PHI} {ELBO}",
    given="size S",
    source=SECOND,
)

# -- the Gaussian case in closed form ------------------------------------------------------------------------------
# z = m + s * eps entry by entry, with eps ~ N(0, I) and s_i > 0; q is then N(m, diag(s^2)), and p(z) is N(0, I).
GAUSSIAN = r"""
    layout gradient ; elementwise ^
    index i = 1..k
    \mathbf{m}, \mathbf{s} \in \mathbb{R}^k ; \mathbf{s} positive
    component m_i of \mathbf{m} ; component s_i of \mathbf{s}
    component \epsilon_i of \epsilon ; component z_i of \mathbf{z}
    function q(\mathbf{z}) := \mathcal{N}(\mathbf{z}|\mathbf{m},\mathbf{s}^2)
"""
BEYOND = "beyond solution 5, problem 2.2"
STANDARD = r"\mathcal{N}(\epsilon|\mathbf{0},I)"
d.equal(
    "gaussian_log_density",
    r"\log \mathcal{N}(\mathbf{m} + \mathbf{s} \odot \epsilon|\mathbf{m},\mathbf{s}^2)",
    rf"\log {STANDARD} - \log \left| \det \operatorname{{diag}}(\mathbf{{s}}) \right|",
    r"\sum_{i=1}^k \left( -\frac12 \log(2\pi) - \frac12 \epsilon_i^2 - \log s_i \right)",
    given=GAUSSIAN,
    source=BEYOND,
)
d.equal(
    "gaussian_entropy",
    r"-\mathbb{E}_{\mathbf{z} \sim \mathcal{N}(\mathbf{m},\mathbf{s}^2)}"
    r" [\log \mathcal{N}(\mathbf{z}|\mathbf{m},\mathbf{s}^2)]",
    r"\frac12 \sum_{i=1}^k \left( 1 + \log(2\pi s_i^2) \right)",
    given=GAUSSIAN,
    source=BEYOND,
)
KL = r"\mathrm{KL}(\mathcal{N}(\mathbf{z}|\mathbf{m},\mathbf{s}^2) \| \mathcal{N}(\mathbf{z}|\mathbf{0},I))"
CLOSED = r"\frac12 \sum_{i=1}^k \left( m_i^2 + s_i^2 - 1 - \log s_i^2 \right)"
d.equal("gaussian_kl", KL, CLOSED, given=GAUSSIAN, source=BEYOND)
d.equal("gaussian_kl_in_m", rf"\frac{{\partial}}{{\partial m_i}} {KL}", "m_i", given=GAUSSIAN, source=BEYOND)
d.equal(
    "gaussian_kl_in_s",
    rf"\frac{{\partial}}{{\partial s_i}} {KL}",
    r"s_i - \frac{1}{s_i}",
    given=GAUSSIAN,
    source=BEYOND,
)
# The trick on a quadratic function, both expectations in closed form: f(z) = b^T z + z^T A z.
QUADRATIC = r"""
    A \in \mathbb{R}^{k \times k} ; \mathbf{b} \in \mathbb{R}^k
    function h(\mathbf{z}) := \mathbf{b}^T \mathbf{z} + \mathbf{z}^T A \mathbf{z}
"""
d.equal(
    "gaussian_expectation",
    r"\mathbb{E}_{\mathbf{z} \sim \mathcal{N}(\mathbf{m},\mathbf{s}^2)} [h(\mathbf{z})]",
    r"\mathbb{E}_{\epsilon \sim \mathcal{N}(\mathbf{0},I)} [h(\mathbf{m} + \mathbf{s} \odot \epsilon)]",
    r"\mathbf{b}^T \mathbf{m} + \mathbf{m}^T A \mathbf{m} + \sum_{i=1}^k A_{ii} s_i^2",
    given=GAUSSIAN + QUADRATIC,
    source=BEYOND,
)
d.equal(
    "gaussian_gradient",
    r"\nabla_{\mathbf{m}} \mathbb{E}_{\mathbf{z} \sim \mathcal{N}(\mathbf{m},\mathbf{s}^2)} [h(\mathbf{z})]",
    r"\mathbb{E}_{\epsilon \sim \mathcal{N}(\mathbf{0},I)}"
    r" [\nabla_{\mathbf{m}} h(\mathbf{m} + \mathbf{s} \odot \epsilon)]",
    r"\mathbf{b} + (A + A^T) \mathbf{m}",
    given=GAUSSIAN + QUADRATIC,
    source=BEYOND,
)

derivation = d.build()
