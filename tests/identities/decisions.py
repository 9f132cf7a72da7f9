"""Policies, values and Markov chains over finite sets; importance weights; control variates."""

from __future__ import annotations

from tests.identities.rows import Best, Follows, Identity, Row

POLICY = r"""
index a, b, c = 1..A ; i = 1..D
\theta \in \mathbb{R}^A ; r_a \in \mathbb{R} ; v, t \in \mathbb{R} ; \tau > 0
let p_a := \frac{e^{\theta_a}}{\sum_{b=1}^A e^{\theta_b}}
let J := \sum_{a=1}^A p_a r_a
"""
UNKNOWN = r"""
index a, b = 1..A
\theta, v \in \mathbb{R} ; r_a \in \mathbb{R}
function \pi_a(\theta) positive
"""
WEIGHTS = r"""
index x = 1..X ; n = 1..N
p_x, q_x \in \mathbb{R} simplex positive ; f_x, g_x \in \mathbb{R} ; c \in \mathbb{R}
let \mu := \sum_{x=1}^X p_x f_x
let w_x := \frac{p_x}{q_x}
"""
CHAIN = r"""
index s, t, u = 1..S
P_{st} \geq 0 ; assume \sum_{t=1}^S P_{st} = 1
d_s > 0 ; assume \sum_{s=1}^S d_s = 1
f_s, r_s, v_s \in \mathbb{R} ; \gamma \in (0,1)
"""

