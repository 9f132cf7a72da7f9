"""Every link of a segment as an entry of the document, and what later lines may use of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.language.claims import Equal, Statement, Step, WellDefined, Written, all_subterms, terms_of
from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import Apply, Deriv, Expect, Op, Rel, Sym, Term, bound_names, children, subterms
from derive.read.adjoints import with_adjoints
from derive.read.calculus import pair_of
from derive.read.documents.definitions.defining import unmarked
from derive.read.documents.definitions.holding import held
from derive.read.documents.reading import (
    any_point,
    as_reasons,
    assuming,
    best_labels,
    naming,
    not_compared,
    reasons_behind,
    reparametrising,
    sequences,
    solving,
    sought,
    stated_points,
)
from derive.read.documents.reading.state import MOST_SIZES, NEAR, Entry, Reading, Waiting
from derive.read.documents.steps import (
    asserting,
    chains,
    consequences,
    constants,
    expansions,
    implications,
    plain_facts,
    to_solve,
)
from derive.read.documents.steps.chains import Segment, Tail, Told
from derive.read.documents.steps.consequences import pairs_of
from derive.read.documents.steps.misshapen import misfit_of_a_guess, misshapen
from derive.read.documents.steps.passages import Passage, Root, is_second_derivative, is_zero, names_of, variables_of
from derive.read.documents.steps.proportional import HINT, arguments, proportional, same_density
from derive.read.documents.steps.varying import varied, varying
from derive.read.documents.text.prose import (
    CONCLUDES,
    FOLLOWS,
    IN_GENERAL,
    SOLVES_IT,
    THERE,
    Cue,
    last_sentence,
    sets_to_zero,
)
from derive.read.documents.text.written import written
from derive.read.documents.undeclared import conventions
from derive.read.documents.words.only_supposed import demands
from derive.read.documents.words.said_to_vary import said_to_vary
from derive.read.documents.words.unheeded import Unheeded
from derive.read.documents.words.universal import instances, stepped, still_said
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.latex import Link
from derive.read.means_of_recurrences import with_means
from derive.read.models import as_made
from derive.read.targets import add_option
from derive.read.tied import with_ties


def place_of(reading: Reading, each: Waiting, segment: Segment, number: int) -> int:
    """Where a side begins in the source."""
    node, side = segment.nodes[number], segment.sides[number]
    return each.math.place(max(node.start, side.start) if node.start >= 0 else side.start)


def _is_held(reading: Reading, sides: tuple[Term, ...]) -> bool:
    """Whether a chain is about a quantity that derivatives hold fixed: it is not what is being solved for."""
    fixed = _fixed(reading)
    return bool(fixed) and all(isinstance(term, Sym) and term.name in fixed for term in sides)


def _fixed(reading: Reading) -> dict[str, None]:
    """What derivatives hold fixed here: what the section says, and what an E-step has computed."""
    return {**reading.section.fixed, **reading.document.expected}


def _is_mean(reading: Reading, link: Link) -> bool:
    """Whether a link is about expectations, and of nothing that is being solved for: it follows from no solution."""
    sides = (*link.left, *link.right)
    solved = {name for block in reading.passage.blocks for name in block.variables}
    if not solved or not any(isinstance(part, Expect) for side in sides for part in subterms(side)):
        return False
    return not any(
        depends_on(reading.context, name, each) for side in sides for name in names_in(side) for each in solved
    )


def _differentiated(reading: Reading) -> frozenset[str]:
    """The quantities in which the text has worked out a derivative."""
    equal = (each for entry in reading.entries if not isinstance(entry.what, str) for each in entry.what)
    sides = (each.left for each in equal if isinstance(each, Equal))
    return frozenset(name for side in sides for wrt in variables_of(side) for name in names_of(wrt))


def _holding(reading: Reading, statements: tuple[Statement, ...]) -> Context:
    """The context of a statement; if it differentiates something that is made of what is held fixed, that does not move
    with the variables. Elsewhere it is what it is defined to be."""
    parts = [part for each in statements for part in all_subterms(each) if isinstance(part, Deriv)]
    moved = {part.body.name for part in parts if isinstance(part.body, Sym)}
    fixed = [name for name in _fixed(reading) if name not in moved]
    if not fixed:
        return reading.context
    inside = {name for part in parts for name in mentioned(reading.context, part.body)}
    if not any(depends_on(reading.context, name, each) for name in inside for each in fixed):
        return reading.context
    variables = frozenset(name for part in parts for name in names_in(part.wrt))
    return held(reading.context, tuple(fixed), variables) if variables else reading.context


def _note_varying(reading: Reading, entry: Entry, statements: tuple[Statement, ...]) -> None:
    """What a statement differentiates in a number that it is not made of is an unknown function of that."""
    made = as_made(reading.context, (part for each in statements for part in terms_of(each)))
    pieces = reading.document.pieces
    found = varying(
        statements, made, reading.section.varying, said_to_vary(pieces, reading.section.extent[1] or len(pieces))
    )
    for number, names in found.items():
        for name in names:
            if name not in reading.section.varying.get(number, ()):
                reading.note(entry.place, f"{name} is a function of {number}")
    reading.section.varying = found


def judge(
    reading: Reading,
    each: Waiting,
    segment: Segment,
    links: list[Link],
    texts: list[str],
    defined: int,
    told: Told | None,
) -> Told:
    """Every link as an entry; what the whole segment tells a step that follows."""
    relations: list[Rel] = []
    links = [best_labels.compared(reading, links[0]), *links[1:]] if links else links
    whole = chains.Whole(segment, tuple(links), reading.tail if segment.missing else None)
    reading.sides += len(links) + (not segment.missing)
    condition = chains.is_condition(whole, told, segment.leads)
    passage = reading.passage
    unchecked = not_compared.why(reading, each, segment) if defined else ""
    for place, link in enumerate(links):
        at = place_of(reading, each, segment, place + 1)
        before = texts[place] or whole.left_text
        text = f"{before} {chains.SIGNS.get(link.op, link.op)} {texts[place + 1]}"
        side = _side(reading, each, whole, place, before, texts[place + 1])
        entry = Entry(
            (reading.number, at),
            each.found.source.place(at),
            "",
            reading.context,
            text,
            chain=reading.chains,
            written=side,
            supposed=each.supposed,
            everywhere=IN_GENERAL.search(last_sentence(each.prose)) is not None,
            demanded=_is_demanded(reading, each),
        )
        if place < defined and unchecked:
            reading.entries.append(replace(entry, what=unchecked, hint=not_compared.HINT))
            continue
        if place < defined and not link.right and reading.functions:
            _function_entry(reading, entry)
            continue
        concludes = CONCLUDES.search(each.prose[-120:]) is not None
        not_told = naming.not_told(reading, link, place > 0, concludes) if place >= defined else None
        problem = link.problem or not_told
        if problem is None and place >= defined:
            guessed = misfit_of_a_guess(link, reading.context, reading.guessed, reading.used)
            entry = replace(entry, guessed=guessed, untold=naming.untold(reading, link, concludes or place > 0))
        if problem is not None and (place >= defined or not link.right):
            link = replace(link, problem=problem)
            no_shape = _misshapen(reading, each, entry, whole, place, link)
            past = to_solve.root_past(whole, place, reading.context)
            if past is not None:
                reading.passage = solving.passage_with(reading, past)
            if no_shape is not None:
                reading.entries.append(no_shape)
            elif past is None:
                reading.problem(each.found, each.math, problem, segment.sides[place + 1], text)
            continue
        if place < defined:
            what: tuple[Statement, ...] = tuple(WellDefined(term) for term in link.right)
            reading.entries.append(replace(entry, what=what))
        elif condition and place == len(links) - 1:
            solves = each.solves or sets_to_zero(each.prose[-NEAR:])
            root = to_solve.root_of(whole, place, solves, reading.context)
            role = "assumption" if root is None else "equation"
            reading.entries.append(replace(entry, what=tuple(WellDefined(term, role) for term in link.left)))
            assuming.keep_readings(reading, chains.readings_of(link))
            if root is not None:  # what follows is judged from the derivative itself, not as it was worked out
                reading.passage = solving.passage_with(reading, root)
                return Told((), True, root=root.equation)
            relations += chains.relations_of(link)
        else:
            relations += _link(reading, each, entry, whole, link, place, told, defines=defined > 0)
    if reading.passage is not passage:
        _conclude(reading, passage, links)
    return Told(tuple(relations), True)


_GOES_ON = re.compile(r"(?i)[\s,;:]*(?:and|as\s+well\s+as)?[\s,;:]*")


def _is_demanded(reading: Reading, each: Waiting) -> bool:
    """Whether the words before a formula demand it; ``and`` goes on with what the formula before it is."""
    sentence = each.sentence or last_sentence(each.prose)
    if _GOES_ON.fullmatch(sentence):
        return bool(reading.entries) and reading.entries[-1].demanded
    return demands(sentence)


def _misshapen(
    reading: Reading, each: Waiting, entry: Entry, whole: chains.Whole, place: int, link: Link
) -> Entry | None:
    """The entry of a link whose right side has no shape, if that may be a mistake of its author."""
    problem, side = link.problem, whole.segment.sides[place + 1]
    if problem is None or any(op != "=" for op in whole.ops_to(place)):
        return None
    start = (problem.span or side).start
    right = whole.segment.nodes[place + 1]
    found = misshapen(link, whole.first, right, problem, reading.context, reading.guessed)
    if found is None:
        return None
    found = replace(found, reason=f"{problem.message} ({problem.hint})" if problem.hint else problem.message)
    at = each.math.place(start)
    held_fixed = _holding(reading, (found,))
    place_of_it = each.found.source.place(at)
    return replace(entry, key=(reading.number, at), place=place_of_it, what=(found,), context=held_fixed)


def _conclude(reading: Reading, before: Passage, links: list[Link]) -> None:
    """Of ``a = b = c = d`` with nothing to solve in it, a later line may use ``a = d``: room for other lines."""
    first, last = links[0], links[-1]
    if len(links) < 3 or any(link.op != "=" or link.problem is not None for link in links):
        return
    if len(first.left) == 1 and len(last.right) == 1:
        whole = Rel("=", first.left[0], last.right[0])
        if chains.has_shape(whole, reading.context):
            reading.passage = reading.passage.with_chain(before, whole)


def _side(reading: Reading, each: Waiting, whole: chains.Whole, place: int, left: str, right: str) -> Written:
    """The side of a link that a correction would change: the right one, or the left one of ``f = 0``."""
    segment, link = whole.segment, whole.links[place]
    zero = bool(link.right) and is_zero(link.right[0]) and not (segment.missing and not place)
    side = written(each.math, segment.sides[place + (not zero)], each.found.source, right if zero else left)
    above = [term for before in whole.links[:place] for term in before.left]
    return replace(side, left=zero, above=(*whole.first[: segment.missing], *above))


def _function_entry(reading: Reading, entry: Entry) -> None:
    """A definition of a function whose body makes sense only for its parameters."""
    function = reading.context.functions[reading.functions[-1]]
    if function.body is None:
        return
    context = reading.context
    for name, shape in zip(function.params, function.param_shapes, strict=True):
        context = context.with_symbol(SymbolDecl(name, shape=shape))
    reading.entries.append(replace(entry, what=(WellDefined(function.body),), context=context))


def _doubt_further_on(reading: Reading, relations: Sequence[Rel], entry: Entry) -> None:
    """What an equation that only its section is given ties together may be tied together in the sections after it."""
    pieces, stop = reading.document.pieces, reading.section.extent[1]
    if not reading.number < stop < len(pieces):
        return
    names = dict.fromkeys(name for relation in relations for name in names_in(relation))
    symbols = reading.context.symbols
    free = tuple(name for name in names if name in symbols and symbols[name].definition is None)
    within = (pieces[stop].place, pieces[-1].source.place(pieces[-1].stop))
    said = Unheeded(entry.place, f"“{entry.text}” above", free, within=within, of_names=True, of_all=True)
    reading.document.passed_over.append(said)


_WITH = re.compile(
    r"(?i)\b(?:let|with|where)\b(?:(?!\b(?:so|then|hence|thus|therefore|have|has|get|is|are|gives|yields|that)\b)[^.;])*\Z"
)
"""A sentence so far that still introduces: ``Let ⟨1⟩ with mean ⟨2⟩ and variance``."""


def _is_at_a_value(root: Root, context: Context) -> bool:
    """Whether a derivative is zero in what has been given as a value of something else: ``\\nabla f(w^*) = 0``."""
    decls = [(part.name, context.symbols.get(part.name)) for part in root.variables if isinstance(part, Sym)]
    return bool(decls) and all(decl is not None and decl.definition and unmarked(name) for name, decl in decls)


def _link(
    reading: Reading,
    each: Waiting,
    entry: Entry,
    whole: chains.Whole,
    link: Link,
    place: int,
    told: Told | None,
    *,
    defines: bool = False,
) -> tuple[Rel, ...]:
    """One link that is neither a definition nor a condition: an equation to solve, a step, or a plain claim."""
    relations = chains.relations_of(link)
    assuming.keep_readings(reading, chains.readings_of(link))
    at = whole.segment.sides[0].start if whole.segment.sides else 0
    itself = SOLVES_IT.search(each.prose) is not None and "=" not in each.math.text[:at]  # what comes first, alone
    solves = each.solves or itself or sets_to_zero(each.prose[-NEAR:])
    root = to_solve.root_of(whole, place, solves, reading.context, itself)
    unread = to_solve.is_of_unread(whole, place)
    if root is not None and (
        each.becomes
        or _is_at_a_value(root, reading.context)
        or solving.is_said_of_a_part(each, root)
        or not (solves or unread or sought.is_sought(reading, each, root))
    ):
        root = None
    root = None if root is None else solving.of_derivative(reading, each, root)
    anew = unread or (root is not None and not solving.follows(reading, each, root))
    if root is not None and not (told and told.relations) and anew:
        reading.passage = solving.passage_with(reading, root)
        if each.unclear:
            reading.note(entry.place, "taken as an equation: it is not clear which derivative is set to zero")
        reading.roots_here = True
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "equation") for term in link.left)))
        return relations
    if solving.is_unclear(each, whole, link, told) or solving.has_new_multiplier(reading, each, link):
        reading.passage = solving.passage_with(reading, Root(relations[0]))
        if each.unclear and solving.is_solution(each, link):
            unclear = "expected to know which derivative is set to zero here"
            reading.entries.append(replace(entry, what=unclear, hint="write it before it is set to zero"))
            return relations
        reading.note(entry.place, "taken as an equation: it is not clear which derivative is set to zero")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "equation") for term in link.left)))
        return relations
    above_zero = link.op == ">" and bool(link.right) and is_zero(link.right[0])
    gives = each.cue is Cue.assumption or (above_zero and _WITH.search(each.sentence) is not None)
    if defines and gives and (link.op == "!=" or above_zero) and place == len(whole.links) - 1:
        reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
        reading.note(entry.place, f"supposed in this sentence: {entry.text}")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.left)))
        return ()
    alone = place == 0 and len(whole.links) == 1
    if alone and (
        assuming.is_constraint(reading, link)
        or assuming.is_normalised(reading, link)
        or as_reasons.tells_fact(reading, each, link)
        or reasons_behind.take(reading, each, link, entry.text)
    ):
        reading.context = plain_facts.with_fact(link, reading.context, entry.text)
        reading.note(entry.place, f"assume {entry.text}")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.left)))
        return relations
    if place == 0 and sequences.gives_member(reading, link):
        reading.context = plain_facts.with_fact(sequences.by_itself(link, reading.context), reading.context, entry.text)
        reading.note(entry.place, f"given: {entry.text}")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.right)))
        return relations
    if alone and assuming.is_implicit(reading, each, link):
        reading.section.given += relations
        reading.note(entry.place, f"an equation to solve: {entry.text}")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "equation") for term in link.right)))
        return relations
    if place == 0 and assuming.is_given(reading, each, link, alone=len(whole.links) == 1):
        reading.section.given += relations
        _doubt_further_on(reading, relations, entry)
        reading.note(entry.place, f"given: {entry.text}")
        reading.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.right)))
        return relations
    if whole.segment.constants and any(whole.segment.constants[place : place + 2]):
        _constant(reading, each, entry, whole, link, place)
        return ()
    if link.op == "~=" and reading.section.expansion is not None and not asserting.is_printed(link):
        _expansion(reading, each, entry, whole, link, place, reading.section.expansion)
        return ()
    if link.op == "propto":
        _proportional(reading, each, entry, whole, link, place)
        return ()
    if link.op == "=" and len(link.left) == len(link.right) == 1:
        same = same_density(link.left[0], link.right[0], reading.context)
        if same is not None:
            reading.entries.append(replace(entry, what=(same.statement,), context=same.context))
            return relations
    known = (*each.supposed, *chains.relevant(reading.section.given, link))
    if told:  # beside what leads to it, what the sentence supposes holds of the whole line
        bounds = (relation for relation in each.supposed if relation.op != "=" or told.relations)
        known = (*told.relations, *(bounds if told.relations or told.root is not None else ()))
    compares = link.op in ("<", "<=", ">", ">=")
    if compares and reading.document.universal and len(link.left) == len(link.right) == 1:
        sides = (*whole.first, *link.left, *link.right)
        said = still_said(reading.document.universal, reading.document.pieces, each.number)
        of_all = tuple(instances(said, sides, reading.context))
        steps = (*(fact.statement for fact in reading.context.facts), *reading.section.given, *each.supposed)
        known = (*known, *of_all, *stepped(of_all, steps))
    there = THERE.search(each.prose[-120:]) is not None or (compares and FOLLOWS.search(each.prose[-120:]) is not None)
    there = there or (compares and each.reasons and consequences.is_about(link, reading.passage, reading.context))
    there = there or _follows_at_once(reading, each)
    apart = _is_held(reading, whole.first) or _is_mean(reading, link)
    everywhere = any_point.said(reading, each, link)
    passage = Passage() if apart else any_point.without(solving.at_solutions(reading, link), everywhere.names)
    together = told is None and (
        bool(reading.words.zeroed)
        or consequences.is_about(link, passage, reading.context)
        or consequences.is_beside(known, link, passage, reading.context)
    )
    concludes = CONCLUDES.search(each.prose[-120:]) is not None
    statements, start = asserting.statements(
        whole, place, known, passage, reading.context, there, together, concludes=concludes
    )
    if everywhere.perhaps:
        plain, start = asserting.statements(whole, place, known, Passage(), reading.context, there, False)
        statements = tuple(dict.fromkeys((*statements, *plain)))
    if told is None and known and isinstance(start, Step):  # what the sentence supposes holds of the whole line too
        start = replace(start, hypotheses=tuple(dict.fromkeys((*known, *start.hypotheses))))
    statements, start = implications.under(whole, place, told, known, (statements, start))
    if compares and not there and told is None:
        statements = consequences.where_it_is_solved(
            statements, known, link, reading.passage, reading.context, together
        )
    beside = not apart and passage is not reading.passage  # it is where another quantity is at its best, too
    stated = not place and bool(relations) and not beside
    optimum = stated_points.claimed_of(reading, each.extremum, relations[0]) if stated else ()
    if optimum:
        statements, start = optimum, None
        reading.section.point, reading.section.point_at = relations[:1], reading.number
        kind = each.extremum[0] if each.extremum else ""
        reading.note(entry.place, f"{kind or 'zero'} there, as the words before it say")
    statements = implications.under_every_reading(statements, reading.other_readings)
    if not statements:
        reason = asserting.why_not(link)
        reading.entries.append(replace(entry, what=reason[0], hint=reason[1]))
        return relations
    case = assuming.written_case(reading, each, whole, place) or each.case
    if case is not None:
        statements = tuple(conventions.in_case(statement, case) for statement in statements)
        start = None if start is None else conventions.in_case(start, case)
    _note_varying(reading, entry, statements)
    context = varied(_holding(reading, statements), statements, reading.section.varying)
    context = reparametrising.judged_in(reading, statements, as_made(context, (*link.left, *link.right)))
    context = sequences.without_others(context, statements)
    statements, context = with_means(statements, context)
    try:
        counted = {bound.name: bound.counted for bound in each.bounds if bound.counted is not None}
        through = with_adjoints(statements, context, counted)
        if through is not None:
            (statements, context), start = through, None
        statements = with_ties(statements, context) if through is None else statements
        start = start if start is None or with_ties((start,), context) == (start,) else None
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, whole.segment.sides[place + 1], entry.text)
        return relations
    written = tuple(passage.worked_out) if any(isinstance(one, Step) for one in statements) else ()
    before = passage.solved_before(statements, context, _differentiated(reading))
    entry = replace(entry, what=statements, start=start, context=context, worked_out=written, solved_before=before)
    reading.entries.append(entry)
    if (reading.passage or known) and not asserting.is_gradient(whole, place, reading.context):
        for relation in relations:
            if chains.has_shape(relation, reading.context):
                reading.passage = reading.passage.with_line(relation)
    return relations


def _proportional(reading: Reading, each: Waiting, entry: Entry, whole: chains.Whole, link: Link, place: int) -> None:
    """``p(x) \\propto f``: up to a factor without x, which the first side of the chain has to name."""
    try:
        if whole.segment.missing or len(link.left) != 1 or len(link.right) != 1:
            raise ReadError("cannot tell what the factor may not depend on", None, HINT)
        wanted = arguments(whole.segment.nodes[0], reading.context)
        done = proportional(link.left[0], link.right[0], wanted, reading.context)
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, whole.segment.sides[place + 1], entry.text)
        return
    reading.entries.append(replace(entry, what=(done.statement,), context=done.context))


def _constant(reading: Reading, each: Waiting, entry: Entry, whole: chains.Whole, link: Link, place: int) -> None:
    """``\\log p(x) = … + const``: up to a constant without x."""
    try:
        done = [
            constants.up_to_constant(whole.segment.nodes[0], left, right, reading.context)
            for left, right in pairs_of(link)
        ]
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, whole.segment.sides[place + 1], entry.text)
        return
    what = tuple(each.statement for each in done)
    nodes = whole.segment.nodes
    untold = entry.untold or constants.in_parameter(nodes[0], nodes[place + 1])
    reading.entries.append(replace(entry, what=what, context=done[0].context, written=None, untold=untold))


def _expansion(
    reading: Reading,
    each: Waiting,
    entry: Entry,
    whole: chains.Whole,
    link: Link,
    place: int,
    expansion: expansions.Expansion,
) -> None:
    """``f ≈ g`` where an expansion is announced: the same value, slope, … at its place, one claim for each."""
    try:
        if len(link.left) != 1 or len(link.right) != 1:
            raise ReadError("expected one reading of each side of ≈", None, expansions.HINT)
        found = expansions.agreements(expansion, link.left[0], link.right[0], reading.context)
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, whole.segment.sides[place + 1], entry.text)
        return
    at = expansion.place
    reading.note(entry.place, f"≈ to order {expansion.order} at {at}: equal values and derivatives there")
    for statement, part in found:
        reading.entries.append(replace(entry, what=(statement,), written=None, part=part))


def _vary_again(reading: Reading, links: list[Link]) -> None:
    """``f(x) - f(x^*) = …``: a quantity that stands beside the name of what solves for it is any value again."""
    for link in links:
        names = {name for side in (*link.left, *link.right) for name in names_in(side)}
        for name, solved in reading.section.solutions.items():
            alone = {type(side) for side in (*link.left, *link.right)} == {Sym}  # x = x^*
            if name in names and solved <= names and not alone:
                reading.passage = reading.passage.without_solved(solved)


def _follows_at_once(reading: Reading, each: Waiting) -> bool:
    """``… = 0, so that $N_k = -\\lambda \\pi_k$``: right behind an equation of which nothing is concluded yet."""
    return bool(reading.passage) and not reading.passage.blocks[-1].lines and _SO_THAT.fullmatch(each.prose) is not None


_SO_THAT = re.compile(
    r"(?i)\s*,?\s*(?:(?:and\s+)?so(?:\s+that)?|(?:which\s+|this\s+)?(?:then\s+)?(?:gives?|yields?|implies|leads?\s+to|means)"
    r"(?:\s+us)?(?:\s+that)?|(?:we|one)\s+(?:then\s+)?(?:gets?|obtains?|finds?))\s*"
)


def _remember_misshapen(reading: Reading, segment: Segment, links: list[Link], texts: list[str]) -> None:
    """A derivative that is said to be something without a shape is one that may be set to zero all the same."""
    first = links[0].left if links and not segment.missing and isinstance(links[0].problem, ShapeRefusal) else ()
    if len(first) == 1 and variables_of(first[0]) and not is_second_derivative(first[0]):
        tail = Tail(first, first, ("=",), texts[0])
        reading.section.gradients = [*reading.section.gradients[-MOST_SIZES:], (reading.number, tail)]


def remember(reading: Reading, segment: Segment, links: list[Link], texts: list[str]) -> dict[str, None]:
    """What a later row or display goes on from, and which quantities have been used: those of these lines."""
    if not links or not links[-1].right:
        reading.tail = None
        _remember_misshapen(reading, segment, links, texts)
        return {}
    first = reading.tail.first if segment.missing and reading.tail else links[0].left
    ops = (*(reading.tail.ops if segment.missing and reading.tail else ()), *segment.ops)
    reading.tail = Tail(first, links[-1].right, ops, texts[-1])
    if any(variables_of(term) and not is_second_derivative(term) for term in first):
        if segment.missing and reading.section.gradients:
            reading.section.gradients.pop()  # the same derivative, worked out further
        reading.section.gradients = [*reading.section.gradients[-MOST_SIZES:], (reading.number, reading.tail)]
    if len(first) == 1 and isinstance(first[0], Deriv) and not first[0].local:
        reading.context = add_option(reading.context, "total", (pair_of(first[0].body, first[0].wrt),))
    used: dict[str, None] = {}
    for link in links:
        any_values = _stand_for_any_values(reading, link)
        for term in (*link.left, *link.right):
            used |= {name: None for name in _free(term) if name not in any_values}
    reading.used |= used
    _vary_again(reading, links)
    if links[0].left and links[0].op in ("=", ":="):
        reading.section.met.update(_free(links[0].left[0]))
    return used


def _free(term: Term) -> dict[str, None]:
    """The quantities that a term is about, without those that something in it averages or integrates over."""
    own = {term.name: None} if isinstance(term, Sym) else {}
    inside = {name: None for part in children(term) for name in _free(part)}
    bound = bound_names(term)
    return {name: None for name in {**own, **inside} if name not in bound}


def _stand_for_any_values(reading: Reading, link: Link) -> frozenset[str]:
    """The arguments of a density that a link gives: ``q(x | y) = …`` says nothing yet of an x or y of their own."""
    left = link.left[0] if len(link.left) == 1 else None
    decl = reading.context.functions.get(left.name) if isinstance(left, Apply) else None
    if not isinstance(left, Apply) or decl is None:
        return frozenset()
    normal = any(isinstance(each, Op) and each.name in ("gaussian", "gaussian_diag") for each in link.right)
    arguments = (each.name for each in left.args if isinstance(each, Sym))
    return frozenset(arguments if normal or "density" in decl.properties else ())
