"""Labels with two values: margins, boosting, hinge and logistic losses, agreement; shares of a sum."""

from __future__ import annotations

from tests.identities.rows import Bound, Identity, Row

SIGNS = r"""
index i, j = 1..m ; y_i, h_i \in \{-1, 1\} ; w_i > 0 ; f_i \in \mathbb{R} ; \beta > 0 ; b_i, c_i \in \{0, 1\}
function \sigma = logistic ; x_i \in \mathbb{R}^d ; v \in \mathbb{R}^d
let W := \sum_{i=1}^m w_i ; let \epsilon := \frac{\sum_{i=1}^m w_i \mathbf{1}\{h_i \neq y_i\}}{\sum_{i=1}^m w_i}
"""
SHARES = r"""
index k, l = 1..K ; a_k \in \mathbb{R} ; f_k > 0 ; g_k \in \mathbb{R} ; let p_k := \frac{f_k}{\sum_{l=1}^K f_l}
let q_k := \frac{e^{a_k}}{\sum_{l=1}^K e^{a_l}}
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "exponential loss, right and wrong apart",
        SIGNS,
        r"\sum_{i=1}^m w_i e^{-\beta y_i h_i}",
        r"e^{-\beta} \sum_{i: h_i = y_i} w_i + e^{\beta} \sum_{i: h_i \neq y_i} w_i",
        r"e^{\beta} \sum_{i: h_i = y_i} w_i + e^{-\beta} \sum_{i: h_i \neq y_i} w_i",
    ),
    Identity(
        "exponential loss by the error",
        SIGNS,
        r"\sum_{i=1}^m w_i e^{-\beta y_i h_i}",
        r"((e^{\beta} - e^{-\beta}) \epsilon + e^{-\beta}) W",
        r"((e^{\beta} - e^{-\beta}) \epsilon + e^{\beta}) W",
    ),
    Identity(
        "slope of the exponential loss",
        SIGNS,
        r"\frac{\partial}{\partial \beta} \sum_{i=1}^m w_i e^{-\beta y_i h_i}",
        r"((e^{\beta} + e^{-\beta}) \epsilon - e^{-\beta}) W",
        r"((e^{\beta} - e^{-\beta}) \epsilon - e^{-\beta}) W",
    ),
    Identity(
        "disagreement of signs",
        SIGNS,
        r"\mathbf{1}\{h_i \neq y_i\}",
        r"\frac{1 - h_i y_i}{2}",
        r"\frac{1 + h_i y_i}{2}",
    ),
    Identity("edge of a weak learner", SIGNS, r"\sum_{i=1}^m w_i y_i h_i", r"(1 - 2 \epsilon) W", r"(1 - \epsilon) W"),
    Identity(
        "squared distance of signs",
        SIGNS,
        "(y_i - h_i)^2",
        r"4 \cdot \mathbf{1}\{h_i \neq y_i\}",
        r"2 \cdot \mathbf{1}\{h_i \neq y_i\}",
    ),
    Identity("squared loss is a function of the margin", SIGNS, "(y_i - f_i)^2", "(1 - y_i f_i)^2", "(1 + y_i f_i)^2"),
    Identity("absolute loss is a function of the margin", SIGNS, "|y_i - f_i|", "|1 - y_i f_i|", "|1 + y_i f_i|"),
    Identity(
        "logistic loss with signs",
        SIGNS,
        r"\log(1 + e^{-y_i f_i})",
        r"-\frac{1+y_i}{2} \log \sigma(f_i) - \frac{1-y_i}{2} \log(1 - \sigma(f_i))",
        r"-\frac{1-y_i}{2} \log \sigma(f_i) - \frac{1+y_i}{2} \log(1 - \sigma(f_i))",
    ),
    Identity(
        "gradient of the logistic loss with signs",
        SIGNS,
        r"\frac{\partial}{\partial v} \log(1 + e^{-y_i v^\top x_i})",
        r"-\sigma(-y_i v^\top x_i) y_i x_i",
        r"\sigma(-y_i v^\top x_i) y_i x_i",
    ),
    Identity("agreement of bits", SIGNS, r"\mathbf{1}\{b_i = c_i\}", "b_i c_i + (1-b_i)(1-c_i)", "b_i c_i"),
    Identity(
        "Hamming distance",
        SIGNS,
        r"\sum_{i=1}^m \mathbf{1}\{b_i \neq c_i\}",
        r"\sum_{i=1}^m (b_i - c_i)^2",
        r"\sum_{i=1}^m (b_i - c_i)",
    ),
    Identity(
        "signs of bits",
        SIGNS,
        "(2 b_i - 1)(2 c_i - 1)",
        r"1 - 2 \cdot \mathbf{1}\{b_i \neq c_i\}",
        r"1 - \mathbf{1}\{b_i \neq c_i\}",
    ),
    Bound("a share is at most one", SHARES, "p_k", "<=", "1", r"\frac12"),
    Bound("Gini impurity of shares", SHARES, r"\sum_{k=1}^K p_k (1 - p_k)", ">=", "0", "1"),
    Bound(
        "weighted squares, softmax weights", SHARES, r"\sum_{k=1}^K q_k (g_k - \sum_{l=1}^K q_l g_l)^2", ">=", "0", "1"
    ),
    Bound("entropy of shares", SHARES, r"-\sum_{k=1}^K q_k \log q_k", ">=", "0", "1"),
)
