r"""The optimal discriminator of a generative adversarial network (solution 2, problem 3, eq. 37-38)."""

from __future__ import annotations

from derive import Derivation

d = Derivation(
    "adversarial/gan",
    title="The optimal discriminator",
    source="solution 2, eq. 37",
    context=r"""
        x, z \in \mathbb{R}^d
        function p_{data}(x) density positive
        function p_{model}(x) density positive
        function D(x)
        function G(z) \in \mathbb{R}^d bijective
        function p_{z}(z) := p_{model}(G(z)) \left|\det \frac{\partial G(z)}{\partial z}\right|
    """,
)

# -- eq. 37 --------------------------------------------------------------------------------------------------------
# "Obviously, p(z) dz = p_model(x) dx" says that p_model is the density of x = G(z), by the rule that p_z is defined
# with above. It assumes what is declared of G: a generator that is one-to-one and smooth both ways, between spaces of
# one dimension. (Without that, p_model is the law of G(z) by definition, and need not have a density.)
VALUE = r"\mathbb{E}_{x \sim p_{data}}[\log D(x)] + \mathbb{E}_{z \sim p_z}[\log(1 - D(G(z)))]"
d.equal(
    "value",
    VALUE,
    r"\int p_{data}(x) \log D(x) dx + \int p_z(z) \log(1 - D(G(z))) dz",
    r"\int p_{data}(x) \log D(x) dx + \int p_{model}(x) \log(1 - D(x)) dx",
    r"\int \left[p_{data}(x) \log D(x) + p_{model}(x) \log(1 - D(x))\right] dx",
)
d.equal(
    "change_of_measure",
    r"\mathbb{E}_{z \sim p_z}[h(G(z))]",
    r"\mathbb{E}_{x \sim p_{model}}[h(x)]",
    given="function h(x)",
)

# -- the maximum of a log x + b log(1 - x) -------------------------------------------------------------------------
d.optimum(
    "maximum",
    "max",
    objective=r"a \log u + b \log(1 - u)",
    over=["u"],
    at=[r"\frac{a}{a + b}"],
    given=r"a, b \in \mathbb{R} ; assume a^2 + b^2 > 0 ; u \in [0, 1]",
    expect="refuted",
    reason="not for all (a, b) but (0, 0): for negative ones it is the minimum, or outside [0, 1]",
)
d.optimum(
    "maximum_corrected",
    "max",
    objective=r"a \log u + b \log(1 - u)",
    over=["u"],
    at=[r"\frac{a}{a + b}"],
    given=r"a, b > 0 ; u \in [0, 1]",
)
# The same as a picture: the objective of a single u, with its maximum.
d.figure(
    "optimum",
    "The objective of the discriminator at one point, with its maximum at a / (a + b)",
    claim="maximum_corrected",
    over=("0", "1"),
    at=[{"a": "1", "b": "1"}, {"a": "3", "b": "1"}, {"a": "1", "b": "2"}],
    cut=(-5, 0),
)

# With one of the two zero (and 0 log 0 = 0) the maximum is at the end a / (a + b) = 0 or 1.
d.optimum("maximum_a_zero", "max", objective=r"b \log(1 - u)", over=["u"], at=["0"], given=r"b > 0 ; u \in [0, 1)")
d.optimum("maximum_b_zero", "max", objective=r"a \log u", over=["u"], at=["1"], given=r"a > 0 ; u \in (0, 1]")
# For no other (a, b): where both are negative, or one is and the other zero, that point is the minimum ...
d.optimum(
    "both_negative",
    "min",
    objective=r"a \log u + b \log(1 - u)",
    over=["u"],
    at=[r"\frac{a}{a + b}"],
    given=r"a, b < 0 ; u \in [0, 1]",
)
d.optimum("a_zero_b_negative", "min", objective=r"b \log(1 - u)", over=["u"], at=["0"], given=r"b < 0 ; u \in [0, 1)")
d.optimum("b_zero_a_negative", "min", objective=r"a \log u", over=["u"], at=["1"], given=r"a < 0 ; u \in (0, 1]")
# ... and where their signs differ, it is outside [0, 1]: x (1 - x) is negative.
OUTSIDE = r"\frac{a}{a + b} \left(1 - \frac{a}{a + b}\right)"
d.compare("b_negative", OUTSIDE, "<", "0", given=r"a > 0 ; b < 0 ; assume a + b \neq 0")
d.compare("a_negative", OUTSIDE, "<", "0", given=r"a < 0 ; b > 0 ; assume a + b \neq 0")

# -- eq. 38 --------------------------------------------------------------------------------------------------------
d.optimum(
    "discriminator",
    "max",
    objective=r"p_{data}(x) \log D_x + p_{model}(x) \log(1 - D_x)",
    over=["D_x"],
    at=[r"\frac{p_{data}(x)}{p_{data}(x) + p_{model}(x)}"],
    given=r"D_x \in (0, 1)",
    source="solution 2, eq. 38",
)
d.equal(
    "optimal_value",
    r"\int \left[p_{data}(x) \log D^{*}(x) + p_{model}(x) \log(1 - D^{*}(x))\right] dx",
    r"-\log 4 + 2 \left(\frac12 \mathrm{KL}(p_{data}(x) \| m(x)) + \frac12 \mathrm{KL}(p_{model}(x) \| m(x))\right)",
    given=r"""
        function D^{*}(x) := \frac{p_{data}(x)}{p_{data}(x) + p_{model}(x)}
        function m(x) := \frac{p_{data}(x) + p_{model}(x)}{2}
    """,
    source="beyond solution 2, eq. 38",
)

derivation = d.build()
