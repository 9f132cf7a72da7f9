"""False claims about sequences that are given by recurrences, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, eq, step

CONTEXT = r"""
size T >= 1 ; index s = 0..T ; index t, i = 1..T ; index u = 2..T ; index j = 1..d
a, b \in \mathbb{R} ; \beta \in (0,1) ; g_t, r_t \in \mathbb{R} ; A \in \mathbb{R}^{d \times d}
"""

GROUPS = (
    Group(
        "induction",
        CONTEXT
        + r"""m_s, v_s, x_s, S_s, y_s, z_s, p_s, w_s \in \mathbb{R} ; h_s \in \mathbb{R}^d ; f_{sj} \in \mathbb{R}
assume m_0 = 0 ; assume m_t = \beta m_{t-1} + (1-\beta) g_t ; assume S_t = S_{t-1} + r_t ; assume x_t = a x_{t-1}
assume y_u = a y_{u-1} ; assume z_u = z_{u-2} ; assume p_{s+1} = a p_s ; assume h_t = a h_{t-1}
assume f_{tj} = f_{t-1,j} + j""",
        [
            eq("m_t", r"\sum_{i=1}^t \beta^{t-i} g_i"),
            eq("m_t", r"(1-\beta) \sum_{i=1}^t \beta^{t-i+1} g_i"),
            eq("m_t", r"(1-\beta) \sum_{i=1}^T \beta^{t-i} g_i"),
            eq("m_T", r"(1-\beta) \sum_{i=1}^T \beta^{i} g_i"),
            eq("S_t", r"\sum_{i=1}^t r_i"),
            eq("S_t", r"S_0 + \sum_{i=1}^{t-1} r_i"),
            eq("x_t", "a^t x_1"),
            eq("x_s", "a^{s+1} x_0"),
            eq("x_T", "a^T x_1"),
            eq("y_t", "a^t y_0"),
            eq("y_s", "a^s y_0"),
            eq("z_s", "z_0"),
            eq("z_t", "z_1"),
            eq("w_s", "w_0"),
            eq("x_t", "x_{t-1}"),
            eq("p_s", "a^{s+1} p_0"),
            eq("h_t", "a^{t-1} h_0"),
            eq("f_{sj}", "f_{0j} + s"),
            eq("f_{sj}", "f_{01} + s j"),
            eq("x_t x_0", "a^t x_0"),
        ],
        [
            eq("m_t", r"(1-\beta) \sum_{i=1}^t \beta^{t-i} g_i"),
            eq("S_t", r"S_0 + \sum_{i=1}^t r_i"),
            eq("x_t", "a^t x_0"),
            eq("x_s", "a^s x_0"),
            eq("x_T", "a^T x_0"),
            eq("y_t", "a^{t-1} y_1"),
            eq("p_s", "a^s p_0"),
            eq("h_t", "a^t h_0"),
            eq("f_{sj}", "f_{0j} + s j"),
        ],
    ),
    Group(
        "recurrence_only_for_some",
        CONTEXT + r"x_s, y_s \in \mathbb{R} ; assume t > 2 ; assume x_t = a x_{t-1} ; assume y_t = y_{t-1}",
        [eq("x_s", "a^s x_0"), eq("x_i", "a^i x_0"), eq("y_s", "y_0"), eq("y_i", "y_0"), eq("y_t", "y_0")],
        [eq("y_t + x_t", "y_{t-1} + a x_{t-1}")],
    ),
    Group(
        "recurrence_put_into_itself",
        CONTEXT + r"x_s, y_t \in \mathbb{R} ; assume x_t = a x_{t-1} + g_t ; assume y_t = b y_{t-1}",
        [
            eq("x_t", r"a^2 x_{t-2} + a g_{t-1}"),
            eq("x_t", r"a^2 x_{t-2} + g_{t-1} + g_t"),
            eq("x_t", r"a x_{t-1}"),
            eq("y_t", "b^2 y_{t-1}"),
            eq("y_t", "b y_1"),
            step(["x_t = x_{t-1}"], ["x_t = x_{t-2} + g_t"]),
        ],
        [eq("x_t", r"a^2 x_{t-2} + a g_{t-1} + g_t"), eq("y_t", "b^2 y_{t-2}")],
    ),
    Group(
        "recurrences_under_sums",
        r"""size T >= 1 ; index t, u = 1..T ; index i, j, k = 1..K
f_{tk}, g_{tk}, b_{tk}, h_{tk} > 0 ; A_{ik} > 0 ; c_k \in \mathbb{R} ; w_{tk} \in \mathbb{R}
assume f_{t+1,k} = b_{t+1,k} \sum_{i=1}^K f_{ti} A_{ik} ; assume g_{ti} = \sum_{k=1}^K A_{ik} b_{t+1,k} g_{t+1,k}
let x_{tik} := f_{ti} A_{ik} b_{t+1,k} g_{t+1,k} ; let y_{tk} := f_{tk} g_{tk}
assume w_{t+1,k} = w_{t,k} + c_k""",
        [
            eq(r"\sum_{k=1}^K f_{tk} g_{tk}", r"\sum_{k=1}^K f_{1k} g_{1k}"),  # one step only
            eq("y_{tk}", r"\sum_{i=1}^K x_{tik}"),
            eq(r"\sum_{k=1}^K g_{tk} h_{tk}", r"\sum_{i=1}^K \sum_{k=1}^K h_{ti} A_{ik} b_{tk} g_{tk}"),
            eq(r"\sum_{k=1}^K g_{tk}", r"\sum_{i=1}^K \sum_{k=1}^K A_{ik} b_{tk} g_{tk}"),
            eq(r"\sum_{k=1}^K f_{uk}", r"\sum_{k=1}^K \sum_{i=1}^K b_{uk} f_{ui} A_{ik}"),
            eq("w_{tk}", "w_{tk} + c_k"),
            eq("w_{Tk}", "w_{1k} + c_k"),
            eq(r"\sum_{k=1}^K w_{t+1,k}", r"\sum_{k=1}^K w_{tk}"),
            eq(r"\sum_{k=1}^K w_{t+1,k} h_{tk}", r"\sum_{k=1}^K (w_{tk} + c_1) h_{tk}"),
        ],
        [
            eq(r"\sum_{k=1}^K f_{t+1,k} g_{t+1,k}", r"\sum_{i=1}^K f_{ti} g_{ti}"),
            eq("y_{ti}", r"\sum_{k=1}^K x_{tik}"),
            eq(r"\sum_{k=1}^K w_{t+1,k} h_{tk}", r"\sum_{k=1}^K (w_{tk} + c_k) h_{tk}"),
        ],
    ),
)
