"""What a name that nothing declares must be, from how the document writes it: the rules, in their order.

What a rule concludes is a declaration, and each of them is listed. The rules are in the files of this folder, by what
they conclude from; what all formulas of a section say of shapes together is in principal_shapes.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.recurrences import is_given
from derive.read.documents.undeclared import (
    called,
    capitals,
    diagonals,
    entries,
    labels,
    likeness,
    neighbours,
    normal_parameters,
    ranges,
    scalars,
    sequences,
)
from derive.read.documents.undeclared.called_families import is_recursive
from derive.read.documents.undeclared.divisors import LENGTH
from derive.read.documents.undeclared.evidence import Evidence, Rule, declared_now, pattern_of
from derive.read.documents.undeclared.letters import bound_letter, counted_in, counting_here, counting_otherwise
from derive.read.documents.undeclared.principal_shapes import principal_shapes
from derive.read.documents.undeclared.raised_indices import lowered
from derive.read.documents.undeclared.roots_of_names import root_of_name
from derive.read.documents.undeclared.shape_declarations import is_length, varying
from derive.read.documents.undeclared.unification import NUMBER, ONE, Dims, Open, any_open
from derive.read.errors import ReadError, Undeclared, UnknownRange, WrongIndices, WrongRange
from derive.read.latex import node_readings
from derive.read.names import option
from derive.read.parser import parse


def inferred(problem: ReadError, context: Context, evidence: Evidence) -> Defined | None:
    """The context with a declaration of the name that could not be read, or None if the document does not say."""
    if isinstance(problem, WrongRange):
        again = counting_otherwise(problem.index, evidence.section, context, evidence.counted_before)
        return again or entries.entry_of_point(problem, context, evidence)
    if not isinstance(problem, Undeclared | WrongIndices):
        return None
    if isinstance(problem, Undeclared) and _is_of_given_family(problem.name, context, evidence):
        return None
    evidence = lowered(problem.name, context, evidence)
    if isinstance(problem, UnknownRange):
        bound = bound_letter(problem.index, (evidence.node,) if evidence.node is not None else (), context)
        if bound is not None or not ranges.binds_alone(problem.index, evidence.node):
            return bound
        return ranges.counts_one_thing(problem.name, context, evidence) or counted_in(
            problem.name, evidence.section, context
        )
    if _may_be_length(problem.name, context, evidence):
        return neighbours.as_long_as(problem.name, context, evidence)
    listed = diagonals.listed(problem.name, evidence.texts, context)
    if listed is not None:
        return listed
    if isinstance(problem, Undeclared) and "_" in problem.name and _is_readable(problem.name, context):
        return None  # it waits for something else
    named = called.named_function(problem.name.rstrip("'"), context, evidence)
    if named is not None:
        return named
    said = (
        labels.gate(problem.name, context, evidence)
        or labels.abbreviation(problem.name, context, evidence)
        or labels.own_name(problem.name, context, evidence)
        or ranges.counts_one_thing(problem.name, context, evidence)
        or counting_here(problem.name, evidence.section, context, evidence.earlier)
        or ranges.counts_too(problem.name, context, evidence)
        or sequences.step_before(problem.name, context)
        or sequences.like_first(problem.name, context, evidence)
        or sequences.by_recurrence(problem.name, context, evidence)
        or sequences.in_each_state(problem.name, context, evidence)
        or neighbours.declared_later(problem.name, context, evidence)
    )
    if said is None and isinstance(problem, Undeclared) and is_recursive(problem.name, evidence.section):
        return called.called_with_indices(problem.name, context, evidence)
    defined = evidence.defines(problem.name) and not _says_of_itself(problem.name, evidence)
    defined = defined and problem.name not in option(context, "distributed")  # what is drawn waits for no equation
    if said is not None or defined or sequences.is_of_sequence(problem.name, context, evidence):
        return said
    if entries.is_of_defined_matrix(problem.name, evidence):
        return None
    if isinstance(problem, Undeclared) and called.called_with_index(problem.name, evidence.texts, context):
        return _by_rules(problem, context, evidence, (called.called_with_indices, called.only_called))
    context, kept = ranges.as_bound(problem.name, context, evidence), context
    found = _by_rules(problem, context, evidence)
    if found is None or context is kept:
        return found
    return replace(found, context=replace(found.context, indices=kept.indices))


_SHIFTED = re.compile(r"(?P<base>.+)_\{(?P<letter>[a-z])[+-]\d\}\Z")


def _is_of_given_family(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether ``a_{t-1}`` is of a family that a formula gives outright for each t, ``a_t = \\prod_{s=1}^t b_s``."""
    found = _SHIFTED.match(name)
    if found is None or found["letter"] not in context.indices or is_given(found["base"], evidence.section):
        return False
    letter = found["letter"]
    head = pattern_of(f"{found['base']}_{letter}")
    given = re.compile(rf"{head} [& ]*:?= [& ]*\\(?:prod|sum) _ .{{0,40}}?\^ (?:\{{ ?)?{letter}(?!\S)")
    return any(given.search(text) for text in evidence.formulas)


