"""Has claims judged, each within its limits, and remembers the verdicts.

What is refuted is corrected then, and the lines of a chain that broke are held against its start.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from derive.cache import ClaimDigests, Store
from derive.carried import Carried, follows, hypotheses_of, restatements, stated_by
from derive.language.claims import Claim, Misshapen, Step
from derive.language.context import Context
from derive.language.terms import Rel
from derive.language.verdicts import Contradiction, Proved, Refuted, Unread, Verdict
from derive.render.record import Result, result_of, verdict_from_json, verdict_to_json
from derive.workers import Died, Exhausted, Finished, Outcome, Pieces, Stopped, run

TIMEOUT = 10.0
MEMORY = 2 * 2**30
GRACE = 1.0
"""Seconds beyond the time limit after which a claim that does not stop by itself is stopped."""
ENOUGH = 0.5
"""What is undecided after less than this part of its time would be so after all of it."""
CARRIED = "carried to "
"""Before the name of a line that is tried without the false ones it rests on, or as a consequence of one."""
ROUNDS = 3
"""How often lines are tried without false ones, with what was proved so."""
START = "start of "
"""Before the name of a line that is held against the start of its chain."""
CORRECTING = 40.0
"""How many claims a correction is reckoned to take as long as, where work is shared out; a long text as more."""

Judge = Callable[[Claim, float], Verdict]
"""A claim and the ``time.monotonic()`` at which to give up, to a verdict."""

Progress = Callable[[int, int], None]
"""Told how many claims are done, of how many."""


@dataclass(frozen=True)
class Limits:
    """How a run is done: seconds and bytes (``None``: any) per claim, processes, the folder of kept verdicts (``None``:
    keep none), the judge; ``kept`` remembers every result of a session, also the undecided ones. Where ``pieces`` is
    given, claims are judged by it, not in processes of their own."""

    timeout: float = TIMEOUT
    jobs: int = 0
    folder: Path | None = None
    judge: Judge | None = None
    progress: Progress | None = field(default=None, compare=False)
    kept: dict[str, Result] | None = field(default=None, compare=False)
    pieces: Pieces | None = field(default=None, compare=False)
    memory: int | None = MEMORY

    def judging(self) -> Judge:
        """The judge of this run: the program's own unless another was given."""
        if self.judge is not None:
            return self.judge
        from derive.judge import judge

        return judge

    def corrects(self) -> bool:
        """Whether what is refuted is corrected: where the program's own judge is used."""
        from derive.judge import judge

        return self.judging() is judge

    def text(self) -> str:
        """The limits of a claim, for what is kept under them."""
        return f"{self.timeout:g} s, {self.memory} bytes"

    def processes(self) -> int:
        """How many processes to use: as asked, else one for each processor this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_claims(claims: Sequence[Claim], limits: Limits, store: Store) -> list[Result]:
    """A result for each claim, in order; then what is refuted is corrected, and for chains that broke, each line is
    held against the chain's start."""
    asked = _Asked(limits, store)
    found = [asked.known(claim) for claim in claims]
    missing = [number for number, result in enumerate(found) if result is None]
    judged = _judged([claims[number] for number in missing], asked, len(claims))
    fresh = dict(zip(missing, judged, strict=True))
    results = [fresh[n] if known is None else known for n, known in enumerate(found)]
    if any(result.cut == "interrupt" for result in results):
        return _with_their_lines(claims, results)
    mended = _without_false_lines(claims, results, asked)
    results, carried = _carried_over(claims, _with_their_lines(claims, mended.results), asked)
    from_start = [mended.from_start.get(n, held) for n, held in enumerate(_from_start(claims, results))]
    doubtful = [number for number, answer in enumerate(from_start) if answer is None and claims[number].start]
    fresh_ones = dict.fromkeys((*missing, *mended.claims))
    own = [n for n in fresh_ones if n not in carried and not mended.from_start.get(n)]
    wrong = [n for n in own if asked.is_corrected(mended.of(n), results[n])]
    corrected, answers = _second_look(
        [(mended.of(number), results[number]) for number in wrong], [claims[number] for number in doubtful], asked
    )
    for number, result in zip(wrong, corrected, strict=True):
        results[number] = replace(results[number], verdict=result.verdict, seconds=result.seconds)
    for number, held in zip(doubtful, answers, strict=True):
        rests = isinstance(verdict := results[number].verdict, Proved) and verdict.on_lines
        from_start[number] = held or (False if rests else held)
    return [replace(result, follows_from_start=held) for result, held in zip(results, from_start, strict=True)]


