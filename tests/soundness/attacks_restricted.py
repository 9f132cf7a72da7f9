"""False claims from assumptions that do not hold for every value of their indices, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, cmp, eq, step

GROUPS = (
    Group(
        "indices_assumed_to_differ",
        r"""index j, k, l, m = 1..K ; v_k \in \mathbb{R}^d ; u_{jk} \in \mathbb{R} ; x_k \in \mathbb{R}
assume j \neq k ; assume v_j^T v_k = 0""",
        [
            eq("v_l^T v_m", "0"),
            eq("v_l^T v_l", "0"),
            eq(r"\sum_{l=1}^K \sum_{m=1}^K v_l^T v_m", "0"),
            eq(r"\sum_{j=1}^K \sum_{k=1}^K v_j^T v_k", "0"),
            eq(r"\sum_{j=1}^K v_j^T v_k", "0"),
            step(["u_{jk} = 0"], ["u_{lm} = 0"]),
            step(["u_{jk} = 0"], ["u_{jj} = 0"]),
            step(["u_{jk} = x_j"], [r"\sum_{l=1}^K u_{lk} = \sum_{l=1}^K x_l"]),
            step(["u_{jk} = x_j", "u_{jk} = 1"], ["x_l = 1"]),
        ],
        [eq("v_j^T v_k", "0"), eq("v_k^T v_j", "0"), step(["u_{jk} = 0"], ["u_{jk} x_j = 0"])],
    ),
    Group(
        "index_assumed_less",
        r"""index j, k, l, m = 1..K ; A, B \in \mathbb{R}^{K \times K}
assume j < k ; assume A_{jk} = 0 ; assume \sum_{m=1}^K B_{jm} B_{km} = 0""",
        [
            eq("A_{lm}", "0"),
            eq("A_{kj}", "0"),
            eq("A", "2 A"),
            eq(r"\sum_{l=1}^K \sum_{m=1}^K A_{lm}", "0"),
            eq(r"\sum_{m=1}^K B_{lm} B_{jm}", "0"),
        ],
        [eq("A_{jk}", "0"), eq(r"\sum_{m=1}^K B_{km} B_{jm}", "0")],
    ),
    Group(
        "index_assumed_not_first",
        r"index j, k, l = 1..K ; x_k \in \mathbb{R} ; assume j \neq 1 ; assume x_j = 0",
        [eq("x_l", "0"), eq("x_1", "0"), eq(r"\sum_{l=1}^K x_l", "0"), eq(r"\sum_{j=1}^K x_j", "0")],
        [eq("x_j", "0")],
    ),
    Group(
        "subscript_that_leaves_its_range",
        r"""size K >= 2 ; index j, k, l = 1..K ; x_k, y_k, z_k \in \mathbb{R} ; p_k, q_k, r_k \in \mathbb{R}^d
a_{jk}, b_{jk} \in \mathbb{R}
assume z_{k+1} = x_k ; assume z_{k+1} = y_k ; assume r_{k+1} = p_k ; assume r_{k+1} = q_k
assume \sum_{j=1}^K a_{jk} = z_{k+1} ; assume \sum_{j=1}^K b_{jk} = z_{k+1}""",
        [
            eq("x_k", "y_k"),
            eq("x_K", "y_K"),
            eq(r"\sum_{k=1}^K x_k", r"\sum_{k=1}^K y_k"),
            eq("p_k", "q_k"),
            eq("p_k^T p_k", "q_k^T q_k"),
            eq(r"\sum_{j=1}^K a_{jk}", r"\sum_{j=1}^K b_{jk}"),
            eq(r"\sum_{j=1}^K a_{jl}", r"\sum_{j=1}^K b_{jl}"),
            eq(r"x_k + \sum_{j=1}^{K-k} z_{k+1}", r"y_k + \sum_{j=1}^{K-k} z_{k+1}"),
            eq(r"x_k + 0 \cdot \sum_{j=k+1}^{K} z_{k+1}", "y_k"),
            eq(r"x_k + \begin{cases} 0 z_{k+1} & k < K \\ 0 & k = K \end{cases}", "y_k"),
        ],
        [eq("z_{k+1} + x_k", "2 x_k"), eq("r_{k+1}^T r_{k+1}", "p_k^T q_k")],
    ),
    Group(
        "index_that_there_may_be_none_of",
        r"""index i = 1..N ; index m = 2..N ; c, d \in \mathbb{R} ; q_i > 0 ; x_i, y_i, z_i \in \mathbb{R}""",
        [
            eq("c", "0", given="assume q_m c = 0"),
            eq("c", "0", given="assume (1 + q_m^2) c = 0"),
            eq("c", "d", given="assume c = q_m ; assume d = q_m"),
            eq("d", r"\sum_{i=1}^N x_i", given=r"assume \sum_{i=1}^N x_i = q_m ; assume d = q_m"),
            eq("c", "1", given="assume y_m c = 2 ; assume y_m = 2"),
            cmp("c", ">=", "0", given=r"assume q_m c \geq 0"),
            cmp("c", ">=", "d", given=r"assume c \geq y_m ; assume y_m \geq d"),
            step(["q_m c = 0"], ["c = 0"]),
            step([r"\log c = q_m", r"\log d = q_m"], ["c = d"]),
        ],
        [
            eq("y_m + z_m", "0", given="assume y_m = 0 ; assume z_m = 0"),
            eq("q_m c", "0", given="assume q_m c = 0"),
            eq("c", "0", given="assume q_i c = 0"),
            step(["q_m c = 0"], ["q_m c^2 = 0"]),
        ],
    ),
    Group(
        "indices_of_which_no_two_may_differ",
        r"""index j, k, l = 1..K ; u_{jk} > 0 ; w_{jk} \in \mathbb{R} ; c, d \in \mathbb{R} ; x_k \in \mathbb{R}
assume j \neq k""",
        [
            eq("c", "0", given="assume u_{jk} c = 0"),
            eq("x_l", "0", given="assume u_{jk} x_j = 0"),
            eq("c", "d", given="assume c = u_{jk} ; assume d = u_{jk}"),
            cmp("c", ">=", "0", given=r"assume u_{jk} c \geq 0"),
            step(["u_{jk} c = 0"], ["c = 0"]),
        ],
        [eq("x_j + u_{jk}", "u_{jk}", given="assume u_{jk} x_j = 0"), eq("w_{jk}", "0", given="assume w_{jk} = 0")],
    ),
)
