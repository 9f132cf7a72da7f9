"""What would be right: a refuted line with one slip of its author mended (or two), proved before it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from math import inf

from derive.judge import afresh, judge, misshapen, proves
from derive.language.claims import (
    Claim,
    Compare,
    Equal,
    HasShape,
    Misshapen,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
    Written,
    gives_itself,
    sides_of,
    with_solved_before,
)
from derive.language.context import Context
from derive.language.edits import edits
from derive.language.effort import METER, SECOND, is_over
from derive.language.extents import Shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import At, Deriv, Num, Op, Rel, Sym, Term, subterms
from derive.language.verdicts import Refuted, Verdict
from derive.read import syntax as s
from derive.read.adjoints import as_known
from derive.read.documents.text.written import shown
from derive.read.errors import ReadError
from derive.read.latex import node_readings, side_readings
from derive.read.parser import parse
from derive.read.slips import Change, Slip, cancels, differences, plainer, rank, slips, variables
from derive.read.spaces import read_space
from derive.refute.moments import as_normal
from derive.refute.trials import Trials

WORK = 6.0 * SECOND
"""How much work is spent at most on looking for a repair, beside reading."""

READ = 200
UNREAD = 500
"""How many texts that have a meaning are tried at most, and how many that turn out to have none."""

PROVING = 10
"""As how many of these an attempt at a proof counts."""

SINGLES = 0.9
"""The part of this work after which single slips are given up for pairs of them."""

PROOF = 3.0 * SECOND
SHARE = 0.5
"""With how much work one repair must be proved, and with what part of the work that is left."""

PAIRED = 80
MOST_TIDIED = 3
"""How many needless marks are taken out of a correction."""
UNLIKELIEST = 5
"""How many of the likeliest slips are tried as the first of two, and how unlikely both together may be."""


def judge_and_repair(claim: Claim, deadline: float) -> Verdict:
    """The verdict on a claim; one that is refuted comes with a proved repair, if one or two edits make one.

    What is expected to be refuted and is not a line of a document needs none.
    """
    verdict = judge(claim, deadline)
    if isinstance(claim.statement, Misshapen):
        found = corrected(claim, claim.written, deadline) if claim.written is not None else None
        return verdict if found is None else misshapen(verdict, claim, *found)
    return mended(claim, verdict, deadline) if is_correctable(claim, verdict) else verdict


def is_correctable(claim: Claim, verdict: Verdict) -> bool:
    """Whether a correction is sought: of what is refuted in its only reading, unless it is a stranger's mistake that is
    quoted."""
    if not isinstance(verdict, Refuted) or claim.readings[1:] or isinstance(claim.statement, Misshapen):
        return False
    return claim.written is not None or claim.expect != "refuted"


def mended(claim: Claim, verdict: Verdict, deadline: float) -> Verdict:
    """The verdict on a claim that is refuted, with a proved repair if there is one."""
    if not isinstance(verdict, Refuted):
        return verdict
    with METER.at_most(WORK):
        return _mended(claim, verdict, deadline)


def mended_afresh(claim: Claim, verdict: Verdict, deadline: float) -> Verdict:
    """The same, whatever else was judged in this process before."""
    with afresh():
        return mended(claim, verdict, deadline)


def _mended(claim: Claim, verdict: Refuted, deadline: float) -> Verdict:
    claim = replace(claim, solved_before=()) if gives_itself(claim) else with_solved_before(claim)
    if claim.written is not None:
        found = (
            turned(claim, claim.written, deadline)
            or reprinted(claim, claim.written, verdict, deadline)
            or corrected(claim, claim.written, deadline)
        )
        if found is not None:
            return replace(verdict, suggestion=found[1], instead_of=found[0])
    if claim.expect == "refuted" or _is_right(claim, Trials(claim.context), deadline):
        return verdict
    term = repaired(claim, deadline)
    return verdict if term is None else replace(verdict, suggestion=term)


def _is_proved(claim: Claim, deadline: float) -> bool:
    """Whether a repair is proved with the work that one may take."""
    with METER.at_most(PROOF, share=SHARE):
        return proves(claim, deadline)


def _is_right(claim: Claim, trials: Trials, deadline: float) -> bool:
    """Whether a line agrees with the start of its chain, or with another line above: then the mistake is not in it."""
    above = claim.written.above if claim.written is not None else ()
    right = _right(claim.statement)
    lines = [claim.start] if claim.start is not None and not _is_stronger(claim.start, claim.statement) else []
    lines += [Equal(term, right) for term in above if right is not None and isinstance(claim.statement, Equal)]
    others = [line for line in lines if line != claim.statement]
    return any(_outlives(claim, line, trials, deadline) for line in others)


def _outlives(claim: Claim, line: Statement, trials: Trials, deadline: float) -> bool:
    """Whether no number is against a line, among some that are against the claim."""
    line, stated = (as_normal(replace(claim, statement=each)).statement for each in (line, claim.statement))
    if isinstance(line, Equal | SameOptimum) and type(line) is type(stated):
        return trials.outlives(line, stated, deadline)
    return trials.survives(line, deadline)


def _is_stronger(start: Statement, statement: Statement) -> bool:
    """Whether a step says the same of less: what refutes the one refutes it too."""
    if not isinstance(start, Step) or not isinstance(statement, Step):
        return False
    return start.conclusions == statement.conclusions and {*start.hypotheses} <= {*statement.hypotheses}


# -- another relation, other digits ------------------------------------------------------------------------------------
TURNED = {"<=": (">=",), "<": (">", "<=", ">="), ">=": ("<=",), ">": ("<", ">=", "<=")}
"""What an inequality may have been meant to be, the likeliest first."""
MARKS = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge"}


def turned(claim: Claim, side: Written, deadline: float) -> tuple[str, str] | None:
    """The side with its relation, and with the one that is proved: ``≤`` where ``≥`` stands."""
    op = _relation(claim.statement)
    for other in TURNED.get(op, ()):
        changed = replace(claim, statement=_with_relation(claim.statement, other), start=None, written=None)
        trials = Trials(claim.context)
        if not trials.survives(changed.statement, deadline):
            continue
        if _is_proved(changed, deadline):
            text = " ".join(side.before.split()) if side.left else shown(side, (), side.text)[0]
            return f"{MARKS[op]} {text}", f"{MARKS[other]} {text}"
    return None


def _relation(statement: Statement) -> str:
    match statement:
        case Compare(op) | Step(conclusions=(Rel(op),)):
            return op
    return ""


def _with_relation(statement: Statement, op: str) -> Statement:
    match statement:
        case Compare():
            return replace(statement, op=op)
        case Step(conclusions=(conclusion,)):
            return replace(statement, conclusions=(replace(conclusion, op=op),))
    return statement


def reprinted(claim: Claim, side: Written, verdict: Refuted, deadline: float) -> tuple[str, str] | None:
    """A printed decimal, and the one with as many digits that is right."""
    statement = claim.statement
    if not isinstance(statement, Value) or len(statement.printed) != 1 or len(statement.printed[0]) != 1:
        return None
    printed = statement.printed[0][0]
    plain = printed.removeprefix("-")
    at = side.text.find(plain)
    try:
        value = Decimal(verdict.witness.left)
        right = str(abs(value.quantize(Decimal(plain))))  # with as many places as are printed
    except (InvalidOperation, TypeError):
        return None
    if at < 0 or value.is_signed() != printed.startswith("-"):
        return None
    new = f"-{right}" if value.is_signed() else right
    changed = replace(claim, statement=replace(statement, printed=((new,),)), start=None, written=None)
    if not _is_proved(changed, deadline):
        return None
    return shown(side, ((at, at + len(plain), right),), side.text[:at] + right + side.text[at + len(plain) :])


# -- the author's own text ---------------------------------------------------------------------------------------------
def corrected(claim: Claim, side: Written, deadline: float) -> tuple[str, str] | None:
    """The author's side and the same with a slip mended, for which the line is proved; ``None`` if none is found.

    Every slip makes a text, which is read again as the author's would be: so what is shown is what was proved. It is
    tried in numbers first; only what no number refutes is given to the prover.
    """
    if side.left and isinstance(_left(claim.statement), Deriv):
        return None  # that a derivative is zero: the mistake is the zero
    search = _Search.of_misshapen(claim, side) if isinstance(claim.statement, Misshapen) else _Search.of(claim, side)
    if search is None:
        return None
    if not isinstance(claim.statement, Misshapen):
        search.trials.learn(as_normal(claim), deadline)
    if _is_right(claim, search.trials, deadline):
        return None
    changes = search.found(deadline)
    if changes is None:
        return None if side.left else _other_variable(claim, side, search.trials, deadline)
    text = Slip("", changes).applied(side.text)
    plain = search.tidied(text, deadline)
    return shown(side, changes if plain == text else differences(side.text, plain), plain)


def _other_variable(claim: Claim, side: Written, trials: Trials, deadline: float) -> tuple[str, str] | None:
    """The left side with a derivative in another quantity, where the right side is right for that."""
    if not isinstance(claim.statement, Equal) or claim.start not in (None, claim.statement):
        return None
    left = Written(side.before, side.text, left=True)
    try:
        search = _Search(claim, left, parse(left.text), trials, {left.text})
    except ReadError:
        return None
    for slip in variables(search.node, left.text, claim.context):
        if is_over(deadline):
            break
        text = slip.applied(left.text)
        if _is_in_itself(text, claim.context):
            continue
        if search.holds(text, deadline) in ("start", "line"):
            return shown(left, slip.changes, text)
    return None


@dataclass
class _Search:
    """The search for a repair of one line: what it states, its side as a tree, and what was tried."""

    claim: Claim
    side: Written
    node: s.Node
    trials: Trials
    tried: set[str] = field(default_factory=set)
    read: int = 0
    unread: int = 0

    @classmethod
    def of(cls, claim: Claim, side: Written) -> _Search | None:
        """The search, if the line is of a kind that can be mended and its text is read again as it was."""
        try:
            found = cls(claim, side, parse(side.text), Trials(as_normal(claim).context), {side.text})
            stated = found.stated(side.text)
        except (ReadError, ShapeError):
            return None
        return found if any(claim.statement in each for each in stated) else None

    @classmethod
    def of_misshapen(cls, claim: Claim, side: Written) -> _Search | None:
        """The search for a side that has no shape: no reading of it can be compared with what was read."""
        try:
            return cls(claim, side, parse(side.text), Trials(claim.context), {side.text})
        except ReadError:
            return None

    def found(self, deadline: float) -> tuple[Change, ...] | None:
        """What mends the likeliest slip that is proved: against the start of the chain, else against the line above."""
        singles = slips(self.node, self.side.text, self.side.before, self.claim.context)
        if _relation(self.claim.statement) in TURNED or isinstance(self.claim.statement, HasShape):
            singles = tuple(
                slip for slip in singles if not _negates(slip, self.side.text)
            )  # true, and not what was meant
        second: Slip | None = None
        for slip in singles:
            if is_over(deadline) or self.done >= SINGLES:
                break
            held = self.holds(slip.applied(self.side.text), deadline)
            if held == "copy":
                return None
            if held == "start" and self._keeps_value(slip.applied(self.side.text), deadline):
                return slip.changes
            second = second or (slip if held else None)
        if second is not None:
            return second.changes
        if isinstance(self.claim.statement, Compare | Misshapen):
            return None
        texts = self._twice(singles, deadline)
        found = next((text for text in texts if self.holds(text, deadline) in ("start", "line")), None)
        return None if found is None else differences(self.side.text, found)

    @property
    def done(self) -> float:
        """How much of the work allowed is done: it is counted, so that the answer does not depend on the machine."""
        return max(self.read / READ, self.unread / UNREAD)

    def _twice(self, singles: Sequence[Slip], deadline: float) -> Iterator[str]:
        """The side with two slips mended, one after the other, the likeliest first. What the first alone leaves
        without a shape may have one after the second."""
        after = [(rank(slip), slip.applied(self.side.text)) for slip in singles[:PAIRED]]
        further: dict[str, tuple[Slip, ...]] = {}
        for total in range(UNLIKELIEST + 1):
            for first, text in after:
                if first > total or is_over(deadline) or self.done >= 1:
                    continue
                if text not in further:
                    further[text] = self._further(text)
                for slip in further[text]:
                    if rank(slip) == total - first and not is_over(deadline) and self.done < 1:
                        yield slip.applied(text)

    def _further(self, text: str) -> tuple[Slip, ...]:
        try:
            return slips(parse(text), text, self.side.before, self.claim.context)
        except ReadError:
            return ()

    def holds(self, text: str, deadline: float) -> str:
        """Against what the line is proved with this text as its side: the start of its chain, the line above, or
        nothing; ``copy`` says that it is the other side again, which tells its author nothing."""
        if text in self.tried:
            return ""
        self.unread += 1
        try:
            stated = () if cancels(parse(text)) else self.stated(text)
        except (ReadError, ShapeError):
            return ""
        if not stated or not all(stated):
            return ""
        self.read, self.unread = self.read + 1, self.unread - 1
        if any(_is_copy(readings[0]) for readings in stated):
            return "copy"
        self.tried.add(text)
        alternatives = tuple(zip(*stated, strict=True))
        alive = [readings for readings in alternatives if self._survive(readings, deadline)]
        self.read += PROVING * len(alive)
        if not any(self.proved(readings, deadline) for readings in alive) or self._is_hidden_zero(text):
            return ""
        if any(self._is_copy(plain) for plain in plainer(text)):
            return "copy"
        return "start" if alternatives[-1] in alive else "line"

    def _keeps_value(self, text: str, deadline: float) -> bool:
        """Whether a line that gives the best place of something gives its value too: so the author worked it out, if
        one slip says so. Others may share no more than the place."""
        statement = self.claim.statement
        if not isinstance(statement, SameOptimum):
            return True
        return any(
            isinstance(line, SameOptimum) and self.proved((Equal(line.left, line.right),), deadline)
            for readings in self.stated(text)
            for line in readings
        )

    def _is_copy(self, text: str) -> bool:
        try:
            return any(_is_copy(readings[0]) for readings in self.stated(text) if readings)
        except (ReadError, ShapeError):
            return False

    def _is_hidden_zero(self, text: str) -> bool:
        """Whether a side that is no more than 0 is not written so."""
        if not isinstance(self.claim.statement, Equal) or text.strip(" .,;") == "0":
            return False
        rights = [_right(readings[0]) for readings in self.stated(text)]
        zero = Num(Fraction(0))
        return any(
            right is not None and self.trials.survives(self._in_numbers(Equal(right, zero)), inf) for right in rights
        )

    def tidied(self, text: str, deadline: float) -> str:
        """A text that holds without the needless marks that its correction leaves: brackets around one thing, a divisor
        that is one."""
        for _ in range(MOST_TIDIED):
            found = (each for each in plainer(text) if self._is_left_over(text, each))
            plain = next((each for each in found if self._still_holds(text, each, deadline)), None)
            if plain is None:
                break
            text = plain
        return text

    def _is_left_over(self, text: str, plain: str) -> bool:
        """Whether the marks that a plainer text lacks stand around or within what was corrected, not elsewhere in the
        author's text."""
        marks = [(start, stop) for start, stop, _ in differences(text, plain)]
        first, last = min(start for start, _ in marks), max(stop for _, stop in marks)
        return any(
            start < last and first < max(stop, start + 1) for start, stop, _ in differences(text, self.side.text)
        )

    def _still_holds(self, text: str, plain: str, deadline: float) -> bool:
        try:
            same = self.stated(text) == self.stated(plain)
        except (ReadError, ShapeError):
            return False
        return same or self.holds(plain, deadline) in ("start", "line")

    def _survive(self, readings: tuple[Statement, ...], deadline: float) -> bool:
        return all(self.trials.survives(self._in_numbers(reading), deadline) for reading in readings)

    def _in_numbers(self, statement: Statement) -> Statement:
        """A statement as it is tried in numbers: for one density that meets what is assumed of an unknown one."""
        if self.trials.context is self.claim.context:
            return statement
        return as_normal(replace(self.claim, statement=statement)).statement

    def proved(self, readings: tuple[Statement, ...], deadline: float) -> bool:
        """Whether a statement is proved in all its readings."""
        several = readings if len(readings) > 1 else ()
        changed = replace(self.claim, statement=readings[0], readings=several, start=None, written=None)
        return _is_proved(changed, deadline)

    def stated(self, text: str) -> tuple[tuple[Statement, ...], ...]:
        """For every reading of a side what the line states with it: the line itself, and the line against the start of
        its chain. Nothing for a reading that says nothing."""
        statement, context = self.claim.statement, self.claim.context
        if isinstance(statement, HasShape):
            return ((replace(statement, shape=read_space(parse(text), context)),),)
        if self.wanted is None:
            return ()
        terms = (as_known(term, context) for term in side_readings(text, context, self.wanted))
        return tuple(self._lines(term) for term in terms)

    @cached_property
    def wanted(self) -> Shape | None:
        """The shape of the other side; ``None`` if there is no other."""
        other = _right(self.claim.statement) if self.side.left else _left(self.claim.statement)
        return None if other is None else shape_of(other, self.claim.context)

    def _lines(self, term: Term) -> tuple[Statement, ...]:
        statement, start = self.claim.statement, self.claim.start
        if self.side.left:
            return self._equation(term)
        if not _says_something(statement, term):
            return ()
        line = _with_right(statement, term)
        whole = line if start is None else _with_right(start, term)
        return (line,) if whole == line else (line, whole)

    def _equation(self, term: Term) -> tuple[Statement, ...]:
        """``f = 0`` with another f, unless that is zero whatever is solved."""
        match self.claim.statement:
            case Equal() as line:
                return (replace(line, left=term),)
            case Step(conclusions=(Rel(right=right) as relation,)) as step:
                if self.trials.survives(Equal(term, right), inf):
                    return ()
                return (replace(step, conclusions=(replace(relation, left=term),)),)
        return ()