def _with_their_lines(claims: Sequence[Claim], results: Sequence[Result]) -> list[Result]:
    """The results, where a step that rests on the lines before it stands only if each of these is decided. What follows
    from a line that was refuted follows from it, and is said to (``_from_start``)."""
    from derive.judge import relying

    shown: set[tuple[str, Rel]] = set()
    settled: list[Result] = []
    for claim, result in zip(claims, results, strict=True):
        lines = _lines_under(claim)
        verdict = relying(result.verdict, all((claim.file, line) in shown for line in lines))
        settled.append(replace(result, verdict=verdict))
        said = {(claim.file, relation) for relation in stated_by(claim.statement)}
        shown = shown | said if isinstance(verdict, Proved | Refuted) else shown - said
    return settled


def _lines_under(claim: Claim) -> tuple[Rel, ...]:
    """The lines before it that a step uses, beside the equations that are solved."""
    given = hypotheses_of(claim.start) if claim.start is not None else ()
    return tuple(line for line in hypotheses_of(claim.statement) if line not in given)


@dataclass
class _Mended:
    """Results without the lines that were refuted: what each step that rests on one is judged as then, and whether it
    holds against the start of its chain."""

    all_claims: Sequence[Claim]
    results: list[Result]
    claims: dict[int, Claim] = field(default_factory=dict)
    from_start: dict[int, bool | None] = field(default_factory=dict)

    def of(self, number: int) -> Claim:
        """What a line is judged as."""
        return self.claims.get(number, self.all_claims[number])


def _without_false_lines(claims: Sequence[Claim], results: Sequence[Result], asked: _Asked) -> _Mended:
    """The results, where a step that rests on a line that was refuted has the verdict that it has without that line.
    What is proved so may serve those that follow."""
    from derive.judge import carried

    mended = _Mended(claims, list(results))
    resting = Carried.found(claims, results) if asked.corrects else Carried(claims)
    open_ = list(resting.resting)
    for _ in range(ROUNDS):
        without = {number: resting.without(number) for number in open_}
        starts = {number: whole for number in open_ if (whole := resting.from_start(number)) is not None}
        told, held = _answers(without, asked), _answers(starts, asked)
        for number, result in told.items():
            verdict = carried(results[number].verdict, result.verdict, resting.resting[number])
            mended.results[number] = replace(results[number], verdict=verdict, given=result.given)
            mended.claims[number] = without[number]
            mended.from_start[number] = _holds(held.get(number, result))
        proved = {
            number: [
                asking[number]
                for asking, found in ((without, told), (starts, held))
                if number in found and isinstance(found[number].verdict, Proved)
            ]
            for number in told
        }
        open_ = resting.clear({number: found for number, found in proved.items() if found})
        if not open_:
            break
    return mended


def _carried_over(
    claims: Sequence[Claim], results: Sequence[Result], asked: _Asked
) -> tuple[list[Result], dict[int, int]]:
    """The results, where a false line that follows from a false line above it is said to; and the line of each."""
    from derive.judge import as_carried

    asking = list(restatements(claims, results)) if asked.corrects else []
    told = _answers({place: claim for place, (_, _, claim) in enumerate(asking)}, asked)
    settled, lines = list(results), dict[int, int]()
    for place, (number, above, _) in enumerate(asking):
        verdict = results[number].verdict
        if number not in lines and isinstance(verdict, Refuted) and place in told and follows(told[place]):
            lines[number] = lines.get(above, claims[above].line)
            settled[number] = replace(settled[number], verdict=as_carried(verdict, lines[number]))
    return settled, lines


