r"""A mixture of Bernoulli distributions: likelihoods, posterior, expected log-likelihood, both updates (solution 3).

A binary vector x has independent entries, P(x_d = 1) = q_d; a mixture draws its parameters p^{(k)} with probability
π_k, and the one-hot vector z^{(i)} says which for the sample x^{(i)}. The machine checks every line from a.i to c.ii:
the likelihoods at every one-hot vector, Bayes' rule, the expectation over z, the derivative in p̃, and both ways to the
multiplier.

The source writes D for the number of samples as well as for the number of entries; here it is N, so that they may
differ. A step from an expectation over all of Z to one for each z^{(i)} is linearity: a sum over all Z has no notation
for symbolic N.
"""

from sympy import KroneckerDelta, log

from derive import Derivation
from derive.read.symbols import call, expectation, indices, power, prod_over, sum_over, symbols

SOLUTION = "solution 3, problem 1"
derivation = d = Derivation(
    "mixtures/bernoulli",
    title="Mixture of Bernoulli distributions: EM",
    source=SOLUTION,
    context=r"""
index i = 1..N ; d = 1..D ; j, k, k' = 1..K
x^{(i)} \in \{0,1\}^D ; q, p^{(k)}, \tilde{p}^{(k)} \in (0,1)^D
z_k^{(i)} \in \{0,1\} onehot
component x_d^{(i)} of x^{(i)} ; component q_d of q
component p_d^{(k)} of p^{(k)} ; component \tilde{p}_d^{(k)} of \tilde{p}^{(k)}
\pi_k, \tilde{\pi}_k > 0 ; assume \sum_{k=1}^K \pi_k = 1
function P(x|q) := \prod_{d=1}^D q_d^{x_d} (1 - q_d)^{1-x_d}
let P(x^{(i)}|p, \pi) := \sum_{k=1}^K \pi_k P(x^{(i)}|p^{(k)})
let P(D|\pi, p) := \prod_{i=1}^N P(x^{(i)}|p, \pi)
let P(z^{(i)}|\pi) := \prod_{k=1}^K \pi_k^{z_k^{(i)}}
let P(x^{(i)}|z^{(i)}, p, \pi) := \prod_{k=1}^K P(x^{(i)}|p^{(k)})^{z_k^{(i)}}
let P(Z, D|p, \pi) := \prod_{i=1}^N P(x^{(i)}|z^{(i)}, p, \pi) P(z^{(i)}|\pi)
let P(Z, D|\tilde{p}, \tilde{\pi}) := \prod_{i=1}^N \prod_{k=1}^K (P(x^{(i)}|\tilde{p}^{(k)}) \tilde{\pi}_k)^{z_k^{(i)}}
""",
)

# -- a: the likelihood -----------------------------------------------------------------------------------------------
d.equal(
    "a_i",
    r"P(x^{(i)}|q)",
    r"\prod_{d=1}^D \begin{cases} q_d & x_d^{(i)} = 1 \\ 1 - q_d & x_d^{(i)} = 0 \end{cases}",
    source=f"{SOLUTION}, a.i",
)
d.equal(
    "a_ii",
    r"\sum_{j=1}^K \left[ \prod_{k=1}^K P(x^{(i)}|p^{(k)})^{\delta_{jk}} \right]"
    r" \left[ \prod_{k=1}^K \pi_k^{\delta_{jk}} \right]",
    r"\sum_{k=1}^K \pi_k P(x^{(i)}|p^{(k)})",
    source=f"{SOLUTION}, a.ii: the sum over the K one-hot vectors",
)
d.equal("a_iii", r"\log P(D|\pi, p)", r"\sum_{i=1}^N \log P(x^{(i)}|p, \pi)", source=f"{SOLUTION}, a.iii")

