"""False claims about square roots, about bounds that are fractions, and about quantities of two values, beside true
ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, cmp, eq, step

NUMBERS = (
    r"a, b, c \in \mathbb{R} ; r, s, t > 0 ; q \ge 0 ; u \in (0, 1/2) ; v \in [-\frac12, \frac13] ; w \in (-1, \frac12)"
)
LABELS = r"""index i = 1..n ; y_i, g_i \in \{-1, 1\} ; z_i \in \{0, 1\} ; w_i > 0 ; x \in \mathbb{R}
let \epsilon := \frac{\sum_i w_i \mathbf{1}\{y_i \ne g_i\}}{\sum_i w_i}"""

GROUPS = (
    Group(
        "square_roots",
        NUMBERS,
        [
            step([r"a^2 = b"], [r"a = \sqrt{b}"]),
            step([r"a^2 = b"], [r"a = -\sqrt{b}"]),
            step([r"r^2 - s r - s t = 0"], [r"r = \frac{s - \sqrt{s^2 + 4 s t}}{2}"]),
            step([r"a^2 - s a - s t = 0"], [r"a = \frac{s + \sqrt{s^2 + 4 s t}}{2}"]),
            step([r"r^2 - s r + t = 0"], [r"r = \frac{s + \sqrt{s^2 - 4 t}}{2}"]),
            step([r"r^2 - s r - s t = 0"], [r"r = \frac{s + \sqrt{s^2 + 4 s t}}{4}"]),
            step([r"a^2 = b^2", r"b \ge 0"], [r"a = \sqrt{b^2}"]),
            step([r"a^2 c^2 = b"], [r"a c = \sqrt{b}"]),
            step([r"r^2 = s^2 t"], [r"r = - s \sqrt{t}"]),
            step([r"r^2 = c^2 t"], [r"r = c \sqrt{t}"]),
            step([r"r^2 = t"], [r"r = (\sqrt{t})^3"]),
            step([r"r^2 = t"], [r"r = t \sqrt{t} + \sqrt{t} - t"]),
            step([r"r^2 = t"], [r"r = \frac{2}{1 + \sqrt{t}}"]),
            step([r"(r - s)^2 = t"], [r"r - s = \sqrt{t}"]),
            step([r"q^2 = b", r"a = 1"], [r"q + a = \sqrt{b}"]),
            eq(r"\sqrt{a^2}", "a"),
            eq(r"\sqrt{a^2 + 2 a b + b^2}", "a + b"),
            eq(r"\sqrt{(r - s)^2}", "r - s"),
        ],
        [
            step([r"r^2 = t"], [r"r = \sqrt{t}"]),
            step([r"r^2 - s r - s t = 0", r"2 r \ge s"], [r"r = \frac{s + \sqrt{s^2 + 4 s t}}{2}"]),
            step([r"r^2 = s^2 t"], [r"r = s \sqrt{t}"]),
            step([r"q^2 + 2 q r + r^2 = t"], [r"q = \sqrt{t} - r"]),
            step([r"(r + s)^2 = t"], [r"- r - s = - \sqrt{t}"]),
        ],
    ),
    Group(
        "roots_strictly_below",
        NUMBERS,
        [
            cmp(r"\sqrt{q^2 + r^2}", "<", "q + r"),
            cmp(r"\sqrt{a^2}", "<", "1 + a"),
            cmp(r"2 \sqrt{r s}", "<", "r + s"),
            cmp(r"\sqrt{r}", "<", "r"),
        ],
        [
            cmp(r"\sqrt{s^2 + r^2}", "<", "s + r"),
            cmp(r"2 \sqrt{u (1 - u)}", "<", "1"),
            cmp(r"\sqrt{r + s}", "<", r"\sqrt{r} + \sqrt{s}"),
            cmp(r"2 \sqrt{r s}", "<=", "r + s"),
        ],
    ),
    Group(
        "fractions_as_bounds",
        NUMBERS,
        [
            cmp("1 - 3 u", ">", "0"),
            cmp("2 u - 1", ">", "0"),
            cmp("1 - 2 w", "<", "0"),
            cmp("1 + 2 v", ">", "0"),
            cmp("1 - 3 v", ">", "0"),
            cmp("1 + 3 v", ">=", "0"),
            cmp("u - u^2", ">=", r"\frac14"),
            cmp("(1 - 3 u)^2", ">", "0"),
            cmp("(1 - 2 v)^2", "<=", "1"),
            cmp("(a - b)^2", ">", "0"),
            cmp("a^2 - 2 a + 1", ">", "0"),
        ],
        [
            cmp("1 - 2 u", ">", "0"),
            cmp("(1 - 2 u)^2", ">", "0"),
            cmp("1 - 4 u + 4 u^2", ">", "0"),
            cmp("1 + 2 v", ">=", "0"),
            cmp("1 - 3 v", ">=", "0"),
            cmp("1 - 2 w", ">", "0"),
            cmp("1 + w", ">", "0"),
        ],
    ),
    Group(
        "assumed_of_what_is_defined",
        r"r, s > 0 ; a \in \mathbb{R} ; index i = 1..n ; x_i > 0 ; let e := \frac{r}{r + s} ; let d_i := x_i - a",
        [
            cmp("1 - 2 e", ">", "0"),
            cmp("1 - 3 e", ">", "0", r"assume e < \frac12"),
            cmp("e", ">", r"\frac14", r"assume e < \frac12"),
            cmp("2 e - 1", ">", "0", r"assume e < \frac12"),
            cmp("d_i", ">", "0"),
            cmp("d_i - 1", ">", "0", r"assume d_i > 0"),
        ],
        [
            cmp("1 - 2 e", ">", "0", r"assume e < \frac12"),
            cmp("(1 - 2 e)^2", ">", "0", r"assume e < \frac12"),
            cmp("s - r", ">", "0", r"assume e < \frac12"),
            cmp(r"2 \sqrt{e (1 - e)}", "<", "1", r"assume e < \frac12"),
            cmp("3 d_i", ">", "0", r"assume d_i > 0"),
        ],
    ),
    Group(
        "two_values_in_steps",
        LABELS,
        [
            step([r"\sum_i w_i y_i g_i e^{-x y_i g_i} = 0"], [r"(e^x - e^{-x}) \epsilon = e^{-x}"]),
            step([r"\sum_i w_i y_i g_i e^{-x y_i g_i} = 0"], [r"\epsilon = \frac12"]),
            step([r"\sum_i w_i y_i e^{-x y_i} = 0"], [r"(e^x + e^{-x}) \epsilon = e^{-x}"]),
            step([r"\sum_i w_i z_i = 0"], [r"\sum_i z_i = 1"]),
            step([r"\sum_i y_i = 0"], [r"y_i = 0"]),
            step([r"\sum_i w_i y_i = 0"], [r"\sum_i y_i = 0"]),
            step([r"x z_i = 0"], [r"x = 0"]),
        ],
        [
            step([r"\sum_i w_i y_i g_i e^{-x y_i g_i} = 0"], [r"(e^x + e^{-x}) \epsilon = e^{-x}"]),
            step(
                [r"\sum_i w_i y_i g_i e^{-x y_i g_i} = 0"],
                [r"\sum_i w_i (e^x \mathbf{1}\{y_i \ne g_i\} - e^{-x} \mathbf{1}\{y_i = g_i\}) = 0"],
            ),
            step([r"\sum_i w_i z_i^2 = x"], [r"\sum_i w_i z_i = x"]),
        ],
    ),
)
