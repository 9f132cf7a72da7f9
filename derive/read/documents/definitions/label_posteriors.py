r"""Densities of labels and of what is seen with them: after ``p(z = k) = \pi_k`` and ``p(x | z = k) = f_k(x)``, what
``p(z = k | x)`` and ``p(x)`` are follows by Bayes' rule, and what the text writes of them is a claim."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.taking import Earlier
from derive.read.names import Form, Signature, Slot, fits_form, option
from derive.read.parser import parse

PROBABILITIES = frozenset({"p", "P", "\\Pr", "\\mathrm{Pr}", "\\mathbb{P}"})
"""Letters that stand for the one distribution of a text."""
_LETTERS = PROBABILITIES | {"q"}
_FREE = "jlmrikabcnpqstuv"
"""Letters that may count the labels in a sum."""


@dataclass(frozen=True)
class _Density:
    """``p(about | given)``, and the ``indices`` that its formula varies with, if the text gives one; what it is, where
    the text has not written it so; and the name that it has been declared by."""

    head: s.Node
    group: s.Group
    indices: tuple[str, ...] = ()
    value: s.Node | None = None
    name: str = ""

    @property
    def about(self) -> tuple[s.Node, ...]:
        """What it is of."""
        return self.group.items[: self._bar()]

    @property
    def given(self) -> tuple[s.Node, ...]:
        """What stands behind the bar, and parameters."""
        return self.group.items[self._bar() :]

    def _bar(self) -> int:
        bars = [place for place, sep in enumerate(self.group.seps) if sep in ("|", ";")]
        return bars[0] + 1 if bars else len(self.group.items)

    def event(self) -> s.Relation | None:
        """The event that a label has a value, if there is just one."""
        found = [item for item in self.group.items if isinstance(item, s.Relation) and _is_event(item)]
        return found[0] if len(found) == 1 else None

    def others(self) -> frozenset[str]:
        """What it is of, but for the label."""
        return frozenset(s.key(item) for item in self.about if not _is_event(item))

    def parameters(self) -> frozenset[str]:
        """What it is given, but for the label."""
        return frozenset(s.key(item) for item in self.given if not _is_event(item))

    def node(self) -> s.Node:
        """The density as it is written."""
        return self.value or s.Juxt(self.head.start, self.group.stop, (self.head, self.group))


@dataclass(frozen=True)
class _Model(ABC):
    """How a label and what is ``seen`` come about together, all of it ``known`` something else."""

    seen: frozenset[str]
    known: frozenset[str]

    @abstractmethod
    def value(self, event: s.Relation) -> s.Node | None:
        """The value that an event gives to this label; None if it is about another one."""

    @abstractmethod
    def joint(self, value: s.Node) -> str:
        """The joint density for one value."""

    @abstractmethod
    def total(self, taken: Collection[str]) -> str:
        """The sum of these over all labels; its index is none of the ``taken`` letters."""


@dataclass(frozen=True)
class _Counted(_Model):
    """Labels that an index runs over: the event ``z = k``, its index, the ends of that, and the factors of the joint
    density, each with whether it varies with the label."""

    event: s.Relation
    index: str
    ends: tuple[str, str]
    factors: tuple[tuple[s.Node, bool], ...]

    def value(self, event: s.Relation) -> s.Node | None:
        given = dict[str, s.Node]()
        return given.get(self.index) if fits_form(self.event, event, (self.index,), given) else None

    def joint(self, value: s.Node) -> str:
        return " ".join(s.key(s.put(each, self.index, value) if varies else each) for each, varies in self.factors)

    def total(self, taken: Collection[str]) -> str:
        written = {part.text for factor, _ in self.factors for part in _names(factor)}
        letter = next((each for each in _FREE if each not in taken and each not in written), r"\iota")
        low, high = self.ends
        return f"\\sum_{{{letter}={low}}}^{{{high}}} {self.joint(s.Name(0, 0, letter))}"


@dataclass(frozen=True)
class _Listed(_Model):
    """Labels with a few values, ``y = 0`` and ``y = 1``: the label, and the joint density for each of them."""

    label: str
    joints: tuple[tuple[str, str], ...]

    def value(self, event: s.Relation) -> s.Node | None:
        value = event.rest[0][1]
        return value if s.key(event.first) == self.label and s.key(value) in dict(self.joints) else None

    def joint(self, value: s.Node) -> str:
        return dict(self.joints)[s.key(value)]

    def total(self, taken: Collection[str]) -> str:
        return " + ".join(text for _, text in self.joints)


def told(node: s.Node, section: Sequence[s.Node], context: Context, earlier: Earlier) -> str:
    """What a density of a label, of what is seen, or of both is, as its author would write it; nothing where the text
    tells neither prior and likelihood nor the mixture, or in more than one way."""
    density = _density_of(node)
    if density is None:
        return ""
    known = [*_known(s.key(density.head), context)]
    drawn = [*_drawn(density.head, context)]
    if density.about == (density.event(),) and not density.given:
        return _of_prior(density, drawn)
    known += drawn
    if density.event() is None:  # p(x) = … in a section that has told nothing of the label may be of another x
        known = [each for each in known if not each.name or _is_told_here(each, section, context, earlier)]
    models: list[_Model] = [*_pairs(known, context), *_listed(known, context)]
    if not models and density.event() is not None:
        models += _mixtures(density, section, context)
    found = {text for model in models if (text := _as_told(density, model, context))}
    return found.pop() if len(found) == 1 else ""


def _is_told_here(density: _Density, section: Sequence[s.Node], context: Context, earlier: Earlier) -> bool:
    """Whether this section has said what a density is, or speaks of its label."""
    event = density.event()
    if event is not None and any(s.key(part) == s.key(event) for each in section for part in s.walk(each)):
        return True
    here, before = ((each.symbols.get(density.name), each.functions.get(density.name)) for each in (context, earlier))
    return any(now is not None and now is not then for now, then in zip(here, before, strict=True))


def _of_prior(density: _Density, drawn: Sequence[_Density]) -> str:
    """``p(z = k)`` of a label that is drawn from such probabilities."""
    for prior in drawn:
        event, own, given = density.event(), prior.event(), dict[str, s.Node]()
        if event is not None and own is not None and fits_form(own, event, prior.indices, given):
            return s.key(_at(prior.node(), given))
    return ""


def _as_told(density: _Density, model: _Model, context: Context) -> str:
    event = density.event()
    taken = {*context.symbols, *context.functions, *context.sizes, *(part.text for part in _names(density.group))}
    if event is None:
        whole = density.others() == model.seen and density.parameters() == model.known
        return model.total(taken) if whole else ""
    value = model.value(event)
    if value is None or not any(item is event for item in density.about):
        return ""
    if density.others() == model.seen and density.parameters() == model.known:
        return model.joint(value)
    if not density.others() and density.parameters() == model.seen | model.known:
        return f"\\frac{{{model.joint(value)}}}{{{model.total(taken)}}}"
    return ""


def _known(letter: str, context: Context) -> Iterator[_Density]:
    """The densities of a label, or given one, that the text has given formulas for."""
    for head in sorted(PROBABILITIES) if letter in PROBABILITIES else [letter]:
        for place in ("called", "signatures"):
            forms = option(context, place).get(head)
            for form in forms if isinstance(forms, tuple) else ():
                found = _written(s.Name(0, 0, head), form, context)
                if found is not None and _is_density(found.group) and (found.event() or _is_whole(found)):
                    yield found


def _is_whole(density: _Density) -> bool:
    """``p(y) = \\phi^y (1 - \\phi)^{1 - y}``: one formula for all values of a label."""
    return (
        not density.given and not density.indices and len(density.about) == 1 and isinstance(density.about[0], s.Name)
    )


def _drawn(head: s.Node, context: Context) -> Iterator[_Density]:
    """The probabilities of labels that are drawn: ``z \\sim \\mathrm{Cat}(\\pi)``, ``y \\sim \\mathrm{Ber}(\\phi)``."""
    if s.key(head) not in PROBABILITIES:
        return
    for name, how in option(context, "distributed").items():
        match how:
            case s.Juxt(parts=(s.Word(text=family), s.Group(bracket="(", items=(s.Name() | s.Script() as given,)))):
                label, decl = parse(name), context.symbols.get(s.key(given))
            case _:
                continue
        if family in _CATEGORICAL and decl is not None and len(decl.family) == 1 and not decl.shape:
            (index,) = decl.family_names
            value = s.Script(0, 0, given, s.Name(0, 0, index))
            yield _Density(head, _event(label, s.Name(0, 0, index)), (index,), value)
        elif family in _BINARY:
            failure = s.Group(0, 0, "(", (s.Sum(0, 0, (("+", s.Number(0, 0, "1")), ("-", given))),))
            yield _Density(head, _event(label, s.Number(0, 0, "1")), (), given)
            yield _Density(head, _event(label, s.Number(0, 0, "0")), (), failure)


_CATEGORICAL = frozenset({"Cat", "Categorical", "Discrete", "Multinoulli"})
_BINARY = frozenset({"Bernoulli", "Bern", "Ber"})


def _event(label: s.Node, value: s.Node) -> s.Group:
    return s.Group(0, 0, "(", (s.Relation(0, 0, label, (("=", value),)),))


def _at(node: s.Node, given: Mapping[str, s.Node]) -> s.Node:
    for letter, value in given.items():
        node = s.put(node, letter, value)
    return node


def _written(head: s.Name, form: object, context: Context) -> _Density | None:
    """A density as it is written, if the text says what it is."""
    if not isinstance(form, Form | Signature):
        return None
    symbol, function = context.symbols.get(form.name), context.functions.get(form.name)
    if isinstance(form, Form):
        known = symbol is not None and symbol.definition is not None
        return _Density(head, form.group, form.indices, name=form.name) if known else None
    items = tuple(_item(slot) for slot in form.slots)
    if any(slot.decoration for slot in form.slots) or (
        (symbol is None or symbol.definition is None) and (function is None or function.body is None)
    ):
        return None
    names = symbol.family_names if symbol is not None else function.family_names if function is not None else ()
    return _Density(head, s.Group(0, 0, "(", items, form.seps), names, name=form.name)


def _item(slot: Slot) -> s.Node:
    """``x``, ``z = k`` or ``y = 0``."""
    value = s.Number(0, 0, slot.literal) if slot.literal else s.Name(0, 0, slot.param)
    return s.Relation(0, 0, s.Name(0, 0, slot.left), (("=", value),)) if slot.left else value


def _pairs(known: Sequence[_Density], context: Context) -> Iterator[_Model]:
    """Every pair of a prior and a likelihood of one label that an index counts."""
    for prior in known:
        event = prior.event()
        index = "" if event is None else _counts(event, prior.indices)
        range_ = context.indices.get(index)
        if event is None or range_ is None or prior.about != (event,):
            continue
        for likelihood in known:
            other, given = likelihood.event(), dict[str, s.Node]()
            behind = other is not None and any(item is other for item in likelihood.given)
            if other is None or not behind or not fits_form(event, other, (index,), given) or not likelihood.others():
                continue
            name = s.key(given[index])
            if context.indices.get(name) == range_:
                renamed = s.put(likelihood.node(), name, s.Name(0, 0, index))
                factors = ((renamed, name in likelihood.indices), (prior.node(), index in prior.indices))
                all_known = likelihood.parameters() | prior.parameters()
                ends = (str(range_.low), str(range_.high))
                yield _Counted(likelihood.others(), all_known, event, index, ends, factors)


def _listed(known: Sequence[_Density], context: Context) -> Iterator[_Model]:
    """The models of labels with two values, for each of which the text has a likelihood, and for one at least a
    prior."""
    priors: dict[str, dict[str, _Density]] = {}
    likelihoods: dict[tuple[str, frozenset[str]], dict[str, _Density]] = {}
    wholes = {s.key(each.about[0]): each for each in known if _is_whole(each)}
    for each in known:
        event = each.event()
        if event is None or not isinstance(event.rest[0][1], s.Number | s.Sum) or each.indices:
            continue
        label, value = s.key(event.first), s.key(event.rest[0][1])
        if each.about == (event,):
            priors.setdefault(label, {})[value] = each
        elif each.others() and any(item is event for item in each.given):
            likelihoods.setdefault((label, each.others()), {})[value] = each
    for (label, seen), found in likelihoods.items():
        values = [*found]
        told_of = {value: each for value, each in priors.get(label, {}).items() if not each.parameters() & seen}
        if not told_of and label in wholes:
            told_of = {value: _at_value(wholes[label], found[value]) for value in values}
        if {*values} not in ({"0", "1"}, {"-1", "1"}) or not told_of or not {*told_of} <= {*values}:
            continue
        known_too = frozenset[str]().union(*(each.parameters() for each in (*found.values(), *told_of.values())))
        written = {value: s.key(each.node()) for value, each in told_of.items()}
        for value in values:  # two probabilities that add up to one
            written.setdefault(value, f"(1 - {next(iter(written.values()))})")
        joints = tuple((value, f"{s.key(found[value].node())} {written[value]}") for value in values)
        yield _Listed(seen, known_too, label, joints)


def _at_value(whole: _Density, likelihood: _Density) -> _Density:
    """The probability of the event that a likelihood is given."""
    event = likelihood.event()
    return replace(whole, group=replace(whole.group, items=whole.group.items if event is None else (event,)))


def _mixtures(density: _Density, section: Sequence[s.Node], context: Context) -> Iterator[_Model]:
    """``p(x) = \\sum_k \\pi_k f_k(x)``, of which each summand is that of one label."""
    event = density.event()
    index = "" if event is None else _counts(event, tuple(context.indices))
    range_ = context.indices.get(index)
    for node in section:
        match node:
            case s.Relation(first=s.Juxt() as first, rest=(("=" | ":=", s.BigOp(kind="sum", body=body) as sum_), *_)):
                mixture, counted = _density_of(first), _counted(sum_, context)
            case _:
                continue
        if mixture is None or mixture.event() is not None or s.key(mixture.head) != s.key(density.head):
            continue
        if event is None or range_ is None or counted is None or counted[1] != (str(range_.low), str(range_.high)):
            continue
        seen, of_datum = _at_datum(mixture, density, s.put(body, counted[0], s.Name(0, 0, index)))
        yield _Counted(seen, mixture.parameters(), event, index, counted[1], ((of_datum, True),))


def _at_datum(mixture: _Density, density: _Density, body: s.Node) -> tuple[frozenset[str], s.Node]:
    """``p(x) = …`` at the x_n that a posterior is given: what is seen there, and the body for it."""
    scripts = [s.key(part.base) for part in s.walk(body) if isinstance(part, s.Script)]
    match mixture.about, density.given:
        case (s.Name(text=letter) as x,), (s.Script(base=s.Name(text=base)) as datum, *_) if (
            base == letter and s.key(x) not in scripts
        ):
            return frozenset({s.key(datum)}), s.put(body, letter, datum)
    return mixture.others(), body


def _counted(sum_: s.BigOp, context: Context) -> tuple[str, tuple[str, str]] | None:
    """The index of a sum and the ends of what it runs over."""
    match sum_.sub:
        case s.Name(text=name) if sum_.sup is None and name in context.indices:
            return name, (str(context.indices[name].low), str(context.indices[name].high))
        case s.Relation(first=s.Name(text=name), rest=(("=", low),)) if sum_.sup is not None:
            return name, (s.key(low), s.key(sum_.sup))
    return None


def _counts(event: s.Relation, indices: Collection[str]) -> str:
    """The index that stands for the value of a label: k of ``z_n = k``, and of ``z_{nk} = 1`` if it alone is among
    these."""
    match event:
        case s.Relation(first=first, rest=((_, s.Name(text=name)),)):
            found = [name] if all(part.text != name for part in _names(first)) else []
        case s.Relation(first=s.Script(sub=s.Node() as sub), rest=((_, s.Number(text="1")),)):
            found = [part.text for part in _names(sub) if part.text in indices]
        case _:
            return ""
    return found[0] if len(found) == 1 else ""


def _density_of(node: s.Node) -> _Density | None:
    match node:
        case s.Juxt(parts=(s.Name() | s.Word() as head, s.Group(bracket="(" | "[") as group)):
            return _Density(head, group) if s.key(head) in _LETTERS and _is_density(group) else None
    return None


def _is_density(group: s.Group) -> bool:
    seps = group.seps
    return bool(group.items) and {*seps} <= {",", "|", ";"} and seps.count("|") <= 1


def _is_event(item: s.Node) -> bool:
    """``z = k``, ``z_{nk} = 1``, ``y = -1``."""
    match item:
        case s.Relation(first=s.Name() | s.Script(), rest=(("=", s.Name() | s.Number()),)):
            return True
        case s.Relation(first=s.Name() | s.Script(), rest=(("=", s.Sum(terms=(("-", s.Number()),))),)):
            return True
    return False


def _names(node: s.Node) -> list[s.Name]:
    return [part for part in s.walk(node) if isinstance(part, s.Name)]


__all__ = ["PROBABILITIES", "told"]
