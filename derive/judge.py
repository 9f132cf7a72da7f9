"""The judge: the only place that makes a verdict.

It asks the refuter for a counterexample and the prover for evidence, and believes neither: a counterexample is
evaluated again from its exact point, evidence is checked by the rule of its kind of claim. If both stand, one of our
engines is wrong, and that is what is said.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from math import inf
from string import ascii_uppercase

from derive.language.at_sizes import at_sizes, context_at
from derive.language.claims import (
    Case,
    Claim,
    Compare,
    Equal,
    HasShape,
    Misshapen,
    Optimum,
    Statement,
    Step,
    Value,
    gives_itself,
    terms_of,
    with_solved_before,
)
from derive.language.context import Context, Fact
from derive.language.declared_of_defined import unbound
from derive.language.effort import METER, SECOND
from derive.language.extents import Extent, Shape, show_shape
from derive.language.no_values import leave_no_value
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Deriv, Num, Op, Rel, Sym, Term
from derive.language.verdicts import Contradiction, Proved, Refuted, Undecided, Unread, Verdict, Witness
from derive.prove import prover
from derive.prove.algebra import TooHard
from derive.prove.atoms import heads
from derive.prove.definedness import Condition
from derive.prove.evidence import Enclosure, Evidence, Stationary
from derive.prove.tactics import domains
from derive.prove.workbench import Workbench
from derive.refute.attack import Attack, attack, forget_programs, recheck, without_programs
from derive.refute.values import confirms

TIME = 10.0
"""Seconds for one claim where the caller sets no deadline."""

OUTSIDE = "is outside its domain"
"""How the refuter says that a stated optimum does not lie where it must."""

ATTACK = 6.0 * SECOND
"""How much work the search for a counterexample may take (all limits here are counted: see ``language/effort.py``)."""

CROSS_CHECK = 0.1 * SECOND
"""How much work the prover may take to contradict a counterexample that stands."""

SECOND_LOOK = 0.6 * SECOND
SECOND_EFFORT = 8
"""How much work, and how many times as many points, for a claim that is neither refuted nor proved at first."""

FROM_START = 3.0 * SECOND
"""How much work for a step from the equations alone, where the lines before it could not be met in numbers."""

IDENTITY = 1.0 * SECOND
"""How much work to show that a line holds whatever it was to follow from."""

ABSURD = 0.1 * SECOND
"""How much work to look for a contradiction among the assumptions."""

AGAINST_ITSELF = "what is assumed here contradicts itself: 1 = 0 follows from it"

RULED_OUT = "it is undefined wherever what is assumed here holds"

ONLY_FROM_LINES = "it follows only with the lines before it, and no numbers were found that meet all of them"

BESIDE = 4.0 * SECOND
"""How much work for what is asked of a line beside its own verdict: what it is without the false lines above it."""

_BENCHES: list[Workbench] = []
_DOCUMENT: list[str] = []
"""Of which document these are."""


def judge(claim: Claim, deadline: float | None = None) -> Verdict:
    """The verdict on a claim; if its text has several readings, one verdict for all of them or none."""
    verdict = _judged(claim, time.monotonic() + TIME if deadline is None else deadline)
    if claim.solved_before and isinstance(verdict, Refuted):
        verdict = _with_solved_before(claim, verdict, deadline)
    if claim.unheeded and isinstance(verdict, Refuted):
        return Undecided(f"as it is read here it does not hold ({_told_of(verdict.witness)}), but {claim.unheeded}")
    if isinstance(verdict, Refuted) and _is_rounded(claim, verdict.witness, deadline):
        return Undecided(f"equal only as rounded to the digits that are printed: {ROUNDED}")
    if claim.case is not None and isinstance(verdict, Refuted) and _holds_in_case(claim, claim.case, deadline):
        return Undecided(
            f"it holds where what line {claim.case.line} supposes does, not in general ({_told_of(verdict.witness)})"
        )
    if claim.unnamed and isinstance(verdict, Refuted) and _holds_at_one_length(claim, verdict.witness, deadline):
        return Undecided(
            f"it does not hold where the lengths {', '.join(claim.unnamed)} differ, of which the text says nothing "
            f"({_told_of(verdict.witness)}); it does where they are one: declare them"
        )
    return verdict


def _with_solved_before(claim: Claim, verdict: Refuted, deadline: float | None) -> Verdict:
    """The verdict on a step that does not follow from its equations alone, where others were solved further above for
    what it no longer mentions, or where what it gives is at its best as well: these are conditions of it, if it holds
    with them."""
    until = time.monotonic() + TIME if deadline is None else deadline
    own = gives_itself(claim)
    if own and not all(_tells_of_itself(relation, claim, until) for relation in own):
        return verdict
    if own and isinstance(claim.statement, Step) and not claim.readings:
        alone = replace(claim, statement=replace(claim.statement, hypotheses=own), start=None, solved_before=())
        found = _judged(alone, until)
        if isinstance(found, Proved):
            return replace(found, conditions=tuple(dict.fromkeys((*own, *found.conditions))))
    found = _judged(with_solved_before(claim), until)
    if isinstance(found, Proved) and not found.untested:
        return replace(found, conditions=tuple(dict.fromkeys((*claim.solved_before, *found.conditions))))
    if isinstance(found, Refuted):
        return found
    return Undecided(
        f"it does not follow from the equations before it alone ({_told_of(verdict.witness)}), and nothing decides "
        "whether it does with those of the other quantities"
    )


def _tells_of_itself(relation: Rel, claim: Claim, deadline: float) -> bool:
    """Whether a derivative depends on the quantity that it is in: of a multiplier, it does not."""
    if not isinstance(relation.left, Deriv) or not isinstance(relation.left.wrt, Sym):
        return False
    bench = _bench(claim.context, deadline)
    try:
        with METER.at_most(IDENTITY):
            _, p = bench.difference(relation.left, relation.right)
    except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
        return False
    return relation.left.wrt.name in heads(p)


def judge_briefly(claim: Claim, deadline: float) -> Verdict:
    """The verdict on a claim, with as much work as a question beside the document's own is worth."""
    with METER.at_most(BESIDE):
        return judge(claim, deadline)


