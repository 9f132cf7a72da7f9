"""A chain, segment by segment: what it defines, what it states, and where it ends."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.claims import WellDefined
from derive.language.context import Context
from derive.language.terms import Span, Term
from derive.read import syntax as s
from derive.read.documents.definitions import kernels, new_letters, numbered_names, recurrences
from derive.read.documents.definitions.defining import is_undeclared, is_unknown_function, parameters
from derive.read.documents.definitions.differentials import along_a_curve
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.named_members import named_member
from derive.read.documents.definitions.own_parameters import transposed
from derive.read.documents.definitions.partitions import partition
from derive.read.documents.definitions.roots import with_roots
from derive.read.documents.reading import (
    assuming,
    definitions,
    ending,
    ending_names,
    judging,
    laying_down,
    likelihood_said,
    linking,
    naming,
    on_the_way,
    optimal,
    optimum_stated,
    putting_back,
    redefining,
    solved_anew,
    solving,
    stated_moments,
    stated_noise,
    through_time,
)
from derive.read.documents.reading.state import Entry, NotYet, Reading, Refused, Waiting
from derive.read.documents.reading.told import before_it_is_worked_out
from derive.read.documents.steps import chains, constants, distributions
from derive.read.documents.steps.chains import Segment, Tail, Told
from derive.read.documents.steps.measures import are_measures
from derive.read.documents.text import outline
from derive.read.documents.text.statements import one_line, source_of
from derive.read.documents.words import named_densities
from derive.read.documents.words.eigendecomposition import decomposed
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.reaching import OPTION


def state_chain(reading: Reading, each: Waiting, last: bool) -> None:
    """One chain: assumed, or its segments one after the other."""
    found, math, chain = each.found, each.math, each.chain
    if isinstance(chain.node, s.Relation) and named_densities.is_normal(chain.node):
        _name_density(reading, each, chain.node, last)
        return
    if chain.problem is not None:
        reading.problem(found, math, chain.problem, chain.span)
        reading.tail = None
        return
    try:
        assuming.read_pending(reading, each)
    except NotYet:
        if not last:
            raise
        reason = ReadError("expected what is supposed before this to be read", None, "declare what it is about")
        reading.problem(found, math, reason, chain.span)
        reading.tail = None
        return
    _await_numbered(reading, each, last)
    if _says_new_letter(reading, each):
        return
    if not reading.section.stepped and isinstance(chain.node, s.Relation):
        _await_sequence(reading, each, chain.node, last)
    if assuming.assume_everywhere(reading, each):
        reading.chains += 1
        reading.tail = None
        return
    if _decomposes(reading, each):
        return
    if each.assume:
        naming.infer_ranges(reading, chain.node)
    given = isinstance(chain.node, s.Relation) and chain.node.rest[0][0] in ("=", ":=", "propto")
    given = given and isinstance(chain.node, s.Relation) and is_unknown_function(chain.node.first, reading.context)
    if (stated_moments.is_random(reading, each) or (each.assume and not given)) and assuming.assume(
        reading, found, chain, math, each.prose, supposes=each.supposes
    ):
        return
    again = redefining.of_another_variable(reading, each)
    if again:
        reading.context = without_names(reading.context, frozenset({again}))
    reading.context, roots = with_roots(chain.node, reading.context)
    for text in roots:
        reading.note(found.source.place(math.place(chain.span.start)), text)
    reading.chains += 1
    if chain.node is None or not isinstance(chain.node, s.Relation):
        if naming.infer_multiplier(reading, each, solving.note_expression(reading, math, chain)):
            solving.note_expression(reading, math, chain)
        reading.tail = _expression(reading, chain.node)
        return
    if naming.take_bundle(reading, found, chain.node) or _names_values(reading, each) or _partitions(reading, each):
        return
    naming.take_rounds(reading, found, chain.node)
    if chain.node.rest[0][0] == chains.UPDATE:
        reading.note(found.source.place(math.place(chain.span.start)), f"an update of {s.key(chain.node.first)}")
    reading.constraints = reading.constraints or bool(re.search(r"(?i)s\.\s?t\.|subject to", chain.words))
    told: Told | None = None
    for segment in chains.segments(chain):
        moved = None
        if not are_measures(segment.nodes, math.text, reading.context):
            moved = along_a_curve(segment.nodes, reading.document.formulas, reading.context)
        if moved is not None:
            segment = replace(segment, nodes=moved[0])
            reading.note(found.source.place(math.place(chain.span.start)), "differentials are taken along any curve")
        before = reading.context
        with_parameters = _parameters(segment, reading.context) if moved is None else moved[1]
        reading.context = with_parameters or before
        defines = not segment.missing and is_undeclared(segment.nodes[0], reading.context)
        reading.context = reading.context.with_option(OPTION, defines) if defines else reading.context
        try:
            told = _segment(reading, each, segment, told, last)
        except Refused:
            reading.tail = None
            _state_rest(reading, each, segment, last)
            return
        finally:
            reading.context = before if with_parameters else reading.context
            reading.context = reading.context.with_option(OPTION, False) if defines else reading.context


def _parameters(segment: Segment, context: Context) -> Context | None:
    """The context with the parameters of a density that is written out; none where one of them is no number."""
    if not segment.missing and len(segment.nodes) > 1 and transposed(segment.nodes[0], segment.nodes[1], context):
        return None
    return parameters(segment.nodes[0], context)


def _state_rest(reading: Reading, each: Waiting, segment: Segment, last: bool) -> None:
    """What a chain goes on with behind a name that it could not define: ``W = \\min_w f = a = b`` claims a = b."""
    if len(segment.ops) < 3 or segment.missing:
        return
    rest = replace(segment, nodes=segment.nodes[1:], ops=segment.ops[1:], sides=segment.sides[1:], constants=())
    try:
        _segment(reading, each, rest, None, last)
    except Refused:
        reading.tail = None


def _await_numbered(reading: Reading, each: Waiting, last: bool) -> None:
    """``C = A_1 B_1`` beside a matrix A waits for ``where $A_1 = …$`` behind it, which says that A_1 is no row of A."""
    if last or not outline.where_follows(reading.document.pieces, each.number):
        return
    behind = reading.document.pieces[each.number + 1 : each.number + 1 + NEAR_PIECES]
    name = numbered_names.said_behind(each.chain.node, behind, reading.context)
    if name:
        raise NotYet([Undeclared(name, each.chain.span, "say what it is before it is used")])


NEAR_PIECES = 12
"""How many pieces behind a formula may say what its names are."""


def _await_sequence(reading: Reading, each: Waiting, node: s.Relation, last: bool) -> None:
    """A member of a sequence that the section gives by a recurrence is defined by that: ``h_T = …`` is no definition of
    a new name, and has to wait until the sequence is known, and what gives it."""
    section = naming.section_nodes(reading)
    name = recurrences.member(node.first, section)
    if not name or last:
        return
    waits = is_undeclared(node.first, reading.context)
    if not waits and not each.assume and not recurrences.is_recurrence(node, section):
        others = (other.chain.node for other in reading.waiting if other is not each)
        nodes = [other for other in others if isinstance(other, s.Relation) and recurrences.is_recurrence(other)]
        waits = bool(recurrences.member(node.first, nodes)) and not recurrences.is_known(node.first, reading.context)
    if not waits:
        return
    raise NotYet([Undeclared(name, Span(node.first.start, node.first.stop), "declare the sequence")])


def _name_density(reading: Reading, each: Waiting, node: s.Relation, last: bool) -> None:
    """``p = N(m, S)`` makes p a density; its covariance may be declared right after it."""
    try:
        done = named_densities.named(node, reading.context)
    except ReadError as problem:
        if not last:
            raise NotYet([problem]) from problem
        reading.problem(each.found, each.math, problem, each.chain.span)
        reading.context = without_names(reading.context, frozenset({s.key(node.first)}))  # it is another one now
        return
    if done is not None:
        reading.context = done.context
        reading.note(each.found.source.place(each.math.place(each.chain.span.start)), done.text)


def _names_values(reading: Reading, each: Waiting) -> bool:
    """Whether a chain only says how values of a kernel are written, or what a norm is; then that is laid down."""
    node, place = each.chain.node, each.found.source.place(each.math.place(each.chain.span.start))
    marked = kernels.at_marked_point(reading.context)
    if marked is not None:
        reading.context = marked.context
        reading.note(place, marked.text)
    if node is None:
        return False
    done = kernels.named_value(node, reading.context) or named_member(node, reading.context)
    if done is not None:
        reading.context = done.context
        reading.note(place, done.text)
    elif kernels.is_other_norm(node):
        reading.note(place, f"taken as given: {s.key(node)}")
    return done is not None or kernels.is_other_norm(node)


def _partitions(reading: Reading, each: Waiting) -> bool:
    """Whether a chain names the blocks of a matrix, or a matrix of blocks; then that is laid down."""
    if each.chain.node is None or each.chain.begins:
        return False
    done = partition(each.chain.node, reading.document.formulas, reading.context)
    if done is None:
        return False
    _lay_down(reading, each, done.context, done.text, done.whole)
    return True


def _lay_down(reading: Reading, each: Waiting, context: Context, said: str, whole: Term) -> None:
    """What a chain defines as a whole, of which one term is to be well defined."""
    redefining.redefine(reading, context)
    at = each.math.place(each.chain.span.start)
    place = each.found.source.place(at)
    reading.note(place, said)
    text = one_line(each.math.text[each.chain.span.start : each.chain.span.stop])
    what = (WellDefined(whole),)
    reading.entries.append(Entry((reading.number, at), place, what, reading.context, text, chain=reading.chains))
    reading.tail = None


def _says_new_letter(reading: Reading, each: Waiting) -> bool:
    """Whether a chain writes something that is known with a letter that is new; then that is defined by it."""
    node = each.chain.node
    if not isinstance(node, s.Relation) or each.supposed or not new_letters.says(each.prose, node, reading.context):
        return False
    done = new_letters.defined(node, reading.context)
    if done is None:
        return False
    _lay_down(reading, each, done.context, done.text, node_readings(node.rest[0][1], done.context)[0].term)
    return True


def _decomposes(reading: Reading, each: Waiting) -> bool:
    """Whether a chain gives the eigenvectors and eigenvalues of a symmetric matrix their names."""
    done = decomposed(each.chain.node, each.sentence or each.prose, naming.section_texts(reading), reading.context)
    if done is None:
        return False
    redefining.redefine(reading, done.context)
    at = each.math.place(each.chain.span.start)
    place = each.found.source.place(at)
    reading.note(place, done.text)
    text = one_line(each.math.text[each.chain.span.start : each.chain.span.stop])
    what = tuple(WellDefined(side, "assumption") for side in done.sides[1:])
    reading.entries.append(Entry((reading.number, at), place, what, reading.context, text, chain=reading.chains))
    reading.tail = None
    return True


def _expression(reading: Reading, node: s.Node | None) -> Tail | None:
    """An expression alone states nothing, but a later display may go on with ``= …``."""
    if node is None:
        return None
    try:
        terms = tuple(typed.term for typed in node_readings(node, reading.context))
    except ReadError:
        return None
    return Tail(terms, terms, (), "")


def _segment(reading: Reading, each: Waiting, segment: Segment, told: Told | None, last: bool) -> Told:
    """The relations between two arrows; ``told`` is what stands before the arrow."""
    math = each.math
    segment = through_time.per_step(reading, each, segment)
    texts = [source_of(side, math.text) for side in segment.sides]
    if not segment.ops:
        return Told((), False)
    done = laying_down.declare_bound(reading, each, segment, texts) or optimal.claim_in_words(
        reading, each, segment, texts
    )
    if done is not None:
        return done
    if _says_distribution(reading, each, segment, texts):
        return Told((), False)
    stated = optimal.write_out(reading, each, segment, texts, last)
    stated = stated or optimum_stated.claim(reading, each, segment)
    if stated is not None:
        return stated
    segment, texts = definitions.drop_differentials(reading, each, segment, texts)
    segment, texts = definitions.list_entries(reading, each, segment, texts, last)
    if not segment.ops:
        return Told((), False)
    segment, texts = definitions.size_ones(reading, each, segment, texts)
    segment = definitions.name_last(reading, each, segment, texts)
    ending.name_mean(reading, each, segment, texts)
    ending_names.name_result(reading, each, segment, texts)
    definitions.say_entropy(reading, each, segment, texts)
    naming.take_whole(reading, segment)
    stated_noise.claim(reading, each, segment, texts)
    if solving.in_the_same_way(reading, each, segment):
        unclear = ReadError("expected to know what is zero here too", segment.sides[1], "write the equation to solve")
        reading.problem(each.found, each.math, unclear, segment.sides[1], " = ".join(texts[:2]))
        raise Refused
    if not segment.missing:
        definitions.define_calls(reading, each, segment, texts)
    before = reading.passage
    solved = solving.solved_segment(reading, each, segment, texts, told) or _solved_anew(
        reading, each, segment, texts, told
    )
    borrowed = reading.passage is not before  # an equation that only this estimate rests on
    if solved is not None:
        segment = solved
    before_it_is_worked_out(reading, each, segment, naming.section_nodes(reading))
    likelihood_said.claim(reading, each, segment)
    segment = _up_to_constants(reading, each, segment)
    segment, named = _own_constant(reading, each, segment, texts)
    value = putting_back.value_named(reading, each, segment) if solved is None else None
    closed = bool(segment.constants) or segment.missing or solved is not None or (told is not None and not told.read)
    defined = (
        0
        if closed
        else definitions.normalise(reading, each, segment, named)
        or definitions.define_names(reading, each, segment, named, last)
    )
    if defined:
        solving.note_objective(reading, texts[0])
    links = linking.links_of(reading, each, segment, last)
    if defined:
        on_the_way.note_given(reading, each, segment, links, texts)
    facts = judging.judge(reading, each, segment, links, texts, defined, told)
    if defined and value is not None:
        putting_back.claim(reading, each, segment, texts, value, last=last)
    if any(link.problem is not None for link in links[defined:]):
        facts = replace(facts, read=False)
    each.used |= judging.remember(reading, segment, links, texts).keys()
    if links and not segment.missing and not defined and solved is None:
        solving.note_restated(reading, links[0].left, texts[0])
    if solved is not None and not any(link.problem for link in links):
        solving.name_solution(reading, each, texts, segment)
    if borrowed and not each.goes_on:
        reading.passage = before
    return facts


def _solved_anew(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str], told: Told | None
) -> Segment | None:
    r"""``\hat w = …``, which has solved another problem before, where it solves this one."""
    fresh = solved_anew.without_old_solution(reading, each, segment)
    if fresh is None:
        return None
    context, passage = reading.context, reading.passage
    reading.context = fresh
    solved = solving.solved_segment(reading, each, segment, texts, told)
    if solved is None:
        reading.context, reading.passage = context, passage
    else:
        reading.document.outdated |= solved_anew.outdated(context, reading.context)
    return solved


def _says_distribution(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether a line says how a function of a random quantity is distributed: its mean and covariance are claimed."""
    try:
        found = distributions.moments(segment, reading.context)
    except ReadError as problem:
        reading.problem(each.found, each.math, problem, segment.sides[1], " \\sim ".join(texts))
        raise Refused from problem
    if found is None:
        return False
    at = judging.place_of(reading, each, segment, 1)
    place, text = each.found.source.place(at), " \\sim ".join(texts)
    for statement, part in found:
        reading.entries.append(
            Entry((reading.number, at), place, (statement,), reading.context, text, chain=reading.chains, part=part)
        )
    reading.note(place, "normal, as an affine function of what is; its mean and covariance are judged")
    reading.sides += 2
    return True


def _own_constant(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> tuple[Segment, list[str]]:
    """``\\ell(\\mu) = f + \\text{const}``: a definition with a constant of its own."""
    found = None if segment.constants else constants.with_own_constant(segment, texts, reading.context)
    if found is None:
        return segment, texts
    segment, texts, reading.context, name = found
    reading.note(
        each.found.source.place(each.math.place(each.chain.span.start)), f"a constant: {name} \\in \\mathbb{{R}}"
    )
    return segment, texts


def _up_to_constants(reading: Reading, each: Waiting, segment: Segment) -> Segment:
    """``\\log p(x) = … + \\text{const}``: the sides without their constants, if what is said of them can be judged."""
    near = reading.document.pieces[each.number + 1 : each.number + 4]
    after = " ".join(piece.text for piece in near)
    above = "" if segment.missing else each.math.text[: segment.sides[0].start]
    found = constants.has_constants(segment, each.prose, above, after, reading.context)
    if not found or segment.missing or not constants.is_readable(segment.nodes[0], reading.context):
        return segment
    return replace(constants.without_constants(segment, each.prose, after, reading.context), constants=found)
