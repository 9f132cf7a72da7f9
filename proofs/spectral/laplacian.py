r"""The graph Laplacian and Laplacian eigenmaps (solution 5, problem 3)."""

from __future__ import annotations

from derive import Derivation

d = Derivation("spectral/laplacian", title="Graph Laplacian and Laplacian eigenmaps", source="solution 5, problem 3")

# -- 1, 2: the graph -----------------------------------------------------------------------------------------------
# The printed W, D, L are garbled; the printed eigenvectors determine the graph: ten nodes (0-9), eleven edges.
EDGES = ((0, 1), (0, 2), (0, 3), (1, 3), (1, 7), (2, 7), (4, 5), (4, 6), (6, 9), (7, 8), (8, 9))
NODES = range(10)


def table(rows: list[list[int]]) -> str:
    """A matrix as LaTeX."""
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(map(str, row)) for row in rows) + r"\end{bmatrix}"


ADJACENCY = [[int((i, j) in EDGES or (j, i) in EDGES) for j in NODES] for i in NODES]
DEGREES = [3, 3, 2, 2, 2, 1, 2, 3, 2, 2]
LAPLACIAN = [[DEGREES[i] if i == j else -ADJACENCY[i][j] for j in NODES] for i in NODES]
GRAPH = rf"""
    index i, j = 1..10 ; index k = 1..3
    function \operatorname{{eig}} = eigenvalues ; function \operatorname{{vec}} = eigenvectors
    elementwise / \sqrt
    let W := {table(ADJACENCY)}
    let \mathbf{{d}} := \frac{{W + W^T}}{{2}} \mathbf{{1}}
    let D := \operatorname{{diag}}(\mathbf{{d}})
    let L := D - W
"""
d.equal(
    "degrees", r"\mathbf{d}", table([[degree] for degree in DEGREES]), given=GRAPH, source="solution 5, problem 3.2"
)
d.equal("laplacian_of_the_graph", "L", table(LAPLACIAN), given=GRAPH, source="solution 5, problem 3.2")

# -- 3, 4: the eigenmap --------------------------------------------------------------------------------------------
# L psi = lambda D psi with Psi^T D Psi = I: with V the unit eigenvectors of D^{-1/2} L D^{-1/2}, Psi = D^{-1/2} V.
EIGENMAP = (
    GRAPH
    + r"""
    let C := \operatorname{diag}(1 / \sqrt{\mathbf{d}})
    let V := \operatorname{vec}(C L C)
    \Psi \in \mathbb{R}^{10 \times 3}
"""
)
FIRST = (
    EIGENMAP
    + r"""
    let \psi_{ik} := \frac{V_{i,k}}{\sqrt{\mathbf{d}_i}}
    component \psi_{ik} of \Psi
"""
)
SECOND = (
    EIGENMAP
    + r"""
    let \psi_{ik} := \frac{V_{i,k+1}}{\sqrt{\mathbf{d}_i}}
    component \psi_{ik} of \Psi
"""
)
d.value(
    "first_eigenmap",
    r"\Psi",
    """
    0.21320072  0.18831754  0.14189576
    0.21320072  0.17464619  0.09357859
    0.21320072  0.15764162 -0.00046639
    0.21320072  0.19459486  0.18210673
    0.21320072 -0.3627844   0.25247422
    0.21320072 -0.38899742  0.39050752
    0.21320072 -0.28767812 -0.06404401
    0.21320072  0.10571999 -0.14249883
    0.21320072 -0.03650001 -0.36950084
    0.21320072 -0.17380083 -0.33528676
    """,
    up_to_sign=True,
    given=FIRST,
    source="solution 5, problem 3.3",
)
FOURTH = "solution 5, problem 3.4"
d.value(
    "eigenmap",
    r"\Psi",
    """
     0.18831754  0.14189576 -0.09069099
     0.17464619  0.09357859 -0.09972695
     0.15764162 -0.00046639  0.30654733
     0.19459486  0.18210673 -0.29471481
    -0.3627844   0.25247422  0.09353918
    -0.38899742  0.39050752  0.28954605
    -0.28767812 -0.06404401 -0.22910952
     0.10571999 -0.14249883  0.28875405
    -0.03650001 -0.36950084  0.0730296
    -0.17380083 -0.33528676 -0.24156895
    """,
    up_to_sign=True,
    given=SECOND,
    source=FOURTH,
)
d.value(
    "generalised_eigenvalues",
    r"\begin{bmatrix} \lambda_1 & \lambda_2 & \lambda_3 \end{bmatrix}",
    "0.0673861 0.3534716 0.6769454",
    given=EIGENMAP + r"let \lambda_k := \operatorname{eig}(C L C)_{k+1}",
    source=FOURTH,
)
d.value(
    "smallest_eigenvalue",
    r"\operatorname{eig}(L)_1",
    "0.000000000000",
    given=GRAPH,
    source=FOURTH,
)
d.value("trace", r"\operatorname{Trace}(\Psi^T L \Psi)", "1.098", given=SECOND, source=FOURTH)
d.value(
    "normalised",
    r"\Psi^T D \Psi",
    """
    1.00000000 0.00000000 0.00000000
    0.00000000 1.00000000 0.00000000
    0.00000000 0.00000000 1.00000000
    """,
    given=SECOND,
    source=FOURTH,
)

