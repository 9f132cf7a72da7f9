"""Reads the pieces of a document in order: declarations, definitions, chains and steps, each in its context."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from derive.language.context import Context
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.named_functions import called_functions
from derive.read.documents.definitions.taking import Earlier
from derive.read.documents.reading import (
    ahead,
    assuming,
    chance,
    counting_before,
    declaring,
    drawing,
    formulas,
    freeing_steps,
    holding,
    joint_densities,
    meaning,
    naming,
    numbers_given,
    of_normals,
    quantified,
    renewing,
    reparametrising,
    sections,
    special,
    stepping,
    unread_before,
    unread_bodies,
    waiting,
    withdrawing,
    written_members,
)
from derive.read.documents.reading.state import NEAR, Only, Reading
from derive.read.documents.steps.passages import Passage
from derive.read.documents.text import outline
from derive.read.documents.text.between_functions import at_a_number
from derive.read.documents.text.by_cases import by_cases
from derive.read.documents.text.called_at_indices import subscripted
from derive.read.documents.text.entries_named import with_entries
from derive.read.documents.text.gradients_named import gradients_named
from derive.read.documents.text.joining import joined
from derive.read.documents.text.layer_numbers import with_layer_numbers
from derive.read.documents.text.layers import layered
from derive.read.documents.text.left_out import with_left_out
from derive.read.documents.text.operators_spelled import with_usual_operators
from derive.read.documents.text.primes_transpose import with_transposes
from derive.read.documents.text.problems import problems
from derive.read.documents.text.prose import (
    HEADING,
    HELD,
    LETTERED,
    ONE_DIMENSION,
    OVER,
    PARAGRAPH,
    last_sentence,
)
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.steps_above import with_steps_above
from derive.read.documents.text.typed_in_italics import upright
from derive.read.documents.undeclared import conventions, losses
from derive.read.documents.undeclared.gamma_function import gamma_function
from derive.read.documents.words.concluding import concluded
from derive.read.documents.words.elementwise_said import elementwise_said
from derive.read.documents.words.optima import is_objective
from derive.read.documents.words.said_drawn import said_drawn
from derive.read.documents.words.several_cases import one_of_several
from derive.read.names import DRAWN, option


def read(pieces: Sequence[Found], context: Context) -> Reading:
    """Everything in a document."""
    reading = Reading(context)
    pieces, names = upright(with_usual_operators(pieces))
    reading.notes += names
    pieces, primes = with_transposes(pieces)
    pieces, entries = with_entries(pieces)
    reading.notes += (*primes, *entries)
    pieces, numbered = with_layer_numbers(pieces)
    pieces, steps = with_steps_above(pieces)
    pieces, left_out = with_left_out(pieces)
    reading.notes += (*numbered, *steps, *left_out)
    pieces, members = subscripted(by_cases(joined(pieces)))
    pieces, short = gradients_named(pieces)
    reading.notes += [short] if short else []
    pieces, reading.document.layers = layered(pieces)
    reading.notes += reading.document.layers.notes if reading.document.layers is not None else ()
    reading.notes += [f"{letter}_t(i) is the member {letter}_{{t,i}}" for letter in members]
    written = [spaced(found.math.text) for found in pieces if found.math is not None]
    used = frozenset(token for text in written for token in text.split())
    pieces = reading.document.pieces = at_a_number(pieces, called_functions(pieces), used)
    reading.document.formulas = tuple(
        spaced(found.math.text) for found in pieces if found.math is not None and found.kind != "declaration"
    )
    reading.document.everywhere = tuple(
        spaced(found.math.text) if found.math is not None else found.text
        for found in pieces
        if found.math is not None or found.kind == "prose"
    )
    reading.document.spelled = frozenset(token for text in reading.document.formulas for token in text.split())
    reading.document.defining = conventions.defining(pieces)
    reading.document.concluded = concluded(pieces)
    reading.document.several = one_of_several(pieces)
    direction = conventions.softmax_lines(pieces)
    if direction:
        reading.context = reading.context.with_option("softmax", direction)
        reading.notes.append(f"the softmax of a matrix is that of its {direction}")
    _note_drawn(reading, pieces)
    gamma = gamma_function(pieces, reading.context)
    if gamma is not None:
        reading.context = gamma.context
        reading.notes.append(gamma.text)
    reading.document.bare = conventions.bare_names(pieces)
    reading.document.losses = losses.called_losses(pieces)
    reading.document.called_functions = called_functions(pieces)
    reading.document.elementwise = elementwise_said(pieces)
    begun = problems(pieces)
    stated = (number for number, each in begun.items() if each.stated)
    reading.document.first_problem = min(stated, default=min(begun, default=len(pieces)))
    ends = outline.sections(pieces, {number for number, each in begun.items() if each.heads})
    for number, found in enumerate(pieces):
        reading.number = number
        if number in begun:
            renewing.begin(reading, number, begun[number])
            _note_drawn(reading, [*pieces[: reading.document.first_problem], *pieces[number:]])
        reading.section.extent = (number, ends[number]) if number in ends else reading.section.extent
        reading.words.where_follows = outline.where_follows(pieces, number)
        reading.words.case_follows = outline.case_follows(pieces, number)
        reading.words.after = outline.words_after(pieces, number)
        reading.words.before_objective = is_objective(reading.words.prose, reading.words.after)
        reading.words.holds = bool(HELD.match(reading.words.after))
        if number in ends:
            counting_before.begin(reading, pieces[number : ends[number]])
            declaring.infer_indices(reading, pieces[number : ends[number]])
            sections.note_independence(reading, pieces[number : ends[number]])
        if number in ends and found.kind != "prose":
            joint_densities.begin(reading, pieces[number : ends[number]])
            stepping.begin(reading)
            naming.make_random(reading)
        match found.kind:
            case "prose":
                _words(reading, found.text, number in begun and (begun[number].stated or begun[number].turns))
                if number in ends:
                    joint_densities.begin(reading, pieces[number : ends[number]])
                    naming.free_called(reading)
                    freeing_steps.free(reading)
                    naming.make_random(reading)
                    stepping.begin(reading)
                holding.hold_named(reading, found.text, found.place)
                if ONE_DIMENSION.search(found.text):
                    naming.in_one_dimension(reading)
            case "declaration":
                declaring.take_declaration(reading, found)
                naming.make_random(reading)
                stepping.take_names(reading)
                stepping.extend(reading)
            case "broken":
                reading.unread(found, found.start, found.message, found.hint)
                reading.tail = None
            case "display" if reading.skip:
                reading.skip = False
                reading.note(found.place, "left out, as declared")
            case "display":
                known = reading.context
                formulas.display(reading, found)
                chance.end_sentence(reading)
                withdrawing.note(reading, known)
                withdrawing.end_display(reading, found.text)
                ahead.take_up(reading)
                reading.words.zeroed = ""
                sections.end_display(reading, found)
            case "inline":
                known = reading.context
                formulas.inline(reading, found)
                chance.note(reading)
                withdrawing.note(reading, known)
                if reading.context.symbols is not known.symbols:
                    stepping.extend(reading)
                ahead.take_up(reading)
                sections.join_sentence(reading, found)
    waiting.retry(reading, last=True, end=True)
    ahead.give_up(reading)
    withdrawing.leave_unclear(reading)
    unread_before.leave_unclear(reading)
    meaning.leave_unclear(reading)
    unread_bodies.leave_unclear(reading)
    written_members.take_by_number(reading)
    reading.entries.sort(key=lambda entry: entry.key)
    reading.marks.sort(key=lambda mark: mark.key)
    return reading


def _note_drawn(reading: Reading, pieces: Sequence[Found]) -> None:
    """What is called random in some pieces: before the first problem, and from one on; another one has a model of its
    own."""
    drawn = said_drawn(pieces)
    if drawn or option(reading.context, DRAWN):
        reading.context = reading.context.with_option(DRAWN, MappingProxyType(dict.fromkeys(sorted(drawn))))


def _words(reading: Reading, text: str, begins: bool) -> None:
    """Prose: a heading, or what else begins a problem, ends what belongs to the section before it."""
    if OVER.search(text):
        chance.end_sentence(reading)
        withdrawing.end_sentence(reading)
        assuming.carry(reading)
        quantified.end_sentence(reading)
        reading.case, reading.supposed, reading.pending = None, (), ()
        reading.roots_here, reading.constraints = False, False
        special.end(reading)
    assuming.go_on(reading, text)
    withdrawing.withdraw(reading, text)
    if PARAGRAPH.search(text):  # another step: what was solved, and held fixed, in the one before is done
        reading.passage, reading.section.gradients, reading.section.fixed = Passage(), [], {}
    if LETTERED.search(text):
        context = reading.context
        reading.section.parts_before = Earlier(context.symbols, context.functions, context.sizes, context.indices)
    if begins or HEADING.search(text):
        waiting.retry(reading, last=True, end=True)
        stepping.end(reading)
        numbers_given.end(reading)
        sections.restore_indices(reading)
        reparametrising.end_section(reading)
        withdrawing.end_section(reading)
        quantified.end_section(reading, text)
        assuming.forget_chosen(reading)
        if begins:
            first = reading.document.first_problem
            reading.document.universal = tuple(each for each in reading.document.universal if each.at < first)
            drawing.end_problem(reading)
        if reading.number <= reading.document.first_problem:
            reading.document.given_first += reading.section.given  # of the whole document
        reading.section.met, reading.section.case_begun = {}, None
        reading.passage, reading.tail, reading.section.gradients, reading.section.given = Passage(), None, [], ()
        reading.section.given = stepping.still_given(reading)
        reading.section.constrained, reading.section.subject, reading.section.varying = (), [], {}
        own, earlier = reading.section.objectives, reading.section.objectives_before
        reading.section.objectives_before = [] if begins else [*(each for each in earlier if each not in own), *own]
        reading.section.objectives, reading.section.expansion = [], None
        reading.section.carried, reading.section.bounded = ((), (), Only()), ()
        reading.section.restricted = reading.section.point = ()
        reading.section.solutions = {}
        reading.section.stated_before = frozenset(option(reading.context, "distributed"))
        reading.context = without_names(
            reading.context, frozenset({**reading.section.unknown, **reading.section.for_section})
        )
        reading.section.unknown, reading.section.for_section = {}, {}
        of_normals.end(reading)
        reading.announced = ()
        reading.section.earlier = frozenset(
            {*reading.context.symbols, *reading.context.functions, *option(reading.context, "called")}
        )
        reading.section.sections_before = Earlier(
            reading.context.symbols, reading.context.functions, reading.context.sizes, reading.context.indices
        )
        reading.section.parts_before = reading.section.sections_before
        reading.words.section_words, reading.words.sentence, reading.section.fixed = "", "", {}
        reading.words.story = ""
    reading.words.prose = (reading.words.prose + text)[-4 * NEAR :]
    reading.words.section_words = (reading.words.section_words + text)[-4 * NEAR :]
    reading.words.story = (reading.words.story + text)[-8 * NEAR :]
    before, reading.words.sentence = reading.words.sentence, last_sentence(reading.words.sentence + text)
    if not reading.words.sentence.startswith(before):
        reading.words.zeroed = ""
