"""Formulas that are not judged: cases, assumptions, models, and what is given."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import partial

from derive.language.claims import WellDefined
from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, direct, names_in
from derive.language.instances import free_indices
from derive.language.operators import OPERATORS
from derive.language.terms import Apply, Big, Deriv, Index, Num, Op, Rel, Size, Sym, Term, subterms
from derive.language.terms import Entry as ArrayEntry
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import all_values, recurrences
from derive.read.documents.definitions.by_entries import vector_of
from derive.read.documents.definitions.defining import is_free, is_undeclared, primitive
from derive.read.documents.definitions.forgetting import letters_in
from derive.read.documents.definitions.randomness import is_moment, is_of_stated
from derive.read.documents.definitions.sampling import is_noisy
from derive.read.documents.definitions.taking import takes_over
from derive.read.documents.reading import naming, redefining
from derive.read.documents.reading.state import Entry, NotYet, Only, Reading, Waiting
from derive.read.documents.steps import chains, plain_facts
from derive.read.documents.steps.passages import is_zero
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import (
    BECOMES,
    CONCLUDES,
    FOLLOWS,
    IN_GENERAL,
    IS_CONCLUDED,
    OVER,
    SATISFIES,
    SAYS_AGAIN,
    SLACKNESS,
    SUPPOSING,
    last_sentence,
)
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import Chain, one_line
from derive.read.documents.undeclared import conventions
from derive.read.documents.words import universal
from derive.read.documents.words.unheeded import Unheeded, reached
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import Link, node_readings, readings, relation_terms
from derive.read.names import items_of, parts_of


def supposed_in(reading: Reading, words: str) -> tuple[Rel, ...]:
    """What was only supposed before, where the words say that this follows from it; so does the rest of it."""
    if not _follows(reading, words):
        return ()
    reading.hypothesis = reading.hypothesis or bool(reading.supposed)
    return reading.supposed


def pending_in(reading: Reading, words: str) -> tuple[s.Relation, ...]:
    """What was supposed before, and could not be read yet."""
    return reading.pending if _follows(reading, words) else ()


_SETTING = re.compile(
    r"(?i)(?<![a-z])(?P<words>(?:in|for|under|on|at(?=\s+(?:[a-z]+\s+){0,2}(?:steady|stationar|equilibri|fixed)))\s+"
    r"(?!(?:general|particular|fact|total|turn|addition|short|summary|all|any|every|each|both|example|instance|this|these|"
    r"that|other)\b)[a-z][^⟨⟩,.;:]*?)\s*,\s*(?:we\s+have\s+)?\Z"
)


_KIND = re.compile(
    r"(?i)\b(?:unit|ortho[a-z]+|symmetric|cent(?:red|ered)|normali[sz]ed|standardi[sz]ed|whitened|independent|small|large|"
    r"binary|positive|negative|diagonal|identical|equal|uniform|constant|balanced|correct(?:ly)?|isotropic|separable|"
    r"steady|stationar(?:y|ity)|equilibri(?:um|a)|fixed)\b"
)
"""What a setting in words says of things that no formula names."""


def pass_over(reading: Reading, each: Waiting) -> None:
    """Note beside a statement what its sentence has supposed, if it is not read as following from that: an equation, a
    bound of the sentence that it concludes from, or the setting in words of what holds in no other, ``for correctly
    classified points, $y w^\\top x > 0$``."""
    found, node = each.found, each.chain.node
    within = (found.place, found.source.place(found.stop))
    said = reading.words.condition
    if said and reading.supposed and not each.supposed and not each.pending:
        reading.document.passed_over.append(Unheeded(found.place, f"“{said}”", (said,), within=within, of_names=True))
    names = tuple(bound.name for bound in reading.words.bounded)
    if names and not each.bounds:
        said = f"“{reading.words.bounded[0].text}” in the sentence before"
        reading.document.passed_over.append(Unheeded(found.place, said, names, within=within, of_names=True))
    setting = _SETTING.search(reading.words.sentence)
    restricts = setting is not None and (_KIND.search(setting["words"]) or _is_restriction(reading, node))
    if setting is not None and restricts:
        said = " ".join(setting["words"].split())
        reading.document.passed_over.append(Unheeded(found.place, f"“{said}”", (each.math.text,), within=within))


def _is_restriction(reading: Reading, node: s.Node | None) -> bool:
    """``a = 2``, ``y w^\\top x > 0`` of quantities that nothing defines: true in some settings, and in no others."""
    if not isinstance(node, s.Relation):
        return False
    last = node.rest[-1][1]
    if not (isinstance(last, s.Number) or primitive(node.first, reading.context) or primitive(last, reading.context)):
        return False
    relations = suppose(reading, node)
    return bool(relations) and all(plain_facts.only_primitive(each, reading.context) for each in relations)


def _follows(reading: Reading, words: str) -> bool:
    says_again = SAYS_AGAIN.search(words) is not None
    return reading.hypothesis or says_again or FOLLOWS.search(words) is not None or BECOMES.search(words) is not None


_MORE = re.compile(
    r"(?i)(?:\A|[.!?;]|\n[ \t\r]*\n)\s*(?:(?:if\s+|and\s+if\s+)?(?:moreover|furthermore|in\s+addition)|"
    r"in\s+(?:this|that)\s+case)\b[^.!?]*\Z"
)
"""The beginning of a sentence that goes on with the case of the one before."""
_CONCLUDES = re.compile(
    r"(?i)(?P<over>\A|[.!?;]|\n[ \t\r]*\n)\s*(?:hence|thus|therefore|consequently|accordingly|so|then|it\s+follows|"
    r"as\s+a\s+result|(?:this|that|which)\s+(?:gives|yields|implies|means|shows))\b[^.!?]*\Z"
)
"""The beginning of a sentence that concludes something from the one before: in the same case."""
_JOINS = re.compile(r"(?i)\s*,?\s*(?:and|as\s+well\s+as|so\s+that|hence|thus|therefore|whence|which|whose)\b[^.!?;]*\Z")
"""Words between two displays of one sentence: what was supposed before the first holds in the second."""


def goes_further(sentence: str) -> bool:
    """``If moreover …``: what was supposed before holds as well.

    >>> goes_further(" If moreover "), goes_further(" If ")
    (True, False)
    """
    return _MORE.search(sentence) is not None


def carry(reading: Reading) -> None:
    """What was supposed in a sentence is kept for one that goes on with it."""
    if (reading.hypothesis and (reading.supposed or reading.pending)) or reading.only.said:
        reading.section.carried = (reading.supposed, reading.pending, reading.only)
    reading.section.bounded = reading.bounds


def go_on(reading: Reading, text: str) -> None:
    """Words between formulas: ``Moreover`` and ``Hence`` go on with what was supposed, so does a display right behind
    another one that ends no sentence; another sentence ends that."""
    following = reading.document.pieces[reading.number + 1 : reading.number + 2]
    silent = not text.strip() and "\n" not in text.replace("\n", "", 1)
    joins = (silent and following and following[0].kind == "display") or _JOINS.match(text) is not None
    goes_on, reading.words.sentence_open = reading.words.sentence_open and joins, False
    begins = _CONCLUDES.search(text)
    concludes = begins is not None and (begins["over"] != "" or not reading.words.sentence.strip())
    concludes = concludes and IN_GENERAL.search(last_sentence(text)) is None
    if OVER.search(text) or concludes:
        reading.words.bounded = reading.section.bounded if concludes else ()
    if any(reading.section.carried) and (_MORE.search(text) or concludes or goes_on):
        reading.supposed, reading.pending, reading.only = reading.section.carried
        reading.hypothesis = bool(reading.supposed or reading.pending)
    elif OVER.search(text):
        reading.section.carried = ((), (), Only())


def read_pending(reading: Reading, each: Waiting) -> None:
    """What a chain follows from is read now; before it can be, nothing can be said of the chain."""
    if not each.pending:
        return
    own = each.chain.node
    nodes = (own.first, *(side for _, side in own.rest)) if isinstance(own, s.Relation) else ()
    if isinstance(own, s.Relation) and own.rest[0][0] in ("=", ":=") and is_undeclared(own.first, reading.context):
        nodes = nodes[1:]  # a new name, which the chain defines
    for node in (*nodes, *each.pending):
        try:
            if isinstance(node, s.Relation):
                readings(reading.context, partial(relation_terms, node=node))
            else:
                node_readings(node, reading.context)
        except Undeclared as problem:
            raise NotYet([problem]) from problem
        except ReadError as problem:
            if isinstance(node, s.Relation) and all(op == "=" for op, _ in node.rest):
                raise NotYet([problem]) from problem  # an equation that is set, and cannot be read
            continue
    more = tuple(relation for node in each.pending for relation in suppose(reading, node))
    each.supposed = (*each.supposed, *more)
    each.pending = ()


def suppose(reading: Reading, node: s.Relation) -> tuple[Rel, ...]:
    """A relation that is supposed, in its first reading; the others are kept beside it."""
    found = conventions.supposed(node, reading.context)
    for number in range(len(found[0]) if found else 0):
        keep_readings(reading, tuple(each[number] for each in found))
    return found[0] if found else ()


def beside(before: tuple[Rel, ...], new: tuple[Rel, ...]) -> tuple[Rel, ...]:
    """What was supposed before and still is: ``with $b = 1$ it is 2, and with $b = 0$`` gives b another number."""
    numbers = {each.left: each.right for each in new if each.op == "=" and isinstance(each.right, Num)}
    return tuple(
        each
        for each in before
        if each.op != "=" or not isinstance(each.right, Num) or numbers.get(each.left, each.right) == each.right
    )


def is_plain_bound(reading: Reading, node: s.Relation) -> bool:
    """``x \\le a`` between quantities that nothing defines: as a reason, it can only be something that is given."""
    if any(op not in ("<", "<=", ">", ">=", "!=") for op, _ in node.rest):
        return False
    found = conventions.supposed(node, reading.context)
    sides = [side for relation in found[0] for side in (relation.left, relation.right)] if len(found) == 1 else []
    plain = all(isinstance(side, Num) or is_zero(side) or _is_primitive(reading, side) for side in sides)
    return plain and any(isinstance(side, Sym | ArrayEntry) for side in sides)


_OPENS_ASIDE, _CLOSES_ASIDE = re.compile(r"[,(]\s*\Z"), re.compile(r"\s*[,)]")


def is_aside(reading: Reading, node: s.Relation, words: str) -> bool:
    """``a line with normal $w$, $w \\ne 0$, is …``: a bound between commas, of what nothing defines, is given."""
    if not _OPENS_ASIDE.search(words) or not _CLOSES_ASIDE.match(reading.words.after):
        return False
    concludes = CONCLUDES.search(words) is not None or FOLLOWS.search(reading.words.sentence) is not None
    return not concludes and is_plain_bound(reading, node)


_OF_SUCH = re.compile(
    r"(?i)\A[^\w(]*(?:(?:so|and|but|now|thus),?\s+)?(?:for|if|when(?:ever)?|at|on)\s+(?:an?|any|every|each|such)\b[^,.;:⟨]*\Z"
)
"""The beginning of a sentence about one of the things that it names in words: ``For a support vector (``."""


def is_slackness(node: s.Node | None, words: str) -> bool:
    """``By complementary slackness, $\\alpha_n (y_n f_n - 1) = 0$``: a product that is zero at the optimum."""
    if not isinstance(node, s.Relation) or [op for op, _ in node.rest] != ["="] or not SLACKNESS.search(words):
        return False
    value = node.rest[0][1]
    return isinstance(node.first, s.Juxt | s.Product) and isinstance(value, s.Number) and value.text == "0"


def is_of_such(reading: Reading) -> bool:
    """``For a support vector ($\\alpha_n > 0$) we have …``: the bound holds in its sentence."""
    return _OF_SUCH.search(reading.words.sentence) is not None


_SATISFIED = re.compile(
    r"(?i)(?P<given>\b(?:suppos\w+|assum\w+|let|given|requir\w+|must|constrain\w*|such|that|which|if|who|to)\b[^.;]*)?"
    r"\b(?:satisf(?:y|ies)|obeys?|fulfil\w*)\b(?:(?!\b(?:where|with|let|if)\b)[^.;])*\Z"
)


def is_satisfied(node: s.Relation, sentence: str) -> bool:
    """``The log-sum-exp satisfies $\\log \\sum_j e^{s_j} \\ge s_k$``: an inequality about what is made of quantities by
    functions says something of these, and gives nothing."""
    said = _SATISFIED.search(sentence)
    if any(op not in ("<", "<=", ">", ">=") for op, _ in node.rest) or said is None or said["given"]:
        return False
    sides = (node.first, *(side for _, side in node.rest))
    return any(_has_function(side) for side in sides)


def _has_function(side: s.Node) -> bool:
    """Whether a side applies a function: a logarithm, a maximum, an exponential."""
    for part in s.walk(side):
        if isinstance(part, s.Word) and part.text in ("log", "ln", "exp", "max", "min", "tanh", "sin", "cos"):
            return True
        if isinstance(part, s.BigOp) and part.kind in ("max", "min"):
            return True
        if (
            isinstance(part, s.Script)
            and isinstance(part.base, s.Name)
            and part.base.text == "e"
            and part.sup is not None
        ):
            return True
    return False


_SIGNS = {">": {"positive", "open_unit"}, ">=": {"positive", "nonnegative", "unit", "open_unit", "simplex"}}
"""Properties of a number with which it is greater, or not less, than 0."""


def is_declared(node: s.Relation, context: Context) -> bool:
    """``\\pi_k > 0`` of numbers that are declared to be positive: nothing new."""
    (op, right), *others = node.rest
    found = primitive(node.first, context)
    decl = context.symbols.get(found.name) if found is not None else None
    known = decl is not None and bool(decl.properties & _SIGNS.get(op, set()))
    return known and not others and isinstance(right, s.Number) and s.key(right) == "0"


def _is_primitive(reading: Reading, side: Term) -> bool:
    return isinstance(side, Sym | ArrayEntry) and plain_facts.only_primitive(side, reading.context)


def is_supposed_of_defined(reading: Reading, node: s.Relation, words: str) -> bool:
    """``Suppose the two are equal, with $f(a, b) = 1$``: an equation about what is defined, which words before it
    suppose; what nothing defines is only assumed to be so."""
    if (_SUPPOSE.search(words) is None and not is_slackness(node, words)) or is_case(reading, node):
        return False
    found = conventions.supposed(node, reading.context)
    return (
        bool(found)
        and bool(found[0])
        and not any(plain_facts.only_primitive(each, reading.context) for each in found[0])
    )


def suppose_display(reading: Reading, found: Found, math: Expanded, chain: Chain) -> bool:
    """``Suppose that $$\\sum_n r_n x_n = 0.$$``: of what is defined, in a display of its own."""
    node = chain.node
    if not isinstance(node, s.Relation) or node.rest[0][0] != "=" or SUPPOSING.search(reading.words.prose) is None:
        return False
    if not is_supposed_of_defined(reading, node, reading.words.prose):
        return False
    reading.section.given += suppose(reading, node)
    reading.note(found.place, f"supposed: {one_line(math.text[chain.span.start : chain.span.stop])}")
    return True


_SUPPOSE = re.compile(r"(?i)\b(?:suppose|supposing|assume|assuming)\b(?![^.;]*\b(?:so|then|hence|thus|have)\b)[^.;]*\Z")


def keep_readings(reading: Reading, readings: tuple[Rel, ...]) -> None:
    """What else a relation may mean that later lines rest on."""
    if len(readings) > 1:
        reading.other_readings[readings[0]] = readings[1:]


def says_what(reading: Reading, node: s.Relation) -> bool:
    """``v = r + \\gamma P v``, the first time that v is met."""
    found = primitive(node.first, reading.context) if len(node.rest) == 1 else None
    if (
        found is None
        or found.name in reading.section.met
        or not redefining.occurs(reading, found.name, [node.rest[0][1]])
    ):
        return False
    return bool(found.indices) or re.match(r"(?i)\W*(?:solv|rearrang)", reading.words.after) is not None


def is_case(reading: Reading, node: s.Relation) -> bool:
    """Whether a relation fixes an index or a size (``i = 1``): a case, not a statement. ``N = \\sum_k N_k`` states
    something of a size."""
    if s.key(node.first) in reading.context.sizes:
        return not _is_made_of_quantities(reading, node)
    if s.key(node.first) in reading.context.indices:
        return True
    try:
        term = node_readings(node.first, reading.context)[0].term
    except ReadError:
        return False
    return isinstance(term, Index | Size)


def _is_made_of_quantities(reading: Reading, node: s.Relation) -> bool:
    """Whether the other side of an equation is made of quantities, not of sizes and numbers alone."""
    if len(node.rest) != 1 or node.rest[0][0] != "=":
        return False
    try:
        terms = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    except ReadError:
        return False
    return any(isinstance(part, Sym | Apply) for term in terms for part in subterms(term))


def assume(
    reading: Reading, found: Found, chain: Chain, math: Expanded, words: str = "", *, supposes: bool = False
) -> bool:
    """An equation between quantities that nothing defines, in ``where …`` or ``subject to …``, is a fact; so is a
    comparison of any that the words before it suppose (``supposes``)."""
    text = one_line(math.text[chain.span.start : chain.span.stop])
    node = chain.node if isinstance(chain.node, s.Relation) else None
    op = node.rest[0][0] if node is not None else "="
    if node is not None and op != "!=" and takes_over(node.first, [node.rest[0][1]], reading.context):
        return False
    signed = _with_sign(node, reading.context) if node is not None else None
    if signed is not None:
        reading.context = signed
        reading.note(found.place, text)
        return True
    first = node is not None and recurrences.is_first(node, naming.section_nodes(reading))
    if not first and plain_facts.is_case(chain.node, reading.context):
        reading.note(found.place, f"a case, not assumed: {text}")
        if isinstance(chain.node, s.Relation) and found is reading.document.pieces[reading.number]:
            reading.supposed += suppose(reading, chain.node)  # for what "this becomes"
        return True
    if node is not None and _leave_member(reading, found, node, text):
        return True
    if isinstance(chain.node, s.Relation) and is_of_stated(chain.node, reading.context):
        return False
    if node is not None and is_noisy(node.rest[0][1], reading.context) and vector_of(node.first, reading.context):
        return False  # of a vector that is declared: a model of what is observed
    if isinstance(chain.node, s.Relation) and _gives_entries(reading, found, chain.node):
        return True
    moment = isinstance(chain.node, s.Relation) and is_moment(chain.node.first, reading.context)
    supposes = supposes or _WITH.search(words) is not None
    supposed = op == "!=" or (supposes and op != "=")  # with … and $p \\ne q$, whatever q is
    context = plain_facts.assumed(text, chain.node, reading.context, moment or supposed)
    if context is None or _is_model(reading, chain.node):
        return False
    if any(_differentiates_known(fact.statement) for fact in context.facts[len(reading.context.facts) :]):
        return False
    known = {*reading.context.facts}
    reading.context = _instead(reading, context)
    reading.note(found.place, f"assume {text}")
    named = primitive(chain.node.first, context) if isinstance(chain.node, s.Relation) else None
    if named is not None and named.name in reading.used and _CHOSEN_HERE.search(words):
        reading.section.chosen += tuple(fact for fact in reading.context.facts if fact not in known)
    return True


def _leave_member(reading: Reading, found: Found, node: s.Relation, text: str) -> bool:
    r"""``Write $\alpha = \alpha_t$``: a declared number is a member of a family, t being any, and is no other way to
    write it: something else is known of the number, its letter is that of the family, or nothing further on in the
    section has a t. Whether it is so: then nothing is made of it, and what is shown of the number holds of every one.
    In this section a counterexample to what is about the family as well may be none."""
    number = primitive(node.first, reading.context) if [op for op, _ in node.rest] == ["="] else None
    if number is None or number.indices or reading.context.symbols[number.name].family:
        return False
    try:
        values = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    except ReadError:
        return False
    if len(values) != 1 or not isinstance(values[0], Sym | ArrayEntry) or not free_indices(values[0]):
        return False
    known = any(number.name in names_in(fact.statement) for fact in reading.context.facts)
    alone = _speaks_of_number_alone(reading, reading.context.symbols[number.name], free_indices(values[0]))
    if not (known or alone or number.name.endswith("{}")):
        return False
    reading.note(found.place, f"a case, not assumed: {text}")
    pieces, end = reading.document.pieces, reading.section.extent[1]
    stop = pieces[max(min(end, len(pieces)) - 1, reading.number)]
    within = (found.place, stop.source.place(stop.stop))
    about = (*reached(values, reading.context), *(() if known or alone else (number.name,)))
    said = Unheeded(found.place, f"“{text}”", about, within=within, of_names=True)
    reading.document.passed_over.append(said)
    return True


def _speaks_of_number_alone(reading: Reading, decl: SymbolDecl, letters: frozenset[str]) -> bool:
    """Whether the rest of the section has none of these indices, but for what this sentence says of other numbers, and
    the author has said which numbers are meant."""
    if not decl.properties - {"real"} and decl.low is None and decl.high is None:
        return False
    pieces, last = reading.document.pieces, sentence_of(reading.document.pieces, reading.number).last
    name = re.compile(rf"(?<![A-Za-z\\]){re.escape(decl.name.removesuffix('{}'))}(?![A-Za-z])")
    behind = [
        piece.math.text
        for at, piece in enumerate(pieces[: reading.section.extent[1]])
        if at > reading.number and piece.math is not None
        if at > last or piece.kind == "display" or name.search(piece.math.text)
    ]
    return not any(re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", text) for letter in letters for text in behind)


_WITH = re.compile(r"(?i)\b(?:for|of|over)\s+(?:the\s+|all\s+|any\s+|an?\s+)?[a-z]+\s+with\s*\Z")
"""``For residuals with $|u| \\le c$``."""


def _with_sign(node: s.Relation, context: Context) -> Context | None:
    """``densities with $q(x) > 0$``: the context in which a function that is not known has this sign everywhere."""
    match node:
        case s.Relation(
            first=s.Juxt(parts=(s.Name(text=name), s.Group(bracket="(", items=(s.Name(text=letter),)))),
            rest=((">" | ">=" as op, s.Number(text="0")),),
        ):
            decl = context.functions.get(name)
        case _:
            return None
    if decl is None or decl.body is not None or decl.builtin is not None or decl.shape or letter in context.indices:
        return None
    known = context.symbols.get(letter)
    if decl.params not in ((letter,), ()) or (known is not None and (known.definition is not None or known.depends)):
        return None
    sign = "positive" if op == ">" else "nonnegative"
    return context.with_function(replace(decl, properties=decl.properties | {sign}))


def assume_everywhere(reading: Reading, each: Waiting) -> bool:
    """``$f$ is $L$-smooth, that is, $f(y) \\le …$ for all $x$, $y$``: of f this is supposed, whatever x and y are."""
    node = each.chain.node
    sentence = each.sentence or each.prose
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or not _says_of_all(reading, each, sentence):
        return False
    pieces = reading.document.pieces[each.number + 1 : each.number + 5]
    behind = " ".join(piece.text if piece.math is None else piece.math.text.split("\\in")[0] for piece in pieces)
    behind = re.split(r"(?<=[.;])\s|\bin\b", behind)[0]
    rest = each.math.text[each.chain.span.stop :].strip(" .,;\n")
    names = universal.quantified(rest or behind, reading.context)
    names = names or universal.quantified_before(sentence, reading.words.numbered, reading.context)
    relations = suppose(reading, node) if names else ()
    if len(relations) != 1 or not universal.is_about_functions(relations[0], names, reading.context):
        return False
    reading.document.universal += (universal.said(names, relations[0], reading.context, each.number),)
    at = each.math.place(each.chain.span.start)
    place, text = each.found.source.place(at), one_line(each.math.text[each.chain.span.start : each.chain.span.stop])
    what = tuple(WellDefined(side, "assumption") for side in (relations[0].left, relations[0].right))
    reading.entries.append(Entry((each.number, at), place, what, reading.context, text, chain=reading.chains))
    reading.note(place, f"assume {text} for all {', '.join(names)}")
    return True


def _says_of_all(reading: Reading, each: Waiting, sentence: str) -> bool:
    """Whether the words before a formula take it to be so of a function, whatever its arguments are."""
    if universal.explains(sentence) or universal.assumes(sentence):
        return True
    pieces = enumerate(reading.document.pieces[each.number + 1 :], each.number + 1)
    later = "".join(piece.text if piece.math is None else f"⟨{number}⟩" for number, piece in pieces)
    return universal.calls(sentence, later)


def names_all(reading: Reading) -> bool:
    """Whether a formula in running text only names what the display before it holds for: ``for all $x, y \\in S$``."""
    known, number = reading.document.universal, reading.number
    return bool(known) and known[-1].at in (number - 2, number - 4) and universal.goes_on(reading.words.prose)


_PUTS_IN = re.compile(
    r"(?i)\b(?:putt?(?:ing)?|sett?(?:ing)?|tak(?:e|ing)|choos(?:e|ing)|plugg?(?:ing)?(?:\s+in)?|insert(?:ing)?|substitut(?:e|ing)|"
    r"appl(?:y|ied|ying)|with|for|at|us(?:e|ing))\b[^.;:]*\Z"
)


def is_instance(reading: Reading, node: s.Relation) -> bool:
    """``Putting $y = x_{t+1}$ and $x = x_t$`` where something holds for all x and y: it is used there, and neither of
    them becomes that."""
    name = s.key(node.first)
    known = {each.removesuffix("{}") for every in reading.document.universal for each in every.names}
    member = len(node.rest) == 1 and node.rest[0][0] == "=" and isinstance(node.rest[0][1], s.Script)
    return member and name in known and _PUTS_IN.search(reading.words.sentence) is not None


_CHOSEN_HERE = re.compile(r"(?i)\b(?:with|for|choosing|taking|setting|choose|take|set|put|pick)(?:\s+[a-z]+){0,3}\s*\Z")
"""Words before a value that is given to a quantity which has been used without it: until the next heading."""


def forget_chosen(reading: Reading) -> None:
    """A section is over: a quantity that was used before it was given a value there has none."""
    chosen, reading.section.chosen = reading.section.chosen, ()
    if chosen:
        facts = tuple(fact for fact in reading.context.facts if fact not in chosen)
        reading.context = replace(reading.context, facts=facts)


def _differentiates_known(statement: Term) -> bool:
    """Whether a relation says what the derivative of a function is that has a name of its own, as in ``recall that
    $\\tanh'(a) = 1 - \\tanh^2(a)$``: that is so or not, and nothing to assume."""
    derivatives = (part for part in subterms(statement) if isinstance(part, Deriv))
    rows = (OPERATORS.get(each.body.name) for each in derivatives if isinstance(each.body, Op))
    return any(row is not None and row.elementwise for row in rows)


def _gives_entries(reading: Reading, found: Found, node: s.Relation) -> bool:
    """``with $P_{nk} = p_{nk}$``, of the entries of an array that has only been said to be in a space: it has these."""
    parts = parts_of(node.first)
    decl = reading.context.symbols.get(parts[0]) if parts is not None else None
    if parts is None or decl is None or len(node.rest) != 1 or node.rest[0][0] not in ("=", ":="):
        return False
    letters = [s.key(item) for item in items_of(parts[1])]
    free = decl.definition is None and decl.depends is None and not decl.family and not decl.properties - {"real"}
    entries = len(letters) == len(decl.shape) > 0 and {*letters} <= {*reading.context.indices}
    if not free or not entries or parts[2] is not None:
        return False
    if decl.name in reading.used or any(decl.name in letters_in(fact.statement) for fact in reading.context.facts):
        return False
    text = f"let {s.key(node.first)} := {s.key(node.rest[0][1])}"
    try:
        done = declare(text, reading.context)
    except DeclarationError:
        return False
    if any(depends_on(done, other, decl.name) for other in direct(done, decl.name)):
        return False
    reading.context = done
    reading.note(found.place, text)
    return True


def _instead(reading: Reading, context: Context) -> Context:
    """The context in which what has just been assumed to be equal to something is no longer equal to anything else:
    ``Let $A = x x^T$. … Now let $A = y y^T$``."""
    *before, last = context.facts
    named = last.statement.left if isinstance(last.statement, Rel) and last.statement.op == "=" else None
    if not isinstance(named, Sym):
        return context
    kept = (
        fact
        for fact in before
        if fact in reading.document.declared_facts
        or not (isinstance(fact.statement, Rel) and fact.statement.op == "=" and fact.statement.left == named)
    )
    return replace(context, facts=(*kept, last))


def _is_model(reading: Reading, node: s.Node | None) -> bool:
    """``y = X w_0 + ε``: how a quantity that nothing is said of comes about from others that are new. Of what is being
    solved for something is said."""
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in ("=", ":="):
        return False
    found = primitive(node.first, reading.context)
    if (
        found is None
        or not is_free(found, reading.context)
        or redefining.occurs(reading, found.name, [node.rest[0][1]])
        or found.name in reading.passage.unknowns(reading.context)
    ):
        return False
    try:
        terms = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    except ReadError:
        return False
    return any(name not in reading.used for term in terms for name in names_in(term))


def is_given(reading: Reading, each: Waiting, link: Link, *, alone: bool) -> bool:
    """``x_{k+1} = x_k - …`` and ``v = r + \\gamma P v``, the first time that x or v is met: an equation that says
    what it is; and ``V(s) = …`` of an unknown V that is said to satisfy it."""
    if link.op not in ("=", ":=") or len(link.left) != 1 or len(link.right) != 1:
        return False
    left, right = link.left[0], link.right[0]
    if isinstance(left, Sym) and left.name in reading.context.symbols:
        decl = reading.context.symbols[left.name]
        own = [part for part in subterms(right) if isinstance(part, Sym) and part.name == left.name]
        if SATISFIES.search(each.prose[-80:]) and _is_unknown_family(reading, left):
            return True
        shifted = bool(left.indices) and any(part.indices != left.indices for part in own)
        solved = alone and (
            SATISFIES.search(each.prose[-80:])
            or _EQUATION_IS.search(each.prose[-120:])
            or re.match(r"(?i)\W*(?:solv|rearrang)", each.after)
        )
        if not shifted and not solved:
            return False
        return (
            decl.definition is None
            and not decl.depends
            and left.name not in reading.section.met
            and not recurrences.is_assumed(left.name, reading.context)
            and left.name not in reading.passage.unknowns(reading.context)
            and left.name in names_in(right)
        )
    function = reading.context.functions.get(left.name) if isinstance(left, Apply) else None
    unknown = function is not None and function.body is None and function.builtin is None
    return unknown and SATISFIES.search(each.prose[-80:]) is not None


_EQUATION_IS = re.compile(
    r"(?i)\b(?:the|this|that|our|its|an?)\s+(?:(?!update|learning|iteration|solution|last|first|above)[a-z’'-]+\s+){1,3}equations?\s+"
    r"(?:(?:for|of|in)\s+[^.;]*?)?(?:then\s+|now\s+)?(?:is|are|reads?|says?(?:\s+that)?)\s*:?\s*\Z"
)
"""``The Bellman equation is``: what follows is solved for what stands on both of its sides."""
_IMPLICIT = re.compile(
    r"(?i)\b(?:fixed[- ]points?|self-consisten\w+|implicit|re-?estimation)\b(?:\s+[a-z]+)*\s*"
    r"(?:equations?|conditions?|updates?)?\b[^.;]*\Z"
)


def is_implicit(reading: Reading, each: Waiting, link: Link) -> bool:
    """``the fixed-point equation is $\\alpha = M / (m^T m + \\operatorname{tr} S)$``, with an S that is made of α: an
    equation for a number that nothing defines, and no claim about every α."""
    if (
        link.op != "="
        or len(link.left) != 1
        or len(link.right) != 1
        or not _IMPLICIT.search(f"{reading.words.sentence} {each.prose[-200:]}")
    ):
        return False
    left = link.left[0]
    if not isinstance(left, Sym) or not plain_facts.only_primitive(left, reading.context):
        return False
    return any(depends_on(reading.context, name, left.name) for name in names_in(link.right[0]))


def _is_unknown_family(reading: Reading, left: Sym) -> bool:
    """Whether nothing is known of a family that is written with all its indices: ``V(s)`` of a declared V."""
    decl = reading.context.symbols[left.name]
    letters = {index.name for index in left.indices if isinstance(index, Index)}
    whole = bool(decl.family) and len(letters) == len(left.indices) == len(decl.family)
    known = decl.definition is not None or decl.depends or left.name in reading.section.met
    return whole and not known and not reading.passage


def written_case(reading: Reading, each: Waiting, whole: chains.Whole, place: int) -> Term | None:
    """The condition written right behind a link, ``= 0 \\text{ if } j \\ne k``, or before them all: ``j = k: …``."""
    sides = whole.segment.sides
    start, stop = sides[place + 1].start, sides[place + 2].start if place + 2 < len(sides) else None
    for condition in each.chain.cases:
        if condition.start < each.chain.span.start or (
            start <= condition.start and (stop is None or condition.start < stop)
        ):
            return conventions.case(condition, reading.context)
    return None


def is_normalised(reading: Reading, link: Link) -> bool:
    """``\\sum_k \\pi_k = 1`` of numbers that nothing defines, where nothing is being solved: weights, as given. So is
    ``\\sum_k n_k = N`` of numbers of which nobody has said anything: it follows from nothing."""
    sums_to_one = any(words.search(reading.words.sentence) for words in (_SUMS_TO_ONE, _AS_REASON))
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1 or (reading.passage and not sums_to_one):
        return False
    match link.left[0], link.right[0]:
        case Big(body=Sym(name=name)) as sum_, Num(value=1) as total if all_values.is_whole_sum(
            sum_, reading.document.values_of, reading.context
        ):
            pass
        case (
            Big(kind="sum", var=var, body=Sym(name=name, indices=indices), where=None),
            Num() | Size() | Sym() as total,
        ) if _counted_once(var, indices) and (total == Num(Fraction(1)) or _is_guessed(reading, name, indices)):
            known = name in reading.document.values_of  # as a table of probabilities, of which only the rows add up
            if len(indices) > 1 and (known or IS_CONCLUDED.search(last_sentence(reading.words.sentence))):
                return False
        case Big(kind="sum", body=Big()) as sum_, Num(value=1) as total if _sums_all(sum_) and not any(
            words.search(last_sentence(reading.words.sentence)) for words in (IS_CONCLUDED, CONCLUDES)
        ):
            name = _sums_all(sum_)
        case _:
            return False
    decl = reading.context.symbols.get(name)
    if reading.passage and any(name in block.variables for block in reading.passage.blocks):
        return False  # what is being solved for is nothing that is known
    if isinstance(total, Sym) and (name in names_in(total) or not plain_facts.only_primitive(total, reading.context)):
        return False
    if decl is None or decl.definition is not None or decl.depends:
        return False
    if name in reading.section.met and not _AS_REASON.search(reading.words.sentence):
        return False
    signed = decl.properties & {"positive", "nonnegative", "unit", "open_unit", "binary"}
    if not signed and name not in reading.guessed and not _AS_REASON.search(reading.words.sentence):
        return False
    return not any(name in names_in(fact.statement) for fact in reading.context.facts)


_SUMS_TO_ONE = re.compile(
    r"(?i)\b(?:since|because|as|given\s+that|recall(?:ing)?(?:\s+that)?)\s+(?:the\s+|these\s+|our\s+|all\s+)?[a-z\s-]{1,40}"
    r"(?:sum|add)(?:\s+up)?\s+to\s+(?:one|1|unity)[\s,(]*\Z"
)
_AS_REASON = re.compile(
    r"(?i)\b(?:using|since|because|given|recall(?:ing)?)(?:\s+(?:that|the\s+(?:fact|constraint|normali[sz]ation)(?:\s+that)?))?"
    r"\s*\Z"
)
"""Words before what is known of numbers of which nothing else says it: ``Using $\\sum_k t_{nk} = 1$ …``."""


def _is_guessed(reading: Reading, name: str, indices: tuple[Term, ...]) -> bool:
    """Whether nobody has said anything of the numbers of a list."""
    return len(indices) == 1 and name in reading.guessed


def _counted_once(var: str, indices: tuple[Term, ...]) -> bool:
    """Whether a sum over ``var`` goes over the members ``r_{ik}`` of a family by one of its indices, each another."""
    names = [index.name for index in indices if isinstance(index, Index)]
    return len({*names}) == len(indices) and var in names


def _sums_all(term: Term) -> str:
    """The family whose members ``\\sum_i \\sum_j p_{ij}`` adds up, each once; else nothing."""
    summed: list[str] = []
    while isinstance(term, Big) and term.kind == "sum" and term.where is None:
        summed.append(term.var)
        term = term.body
    if not isinstance(term, Sym) or not all(isinstance(index, Index) for index in term.indices):
        return ""
    names = [index.name for index in term.indices if isinstance(index, Index)]
    return term.name if len({*names}) == len(names) and sorted(names) == sorted(summed) else ""


def is_constraint(reading: Reading, link: Link) -> bool:
    """Whether a link is a constraint of what is being optimised."""
    return (reading.constraints or reading.roots_here) and plain_facts.is_constraint(
        link, reading.context, reading.constraints
    )