def _answers(asking: Mapping[int, Claim], asked: _Asked) -> dict[int, Result]:
    """What is found of some claims in a time that such a question is worth; nothing of those that an interrupt came
    before."""
    known = {number: asked.known(claim, CARRIED) for number, claim in asking.items()}
    missing = [number for number, result in known.items() if result is None]
    tasks = asked.following([asking[number] for number in missing])
    with suppress(KeyboardInterrupt):
        for at, outcome in asked.outcomes(tasks) if tasks else ():
            number = missing[at]
            known[number] = result = _result(asking[number], outcome, asked.limits)
            asked.keep(asking[number], result, CARRIED)
    return {number: result for number, result in known.items() if result is not None}


def _from_start(claims: Sequence[Claim], results: Sequence[Result]) -> list[bool | None]:
    """For each line of a chain whether it holds against the start, where that is clear from the links alone."""
    answers: list[bool | None] = []
    stem, sound = "", True
    wrong: list[Rel] = []
    for claim, result in zip(claims, results, strict=True):
        here = claim.id.rpartition(".")[0]
        sound = result.word == "proved" and (sound or here != stem)
        stem = here
        if isinstance(claim.statement, Step):
            sound = result.word == "proved" and not any(each in wrong for each in claim.statement.hypotheses)
            wrong += claim.statement.conclusions if not sound else ()
        if claim.start is None:
            answers.append(None)
        elif claim.start == claim.statement:
            answers.append(_holds(result))
        else:
            answers.append(True if sound else None)
    return answers


def _holds(result: Result) -> bool | None:
    match result.verdict:
        case Proved():
            return True
        case Refuted():
            return False
    return None


def _against_start(claim: Claim) -> Claim:
    """The claim that a line of a chain holds against the chain's first side."""
    return replace(claim, statement=claim.start or claim.statement, readings=(), start=None)


# -- judging -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Task:
    """Something to find out of a claim of a ``document``; ``group`` is whose work is done by one worker in order,
    ``weight`` how long it may take beside others."""

    name: str
    document: str
    group: str
    work: Callable[[float], Verdict]
    weight: float = 1.0