def _says_of_itself(name: str, evidence: Evidence) -> bool:
    """Whether what is read is ``v = r + \\gamma P v``: an equation for v, and no definition of it."""
    node = evidence.node
    if not isinstance(node, s.Relation) or s.key(node.first) != name:
        return False
    return any(
        s.key(part) == name for _, side in node.rest for part in s.walk(side) if isinstance(part, s.Name | s.Script)
    )


def _may_be_length(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether a letter may be one of the lengths for which the document has no name: ``\\frac1n \\|y - K w\\|^2``."""
    if not LENGTH.match(name) or called.called_only(name, evidence.texts):
        return False
    if is_length(name, evidence.section, context):
        return True
    if not LENGTH.fullmatch(name):
        return False
    lengths = {part for decl in context.symbols.values() for extent in decl.shape for part in extent.names}
    if all(part not in context.sizes or part in evidence.spelled for part in lengths):
        return False
    if not any(_stands_above(node, name) for node in evidence.section):
        return False  # a_k, and no k: it counts
    return principal_shapes(evidence.section, context)[1].get(name, NUMBER) == NUMBER


def _stands_above(node: s.Node, letter: str) -> bool:
    """Whether a letter stands somewhere else than below a name, or below the sum that binds it."""
    match node:
        case s.Name(text=text):
            return text == letter
        case s.Script(base=base, sup=sup):
            return any(_stands_above(part, letter) for part in (base, sup) if part is not None)
        case s.BigOp(sub=s.Name(text=text), sup=None, body=body) if text == letter:
            return _stands_above(body, letter)
    return any(_stands_above(part, letter) for part in s.children(node))


def _is_readable(name: str, context: Context) -> bool:
    try:
        return bool(node_readings(parse(name), context))
    except ReadError:
        return False


_WITH_OTHER_INDICES: tuple[Rule, ...] = (
    root_of_name,  # \sigma beside the name \sigma^2 and numbers \sigma_k: the root of that name
    likeness.any_point,  # x beside x^{(i)} of a space: another point of it
    likeness.not_an_entry,  # w_0 beside a vector w: another vector, or a number
    likeness.two_classes,  # \\phi_{j0} of classes 1..K where there are two: over 0 and 1
    neighbours.beside_vector,
    neighbours.fitting,
    scalars.bare_anew,  # \lambda in a section of its own, beside the \lambda_j of an earlier one: another number
)


def _by_rules(
    problem: Undeclared | WrongIndices, context: Context, evidence: Evidence, rules: tuple[Rule, ...] = ()
) -> Defined | None:
    """What the first rule that applies says of a name."""
    if isinstance(problem, WrongIndices):
        rules = _WITH_OTHER_INDICES
        if problem.name in evidence.earlier:  # a letter that this section may use for something else
            rules = (rules[0], *rules[4:], *rules[1:4])
        tried = (rule(problem.name, context, evidence) for rule in rules)
        return next((each for each in tried if each is not None), None)
    settled: dict[str, Dims] | None = None
    depend: frozenset[str] = frozenset()
    is_function = called.may_be_function(problem.name, evidence.texts)
    for rule in rules or _RULES:
        if is_function and rule is not called.only_called:
            continue
        found = rule(problem.name, context, evidence)
        if found is not None and rule is normal_parameters.of_normal:
            return found  # one formula of a section may be about numbers, and the next about vectors
        if found is not None:
            if settled is None:
                section, settled = principal_shapes(evidence.section, context)
                depend = varying(evidence.section, section.letters)
            guesses = rule in _OF_SIZES_MET and neighbours.is_given(problem.name, context, evidence)
            if not _contradicts(found, context, settled, guesses) and not _is_constant(found, context, depend):
                return found
    return None


def _contradicts(found: Defined, context: Context, settled: Mapping[str, Dims], guesses: bool) -> bool:
    """Whether a rule says of a name what the formulas of the section together exclude, or guesses a length that they
    leave open."""
    for decl in declared_now(found, context):
        dims = settled.get(decl.name)
        ranks = {len(decl.shape), len(decl.shape) + len(decl.family)}  # numbers y_i may be those of a vector y
        if dims is None or decl.definition is not None:
            continue
        if sum(each != ONE for each in dims) not in ranks or (guesses and any_open(dims)):
            return True
        told = [each for each in dims if each != ONE]
        if len(told) == len(decl.shape) and any(
            not isinstance(each, Open) and each != length for each, length in zip(told, decl.shape, strict=True)
        ):
            return True
    return False


def _is_constant(found: Defined, context: Context, depend: frozenset[str]) -> bool:
    """Whether a rule makes a plain quantity of a name that the section differentiates, so that it depends on others."""
    return any(
        decl.name in depend and decl.definition is None and not decl.depends for decl in declared_now(found, context)
    )


_OF_SIZES_MET = frozenset(
    {
        likeness.sibling,
        neighbours.summand,
        neighbours.beside_vector,
        neighbours.bold,
        neighbours.inverted,
        neighbours.in_outer_product,
        neighbours.fitting,
    }
)
"""Rules that choose among the sizes that the document has had so far."""

_RULES: tuple[Rule, ...] = (
    normal_parameters.of_normal,  # \\mathcal{N}(\\mu, \\sigma^2): a mean, and a standard deviation
    root_of_name,  # \sigma beside the name \sigma^2: its root
    # entries and wholes
    entries.entry_of_vector,  # \alpha_i beside the vector **α**: its entry
    entries.whole_of_numbers,  # **y** beside numbers y_i: the vector of them
    entries.one_hot,  # y_i that the words call one-hot: numbers of which one is 1
    capitals.matrix_of_vectors,  # X beside the vectors x_n: the matrix of them, if they can be its rows or columns only
    entries.row_of_matrix,  # x_i beside a matrix X: its row
    entries.entry_of_matrix,  # x_{ij}, or X_{ij}, beside a matrix X: its entry
    scalars.before_ones,  # c \\mathbf{1}: a number
    # likeness to a declared name
    likeness.decorated,  # \hat{x} beside x: of the same space
    likeness.sibling,  # x_{t-1} beside x_t: of the same space
    neighbours.along_diagonal,  # w of W = diag(w): a vector as long as W is wide
    # functions
    called.gamma,  # \Gamma(a) wherever it stands: the gamma function
    called.only_called,  # h(x) wherever it stands: a function of which nothing is known
    called.multiplies_values,  # \eta^T T(x) of a T that is only called: a vector
    called.called_or_bare,  # f beside f(x) of the same x: its value there
    # likeness to the members of a family
    likeness.copy_in_sample,  # X_i of a sample of X: independent, distributed like it
    sequences.argument_of_mapping,  # f(x) of an f : R^d -> R: of that space
    likeness.starred,  # x_* beside the members x_i: one more of their space
    # what one formula says
    scalars.restricted,  # \xi_i >= 0 after "subject to": a number with this bound
    neighbours.equal_to,  # "the constraint says a + b = \zeta": of the space of the other side
    scalars.of_two_outcomes,  # \theta^x (1-\theta)^{1-x}: a probability
    scalars.with_factorial,  # x_i!: a whole number that is not negative
    neighbours.own_argument,  # p(x) of a declared p(x), beside no other x: of the space that x has there
    neighbours.argument_of_density,  # f(x_i) beside f(x) := ...: of the space of x
    scalars.squared,  # \sigma that is met as \sigma^2 only: a positive number
    neighbours.beside_vector,  # w^T x or X w beside x or X: a vector of the length that fits
    neighbours.summand,  # H x + v: of the space of what it is added to
    scalars.in_power,  # (x - m)^2: a number
    scalars.in_logarithm,  # \log \pi_k: a positive number
    scalars.in_exponent,  # e^{z_k + b} of numbers z_k: a number
    scalars.argument_of_definition,  # L(w, \nu) = ... with \nu never with an index, nor bold: a number
    # what all formulas of the section say
    neighbours.by_unification,  # a vector or a matrix, of the most general shape that all formulas allow
    scalars.scalar_by_words,  # a small letter where the words speak of scalars: a number
    neighbours.bold,  # a bold letter: of the only size met so far with which the formula can be read
    scalars.called_a_number,  # "for a constant baseline b": any number
    scalars.coefficient_of_vector,  # \eta of x - \eta g: a number
    neighbours.inverted,  # A^{-1}: a square matrix
    neighbours.in_outer_product,  # u v^T beside a square matrix: vectors of its length
    sequences.iterates_of,  # w_{t+1} = w_t - ... beside w: names of their own, alike
    neighbours.fitting,  # of the only shape with which the definition can be read
    scalars.number_of_family,  # n_k of \sum_k n_k \log \theta_k: a number for each k
    called.argument,  # x of f(x), of an unknown f, and nowhere else: any number
    scalars.among_numbers,  # y = \gamma x + \beta among numbers x: a number
    neighbours.number_by_unification,  # a number, whatever the other names are
    neighbours.on_both_sides,  # a number that stands on both sides of a claim, of which no words speak: any number
)

__all__ = ["inferred"]
