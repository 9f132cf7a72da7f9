r"""SAMME: multi-class AdaBoost as coordinate descent on an exponential loss (solution 4, problem 3).

A classifier f answers one of K classes; its scores are f^k(x) = 1{f(x) = k}. The scores so far are g_{t-1}^k(x), any
numbers. Everything is evaluated at the training examples x_1 ... x_n only, so f and g are declared as functions of the
example: ``f^k(i)`` stands for the solution's f^k(x_i), and the label ``\ell_i`` for the answer f(x_i).
"""

from __future__ import annotations

from derive import Derivation

d = Derivation(
    "boosting/samme",
    title="SAMME: multi-class AdaBoost",
    source="solution 4, problem 3",
    context=r"""
        size K >= 2
        index i, i' = 1..n ; k = 1..K
        \hat{y}_i, \ell_i \in \{1,\dots,K\} label
        G, F \in \mathbb{R}^{n \times K} ; \alpha \in \mathbb{R}
        function g_{t-1}^k(i) := G_{ik}
        function L(G) := \sum_{i=1}^n \exp\left(\frac{1}{K-1} \sum_{k \neq \hat{y}_i} G_{ik} - G_{i\hat{y}_i}\right)
    """,
)
ANY_SCORES = r"function f^k(i) := F_{ik}"
CLASSIFIER = r"function f^k(i) := \mathbf{1}\{\ell_i = k\}"

# -- the weights of the examples -----------------------------------------------------------------------------------
SCORE = r"\frac{1}{K-1} \sum_{k \neq \hat{y}_{i}} g_{t-1}^{k}(i) - g_{t-1}^{\hat{y}_{i}}(i)"
MARGIN = r"\frac{1}{K-1} \sum_{k \neq \hat{y}_{i}} f^{k}(i) - f^{\hat{y}_{i}}(i)"
d.let("Z_t", rf"\sum_{{i=1}}^{{n}} \exp \left({SCORE} \right)")
d.declare(rf"function D_t(i) := \frac{{1}}{{Z_t}} \exp \left({SCORE} \right)")
d.let(r"\epsilon_t", r"\mathbb{P}_{i \sim D_t}[\ell_i \neq \hat{y}_i]")

d.equal("D_is_a_distribution", r"\sum_{i=1}^n D_t(i)", "1")
OTHER_SCORE = SCORE.replace("{i}", "{i'}").replace("(i)", "(i')")
d.equal(
    "weights",
    "D_t(i)",
    rf"\frac{{\exp \left({SCORE} \right)}}{{\sum_{{i'=1}}^n \exp \left({OTHER_SCORE} \right)}}",
    source="solution 4, problem 3, the weights with Z_t written out",
)
d.compare("D_is_positive", "D_t(i)", ">", "0")

# -- the choice of the classifier f_t ------------------------------------------------------------------------------
d.equal(
    "derivative",
    r"\frac{\partial}{\partial \alpha} L\left(G + \alpha F\right) \bigg|_{\alpha = 0}",
    rf"\frac{{\partial}}{{\partial \alpha}} \sum_{{i=1}}^{{n}} \exp\left(\left({SCORE}\right)"
    rf" + \alpha\left({MARGIN}\right)\right) \bigg|_{{\alpha = 0}}",
    rf"\sum_{{i=1}}^{{n}} \exp\left({SCORE}\right) \left({MARGIN}\right)",
    rf"Z_{{t}} \mathbb{{E}}_{{i \sim D_{{t}}}} \left[{MARGIN}\right]",
    given=ANY_SCORES,
)
d.equal(
    "indicators",
    rf"Z_{{t}} \mathbb{{E}}_{{i \sim D_{{t}}}} \left[{MARGIN}\right]",
    r"Z_{t} \mathbb{E}_{i \sim D_{t}} \left[\frac{1}{K-1} \cdot \mathbf{1} \left\{\ell_i \neq \hat{y}_{i}\right\}"
    r" - \mathbf{1} \left\{\ell_i \neq \hat{y}_{i}\right\}\right]",
    given=CLASSIFIER,
    expect="refuted",
    reason="the second indicator must be that of a right answer: f^y(x) = 1{f(x) = y}",
)
INDICATORS = (
    r"Z_{t} \mathbb{E}_{i \sim D_{t}} \left[\frac{1}{K-1} \cdot \mathbf{1} \left\{\ell_i \neq \hat{y}_{i}\right\}"
    r" - \mathbf{1} \left\{\ell_i = \hat{y}_{i}\right\}\right]"
)
WEIGHTED = r"Z_{t} \left(\frac{K}{K-1} \mathbb{P}_{i \sim D_{t}} [\ell_i \neq \hat{y}_{i}] - 1\right)"
d.equal(
    "indicators_corrected",
    rf"Z_{{t}} \mathbb{{E}}_{{i \sim D_{{t}}}} \left[{MARGIN}\right]",
    INDICATORS,
    given=CLASSIFIER,
)
d.equal("weighted_error", INDICATORS, WEIGHTED, given=CLASSIFIER)
d.same_optimum(
    "least_weighted_error",
    "min",
    over=[r"\ell_i"],
    left=WEIGHTED,
    right=r"\mathbb{P}_{i \sim D_{t}} [\ell_i \neq \hat{y}_{i}]",
)

