"""Entropy, divergence, mutual information of finite distributions, and inequalities between them."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Identity, Row

PAIR = r"""
index k, j = 1..K
p_k, q_k, r_k \in \mathbb{R} simplex positive ; \lambda \in (0,1) ; c \in \mathbb{R}
"""
JOINT = r"""
index x = 1..X ; y = 1..Y
p_{xy} > 0 ; assume \sum_{x=1}^X \sum_{y=1}^Y p_{xy} = 1
let a_x := \sum_{y=1}^Y p_{xy}
let b_y := \sum_{x=1}^X p_{xy}
let c_{xy} := \frac{p_{xy}}{b_y}
"""
PRODUCT = r"""
index x = 1..X ; y = 1..Y
p_x, r_x \in \mathbb{R} simplex positive ; q_y, s_y \in \mathbb{R} simplex positive
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "cross-entropy is entropy and divergence",
        PAIR,
        r"-\sum_{k=1}^K p_k \log q_k",
        r"-\sum_{k=1}^K p_k \log p_k + \sum_{k=1}^K p_k \log \frac{p_k}{q_k}",
        r"-\sum_{k=1}^K p_k \log p_k - \sum_{k=1}^K p_k \log \frac{p_k}{q_k}",
    ),
    Identity(
        "divergence from the uniform distribution",
        PAIR,
        r"\sum_{k=1}^K p_k \log \frac{p_k}{1/K}",
        r"\log K + \sum_{k=1}^K p_k \log p_k",
        r"\log K - \sum_{k=1}^K p_k \log p_k",
    ),
    Identity("divergence from itself", PAIR, r"\sum_{k=1}^K p_k \log \frac{p_k}{p_k}", "0", "1"),
    Identity(
        "symmetrised divergence",
        PAIR,
        r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k} + \sum_{k=1}^K q_k \log \frac{q_k}{p_k}",
        r"\sum_{k=1}^K (p_k - q_k) (\log p_k - \log q_k)",
        r"\sum_{k=1}^K (p_k + q_k) (\log p_k - \log q_k)",
    ),
    Identity(
        "three points",
        PAIR,
        r"\sum_{k=1}^K p_k \log \frac{p_k}{r_k}",
        r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k} + \sum_{k=1}^K p_k \log \frac{q_k}{r_k}",
        r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k} + \sum_{k=1}^K q_k \log \frac{q_k}{r_k}",
    ),
    Identity(
        "compensation",
        PAIR + r"let m_k := \lambda p_k + (1-\lambda) q_k",
        r"\lambda \sum_{k=1}^K p_k \log \frac{p_k}{r_k} + (1-\lambda) \sum_{k=1}^K q_k \log \frac{q_k}{r_k}",
        r"\lambda \sum_{k=1}^K p_k \log \frac{p_k}{m_k} + (1-\lambda) \sum_{k=1}^K q_k \log \frac{q_k}{m_k} + "
        r"\sum_{k=1}^K m_k \log \frac{m_k}{r_k}",
        r"\lambda \sum_{k=1}^K p_k \log \frac{p_k}{m_k} + (1-\lambda) \sum_{k=1}^K q_k \log \frac{q_k}{m_k}",
    ),
    Identity(
        "Jensen and Shannon through entropies",
        PAIR + r"let m_k := \frac{p_k + q_k}{2}",
        r"\frac{1}{2} \sum_{k=1}^K p_k \log \frac{p_k}{m_k} + \frac{1}{2} \sum_{k=1}^K q_k \log \frac{q_k}{m_k}",
        r"-\sum_{k=1}^K m_k \log m_k + \frac{1}{2} \sum_{k=1}^K p_k \log p_k + \frac{1}{2} \sum_{k=1}^K q_k \log q_k",
        r"-\sum_{k=1}^K m_k \log m_k - \frac{1}{2} \sum_{k=1}^K p_k \log p_k - \frac{1}{2} \sum_{k=1}^K q_k \log q_k",
    ),
    Identity(
        "Jensen gap of the logarithm",
        PAIR + r"a_k > 0 " + "\n" + r"let h_k := \frac{p_k a_k}{\sum_{j=1}^K p_j a_j}",
        r"\log \sum_{k=1}^K p_k a_k - \sum_{k=1}^K p_k \log a_k",
        r"\sum_{k=1}^K p_k \log \frac{p_k}{h_k}",
        r"\sum_{k=1}^K h_k \log \frac{h_k}{p_k}",
    ),
    Identity(
        "divergence, gradient",
        PAIR,
        r"\frac{\partial}{\partial q_j} \sum_{k=1}^K p_k \log \frac{p_k}{q_k}",
        r"-\frac{p_j}{q_j}",
        r"\frac{p_j}{q_j}",
    ),
    Identity(
        "entropy, gradient",
        PAIR,
        r"\frac{\partial}{\partial p_j} (-\sum_{k=1}^K p_k \log p_k)",
        r"-\log p_j - 1",
        r"-\log p_j",
    ),
    Identity(
        "χ² divergence",
        PAIR,
        r"\sum_{k=1}^K \frac{(p_k - q_k)^2}{q_k}",
        r"\sum_{k=1}^K \frac{p_k^2}{q_k} - 1",
        r"\sum_{k=1}^K \frac{p_k^2}{q_k} + 1",
    ),
    Identity(
        "Hellinger distance",
        PAIR,
        r"\frac{1}{2} \sum_{k=1}^K (\sqrt{p_k} - \sqrt{q_k})^2",
        r"1 - \sum_{k=1}^K \sqrt{p_k q_k}",
        r"1 - 2 \sum_{k=1}^K \sqrt{p_k q_k}",
    ),
    Identity(
        "collision probability",
        PAIR,
        r"\sum_{k=1}^K (p_k - \frac{1}{K})^2",
        r"\sum_{k=1}^K p_k^2 - \frac{1}{K}",
        r"\sum_{k=1}^K p_k^2 + \frac{1}{K}",
    ),
    Identity("Gini impurity", PAIR, r"\sum_{k=1}^K p_k (1 - p_k)", r"1 - \sum_{k=1}^K p_k^2", r"\sum_{k=1}^K p_k^2"),
    Identity(
        "Gini impurity from pairs",
        PAIR,
        r"\sum_{k=1}^K \sum_{j \neq k} p_k p_j",
        r"1 - \sum_{k=1}^K p_k^2",
        r"1 + \sum_{k=1}^K p_k^2",
    ),
    Identity(
        "chain rule of entropy",
        JOINT,
        r"-\sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log p_{xy}",
        r"-\sum_{y=1}^Y b_y \log b_y - \sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log c_{xy}",
        r"-\sum_{x=1}^X a_x \log a_x - \sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log c_{xy}",
    ),
    Identity(
        "mutual information from entropies",
        JOINT,
        r"\sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log \frac{p_{xy}}{a_x b_y}",
        r"-\sum_{x=1}^X a_x \log a_x - \sum_{y=1}^Y b_y \log b_y + \sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log p_{xy}",
        r"-\sum_{x=1}^X a_x \log a_x - \sum_{y=1}^Y b_y \log b_y - \sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log p_{xy}",
    ),
    Identity(
        "mutual information as an expected divergence",
        JOINT,
        r"\sum_{x=1}^X \sum_{y=1}^Y p_{xy} \log \frac{p_{xy}}{a_x b_y}",
        r"\sum_{y=1}^Y b_y \sum_{x=1}^X c_{xy} \log \frac{c_{xy}}{a_x}",
        r"\sum_{y=1}^Y b_y \sum_{x=1}^X c_{xy} \log \frac{a_x}{c_{xy}}",
    ),
    Identity("conditional distribution", JOINT, r"\sum_{x=1}^X c_{xy}", "1", "b_y"),
    Identity("law of total probability", JOINT, r"\sum_{y=1}^Y b_y c_{xy}", "a_x", "b_y"),
    Identity(
        "Bayes' rule",
        JOINT,
        r"c_{xy}",
        r"\frac{a_x \frac{p_{xy}}{a_x}}{\sum_{x'=1}^X a_{x'} \frac{p_{x'y}}{a_{x'}}}",
        r"\frac{b_y \frac{p_{xy}}{b_y}}{\sum_{x'=1}^X p_{x'y} a_{x'}}",
    ),
    Identity(
        "law of total expectation",
        JOINT + r"f_x \in \mathbb{R}",
        r"\sum_{y=1}^Y b_y \sum_{x=1}^X c_{xy} f_x",
        r"\sum_{x=1}^X a_x f_x",
        r"\sum_{x=1}^X f_x",
    ),
    Identity(
        "law of total variance",
        JOINT
        + r"f_x \in \mathbb{R}"
        + "\n"
        + r"let m_y := \sum_{x=1}^X c_{xy} f_x"
        + "\n"
        + r"let m := \sum_{x=1}^X a_x f_x",
        r"\sum_{x=1}^X a_x (f_x - m)^2",
        r"\sum_{y=1}^Y b_y \sum_{x=1}^X c_{xy} (f_x - m_y)^2 + \sum_{y=1}^Y b_y (m_y - m)^2",
        r"\sum_{y=1}^Y b_y \sum_{x=1}^X c_{xy} (f_x - m_y)^2 - \sum_{y=1}^Y b_y (m_y - m)^2",
    ),
    Identity(
        "entropy of independent parts",
        PRODUCT,
        r"\sum_{x=1}^X \sum_{y=1}^Y p_x q_y \log (p_x q_y)",
        r"\sum_{x=1}^X p_x \log p_x + \sum_{y=1}^Y q_y \log q_y",
        r"(\sum_{x=1}^X p_x \log p_x) (\sum_{y=1}^Y q_y \log q_y)",
    ),
    Identity(
        "divergence of independent parts",
        PRODUCT,
        r"\sum_{x=1}^X \sum_{y=1}^Y p_x q_y \log \frac{p_x q_y}{r_x s_y}",
        r"\sum_{x=1}^X p_x \log \frac{p_x}{r_x} + \sum_{y=1}^Y q_y \log \frac{q_y}{s_y}",
        r"\sum_{x=1}^X p_x \log \frac{p_x}{r_x} - \sum_{y=1}^Y q_y \log \frac{q_y}{s_y}",
    ),
    Bound("χ² is not negative", PAIR, r"\sum_{k=1}^K \frac{p_k^2}{q_k}", ">=", "1", "2"),
    Bound("collision probability is not below 1/K", PAIR, r"\sum_{k=1}^K p_k^2", ">=", r"\frac{1}{K}", "1"),
    Bound("entropy is not negative", PAIR, r"-\sum_{k=1}^K p_k \log p_k", ">=", "0", "1"),
    Bound("Gibbs' inequality", PAIR, r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k}", ">=", "0", "1"),
    Bound("Gini impurity is not negative", PAIR, r"\sum_{k=1}^K p_k (1 - p_k)", ">=", "0", "1"),
    Best(
        "Gibbs' inequality as an optimum",
        PAIR,
        "max",
        r"\sum_{k=1}^K p_k \log q_k",
        ("q_k",),
        ("p_k",),
        (r"\frac{1}{K}",),
    ),
    Best(
        "most entropy",
        PAIR,
        "max",
        r"-\sum_{k=1}^K p_k \log p_k",
        ("p_k",),
        (r"\frac{1}{K}",),
        ("q_k",),
    ),
    Best(
        "most entropy at given energies",
        PAIR + r"u_k \in \mathbb{R} ; \beta > 0",
        "max",
        r"-\sum_{k=1}^K p_k \log p_k - \beta \sum_{k=1}^K p_k u_k",
        ("p_k",),
        (r"\frac{e^{-\beta u_k}}{\sum_{j=1}^K e^{-\beta u_j}}",),
        (r"\frac{e^{\beta u_k}}{\sum_{j=1}^K e^{\beta u_j}}",),
    ),
    Best(
        "free energy towards a prior",
        PAIR + r"u_k \in \mathbb{R} ; \beta > 0",
        "min",
        r"\sum_{k=1}^K p_k \log \frac{p_k}{q_k} + \beta \sum_{k=1}^K p_k u_k",
        ("p_k",),
        (r"\frac{q_k e^{-\beta u_k}}{\sum_{j=1}^K q_j e^{-\beta u_j}}",),
        (r"\frac{e^{-\beta u_k}}{\sum_{j=1}^K e^{-\beta u_j}}",),
    ),
    Identity(
        "free energy at its least",
        PAIR
        + r"u_k \in \mathbb{R}"
        + "\n"
        + r"let Z := \sum_{k=1}^K e^{-u_k}"
        + "\n"
        + r"let h_k := \frac{e^{-u_k}}{Z}",
        r"\sum_{k=1}^K h_k u_k + \sum_{k=1}^K h_k \log h_k",
        r"-\log Z",
        r"\log Z",
    ),
    Identity(
        "free energy is a divergence above its least",
        PAIR
        + r"u_k \in \mathbb{R}"
        + "\n"
        + r"let Z := \sum_{k=1}^K e^{-u_k}"
        + "\n"
        + r"let h_k := \frac{e^{-u_k}}{Z}",
        r"\sum_{k=1}^K p_k u_k + \sum_{k=1}^K p_k \log p_k",
        r"-\log Z + \sum_{k=1}^K p_k \log \frac{p_k}{h_k}",
        r"-\log Z + \sum_{k=1}^K h_k \log \frac{h_k}{p_k}",
    ),
)