class _Asked:
    """What is asked under some limits, and what is known already."""

    def __init__(self, limits: Limits, store: Store) -> None:
        from derive.judge import turn_to

        turn_to("")  # two that are asked about one after the other may have one name
        self.limits, self.store = limits, store
        self.judge = limits.judging()
        self.corrects = limits.corrects()
        self._digests = ClaimDigests(limits.text())
        self._contexts: dict[int, tuple[Context, int]] = {}
        self._round = 0

    def key(self, claim: Claim, what: str = "") -> str:
        """What an answer is found by; ``what`` is asked of the claim, if that is not its own verdict."""
        keeping = self.store.root is not None or self.limits.kept is not None
        return f"{what}{self._digests.of(claim)}" if keeping else ""

    def known(self, claim: Claim, what: str = "") -> Result | None:
        """The result of the same claim before, in this session or another."""
        key = self.key(claim, what)
        kept = (self.limits.kept or {}).get(key)
        if kept is not None:
            return result_of(claim, kept.verdict, kept.seconds)
        return _remembered(claim, self.store.get(key))

    def keep(self, claim: Claim, result: Result, what: str = "") -> None:
        """Remember an answer, as far as it is worth that."""
        key = self.key(claim, what)
        if self.limits.kept is not None and not result.contradiction:
            self.limits.kept[key] = result
        if worth_keeping(result, self.limits):
            self.store.put(key, {"seconds": result.seconds, **verdict_to_json(result.verdict)})

    def is_corrected(self, claim: Claim, result: Result) -> bool:
        """Whether a correction is sought for what was judged just now."""
        if not self.corrects or result.cut:
            return False
        from derive.repair import is_correctable

        return is_correctable(claim, result.verdict)

    def judging(self, claim: Claim, name: str = "") -> _Task:
        """What finds the verdict on a claim. A side that has no shape is nobody's mistake until it is corrected."""
        judge = self.judge
        if self.corrects and isinstance(claim.statement, Misshapen):
            from derive.repair import judge_and_repair as judge
        return _Task(f"{name}{claim.id}", _document(claim), self.group(claim), partial(judge, claim), _weight(claim))

    def following(self, claims: Sequence[Claim]) -> list[_Task]:
        """What finds whether each claim stands without some lines, or because of one, with little work. The same may be
        asked of a line more than once, each time without other lines."""
        from derive.judge import judge_briefly

        self._round += 1
        return [
            _Task(
                f"{CARRIED}{claim.id} ({self._round})",
                _document(claim),
                self.group(claim),
                partial(judge_briefly, claim),
                _weight(claim),
            )
            for claim in claims
        ]

    def correcting(self, refuted: Sequence[tuple[Claim, Result]]) -> list[_Task]:
        """What corrects claims that are refuted. The first of a context is done before what else is asked of it; the
        others take long, and are begun afresh so that anyone who is free may do them."""
        from derive.repair import mended, mended_afresh

        begun: set[str] = set()
        tasks: list[_Task] = []
        for claim, result in refuted:
            group, name = self.group(claim), f"correction of {claim.id}"
            first = group not in begun
            work = partial(mended if first else mended_afresh, claim, result.verdict)
            length = len(claim.written.text) if claim.written is not None else 0
            tasks.append(_Task(name, _document(claim), group if first else name, work, CORRECTING + length))
            begun.add(group)
        return tasks

    def group(self, claim: Claim) -> str:
        """Claims of one context, or of contexts that say the same, are judged in one worker, in order: what it computes
        for one serves the next, and no answer depends on who was free when."""
        known = self._contexts.get(id(claim.context))
        if known is None:
            same = (group for other, group in self._contexts.values() if other.says_the_same_as(claim.context))
            known = self._contexts[id(claim.context)] = (claim.context, next(same, len(self._contexts)))
        return f"{_document(claim)} {known[1]}"

    def outcomes(self, tasks: Sequence[_Task]) -> Iterator[tuple[int, Outcome]]:
        """How each task ended, within the limits."""
        limits = self.limits
        work = partial(_answer, tasks, limits.timeout)
        if limits.pieces is not None:
            return limits.pieces.run([task.name for task in tasks], work)
        groups, weights = [task.group for task in tasks], [task.weight for task in tasks]
        return run(len(tasks), work, limits.processes(), limits.timeout + GRACE, groups, limits.memory, weights)


def _answer(tasks: Sequence[_Task], timeout: float, number: int) -> dict[str, Any]:
    """What a worker does with a number."""
    from derive.judge import turn_to

    turn_to(tasks[number].document)
    try:
        return verdict_to_json(tasks[number].work(time.monotonic() + timeout))
    except Contradiction as bug:
        return {"contradiction": str(bug)}


def _document(claim: Claim) -> str:
    """The document, or the encoded derivation, that a claim is made in."""
    return claim.id.partition(".")[0]


def _weight(claim: Claim) -> float:
    """About how long a claim takes beside others: equations must be met before a step can be tried."""
    return 1.0 + 5 * len(claim.statement.hypotheses) if isinstance(claim.statement, Step) else 1.0


