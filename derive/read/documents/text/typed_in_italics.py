r"""Names of several letters without ``\mathrm``: ``MSE = …``, ``JS(p, q)``, which TeX sets as products."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.scanner import Found

NAMES = frozenset(
    "MSE RMSE MAE SSE SSR RSS TSS ESS NLL CE BCE ELBO VLB JS JSD TV MMD KL Var Cov Corr Bias MLE MAP RBF Reg Loss Err "
    "Gini Acc Precision Recall Sensitivity Specificity FPR TPR FNR TNR IoU SNR PSNR Obj Cost Gain IG Score Adv".split()
)
"""What the field abbreviates so."""
DISTRIBUTIONS = frozenset(
    "Bernoulli Bern Ber Binomial Bin Binom Poisson Pois Poi Exp Exponential Expo Beta Gamma Normal Laplace Uniform "
    "Unif Categorical Cat Multinomial Mult Dirichlet Dir Geometric Geom".split()
)
"""What is drawn from, with parameters in brackets."""
_READ_AS_THEY_ARE = frozenset({"KL"})
"""Divergences, where brackets follow."""
_CALLED = re.compile(r"\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[]")
_RUN = re.compile(r"(?<![A-Za-z\\_^])(?<![_^]\{)[A-Z][A-Za-z]+(?![A-Za-z])")
_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_UPRIGHT = re.compile(r"\\(?:text\w*|math(?:rm|it|sf|bf|tt)|operatorname\*?|mbox|begin|end|label|ref|tag)\s*\{[^{}]*\}")


def upright(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    r"""The pieces with ``MSE`` as ``\mathrm{MSE}``, and which names there are; not one whose letters all stand alone
    elsewhere, unless brackets follow: that may be a product."""
    texts = [_UPRIGHT.sub(" ", piece.math.text) for piece in pieces if piece.math is not None]
    alone = {found.group() for text in texts for found in _LETTER.finditer(text)}
    found = [(run.group(), _CALLED.match(text, run.end())) for text in texts for run in _RUN.finditer(text)]
    runs = {(name, called is not None) for name, called in found if called is None or name not in _READ_AS_THEY_ARE}
    names = {name for name, called in runs if name in NAMES and (called or not {*name} <= alone)}
    names |= {name for name, called in runs if name in DISTRIBUTIONS and called}
    if not names:
        return [*pieces], []
    return [_upright(piece, names) for piece in pieces], [f"{name} is one name" for name in sorted(names)]


def _upright(piece: Found, names: set[str]) -> Found:
    if piece.math is None:
        return piece
    math = piece.math
    taken = [found.span() for found in _UPRIGHT.finditer(math.text)]
    for found in reversed([*_RUN.finditer(math.text)]):
        inside = any(start <= found.start() < stop for start, stop in taken)
        read = found.group() in _READ_AS_THEY_ARE and _CALLED.match(math.text, found.end()) is not None
        if found.group() in names and not inside and not read:
            name = found.group()
            math = inserted(math, found.end(), "}", macro=name)
            math = inserted(math, found.start(), "\\mathrm{", before=True, macro=name)
    return replace(piece, math=math)


__all__ = ["NAMES", "upright"]
