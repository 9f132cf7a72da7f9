"""A display, or a formula in running text: a declaration, an assumption, a case, or statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derive.language.context import Context
from derive.language.dependencies import names_in
from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import (
    equal_families,
    matrices,
    new_letters,
    one_hot,
    own_parameters,
    recurrences,
    sampling,
)
from derive.read.documents.definitions.defining import NEVER_DEFINED, is_undeclared, is_unknown_function, primitive
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.kernels import at_a_member
from derive.read.documents.definitions.named_functions import equated
from derive.read.documents.definitions.taking import REDEFINING, forms_of, is_new
from derive.read.documents.reading import (
    assuming,
    at_optimum,
    at_rest,
    becoming,
    braced,
    calling,
    computed,
    constraining,
    declared_next,
    declaring,
    definitions,
    demanding,
    doubting,
    drawing,
    holding,
    laying_down,
    meaning,
    naming,
    normalising,
    numbers_given,
    one_solution,
    optimal,
    optimising,
    predicated,
    quantified,
    redefining,
    remarked,
    reparametrising,
    roots_said,
    sections,
    solving,
    special,
    stated_points,
    sums_behind,
    supposing,
    taken,
    two_values,
    waiting,
)
from derive.read.documents.reading.state import NEAR, Reading, Waiting
from derive.read.documents.steps import chains, distributions, expansions
from derive.read.documents.steps.varying import says_depends
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import (
    AROUND,
    CONSIDERED,
    CONSIDERS_CASE,
    EXAMPLE,
    GIVEN,
    HAS_REASON,
    JOINING,
    LET_SUCH_THAT,
    MULTIPLIER_FOR,
    NAMED_CASE,
    NAMES_A_SET,
    ONLY_IF,
    OPTIMISED,
    OPTIMISED_UNDER,
    RESTRICTING,
    SINCE,
    SOLVES_IT,
    STATES_A_CASE,
    SUPPOSED,
    SUPPOSING,
    TO_SOLVE,
    USING,
    Cue,
    cue_of,
    last_sentence,
)
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import Chain, chains_of, one_line, without_broken_rows
from derive.read.documents.undeclared import conventions
from derive.read.documents.words import (
    diagonal_said,
    function_kinds,
    named_bounds,
    policies,
    setting,
    smooth_constants,
    symmetric_said,
)
from derive.read.documents.words.conditions import said_in_words
from derive.read.documents.words.introduced import ANEW_HERE, LET_BE, SUPPOSES, lets_more
from derive.read.documents.words.new_meanings import says_instead
from derive.read.documents.words.normals import named_normal, specialised
from derive.read.documents.words.optima import claimed
from derive.read.documents.words.orthonormal import orthonormal, orthonormal_lines
from derive.read.documents.words.predicates import UNDER, further_under
from derive.read.documents.words.putting_back import put_into
from derive.read.documents.words.unit_vectors import unit_vector
from derive.read.notation import EXPECTATIONS

BOUND = re.compile(r"[<>]|\\(?:leq?|geq?|neq?|leqslant|geqslant|l[et]|g[et])(?![A-Za-z])")
"""A formula that may be a bound: Let $x > 1$ and $x < 2$."""

RELATES = re.compile(rf"{BOUND.pattern}|=")
"""A formula that may be a bound or an equation: Let $S$ be a projection, $S^2 = S$."""


def display(reading: Reading, found: Found) -> None:
    """Every chain of a display; those that cannot be read yet wait."""
    if found.math is None:
        return
    declaring.marks_inside(reading, found)
    if doubting.leave(reading, found, found.math) or doubting.is_case(reading, found.math):
        inline(reading, found)
        assuming.carry(reading)
        return
    math, problems = without_broken_rows(found.math)
    holding.hold_said_behind(reading, math)
    sums_behind.take_up(reading, math)
    waiting.retry(reading)
    laying_down.settle_distributions(reading, found)
    waiting.settle_assumed(reading, math)
    naming.infer_unknown(reading, found, found.math)
    waiting.again(reading, end=False)
    if reading.waiting and at_optimum.solves_here(reading):
        waiting.retry(reading, last=True)  # what is solved for is no new name
    reading.constraints = reading.roots_here = False
    zeroed = setting.works_out(reading.words.prose, math.text, reading.words.after)
    if not at_optimum.set_there(reading, found, math):
        solving.set_to_zero(reading, found, math)
    cue = cue_of(reading.words.prose, None)
    reading.words.anew, reading.words.introduces = bool(REDEFINING.search(reading.words.prose)), False
    claim = claimed(reading.words.sentence, reading.words.section_words)
    if SOLVES_IT.search(reading.words.prose):
        solving.declare_unknown(reading, found)
    constraining.note_constraints(reading, found, math)
    reading.section.expansion = (
        expansions.announced(reading.words.sentence, reading.words.numbered) or reading.section.expansion
    )
    braced.take_labels(reading, found, math)
    under, before = False, 0
    one_of_several = one_solution.claim(reading, found, math)
    for number, chain in () if one_of_several else enumerate(chains_of(math.text, reading.context)):
        under = _is_under(chain, under and "\\\\" not in math.text[before : chain.span.start])
        before = chain.span.stop
        if not number:
            laying_down.note_noun(reading, chain)
        if number and remarked.note_remark(reading, found, math, chain):
            continue
        if isinstance(chain.node, s.Relation):
            sections.free_size(reading, chain.node, reading.words.prose)
        drawing.note(reading, found, math.text[chain.span.start : chain.span.stop])
        if not laying_down.note_distribution(reading, found, chain, math):
            if not number and assuming.suppose_display(reading, found, math, chain):
                continue
            given = assuming.is_slackness(chain.node, reading.words.prose)
            behind = number > 0 and under
            waiting.state(reading, found, math, chain, Cue.assumption if given else cue, claim, behind=behind)
            becoming.suppose_it(reading, chain, reading.words.prose)
            claim = None
    for problem in problems:
        reading.problem(found, math, problem, Span(0, 0))
    waiting.retry(reading, last=not reading.words.where_follows)
    optimising.set_optimised(reading, found, math)
    reading.words.prose = "Setting this derivative" if zeroed else ""  # … to zero, as the words behind it go on
    assuming.carry(reading)
    reading.words.cue, reading.case, reading.supposed = None, None, ()
    reading.pending, reading.words.supposes = (), False
    special.end(reading)
    reading.words.sentence_open = not quantified.ends_sentence(math)
    if not reading.words.sentence_open:
        quantified.end_sentence(reading)


def _zero_at_a_mark(reading: Reading, found: Found, math: Expanded) -> bool:
    """``$\\nabla f(w^*) = 0$`` as an equation to solve, with what waits for w read first."""
    said = at_optimum.marked_at_zero(reading, math)
    if said is None:
        return False
    waiting.retry(reading, last=True)
    return at_optimum.zero_there(reading, found, *said)


_UNDER = re.compile(r"(?i)(?:.*\s)?(?:where|with|subject to|such that|s\.\s?t\.|given)(?:\s+that)?\s*,?")


def _is_under(chain: Chain, under: bool) -> bool:
    """Whether words in its row, ``\\text{where}``, make a statement what another one is given with; ``and`` goes on."""
    words = chain.words.strip()
    return _UNDER.fullmatch(words) is not None or (under and words.lower() in ("", "and"))


_FOR_A_LAYER = re.compile(
    r"(?i)\bfor\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,4}(?:layer|unit|activation|network|neuron|output|non-?linearity)s?"
    r"(?:\s+(?:we\s+have|one\s+has))?\s*,?\s*\Z"
)


def _is_of_a_layer(reading: Reading, math: Expanded) -> bool:
    """``For a sigmoid hidden layer, $a = \\sigma(z)$`` behind a section with ``a = \\phi(z)``: what a is now."""
    if _FOR_A_LAYER.search(reading.words.prose) is None:
        return False
    head, equals, _ = math.text.partition("=")
    decl = reading.context.symbols.get(head.strip())
    return bool(equals) and decl is not None and decl.definition is not None and head.strip() in reading.section.earlier


def _forget_for_one_hot(reading: Reading, math: Expanded, words: str) -> None:
    """``let $y$ be the one-hot label`` of a y that an earlier section has used, and that this one has not: another."""
    name = math.text.strip(" .,;")
    decl = reading.context.symbols.get(name)
    said: dict[str, str] = {}
    one_hot.one_hot(name, words, reading.words.after, said)
    if decl is None or name not in said or name not in reading.section.earlier or name in reading.document.authored:
        return
    first, _ = reading.section.extent
    before = (each.math.text for each in reading.document.pieces[first : reading.number] if each.math is not None)
    written = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")
    if SUPPOSES.search(reading.words.sentence) and not any(written.search(text) for text in before):
        reading.context = without_names(reading.context, frozenset({name}))


def inline(reading: Reading, found: Found) -> None:
    """A formula in running text: a declaration, a definition, an assumption, a case, or a statement."""
    math = found.math
    if math is None:
        return
    if assuming.names_all(reading):
        reading.words.prose = ""
        return
    constant = smooth_constants.constant(math.text, reading.words.after, reading.context)
    if constant is not None:
        reading.context = constant.context
        reading.note(found.place, constant.text)
    _note_best(reading, found)
    laying_down.take_sample_ahead(reading, found)
    math = replace(math, text=at_a_member(math.text, reading.context))
    cue = quantified.cue_here(reading, math, cue_of(reading.words.prose, reading.words.cue, reading.words.sentence))
    reading.words.anew = bool(REDEFINING.search(reading.words.prose)) or (
        reading.words.anew and bool(JOINING.match(reading.words.prose))
    )
    reading.words.anew = reading.words.anew or says_instead(reading.words.sentence)
    if lets_more(last_sentence(reading.words.sentence)) and RELATES.search(math.text):
        cue, reading.words.anew = Cue.assumption, True
    if cue is Cue.condition and _is_of_a_layer(reading, math):
        cue, reading.words.anew = Cue.assumption, True
    begins = bool(ANEW_HERE.search(reading.words.prose))
    reading.words.introduces = begins or (reading.words.introduces and bool(JOINING.match(reading.words.prose)))
    reading.words.introduced = "" if begins else reading.words.introduced
    if begins:
        reading.words.lets = bool(SUPPOSES.search(reading.words.prose))
    elif (reading.words.introduces and reading.words.lets and cue is Cue.assertion and BOUND.search(math.text)) or (
        cue is Cue.assertion and RELATES.search(math.text) and LET_BE.search(reading.words.sentence)
    ):
        cue = Cue.assumption
    if reading.words.case_follows and cue is Cue.assertion and not quantified.is_conditional(reading):
        cue = quantified.cue_under_words(reading, found, math)
    words_suppose = said_in_words(reading.words.sentence, reading.document.pieces, reading.number)
    reading.words.said_twice = cue is Cue.assertion and words_suppose
    if reading.words.said_twice:
        cue = Cue.condition
    if EXAMPLE.search(reading.words.prose) or (
        cue is Cue.condition
        and any(rule(reading, math) for rule in (taken.gives_meaning, taken.names_a_thing, taken.is_first_met))
    ):
        cue = Cue.assumption
    if setting.works_out(reading.words.prose, math.text, reading.words.after):
        cue = Cue.assertion
    if _zero_at_a_mark(reading, found, math):
        reading.words.prose, reading.words.cue = "", Cue.assertion
        return
    if at_optimum.set_there(reading, found, math) or solving.set_to_zero(reading, found, math):
        cue = Cue.assertion
    if cue is not Cue.assertion and stated_points.there(reading, reading.words.prose):
        cue = Cue.assertion
    if cue is Cue.condition and stated_points.says_again(reading, reading.words.prose):
        cue = Cue.assertion
    if doubting.leave(reading, found, math):
        reading.words.prose, reading.words.cue = "", None
        return
    asserted = cue is Cue.assertion
    if one_solution.claim(reading, found, math):
        reading.words.prose, reading.words.cue = "", Cue.assertion
        return
    if roots_said.claim(reading, found, math) or two_values.claim(reading, found, math, asserted=asserted):
        reading.words.prose, reading.words.cue = "", Cue.assertion
        return
    cue = doubting.as_case(reading, math, cue)
    if cue is Cue.condition or SUPPOSING.search(reading.words.prose):
        math = equal_families.member_by_member(math, reading.context)
    if cue is not Cue.assertion and computed.is_worked_out(reading, math, reading.words.prose):
        cue = Cue.assertion
    naming.infer_unknown(reading, found, math)
    cue = Cue.condition if cue is Cue.assertion and demanding.is_demanded(reading, math) else cue
    if demanding.is_required(reading, math) and quantified.suppose_equation(reading, found, math):
        reading.words.prose, reading.words.cue = "", Cue.condition
        return
    if supposing.suppose_shared(reading, found, math) or at_rest.suppose_there(reading, found, math):
        reading.words.prose, reading.words.cue = "", Cue.condition
        return
    words, reading.words.prose, reading.words.cue = reading.words.prose, "", cue
    if meaning.note(reading, found, math, words):
        return
    reading.words.said_so = not reading.words.doubted and predicated.suppose_said(reading, found)
    if optimal.goes_on(reading, math, words) or quantified.note_bound(reading, found, math, words):
        return
    if reading.words.holds and holding.hold_fixed(reading, found, math):
        return
    if stated_points.note_point(reading, found, math):
        return
    if reading.words.before_objective and not _names_objective(reading, math):
        return
    said = equated(math.text)
    if said is not None and said[0] not in reading.context.symbols:
        return  # what the text calls this function; that is declared where it is called
    if calling.name_stated(reading, found, math, words):
        return
    laying_down.note_rows(reading, found, math, words)
    laying_down.note_parameter(reading, found, math)
    declares = laying_down.lay_down(reading, found, math, words, cue)
    reading.words.introduced += f" {math.text}"
    if not reading.words.doubted:
        laying_down.note_properties(reading, found, math, words, cue, declares)
        supposing.suppose_diagonal(reading, found, math, words)
        _note_diagonal(reading, found)
        _note_kinds(reading, found)
    laying_down.note_weights(reading, found, math, words)
    unit = orthonormal(math.text, words, reading.words.after, reading.context)
    unit = unit or orthonormal_lines(math.text, words, reading.words.after, reading.context)
    unit = unit or unit_vector(math.text, words, reading.words.after, reading.context)
    if unit is not None and not reading.words.doubted:
        reading.context = unit.context
        reading.note(found.place, unit.text)
    elif not reading.words.doubted:
        predicated.suppose_unit(reading, found, words)
        _note_policies(reading, found, math)
    _forget_for_one_hot(reading, math, words)
    one_hot.one_hot(math.text, words, reading.words.after, reading.document.said)
    one_hot.true_class(math.text, reading.words.sentence, reading.document.said)
    hot = one_hot.made_one_hot(reading.document.said, reading.context)
    if hot is not None:
        reading.context = hot.context
        reading.note(found.place, hot.text)
    if declares:
        follows = matrices.ROWS_FOLLOW.match(reading.words.after) is not None  # what waits may be about them
        if not follows and not declared_next.more_is_said(reading.document.pieces, reading.number):
            waiting.retry(reading)
        return
    for chain in chains_of(math.text, reading.context):
        drawing.note(reading, found, math.text[chain.span.start : chain.span.stop])
        if laying_down.note_distribution(reading, found, chain, math):
            waiting.settle_drawn(reading, chain.node)
            continue
        kept = reading.tail
        further = becoming.goes_on(reading, chain, words)
        if further is not None:
            _inline_chain(reading, found, math, further, cue, words)
            reading.tail = kept  # what it becomes in one case is not what it is
            continue
        if isinstance(chain.node, s.Relation):
            known = reading.context.symbols.keys()
            _inline_chain(reading, found, math, chain, cue, words)
            defines = chain.node.rest[0][0] in ("=", ":=") and reading.context.symbols.keys() > known
            becoming.note_abbreviation(reading, words, kept, defines)
        elif chain.problem is None and OPTIMISED.search(words):
            solving.note_expression(reading, math, chain)
        elif chain.problem is not None and cue is Cue.assertion and chains.relates(chain, math.text):
            reading.problem(found, math, chain.problem, chain.span)


def _note_diagonal(reading: Reading, found: Found) -> None:
    """A diagonal matrix that words give whole; what stands on it may wait to be read."""
    said = diagonal_said.said(reading.document.pieces, reading.number)
    if said is None:
        return
    whole = diagonal_said.defined(said, reading.document.pieces, reading.number, reading.context)
    if whole is None and reading.waiting:
        waiting.retry(reading, last=True)
        whole = diagonal_said.defined(said, reading.document.pieces, reading.number, reading.context)
    if whole is not None:
        reading.context = whole.context
        reading.note(found.place, whole.text)


def _note_kinds(reading: Reading, found: Found) -> None:
    """What words such as *convex* suppose of an unknown function: that holds everywhere."""
    for known, text in function_kinds.said_of(reading.document.pieces, reading.number, reading.context):
        reading.document.universal += (known,)
        reading.note(found.place, f"assume {text} for all u, v")


def _note_best(reading: Reading, found: Found) -> None:
    """A point of which words say that an unknown function is least, or most, there."""
    best = function_kinds.best_point(reading.document.pieces, reading.number, reading.context)
    if best is not None:
        reading.context, everywhere, text = best
        reading.document.universal += () if everywhere is None else (everywhere,)
        reading.note(found.place, text)


def _note_policies(reading: Reading, found: Found, math: Expanded) -> None:
    """A policy: unknown functions that add up to one."""
    behind = [piece.math.text for piece in _in_sentence(reading) if piece.math is not None]
    dense = policies.said(math.text, reading.words.sentence, reading.words.after, behind, reading.context)
    if dense is not None:
        reading.context = dense.context
        reading.note(found.place, dense.text)


def _in_sentence(reading: Reading) -> Iterator[Found]:
    """The formulas behind this one in its sentence."""
    for piece in reading.document.pieces[reading.number + 1 :]:
        if piece.kind == "inline":
            yield piece
        elif piece.kind != "prose" or re.search(r"[.;]\s|\n\s*\n", piece.text):
            return


def _names_objective(reading: Reading, math: Expanded) -> bool:
    """Whether a formula of which only the optimum is spoken gives it a name that is new: ``the minimiser of
    $J(w) = \\|Xw - y\\|^2$``."""
    node = next((chain.node for chain in chains_of(math.text, reading.context)), None)
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":=") or not isinstance(node.first, s.Juxt):
        return False
    return is_new(node.first, reading.context, reading.section.sections_before)


def is_further(node: s.Relation, context: Context) -> bool:
    """``with $\\mu_1 = \\mu$`` after ``for $\\mu_2 = 0$``: one more thing that is supposed of a declared quantity."""
    name = primitive(node.first, context)
    return name is not None and len(node.rest) == 1 and node.rest[0][0] == "="


def is_power(node: s.Node, context: Context) -> bool:
    """``\\sigma^2``, a power of a declared quantity: what is compared is no name that this would declare."""
    if not isinstance(node, s.Script) or not isinstance(node.sup, s.Number) or primitive(node, context) is not None:
        return False
    return primitive(replace(node, sup=None) if node.sub is not None else node.base, context) is not None


def _is_said(reading: Reading, words: str) -> bool:
    """Whether the words make what they suppose hold for what follows."""
    said = any(pattern.search(words) for pattern in (SUPPOSED, SOLVES_IT)) or reading.words.said_twice
    said = said or reading.words.hypothetical or NAMED_CASE.fullmatch(words) is not None
    said = said or USING.search(words) is not None
    said = said or UNDER.search(reading.words.sentence) is not None or CONSIDERS_CASE.search(words) is not None
    return said or quantified.is_said_of_claim(reading, words)


def _is_to_solve(reading: Reading, node: s.Relation, words: str) -> bool:
    """Whether words call an equation one to solve, or it goes on from one, ``Setting $f' = 0$ and $g' = 0$``, and is
    no value that a quantity is given beside it, ``and $u = 0$``."""
    further = reading.number - reading.words.solved_at <= 2 and JOINING.match(words) is not None
    further = further and primitive(node.first, reading.context) is None
    if not (TO_SOLVE.search(words) or further):
        return False
    reading.words.solved_at = reading.number
    return True


def _names_a_place(node: s.Relation, context: Context) -> bool:
    """``around $\\bar x = \\frac1N \\sum_n x_n$``: what nothing declares is a name for a sum, and no case."""
    made_of = any(isinstance(part, s.BigOp) for part in s.walk(node.rest[0][1]))
    return made_of and is_undeclared(node.first, context)


_HEADS = re.compile(r"(?s)(?:.*(?:\n|[.:;]\s))?[\s*_#>(\[\d.)-]*(?:\\item\s*(?:\[[^\]]*\])?\s*)?")
_HEADED = re.compile(r"\s*[)\]]?\s*(?:\*\*|__|\})?\s*[:,]")
"""What stands before and behind a case that heads its sentence: ``- $j \\ne k$: ``."""


def _inline_chain(reading: Reading, found: Found, math: Expanded, chain: Chain, cue: Cue, words: str) -> None:
    """A chain in running text: a case, a supposition, a restriction, an assumption, or a statement."""
    node = chain.node
    if not isinstance(node, s.Relation) or naming.take_bundle(reading, found, node):
        return
    if assuming.is_instance(reading, node):
        reading.note(found.place, f"used at {one_line(math.text[chain.span.start : chain.span.stop])}")
        return
    if remarked.note_exclusion(reading, found, math, node, words):
        return
    if AROUND.search(words) and node.rest[0][0] == "=" and not _names_a_place(node, reading.context):
        return
    if numbers_given.take(reading, found, node, math.text[chain.span.start : chain.span.stop]):
        return
    reparametrising.begin_again(reading, node)
    constrains = MULTIPLIER_FOR.search(reading.words.sentence) is not None
    cue = Cue.assumption if constrains else cue
    letter = new_letters.says(words, node, reading.context)
    is_special = quantified.is_special(reading, node, words)
    is_special = is_special or (not letter and quantified.writes_otherwise(reading, node))
    is_special = (
        is_special or quantified.is_an_instance(reading, node, words) or taken.substitutes(reading, node, words)
    )
    cue = Cue.condition if is_special else cue
    cue = Cue.assumption if assuming.is_slackness(node, words) or normalising.is_said(reading, node) else cue
    aside = assuming.is_aside(reading, node, words)
    if aside and assuming.is_of_such(reading) and quantified.suppose_here(reading, found, math):
        return
    cue = Cue.assumption if aside else cue
    cue = Cue.assertion if assuming.is_satisfied(node, reading.words.sentence) else cue
    if SOLVES_IT.search(words):
        solving.declare_unknown(reading, found)
    labelled = conventions.case_of_labels(node, reading.context) if ONLY_IF.search(words) else None
    if labelled is not None:
        reading.case = labelled
        return
    chosen = specialised(node, words if reading.words.chooses or not JOINING.match(words) else "", reading.context)
    reading.words.chooses = chosen is not None
    if chosen is not None:
        for name, decl in chosen.context.functions.items():
            old = reading.context.functions.get(name)
            if old is not None and old is not decl:
                reading.section.specialised[name] = (old, decl)
        reading.context = chosen.context
        for text in chosen.texts:
            reading.note(found.place, text)
        return
    normal = named_normal(
        node,
        reading.document.pieces,
        reading.number,
        reading.context,
        reading.section.earlier,
        naming.section_texts(reading),
    )
    if normal is not None:
        reading.context = normal.context
        for text in normal.texts:
            reading.note(found.place, text)
        return
    depends = says_depends(node)
    if depends is not None and depends[0] in reading.context.symbols and depends[1] not in reading.context.symbols:
        reading.section.varying[depends[1]] = (depends[0],)
        if depends[1] not in (*reading.context.sizes, *reading.context.indices):
            reading.context = declare(f"{depends[1]} \\in \\mathbb{{R}}", reading.context)
        reading.note(found.place, f"{depends[0]} is a function of {depends[1]}")
        return
    property_said = symmetric_said.said_of(node, reading.context) if cue is Cue.assumption else None
    if property_said is not None:
        reading.context = property_said.context
        reading.note(found.place, property_said.text)
        return
    sections.free_size(reading, node, words)
    if special.note_case(reading, found, node, words):
        return
    if assuming.is_case(reading, node):
        alone = not re.search(r"dots|\.\.|…|,", math.text)  # no enumeration: for k = 1, …, K
        heads = cue is Cue.assertion and _HEADS.fullmatch(words) and _HEADED.match(reading.words.after)
        reading.case = conventions.case(node, reading.context) if alone and (cue is Cue.condition or heads) else None
        return
    op = node.rest[0][0]
    claim = claimed(reading.words.sentence, reading.words.section_words)
    if claim is not None and op == "=" and not claim.estimate:
        waiting.attempt(
            reading,
            Waiting(
                reading.number,
                found,
                math,
                chain,
                words[-NEAR:],
                cue,
                reading.tail,
                claimed=claim,
                used=frozenset(reading.used),
            ),
            last=True,
        )
        return
    support = sampling.on_half_line(node, reading.context) if op in (">", ">=") else None
    if support is not None:
        reading.context = support.context
        reading.note(found.place, support.text)
        return
    claimed_so = op == "~" and cue is Cue.assertion and distributions.is_claim(node, reading.context)
    given = op == "~=" and not isinstance(node.rest[-1][1], s.Number | s.Sum | s.MatrixRows)
    if given or (op == "~" and not claimed_so):
        reading.note(found.place, f"taken as given: {one_line(math.text)}")
        return
    before = redefining.sequence_before(reading, node, words)
    if before:
        reading.context = without_names(reading.context, frozenset({before}))
    if op == "=" and EXAMPLE.search(words):  # the example has a form of its own
        reading.context = without_names(reading.context, forms_of(node.first, reading.context))
    equates = op in ("=", ":=")
    reshaped = redefining.reshaped_name(reading, node.first, node.rest[0][1], words) if equates else ""
    new = equates and bool(
        redefining.is_anew(reading, node.first, words)
        or reshaped
        or is_new(node.first, reading.context, reading.section.sections_before)
        or (GIVEN.search(words) is not None and is_unknown_function(node.first, reading.context))
    )
    new = new or (op == "=" and assuming.says_what(reading, node))
    otherwise = op == "=" and cue is Cue.condition and redefining.is_otherwise(reading, node)
    new = new or otherwise
    if cue is Cue.condition and CONSIDERED.search(words) and (new or definitions.may_say_what(reading, node)):
        cue = reading.words.cue = Cue.assumption
    zero = isinstance(node.rest[-1][1], s.Number) and s.key(node.rest[-1][1]) == "0"
    initial = recurrences.is_initial(node, naming.section_nodes(reading), reading.context)
    solves = zero and not initial and _is_to_solve(reading, node, words)
    makes = reparametrising.used_so_far(reading, node)
    new = new or bool(makes)
    if op == "=" and not new and OPTIMISED_UNDER.search(words):
        cue = Cue.assumption
    if named_bounds.is_supposed(node, words) and cue is Cue.assertion:
        cue = Cue.assumption
    if SINCE.search(words) and assuming.is_plain_bound(reading, node):
        reading.supposed, reading.hypothesis = assuming.suppose(reading, node), True
        reading.note(found.place, f"taken as given: {one_line(math.text)}")
        return
    further = cue is Cue.assumption and bool(reading.supposed) and is_further(node, reading.context)
    if (
        (cue is Cue.condition or further)
        and not initial
        and op != ":="
        and not (new or letter)
        and not solves
        and not (chain.begins and reading.tail)
    ):
        like = conventions.like(node, reading.context)
        if like is not None:
            reading.context = like.context
            reading.note(found.place, like.text)
        joins = JOINING.match(words) or further_under(reading.words.sentence)
        if not further and not joins and not assuming.goes_further(reading.words.sentence):
            reading.supposed, reading.pending = (), ()
        if reading.words.said_twice:
            supposing.declare_value(reading, found, node)
        relations = assuming.suppose(reading, node)
        reading.supposed = (*assuming.beside(reading.supposed, relations), *relations)
        reading.pending = (*reading.pending, *(() if relations else (node,)))
        for relation in reading.supposed:
            reading.used.update(names_in(relation))
        goes_on = further or JOINING.match(words) is not None
        beside = reading.hypothesis or reading.number - reading.words.solved_at <= 2  # … set to zero, and $u = 0$
        reading.hypothesis = is_special or _is_said(reading, words) or (goes_on and beside)
        reading.words.condition = one_line(math.text).strip(" .,;") if STATES_A_CASE.search(words) else ""
        return
    if cue is Cue.assumption and laying_down.restrict(reading, found, chain, math):
        return
    bounds = cue is Cue.assumption and op in ("<", "<=", ">", ">=") and assuming.is_plain_bound(reading, node)
    bounds = bounds and not assuming.is_declared(node, reading.context)
    if bounds and quantified.restrict(reading, found, math):
        return
    restricts = bool(constrains or RESTRICTING.search(words) or OPTIMISED_UNDER.search(words))
    restricts = restricts and LET_SUCH_THAT.search(reading.words.sentence) is None
    goes_on = reading.number - reading.words.restricted_at <= 2 and JOINING.match(words) is not None
    if cue is Cue.assumption and not new and (restricts or goes_on):
        reading.words.restricted_at = reading.number
        known = assuming.suppose(reading, node)
        reading.section.constrained += known
        if not known:
            reading.section.restricted += (node,)
        reading.note(found.place, f"a constraint of the optimum: {one_line(math.text)}")
        return
    supposes = cue is Cue.assumption and op == "=" and not (new or letter)
    if supposes and assuming.is_supposed_of_defined(reading, node, words):
        reading.section.given += assuming.suppose(reading, node)
        reading.note(found.place, f"supposed: {one_line(math.text)}")
        return
    another = reading.number - reading.words.set_at <= 2 and JOINING.match(words) is not None
    if op == "=" and not new and (another or NAMES_A_SET.search(words)):
        reading.words.set_at = reading.number
        reading.note(found.place, f"names a set, not claimed: {one_line(math.text)}")
        return
    bare_number = isinstance(node.rest[0][1], s.Number)
    begins = bare_number and (new or initial or recurrences.BEGINS.search(reading.words.sentence) is not None)
    first = (new and cue is not Cue.assertion) or begins
    first = first and recurrences.is_first(node, naming.section_nodes(reading))
    if first:
        waiting.settle_assumed(reading, math)
    if new and bare_number and not first:
        if cue is Cue.condition and op == "=":
            reading.pending = (*reading.pending, node)  # of what nothing has declared yet: a case, not a definition
            reading.hypothesis = _is_said(reading, words)
        return
    further_let = reading.words.introduces and reading.words.lets and JOINING.match(words) is not None
    let_be = LET_BE.search(reading.words.sentence) is not None
    reading.words.supposes = (
        SUPPOSING.search(words) is not None or let_be or (reading.words.supposes and JOINING.match(words) is not None)
    )
    named = isinstance(node.first, s.Name | s.Script) and not is_power(node.first, reading.context)
    compares = op in ("<", "<=", ">", ">=") and (further_let or not named or bounds or reading.words.supposes)
    assume = (op in ("=", "!=") or compares) and cue is Cue.assumption and not makes and not reshaped
    assume = assume or first or (new and recurrences.is_recurrence(node, naming.section_nodes(reading)))
    if assume and op == "=" and len(node.rest) == 1 and definitions.is_first_said(reading, node, cue):
        assume = False  # it says what a declared quantity is
    if assume and op == "=" and own_parameters.of_new(node.first, node.rest[0][1], reading.context):
        assume = False  # Let p(m) = m^2: a function, and nothing that is supposed of p times m
    if zero and op == "=" and not assuming.is_slackness(node, words) and solving.is_about_solved(reading, node.first):
        assume = False  # where … = 0, of what has just been solved for
    each = Waiting(
        reading.number,
        found,
        math,
        chain,
        words[-NEAR:],
        cue,
        reading.tail,
        anew=reading.words.anew or otherwise,
        assume=assume,
        solves=bool(solves or reading.words.unclear),
        unclear=reading.words.unclear,
        used=frozenset(reading.used),
    )
    each.only, each.supposes = special.here(reading, words), reading.words.supposes
    each.case, each.supposed, each.after = reading.case, assuming.supposed_in(reading, words), reading.words.after
    each.supposed = (*each.supposed, *stated_points.there(reading, words))
    becoming.go_on_from_equation(reading, each, words)
    each.pending = assuming.pending_in(reading, words)
    assuming.pass_over(reading, each)
    each.sentence = reading.words.sentence
    each.claimed = claim if op == "=" else None
    each.makes, each.extremum = makes, stated_points.named(reading, words)
    each.put_into = put_into(reading.words.sentence, reading.words.numbered)
    each.reasons = HAS_REASON.search(reading.words.sentence) is not None
    quantified.note_behind(reading, each)
    if cue is Cue.assertion and any(s.key(part) in EXPECTATIONS | NEVER_DEFINED for part in s.walk(node)):
        waiting.settle_assumed(reading, math)  # what is random has to be known
    read = waiting.attempt(reading, each, last=False)
    becoming.suppose_it(reading, chain, words)
    if not read and solves:  # what it is about may be defined by what waits
        waiting.settle_assumed(reading, math)
        read = waiting.attempt(reading, each, last=False)
    if not read:
        if cue is Cue.assertion or new or assume or op == "propto":
            each.quiet = cue is Cue.condition and not assume and not (new and isinstance(node.first, s.Juxt))
            reading.waiting.append(each)
        elif solves:
            reading.pending = (*reading.pending, node)  # what follows from it cannot be judged before it is read
        return
    waiting.retry(reading)
