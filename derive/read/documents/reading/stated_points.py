r"""``so $w = …$ is a minimiser, and there``, ``the minimiser is $w = …$``: an optimum, or where a derivative vanishes,
and what holds there."""

from __future__ import annotations

import re

from derive.language.claims import Optimum, Statement, Step
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import Deriv, Rel, Sym
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.steps import chains, plain_facts, to_solve
from derive.read.documents.steps.passages import Root, names_of
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import CONDITION, EXTREMUM_IS, SAYS_AGAIN, VANISHES
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, one_line
from derive.read.documents.words import setting
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_IS_OPTIMAL = re.compile(
    r"(?i)[\s,]*(?:which\s+|that\s+)?is\s+(?:then\s+|indeed\s+|thus\s+)?(?:(?:the|an?)\s+)?"
    r"(?:(?:unique|global|local|only)\s+)*"
    r"(?:minimi[sz]er|maximi[sz]er|(?:stationary|critical|minimum|maximum)\s+point|optimum|minimum|maximum)\b"
    r"(?!\s+(?:value|likelihood))"
)
_EXTREME = re.compile(r"(?i)\b(min|max)")
_POSTERIOR = re.compile(r"(?i)\bposterior\b")
_LOCAL = re.compile(r"(?i)\blocal\b")
_POINT = r"(?:(?:stationary|critical)\s+)?(?:point|minimum|maximum|optimum|minimi[sz]er|maximi[sz]er)"
_GOES_ON = (
    r"(?:[\s,]*(?:(?:we|it)\s+(?:have|has|get|find|obtain)|(?:the\s+[a-z\s]{1,30}\s+)?(?:is|equals|becomes)|thus|then|hence))?"
    r"[\s,:]*\Z"
)
_THERE = re.compile(
    rf"(?i)(?:\b(?:for|with|under|by|at)\s+(?:this|that|the\s+(?:optimal|best))\s+(?:choice|value|setting)\b|"
    rf"(?:[,;]|\band|\bwhere|\bso|\bthen|\A)\s*there\b|\bat\s+(?:this|that|the|its)\s+{_POINT}\b|"
    rf"\b(?:minimal|minimum|maximal|maximum|optimal|least|greatest|smallest|largest)\s+value\b|"
    rf"(?:[,;]|\A)\s*where\s+(?:it|this|the\s+[a-z\s]{{1,30}}?)\s+(?:has|takes|attains)\s+the\s+value\b){_GOES_ON}"
)
"""``there``, ``at this point``, ``the minimal value is``; not ``there is``, nor ``at this point, if``."""
_THERE_IS = re.compile(r"(?i)\bthere\s+(?:is|are)\b")