ALIKE = (2, 3)
"""The lengths at which a claim is tried that may be meant for one length only."""


def _holds_at_one_length(claim: Claim, witness: Witness, deadline: float | None) -> bool:
    """Whether no counterexample is found where all lengths are one, as for a square matrix."""
    if len({*witness.sizes.values()}) < 2:
        return False
    for length in ALIKE:
        sizes = dict.fromkeys(claim.context.sizes, length)
        alone = replace(
            claim,
            statement=at_sizes(claim.statement, sizes),
            readings=(),
            start=None,
            context=context_at(claim.context, sizes),
        )
        if isinstance(_judged(alone, time.monotonic() + TIME if deadline is None else deadline), Refuted):
            return False
    return True


def turn_to(document: str) -> None:
    """Judge claims of a document. Others may say the same of their quantities: what is kept of them spares work, which
    is counted, so that an answer could depend on what else was asked; so nothing of them is kept."""
    if [document] != _DOCUMENT:
        _DOCUMENT[:] = [document]
        _BENCHES.clear()
        forget_programs()


@contextmanager
def afresh() -> Iterator[None]:
    """Judge inside the block as if nothing had been judged before: what is kept of a context spares work, which is
    counted, so that an answer could depend on what was asked before it, and in which process."""
    kept, _BENCHES[:] = _BENCHES[:], []
    try:
        with without_programs():
            yield
    finally:
        _BENCHES[:] = kept


def proves(claim: Claim, deadline: float) -> bool:
    """Whether the verdict on a claim is that it is proved: of what is not, nothing more is sought than tells that."""
    if claim.doubt:
        return False
    readings = claim.readings or (claim.statement,)
    return all(isinstance(_proof_of(claim, statement, deadline), Proved) for statement in readings)


def _proof_of(claim: Claim, statement: Statement, deadline: float) -> Verdict:
    verdict = _judge_one(claim, statement, deadline, only_proofs=True)
    return _or_inside(claim, statement, verdict, deadline)


def _holds_in_case(claim: Claim, case: Case, deadline: float | None) -> bool:
    """Whether a claim that does not hold everywhere is proved, and met by numbers, in the case considered above it."""
    match claim.statement:
        case Equal(left, right):
            stated: tuple[Rel, ...] = (Rel("=", left, right),)
        case Compare(op, left, right):
            stated = (Rel(op, left, right),)
        case _:
            return False
    step = Step(case.relations, stated)
    alone = replace(claim, statement=step, readings=(), start=None)
    verdict = _judge_one(alone, step, time.monotonic() + TIME if deadline is None else deadline)
    return isinstance(verdict, Proved) and not verdict.untested


