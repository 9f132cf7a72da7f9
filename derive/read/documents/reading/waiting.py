"""Chains that wait for a declaration, and are tried again when there is more to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions import own_parameters, recurrences
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.roots import linked
from derive.read.documents.reading import (
    ahead,
    assuming,
    becoming,
    defined_behind,
    definitions,
    layers,
    naming,
    of_normals,
    quantified,
    reparametrising,
    segments,
    special,
    stated_points,
    unread_definitions,
)
from derive.read.documents.reading.declared_next import are_declared_next
from derive.read.documents.reading.displayed_next import (
    is_defined_by,
    is_displayed_next,
    looks_for_something,
)
from derive.read.documents.reading.other_case import where_it_begins
from derive.read.documents.reading.state import NEAR, PATIENCE, Entry, Kept, NotYet, Reading, Waiting
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import HAS_REASON, OTHERWISE, SUPPOSING, TO_SOLVE, Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import Chain, chains_of
from derive.read.documents.undeclared import numbers
from derive.read.documents.words.named_bounds import is_supposed
from derive.read.documents.words.optima import Claimed
from derive.read.documents.words.putting_back import put_into
from derive.read.errors import Awaited, NoSuchForm, ReadError, Undeclared
from derive.read.names import option
from derive.read.powers import ROOTS


def state(
    reading: Reading,
    found: Found,
    math: Expanded,
    chain: Chain,
    cue: Cue,
    claim: Claimed | None = None,
    *,
    behind: bool = False,
) -> None:
    """One statement of a display; it waits if a name in it is not declared yet. ``behind`` the word *where* in the
    display itself, what is said of known quantities is given."""
    reading.tail = where_it_begins(reading, chain)
    waiting = Waiting(
        reading.number,
        found,
        math,
        chain,
        reading.words.prose[-NEAR:],
        cue,
        reading.tail,
        anew=reading.words.anew,
        claimed=claim,
        used=frozenset(reading.used),
    )
    waiting.sentence = reading.words.sentence
    waiting.otherwise = bool(OTHERWISE.search(reading.words.sentence))
    waiting.case, waiting.supposed, waiting.after = (
        reading.case,
        assuming.supposed_in(reading, reading.words.prose),
        reading.words.after,
    )
    waiting.supposed = (*waiting.supposed, *stated_points.there(reading, reading.words.prose))
    becoming.go_on_from_equation(reading, waiting, reading.words.prose)
    waiting.pending = assuming.pending_in(reading, reading.words.prose)
    assuming.pass_over(reading, waiting)
    waiting.put_into = put_into(reading.words.sentence, reading.words.numbered)
    waiting.reasons = HAS_REASON.search(reading.words.sentence) is not None
    reparametrising.begin_again(reading, chain.node)
    waiting.makes = reparametrising.used_so_far(reading, chain.node)
    waiting.extremum = stated_points.named(reading, reading.words.prose)
    waiting.only = special.here(reading, reading.words.prose)
    waiting.unclear = reading.words.unclear
    waiting.solves = bool(waiting.unclear) or TO_SOLVE.search(reading.words.prose) is not None
    quantified.note_behind(reading, waiting, math.text[chain.span.stop :])
    waiting.supposes = SUPPOSING.search(reading.words.prose) is not None
    waiting.assume = (waiting.supposes and not waiting.makes) or is_supposed(chain.node, reading.words.prose)
    if behind and isinstance(chain.node, s.Relation) and len(chain.node.rest) == 1:
        waiting.assume |= not is_undeclared(chain.node.first, reading.context)
    waiting.assume |= recurrences.is_initial(chain.node, naming.section_nodes(reading), reading.context)
    if chain.begins and reading.waiting and reading.tail is None:
        reading.waiting.append(waiting)
    elif not attempt(reading, waiting, last=False):
        reading.waiting.append(waiting)
        reading.tail = None


MOST_INFERRED = 400
"""How often something is inferred for the chains that wait at one place: then they are given up, whatever it was."""


def retry(reading: Reading, last: bool = False, end: bool = False) -> None:
    """Chains that wait for a declaration, in order; those that have waited long enough are reported, all at the
    ``end`` of a section, after what they leave open has been inferred."""
    for each in reading.waiting:
        each.age += 1
    nothing_told: Context | None = None
    inferred = 0
    while again(reading, end):
        if _told_ahead(reading):
            continue
        due = _without_awaiting(reading, [each for each in reading.waiting if _is_due(reading, each, last, end)])
        if not due:
            return
        if inferred < MOST_INFERRED and reading.context is not nothing_told and _infers(reading, due, end):
            inferred += 1
            continue
        nothing_told = reading.context  # the others tell no more than they did before the first one was given up
        reading.waiting.remove(due[0])
        if not due[0].quiet:
            reading.patient = False
            _with_tail(reading, due[0], last=True)
            reading.patient = True
            unread_definitions.note(reading, due[0])


def _told_ahead(reading: Reading) -> bool:
    """Whether a declaration that had to wait for a name holds now: others may have waited for that."""
    known = reading.context
    if reading.ahead:
        ahead.take_up(reading)
    return reading.context is not known


def _infers(reading: Reading, due: Sequence[Waiting], end: bool) -> bool:
    """Whether something has been inferred of a name that a chain waits for."""
    first = {id(each): each for each in (*due, *reading.waiting)}
    guessed = (each for each in first.values() if not each.quiet and (end or not _is_told(reading, each)))
    return (
        any(naming.infer_names(reading, each) for each in guessed)
        or any(naming.infer_unknown(reading, each.found, each.math) for each in due)
        or any(naming.infer_names(reading, each, inventing=True) for each in due if not each.quiet)
    )


def _is_told(reading: Reading, each: Waiting) -> bool:
    """Whether something else says what a name is that a chain waits for: what comes next, or another one that waits."""
    others = [other.chain.node for other in reading.waiting if other is not each]
    return _is_next(reading, each) or (not _solves(reading) and is_defined_by(each.problems, others))


def _is_due(reading: Reading, each: Waiting, last: bool, end: bool) -> bool:
    """Whether a chain has waited long enough."""
    if not end and _is_next(reading, each):
        return False
    if not end and each.age <= PATIENCE and is_awaited(each):
        return False
    if not end and any(isinstance(problem, NoSuchForm) for problem in each.problems) and _is_given_later(reading, each):
        return False
    if not end and layers.wait(reading, each):
        return False
    return last or each.age > PATIENCE


def _without_awaiting(reading: Reading, due: list[Waiting]) -> list[Waiting]:
    """Those of which no name is defined by another chain that may still wait."""
    while due and not _solves(reading):
        defined = [each.chain.node for each in reading.waiting if each not in due]
        kept = [each for each in due if not is_defined_by(each.problems, defined)]
        if len(kept) == len(due):
            break
        due = kept
    return due


def _is_next(reading: Reading, each: Waiting) -> bool:
    """Whether a chain waits for a name that the declarations at this place are about, or that a display defines which
    follows soon."""
    pieces = reading.document.pieces
    if are_declared_next(each.problems, pieces, reading.number):
        return True
    ahead = pieces[reading.number + 1 : reading.section.extent[1]]
    return not _solves(reading) and is_displayed_next(each.problems, ahead, reading.context)


def _solves(reading: Reading) -> bool:
    """Whether the section looks for something, so that what is given later may be a solution."""
    known, (first, last) = reading.section.solves, reading.section.extent
    if known is None or known[0] != (first, last):
        known = ((first, last), looks_for_something(reading.document.pieces[first:last]))
        reading.section.solves = known
    return known[1]


def is_awaited(each: Waiting) -> bool:
    """Whether a chain waits for a name that a later one defines."""
    return any(isinstance(problem, Awaited) for problem in each.problems)


def _is_given_later(reading: Reading, each: Waiting) -> bool:
    """Whether a formula further on in this section gives a form that is used here: ``p(x | z) = …``."""
    calls = {s.key(node) for node in s.walk(each.chain.node) if isinstance(node, s.Juxt)} if each.chain.node else set()
    pieces = reading.document.pieces[reading.number + 1 : reading.section.extent[1]]
    chains = (
        chain
        for found in pieces
        if found.math is not None and found.kind in ("inline", "display")
        for chain in chains_of(found.math.text, reading.context)
    )
    return any(
        isinstance(chain.node, s.Relation)
        and isinstance(chain.node.first, s.Juxt)
        and chain.node.rest[0][0] in ("=", ":=")
        and s.key(chain.node.first) in calls
        for chain in chains
    )


def is_assumed(reading: Reading, each: Waiting) -> bool:
    """Whether a chain is assumed, or has a name that something assumed is about: ``y = X w + \\epsilon`` with
    ``\\mathbb{E}[\\epsilon] = 0``."""
    if each.assume or bool(each.makes):
        return True
    if any(_name(problem) in option(reading.context, "distributed") for problem in each.problems):
        return True  # x = \mu + \epsilon, of an ε whose distribution has been stated
    about = {_name(problem) for other in reading.waiting if other.assume for problem in other.problems}
    return any(_name(problem) in about - {""} for problem in each.problems)


def settle_assumed(reading: Reading, math: Expanded) -> None:
    """What is assumed in the text before a display, what says what a declared quantity is, and what the display
    differentiates in, counts in it: the names in it are inferred first."""
    while any(
        (
            is_assumed(reading, each)
            or naming.is_differentiated_in(reading, each, math)
            or (definitions.may_say_what(reading, each.chain.node, each.used) and not _is_told(reading, each))
        )
        and not is_awaited(each)
        and naming.infer_names(reading, each)
        for each in reading.waiting
    ):
        again(reading, end=False)


def settle_drawn(reading: Reading, node: s.Node | None) -> None:
    """``z = \\mu + \\sigma \\odot \\epsilon``, and then ``\\epsilon \\sim …``: what z is made of counts."""
    again(reading, end=False)
    name = s.key(node.first) if isinstance(node, s.Relation) else ""
    for each in tuple(reading.waiting):
        if any(_name(problem) == name for problem in each.problems) and naming.infer_names(reading, each):
            again(reading, end=False)


def _name(problem: ReadError) -> str:
    return problem.name if isinstance(problem, Undeclared) else ""


def _definition_before(reading: Reading, each: Waiting) -> Waiting | None:
    """What defines, further up, the name at the head of a chain, and waits itself: this is no definition of it."""
    node = each.chain.node
    if not isinstance(node, s.Relation) or node.rest[0][0] != "=" or not is_undeclared(node.first, reading.context):
        return None
    for other in reading.waiting:
        before = other.chain.node
        if other is each or other.number >= each.number or not isinstance(before, s.Relation):
            continue
        defines = other.cue is Cue.assumption and before.rest[0][0] in ("=", ":=")
        if defines and s.key(before.first) == s.key(node.first):
            return other
    return None


def again(reading: Reading, end: bool) -> bool:
    """Every chain that waits, tried until none can be read any more; whether some are left."""
    before = -1
    while reading.waiting and len(reading.waiting) != before:
        before = len(reading.waiting)
        kept: list[Waiting] = []
        for each in reading.waiting:
            reading.patient = not end and each.age <= PATIENCE
            if not _with_tail(reading, each):
                kept.append(each)
        reading.waiting, reading.patient = kept, True
    return bool(reading.waiting)


def _with_tail(reading: Reading, each: Waiting, last: bool = False) -> bool:
    """One chain, from where the text before it ended."""
    kept, reading.tail = reading.tail, reading.tail if each.chain.begins else each.tail
    done = attempt(reading, each, last)
    reading.tail = kept if kept is not None or not done else reading.tail
    return done


def attempt(reading: Reading, each: Waiting, last: bool) -> bool:
    """State a chain; without a trace if a name is not declared and it is not the ``last`` chance."""
    defining = None if last else _definition_before(reading, each)
    if defining is not None:
        each.problems = defining.problems
        return False
    if not last and (behind := defined_behind.problems(reading, each)):
        each.problems = behind
        return False
    before = Kept(
        reading.context,
        reading.passage,
        reading.tail,
        len(reading.entries),
        len(reading.notes),
        reading.announced,
        reading.chains,
        reading.sides,
    )
    number, reading.number = reading.number, each.number
    of_normals.change(reading, each.chain.node)
    dummy = numbers.dummy_of(each.chain.node, reading.context)
    reading.context = own_parameters.as_numbers(dummy, reading.context)
    quantified.enter(reading, each)
    try:
        segments.state_chain(reading, each, last)
    except NotYet as not_yet:
        reading.forget(before)
        each.problems = not_yet.problems
        if not last:
            return False
        for problem in not_yet.problems[:1]:  # what nothing was made of is told, whatever it waited for
            reading.problem(each.found, each.math, problem, problem.span or each.chain.span)
        reading.tail = None
    finally:
        reading.number = number
        quantified.leave(reading, each, before)
    if each.only.said:
        reading.entries[before.entries :] = [
            special.in_case(entry, each.only) for entry in reading.entries[before.entries :]
        ]
    reading.entries[before.entries :] = [_with_roots(entry) for entry in reading.entries[before.entries :]]
    if dummy:
        reading.context = own_parameters.given_back(dummy, reading.context, before.context)
    if reading.passing:
        reading.context, reading.passing = without_names(reading.context, frozenset(reading.passing)), ()
    return True


def _with_roots(entry: Entry) -> Entry:
    """A claim in which a matrix whose root it takes is what that says."""
    if isinstance(entry.what, str) or not option(entry.context, ROOTS):
        return entry
    return replace(entry, context=linked(entry.what, entry.context))