def note_point(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether words behind ``w = …`` say that something is least or greatest there, which is judged (of a stationary
    point, that the derivative is zero at it), and ``there`` means it from here on."""
    said = _IS_OPTIMAL.match(reading.words.after)
    if said is None or _LOCAL.search(said.group()):  # what is least nearby is not judged
        return False
    parts = [chain for chain in chains_of(math.text, reading.context) if chain.problem is None]
    match [chain.node for chain in parts]:
        case [s.Relation(first=first, rest=(("=", second),))]:
            name = primitive(first, reading.context)
        case _:
            return False
    point = _value(reading, name, second)
    if name is None or point is None:
        return False
    root = _derivative(reading, name, s.key(first))
    if root is None:
        return False
    text = one_line(math.text)
    at = math.place(second.start)
    place = found.source.place(at)
    reading.chains += 1
    reading.sides += 2
    kind = _EXTREME.search(said.group())
    optimum = _claims(reading, kind.group(1).lower(), root, point) if kind is not None else ()
    what = optimum or (Step((point,), (root.equation,)),)
    reading.entries.append(Entry((reading.number, at), place, what, reading.context, text, chain=reading.chains))
    extreme = f"{kind.group(1).lower()} over {s.key(first)}:" if kind is not None and optimum else ""
    told = extreme or f"the derivative in {s.key(first)} is zero at"
    reading.note(place, f"{told} {text}, as the words behind it say")
    reading.section.point = (point,)
    return True


def named(reading: Reading, words: str) -> tuple[str, Root] | None:
    """What the words right before a formula say that it gives: where the derivative that has been set to zero last
    belongs to a maximum (or a minimum), or only vanishes, if nothing else is solved beside it."""
    plain = CONDITION.sub(" ", reading.words.sentence)
    said = EXTREMUM_IS.search(words) or EXTREMUM_IS.search(plain) or setting.OPTIMISES.search(reading.words.sentence)
    if said is None or not reading.passage:
        return None
    kind = _EXTREME.search(said.group().replace("mode", "maximum"))
    if kind is None and VANISHES.search(said.group()) is None:
        return None
    roots = reading.passage.blocks[-1].roots
    said_so = "" if kind is None else kind.group(1).lower()
    return (said_so, roots[0]) if len(roots) == 1 and len(roots[0].variables) == 1 else None


def claimed_of(reading: Reading, extremum: tuple[str, Root] | None, point: Rel) -> tuple[Statement, ...]:
    """``w = …`` as the place of an extremum; nothing if it gives another quantity."""
    if extremum is None or extremum[1].variables != (point.left,) or point.op != "=":
        return ()
    if not chains.has_shape(point, reading.context):
        return ()
    made_of = mentioned(reading.context, point.right)
    if any(depends_on(reading.context, each, name) for each in made_of for name in names_of(point.left)):
        return ()  # an equation that it satisfies
    kind, root = extremum
    return _claims(reading, kind, root, point) if kind else (Step((point,), (root.equation,)),)


def _claims(reading: Reading, kind: str, root: Root, point: Rel) -> tuple[Statement, ...]:
    """That something is greatest or least at a point; where the sign of a number that nobody declares decides that, or
    the parameters of a prior do, also that it is stationary there."""
    derivative = root.equation.left
    if not isinstance(derivative, Deriv) or not isinstance(point.left, Sym):
        return ()
    optimum = Optimum(kind, derivative.body, (point.left,), (point.right,))
    symbols = reading.context.symbols
    made_of = {name for name in mentioned(reading.context, optimum.objective) if name in symbols} - {point.left.name}
    guessed = {name for name in reading.guessed.keys() & made_of if len(symbols[name].shape) != 1}
    either = guessed or _POSTERIOR.search(reading.words.sentence)
    return (optimum, Step((point,), (root.equation,))) if either else (optimum,)


def _value(reading: Reading, name: Sym | None, node: s.Node) -> Rel | None:
    """``w = …`` as a relation, in its only reading, if it does not give w by itself."""
    try:
        readings = node_readings(node, reading.context)
    except ReadError:
        return None
    if name is None or len(readings) != 1 or name.name in names_in(readings[0].term):
        return None
    relation = Rel("=", name, readings[0].term)
    return relation if chains.has_shape(relation, reading.context) else None


def _derivative(reading: Reading, name: Sym, text: str) -> Root | None:
    """The derivative in a quantity that was worked out last, or else that of the objective."""
    for _, tail in reversed(reading.section.gradients):
        root = to_solve.gradient_set_to_zero(tail, reading.context)
        if root is not None and root.variables == (name,):
            return root
    objective = setting.the_objective(reading.section.objectives, (text,), reading.context)
    return None if objective is None else setting.root_in(objective, text, reading.context)


def there(reading: Reading, words: str) -> tuple[Rel, ...]:
    """The place of an optimum that was stated, where the words before a formula speak of it."""
    said = _THERE.search(words) is not None and _THERE_IS.search(words[-60:]) is None
    if not reading.section.point or not (said or _right_behind(reading, words)):
        return ()
    return tuple(
        point
        for point in reading.section.point
        if isinstance(point.left, Sym)
        and plain_facts.only_primitive(point.left, reading.context)
        and chains.has_shape(point, reading.context)
    )


def _right_behind(reading: Reading, words: str) -> bool:
    """``is least at $a = 0$ and $b = 1$, where $R = 0$``: at what has just been stated."""
    return reading.section.point_at == reading.number - 2 and _WHERE.fullmatch(words) is not None


_WHERE = re.compile(
    r"(?i)[\s,;]*(?:and\s+)?(?:where|at\s+which(?:\s+point)?|(?:with|giving)\s+(?:the\s+)?value)"
    r"\s*(?:we\s+(?:have|get|find))?\s*"
)


def note(reading: Reading, optimum: Optimum) -> None:
    """The place of an optimum that has just been stated."""
    places = zip(optimum.variables, optimum.point, strict=True)
    reading.section.point = tuple(Rel("=", name, value) for name, value in places if isinstance(name, Sym))
    reading.section.point_at = reading.number


def says_again(reading: Reading, words: str) -> bool:
    """``The optimum is at $\\sigma(h) = q$, i.e. $h = …$``: the second equation is claimed of what the first says."""
    said = _AGAIN.match(reading.words.sentence) if SAYS_AGAIN.search(words) is not None else None
    return said is not None and bool(reading.supposed) and EXTREMUM_IS.search(said["before"]) is not None


_AGAIN = re.compile(r"(?s)(?P<before>[^⟨⟩]*)⟨\d+⟩[\s,;]*i\.e\.[^⟨⟩]*\Z")

__all__ = ["note", "note_point", "says_again", "there"]