ROWS: tuple[Row, ...] = (
    Identity("baseline", POLICY, r"\sum_{a=1}^A p_a \frac{d \log p_a}{d \theta_c}", "0", "p_c"),
    Identity("policies stay normalised", POLICY, r"\sum_{a=1}^A \frac{d p_a}{d \theta_c}", "0", "1"),
    Identity(
        "log-derivative trick",
        POLICY,
        r"\frac{d p_a}{d \theta_c}",
        r"p_a \frac{d \log p_a}{d \theta_c}",
        r"p_c \frac{d \log p_a}{d \theta_c}",
    ),
    Identity(
        "policy gradient",
        POLICY,
        r"\frac{d J}{d \theta_c}",
        r"\sum_{a=1}^A p_a (r_a - v) \frac{d \log p_a}{d \theta_c}",
        r"\sum_{a=1}^A p_a (r_a - v) \frac{d p_a}{d \theta_c}",
    ),
    Identity("policy gradient, softmax", POLICY, r"\frac{d J}{d \theta_c}", "p_c (r_c - J)", "p_c (r_c + J)"),
    Identity(
        "entropy bonus",
        POLICY,
        r"\frac{d}{d \theta_c} (-\sum_{a=1}^A p_a \log p_a)",
        r"-p_c (\log p_c - \sum_{a=1}^A p_a \log p_a)",
        r"-p_c (\log p_c + \sum_{a=1}^A p_a \log p_a)",
    ),
    Identity(
        "log-derivative trick, any policy",
        UNKNOWN,
        r"\frac{d}{d\theta} \sum_{a=1}^A \pi_a(\theta) r_a",
        r"\sum_{a=1}^A \pi_a(\theta) r_a \frac{d}{d\theta} \log \pi_a(\theta)",
        r"\sum_{a=1}^A r_a \frac{d}{d\theta} \log \pi_a(\theta)",
    ),
    Identity(
        "baseline, any policy",
        UNKNOWN,
        r"\sum_{a=1}^A \pi_a(\theta) (r_a - v) \frac{d}{d\theta} \log \pi_a(\theta)",
        r"\frac{d}{d\theta} \sum_{a=1}^A \pi_a(\theta) r_a - v \frac{d}{d\theta} \sum_{a=1}^A \pi_a(\theta)",
        r"\frac{d}{d\theta} \sum_{a=1}^A \pi_a(\theta) r_a + v \frac{d}{d\theta} \sum_{a=1}^A \pi_a(\theta)",
    ),
    Best(
        "soft-greedy policy",
        r"index a, b = 1..A ; q_a \in \mathbb{R} simplex positive ; r_a \in \mathbb{R} ; \tau > 0",
        "max",
        r"\sum_{a=1}^A q_a r_a - \tau \sum_{a=1}^A q_a \log q_a",
        ("q_a",),
        (r"\frac{e^{r_a/\tau}}{\sum_{b=1}^A e^{r_b/\tau}}",),
        (r"\frac{e^{r_a}}{\sum_{b=1}^A e^{r_b}}",),
    ),
    Identity(
        "soft value",
        POLICY + "\n" + r"let h_a := \frac{e^{r_a/\tau}}{\sum_{b=1}^A e^{r_b/\tau}}",
        r"\sum_{a=1}^A h_a r_a - \tau \sum_{a=1}^A h_a \log h_a",
        r"\tau \log \sum_{a=1}^A e^{r_a/\tau}",
        r"\log \sum_{a=1}^A e^{r_a/\tau}",
    ),
    Identity("advantages average to nothing", POLICY, r"\sum_{a=1}^A p_a (r_a - J)", "0", "J"),
    Identity(
        "performance difference, one state",
        POLICY + r"q_a \in \mathbb{R} simplex positive",
        r"\sum_{a=1}^A q_a r_a - J",
        r"\sum_{a=1}^A q_a (r_a - J)",
        r"\sum_{a=1}^A (q_a + p_a) (r_a - J) - J",
    ),
    Identity("importance weights", WEIGHTS, r"\sum_{x=1}^X q_x w_x f_x", r"\mu", r"\sum_{x=1}^X q_x f_x"),
    Identity("importance weights average to one", WEIGHTS, r"\sum_{x=1}^X q_x w_x", "1", "X"),
    Identity(
        "importance weights, variance",
        WEIGHTS,
        r"\sum_{x=1}^X q_x (w_x f_x - \mu)^2",
        r"\sum_{x=1}^X \frac{p_x^2 f_x^2}{q_x} - \mu^2",
        r"\sum_{x=1}^X \frac{p_x f_x^2}{q_x} - \mu^2",
    ),
    Identity(
        "effective sample",
        WEIGHTS,
        r"\sum_{x=1}^X q_x (w_x - 1)^2",
        r"\sum_{x=1}^X p_x w_x - 1",
        r"\sum_{x=1}^X q_x w_x - 1",
    ),
    Identity(
        "control variate",
        WEIGHTS + "\n" + r"let h := \sum_{x=1}^X p_x g_x",
        r"\sum_{x=1}^X p_x (f_x - c (g_x - h))",
        r"\mu",
        r"\mu + c h",
    ),
    Identity(
        "control variate, variance",
        WEIGHTS + "\n" + r"let h := \sum_{x=1}^X p_x g_x",
        r"\sum_{x=1}^X p_x (f_x - c (g_x - h) - \mu)^2",
        r"\sum_{x=1}^X p_x (f_x - \mu)^2 - 2 c \sum_{x=1}^X p_x (f_x - \mu)(g_x - h) + c^2 \sum_{x=1}^X p_x (g_x - "
        r"h)^2",
        r"\sum_{x=1}^X p_x (f_x - \mu)^2 - c \sum_{x=1}^X p_x (f_x - \mu)(g_x - h) + c^2 \sum_{x=1}^X p_x (g_x - h)^2",
    ),
    Best(
        "best control variate",
        WEIGHTS + "\n" + r"let h := \sum_{x=1}^X p_x g_x",
        "min",
        r"\sum_{x=1}^X p_x (f_x - c (g_x - h) - \mu)^2",
        ("c",),
        (r"\frac{\sum_{x=1}^X p_x (f_x - \mu)(g_x - h)}{\sum_{x=1}^X p_x (g_x - h)^2}",),
        (r"\frac{\sum_{x=1}^X p_x f_x g_x}{\sum_{x=1}^X p_x (g_x - h)^2}",),
    ),
    Identity("a step of a chain keeps the total", CHAIN, r"\sum_{t=1}^S \sum_{s=1}^S d_s P_{st}", "1", "S"),
    Identity("two steps of a chain", CHAIN, r"\sum_{u=1}^S \sum_{t=1}^S P_{st} P_{tu}", "1", "S"),
    Identity(
        "stationary average",
        CHAIN + r"assume \sum_{s=1}^S d_s P_{st} = d_t",
        r"\sum_{s=1}^S d_s \sum_{t=1}^S P_{st} f_t",
        r"\sum_{s=1}^S d_s f_s",
        r"\sum_{s=1}^S f_s",
    ),
    Identity(
        "Dirichlet form",
        CHAIN + r"assume \sum_{s=1}^S d_s P_{st} = d_t",
        r"\frac{1}{2} \sum_{s=1}^S \sum_{t=1}^S d_s P_{st} (f_s - f_t)^2",
        r"\sum_{s=1}^S d_s f_s^2 - \sum_{s=1}^S \sum_{t=1}^S d_s P_{st} f_s f_t",
        r"\sum_{s=1}^S d_s f_s^2 + \sum_{s=1}^S \sum_{t=1}^S d_s P_{st} f_s f_t",
    ),
    Follows(
        "detailed balance",
        CHAIN,
        ("d_s P_{st} = d_t P_{ts}",),
        r"\sum_{s=1}^S d_s P_{st} = d_t",
        r"\sum_{s=1}^S d_s P_{st} = 1",
    ),
    Follows(
        "Bellman equation, averaged",
        CHAIN + r"assume \sum_{s=1}^S d_s P_{st} = d_t",
        (r"v_s = r_s + \gamma \sum_{t=1}^S P_{st} v_t",),
        r"(1-\gamma) \sum_{s=1}^S d_s v_s = \sum_{s=1}^S d_s r_s",
        r"(1+\gamma) \sum_{s=1}^S d_s v_s = \sum_{s=1}^S d_s r_s",
    ),
    Identity(
        "temporal difference error",
        CHAIN + "\n" + r"let e_{st} := r_s + \gamma v_t - v_s",
        r"\sum_{t=1}^S P_{st} e_{st}",
        r"r_s + \gamma \sum_{t=1}^S P_{st} v_t - v_s",
        r"r_s - \gamma \sum_{t=1}^S P_{st} v_t - v_s",
    ),
    Identity(
        "discounted constant reward",
        CHAIN + r"r \in \mathbb{R}",
        r"r + \gamma \frac{r}{1-\gamma}",
        r"\frac{r}{1-\gamma}",
        r"\frac{\gamma r}{1-\gamma}",
    ),
    Identity(
        "matrix form of values",
        r"P \in \mathbb{R}^{n \times n} ; r \in \mathbb{R}^n ; \gamma \in (0,1)",
        r"(I - \gamma P)^{-1} r",
        r"r + \gamma P (I - \gamma P)^{-1} r",
        r"r - \gamma P (I - \gamma P)^{-1} r",
    ),
)