def _is_in_itself(text: str, context: Context) -> bool:
    """Whether something is differentiated in itself: that says nothing of what it is made of."""
    try:
        terms = [typed.term for typed in node_readings(parse(text), context)]
    except ReadError:
        return False
    return any(isinstance(term, Deriv) and term.body == term.wrt for term in terms)


def _is_copy(statement: Statement) -> bool:
    """Whether both sides are the same."""
    left = _left(statement)
    return left is not None and left == _right(statement)


def _negates(slip: Slip, text: str) -> bool:
    """Whether a slip puts a sign before a side as a whole."""
    return slip.applied(text).strip() in (f"-{text.strip()}", f"- {text.strip()}", f"-({text.strip()})")


def _says_something(statement: Statement, right: Term) -> bool:
    """Whether a side is not in terms of the very thing that it is to give."""
    left, old = _left(statement), _right(statement)
    if isinstance(statement, Misshapen):
        return right != left
    if left is None or old is None or (right == left and not isinstance(statement, Equal | SameOptimum)):
        return False
    return not isinstance(left, Sym) or left.name in _names(old) or left.name not in _names(right)


def _names(term: Term) -> frozenset[str]:
    return frozenset(part.name for part in subterms(term) if isinstance(part, Sym))


def _left(statement: Statement) -> Term | None:
    return sides_of(statement)[0]


