"""Texts made to break a reader or a prover: deep, long, endless, huge."""

from __future__ import annotations

DEEP = 10_000


def display(math: str) -> str:
    return f"<!--: x, y, z \\in \\mathbb{{R}} -->$${math}$$"


UNREADABLE = {
    "fractions": display(r"\frac{1}{" * DEEP + "x" + "}" * DEEP + " = 1"),
    "brackets": display("(" * DEEP + "x" + ")" * DEEP + "= x"),
    "groups": display("{" * DEEP + "x" + "}" * DEEP + "= x"),
    "left and right": display(r"\left(" * DEEP + "x" + r"\right)" * DEEP + "= x"),
    "environments": display(r"\begin{aligned}" * DEEP + "x=x" + r"\end{aligned}" * DEEP),
    "subscripts": display("x_{" * DEEP + "x" + "}" * DEEP + "= x"),
    "powers": display("x^" * DEEP + "x = x"),
    "sums": display(r"\sum_{i=1}^N " * DEEP + "x = 1"),
    "a long sum": display("x+" * 50_000 + "x = 0"),
    "a long chain": display("x = " * 20_000 + "x"),
    "a long number": display("x = " + "9" * 100_000),
    "tabs": display("&" * 50_000),
    "a macro of itself": r"\def\a{\a\a}" + display(r"\a = 1"),
    "macros that double": r"\newcommand{\a}{xx}"
    + "".join(rf"\newcommand{{\{chr(98 + k)}}}{{\{chr(97 + k)}\{chr(97 + k)}}}" for k in range(24))
    + display(r"\y = 1"),
    "open verbatim": r"\begin{verbatim}" * 20_000,
    "open group": "$$ x = {" * 2000,
}
QUIET = {
    "dollars": "$" * 20_000,
    "backslashes": "\\" * 50_000,
    "comments": "<!--: " * 20_000,
    "ticks": "`" * 50_000 + "$x$",
    "nothing": "",
    "zeros": "\0" * 50_000,
    "a long line": "a " * 200_000,
}
HARD = {
    "a tower": "x + 1 = 9^{9^{9^{9}}}",
    "a tower under a logarithm": r"\log 10^{10^{10}} = 1",
    "a power of two": "2^{-10^{10}} = 0",
    "a power of a sum": "(x + 1)^{100000} = 1",
    "two powers of a sum": "(x+y+z+1)^{300}(x-1)^{301} = (x+y+z+1)^{300}(x-1)(x-1)^{300}",
    "a factorial": "100000000! = 1",
    "a binomial": r"\binom{100000000}{50000000} = 1",
    "a product": r"\prod_{i=1}^{100000000} i = 1",
    "a sum": r"\sum_{i=1}^{1000000000} i^2 = 1",
    "exponentials": r"\exp(\exp(\exp(\exp(10)))) = 1",
    "an integral": r"\int_{-\infty}^{\infty} e^{-x^4+\sin x}\,dx = 1",
    "derivatives": r"\frac{d}{dx}" * 40 + " e^{x^2} = 1",
}
LET = "".join(f"<!--: let y_{{{k}}} := y_{{{k - 1}}} y_{{{k - 1}}} -->" for k in range(1, 40))
