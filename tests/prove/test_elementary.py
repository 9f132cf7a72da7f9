"""Integrals of powers and exponentials: right ones proved and wrong ones refuted, divergent ones neither."""

from __future__ import annotations

import pytest

from derive.checker import Limits, ask

GIVEN = [
    r"m, \mu \in \mathbb{R} ; s, \tau, a, b > 0 ; n > 0",
    r"function q(x) := \frac{1}{\sqrt{2\pi}s} e^{-\frac{(x-m)^2}{2s^2}}",
    r"function p(x) := \frac{1}{\sqrt{2\pi}\tau} e^{-\frac{(x-\mu)^2}{2\tau^2}}",
]
INF = r"\int_{-\infty}^{\infty}"


def word(left: str, right: str) -> str:
    (result,) = ask(left, right, GIVEN, Limits(jobs=1)).results
    return result.word


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (rf"{INF} q(x)\,dx", "1", "2"),
        (r"\int q(x)\,dx", "1", "s"),
        (rf"{INF} q(x) x\,dx", "m", r"\mu"),
        (rf"{INF} q(x) (x-\mu)^2\,dx", r"s^2 + (m-\mu)^2", r"s^2 + m^2 - \mu^2"),
        (rf"{INF} q(x) (x-m)^4\,dx", "3 s^4", "s^4"),
        (
            rf"{INF} q(x) \log\frac{{q(x)}}{{p(x)}}\,dx",
            r"\log\frac{\tau}{s} + \frac{s^2 + (m-\mu)^2}{2\tau^2} - \frac12",
            r"\log\frac{s}{\tau} + \frac{s^2 + (m-\mu)^2}{2\tau^2} - \frac12",
        ),
        (rf"-{INF} q(x) \log q(x)\,dx", r"\frac12 \log (2\pi e s^2)", r"\frac12 \log (2\pi s^2)"),
        (r"\mathbb{E}_{x \sim q}[e^{x}]", r"e^{m + s^2/2}", r"e^{m + s^2}"),
        (rf"{INF} q(x) p(x)\,dx", r"\frac{e^{-(m-\mu)^2/(2(s^2+\tau^2))}}{\sqrt{2\pi(s^2+\tau^2)}}", "1"),
        (rf"{INF} e^{{-a x^2}}\,dx", r"\sqrt{\frac{\pi}{a}}", r"\frac{\pi}{a}"),
        (r"\int_0^\infty e^{-a x^2}\,dx", r"\frac12 \sqrt{\frac{\pi}{a}}", r"\sqrt{\frac{\pi}{a}}"),
        (r"\int_0^\infty x e^{-a x^2}\,dx", r"\frac{1}{2a}", r"\frac1a"),
        (r"\int_0^\infty x^2 e^{-a x^2}\,dx", r"\frac{\sqrt{\pi}}{4 a^{3/2}}", r"\frac{\sqrt{\pi}}{2 a^{3/2}}"),
        (r"\int_0^\infty x^3 e^{-a x^2}\,dx", r"\frac{1}{2 a^2}", r"\frac{1}{a^2}"),
        (r"\int_0^b x e^{-a x^2}\,dx", r"\frac{1 - e^{-a b^2}}{2a}", r"\frac{1 - e^{-a b}}{2a}"),
        (r"\int_{-\infty}^0 x e^{-a x^2}\,dx", r"-\frac{1}{2a}", r"\frac{1}{2a}"),
        (r"\int_{-\infty}^0 x^2 e^{-a x^2}\,dx", r"\frac{\sqrt{\pi}}{4 a^{3/2}}", r"-\frac{\sqrt{\pi}}{4 a^{3/2}}"),
        (r"\int_0^\infty e^{-a x}\,dx", r"\frac1a", "a"),
        (r"\int_0^\infty x a e^{-a x}\,dx", r"\frac1a", r"\frac{1}{a^2}"),
        (r"\int_0^\infty x^3 e^{-a x}\,dx", r"\frac{6}{a^4}", r"\frac{3}{a^4}"),
        (r"\int_{b}^\infty a e^{-a x}\,dx", r"e^{-a b}", r"1 - e^{-a b}"),
        (r"\int_{-\infty}^0 e^{a x}\,dx", r"\frac1a", r"-\frac1a"),
        (r"\int_0^1 x e^{a x}\,dx", r"\frac{(a - 1) e^a + 1}{a^2}", r"\frac{(a - 1) e^a}{a^2}"),
        (r"\int_0^m x^2\,dx", r"\frac{m^3}{3}", r"\frac{m^2}{2}"),
        (r"\int_m^\mu (2 x + 1)\,dx", r"\mu^2 - m^2 + \mu - m", r"\mu^2 + m^2 + \mu - m"),
    ],
)
def test_right_and_wrong(left: str, right: str, wrong: str) -> None:
    assert word(left, right) == "proved"
    assert word(left, wrong) == "refuted"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int_1^a \frac1x\,dx", r"\log a"),
        (r"\int_b^\infty \frac{1}{x^2}\,dx", r"\frac1b"),
    ],
)
def test_powers_between_positive_limits(left: str, right: str) -> None:
    assert word(left, right) == "proved"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int_0^\infty e^{a x}\,dx", r"-\frac1a"),  # the antiderivative at 0, of what grows
        (r"\int_0^\infty e^{-m x}\,dx", r"\frac1m"),  # m may be negative
        (r"\int_0^\infty x e^{a x^2}\,dx", r"-\frac{1}{2a}"),
        (r"\int_0^\infty x e^{-m x^2}\,dx", r"\frac{1}{2m}"),
        (r"\int_0^\infty e^{-m x^2}\,dx", r"\frac12 \sqrt{\frac{\pi}{m}}"),
        (r"\int_1^\infty e^{-a x^2}\,dx", r"\frac12 \sqrt{\frac{\pi}{a}}"),
        (r"\int_0^1 e^{-a x^2}\,dx", r"\frac12 \sqrt{\frac{\pi}{a}}"),
        (r"\int_0^\infty e^{-a x^2 + b x}\,dx", r"\frac12 \sqrt{\frac{\pi}{a}}"),
        (r"\int_{-1}^1 \frac1x\,dx", "0"),  # odd, and yet no integral
        (r"\int_{-1}^1 \frac{1}{x^2}\,dx", "-2"),  # the antiderivative at the ends, across a pole
        (r"\int_0^a \frac1x\,dx", r"\log a"),
        (r"\int_0^\infty \frac{1}{x^2}\,dx", "1"),
        (r"\int_1^\infty \frac1x\,dx", "1"),
        (r"\int_{-\infty}^\infty e^{a x^2}\,dx", r"\sqrt{-\frac{\pi}{a}}"),
        (r"\int_{-\infty}^\infty e^{-m x^2}\,dx", r"\sqrt{\frac{\pi}{m}}"),  # m may be negative
        (r"\int_{-\infty}^\infty x\,dx", "0"),
        (r"\int_m^\mu \frac{1}{x}\,dx", r"\log\frac{\mu}{m}"),  # the signs of the limits are not known
    ],
)
def test_what_may_diverge_is_not_proved(left: str, right: str) -> None:
    assert word(left, right) != "proved"


def test_from_plus_to_minus_infinity_is_not_the_whole_line() -> None:
    assert word(r"\int_{\infty}^{-\infty} q(x)\,dx", "1") != "proved"
