"""Where a function is greatest or least: said in words, looked for, or written out."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.claims import Equal, Optimum
from derive.language.context import Context
from derive.language.terms import Sym, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared, mentions, unmarked
from derive.read.documents.reading import judging, linking, stated_points
from derive.read.documents.reading.state import Entry, Reading, Refused, Waiting
from derive.read.documents.steps import chains
from derive.read.documents.steps.chains import Segment, Tail, Told
from derive.read.documents.steps.passages import variables_of
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import JOINING, MULTIPLIERS
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import one_line
from derive.read.documents.text.written import written
from derive.read.documents.words.announced import Answer, claims, written_out
from derive.read.documents.words.optima import Claimed, optimum_of, pointwise, with_variable
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def write_out(reading: Reading, each: Waiting, segment: Segment, texts: list[str], last: bool) -> Told | None:
    """``\\pi_k^{(t+1)} = …`` after ``\\theta^{(t+1)} = argmax …``: where the maximum is, not a definition."""
    if segment.missing or segment.ops[0] not in ("=", ":=") or chains.is_argument(segment.nodes[1]):
        return None
    answer = written_out(texts[0], reading.announced, reading.context)
    if answer is None:
        return None
    links = linking.links_of(reading, each, replace(segment, nodes=(answer.node, *segment.nodes[1:])), last)
    link = links[0]
    place = judging.place_of(reading, each, segment, 1)
    entry = Entry((reading.number, place), each.found.source.place(place), "", reading.context, " = ".join(texts[:2]))
    reading.sides += 2
    if link.problem is not None:
        reading.problem(each.found, each.math, link.problem, segment.sides[1], entry.text)
        raise Refused
    what, context = claims(answer, link.right, reading.context)
    side = written(each.math, segment.sides[1], each.found.source, texts[1])
    reading.entries.append(replace(entry, what=what, chain=reading.chains, written=side, context=context))
    _name_optimum(reading, each, texts, answer)
    reading.tail = Tail(link.right, link.right, (), texts[1])
    if len(links) == 1:
        return Told((), False)
    rest = replace(segment, nodes=segment.nodes[1:], ops=segment.ops[1:], sides=segment.sides[1:])
    told = judging.judge(reading, each, rest, links[1:], texts[1:], 0, None)
    judging.remember(reading, rest, links[1:], texts[1:])
    return told


def _name_optimum(reading: Reading, each: Waiting, texts: list[str], answer: Answer) -> None:
    """The optimal value has its name, and stands in the objective where others mention it."""
    try:
        context = declare(f"let {texts[0]} := {texts[1]}", reading.context)
        named = node_readings(parse(texts[0]), context)[0].term
    except (DeclarationError, ReadError):
        return
    reading.context = context
    if isinstance(named, Sym):
        pair = (answer.variable.name, named.name)
        reading.announced = tuple(
            replace(known, found=(*known.found, pair)) if known == answer.announced else known
            for known in reading.announced
        )


def claim_in_words(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> Told | None:
    """``x = a``, where the sentence says that it is where a function is greatest."""
    claim = each.claimed
    if claim is None or segment.missing or segment.ops != ("=",):
        return None
    if claim.estimate and not _is_of_one_quantity(reading, claim, segment, texts[0]):
        return None
    try:
        found = _claimed_optimum(reading, claim, segment, texts)
    except ReadError as problem:
        if claim.estimate:
            return None
        reading.problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts))
        return Told((), False)
    if found is None:
        return None
    statement, context = found
    at = each.math.place(segment.nodes[1].start)
    place, text = each.found.source.place(at), f"{texts[0]} = {texts[1]}"
    reading.entries.append(Entry((reading.number, at), place, (statement,), context, text, chain=reading.chains))
    reading.sides += 2
    reading.note(place, f"{statement.kind} over {texts[0]}, as the words before it say")
    stated_points.note(reading, statement)
    if is_undeclared(segment.nodes[0], reading.context):  # the name with a mark is that of the best value
        try:
            reading.context = declare(f"let {texts[0]} := {texts[1]}", reading.context)
        except DeclarationError:
            return Told((), False)
    return Told((), False)


def _is_of_one_quantity(reading: Reading, claim: Claimed, segment: Segment, name: str) -> bool:
    """Whether ``\\hat\\theta`` is new, nothing is being solved, and the function was written as one of θ alone, of
    which only bounds are known: then words that call it the estimate say where that function is greatest or least."""
    known = reading.section
    if known.constrained or known.restricted or reading.announced:
        return False
    if not is_undeclared(segment.nodes[0], reading.context) or MULTIPLIERS.search(reading.words.section_words):
        return False
    before = known.objectives[-1].text if known.objectives else ""
    text = before if claim.objective is None else reading.words.numbered.get(claim.objective, "")
    text = before if text and spaced(before).startswith(f"{spaced(text)} (") else text  # of h, which was written h(θ)
    head = re.match(r"\s*-?[^=(]*\(\s*(?P<variable>[^(),;|]+?)\s*\)\s*(?::?=|\Z)", text)
    variable = spaced(head["variable"]) if head is not None else ""
    if variable not in {spaced(each) for each in unmarked(name)} or _is_being_solved(reading, variable):
        return False
    return not any(
        mentions(fact.statement, head["variable"].strip()) for fact in reading.context.facts if head is not None
    )


def _is_being_solved(reading: Reading, variable: str) -> bool:
    """Whether a derivative in a quantity, as it is spelled, has been worked out here, or it is solved for."""
    terms = [term for _, tail in reading.section.gradients for term in tail.first]
    sought = {
        part.name for term in terms for each in variables_of(term) for part in subterms(each) if isinstance(part, Sym)
    }
    sought |= {*reading.passage.unknowns(reading.context)} if reading.passage else set()
    return any(spaced(each) == variable for each in sought) or (bool(reading.passage) and not sought)


def goes_on(reading: Reading, math: Expanded, words: str) -> bool:
    """``is least at $x = a$, $y = b$``: whether a formula gives the place of the optimum in one more variable."""
    last = reading.entries[-1] if reading.entries else None
    if last is None or reading.section.point_at != reading.number - 2 or not JOINING.match(words):
        return False
    try:
        node = parse(one_line(math.text).rstrip(" .,;"))
        optimum = last.what[0] if len(last.what) == 1 else None
        if not isinstance(optimum, Optimum) or not isinstance(node, s.Relation) or [op for op, _ in node.rest] != ["="]:
            return False
        variable, point = with_variable(optimum, node, last.context)
    except ReadError:
        return False
    what = replace(optimum, variables=(*optimum.variables, variable), point=(*optimum.point, point))
    stated_points.note(reading, what)
    reading.entries[-1] = replace(last, what=(what,), text=f"{last.text}, {one_line(math.text)}")
    reading.sides += 2
    return True


def _claimed_optimum(
    reading: Reading, claim: Claimed, segment: Segment, texts: list[str]
) -> tuple[Optimum, Context] | None:
    nodes = (segment.nodes[0], segment.nodes[1])
    if claim.name is None:
        before = reading.section.objectives[-1].text if reading.section.objectives else ""
        if claim.objective is None and not before:
            raise ReadError("expected a function before this that has an optimum")
        return optimum_of(claim, texts[0], nodes, reading.words.numbered, before, reading.context)
    if reading.words.numbered.get(claim.name) != texts[0]:
        return None
    call, value = (node_readings(node, reading.context)[0].term for node in nodes)
    for entry in reversed(reading.entries):
        for statement in entry.what if not isinstance(entry.what, str) else ():
            if isinstance(statement, Equal):
                found = pointwise(claim, call, value, statement.right, reading.context)
                if found is not None:
                    return found
    return None