# -- the line search for the step alpha_t --------------------------------------------------------------------------
GAIN = r"\frac{1}{K-1} \sum_{k \neq \hat{y}_{i}} f^{k}_{t}(i) - f^{\hat{y}_{i}}_{t}(i)"
STEPPED = rf"Z_{{t}} \mathbb{{E}}_{{i \sim D_{{t}}}} \left[e^{{\alpha \left({GAIN}\right)}}\right]"
ANY_STEP = r"function f^k_t(i) := F_{ik}"
CLASSIFIER_STEP = r"function f^k_t(i) := \mathbf{1}\{\ell_i = k\}"
d.equal(
    "line_search",
    r"L\left(G + \alpha F\right)",
    r"\sum_{i=1}^{n} \exp\left("
    r"\left(\frac{1}{K-1} \sum_{k \neq \hat{y}_{i}} f^{k}_{t}(i) - g^{\hat{y}_{i}}_{t-1}(i)\right)"
    rf" + \alpha\left({GAIN}\right)\right)",
    given=ANY_STEP,
    expect="refuted",
    reason="the first sum is over the scores so far, g_{t-1}^k, not over those of f_t",
)
d.equal(
    "line_search_corrected",
    r"L\left(G + \alpha F\right)",
    rf"\sum_{{i=1}}^{{n}} \exp\left(\left({SCORE}\right) + \alpha\left({GAIN}\right)\right)",
    STEPPED,
    given=ANY_STEP,
)
REACHED = r"(1 - \epsilon_t) e^{-\alpha} + \epsilon_t e^{\frac{\alpha}{K-1}}"
d.equal(
    "line_search_reached",
    STEPPED,
    rf"Z_t \left({REACHED}\right)",
    given=CLASSIFIER_STEP,
    source="solution 4, problem 3, the line it breaks off before",
)
d.same_optimum(
    "step_objective",
    "min",
    over=[r"\alpha"],
    left=rf"Z_t \left({REACHED}\right)",
    right=REACHED,
    given=CLASSIFIER_STEP,
    source="solution 4, problem 3, the line it breaks off before",
)
# The error e is a number strictly between 0 and 1 here: with no error, or nothing else, no step is the best one.
d.optimum(
    "step",
    "min",
    objective=r"(1 - e_t) e^{-\alpha} + e_t e^{\frac{\alpha}{K-1}}",
    over=[r"\alpha"],
    at=[r"\frac{K-1}{K} \log \frac{(1-e_t)(K-1)}{e_t}"],
    given=r"e_t \in (0, 1)",
    source="solution 4, problem 3, the line it breaks off before",
)
d.step(
    "step_derived",
    [r"\frac{\partial}{\partial \alpha} \left((1 - e_t) e^{-\alpha} + e_t e^{\frac{\alpha}{K-1}}\right) = 0"],
    [r"\alpha = \frac{K-1}{K} \log \frac{(1-e_t)(K-1)}{e_t}"],
    both=True,
    given=r"e_t \in (0, 1)",
    source="solution 4, problem 3, the line it breaks off before",
)

d.figure(
    "optimum",
    "The line search: the loss along the step, and the step that makes it least",
    claim="step",
    over=("-1", "4"),
    at=[{"K": "2", "e_t": "1/4"}, {"K": "3", "e_t": "1/4"}, {"K": "10", "e_t": "1/2"}],
    cut=(0, 3),
)

derivation = d.build()