# -- b.i-iii: one-hot coding -----------------------------------------------------------------------------------------
# c_i is the class itself, of which z^{(i)} is the one-hot coding: every one-hot vector is of this kind.
CLASS = r"c_i \in \{1,\dots,K\} ; let z_k^{(i)} := \mathbf{1}\{c_i = k\}"
d.equal("b_i", r"\pi_{c_i}", r"\prod_{k=1}^K \pi_k^{z_k^{(i)}}", given=CLASS, source=f"{SOLUTION}, b.i")
d.equal(
    "b_ii",
    r"P(x^{(i)}|p^{(c_i)})",
    r"\prod_{k=1}^K P(x^{(i)}|p^{(k)})^{z_k^{(i)}}",
    given=CLASS,
    source=f"{SOLUTION}, b.ii",
)
d.equal(
    "b_iii",
    r"P(Z, D|p, \pi)",
    r"\prod_{i=1}^N P(x^{(i)}|z^{(i)}, p, \pi) P(z^{(i)}|\pi)",
    r"\prod_{i=1}^N \left[\prod_{k=1}^K P(x^{(i)}|p^{(k)})^{z_k^{(i)}} \right]"
    r" \left[\prod_{k=1}^K \pi_k^{z_k^{(i)}} \right]",
    source=f"{SOLUTION}, b.iii",
)

# -- b.iv: the posterior ---------------------------------------------------------------------------------------------
JOINT = r"\pi_k \prod_{d=1}^D (p_d^{(k)})^{x_d^{(i)}} (1 - p_d^{(k)})^{1-x_d^{(i)}}"
ALL_J = r"\sum_{j=1}^K \pi_j \prod_{d=1}^D (p_d^{(j)})^{x_d^{(i)}} (1 - p_d^{(j)})^{1-x_d^{(i)}}"
d.equal(
    "b_iv",
    r"\sum_{j=1}^K \delta_{jk} \frac{\pi_j P(x^{(i)}|p^{(j)})}{P(x^{(i)}|p, \pi)}",
    r"\frac{P(x^{(i)}|p^{(k)}) \pi_k}{\sum_{j=1}^K P(x^{(i)}|p^{(j)}) \pi_j}",
    rf"\frac{{{JOINT}}}{{{ALL_J}}}",
    source=f"{SOLUTION}, b.iv: the expectation of z_k, by Bayes' rule, written out",
)
d.equal("b_iv_sum", rf"\sum_{{k=1}}^K \frac{{{JOINT}}}{{{ALL_J}}}", "1", source=f"{SOLUTION}, b.iv")