def _judged(claims: Sequence[Claim], asked: _Asked, all_in_all: int) -> list[Result]:
    """Results for claims that have none yet; those to be corrected are not kept before that is done."""
    results: list[Result | None] = [None] * len(claims)
    done = all_in_all - len(claims)
    progress = asked.limits.progress
    with suppress(KeyboardInterrupt):  # what is done by then is shown
        for number, outcome in asked.outcomes([asked.judging(claim) for claim in claims]) if claims else ():
            claim = claims[number]
            results[number] = result = _result(claim, outcome, asked.limits)
            if not asked.is_corrected(claim, result):
                asked.keep(claim, result)
            done += 1
            if progress is not None:
                progress(done, all_in_all)
    return [_not_judged(claim) if result is None else result for claim, result in zip(claims, results, strict=True)]


def _second_look(
    wrong: Sequence[tuple[Claim, Result]], doubtful: Sequence[Claim], asked: _Asked
) -> tuple[list[Result], list[bool | None]]:
    """The refuted claims as corrected, and for each doubtful one whether it holds against the start of its chain."""
    lines = [_against_start(claim) for claim in doubtful]
    known = [asked.known(line, START) for line in lines]
    missing = [number for number, result in enumerate(known) if result is None]
    tasks = asked.correcting(wrong)
    tasks += [asked.judging(lines[number], START) for number in missing]
    corrected = [result for _, result in wrong]
    with suppress(KeyboardInterrupt):
        for number, outcome in asked.outcomes(tasks) if tasks else ():
            if number < len(wrong):
                claim, before = wrong[number]
                corrected[number] = result = _corrected(claim, before, outcome, asked.limits)
                asked.keep(claim, result)
            else:
                at = missing[number - len(wrong)]
                known[at] = result = _result(lines[at], outcome, asked.limits)
                asked.keep(lines[at], result, START)
    return corrected, [None if result is None else _holds(result) for result in known]


def _corrected(claim: Claim, before: Result, outcome: Outcome, limits: Limits) -> Result:
    """The result with what was found to correct it; that of a search that was cut off is tried again another time."""
    match outcome:
        case Finished(_, seconds):
            result = _result(claim, outcome, limits)
            return replace(result, seconds=before.seconds + seconds)
    return replace(before, seconds=before.seconds + outcome.seconds, cut="limit")


def _not_judged(claim: Claim) -> Result:
    """The result of a claim that an interrupt came before."""
    from derive.judge import unanswered

    return replace(result_of(claim, unanswered("interrupted before it was judged"), 0.0), cut="interrupt")


def _result(claim: Claim, outcome: Outcome, limits: Limits) -> Result:
    from derive.judge import unanswered

    match outcome:
        case Finished({"contradiction": message}, seconds):
            text = f"both proved and refuted; this is a bug of derive, please report it: {message}"
            return replace(result_of(claim, unanswered(text), seconds), contradiction=True)
        case Finished(data, seconds):
            return result_of(claim, verdict_from_json(data), seconds)
        case Stopped(seconds):
            reason = f"no answer within {limits.timeout:g} s (raise it with --timeout)"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")
        case Exhausted(seconds):
            reason = f"no answer within {(limits.memory or 0) // 2**20} MB of memory (raise it with --memory)"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")
        case Died(code, seconds):
            ended = f"signal {-code}" if code < 0 else f"exit status {code}"
            reason = f"the process that judged it ended with {ended}; this is a bug of derive or a lack of memory"
            return replace(result_of(claim, unanswered(reason), seconds), cut="limit")


def worth_keeping(result: Result, limits: Limits) -> bool:
    """Whether a verdict is worth keeping: what is undecided is tried again if that may be for lack of time."""
    settled = isinstance(result.verdict, Proved | Refuted | Unread) or result.seconds < ENOUGH * limits.timeout
    return settled and not result.cut and not result.contradiction


def _remembered(claim: Claim, data: Mapping[str, Any] | None) -> Result | None:
    if data is None:
        return None
    try:
        return result_of(claim, verdict_from_json(data), float(data["seconds"]))
    except (KeyError, TypeError, ValueError):
        return None  # not what this program wrote