def _right(statement: Statement) -> Term | None:
    return None if isinstance(statement, WellDefined) else sides_of(statement)[1]


def _with_right(statement: Statement, right: Term) -> Statement:
    """The same statement of another right side."""
    match statement:
        case Equal() | Compare() | SameOptimum():
            return replace(statement, right=right)
        case Step(conclusions=(conclusion,)):
            return replace(statement, conclusions=(replace(conclusion, right=right),))
        case Misshapen(left):
            return Equal(left, right)
    return statement


# -- terms, where no text is known -------------------------------------------------------------------------------------
def repaired(claim: Claim, deadline: float) -> Term | None:
    """The right side, one edit away from the stated one, for which the claim is proved; ``None`` if there is none in
    time."""
    statement = claim.statement
    if not isinstance(statement, Equal | Compare) or isinstance(statement.right, At):
        return None  # nobody wrote a value at a place: what was written is inside of it
    if _is_of_a_case(statement):
        return None  # nor the case in which both sides are meant
    trials = Trials(claim.context)
    seen = {statement.right}
    for edit in edits(statement.right, claim.context):
        if is_over(deadline):
            return None
        trivial = edit.term == statement.left and (claim.written is not None or not isinstance(statement, Equal))
        if edit.term in seen or trivial or not _fits(edit.term, claim):
            continue
        seen.add(edit.term)
        changed = replace(claim, statement=_with_right(statement, edit.term), readings=(), start=None)
        if not trials.survives(changed.statement, deadline):
            continue
        if _is_proved(changed, deadline):
            return edit.term
    return None


def _is_of_a_case(statement: Equal | Compare) -> bool:
    """Whether both sides are zero outside one case."""
    match statement.left, statement.right:
        case Op("mul", (Op("indicator") as here, _)), Op("mul", (Op("indicator") as there, _)):
            return here == there
    return False


def _fits(term: Term, claim: Claim) -> bool:
    """Whether an edit still has the shape of what it replaces."""
    statement = claim.statement
    if not isinstance(statement, Equal | Compare):
        return False
    try:
        return shape_of(term, claim.context) == shape_of(statement.left, claim.context)
    except ShapeError:
        return False
