"""Sums themselves: names, nesting, order, shifted indices, selections by deltas and conditions, products, powers."""

from __future__ import annotations

from tests.identities.rows import Bound, Identity, Row

PLAIN = r"""
index i, j, k, n = 1..N ; m, l = 1..M
x_i, y_i, z_i \in \mathbb{R} ; A_{ij} \in \mathbb{R} ; B_{im} \in \mathbb{R} ; w_i > 0 ; c, s \in \mathbb{R} ; a > 0
"""
CHAIN = r"""
index t = 1..T
size T >= 2
x_t \in \mathbb{R} ; c \in \mathbb{R}
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "the name does not matter", PLAIN, r"\sum_{i=1}^N x_i y_i", r"\sum_{j=1}^N x_j y_j", r"\sum_{j=1}^N x_j x_j"
    ),
    Identity(
        "one name, two sums",
        PLAIN,
        r"\sum_{i=1}^N x_i \sum_{j=1}^N y_j",
        r"(\sum_{i=1}^N x_i) (\sum_{i=1}^N y_i)",
        r"\sum_{i=1}^N x_i y_i",
    ),
    Identity(
        "inner name hides the outer",
        PLAIN,
        r"\sum_{i=1}^N (x_i + \sum_{i=1}^N y_i)",
        r"\sum_{i=1}^N x_i + N \sum_{i=1}^N y_i",
        r"\sum_{i=1}^N x_i + \sum_{i=1}^N y_i",
    ),
    Identity("bound and free name", PLAIN, r"x_i \sum_{i=1}^N y_i", r"\sum_{j=1}^N x_i y_j", r"\sum_{j=1}^N x_j y_j"),
    Identity(
        "three levels of one name",
        PLAIN,
        r"\sum_{i=1}^N x_i (\sum_{i=1}^N y_i (\sum_{i=1}^N z_i))",
        r"(\sum_{i=1}^N x_i) (\sum_{j=1}^N y_j) (\sum_{k=1}^N z_k)",
        r"\sum_{i=1}^N x_i y_i z_i",
    ),
    Identity(
        "square of a sum", PLAIN, r"(\sum_{i=1}^N x_i)^2", r"\sum_{i=1}^N \sum_{j=1}^N x_i x_j", r"\sum_{i=1}^N x_i^2"
    ),
    Identity(
        "cube of a sum",
        PLAIN,
        r"(\sum_{i=1}^N x_i)^3",
        r"\sum_{i=1}^N \sum_{j=1}^N \sum_{k=1}^N x_i x_j x_k",
        r"\sum_{i=1}^N \sum_{j=1}^N x_i x_j x_j",
    ),
    Identity(
        "square of a sum, apart",
        PLAIN,
        r"(\sum_{i=1}^N x_i)^2",
        r"\sum_{i=1}^N x_i^2 + \sum_{i=1}^N \sum_{j \neq i} x_i x_j",
        r"\sum_{i=1}^N x_i^2 + 2 \sum_{i=1}^N \sum_{j \neq i} x_i x_j",
    ),
    Identity(
        "orders of summation",
        PLAIN,
        r"\sum_{i=1}^N \sum_{m=1}^M B_{im}",
        r"\sum_{m=1}^M \sum_{i=1}^N B_{im}",
        r"M \sum_{i=1}^N B_{im}",
    ),
    Identity(
        "roles exchanged",
        PLAIN,
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_i y_j",
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ji} x_j y_i",
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_j y_i",
    ),
    Identity(
        "antisymmetric sum",
        PLAIN,
        r"\sum_{i=1}^N \sum_{j=1}^N (A_{ij} - A_{ji}) x_i x_j",
        "0",
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_i x_j",
    ),
    Identity(
        "symmetric part",
        PLAIN,
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_i x_j",
        r"\frac{1}{2} \sum_{i=1}^N \sum_{j=1}^N (A_{ij} + A_{ji}) x_i x_j",
        r"\sum_{i=1}^N \sum_{j=1}^N (A_{ij} + A_{ji}) x_i x_j",
    ),
    Identity(
        "double counting",
        PLAIN,
        r"\sum_{i=1}^N \sum_{j=1}^N (x_i + y_j)",
        r"N \sum_{i=1}^N x_i + N \sum_{j=1}^N y_j",
        r"\sum_{i=1}^N x_i + \sum_{j=1}^N y_j",
    ),
    Identity("counting pairs", PLAIN, r"\sum_{i=1}^N \sum_{j \neq i} 1", "N (N - 1)", "N^2"),
    Identity(
        "edges from degrees",
        PLAIN + "\n" + r"let g_i := \sum_{j=1}^N A_{ij}",
        r"\sum_{i=1}^N g_i x_i",
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_i",
        r"\sum_{i=1}^N \sum_{j=1}^N A_{ij} x_j",
    ),
    Identity("constants", PLAIN, r"\sum_{i=1}^N c", "N c", "c"),
    Identity("a delta selects", PLAIN, r"\sum_{i=1}^N \delta_{ij} x_i", "x_j", "N x_j"),
    Identity("two deltas", PLAIN, r"\sum_{i=1}^N \sum_{k=1}^N \delta_{ij} \delta_{ik} x_i y_k", "x_j y_j", "x_j y_k"),
    Identity("leaving one out", PLAIN, r"\sum_{i \neq j} x_i", r"\sum_{i=1}^N x_i - x_j", r"\sum_{i=1}^N x_i + x_j"),
    Identity(
        "leaving one out, all",
        PLAIN,
        r"\sum_{j=1}^N \sum_{i \neq j} x_i",
        r"(N-1) \sum_{i=1}^N x_i",
        r"N \sum_{i=1}^N x_i",
    ),
    Identity(
        "derivative of a double sum",
        PLAIN,
        r"\frac{\partial}{\partial x_k} \sum_{i=1}^N \sum_{j=1}^N A_{ij} x_i x_j",
        r"\sum_{j=1}^N (A_{kj} + A_{jk}) x_j",
        r"2 \sum_{j=1}^N A_{kj} x_j",
    ),
    Identity(
        "derivative of a square of a sum",
        PLAIN,
        r"\frac{\partial}{\partial x_k} (\sum_{i=1}^N x_i)^2",
        r"2 \sum_{i=1}^N x_i",
        "2 x_k",
    ),
    Identity(
        "derivative under clashing names",
        PLAIN,
        r"\frac{\partial}{\partial x_i} \sum_{i=1}^N x_i y_i",
        "y_i",
        r"\sum_{i=1}^N y_i",
    ),
    Identity(
        "derivative of a normalised weight",
        PLAIN,
        r"\frac{\partial}{\partial w_j} \frac{w_i}{\sum_{k=1}^N w_k}",
        r"\frac{\delta_{ij}}{\sum_{k=1}^N w_k} - \frac{w_i}{(\sum_{k=1}^N w_k)^2}",
        r"\frac{\delta_{ij}}{\sum_{k=1}^N w_k} - \frac{w_j}{(\sum_{k=1}^N w_k)^2}",
    ),
    Identity("weights add up to one", PLAIN, r"\sum_{i=1}^N \frac{w_i}{\sum_{j=1}^N w_j}", "1", "N"),
    Identity(
        "weights but one",
        PLAIN,
        r"\sum_{i=1}^N \frac{w_i x_i + c w_i}{\sum_{j=1}^N w_j}",
        r"c + \frac{\sum_{i=1}^N w_i x_i}{\sum_{i=1}^N w_i}",
        r"N c + \frac{\sum_{i=1}^N w_i x_i}{\sum_{i=1}^N w_i}",
    ),
    Identity("log of a product", PLAIN, r"\log \prod_{i=1}^N w_i", r"\sum_{i=1}^N \log w_i", r"\prod_{i=1}^N \log w_i"),
    Identity("product of powers", PLAIN, r"\prod_{i=1}^N a^{x_i}", r"a^{\sum_{i=1}^N x_i}", r"a^{\prod_{i=1}^N x_i}"),
    Identity(
        "product of exponentials", PLAIN, r"\prod_{i=1}^N e^{x_i}", r"e^{\sum_{i=1}^N x_i}", r"\sum_{i=1}^N e^{x_i}"
    ),
    Identity(
        "constant factors of a product",
        PLAIN,
        r"\prod_{i=1}^N (a w_i)",
        r"a^N \prod_{i=1}^N w_i",
        r"a \prod_{i=1}^N w_i",
    ),
    Identity("powers of a product", PLAIN, r"(\prod_{i=1}^N w_i)^2", r"\prod_{i=1}^N w_i^2", r"2 \prod_{i=1}^N w_i"),
    Identity(
        "product of a product",
        PLAIN,
        r"\prod_{i=1}^N w_i a^{x_i}",
        r"a^{\sum_{i=1}^N x_i} \prod_{i=1}^N w_i",
        r"a^{N} \prod_{i=1}^N w_i",
    ),
    Identity(
        "matrix product in entries",
        PLAIN,
        r"\sum_{j=1}^N A_{ij} (\sum_{k=1}^N A_{jk} x_k)",
        r"\sum_{k=1}^N (\sum_{j=1}^N A_{ij} A_{jk}) x_k",
        r"\sum_{k=1}^N (\sum_{j=1}^N A_{ij} A_{kj}) x_k",
    ),
    Identity(
        "trace of a power",
        PLAIN,
        r"\sum_{i=1}^N \sum_{j=1}^N \sum_{k=1}^N A_{ij} A_{jk} A_{ki}",
        r"\sum_{j=1}^N \sum_{k=1}^N \sum_{i=1}^N A_{jk} A_{ki} A_{ij}",
        r"\sum_{i=1}^N \sum_{j=1}^N \sum_{k=1}^N A_{ij} A_{jk} A_{ik}",
    ),
    Identity("shifted index", CHAIN, r"\sum_{t=2}^T x_{t-1}", r"\sum_{t=1}^{T-1} x_t", r"\sum_{t=1}^{T} x_t"),
    Identity(
        "last term apart", CHAIN, r"\sum_{t=1}^T x_t", r"\sum_{t=1}^{T-1} x_t + x_T", r"\sum_{t=1}^{T-1} x_t - x_T"
    ),
    Identity("first term apart", CHAIN, r"\sum_{t=1}^T x_t", r"x_1 + \sum_{t=2}^{T} x_t", r"x_1 + \sum_{t=1}^{T} x_t"),
    Identity("telescope", CHAIN, r"\sum_{t=2}^T (x_t - x_{t-1})", "x_T - x_1", "x_T + x_1"),
    Identity("sum of the first whole numbers", CHAIN, r"\sum_{t=1}^T t", r"\frac{T (T+1)}{2}", r"\frac{T (T-1)}{2}"),
    Identity(
        "summation by parts",
        CHAIN + r"y_t \in \mathbb{R}",
        r"\sum_{t=2}^T x_t (y_t - y_{t-1}) + \sum_{t=2}^T y_{t-1} (x_t - x_{t-1})",
        "x_T y_T - x_1 y_1",
        "x_T y_T + x_1 y_1",
    ),
    Identity(
        "chain of quotients",
        CHAIN + r"u_t > 0",
        r"\sum_{t=2}^T \log \frac{u_t}{u_{t-1}}",
        r"\log \frac{u_T}{u_1}",
        r"\log \frac{u_1}{u_T}",
    ),
    Bound("a sum of squares", PLAIN, r"\sum_{i=1}^N (x_i - y_i)^2", ">=", "0", r"\sum_{i=1}^N x_i^2"),
    Bound("a sum of weighted squares", PLAIN, r"\sum_{i=1}^N w_i x_i^2", ">=", "0", r"\sum_{i=1}^N x_i^2"),
)
