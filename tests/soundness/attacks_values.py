"""False claims about quantities with two values, and about shares of a sum, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, cmp, eq

SPLIT = r"\sum_{i=1}^m w_i e^{-\beta y_i h_i}"

GROUPS = (
    Group(
        "no_case_holds",
        r"x \in \mathbb{R} ; function f(x) := \begin{cases} 1 & x > 1 \\ 2 & x < -1 \end{cases}",
        [
            eq("f(0)", "0"),
            eq("f(0) + 1", "1"),
            eq("f(1/2)", "f(0)"),
            eq("x f(0)", "0"),
            cmp("f(0)", "<", "1"),
            cmp("f(0)", ">=", "0"),
        ],
        [eq("f(2)", "1"), eq("f(-3)", "2"), eq("f(2) + f(-2)", "3"), cmp("f(-2)", ">", "f(2)")],
    ),
    Group(
        "two_values",
        r"""index i = 1..m ; y_i, h_i \in \{-1, 1\} ; w_i > 0 ; \beta > 0 ; f_i \in \mathbb{R} ; b_i, c_i \in \{0, 1\}
z_i \in \{1, 2\} ; r_i \in \{-1, 0, 1\} ; v \in \{0, 3\}""",
        [
            eq("y_i^3", "1"),
            eq("z_i^2", "1"),
            eq("z_i^2", "z_i"),
            eq("r_i^2", "1"),
            eq("r_i^3", "r_i^2"),
            eq("v^2", "v"),
            eq("|y_i|", "y_i"),
            eq("|z_i|", "1"),
            eq("|f_i y_i|", "f_i"),
            eq(r"\frac{\partial}{\partial y_i} y_i^2", "0"),
            eq(r"\mathbf{1}\{h_i = y_i\}", r"\frac{1 - h_i y_i}{2}"),
            eq(r"\mathbf{1}\{b_i = c_i\}", "b_i c_i"),
            eq(r"\mathbf{1}\{y_i = b_i\}", r"\frac{1 + y_i b_i}{2}"),
            eq(r"\mathbf{1}\{z_i = 1\}", "1"),
            eq(r"e^{-\beta y_i h_i}", r"e^{\beta}"),
            eq(SPLIT, r"e^{\beta} \sum_{i: h_i = y_i} w_i + e^{-\beta} \sum_{i: h_i \neq y_i} w_i"),
            eq(r"\log(1 + e^{-y_i f_i})", r"-\log\frac{1}{1+e^{-f_i}}"),
            cmp("y_i", ">", "0"),
            cmp("v^2", ">", "0"),
        ],
        [
            eq("y_i^2", "1"),
            eq(r"\frac{1}{y_i}", "y_i"),
            eq("z_i^2", "3 z_i - 2"),
            eq("v^2", "3 v"),
            eq("|y_i f_i|", "|f_i|"),
            eq(r"\frac{\partial}{\partial y_i} y_i^2", "2 y_i"),
            eq(r"\mathbf{1}\{h_i \neq y_i\}", r"\frac{1 - h_i y_i}{2}"),
            eq(r"\mathbf{1}\{b_i = c_i\}", "b_i c_i + (1-b_i)(1-c_i)"),
            eq(SPLIT, r"e^{-\beta} \sum_{i: h_i = y_i} w_i + e^{\beta} \sum_{i: h_i \neq y_i} w_i"),
            cmp("z_i^2 f_i^2", ">=", "0"),
        ],
    ),
    Group(
        "shares",
        r"""index k, j = 1..K ; index l = 1..L ; f_k \in \mathbb{R} nonnegative ; g_k \in \mathbb{R} ; h_l > 0 ; p_l > 0
a, b \in \mathbb{R} nonnegative""",
        [
            cmp(r"\frac{g_k}{\sum_{j=1}^K g_j}", "<=", "1"),
            cmp(r"\frac{h_l}{\sum_{k=1}^K f_k}", "<=", "1"),
            cmp(r"\frac{2 f_k}{\sum_{j=1}^K f_j}", "<=", "1"),
            cmp(r"\frac{h_l^2}{\sum_{l=1}^L h_l}", "<=", "1"),
            cmp(r"\frac{h_l}{\sum_{l=1}^L h_l}", "<", "1"),
            cmp(r"\frac{h_l p_l}{\sum_{l=1}^L h_l}", "<=", "1"),
            cmp(r"\frac{a}{a - b}", "<=", "1"),
            cmp(r"\frac{a + 1}{a + b}", "<=", "1"),
        ],
        [
            cmp(r"\frac{f_k}{\sum_{j=1}^K f_j}", "<=", "1"),
            cmp(r"1 - \frac{h_l p_l}{\sum_{j=1}^L h_j p_j}", ">=", "0"),
            cmp(r"\frac{a}{a + b}", "<=", "1"),
            cmp(r"\log \frac{h_l}{\sum_{j=1}^L h_j}", "<=", "0"),
        ],
    ),
    Group(
        "assumption_about_a_ratio",
        r"""index i = 1..n ; d_i \in \mathbb{R} ; w_i > 0 ; b, x \in \mathbb{R} ; a > 0
let \epsilon := \frac{\sum_{i=1}^n w_i d_i}{\sum_{i=1}^n w_i} ; assume \epsilon < 1
assume x b < 0 ; assume 1 - \frac{x}{a} > 0""",
        [
            cmp(r"\sum_{i=1}^n w_i d_i", ">", "0"),
            cmp(r"\sum_{i=1}^n w_i d_i - \sum_{i=1}^n w_i", ">", "0"),
            cmp("x", "<", "0"),
            cmp("b", "<", "0"),
            cmp("x - a", ">", "0"),
        ],
        [cmp(r"\sum_{i=1}^n w_i - \sum_{i=1}^n w_i d_i", ">", "0"), cmp("a - x", ">", "0"), cmp("-x b", ">", "0")],
    ),
)
