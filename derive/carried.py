"""Mistakes that are carried over: lines that rest on a line that is false, and what becomes of them without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from derive.language.claims import Claim, Compare, Equal, Statement, Step
from derive.language.dependencies import mentioned
from derive.language.terms import Apply, Deriv, Num, Rel, Sym, Term, rebuild, subterms
from derive.language.verdicts import Proved, Refuted
from derive.render.record import Result

NEAREST = 3
"""How many of the false lines above it a false line is held against."""

Said = tuple[str, Rel]
"""A file, and a relation that a line in it states."""


@dataclass(frozen=True)
class Wrong:
    """A relation that is false or may be: from which ``line`` the mistake comes, which claim states it, and what that
    itself rests on."""

    line: int
    number: int
    rests_on: tuple[Rel, ...] = ()


@dataclass
class Carried:
    """Which of some claims rest on lines that are false (``resting``, each with the line where the mistake is made),
    and what may be ``wrong``: at first everything that such a line states."""

    claims: Sequence[Claim]
    resting: dict[int, int] = field(default_factory=dict)
    wrong: dict[Said, Wrong] = field(default_factory=dict)

    @classmethod
    def found(cls, claims: Sequence[Claim], results: Sequence[Result]) -> Carried:
        """What rests on lines that were refuted, directly, or by lines that do."""
        found = cls(claims)
        stem, broken = "", 0
        for number, (claim, result) in enumerate(zip(claims, results, strict=True)):
            here = claim.id.rpartition(".")[0]
            broken = broken if here == stem else 0
            stem = here
            broken = found._add(number, claim, result) or broken
            first, last = found._chain(number) if broken else (None, None)
            if first is not None and last is not None:
                found._suspect(number, Equal(first, last), broken)
        return found

    def _add(self, number: int, claim: Claim, result: Result) -> int:
        """Take note of a line; the line where the mistake is made, if it is false or rests on a false one."""
        causes = [self.wrong[claim.file, each].line for each in self._under(number)]
        if isinstance(verdict := result.verdict, Refuted):
            self._suspect(number, claim.statement, claim.line)
            return claim.line
        if causes and not (isinstance(verdict, Proved) and verdict.everywhere):
            self.resting[number] = causes[0]
            self._suspect(number, claim.statement, causes[0])
            return causes[0]
        if isinstance(verdict, Proved):
            for relation in stated_by(claim.statement):
                self.wrong.pop((claim.file, relation), None)
        return 0

    def _suspect(self, number: int, statement: Statement, line: int) -> None:
        file, rests_on = self.claims[number].file, hypotheses_of(self.claims[number].statement)
        for relation in stated_by(statement):
            self.wrong.setdefault((file, relation), Wrong(line, number, rests_on))

    def _under(self, number: int) -> list[Rel]:
        """What a step of a document rests on that may be false: lines before it, not the equations that are solved, nor
        what is supposed. What stands before an arrow is the line next above."""
        claim = self.claims[number]
        if not claim.text or not isinstance(claim.statement, Step) or claim.statement.both:
            return []
        given = hypotheses_of(claim.start) if claim.start is not None else ()
        found: list[Rel] = []
        for relation in claim.statement.hypotheses:
            wrong = self.wrong.get((claim.file, relation))
            if wrong is None or relation in given or (claim.start is None and wrong.number != number - 1):
                continue
            found.append(relation)
        return found

    def without(self, number: int) -> Claim:
        """A line that rests on false ones, as it follows from the others, and from what these rest on."""
        claim = self.claims[number]
        under = self._under(number)
        readings = tuple(dict.fromkeys(self._stripped(claim, each, under) for each in claim.readings))
        statement = readings[0] if readings else self._stripped(claim, claim.statement, under)
        return replace(claim, statement=statement, readings=readings if len(readings) > 1 else ())

    def from_start(self, number: int) -> Claim | None:
        """A later link of a chain of equations that rests on false lines, against the chain's start, without those."""
        claim = self.claims[number]
        first, last = self._chain(number)
        if first is None or last is None or claim.readings[1:]:
            return None
        whole = Step(hypotheses_of(claim.statement), (Rel("=", first, last),))
        return replace(claim, statement=self._stripped(claim, whole, self._under(number)), readings=(), start=None)

    def _chain(self, number: int) -> tuple[Term | None, Term | None]:
        """The first side of a chain of equations, and the last one of one of its later links."""
        stem = self.claims[number].id.rpartition(".")[0]
        stated = stated_by(self.claims[number].statement)
        if len(stated) != 1 or stated[0].op != "=":
            return None, None
        first = stated[0].left
        above = number - 1
        while above >= 0 and self.claims[above].id.rpartition(".")[0] == stem:
            before = stated_by(self.claims[above].statement)
            if len(before) != 1 or before[0].op != "=" or before[0].right != first:
                return None, None
            first, above = before[0].left, above - 1
        return (None, None) if above == number - 1 else (first, stated[0].right)

    def _stripped(self, claim: Claim, statement: Statement, under: Sequence[Rel]) -> Statement:
        if not isinstance(statement, Step):
            return statement
        grounds = [each for relation in under for each in self._grounds(claim.file, relation)]
        kept = dict.fromkeys(each for each in (*statement.hypotheses, *grounds) if each not in under)
        if kept or len(statement.conclusions) != 1:
            return replace(statement, hypotheses=tuple(kept))
        return _plain(statement.conclusions[0])

    def _grounds(self, file: str, relation: Rel) -> list[Rel]:
        """What a false line rests on that is not false, as far as its own grounds reach."""
        found: list[Rel] = []
        met, stack = {relation}, [relation]
        while stack:
            wrong = self.wrong.get((file, stack.pop()))
            for each in wrong.rests_on if wrong is not None else ():
                if each not in met:
                    met.add(each)
                    (stack if (file, each) in self.wrong else found).append(each)
        return found

    def clear(self, proved: Mapping[int, Sequence[Claim]]) -> list[int]:
        """Take what was proved without the false lines to be right after all, for each line that rests on some; the
        numbers of the others, where they rest on that."""
        right = {
            (each.file, relation)
            for found in proved.values()
            for each in found
            for relation in stated_by(each.statement)
        }
        again = [
            number
            for number in self.resting
            if number not in proved and any((self.claims[number].file, each) in right for each in self._under(number))
        ]
        self.wrong = {said: wrong for said, wrong in self.wrong.items() if said not in right}
        return again