# -- b.v: the expected log-likelihood --------------------------------------------------------------------------------
# η is the posterior b.iv under the old parameters: a constant here. The expectation over z^{(i)} is a sum over the
# one-hot vectors, the j-th of which has the entries δ_jk. That η adds up to one over k is used only where it is said.
d.declare(r"h_{ik} > 0 ; let \eta(z_k^{(i)}) := h_{ik}")
i, j, k = indices(d.context, "i j k")
x, p_new, pi_new, h = symbols(d.context, "x", r"\tilde{p}", r"\tilde{\pi}", "h")
one_sample = prod_over(power(call("P", x[i], p_new[k]) * pi_new[k], KroneckerDelta(j, k)), k)
EXPECTED = sum_over(expectation(log(one_sample), j, h[i, j]), i)
LOGS = (
    r"\left[ \sum_{d=1}^D (x_d^{(i)} \log(\tilde{p}_d^{(k)}) + (1 - x_d^{(i)}) \log(1 - \tilde{p}_d^{(k)}))"
    r" + \log \tilde{\pi}_k \right]"
)
POSTERIOR = r"assume \sum_{k=1}^K h_{ik} = 1"
NEW_SIMPLEX = rf"{POSTERIOR} ; assume \sum_{{k=1}}^K \tilde{{\pi}}_k = 1"
d.equal(
    "b_v_first",
    EXPECTED,
    r"\log P(Z, D|\tilde{p}, \tilde{\pi})",
    given=NEW_SIMPLEX,
    source=f"{SOLUTION}, b.v, line 1",
    expect="refuted",
    reason="the expectation of a random variable is not the random variable",
)
d.equal(
    "b_v_bracket",
    r"\log P(Z, D|\tilde{p}, \tilde{\pi})",
    r"\sum_{i=1}^N \left[ \sum_{k=1}^K z_k^{(i)} \log P(x^{(i)}|\tilde{p}^{(k)}) \right]"
    r" + \left[ \sum_{k=1}^K z_k^{(i)} \log \tilde{\pi}_k \right]",
    given=NEW_SIMPLEX,
    source=f"{SOLUTION}, b.v, line 2",
    expect="refuted",
    reason="the sum over samples ends before the second bracket, whose i is then any one sample",
)
d.equal(
    "b_v_bracket_corrected",
    r"\log P(Z, D|\tilde{p}, \tilde{\pi})",
    r"\sum_{i=1}^N \left\{ \left[ \sum_{k=1}^K z_k^{(i)} \log P(x^{(i)}|\tilde{p}^{(k)}) \right]"
    r" + \left[ \sum_{k=1}^K z_k^{(i)} \log \tilde{\pi}_k \right] \right\}",
    source=f"{SOLUTION}, b.v, line 2 with both brackets under the sum",
)
d.equal(
    "b_v",
    r"\log P(Z, D|\tilde{p}, \tilde{\pi})",
    r"\sum_{i=1}^N \left[ \sum_{k=1}^K z_k^{(i)} (\log P(x^{(i)}|\tilde{p}^{(k)}) + \log \tilde{\pi}_k) \right]",
    r"\sum_{i=1}^N \sum_{k=1}^K z_k^{(i)} \left[ \log \prod_{d=1}^D (\tilde{p}_d^{(k)})^{x_d^{(i)}}"
    r" (1 - \tilde{p}_d^{(k)})^{1-x_d^{(i)}} + \log \tilde{\pi}_k \right]",
    rf"\sum_{{i=1}}^N \sum_{{k=1}}^K z_k^{{(i)}} {LOGS}",
    source=f"{SOLUTION}, b.v, lines 3-5",
)
d.equal(
    "b_v_expected_z",
    r"\sum_{j=1}^K \eta(z_j^{(i)}) \delta_{jk}",
    r"\eta(z_k^{(i)})",
    source=f"{SOLUTION}, b.v: E[z] = η",
)
d.equal(
    "b_v_last",
    rf"\sum_{{i=1}}^N \sum_{{k=1}}^K z_k^{{(i)}} {LOGS}",
    rf"\sum_{{i=1}}^N \sum_{{k=1}}^K \eta(z_k^{{(i)}}) {LOGS}",
    given=NEW_SIMPLEX,
    source=f"{SOLUTION}, b.v, line 6 from line 5",
    expect="refuted",
    reason="z is replaced by its mean without the sign of an expectation (the two ends of the chain are equal)",
)
d.equal(
    "b_v_last_corrected",
    EXPECTED,
    rf"\sum_{{i=1}}^N \sum_{{k=1}}^K \eta(z_k^{{(i)}}) {LOGS}",
    source=f"{SOLUTION}, b.v, line 6 from the expectation",
)