ROUNDED = "write \\approx for a rounded number"


def _is_rounded(claim: Claim, witness: Witness, deadline: float | None) -> bool:
    """``2/3 = 0.67``: a number without names in it that agrees in every printed digit with the decimal it is equated
    with."""
    if witness.values or witness.sizes or claim.readings[1:] or not isinstance(claim.statement, Equal):
        return False
    value, printed = claim.statement.left, claim.statement.right
    number = printed.args[0] if isinstance(printed, Op) and printed.name == "neg" else printed
    if not isinstance(number, Num) or "." not in number.text:
        return False
    text = number.text if number is printed else f"-{number.text}"
    statement = Value(value, ((text,),))
    alone = replace(claim, statement=statement, readings=(), start=None)
    return isinstance(_judge_one(alone, statement, time.monotonic() + TIME if deadline is None else deadline), Proved)


def _told_of(witness: Witness) -> str:
    """Where two sides differ, in a line."""
    point = ", ".join(f"{name} = {value}" for name, value in {**witness.sizes, **witness.values}.items())
    return f"at {point}: left {witness.left}, right {witness.right}"


def _judged(claim: Claim, deadline: float) -> Verdict:
    readings = claim.readings or (claim.statement,)
    verdicts = [
        _or_inside(claim, statement, _judge_one(claim, statement, deadline), deadline) for statement in readings
    ]
    first = verdicts[0]
    if claim.doubt and isinstance(first, Proved | Refuted):
        return Undecided(f"{claim.doubt}; as it is read here it is {_word(first)}")
    if len(verdicts) == 1:
        return first
    if all(isinstance(v, Proved) for v in verdicts):
        conditions = [condition for v in verdicts if isinstance(v, Proved) for condition in v.conditions]
        return replace(first, conditions=tuple(dict.fromkeys(conditions))) if isinstance(first, Proved) else first
    if all(type(v) is type(first) for v in verdicts):
        return first
    return Undecided(_told(verdicts))


def relying(verdict: Verdict, shown: bool) -> Verdict:
    """The verdict on a step once it is known whether every line that it rests on was ``shown`` to be right or wrong:
    from what is wrong anything follows, and where no number met the lines, nothing else tells a wrong one."""
    if isinstance(verdict, Proved) and verdict.on_lines and not shown:
        return Undecided(f"{ONLY_FROM_LINES}; {verdict.untested}")
    return verdict


def carried(verdict: Verdict, without: Verdict, line: int) -> Verdict:
    """The verdict on a step that rests on a false ``line``, once it is known what it is worth ``without`` that: right
    if it follows from what is right, false if the rest tells so."""
    if isinstance(without, Proved | Refuted) or not isinstance(verdict, Proved):
        return without if isinstance(without, Proved | Refuted) else verdict
    return Undecided(f"it rests on line {line}, which is false, and nothing else decides it")


def as_carried(verdict: Refuted, line: int) -> Refuted:
    """A refutation of what follows from a false line: that is to be mended, not this."""
    return replace(verdict, reason=f"it follows from line {line}, which is false")


def _told(verdicts: Sequence[Verdict]) -> str:
    """Which readings hold: the author is asked for the one that was meant."""
    named = dict(zip(ascii_uppercase, verdicts, strict=False))
    holds = [name for name, verdict in named.items() if isinstance(verdict, Proved)]
    others = ", ".join(f"{name} is {_word(verdict)}" for name, verdict in named.items() if name not in holds)
    held = f"holds under reading {' and '.join(holds)} only" if holds else "depends on how it is read"
    return f"{held}: the notation can be read in {len(verdicts)} ways ({others}); write brackets"


def misshapen(verdict: Verdict, claim: Claim, instead_of: str, suggestion: str) -> Verdict:
    """The verdict on a side that has no shape, where a text that differs from it by one slip is proved instead: the
    mistake is its author's."""
    if not isinstance(claim.statement, Misshapen):
        return verdict
    shape = shape_of(claim.statement.left, claim.context)
    sizes = {name: n + 2 for n, name in enumerate(sorted({name for e in shape for name in e.names}))}
    witness = Witness(sizes, {}, _concrete(shape, sizes), "no shape", claim.statement.reason)
    return Refuted(witness, suggestion, f"shape: {claim.statement.reason}", instead_of)