def restatements(claims: Sequence[Claim], results: Sequence[Result]) -> Iterator[tuple[int, int, Claim]]:
    """For each false line the false lines above it that it may follow from, nearest first: the numbers of both, and a
    claim that holds if it does."""
    above: list[int] = []
    false: set[Said] = set()
    for number, (claim, result) in enumerate(zip(claims, results, strict=True)):
        if not isinstance(result.verdict, Refuted) or not claim.text:
            continue
        near = [each for each in reversed(above) if _may_follow(claim, claims[each])][:NEAREST]
        rest = tuple(each for each in hypotheses_of(claim.statement) if (claim.file, each) not in false)
        for each in near:
            made = _made_of(claim, claims[each], rest)
            if made is not None:
                yield number, each, replace(claim, statement=made, readings=(), start=None)
        false.update((claim.file, relation) for relation in stated_by(claim.statement))
        if not claim.readings[1:] and len(stated_by(claim.statement)) == 1:
            above.append(number)


def _made_of(claim: Claim, other: Claim, rest: tuple[Rel, ...]) -> Statement | None:
    """What holds if a line follows from another, false one, and from the ``rest`` of what it may rest on. Where the
    other says what a derivative is, or something defined, that is put in its place; else it is an equation. The
    derivatives that are set to zero are no part of it: a false solution is at odds with them, and anything follows."""
    (given,), (said,) = stated_by(other.statement), stated_by(claim.statement)
    if _is_determined(given.left, other) and not _is_solved(given, other):
        changed = _with(said, given.left, given.right)
        if given.op != "=" or changed == said:
            return None
        return Step(rest, (changed,)) if rest else _plain(changed)
    plain = [each for each in rest if not any(isinstance(part, Deriv) for part in subterms(each))]
    return Step((*plain, given), (said,))