# -- c.i: the update of p̃ -------------------------------------------------------------------------------------------
d.declare(
    rf"let E := \sum_{{i=1}}^N \sum_{{k=1}}^K \eta(z_k^{{(i)}}) {LOGS} ; let N_k := \sum_{{i=1}}^N \eta(z_k^{{(i)}})"
)
DERIVATIVE = r"\frac{\partial}{\partial \tilde{p}_d^{(k)}} E"
LINE_2 = (
    r"\sum_{i=1}^N \eta(z_k^{(i)})"
    r" \left[\frac{x_d^{(i)}}{\tilde{p}_d^{(k)}} + \frac{1 - x_d^{(i)}}{1 - \tilde{p}_d^{(k)}} \right]"
)
LINE_3 = (
    r"\sum_{i=1}^N \eta(z_k^{(i)})"
    r" [x_d^{(i)}(1 - \tilde{p}_d^{(k)}) + \tilde{p}_d^{(k)}(1 - x_d^{(i)})]"
)
LINE_4 = r"\sum_{i=1}^N \eta(z_k^{(i)}) [x_d^{(i)} - \tilde{p}_d^{(k)}]"
UPDATE = r"\frac{\sum_{i=1}^N \eta(z_k^{(i)}) x_d^{(i)}}{\sum_{i=1}^N \eta(z_k^{(i)})}"
d.equal(
    "c_i_derivative",
    DERIVATIVE,
    LINE_2,
    source=f"{SOLUTION}, c.i, line 2",
    expect="refuted",
    reason="the derivative of log(1 - p̃) is -1/(1 - p̃): the second term has the wrong sign",
)
d.equal(
    "c_i_derivative_corrected",
    DERIVATIVE,
    LINE_2.replace(" + ", " - "),
    source=f"{SOLUTION}, c.i, line 2 with -",
)
# Line 3 is line 2 times p̃(1 - p̃), and 0 times that is 0.
TIMES = r"\tilde{p}_d^{(k)} (1 - \tilde{p}_d^{(k)})"
d.equal(
    "c_i_cleared",
    rf"{TIMES} {LINE_2}",
    LINE_3,
    source=f"{SOLUTION}, c.i, line 3 from line 2: it follows, but line 2 is wrong",
)
d.equal(
    "c_i_cleared_start",
    rf"{TIMES} {DERIVATIVE}",
    LINE_3,
    source=f"{SOLUTION}, c.i, line 3",
    expect="refuted",
    reason="the wrong sign of line 2",
)
d.equal(
    "c_i_cleared_start_corrected",
    rf"{TIMES} {DERIVATIVE}",
    LINE_3.replace(" + ", " - "),
    source=f"{SOLUTION}, c.i, line 3 with -",
)
d.equal(
    "c_i_difference",
    LINE_3,
    LINE_4,
    source=f"{SOLUTION}, c.i, line 4 from line 3",
    expect="refuted",
    reason="line 4 follows from line 3 with the right sign, which was lost in line 2 and is back here",
)
d.equal(
    "c_i_difference_corrected",
    LINE_3.replace(" + ", " - "),
    LINE_4,
    r"\sum_{i=1}^N \eta(z_k^{(i)}) x_d^{(i)} - \sum_{i=1}^N \eta(z_k^{(i)}) (\tilde{p}_d^{(k)})",
    source=f"{SOLUTION}, c.i, line 4",
)
d.step(
    "c_i_update",
    hypotheses=[f"{DERIVATIVE} = 0"],
    conclusions=[rf"\tilde{{p}}_d^{{(k)}} = {UPDATE}"],
    source=f"{SOLUTION}, c.i, the update",
)
d.equal(
    "c_i_update_count",
    UPDATE,
    r"\frac{\sum_{i=1}^N \eta(z_k^{(i)}) x_d^{(i)}}{N_k}",
    source=f"{SOLUTION}, c.i, the update with N_k",
)
d.optimum(
    "c_i_optimum",
    kind="max",
    objective="E",
    over=[r"\tilde{p}^{(k)}"],
    at=[UPDATE.replace("x_d", "x")],
    source=f"{SOLUTION}, c.i, the update",
)