def unanswered(reason: str) -> Undecided:
    """The verdict where judging ended without one: out of time, out of memory, or a bug of ours."""
    return Undecided(reason)


def unread(reason: str) -> Verdict:
    """The verdict on text that could not be read; the reason says what was expected."""
    return Unread(reason)


def check_evidence(claim: Claim, evidence: Evidence, deadline: float | None = None) -> Verdict:
    """What evidence from anywhere is worth: ``Proved`` only if it holds here, else ``Undecided``."""
    bench = Workbench(claim.context, deadline)
    return _weighed(claim.statement, claim.context, evidence, bench, None)


def _word(verdict: Verdict) -> str:
    return type(verdict).__name__.lower()


def _judge_one(claim: Claim, statement: Statement, deadline: float, only_proofs: bool = False) -> Verdict:
    """The verdict on one reading. With ``only_proofs`` nothing is asked further of what is not proved: no proof is
    tried of what a counterexample stands against, and no more points of what has no proof."""
    if isinstance(statement, Misshapen):
        return Unread(statement.reason)
    misfit = _misfit(statement, claim.context)
    if misfit is not None:
        return misfit
    identity = _as_identity(claim, statement, deadline)
    if identity is not None:
        return identity
    one = claim if claim.statement is statement else Claim(claim.id, statement, claim.context)
    with METER.at_most(ATTACK):
        struck = attack(one, deadline=deadline, any_size=only_proofs and not isinstance(statement, Optimum))
    if struck.witness is not None and not recheck(one, struck):
        struck = Attack(
            None, struck.points, struck.agreed, "a counterexample that did not stand when it was evaluated again"
        )
    if only_proofs and struck.witness is not None and not isinstance(statement, Optimum):
        return Refuted(struck.witness)
    if not struck.points and (bare := unbound(claim.context)) is not claim.context:
        return _as_defined(claim, statement, bare, struck, deadline)
    from_start = None if only_proofs else _refuted_from_start(claim, statement, struck, deadline)
    bench = _bench(claim.context, deadline)
    try:
        with METER.at_most(inf if struck.witness is None else CROSS_CHECK):
            evidence = _searched(statement, claim.context, bench)
            verdict = _weighed(statement, claim.context, evidence, bench, struck)
    except TooHard as problem:
        verdict = Undecided(_reason(struck, str(problem)))
    except ShapeError as problem:
        return Unread(str(problem))
    except ZeroDivisionError as problem:
        verdict = Undecided(_reason(struck, f"{problem}: it is undefined as written"))
        if struck.witness is None:
            return verdict
    except RecursionError:
        verdict = Undecided(_reason(struck, "nested too deep"))
    if isinstance(verdict, Proved) and leave_no_value(claim.context):
        return Undecided(AGAINST_ITSELF)
    if isinstance(verdict, Proved) and not struck.agreed and struck.note:
        if _contradicts_itself(statement, claim.context, bench):
            return Undecided(AGAINST_ITSELF)
        if _ruled_out(statement, verdict, bench):
            return Undecided(RULED_OUT)
        if _rests_on_lines(claim, statement) and not _shown_from_start(claim, bench, deadline):
            return replace(verdict, untested=struck.note, on_lines=True)
        return replace(verdict, untested=struck.note)
    if struck.witness is None:
        if not isinstance(verdict, Undecided):
            return verdict
        again = None if only_proofs else _looked_at_again(one, deadline)
        if again is None and _rests_on_lines(claim, statement):
            again = _proved_from_start(claim, bench, struck, deadline)
        if again is None:
            again = from_start
        if again is None:
            again = _proved_as_worked_out(claim, statement, bench, struck, deadline)
        return verdict if again is None else again
    if isinstance(verdict, Proved) and _is_excluded(statement, verdict, struck.witness):
        return verdict
    if isinstance(verdict, Proved) and _contradicts_itself(statement, claim.context, bench):
        return Undecided(AGAINST_ITSELF)
    if isinstance(verdict, Proved):
        raise Contradiction(f"{claim.id}: proved ({verdict.evidence}), and refuted at {struck.witness}")
    return Refuted(struck.witness)


