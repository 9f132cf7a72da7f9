r"""Layers of widths of their own: with ``%: W^{(l)} \in \mathbb{R}^{n_l \times n_{l-1}}`` each of ``W^{(l)}``,
``W^{(l+1)}`` and ``W^{(L)}`` is a name, of the sizes that it has there, and what a formula makes of layer l it makes of
the next one.

A family in which the sizes depend on the index is none that can be written here; but a text about layer l is about one
layer, the ones beside it and the last: each of these is a quantity by itself. What is shown of them, whatever they are,
holds for every l.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from derive.language.context import Context
from derive.language.terms import Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded, as_written
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.names import parts_of

_STATEMENT = re.compile(r"[^;\n]+")
_SPACE = re.compile(r"(?P<names>.+?)\\in\s*\\mathbb\s*\{?R\}?\s*\^\s*\{(?P<sizes>.*)\}(?P<rest>[^{}]*)\Z")
_LAYERED = re.compile(
    r"(?P<base>.+?)\s*\^\s*(?:(?P<bare>[a-z]|\\ell)|\{\s*[\[(]?\s*(?P<place>[^\[\](){}]+?)\s*[\])]?\s*\})\Z"
)
_SHIFT = r"\s*(?:(?P<sign>[+-])\s*(?P<by>\d+))?"
_SUB = r"_\s*(?:\{[^{}]*\}|[A-Za-z0-9])"
_OUT_OF_REACH = re.compile(r"\\(?:sum|prod|int|partial|nabla|text|label|tag|quad|frac\s*\{\s*d)(?![A-Za-z])|\\\\|&")
_LOOSE = re.compile(r"(?:[\s.,;]|\\q?quad(?![A-Za-z])|\\[,;:!])+\Z")
_COMMAND = re.compile(r"\\[A-Za-z]*\Z")
_ELLIPSIS = r"\d\s*,\s*(?:\d\s*,\s*)*\\(?:[lc]?dots|dots[bc])\s*,\s*[A-Z](?![A-Za-z_^])(?:\s*-\s*1)?"
_OVER_LAYERS = "expected no sum over layers, which have sizes of their own"


@dataclass(frozen=True)
class Layers:
    """The letter that says which layer it is, the losses that depend on layers, and the declarations of them."""

    letter: str
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def are_mixed(self, terms: Iterable[Term]) -> bool:
        """Whether something is about layer l, or one beside it, and about the last one: nothing written ties them."""
        names = {part.name for term in terms for part in subterms(term) if isinstance(part, Sym)}
        places = {found[1] for name in names for found in re.finditer(r"\^\{?[\[(]([^\[\](){}]*)[\])]", name)}
        return len({_at(place, self.letter) is None for place in places}) > 1


@dataclass(frozen=True)
class _Schema:
    """A declared layer: the sizes that it has at a place, and what else is said of it."""

    at: str
    sizes: str
    rest: str


@dataclass
class _Seen:
    """What the formulas of a document say of layers: at which places each is written, what is made of which, in text;
    and of which derivative it is another name."""

    places: dict[tuple[str, str], None] = field(default_factory=dict)
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    gradients: dict[str, tuple[str, str]] = field(default_factory=dict)
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    losses: dict[str, None] = field(default_factory=dict)


def layered(pieces: Sequence[Found]) -> tuple[list[Found], Layers | None]:
    """The pieces with layers as names, where a declaration gives some of them sizes that depend on the layer."""
    letter, schemas = _declared(pieces)
    if not schemas:
        return [*pieces], None
    made = [_normalised(piece, letter, schemas) for piece in pieces]
    schemas |= _of_gradients(made, schemas)
    if len(schemas) > len(_names(pieces, letter)):
        made = [_normalised(piece, letter, schemas) for piece in pieces]
    made = [_with_bounds(piece, letter, schemas, pieces) for piece in made]
    seen = _Seen()
    for piece in made:
        if piece.math is not None and piece.kind in ("inline", "display"):
            _see(piece.math.text, letter, schemas, seen)
    lines, losses = _declarations(letter, schemas, seen, made)
    last = max(number for number, piece in enumerate(pieces) if _schemas_of(piece, letter))
    found: list[Found] = []
    counted = _author_counts(pieces)
    for number, piece in enumerate(made):
        before, after = _ranges(piece, letter, schemas, counted)
        found += [_said(piece, before)] if before else []
        found.append(_without(piece, letter, losses))
        found += [_said(piece, after)] if after else []
        if number == last:
            found.append(_said(piece, "\n".join(lines)))
    return found, Layers(letter, losses, tuple(lines))


def _declared(pieces: Sequence[Found]) -> tuple[str, dict[str, _Schema]]:
    """The layers that the author declares with sizes that depend on the layer."""
    for letter in ("l", "\\ell"):
        schemas = {name: schema for piece in pieces for name, schema in _schemas_of(piece, letter)}
        if schemas:
            return letter, schemas
    return "", {}


def _schemas_of(piece: Found, letter: str) -> list[tuple[str, _Schema]]:
    if piece.kind != "declaration" or piece.math is None:
        return []
    found: list[tuple[str, _Schema]] = []
    for statement in _STATEMENT.findall(piece.math.text):
        said = _SPACE.fullmatch(statement.strip())
        if said is None or not _letters(said["sizes"], letter):
            continue
        names = [_LAYERED.fullmatch(name.strip()) for name in said["names"].split(",")]
        places = [(name["base"], (name["bare"] or name["place"]).replace(" ", "")) for name in names if name]
        if len(places) == len(names) and all(_at(place, letter) is not None for _, place in places):
            sizes = _plain_sizes(said["sizes"], letter)
            found += [(base, _Schema(place, sizes, said["rest"].strip())) for base, place in places]
    return found


def _plain_sizes(text: str, letter: str) -> str:
    """``n^{[l]}`` and ``s_{(l+1)}`` as the sizes ``n_{l}`` and ``s_{l+1}``."""
    text = re.sub(rf"[_^]\s*{re.escape(letter)}(?![A-Za-z])", lambda _: f"_{{{letter}}}", text)
    return re.sub(rf"[_^]\s*\{{\s*[\[(]?\s*({re.escape(letter)}(?:\s*[+-]\s*\d+)?)\s*[\])]?\s*\}}", r"_{\1}", text)


def _letters(text: str, letter: str) -> list[str]:
    return re.findall(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", text)


def _at(place: str, letter: str) -> int | None:
    """0 of ``l``, 1 of ``l+1``; None of another place, such as ``L``."""
    found = re.fullmatch(rf"{re.escape(letter)}(?:([+-])(\d+))?", place)
    return None if found is None else int(f"{found[1] or '+'}{found[2] or 0}")


def _moved(text: str, letter: str, origin: str, place: str) -> str:
    """A text about layer ``origin`` at another place: l+1 there is one further on."""
    start, there = _at(origin, letter), re.fullmatch(r"(.*?)(?:([+-])(\d+))?", place)
    if start is None or there is None:
        return text
    base, by = there[1], int(f"{there[2] or '+'}{there[3] or 0}")

    def put(found: re.Match[str]) -> str:
        offset = by + int(f"{found['sign'] or '+'}{found['by'] or 0}") - start
        return str(int(base) + offset) if base.isdigit() else base + (f"{offset:+d}" if offset else "")

    return re.sub(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z]){_SHIFT}", put, text)


def _normalised(piece: Found, letter: str, schemas: dict[str, _Schema]) -> Found:
    """A formula with every layer written ``z^{(l)}``; one that binds the letter itself cannot be read."""
    if piece.math is None or piece.kind not in ("inline", "display", "declaration"):
        return piece
    math = piece.math if piece.kind == "declaration" else _without_range(piece.math, letter)
    own = re.escape(letter)
    ends = "(?![A-Za-z])" if letter.startswith("\\") else ""
    for found in reversed([*re.finditer(rf"\^\s*({own}){ends}", math.text)]):
        math = inserted(inserted(math, found.end(), ")}"), found.start(1), "{(")
    for found in reversed([*re.finditer(rf"\^\s*\{{\s*({own}\s*[+-]\s*\d|{own})\s*\}}", math.text)]):
        math = inserted(inserted(math, found.end(1), ")"), found.start(1), "(")
    heads = rf"(?:{_any(schemas)})(?![A-Za-z])\s*(?:{_SUB})?\s*\^\s*"
    for found in reversed([*re.finditer(rf"{heads}([A-SU-Z])(?![A-Za-z])", math.text)]):
        math = inserted(inserted(math, found.end(), ")}"), found.start(1), "{(")
    for found in reversed([*re.finditer(rf"{heads}\{{\s*([A-SU-Z](?:\s*[+-]\s*\d)?)\s*\}}", math.text)]):
        math = inserted(inserted(math, found.end(1), ")"), found.start(1), "(")
    sizes = {size for each in schemas.values() for size in re.findall(r"([A-Za-z])_\{", each.sizes)}
    for found in [
        *re.finditer(rf"(?<![A-Za-z\\])[{''.join(sorted(sizes))}]([_^])\{{([\[(])([^\[\](){{}}]*)([\])])\}}", math.text)
    ]:
        text = [*math.text]
        text[found.start(1)], text[found.start(2)], text[found.start(4)] = "_", " ", " "
        math = replace(math, text="".join(text))
    if piece.kind == "inline" and re.match(rf"\s*{own}\s*(?:[=<>]|\\(?:leq?|geq?|neq?|in)(?![A-Za-z]))", math.text):
        return replace(piece, kind="prose", math=None)  # which layers are meant
    if piece.kind != "declaration" and _binds(math.text, letter):
        return replace(piece, kind="broken", math=None, message=_OVER_LAYERS, hint="write it for one layer")
    return replace(piece, math=math)


def _without_range(math: Expanded, letter: str) -> Expanded:
    """A formula without ``l = 1, \\dots, L`` behind it, which says which layers it is about."""
    text = math.text
    for found in re.finditer(rf"(?<![A-Za-z\\_^{{(\[]){re.escape(letter)}\s*=\s*{_ELLIPSIS}", text):
        text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return replace(math, text=text)


def _names(pieces: Sequence[Found], letter: str) -> set[str]:
    return {name for piece in pieces for name, _ in _schemas_of(piece, letter)}


def _of_gradients(pieces: Sequence[Found], schemas: dict[str, _Schema]) -> dict[str, _Schema]:
    """``\\delta^{(l)} = \\partial C / \\partial z^{(l)}`` of which nothing is declared: as large as ``z^{(l)}``."""
    found: dict[str, _Schema] = {}
    for piece in pieces:
        if piece.math is None or piece.kind not in ("inline", "display") or "partial" not in piece.math.text:
            continue
        for chain in chains_of(piece.math.text, Context()):
            match chain.node:
                case s.Relation(first=first, rest=((_, s.Diff(body=s.Name(), variables=(variable,))), *_)):
                    head, of = _layer(first), _layer(variable)
                    if head and of and head[0] not in schemas and of[0] in schemas and head[1:] == of[1:]:
                        found.setdefault(head[0], schemas[of[0]])
    return found


def _with_bounds(piece: Found, letter: str, schemas: dict[str, _Schema], pieces: Sequence[Found]) -> Found:
    """A formula in which ``\\sum_{i=1}^n`` is over what i counts below layers, n being a letter of which nothing is
    declared and that stands nowhere else in it; and in which ``\\nabla_a`` is in a of the layer that it is about."""
    if piece.math is None or piece.kind not in ("inline", "display"):
        return piece
    math = piece.math
    places = {place for _, place, _ in _written(math.text, schemas)}
    if len(places) == 1:
        for found in reversed(
            [*re.finditer(rf"\\nabla\s*_\s*(?:({_any(schemas)})(?![A-Za-z])|\{{({_any(schemas)})\}})", math.text)]
        ):
            braced = found[2] is not None
            math = inserted(math, found.end() - braced, f"^{{({next(iter(places))})}}" + "}" * (not braced))
            math = math if braced else inserted(math, found.start(1), "{")
    declared = " ".join(each.math.text for each in pieces if each.kind == "declaration" and each.math is not None)
    counts = _counts(math.text, letter, schemas)
    bounds = [
        *re.finditer(
            r"\\sum(?:\\limits)?\s*_\s*\{\s*([a-z])\s*=\s*1\s*\}\s*\^\s*(?:([A-Za-z])|\{\s*([A-Za-z])\s*\})", math.text
        )
    ]
    for found in reversed(bounds):
        top, sizes = found[2] or found[3], counts.get(found[1], set())
        alone = len(re.findall(rf"(?<![A-Za-z\\]){top}(?![A-Za-z_])", math.text))
        if (
            len(sizes) != 1
            or re.search(rf"(?<![A-Za-z\\]){top}(?![A-Za-z_])", declared)
            or alone != sum((each[2] or each[3]) == top for each in bounds)
        ):
            continue
        at = found.start(2) if found[2] else found.start(3)
        text = math.text[:at] + " " + math.text[at + 1 :]
        math = inserted(replace(math, text=text), at, f"{{{next(iter(sizes))}}}")
    return replace(piece, math=math)


def _counts(text: str, letter: str, schemas: dict[str, _Schema]) -> dict[str, set[str]]:
    """The sizes that each letter counts up to, below the layers of a formula."""
    found: dict[str, set[str]] = {}
    for base, place, below in _written(text, schemas):
        schema = schemas[base]
        sizes = _moved(schema.sizes, letter, schema.at, place).split("\\times")
        letters = [each.strip() for each in (below.split(",") if "," in below else below)]
        for name, size in zip(letters, sizes, strict=False):
            if len(letters) == len(sizes) and re.fullmatch("[a-z]", name):
                found.setdefault(name, set()).add(size.strip())
    return found


def _any(names: Iterator[str] | dict[str, _Schema]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _binds(text: str, letter: str) -> bool:
    """``\\sum_{l=1}^L``, ``\\prod_l``."""
    own = re.escape(letter)
    return (
        re.search(
            rf"\\(?:sum|prod|max|min)(?:\\limits)?\s*_\s*(?:\{{[^{{}}]*(?<![A-Za-z\\_]){own}(?![A-Za-z])|{own})", text
        )
        is not None
    )


def _see(text: str, letter: str, schemas: dict[str, _Schema], seen: _Seen) -> None:
    """Where layers stand in a formula, and what it makes of them."""
    for base, place, _ in _written(text, schemas):
        seen.places.setdefault((base, place), None)
    for chain in chains_of(text, Context()):
        node = chain.node
        if node is None:
            continue
        for part in s.walk(node):
            if isinstance(part, s.Diff) and isinstance(part.body, s.Name):
                seen.losses.setdefault(part.body.text, None)
        if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":=") or len(chain.sides) < 2:
            continue
        head = _layer(node.first)
        if head is None or head[0] not in schemas:
            continue
        base, sub, place = head
        body = node.rest[0][1]
        if _at(place, letter) is None and base not in seen.gradients:
            seen.given.setdefault((base, place), text[chain.sides[1].start : chain.sides[1].stop])
        elif isinstance(body, s.Diff) and isinstance(body.body, s.Name) and len(body.variables) == 1:
            of = _layer(body.variables[0])
            if of is not None and of[1:] == (sub, place):
                seen.gradients.setdefault(
                    base, (place, f"\\frac{{\\partial {body.body.text}}}{{\\partial {of[0]}^{{({place})}}}}")
                )
        else:
            written = _made(node.rest[0][1], text[chain.sides[1].start : chain.sides[1].stop], sub)
            if written and (base, place) not in [each[:2] for each in _written(written, schemas)]:
                seen.made.setdefault(base, (place, written))


def _made(body: s.Node, text: str, sub: str) -> str:
    """What a layer is made of, as a vector or a matrix: as it is written, or ``f(z)`` of ``f(z_i)``."""
    match body:
        case s.Juxt(parts=(s.Name() | s.Script() as function, s.Group(bracket="(", items=(item,)))) if sub:
            inside = _layer(item)
            return (
                f"{s.key(function)}({inside[0]}^{{({inside[2]})}})" if inside is not None and inside[1] == sub else ""
            )
    text = _LOOSE.sub("", text).strip()
    return "" if sub or _OUT_OF_REACH.search(text) or not re.search(r"[\[(]", text) else text


def _layer(node: s.Node) -> tuple[str, str, str] | None:
    """The letter, the subscript and the place of ``z^{(l)}_i``."""
    parts = parts_of(node) if isinstance(node, s.Script) else None
    match parts:
        case (base, sub, s.Group(bracket="(" | "[", items=(item,))):
            return base, "" if sub is None else s.key(sub), s.key(item)
    return None


def _written(text: str, schemas: dict[str, _Schema]) -> Iterator[tuple[str, str, str]]:
    """Every layer in a text: its letter, its place and what stands below it."""
    head = rf"(?P<base>{_any(schemas)})(?![A-Za-z])\s*(?P<sub>{_SUB})?\s*"
    above = rf"\^\s*\{{\s*[\[(]\s*(?P<place>[^\[\](){{}}]*?)\s*[\])][^{{}}]*\}}\s*(?P<behind>{_SUB})?"
    for found in re.finditer(head + above, text):
        if _COMMAND.search(text, 0, found.start()):
            continue
        below = (found["sub"] or found["behind"] or "").lstrip("_ ").strip("{} ")
        yield found["base"], found["place"].replace(" ", ""), below


def _declarations(
    letter: str, schemas: dict[str, _Schema], seen: _Seen, pieces: Sequence[Found]
) -> tuple[list[str], tuple[str, ...]]:
    """The layers at each place where they stand; what each is made of there; on what a loss depends."""
    lets: dict[tuple[str, str], str] = {}
    stated = _as_everywhere(letter, schemas, seen)
    names = dict.fromkeys(seen.places)
    for base, place in seen.places:  # an error at a place is that of a layer there
        if base in seen.gradients and (base, place) not in seen.given:
            text = _moved(seen.gradients[base][1], letter, seen.gradients[base][0], place)
            names.update(dict.fromkeys(each[:2] for each in _written(text, schemas)))
    for base, place in [*names]:
        made = seen.made.get(base) if base not in seen.gradients else None
        if made is None or (base, place) in seen.given or (place.isdigit() and (base, place) not in stated):
            continue
        body = _moved(made[1], letter, made[0], place)
        parts = [each[:2] for each in _written(body, schemas)]
        if any(part in seen.given for part in parts):
            seen.given[base, place] = body  # the text says further down what it is made of
            continue
        lets[base, place] = body
        names.update(dict.fromkeys(parts))
    names = {name: None for name in names if name not in seen.given}
    lines = []
    for base, place in names:
        schema = schemas[base]
        sizes = _moved(schema.sizes, letter, schema.at, place)
        lines.append(f"{base}^{{({place})}} \\in \\mathbb{{R}}^{{{sizes}}} {schema.rest}".rstrip())
    lines += _inputs(letter, schemas, seen, pieces)
    lines += [f"let {base}^{{({place})}} := {lets[base, place]}" for base, place in _in_order(lets, schemas)]
    below = {part for body in lets.values() for part in (each[:2] for each in _written(body, schemas))}
    last = [f"{base}^{{({place})}}" for base, place in lets if (base, place) not in below]
    losses = tuple(name for name in seen.losses if _is_loss(name, schemas, pieces))
    lines += [f"opaque {name} depends on {', '.join(last)}" for name in losses if last]
    for base, place in names:
        gradient = seen.gradients.get(base)
        if gradient is not None and losses and last:
            lines.append(f"let {base}^{{({place})}} := {_moved(gradient[1], letter, gradient[0], place)}")
    return lines, losses if last else ()


def _inputs(letter: str, schemas: dict[str, _Schema], seen: _Seen, pieces: Sequence[Found]) -> list[str]:
    """The x of ``a^{(0)} = x``, where nothing declares it: as large as that layer."""
    lines = []
    declared = " ".join(each.math.text for each in pieces if each.kind == "declaration" and each.math is not None)
    for (base, place), body in seen.given.items():
        name, schema = _LOOSE.sub("", body).strip(), schemas[base]
        if not re.fullmatch(r"[a-zA-Z]|\\(?:mathbf|boldsymbol|bm|vec)\s*\{?\s*[a-zA-Z]\s*\}?", name) or name in schemas:
            continue
        if not re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", declared):
            lines.append(f"{name} \\in \\mathbb{{R}}^{{{_moved(schema.sizes, letter, schema.at, place)}}}")
    return lines


def _as_everywhere(letter: str, schemas: dict[str, _Schema], seen: _Seen) -> set[tuple[str, str]]:
    """The layers of which the text says at one place what it says of every layer, or something else that is made of
    layers but cannot be meant for that place alone; what a first or a last layer is (``a^{(0)} = x``) stays given."""
    found: set[tuple[str, str]] = set()
    for (base, place), body in [*seen.given.items()]:
        made = seen.made.get(base)
        if made is None:
            continue
        same = _LOOSE.sub("", _plain(body)) == _plain(_moved(made[1], letter, made[0], place))
        below = [each for _, each, _ in _written(body, schemas)]
        elsewhere = place.isdigit() and bool(below)
        if same or elsewhere or any(_at(each, letter) is not None for each in below):
            del seen.given[base, place]
            found.add((base, place))
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s&]+", "", text)


def _in_order(lets: dict[tuple[str, str], str], schemas: dict[str, _Schema]) -> list[tuple[str, str]]:
    """What is made of others behind them."""
    done: list[tuple[str, str]] = []
    left = [*lets]
    while left:
        ready = [each for each in left if not any(part[:2] in left for part in _written(lets[each], schemas))]
        if not ready:
            return done  # tied in a circle: no layers of a network
        done += ready
        left = [each for each in left if each not in ready]
    return done


def _is_loss(name: str, schemas: dict[str, _Schema], pieces: Sequence[Found]) -> bool:
    """Whether a capital is only ever differentiated: no formula gives it a value, but as a function."""
    if not re.fullmatch(r"[A-Z]|\\mathcal\{[A-Z]\}|\\ell", name) or name in schemas:
        return False
    gives = re.compile(rf"(?<![A-Za-z\\{{]){re.escape(name)}\s*&?\s*:?=")
    return not any(
        gives.search(piece.math.text) for piece in pieces if piece.math is not None and piece.kind != "declaration"
    )


def _author_counts(pieces: Sequence[Found]) -> dict[str, str]:
    """The ranges that the author declares of letters."""
    found: dict[str, str] = {}
    for piece in pieces:
        if piece.kind == "declaration" and piece.math is not None:
            for each in re.finditer(r"index\s+([^=;\n]+)=([^;\n]+)", piece.math.text):
                found |= {name.strip(): each[2].strip() for name in each[1].split(",")}
    return found


def _ranges(piece: Found, letter: str, schemas: dict[str, _Schema], counted: dict[str, str]) -> tuple[str, str]:
    """What the letters below layers count in a formula, where they count one thing in all of it; and behind it again
    what the author has declared."""
    if piece.math is None or piece.kind not in ("inline", "display"):
        return "", ""
    found = _counts(piece.math.text, letter, schemas)
    said = [f"index {name} = 1..{sizes.pop()}" for name, sizes in found.items() if len(sizes) == 1]
    again = [f"index {name} = {counted[name]}" for name in found if name in counted]
    return "\n".join(said), "\n".join(again)


def _without(piece: Found, letter: str, losses: tuple[str, ...]) -> Found:
    """A declaration without what is said of layers here: of the letter, of layers at any place, of their losses."""
    if piece.kind != "declaration" or piece.math is None:
        return piece
    text = piece.math.text
    for found in _STATEMENT.finditer(text):
        statement = found[0].strip()
        counts = re.match(r"(?:%:)?\s*index\s+([^=]+)=", statement)
        layer = _schemas_of(replace(piece, math=as_written(found[0], 0)), letter)
        opaque = re.match(r"(?:%:)?\s*opaque\s+(\S+)\s+depends", statement)
        if (counts and counts[1].strip() == letter) or layer or (opaque and opaque[1] in losses):
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return replace(piece, math=Expanded(text, piece.math.starts, piece.math.places, piece.math.macros))


def _said(piece: Found, text: str) -> Found:
    """A declaration that follows from what the author has declared."""
    math = Expanded(text, (0,), (piece.start,), ("layers",))
    return replace(piece, kind="declaration", math=math, message="", hint="", follows=True)


__all__ = ["Layers", "layered"]