d.figure("embedding", "The graph, placed by its eigenmaps", claim="eigenmap", weights="W", first=0)

# -- every graph ---------------------------------------------------------------------------------------------------
# W need not be symmetric: d_i is the mean of what leaves node i and of what enters it.
d.declare(
    r"""
    index i, j = 1..N
    W \in \mathbb{R}^{N \times N}
    let \mathbf{d} := \frac{W + W^T}{2} \mathbf{1}
    let D := \operatorname{diag}(\mathbf{d})
    let L := D - W
    \boldsymbol{f}, \boldsymbol{v} \in \mathbb{R}^N
    component w_{ij} of W ; component f_i of \boldsymbol{f} ; component v_i of \boldsymbol{v}
    """
)
d.equal(
    "laplacian",
    "L",
    r"\operatorname{diag}\left(\frac{W + W^T}{2} \mathbf{1}\right) - W",
    source="solution 5, problem 3.2",
)
UNDIRECTED = r"W symmetric"
WEIGHTS = r"W symmetric nonnegative"
CONNECTED = r"W symmetric nonnegative connected"
d.equal("degree", r"\mathbf{d}_i", r"\sum_{j=1}^N \frac{W_{ij} + W_{ji}}{2}", source="solution 5, problem 3.2")
d.equal(
    "zero_eigenvector",
    r"(L \boldsymbol{v})_i",
    r"\sum_{k=1}^N L_{ik} c",
    r"c \sum_{k=1}^N L_{ik}",
    r"c \left( \sum_{k=1}^N D_{ik} - \sum_{k=1}^N D_{ik} \right)",
    "0",
    given=UNDIRECTED + r" ; c \in \mathbb{R} ; let \boldsymbol{v} := c \mathbf{1}_N",
    source="solution 5, problem 3.5",
)
d.equal(
    "zero_eigenvector_whole",
    r"L (c \mathbf{1})",
    r"0 (c \mathbf{1})",
    given=UNDIRECTED + r" ; c \in \mathbb{R}",
    source="solution 5, problem 3.5",
)
SIXTH = "solution 5, problem 3.6"
FORM = r"\frac{1}{2} \sum_{1 \leq i,j \leq N} w_{ij} (f_i - f_j)^2"
d.equal(
    "trace_form",
    r"\operatorname{Trace}(\Psi^T L \Psi)",
    r"\frac{1}{2} \sum_{i,j=1}^N w_{ij} \|\Psi_i - \Psi_j\|_2^2",
    given=r"\Psi \in \mathbb{R}^{N \times q}",
    source=SIXTH,
)
d.equal(
    "trace_of_a_number",
    r"\operatorname{Trace}(\boldsymbol{f}^T L \boldsymbol{f})",
    r"\boldsymbol{f}^T L \boldsymbol{f}",
    source=SIXTH,
)
d.equal("quadratic_form", r"\boldsymbol{f}^T L \boldsymbol{f}", FORM, source=SIXTH)
d.step(
    "zero_eigenvalue_form",
    [r"L \boldsymbol{f} = 0 \boldsymbol{f}"],
    [r"\boldsymbol{f}^T L \boldsymbol{f} = 0"],
    source="solution 5, problem 3.7",
)