def _as_defined(claim: Claim, statement: Statement, bare: Context, struck: Attack, deadline: float) -> Verdict:
    """The verdict where no numbers were found at which all that the text defines is as it is declared: what holds
    whatever is declared of it holds, and nothing else is known."""
    verdict = _judge_one(replace(claim, context=bare), statement, deadline)
    if isinstance(verdict, Refuted):
        return Undecided(f"{struck.note}; if that does not matter, it does not hold ({_told_of(verdict.witness)})")
    return verdict


def _or_inside(claim: Claim, statement: Statement, verdict: Verdict, deadline: float) -> Verdict:
    """The verdict; an optimum at a point that may lie outside its open domain, where there is none, is proved where the
    point lies inside, which is printed as a condition, and which some number meets."""
    if (
        not isinstance(statement, Optimum)
        or not isinstance(verdict, Refuted)
        or not verdict.witness.note.endswith(OUTSIDE)
    ):
        return verdict
    supposed = domains.inside(_bench(claim.context, deadline), statement)
    context = replace(claim.context, facts=(*claim.context.facts, *map(Fact, supposed)))
    there = _judge_one(Claim(claim.id, statement, context), statement, deadline) if supposed else None
    if not isinstance(there, Proved) or there.untested:
        return verdict
    return replace(there, conditions=tuple(dict.fromkeys((*supposed, *there.conditions))))


def _as_identity(claim: Claim, statement: Statement, deadline: float) -> Proved | None:
    """The verdict on a line that is to follow from others and holds whatever is assumed; None if nothing shows that."""
    if not isinstance(statement, Step) or statement.both or len(statement.conclusions) != 1 or not claim.text:
        return None
    (relation,) = statement.conclusions
    plain = Claim(claim.id, _plain(relation), claim.context)
    if _misfit(plain.statement, claim.context) is not None:
        return None
    with METER.at_most(IDENTITY):
        struck = attack(plain, deadline=deadline)
        if struck.witness is not None or not struck.agreed:
            return None
        bench = _bench(claim.context, deadline)
        try:
            verdict = _weighed(plain.statement, claim.context, prover.search(bench, plain.statement), bench, struck)
        except (TooHard, ZeroDivisionError, RecursionError):
            return None
    return replace(verdict, everywhere=True) if isinstance(verdict, Proved) else None


def _plain(relation: Rel) -> Statement:
    """A relation as a claim of its own."""
    if relation.op == "=":
        return Equal(relation.left, relation.right)
    return Compare(relation.op, relation.left, relation.right)


def _contradicts_itself(statement: Statement, context: Context, bench: Workbench) -> bool:
    """Whether what is assumed here proves that 1 is 0; then a proof from it says nothing. Looked for briefly: most
    assumptions that no number met are only hard to meet."""
    absurd = Rel("=", Num(Fraction(1)), Num(Fraction(0)))
    wanted = (
        replace(statement, conclusions=(absurd,), both=False)
        if isinstance(statement, Step)
        else Equal(absurd.left, absurd.right)
    )
    return bench.once(("absurd", wanted), lambda: _shown(bench, wanted, bench.deadline, ABSURD))


def _ruled_out(statement: Statement, verdict: Proved, bench: Workbench) -> bool:
    """Whether what is assumed here rules out a condition of a proof: then the statement is about nothing. Looked for
    briefly, and only where no number met the condition."""
    contrary = {"!=": "=", ">": "<="}
    for each in verdict.conditions:
        if not isinstance(each, Rel) or each.op not in contrary:
            continue
        against = Rel(contrary[each.op], each.left, each.right)
        wanted = (
            replace(statement, conclusions=(against,), both=False) if isinstance(statement, Step) else _plain(against)
        )
        try:
            if _shown(bench, wanted, bench.deadline, ABSURD):
                return True
        except ShapeError:  # it is about what is bound inside of the statement
            continue
    return False


def _rests_on_lines(claim: Claim, statement: Statement) -> bool:
    """Whether a step uses lines concluded before it, beside the equations that are solved."""
    if statement is not claim.statement or not isinstance(statement, Step) or not isinstance(claim.start, Step):
        return False
    return set(claim.start.hypotheses) < set(statement.hypotheses)


def _shown_from_start(claim: Claim, bench: Workbench, deadline: float) -> bool:
    """Whether a step follows without the lines before it. Where no number meets these, one of them may be wrong, and
    from what is wrong anything follows."""
    return claim.start is not None and _shown(bench, claim.start, deadline, FROM_START)


