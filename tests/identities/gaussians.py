"""Gaussian algebra: log densities, moments, entropy, divergences, products, conditioning, linear maps."""

from __future__ import annotations

from tests.identities.rows import Best, Bound, Identity, Row

SCALAR = r"""
x, y, m, q, b \in \mathbb{R} ; s, r, t > 0 ; a \neq 0
"""
VECTOR = r"""
index i, j, k, l = 1..d
x, \mu, \nu \in \mathbb{R}^d ; \Sigma, \Lambda \in \mathbb{R}^{d \times d} symmetric posdef
A \in \mathbb{R}^{d \times d}
c \in \mathbb{R}^d
"""
DATA = r"""
index n = 1..N
x_n \in \mathbb{R}^d ; \mu \in \mathbb{R}^d ; \Sigma \in \mathbb{R}^{d \times d} symmetric posdef
u_n, m \in \mathbb{R} ; s > 0
"""

ROWS: tuple[Row, ...] = (
    Identity(
        "log density",
        SCALAR,
        r"\log \mathcal{N}(x | m, s)",
        r"-\frac{1}{2} \log(2 \pi s) - \frac{(x-m)^2}{2 s}",
        r"-\frac{1}{2} \log(2 \pi s) - \frac{(x-m)^2}{s}",
    ),
    Identity(
        "score of the mean",
        SCALAR,
        r"\frac{\partial}{\partial m} \log \mathcal{N}(x | m, s)",
        r"\frac{x-m}{s}",
        r"\frac{m-x}{s}",
    ),
    Identity(
        "score of the variance",
        SCALAR,
        r"\frac{\partial}{\partial s} \log \mathcal{N}(x | m, s)",
        r"\frac{(x-m)^2}{2 s^2} - \frac{1}{2 s}",
        r"\frac{(x-m)^2}{2 s^2} + \frac{1}{2 s}",
    ),
    Identity(
        "density, slope",
        SCALAR,
        r"\frac{\partial}{\partial x} \mathcal{N}(x | m, s)",
        r"-\frac{x-m}{s} \mathcal{N}(x | m, s)",
        r"\frac{x-m}{s} \mathcal{N}(x | m, s)",
    ),
    Identity(
        "heat equation",
        SCALAR,
        r"\frac{\partial}{\partial s} \mathcal{N}(x | m, s)",
        r"\frac{1}{2} \frac{\partial^2}{\partial x^2} \mathcal{N}(x | m, s)",
        r"\frac{\partial^2}{\partial x^2} \mathcal{N}(x | m, s)",
    ),
    Identity(
        "symmetric in mean and point",
        SCALAR,
        r"\mathcal{N}(x | m, s)",
        r"\mathcal{N}(m | x, s)",
        r"\mathcal{N}(m | x, 2 s)",
    ),
    Identity(
        "shifted", SCALAR, r"\mathcal{N}(x + b | m + b, s)", r"\mathcal{N}(x | m, s)", r"\mathcal{N}(x | m + b, s)"
    ),
    Identity(
        "scaled",
        SCALAR,
        r"\mathcal{N}(t x | t m, t^2 s)",
        r"\frac{1}{t} \mathcal{N}(x | m, s)",
        r"\mathcal{N}(x | m, s)",
    ),
    Identity(
        "product of two densities",
        SCALAR,
        r"\mathcal{N}(x | m, s) \mathcal{N}(x | q, r)",
        r"\mathcal{N}(m | q, s + r) \mathcal{N}(x | \frac{r m + s q}{s + r}, \frac{s r}{s + r})",
        r"\mathcal{N}(m | q, s + r) \mathcal{N}(x | \frac{s m + r q}{s + r}, \frac{s r}{s + r})",
    ),
    Identity(
        "ratio of two densities of one variance",
        SCALAR,
        r"\log \frac{\mathcal{N}(x | m, s)}{\mathcal{N}(x | q, s)}",
        r"\frac{m - q}{s} (x - \frac{m+q}{2})",
        r"\frac{m - q}{s} (x + \frac{m+q}{2})",
    ),
    Identity(
        "completing the square",
        SCALAR,
        r"\frac{(x-m)^2}{s} + \frac{(y-x)^2}{r}",
        r"\frac{s + r}{s r} (x - \frac{r m + s y}{s + r})^2 + \frac{(y-m)^2}{s + r}",
        r"\frac{s + r}{s r} (x - \frac{s m + r y}{s + r})^2 + \frac{(y-m)^2}{s + r}",
    ),
    Identity("normalised", SCALAR, r"\int \mathcal{N}(x | m, s) dx", "1", "s"),
    Identity("mean", SCALAR, r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[x]", "m", "0"),
    Identity("second moment", SCALAR, r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[x^2]", "m^2 + s", "m^2 + s^2"),
    Identity("third moment", SCALAR, r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[x^3]", "m^3 + 3 m s", "m^3 + m s"),
    Identity("fourth central moment", SCALAR, r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[(x-m)^4]", "3 s^2", "s^2"),
    Identity(
        "entropy",
        SCALAR,
        r"-\mathbb{E}_{x \sim \mathcal{N}(m, s)}[\log \mathcal{N}(x | m, s)]",
        r"\frac{1}{2} \log(2 \pi e s)",
        r"\frac{1}{2} \log(2 \pi s)",
    ),
    Identity(
        "divergence",
        SCALAR,
        r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[\log \mathcal{N}(x | m, s) - \log \mathcal{N}(x | q, r)]",
        r"\frac{1}{2} (\log \frac{r}{s} + \frac{s + (m-q)^2}{r} - 1)",
        r"\frac{1}{2} (\log \frac{s}{r} + \frac{s + (m-q)^2}{r} - 1)",
    ),
    Identity(
        "divergence from the standard normal",
        SCALAR,
        r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[\log \mathcal{N}(x | m, s) - \log \mathcal{N}(x | 0, 1)]",
        r"\frac{1}{2} (m^2 + s - \log s - 1)",
        r"\frac{1}{2} (m^2 + s + \log s - 1)",
    ),
    Identity(
        "Fisher information of the mean",
        SCALAR,
        r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}[(\frac{\partial}{\partial m} \log \mathcal{N}(x | m, s))^2]",
        r"\frac{1}{s}",
        r"\frac{1}{s^2}",
    ),
    Identity(
        "Fisher information of the variance",
        SCALAR,
        r"-\mathbb{E}_{x \sim \mathcal{N}(m, s)}[\frac{\partial^2}{\partial s^2} \log \mathcal{N}(x | m, s)]",
        r"\frac{1}{2 s^2}",
        r"\frac{1}{s^2}",
    ),
    Identity(
        "moment generating exponent",
        SCALAR,
        r"t x - \frac{(x-m)^2}{2 s}",
        r"t m + \frac{t^2 s}{2} - \frac{(x - m - t s)^2}{2 s}",
        r"t m - \frac{t^2 s}{2} - \frac{(x - m - t s)^2}{2 s}",
    ),
    Identity(
        "log density of a vector",
        VECTOR,
        r"\log \mathcal{N}(x | \mu, \Sigma)",
        r"-\frac{d}{2} \log(2 \pi) - \frac{1}{2} \log \det \Sigma - \frac{1}{2} (x-\mu)^T \Sigma^{-1} (x-\mu)",
        r"-\frac{1}{2} \log(2 \pi) - \frac{1}{2} \log \det \Sigma - \frac{1}{2} (x-\mu)^T \Sigma^{-1} (x-\mu)",
    ),
    Identity(
        "score of a vector",
        VECTOR,
        r"\nabla_x \log \mathcal{N}(x | \mu, \Sigma)",
        r"-\Sigma^{-1} (x-\mu)",
        r"\Sigma^{-1} (x-\mu)",
    ),
    Identity(
        "gradient of the density",
        VECTOR,
        r"\nabla_\mu \mathcal{N}(x | \mu, \Sigma)",
        r"\mathcal{N}(x | \mu, \Sigma) \Sigma^{-1} (x - \mu)",
        r"\mathcal{N}(x | \mu, \Sigma) \Sigma (x - \mu)",
    ),
    Identity(
        "score of the covariance",
        VECTOR,
        r"\nabla_\Sigma \log \mathcal{N}(x | \mu, \Sigma)",
        r"\frac{1}{2} \Sigma^{-1} (x-\mu)(x-\mu)^T \Sigma^{-1} - \frac{1}{2} \Sigma^{-1}",
        r"\frac{1}{2} \Sigma^{-1} (x-\mu)(x-\mu)^T \Sigma^{-1} + \frac{1}{2} \Sigma^{-1}",
    ),
    Identity(
        "second derivative of the log density",
        VECTOR,
        r"\nabla_x^2 \log \mathcal{N}(x | \mu, \Sigma)",
        r"-\Sigma^{-1}",
        r"\Sigma^{-1}",
    ),
    Identity(
        "isotropic",
        VECTOR + r"s > 0",
        r"\log \mathcal{N}(x | \mu, s I)",
        r"-\frac{d}{2} \log(2 \pi s) - \frac{\|x - \mu\|^2}{2 s}",
        r"-\frac{1}{2} \log(2 \pi s) - \frac{\|x - \mu\|^2}{2 s}",
    ),
    Identity(
        "mean of a vector",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[A x + c]",
        r"A \mu + c",
        r"A^T \mu + c",
    ),
    Identity(
        "second moment of a vector",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[x x^T]",
        r"\Sigma + \mu \mu^T",
        r"\Sigma - \mu \mu^T",
    ),
    Identity(
        "covariance of a linear map",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[A (x - \mu)(x - \mu)^T A^T]",
        r"A \Sigma A^T",
        r"A^T \Sigma A",
    ),
    Identity(
        "expected quadratic form",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[x^T A x]",
        r"\operatorname{tr}(A \Sigma) + \mu^T A \mu",
        r"\operatorname{tr}(A) + \mu^T A \mu",
    ),
    Identity(
        "fourth moments (Isserlis)",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[(x_i-\mu_i)(x_j-\mu_j)(x_k-\mu_k)(x_l-\mu_l)]",
        r"\Sigma_{ij} \Sigma_{kl} + \Sigma_{ik} \Sigma_{jl} + \Sigma_{il} \Sigma_{jk}",
        r"\Sigma_{ij} \Sigma_{kl} + \Sigma_{ik} \Sigma_{jl} - \Sigma_{il} \Sigma_{jk}",
    ),
    Identity(
        "entropy of a vector",
        VECTOR,
        r"-\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[\log \mathcal{N}(x | \mu, \Sigma)]",
        r"\frac{d}{2} \log(2 \pi) + \frac{1}{2} \log \det \Sigma + \frac{d}{2}",
        r"\frac{d}{2} \log(2 \pi) - \frac{1}{2} \log \det \Sigma + \frac{d}{2}",
    ),
    Identity(
        "divergence of vectors",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[\log \mathcal{N}(x | \mu, \Sigma) - \log \mathcal{N}(x | "
        r"\nu, \Lambda)]",
        r"\frac{1}{2} (\operatorname{tr}(\Lambda^{-1} \Sigma) + (\mu-\nu)^T \Lambda^{-1} (\mu-\nu) - d + \log "
        r"\frac{\det \Lambda}{\det \Sigma})",
        r"\frac{1}{2} (\operatorname{tr}(\Lambda \Sigma) + (\mu-\nu)^T \Lambda^{-1} (\mu-\nu) - d + \log \frac{\det "
        r"\Lambda}{\det \Sigma})",
    ),
    Identity(
        "cross moment of a score",
        VECTOR,
        r"\mathbb{E}_{x \sim \mathcal{N}(\mu, \Sigma)}[\Sigma^{-1} (x-\mu) (x-\mu)^T \Sigma^{-1}]",
        r"\Sigma^{-1}",
        r"\Sigma",
    ),
    Identity(
        "quadratic forms add",
        VECTOR,
        r"x^T \Sigma^{-1} x + x^T \Lambda^{-1} x",
        r"x^T (\Sigma^{-1} + \Lambda^{-1}) x",
        r"x^T (\Sigma + \Lambda)^{-1} x",
    ),
    Identity(
        "precision-weighted mean, two ways",
        VECTOR,
        r"(\Sigma^{-1} + \Lambda^{-1})^{-1} (\Sigma^{-1} \mu + \Lambda^{-1} \nu)",
        r"\mu + \Sigma (\Sigma + \Lambda)^{-1} (\nu - \mu)",
        r"\mu + \Lambda (\Sigma + \Lambda)^{-1} (\nu - \mu)",
    ),
    Identity(
        "covariance of a product",
        VECTOR,
        r"(\Sigma^{-1} + \Lambda^{-1})^{-1}",
        r"\Sigma - \Sigma (\Sigma + \Lambda)^{-1} \Sigma",
        r"\Sigma + \Sigma (\Sigma + \Lambda)^{-1} \Sigma",
    ),
    Identity(
        "posterior of a mean",
        DATA + r"m_0 \in \mathbb{R} ; s_0 > 0",
        r"\frac{d}{dm} (\log \mathcal{N}(m | m_0, s_0) + \sum_{n=1}^N \log \mathcal{N}(u_n | m, s))",
        r"\frac{m_0 - m}{s_0} + \frac{1}{s} (\sum_{n=1}^N u_n - N m)",
        r"\frac{m_0 - m}{s_0} + \frac{1}{s} (\sum_{n=1}^N u_n - m)",
    ),
    Best(
        "posterior mode of a mean",
        DATA + r"m_0 \in \mathbb{R} ; s_0 > 0",
        "max",
        r"\log \mathcal{N}(m | m_0, s_0) + \sum_{n=1}^N \log \mathcal{N}(u_n | m, s)",
        ("m",),
        (r"\frac{s m_0 + s_0 \sum_{n=1}^N u_n}{s + N s_0}",),
        (r"\frac{s m_0 + s_0 \sum_{n=1}^N u_n}{s + s_0}",),
    ),
    Best(
        "most likely mean",
        DATA,
        "max",
        r"\sum_{n=1}^N \log \mathcal{N}(x_n | \mu, \Sigma)",
        (r"\mu",),
        (r"\frac{1}{N} \sum_{n=1}^N x_n",),
        (r"\sum_{n=1}^N x_n",),
    ),
    Best(
        "most likely variance",
        DATA,
        "max",
        r"\sum_{n=1}^N \log \mathcal{N}(u_n | m, s)",
        ("s",),
        (r"\frac{1}{N} \sum_{n=1}^N (u_n - m)^2",),
        (r"\frac{1}{N+1} \sum_{n=1}^N (u_n - m)^2",),
    ),
    Bound("divergence of means is not negative", SCALAR, r"\frac{(m-q)^2}{2 s}", ">=", "0", "1"),
    Identity(
        "Tweedie",
        SCALAR,
        r"x + s \frac{\partial}{\partial x} \log \mathcal{N}(x | m, s)",
        "m",
        "x",
    ),
    Identity(
        "reparameterised",
        SCALAR + r"\epsilon \in \mathbb{R}",
        r"\mathcal{N}(m + \sqrt{s} \epsilon | m, s)",
        r"\frac{1}{\sqrt{s}} \mathcal{N}(\epsilon | 0, 1)",
        r"\sqrt{s} \mathcal{N}(\epsilon | 0, 1)",
    ),
)