# -- 8: the second eigenvalue --------------------------------------------------------------------------------------
EIGHTH = "solution 5, problem 3.8"
d.psd("laplacian_psd", "L", given=WEIGHTS, source=EIGHTH)
d.step(
    "eigenvalues_nonnegative",
    [r"L \boldsymbol{v} = \lambda \boldsymbol{v}", r"\boldsymbol{v}^T \boldsymbol{v} = 1"],
    [r"\lambda \geq 0"],
    given=WEIGHTS + r" ; \lambda \in \mathbb{R}",
    source=EIGHTH,
)
d.step(
    "only_constants",
    [r"L \boldsymbol{f} = \mathbf{0}"],
    ["f_i = f_j"],
    given=CONNECTED,
    source=EIGHTH,
)
# lambda_2 belongs to an eigenvector that is orthogonal to the constants, since L is symmetric; it is taken of length
# one.
d.step(
    "second_eigenvalue_positive",
    [r"L \boldsymbol{v} = \lambda \boldsymbol{v}", r"\sum_{i=1}^N v_i = 0", r"\boldsymbol{v}^T \boldsymbol{v} = 1"],
    [r"\lambda > 0"],
    given=CONNECTED + r" ; \lambda \in \mathbb{R}",
    source=EIGHTH,
)

# The line that the solution concludes with, link by link: v^T L v = v^T lambda v = lambda |v| = sum w_ij (v_i - v_j)^2.
PAIR = UNDIRECTED + r" ; \lambda \in \mathbb{R}"
EIGENPAIR = [r"L \boldsymbol{v} = \lambda \boldsymbol{v}"]
DIFFERENCES = r"\sum_{1 \leq i,j \leq N} w_{ij} (v_i - v_j)^2"
d.step(
    "eigenpair_form",
    EIGENPAIR,
    [r"\boldsymbol{v}^T L \boldsymbol{v} = \boldsymbol{v}^T \lambda \boldsymbol{v}"],
    given=PAIR,
    source=EIGHTH,
)
d.equal(
    "eigenpair_norm",
    r"\boldsymbol{v}^T \lambda \boldsymbol{v}",
    r"\lambda \|\boldsymbol{v}\|_2",
    given=PAIR,
    source=EIGHTH,
    expect="refuted",
    reason="the norm must be squared",
)
d.equal(
    "eigenpair_norm_corrected",
    r"\boldsymbol{v}^T \lambda \boldsymbol{v}",
    r"\lambda \|\boldsymbol{v}\|_2^2",
    given=PAIR,
    source=EIGHTH,
)
d.equal(
    "eigenpair_differences",
    r"\lambda \sum_{i=1}^N u_i^2",
    r"\sum_{1 \leq i,j \leq N} w_{ij} (u_i - u_j)^2",
    given=r"""
        size N >= 2
        W symmetric
        function \operatorname{eig} = eigenvalues ; function \operatorname{vec} = eigenvectors
        let \lambda := \operatorname{eig}(L)_{2}
        let u_i := \operatorname{vec}(L)_{i2}
    """,
    source=EIGHTH,
    expect="refuted",
    reason="the quadratic form is half of this sum",
)
d.step(
    "eigenpair_differences_corrected",
    EIGENPAIR,
    [rf"\lambda \|\boldsymbol{{v}}\|_2^2 = \frac12 {DIFFERENCES}"],
    given=PAIR,
    source=EIGHTH,
)
# "We can find a path": nodes n_1 ... n_M; the weights are 1 along its steps (each taken once), and more elsewhere
# (a_ij is written for these w_ij).
d.at_least(
    "path",
    r"\sum_{i=1}^N \sum_{j=1}^N a_{ij} (v_i - v_j)^2",
    r"\sum_{r=1}^{M-1} (v_{n_r} - v_{n_{r+1}})^2",
    given=r"""
        size M >= 2
        index r = 1..M
        n_r \in \{1,\dots,N\} label
        S \in \mathbb{R}^{N \times N} nonnegative
        let a_{ij} := S_{ij} + \sum_{r=1}^{M-1} \delta_{i,n_r} \delta_{j,n_{r+1}}
    """,
    source=EIGHTH,
)

# -- the eigenmap of any graph -------------------------------------------------------------------------------------
# Beyond the source: each column contributes its eigenvalue to the trace.
d.step(
    "eigenmap_value",
    [r"L \boldsymbol{f} = \lambda D \boldsymbol{f}", r"\boldsymbol{f}^T D \boldsymbol{f} = 1"],
    [r"\boldsymbol{f}^T L \boldsymbol{f} = \lambda"],
    given=r"\lambda \in \mathbb{R}",
    source="beyond solution 5, problem 3.4",
)
derivation = d.build()