def _shown(bench: Workbench, wanted: Statement, deadline: float | None, steps: float) -> bool:
    """Whether a statement is proved with so much work."""
    bench.until(deadline)
    try:
        with METER.at_most(steps):
            evidence = prover.search(bench, wanted)
            return evidence is not None and prover.check(bench, wanted, evidence)
    except (TooHard, ZeroDivisionError, RecursionError):
        return False


def _looked_at_again(claim: Claim, deadline: float) -> Verdict | None:
    """A refutation of what nothing proved, from more points than are tried at first."""
    with METER.at_most(SECOND_LOOK):
        struck = attack(claim, deadline=deadline, effort=SECOND_EFFORT)
    return Refuted(struck.witness) if struck.witness is not None and recheck(claim, struck) else None


def _proved_from_start(claim: Claim, bench: Workbench, struck: Attack, deadline: float) -> Verdict | None:
    """A step proved from the equations alone: lines before it may be wrong, and no number meets those."""
    if claim.start is None or not _shown_from_start(claim, bench, deadline):
        return None
    verdict = _weighed_again(claim.start, claim.context, bench, struck)
    if verdict is None:
        return None
    return replace(verdict, untested=struck.note) if isinstance(verdict, Proved) and not struck.agreed else verdict


def _weighed_again(statement: Statement, context: Context, bench: Workbench, struck: Attack) -> Verdict | None:
    """The verdict on what was shown just now; none where the time is up before it is shown once more."""
    try:
        return _weighed(statement, context, prover.search(bench, statement), bench, struck)
    except (TooHard, ZeroDivisionError, RecursionError):
        return None


def _proved_as_worked_out(
    claim: Claim, statement: Statement, bench: Workbench, struck: Attack, deadline: float
) -> Verdict | None:
    """A step proved with the equations that it solves as the author has worked them out, where these are shown to be
    the same; first from them alone, as the lines before it may be wrong."""
    if not claim.worked_out or not isinstance(statement, Step) or statement is not claim.statement or statement.both:
        return None
    written = tuple(
        after
        for before, after in claim.worked_out
        if before in statement.hypotheses
        and before.right == after.right
        and _shown(bench, Equal(before.left, after.left), deadline, FROM_START)
    )
    lines = not struck.agreed and _rests_on_lines(claim, statement)
    for step in (claim.start, statement) if written else ():
        if not isinstance(step, Step) or step.conclusions != statement.conclusions:
            continue  # the line against the start of its chain is another one
        more = replace(step, hypotheses=(*step.hypotheses, *written))
        if not _shown(bench, more, deadline, FROM_START):
            continue
        verdict = _weighed_again(more, claim.context, bench, struck)
        if isinstance(verdict, Proved):
            return replace(verdict, untested=struck.note, on_lines=lines and step is statement) if lines else verdict
    return None


def _refuted_from_start(claim: Claim, statement: Statement, struck: Attack, deadline: float) -> Verdict | None:
    """A step whose lines before it no number met (one of them may be wrong), refuted as a consequence of the equations
    that are solved: the answer if nothing proves it from those lines."""
    if struck.witness is not None or struck.agreed or not _rests_on_lines(claim, statement) or claim.start is None:
        return None
    start = Claim(claim.id, claim.start, claim.context)
    with METER.at_most(FROM_START):
        found = attack(start, deadline=deadline)
    return Refuted(found.witness) if found.witness is not None and recheck(start, found) else None


def _is_excluded(statement: Statement, verdict: Proved, witness: Witness) -> bool:
    """Whether a counterexample is one that the printed conditions exclude: an optimum at the edge of its domain."""
    return isinstance(statement, Optimum) and bool(verdict.conditions) and witness.note.endswith(OUTSIDE)


def _searched(statement: Statement, context: Context, bench: Workbench) -> Evidence | None:
    if isinstance(statement, Value):
        return Enclosure()
    return prover.search(bench, statement)