# -- c.ii: the update of π̃ ------------------------------------------------------------------------------------------
d.declare(r"\lambda > 0")
d.declare(
    r"let L(\tilde{\pi}, \lambda) := - \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) \log \tilde{\pi}_k"
    r" + \lambda \left(\sum_{k=1}^K \tilde{\pi}_k - 1 \right)"
)
STATIONARY = r"- \sum_{i=1}^N \frac{\eta(z_k^{(i)})}{\tilde{\pi}_k} + \lambda"
d.equal(
    "c_ii_derivative",
    r"\frac{\partial}{\partial \tilde{\pi}_k} L(\tilde{\pi}, \lambda)",
    STATIONARY,
    source=f"{SOLUTION}, c.ii, the derivative of the Lagrangian",
)
d.step(
    "c_ii_solved",
    hypotheses=[f"{STATIONARY} = 0"],
    conclusions=[
        r"\sum_{i=1}^N \frac{\eta(z_k^{(i)})}{\tilde{\pi}_k} = \lambda",
        r"\tilde{\pi}_k = \frac{\sum_{i=1}^N \eta(z_k^{(i)})}{\lambda}",
        r"\tilde{\pi}_k = \frac{N_k}{\lambda}",
    ],
    source=f"{SOLUTION}, c.ii, solved for π̃_k",
)
d.step(
    "c_ii_constraint",
    hypotheses=[r"\tilde{\pi}_k = \frac{N_k}{\lambda}", r"\sum_{k=1}^K \tilde{\pi}_k - 1 = 0"],
    conclusions=[
        r"\sum_{k=1}^K \frac{N_k}{\lambda} - 1 = 0",
        r"\frac{1}{\lambda} \sum_{k=1}^K N_k = 1",
        r"\sum_{k=1}^K N_k = \lambda",
    ],
    source=f"{SOLUTION}, c.ii, the multiplier from the constraint",
)
d.equal(
    "c_ii_dual",
    r"- \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) \log \frac{N_k}{\lambda}"
    r" + \lambda \left(\sum_{k=1}^K \frac{N_k}{\lambda} - 1 \right)",
    r"- \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) (\log N_k - \log \lambda)"
    r" + \lambda \left(\sum_{k=1}^K \frac{N_k}{\lambda} - 1 \right)",
    source=f"{SOLUTION}, c.ii, L(λ)",
)
DUAL = (
    r"\left( - \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) (\log N_k - \log \lambda)"
    r" + \lambda \left(\sum_{k=1}^K \frac{N_k}{\lambda} - 1 \right) \right)"
)
SLOPE = r"\frac{1}{\lambda} \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) - 1"
d.equal(
    "c_ii_dual_derivative",
    rf"\frac{{\partial}}{{\partial \lambda}} {DUAL}",
    SLOPE,
    source=f"{SOLUTION}, c.ii, ∂L/∂λ",
)
d.step(
    "c_ii_multiplier",
    hypotheses=[f"{SLOPE} = 0"],
    conclusions=[
        r"\frac{1}{\lambda} \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)}) = 1",
        r"\lambda = \sum_{i=1}^N \sum_{k=1}^K \eta(z_k^{(i)})",
        r"\lambda = \sum_{k=1}^K N_k",
    ],
    source=f"{SOLUTION}, c.ii, the multiplier from ∂L/∂λ = 0",
)
d.equal(
    "c_ii_count",
    r"\sum_{k=1}^K N_k",
    "N",
    given=POSTERIOR,
    source=f"{SOLUTION}, c.ii, which is the number of samples",
)
d.step(
    "c_ii_update",
    hypotheses=[f"{STATIONARY} = 0", r"\sum_{k=1}^K \tilde{\pi}_k - 1 = 0"],
    conclusions=[r"\tilde{\pi}_k = \frac{N_k}{\sum_{k'=1}^K N_{k'}}"],
    source=f"{SOLUTION}, c.ii, the update",
)
d.optimum(
    "c_ii_optimum",
    kind="max",
    objective="E",
    over=[r"\tilde{\pi}_k"],
    at=[r"\frac{N_k}{\sum_{k'=1}^K N_{k'}}"],
    subject_to=[r"\sum_{k=1}^K \tilde{\pi}_k = 1"],
    source=f"{SOLUTION}, c.ii, the update",
)
