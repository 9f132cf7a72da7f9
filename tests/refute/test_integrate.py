"""Integrals against Gaussians, exactly; what cannot be integrated is said, not guessed."""

from __future__ import annotations

from derive.language.claims import Compare, Equal
from derive.language.context import Context, FunctionDecl
from derive.language.terms import Apply, Deriv, Expect, Integral, Sym, Term
from derive.refute.attack import attack
from tests.refute.models import ONE, TWO, ZERO, claim, context, d, op, plain, q

z, e, mean, s = Sym("z"), Sym("e"), Sym("a"), Sym("s")
f = FunctionDecl("f", ("u",), ((),))
p = FunctionDecl("p", ("u",), ((),), properties=frozenset({"density"}))
r = FunctionDecl("r", ("u", "v"), ((), ()), properties=frozenset({"density"}))
WHERE = context(
    plain("a"), plain("b"), plain("s", "positive"), plain("t", "positive"), plain("c", shape=(d,)),
    plain("S", "posdef", shape=(d, d)), functions=(f, p, r),
)  # fmt: skip
NORMAL = op("gaussian", z, mean, s**TWO)
STANDARD = op("gaussian", e, ZERO, ONE)


def expect(body: Term) -> Term:
    return Expect("z", (), NORMAL, body)


def holds(left: Term, right: Term, where: Context = WHERE) -> bool:
    found = attack(claim(Equal(left, right), where))
    if found.witness is None and found.agreed < 4:
        raise AssertionError(found)
    return found.witness is None


def test_moments() -> None:
    assert holds(Integral("z", NORMAL), ONE)
    assert holds(expect(z), mean)
    assert holds(expect(z**TWO), mean**TWO + s**TWO)
    assert holds(expect((z - mean) ** q(4)), q(3) * s ** q(4))
    assert not holds(expect(z**TWO), mean**TWO)
    assert holds(expect(op("exp", z)), op("exp", mean + s**TWO / TWO))


def test_divergence_between_gaussians() -> None:
    other = op("gaussian", z, Sym("b"), Sym("t") ** TWO)
    gap = expect(op("log", NORMAL / other))
    closed = op("log", Sym("t") / s) + (s**TWO + (mean - Sym("b")) ** TWO) / (TWO * Sym("t") ** TWO) - q(1, 2)
    assert holds(gap, closed)
    assert not holds(gap, closed + q(1, 2))


def test_gradient_and_expectation() -> None:
    value = Apply("f", (z,))
    moved = Expect("e", (), STANDARD, Deriv(Apply("f", (mean + s * e,)), mean))
    assert holds(Deriv(expect(value), mean), moved)
    score = expect(value * Deriv(op("log", NORMAL), mean))
    assert holds(Deriv(expect(value), mean), score)
    assert not holds(Deriv(expect(z * mean), mean), expect(Deriv(z * mean, mean)))


def test_densities_integrate_to_one() -> None:
    assert holds(Integral("z", Apply("p", (z,))), ONE)
    joint = Apply("r", (z, e)) * Apply("p", (e,))
    assert holds(Integral("z", Integral("e", joint)), ONE)
    assert holds(Integral("e", Integral("z", joint)), ONE)


def test_evidence_bound() -> None:
    """log p(x) = E_q[log p(x,z)/q(z)] + KL(q ‖ p(z|x)), for an unknown positive joint."""
    x, u = Sym("a"), Sym("u")
    joint = FunctionDecl("joint", ("x", "z"), ((), ()), properties=frozenset({"positive"}))
    where = context(plain("a"), functions=(joint, p))
    evidence = Integral("u", Apply("joint", (x, u)))
    posterior = Apply("joint", (x, z)) / evidence
    guess = Apply("p", (z,))
    bound = Expect("z", (), guess, op("log", Apply("joint", (x, z)) / guess))
    gap = Expect("z", (), guess, op("log", guess / posterior))
    assert holds(op("log", evidence), bound + gap, where)
    assert not holds(op("log", evidence), bound - gap, where)
    assert attack(claim(Compare("<=", bound, op("log", evidence)), where)).witness is None
    assert attack(claim(Compare(">=", bound, op("log", evidence)), where)).witness is not None


def test_densities_of_vectors() -> None:
    density = FunctionDecl("w", ("u", "v"), ((d,), ()), properties=frozenset({"density"}))
    where = context(plain("a"), functions=(density,))
    assert holds(Integral("z", Apply("w", (z, mean)), (d,)), ONE, where)


def test_vectors() -> None:
    density = op("gaussian", z, Sym("c"), Sym("S"))
    assert holds(Integral("z", density, (d,)), ONE)
    assert holds(Expect("z", (d,), density, z), Sym("c"))
    assert holds(Expect("z", (d,), density, op("outer", z - Sym("c"), z - Sym("c"))), Sym("S"))
    assert not holds(Expect("z", (d,), density, op("norm2", z)), op("norm2", Sym("c")))


def test_between_limits() -> None:
    assert holds(Integral("z", z**TWO * mean, (), ZERO, ONE), mean / q(3))
    assert holds(Integral("z", mean, (), ZERO, TWO), TWO * mean)


def test_what_cannot_be_integrated_is_said() -> None:
    found = attack(claim(Equal(expect(op("tanh", z)), ZERO), WHERE))
    assert found.witness is None
    assert "integral" in found.note
    found = attack(claim(Equal(Integral("z", z), ZERO), WHERE))
    assert found.witness is None
    assert "diverges" in found.note