def _weighed(
    statement: Statement, context: Context, evidence: Evidence | None, bench: Workbench, struck: Attack | None
) -> Verdict:
    """The verdict that evidence makes, once it is checked."""
    if evidence is None:
        return Undecided(_reason(struck, "no rule reduced it"))
    if isinstance(statement, Value):
        if not (isinstance(evidence, Enclosure) and confirms(statement, context)):
            return Undecided(_reason(struck, "the value could not be enclosed within the printed digits"))
        return Proved("all sizes", (), str(evidence))
    if not prover.check(bench, statement, evidence):
        return Undecided(_reason(struck, "the evidence did not stand"))
    conditions = _conditions(statement, bench)
    if _impossible(conditions, bench):
        return Undecided(_reason(struck, "it is undefined for every admissible value"))
    found = [("multiplier", value) for value in evidence.multipliers] if isinstance(evidence, Stationary) else []
    return Proved("all sizes", _printed(statement, conditions, bench), str(evidence), tuple(found))


def _reason(struck: Attack | None, why: str) -> str:
    if struck is None:
        return why
    tried = f"agrees at {struck.agreed} random points" if struck.agreed else struck.note or "no point could be tried"
    return f"{why}; {tried}"


def _conditions(statement: Statement, bench: Workbench) -> list[Condition]:
    """What must hold for the statement to mean anything, beyond what is declared."""
    asked = [condition for term in terms_of(statement) for condition in bench.conditions(term)]
    return [condition for condition in dict.fromkeys(asked) if not bench.known(condition)]


def _printed(statement: Statement, conditions: list[Condition], bench: Workbench) -> tuple[Term, ...]:
    """The conditions of a proof, each once, those of the domain of an optimum first."""
    found = domains.conditions(bench, statement) if isinstance(statement, Optimum) else []
    return tuple(dict.fromkeys([*found, *(condition.relation for condition in conditions)]))


def _impossible(conditions: list[Condition], bench: Workbench) -> bool:
    """Whether the declarations rule out what a statement asks for."""
    against = {">": ">=", ">=": ">"}
    for condition in conditions:
        relation = condition.relation
        if relation.op in against:
            opposite = Rel(against[relation.op], Op("neg", (relation.left,)), relation.right)
            if bench.known(replace(condition, relation=opposite)):
                return True
    return False


def _misfit(statement: Statement, context: Context) -> Verdict | None:
    """Terms without a shape are unread; two sides of different shapes are refuted by their shapes."""
    try:
        shapes = [shape_of(term, context) for term in terms_of(statement)]
    except ShapeError as problem:
        return Unread(str(problem))
    if isinstance(statement, Step) and any(_differ_in_shape(given, context) for given in statement.hypotheses):
        return Undecided("it rests on a line whose two sides have different shapes")
    stated = statement.conclusions if isinstance(statement, Step) else (statement,)
    for relation in stated:
        if isinstance(relation, Equal | Rel) and _differ_in_shape(relation, context):
            witness = _shape_witness(shape_of(relation.left, context), shape_of(relation.right, context))
            return Refuted(witness, reason="the two sides have different shapes")
    if isinstance(statement, HasShape) and shapes[0] != statement.shape:
        return Refuted(_shape_witness(shapes[0], statement.shape), reason="it has another shape")
    return None


def _differ_in_shape(relation: Equal | Rel, context: Context) -> bool:
    """Whether two sides have different shapes; the number zero has any."""
    left, right = relation.left, relation.right
    if any(isinstance(side, Num) and side.value == 0 for side in (left, right)):
        return False
    return shape_of(left, context) != shape_of(right, context)


def _shape_witness(left: Shape, right: Shape) -> Witness:
    names = sorted({name for shape in (left, right) for e in shape for name in e.names})
    sizes = {name: n + 2 for n, name in enumerate(names)}
    one, two = (_concrete(shape, sizes) for shape in (left, right))
    return Witness(sizes, {}, one, two, f"shapes: {show_shape(left)} and {show_shape(right)}")


def _concrete(shape: Shape, sizes: dict[str, int]) -> str:
    return show_shape(tuple(Extent.of(e.value(sizes)) for e in shape))


def _bench(context: Context, deadline: float) -> Workbench:
    """The workbench of a context; those of the last few contexts are kept, also for others that say the same."""
    known = next((bench for bench in _BENCHES if bench.context.says_the_same_as(context)), None) or Workbench(context)
    _BENCHES[:] = [*(bench for bench in _BENCHES if bench is not known), known][-4:]
    known.until(deadline)
    return known


__all__ = [
    "afresh",
    "as_carried",
    "carried",
    "check_evidence",
    "judge",
    "judge_briefly",
    "misshapen",
    "proves",
    "relying",
    "turn_to",
    "unanswered",
    "unread",
]