def _is_solved(given: Rel, other: Claim) -> bool:
    """Whether a false line is an equation on the way to a solution: what is sought in it may be chosen to meet it."""
    zero = isinstance(given.right, Num) and given.right.value == 0
    return isinstance(other.statement, Step) and zero and not isinstance(given.left, Deriv)


def _is_determined(term: Term, claim: Claim) -> bool:
    """Whether a side is worth something that nothing else may say: a derivative, or what has a definition."""
    symbols, functions = claim.context.symbols, claim.context.functions
    for part in subterms(term):
        match part:
            case Deriv():
                return True
            case Sym(name=name) if name in symbols and symbols[name].definition is not None:
                return True
            case Apply(name=name) if name in functions and functions[name].body is not None:
                return True
    return False


def _with(relation: Rel, old: Term, new: Term) -> Rel:
    return Rel(relation.op, _replaced(relation.left, old, new), _replaced(relation.right, old, new))


def _replaced(term: Term, old: Term, new: Term) -> Term:
    return new if term == old else rebuild(term, lambda part: _replaced(part, old, new))


def _plain(relation: Rel) -> Statement:
    """A relation as a claim of its own."""
    if relation.op == "=":
        return Equal(relation.left, relation.right)
    return Compare(relation.op, relation.left, relation.right)


def _may_follow(claim: Claim, other: Claim) -> bool:
    """Whether a line is about quantities of another line, which mean the same in both, where the other is claimed."""
    if claim.file != other.file or claim.readings[1:] or claim.expect != other.expect or claim.line == other.line:
        return False
    if len(stated_by(claim.statement)) != 1:
        return False
    if not _stands_alone(claim) or not _is_claimed(other, claim):
        return False
    here, there = (
        {name for relation in stated_by(each.statement) for name in mentioned(each.context, relation)}
        for each in (claim, other)
    )
    one, two = claim.context, other.context
    return bool(here & there) and all(
        one.symbols.get(name) is two.symbols.get(name) and one.functions.get(name) is two.functions.get(name)
        for name in there
    )


def _stands_alone(claim: Claim) -> bool:
    """Whether a line is no later link of a chain, which is held against the chain's start, nor said under a
    supposition."""
    if isinstance(claim.statement, Step) and claim.start is None:
        return False
    return claim.start is None or stated_by(claim.start) == stated_by(claim.statement)


def _is_claimed(other: Claim, claim: Claim) -> bool:
    """Whether what one line states is claimed where another stands: in general, or of the same equations."""
    if not isinstance(other.statement, Step):
        return True
    return other.start is not None and {*hypotheses_of(other.start)} <= {*hypotheses_of(claim.statement)}


def hypotheses_of(statement: Statement) -> tuple[Rel, ...]:
    """What a statement rests on."""
    return statement.hypotheses if isinstance(statement, Step) else ()


def stated_by(statement: Statement) -> tuple[Rel, ...]:
    """The relations that hold if a statement does."""
    match statement:
        case Step(conclusions=conclusions):
            return conclusions
        case Equal(left, right):
            return (Rel("=", left, right),)
        case Compare(op, left, right):
            return (Rel(op, left, right),)
    return ()


def follows(result: Result) -> bool:
    """Whether a line was shown to follow from another, which some numbers meet: from what none meets anything does."""
    return isinstance(verdict := result.verdict, Proved) and not verdict.untested


__all__ = ["Carried", "follows", "hypotheses_of", "restatements", "stated_by"]
