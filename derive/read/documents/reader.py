"""Reads the pieces of a document in order: declarations, definitions, chains and steps, each in its context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from derive.language.claims import Equal, Optimum, Statement, WellDefined, Written, all_subterms
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Apply, Deriv, Index, Rel, Size, Span, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.binders import spelled_out
from derive.read.calculus import pair_of
from derive.read.calls import PLACE
from derive.read.declarations import declare
from derive.read.documents import chains, conventions, forgetting, matrices, rounds
from derive.read.documents.announced import Announced, Answer, announced, claims, names_optimum, written_out
from derive.read.documents.chains import Segment, Tail, Told
from derive.read.documents.defining import (
    Defined,
    bound,
    define,
    head_of,
    is_free,
    is_undeclared,
    is_unknown_function,
    logarithm_of,
    parameters,
    primitive,
    probability,
)
from derive.read.documents.forgetting import without_dependents, without_names
from derive.read.documents.holding import held
from derive.read.documents.inference import Evidence, bounded_entry, inferred
from derive.read.documents.listing import listed, with_entries
from derive.read.documents.macros import Expanded
from derive.read.documents.marks import Key, Mark, inside, marks_in
from derive.read.documents.measures import without_differentials
from derive.read.documents.optima import Claimed, claimed, is_objective, optimum_of, pointwise
from derive.read.documents.passages import Passage, Root, is_second_derivative, is_zero, names_of, variables_of
from derive.read.documents.properties import said_after, said_before, with_properties
from derive.read.documents.proportional import HINT, arguments, normalised, proportional
from derive.read.documents.prose import (
    ANEW,
    CHOSEN,
    DEFINING,
    FOLLOWS,
    GIVEN,
    HEADING,
    HELD,
    JOINING,
    MULTIPLIERS,
    ONLY_IF,
    OVER,
    RESTRICTING,
    SATISFIES,
    SCALAR,
    SETS_TO_ZERO,
    SEVERAL,
    SUPPOSED,
    THERE,
    TO_SOLVE,
    TO_ZERO,
    Cue,
    cue_of,
    last_sentence,
    ranges,
)
from derive.read.documents.randomness import with_random
from derive.read.documents.redeclaring import redeclared, without
from derive.read.documents.scanner import Found
from derive.read.documents.source import Place
from derive.read.documents.spelling import spaced
from derive.read.documents.statements import Chain, chains_of, one_line, source_of, without_broken_rows
from derive.read.documents.taking import (
    REDEFINING,
    Earlier,
    for_all,
    forms_of,
    is_new,
    of_earlier_section,
    of_other_things,
    redefined,
    takes_over,
)
from derive.read.documents.unknowns import follows_without, is_about, mentions, only_differentiated, with_unknown
from derive.read.documents.written import written
from derive.read.errors import (
    Awaited,
    DeclarationError,
    NeedsPlace,
    NoSuchForm,
    NotASize,
    ReadError,
    Undeclared,
    UnknownSet,
    WrongIndices,
)
from derive.read.latex import Link, node_readings
from derive.read.names import Form, option
from derive.read.parser import parse
from derive.read.resolver import Resolver
from derive.read.targets import add_option, items_at

MOST_SIZES = 20
PATIENCE = 8
"""How often a chain that waits for a name is tried again: twice a display."""
NEAR = 600
"""How much of the prose before a formula is looked at."""


@dataclass(frozen=True)
class Entry:
    """One thing a document states: the readings of a link, or (``what`` is text) why it cannot be read."""

    key: Key
    place: Place
    what: tuple[Statement, ...] | str
    context: Context
    text: str = ""
    hint: str = ""
    chain: int = 0
    start: Statement | None = None
    written: Written | None = None


@dataclass(frozen=True)
class State:
    """What a formula may change: kept, so that a formula that cannot be read yet leaves no trace."""

    context: Context
    passage: Passage
    tail: Tail | None
    entries: int
    notes: int
    announced: tuple[Announced, ...]
    chains: int
    sides: int


@dataclass
class Waiting:
    """A chain with a name that may be declared right after it (``where r = …``)."""

    number: int
    found: Found
    math: Expanded
    chain: Chain
    prose: str
    cue: Cue
    tail: Tail | None
    age: int = 0
    anew: bool = False
    claimed: Claimed | None = None
    quiet: bool = False
    case: Term | None = None
    supposed: tuple[Rel, ...] = ()
    after: str = ""
    assume: bool = False
    solves: bool = False
    problems: Sequence[ReadError] = ()


@dataclass
class Reader:
    """Walks a document. ``entries`` and ``marks`` are in the order of the text when it is done."""

    context: Context
    entries: list[Entry] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    declared: int = 0
    sides: int = 0

    def __post_init__(self) -> None:
        self.passage = Passage()
        self.tail: Tail | None = None
        self.prose = ""
        self.cue: Cue | None = None
        self.number = 0
        self.chains = 0
        self.skip = False
        self._where_follows = False
        self._case_follows = False
        self._after = ""
        self.supposed: tuple[Rel, ...] = ()
        self.functions: list[str] = []
        self.gradients: list[tuple[int, Tail]] = []
        self.constraints = False
        self.roots_here = False
        self.waiting: list[Waiting] = []
        self.formulas: tuple[str, ...] = ()
        self.matrix = ""
        self.said: dict[str, str] = {}
        self.bare: set[str] = set()
        self.hypothesis = False
        self.earlier: frozenset[str] = frozenset()
        self.squares: list[str] = []
        self.member: s.Node | None = None
        self.used: dict[str, None] = {}
        self.anew = False
        self.sections_before = Earlier()
        self.differentiated: dict[str, tuple[str, ...]] = {}
        self.unknown: dict[str, None] = {}
        self.sentence = ""
        self.section_words = ""
        self.numbered: dict[int, str] = {}
        self.fixed: dict[str, None] = {}
        self._before_objective = False
        self._held = False
        self.announced: tuple[Announced, ...] = ()
        self.patient = True
        self.given: tuple[Rel, ...] = ()
        self.constrained: tuple[Rel, ...] = ()
        self.freed: dict[str, Range] = {}
        self.met: dict[str, None] = {}
        self.losses: frozenset[str] = frozenset()
        self.for_section: dict[str, None] = {}
        self.case: Term | None = None
        self.pieces: Sequence[Found] = ()
        self.section = (0, 0)
        self.nodes: tuple[tuple[int, int], Sequence[s.Node]] = ((0, 0), ())

    # -- the walk --------------------------------------------------------------------------------------------------
    def read(self, pieces: Sequence[Found]) -> None:
        """Everything in a document."""
        pieces = self.pieces = chains.joined(pieces)
        self.formulas = tuple(
            spaced(found.math.text) for found in pieces if found.math is not None and found.kind != "declaration"
        )
        direction = conventions.softmax_lines(pieces)
        if direction:
            self.context = self.context.with_option("softmax", direction)
        self.bare = conventions.bare_names(pieces)
        self.losses = conventions.called_losses(pieces)
        sections = chains.sections(pieces)
        for number, found in enumerate(pieces):
            self.number = number
            self.section = (number, sections[number]) if number in sections else self.section
            self._where_follows = chains.where_follows(pieces, number)
            self._case_follows = chains.case_follows(pieces, number)
            self._after = chains.words_after(pieces, number)
            self._before_objective = is_objective(self.prose, self._after)
            self._held = bool(HELD.match(self._after))
            if number in sections:
                self._infer_indices(pieces[number : sections[number]])
            match found.kind:
                case "prose":
                    self._words(found.text)
                case "declaration":
                    self._declare(found)
                case "broken":
                    self._unread(found, found.start, found.message, found.hint)
                    self.tail = None
                case "display" if self.skip:
                    self.skip = False
                    self._note(found.place, "left out, as declared")
                case "display":
                    self._display(found)
                    self.sentence = ""
                case "inline":
                    self._inline(found)
                    self._in_sentence(found)
        self._retry(last=True, end=True)
        self.entries.sort(key=lambda entry: entry.key)
        self.marks.sort(key=lambda mark: mark.key)

    def _words(self, text: str) -> None:
        if OVER.search(text):
            self.case, self.supposed = None, ()
        if HEADING.search(text):
            self._retry(last=True, end=True)
            self._restore_indices()
            self.met = {}
            self.passage, self.tail, self.gradients, self.given = Passage(), None, [], ()
            self.constrained = ()
            self.context = without_names(self.context, frozenset({**self.unknown, **self.for_section}))
            self.unknown, self.for_section = {}, {}
            self.announced = ()
            self.earlier = frozenset({*self.context.symbols, *self.context.functions, *option(self.context, "called")})
            self.sections_before = Earlier(self.context.symbols, self.context.functions, self.context.sizes)
            self.section_words, self.sentence, self.fixed = "", "", {}
        self.prose = (self.prose + text)[-4 * NEAR :]
        self.section_words = (self.section_words + text)[-4 * NEAR :]
        self.sentence = last_sentence(self.sentence + text)

    def _in_sentence(self, found: Found) -> None:
        """A formula in running text is part of its sentence."""
        if found.math is not None:
            self.numbered[self.number] = one_line(found.math.text).rstrip(" .,;")
            self.sentence += f"⟨{self.number}⟩"

    def _note(self, place: Place, text: str) -> None:
        note = f"{place.file}:{place.line}: {text}"
        if note not in self.notes[-50:]:
            self.notes.append(note)

    def _unread(self, found: Found, at: int, reason: str, hint: str = "", text: str = "") -> None:
        entry = Entry((self.number, at), found.source.place(at), reason, self.context, text, hint, self.chains)
        self.entries.append(entry)

    def _problem(self, found: Found, math: Expanded, problem: ReadError, span: Span, text: str = "") -> None:
        place = problem.span or span
        macro = math.macro(place.start)
        reason = f"{problem.message}, in what {macro} stands for" if macro else problem.message
        self._unread(found, math.place(place.start), reason, problem.hint, text)

    # -- declarations ----------------------------------------------------------------------------------------------
    def _infer_indices(self, pieces: Sequence[Found]) -> None:
        """Indices whose range the formulas spell out, if the author declares them nowhere."""
        written = [found.math.text for found in pieces if found.math is not None and found.kind != "declaration"]
        self.differentiated = only_differentiated(found.math.text for found in pieces if found.math is not None)
        declared = " ".join(found.math.text for found in pieces if found.math and found.kind == "declaration")
        taken = [name.strip() for names in re.findall(r"\bindex\b([^=]*)=", declared) for name in names.split(",")]
        taken += re.findall(r"[;,]\s*(\w)\s*=\s*\d+\s*\.\.", declared) + re.findall(r"\.\.\s*(\w)\b", declared)
        taken += re.findall(r"(?m)(?:^|;)\s*(?:size|name)\s+(\w)\b", declared)
        taken += re.findall(r"\\mathbb\{?R\}?\s*\^\s*\{?\s*(\w)", declared)
        taken += re.findall(r"(?m)(?:^|;|,)\s*(\w)\s*(?:\\in|>|<|\\geq?)", declared)
        for each in ranges(written, taken).values():
            text = f"index {each.name} = {each.low}..{each.high}"
            try:
                context = declare(text, chains.with_room(text, self.context))
            except DeclarationError:
                continue
            if context.indices.get(each.name) != self.context.indices.get(each.name):
                self.notes.append(text)
            self.context = context

    def _declare(self, found: Found) -> None:
        if found.math is None:
            return
        self._retry(last=True)
        text = found.math.text
        for word, at, reason in marks_in(text):
            if word == "skip":
                self.skip = True
            else:
                self.marks.append(Mark((self.number, found.math.place(at)), reason))
        self.declared += sum(1 for line in text.splitlines() if line.strip())
        self._declare_text(found, found.math, text)

    def _declare_text(self, found: Found, math: Expanded, text: str) -> None:
        """Each statement that cannot be used is reported, and the others are declared."""
        self.context = chains.with_room(text, self.context)
        while text.strip():
            try:
                self.context = chains.settled(self.context, declare(text, self.context))
            except DeclarationError as problem:
                if self._rounds_of(found, text, problem):
                    continue
                span = problem.span or Span(0, len(text))
                self._unread(found, math.place(span.start), problem.message, "", problem.statement)
                at = max(0, text.find(problem.statement))
                length = len(problem.statement) or len(text)
                following = re.compile(r"[ \t]+;(?=\s)").match(text, at + length)
                length += following.end() - following.start() if following else 0
                text = text[:at] + " " * length + text[at + length :]
            else:
                return

    def _rounds_of(self, found: Found, text: str, problem: DeclarationError) -> bool:
        """Whether a declaration needs parameters, or the model, of another round; they join the context, and what is
        declared before it does too."""
        _, defines, body = problem.statement.partition(":=")
        if not defines:
            return False
        try:
            context = declare(text[: max(0, text.find(problem.statement))].rstrip(" ;\n"), self.context)
            done = rounds.rounds([parse(body)], context)
        except (DeclarationError, ReadError):
            return False
        if done.context is context:
            return False
        self.context = chains.settled(self.context, done.context)
        for note in done.notes:
            self._note(found.place, note)
        return True

    # -- formulas --------------------------------------------------------------------------------------------------
    def _display(self, found: Found) -> None:
        if found.math is None:
            return
        self._marks_inside(found)
        self._infer_unknown(found, found.math)
        math, problems = without_broken_rows(found.math)
        self._retry()
        while any(each.assume and not self._is_awaited(each) and self._infer_names(each) for each in self.waiting):
            self._again(end=False)  # what is assumed in the text before a display counts in it
        self.constraints = self.roots_here = False
        self._set_to_zero(math)
        cue = cue_of(self.prose, None)
        self.anew = bool(REDEFINING.search(self.prose))
        claim = claimed(self.sentence, self.section_words)
        for chain in chains_of(math.text, self.context):
            if not self._distributed(found, chain, math):
                self._state(found, math, chain, cue, claim)
                claim = None
        for problem in problems:
            self._problem(found, math, problem, Span(0, 0))
        self._retry(last=not self._where_follows)
        self.prose, self.cue, self.case, self.supposed = "", None, None, ()

    def _distributed(self, found: Found, chain: Chain, math: Expanded) -> bool:
        """``$z \\sim p$`` states the distribution of z: expectations of it are taken under p from there on."""
        given = re.search(r"\\mid(?![A-Za-z])|\|[^|]*\\sim", math.text)  # y | x, w \\sim …: cut at the comma
        done = None if self.skip or given else conventions.distributed(chain.node, self.context)
        if done is None:
            return False
        self.context = done.context
        self._note(found.place, done.text)
        return True

    def _known(self, words: str) -> tuple[Rel, ...]:
        """What was only supposed before, where the words say that this follows from it."""
        return self.supposed if self.hypothesis or FOLLOWS.search(words) else ()

    def _set_to_zero(self, math: Expanded) -> None:
        """After "setting this to zero", what was worked out last is an equation to solve."""
        if not TO_ZERO.search(self.prose) or not self.gradients:
            return
        last = self.gradients[-1][0]
        several = SEVERAL.search(self.prose[-NEAR:]) is not None
        tails = [tail for number, tail in self.gradients if number == last] if several else [self.gradients[-1][1]]
        names_zero = re.search(r"=\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{?0\}?)(?![\d.])", math.text)
        if names_zero and not chains.is_solution(math.text, tails, self.context):
            return
        for tail in tails:
            root = chains.gradient_set_to_zero(tail, self.context)
            if root is not None:
                self.passage = self._solving(root)
        self.gradients = []

    def _marks_inside(self, found: Found) -> None:
        for text, at in inside(found.text):
            for word, place, reason in marks_in(text):
                if word == "expect":
                    self.marks.append(Mark((self.number, found.start + at + place), reason))
            if not any(True for _ in marks_in(text)):
                self._declare_text(found, Expanded(text, (0,), (found.start + at,), ("",)), text)
            self.declared += 1

    def _state(self, found: Found, math: Expanded, chain: Chain, cue: Cue, claim: Claimed | None = None) -> None:
        """One statement of a display; it waits if a name in it is not declared yet."""
        waiting = Waiting(
            self.number, found, math, chain, self.prose[-NEAR:], cue, self.tail, anew=self.anew, claimed=claim
        )
        waiting.case, waiting.supposed, waiting.after = self.case, self._known(self.prose), self._after
        if chain.begins and self.waiting and self.tail is None:
            self.waiting.append(waiting)
        elif not self._try(waiting, last=False):
            self.waiting.append(waiting)
            self.tail = None

    def _retry(self, last: bool = False, end: bool = False) -> None:
        """Chains that wait for a declaration, in order; those that have waited long enough are reported, all at the
        ``end`` of a section, after what they leave open has been inferred."""
        for each in self.waiting:
            each.age += 1
        while self._again(end):
            due = [each for each in self.waiting if self._is_due(each, last, end)]
            if not due:
                return
            if any(self._infer_names(each) for each in (*due, *self.waiting) if not each.quiet):
                continue
            self.waiting.remove(due[0])
            if not due[0].quiet:
                self.patient = False
                self._with_tail(due[0], last=True)
                self.patient = True

    def _is_due(self, each: Waiting, last: bool, end: bool) -> bool:
        """Whether a chain has waited long enough."""
        if not end and each.age <= PATIENCE and self._is_awaited(each):
            return False
        return last or each.age > PATIENCE

    @staticmethod
    def _is_awaited(each: Waiting) -> bool:
        """Whether a chain waits for a name that a later one defines."""
        return any(isinstance(problem, Awaited) for problem in each.problems)

    def _again(self, end: bool) -> bool:
        """Every chain that waits, tried until none can be read any more; whether some are left."""
        before = -1
        while self.waiting and len(self.waiting) != before:
            before = len(self.waiting)
            kept: list[Waiting] = []
            for each in self.waiting:
                self.patient = not end and each.age <= PATIENCE
                if not self._with_tail(each):
                    kept.append(each)
            self.waiting, self.patient = kept, True
        return bool(self.waiting)

    def _with_tail(self, each: Waiting, last: bool = False) -> bool:
        """One chain, from where the text before it ended."""
        kept, self.tail = self.tail, self.tail if each.chain.begins else each.tail
        done = self._try(each, last)
        self.tail = kept if kept is not None or not done else self.tail
        return done

    def _try(self, each: Waiting, last: bool) -> bool:
        """State a chain; without a trace if a name is not declared and it is not the ``last`` chance."""
        before = State(
            self.context,
            self.passage,
            self.tail,
            len(self.entries),
            len(self.notes),
            self.announced,
            self.chains,
            self.sides,
        )
        number, self.number = self.number, each.number
        try:
            self._chain(each, last)
        except _NotYet as not_yet:
            self._forget(before)
            each.problems = not_yet.problems
            return False
        finally:
            self.number = number
        return True

    def _infer_names(self, each: Waiting) -> bool:
        """A name that a chain waits for, where the way it is written says what it is."""
        return any(self._infer_name(each, problem) for problem in each.problems)

    def _forget(self, before: State) -> None:
        """What a formula that cannot be read yet has left behind."""
        self.context, self.passage, self.tail = before.context, before.passage, before.tail
        self.chains, self.sides, self.announced = before.chains, before.sides, before.announced
        del self.entries[before.entries :], self.notes[before.notes :]

    def _infer_name(self, each: Waiting, problem: ReadError) -> bool:
        """A name that nothing declares, where the way it is written says what it is; each is named once at most."""
        done = inferred(
            problem, self.context, Evidence(self.formulas, each.chain.node, self.said, frozenset(self.bare))
        )
        if done is None or done.context == self.context:
            return False
        self.context = done.context
        place = problem.span.start if problem.span else each.chain.span.start
        self._note(each.found.source.place(each.math.place(place)), done.text)
        return True

    def _infer_unknown(self, found: Found, math: Expanded) -> None:
        """A function that this section only differentiates is an unknown one."""
        for name, variables in self.differentiated.items():
            if name in self.losses:
                continue  # the text calls it a loss
            if mentions(math.text, name):
                done = with_unknown(name, variables, self.context)
                if done is not None:
                    self.context, text = done
                    self.unknown[name] = None
                    self._note(found.place, text)

    def _not_told(self, link: Link) -> ReadError | None:
        """Why a link cannot be judged that speaks of an unknown function; None if it can."""
        for name in self.unknown:
            about = any(is_about(term, name, self.context) for term in (*link.left, *link.right))
            if about and link.shape is None and not follows_without(name, link.left, link.right, self.context):
                return Undeclared(name, None, "say what it is; nothing does")
        return None

    def _inline(self, found: Found) -> None:
        """A formula in running text: a declaration, a definition, an assumption, a case, or a statement."""
        math = found.math
        if math is None:
            return
        cue = cue_of(self.prose, self.cue)
        self.anew = bool(REDEFINING.search(self.prose)) or (self.anew and bool(JOINING.match(self.prose)))
        if self._case_follows and cue is Cue.assertion:
            cue = Cue.condition
        self._set_to_zero(math)
        self._infer_unknown(found, math)
        words, self.prose, self.cue = self.prose, "", cue
        if self._held and self._holds_fixed(found, math):
            return
        if self._before_objective:
            return
        self._rows(found, math, words)
        declares = self._declares(found, math, words, cue)
        self._properties(found, math, words, cue, declares)
        conventions.one_hot(math.text, words, self._after, self.said)
        if declares:
            self._retry()
            return
        for chain in chains_of(math.text, self.context):
            if self._distributed(found, chain, math):
                continue
            if isinstance(chain.node, s.Relation):
                self._inline_chain(found, math, chain, cue, words)
            elif chain.problem is not None and cue is Cue.assertion and chains.relates(chain, math.text):
                self._problem(found, math, chain.problem, chain.span)

    def _properties(self, found: Found, math: Expanded, words: str, cue: Cue, declares: bool) -> None:
        """``symmetric positive definite``, said of a matrix right before or right after it is named."""
        name = next(reversed(tuple(self.context.symbols)), "") if declares else one_line(math.text).rstrip(" .,;")
        if not declares:
            try:
                name = s.key(parse(name))
            except ReadError:
                return
        if cue is Cue.condition or name not in self.context.symbols:
            return
        self.squares = [*(each for each in self.squares if each != name), name]
        after, how = said_after(self._after) if declares or cue is Cue.assumption else ("", "")
        names = self.squares[-2:] if how == "both" else self.squares if how == "all" else [name]
        self.context, texts = with_properties(names, after, self.context)
        self.context, more = with_properties([name], said_before(words), self.context)
        for text in (*texts, *more):
            self._note(found.place, text)

    def _declares(self, found: Found, math: Expanded, words: str, cue: Cue) -> bool:
        text = one_line(math.text).rstrip(" .,;")
        everywhere = for_all(text, self.context)
        if everywhere is not None:
            self._infer_family(found, everywhere)
            return True
        lines = conventions.lines_of(self.pieces, self.number, self.context)
        if lines is not None:
            self.context = lines.context
            self._note(found.place, lines.text)
            return True
        base = re.match(r"\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?", text)
        name = base.group() if base is not None else ""
        anew = self.context  # x_1, …, x_N of this section has nothing to do with an x of an earlier one
        if name in self.earlier and name in self.context.symbols:
            anew = without(self.context, frozenset({name}))
        listed = chains.listed_family(text, anew)
        if listed is not None:
            self.context = anew
            self._infer_family(found, listed)
            return True
        try:
            items = items_at(text, 0)
        except ReadError:
            return False
        if SCALAR.search(words) and len(items) == 1 and isinstance(items[0], s.Name | s.Script):
            if not is_undeclared(items[0], self.context) or s.key(items[0]) in self.context.sizes:
                return False
            self.context = declare(f"{text} \\in \\mathbb{{R}}", self.context)
            self._note(found.place, f"{text} \\in \\mathbb{{R}}")
            return True
        self._free_indices(text)
        context = chains.with_sizes_for(items, self.context)
        entry = bounded_entry(items, context, Evidence(self.formulas))
        if entry is not None:
            self.context = entry.context
            self._note(found.place, entry.text)
            return True
        done = bound(items, text, context) or probability(items, context)
        if done is not None:
            before, self.context = self.context, done.context
            self._note(found.place, done.text)
            self._gather(before, found.place)
            self._see_matrix(done.context)
            return True
        again = None if cue is Cue.condition else redeclared(items, text, context, cue is Cue.assumption, self.earlier)
        if again is not None:
            self._redefine(again.context)
            if again.text:
                self._note(found.place, again.text)
            return True
        return self._least_size(found, items)

    def _see_matrix(self, context: Context) -> None:
        """The matrix declared last: what the words after it say of rows and columns is about it."""
        last = next(reversed(tuple(context.symbols)), "")
        if last and len(context.symbols[last].shape) == 2:
            self.matrix = last

    def _rows(self, found: Found, math: Expanded, words: str) -> None:
        """``the matrix whose rows are $x_i^T$``, ``$x_i$ is row i of $X$``."""
        try:
            node = parse(one_line(math.text).rstrip(" .,;"))
        except ReadError:
            return
        of, are = matrices.ROW_OF.search(words), matrices.ROW_IS.search(words)
        done = None
        if of and s.key(node) in self.context.symbols and self.member is not None:
            done = matrices.stacked(self.member, s.key(node), of["side"].lower(), self.context)
        elif are and self.matrix:
            done = matrices.stacked(node, self.matrix, are["side"].lower(), self.context)
        if done is not None:
            self.context = done.context
            self._note(found.place, done.text)
        if isinstance(node, s.Script):
            self.member = node

    def _infer_family(self, found: Found, texts: tuple[str, ...]) -> None:
        """``x_1, \\dots, x_N \\in S`` declares the family x_n."""
        for text in texts:
            try:
                self.context = declare(text, self.context)
            except DeclarationError:
                return
            self._note(found.place, text)

    def _least_size(self, found: Found, items: Sequence[s.Node]) -> bool:
        """``K \\ge 2`` about a size."""
        match items:
            case (s.Relation(first=s.Name(text=name), rest=((">=" | ">" as op, s.Number(text=least)),)),) if (
                name in self.context.sizes and least.isdigit()
            ):
                self.context = self.context.with_size(name, int(least) + (op == ">"))
                self._note(found.place, f"size {name} >= {int(least) + (op == '>')}")
                return True
        return False

    def _inline_chain(self, found: Found, math: Expanded, chain: Chain, cue: Cue, words: str) -> None:
        node = chain.node
        if not isinstance(node, s.Relation) or self._bundle(found, node):
            return
        labelled = conventions.case_of_labels(node, self.context) if ONLY_IF.search(words) else None
        if labelled is not None:
            self.case = labelled
            return
        self._free_size(node)
        if self._is_case(node):
            alone = not re.search(r"dots|\.\.|…|,", math.text)  # no enumeration: for k = 1, …, K
            self.case = conventions.case(node, self.context) if alone and cue is Cue.condition else None
            return
        op = node.rest[0][0]
        claim = claimed(self.sentence, self.section_words)
        if claim is not None and op == "=":
            self._try(Waiting(self.number, found, math, chain, words[-NEAR:], cue, self.tail, claimed=claim), last=True)
            return
        if op == "~":
            self._note(found.place, f"taken as given: {one_line(math.text)}")
            return
        new = op in ("=", ":=") and (
            self._anew(node.first, words)
            or is_new(node.first, self.context, self.sections_before)
            or (GIVEN.search(words) is not None and is_unknown_function(node.first, self.context))
        )
        new = new or (op == "=" and self._says_what(node))
        zero = isinstance(node.rest[-1][1], s.Number) and s.key(node.rest[-1][1]) == "0"
        solves = zero and TO_SOLVE.search(words)
        if cue is Cue.condition and op != ":=" and not new and not solves and not (chain.begins and self.tail):
            self.supposed = conventions.supposed(node, self.context)
            for relation in self.supposed:
                self.used.update(chains.names_in(relation))
            self.hypothesis = bool(SUPPOSED.search(words))
            return
        if cue is Cue.assumption and self._restricts(found, chain, math):
            return
        if cue is Cue.assumption and not new and RESTRICTING.search(words):
            self.constrained += conventions.supposed(node, self.context)
            self._note(found.place, f"a constraint of the optimum: {one_line(math.text)}")
            return
        bare_number = isinstance(node.rest[0][1], s.Number)
        if new and bare_number:
            return
        assume = op == "=" and cue is Cue.assumption
        each = Waiting(
            self.number,
            found,
            math,
            chain,
            words[-NEAR:],
            cue,
            self.tail,
            anew=self.anew,
            assume=assume,
            solves=bool(solves),
        )
        each.case, each.supposed, each.after = self.case, self._known(words), self._after
        if not self._try(each, last=False):
            if cue is Cue.assertion or new or assume:
                each.quiet = cue is Cue.condition
                self.waiting.append(each)
            return
        self._retry()

    def _says_what(self, node: s.Relation) -> bool:
        """``v = r + \\gamma P v``, the first time that v is met."""
        found = primitive(node.first, self.context) if len(node.rest) == 1 else None
        if found is None or found.name in self.met or not self._occurs(found.name, [node.rest[0][1]]):
            return False
        return bool(found.indices) or re.match(r"(?i)\W*(?:solv|rearrang)", self._after) is not None

    def _free_indices(self, text: str) -> None:
        """``$b \\in \\mathbb{R}$`` of an index that counts nothing declared: up to the next section it is none."""
        families = [decl.family_names for decl in self.context.symbols.values()]
        families += [decl.family_names for decl in self.context.functions.values()]
        counting = {name for names in families for name in names}
        freed = chains.with_room(text, self.context)
        for letter, range_ in self.context.indices.items():
            if letter not in freed.indices and letter not in counting:
                self.freed[letter] = range_
                self.context = forgetting.without(self.context, letter)

    def _restore_indices(self) -> None:
        """What was an index in the sections before is one again."""
        for letter, range_ in self.freed.items():
            if letter not in self.context.indices and letter not in self.context.sizes:
                own = (letter, f"{letter}{{}}")
                symbols = {name: decl for name, decl in self.context.symbols.items() if name not in own or decl.family}
                kept = replace(self.context, symbols=MappingProxyType(symbols))
                variants = {name: more for name, more in option(kept, "variants").items() if name != letter}
                kept = kept.with_option("variants", MappingProxyType(variants))
                self.context = kept.with_index(letter, range_)
        self.freed = {}

    def _free_size(self, node: s.Relation) -> None:
        """``d = (I - A)^{-1} b`` where d was a size in an earlier section: a vector is no size, so that is over."""
        name = s.key(node.first)
        if name not in self.context.sizes or node.rest[0][0] not in ("=", ":="):
            return
        context = forgetting.without(self.context, name)
        try:
            shape = node_readings(node.rest[0][1], context)[0].shape
        except ReadError:
            return
        if shape:
            self.context = context

    def _restricts(self, found: Found, chain: Chain, math: Expanded) -> bool:
        """``with $s > 0$`` about a declared number of which nothing else is said."""
        node = chain.node
        if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in (">", ">=", "<", "<="):
            return False
        name = primitive(node.first, self.context)
        if name is None or not is_free(name, self.context) or not isinstance(node.rest[0][1], s.Number):
            return False
        text = one_line(math.text[chain.span.start : chain.span.stop])
        try:
            self.context = declare(text, self.context)
        except DeclarationError:
            return False
        self._note(found.place, text)
        return True

    def _is_case(self, node: s.Relation) -> bool:
        """Whether a relation fixes an index or a size (``i = 1``): a case, not a statement."""
        if s.key(node.first) in self.context.sizes or s.key(node.first) in self.context.indices:
            return True
        try:
            term = node_readings(node.first, self.context)[0].term
        except ReadError:
            return False
        return isinstance(term, Index | Size)

    def _assumed(self, found: Found, chain: Chain, math: Expanded) -> bool:
        """An equation between quantities that nothing defines, in ``where …`` or ``subject to …``, is a fact."""
        text = one_line(math.text[chain.span.start : chain.span.stop])
        if chains.is_case(chain.node, self.context):
            self._note(found.place, f"a case, not assumed: {text}")
            return True
        context = chains.assumed(text, chain.node, self.context)
        if context is None or self._is_model(chain.node):
            return False
        self.context = context
        self._note(found.place, f"assume {text}")
        return True

    def _is_random(self, each: Waiting) -> bool:
        """``\\mathbb{E}[ε] = 0``, said of something that nothing defines: ε is random, and this is assumed of it."""
        node = each.chain.node
        done = with_random(node, self.context) if isinstance(node, s.Relation) else None
        if done is not None:
            self.context = done.context
            self._note(each.found.source.place(each.math.place(each.chain.span.start)), done.text)
        return done is not None

    def _is_model(self, node: s.Node | None) -> bool:
        """``y = X w_0 + ε``: how a quantity that nothing is said of comes about from others that are new."""
        if not isinstance(node, s.Relation) or len(node.rest) != 1:
            return False
        found = primitive(node.first, self.context)
        if found is None or not is_free(found, self.context) or self._occurs(found.name, [node.rest[0][1]]):
            return False
        try:
            terms = [typed.term for typed in node_readings(node.rest[0][1], self.context)]
        except ReadError:
            return False
        return any(name not in self.used for term in terms for name in chains.names_in(term))

    # -- chains ----------------------------------------------------------------------------------------------------
    def _chain(self, each: Waiting, last: bool) -> None:
        found, math, chain = each.found, each.math, each.chain
        if chain.problem is not None:
            self._problem(found, math, chain.problem, chain.span)
            self.tail = None
            return
        given = isinstance(chain.node, s.Relation) and is_unknown_function(chain.node.first, self.context)
        if (self._is_random(each) or (each.assume and not given)) and self._assumed(found, chain, math):
            return
        self.chains += 1
        if chain.node is None or not isinstance(chain.node, s.Relation):
            self.tail = self._expression(chain.node)
            return
        if self._bundle(found, chain.node):
            return
        self._rounds(found, chain.node)
        self.constraints = self.constraints or bool(re.search(r"(?i)s\.\s?t\.|subject to", chain.words))
        told: Told | None = None
        for segment in chains.segments(chain):
            before, with_parameters = self.context, parameters(segment.nodes[0], self.context)
            self.context = with_parameters or before
            try:
                told = self._segment(each, segment, told, last)
            except _Refused:
                self.tail = None
                return
            finally:
                self.context = before if with_parameters else self.context

    def _bundle(self, found: Found, node: s.Node) -> bool:
        """``\\theta = (\\pi_k, \\mu_k)`` says what θ gathers."""
        done = rounds.bundled(node, self.context)
        if done is not None:
            self.context = done.context
            for note in done.notes:
                self._note(found.place, note)
        return done is not None

    def _rounds(self, found: Found, node: s.Relation) -> None:
        """Parameters of another round in a chain, but not at its head, where they may be defined."""
        heads = (node.first,) if node.rest[0][0] in ("=", ":=") and isinstance(node.first, s.Script) else ()
        sides = [side for side in (node.first, *(side for _, side in node.rest)) if side not in heads]
        done = rounds.rounds(sides, self.context)
        self.context = done.context
        for note in done.notes:
            self._note(found.place, note)

    def _expression(self, node: s.Node | None) -> Tail | None:
        """An expression alone states nothing, but a later display may go on with ``= …``."""
        if node is None:
            return None
        try:
            terms = tuple(typed.term for typed in node_readings(node, self.context))
        except ReadError:
            return None
        return Tail(terms, terms, (), "")

    def _segment(self, each: Waiting, segment: Segment, told: Told | None, last: bool) -> Told:
        """The relations between two arrows; ``told`` is what stands before the arrow."""
        math = each.math
        texts = [source_of(side, math.text) for side in segment.sides]
        if not segment.ops:
            return Told((), False)
        done = self._bounds(each, segment, texts) or self._optimum_in_words(each, segment, texts)
        if done is not None:
            return done
        optimal = self._written_out(each, segment, texts, last)
        if optimal is not None:
            return optimal
        segment, texts = self._without_differentials(each, segment, texts)
        segment, texts = self._with_entries(each, segment, texts, last)
        if not segment.ops:
            return Told((), False)
        segment = self._named_last(each, segment, texts)
        self._takes_whole(segment)
        solved = self._solved(segment, texts, told)
        if solved is not None:
            segment = solved
        closed = segment.missing or solved is not None or (told is not None and not told.read)
        defined = 0 if closed else self._normalised(each, segment, texts) or self._define(each, segment, texts, last)
        links = self._links(each, segment, last)
        facts = self._judged(each, segment, links, texts, defined, told)
        if any(link.problem is not None for link in links[defined:]):
            facts = replace(facts, read=False)
        self._remember(segment, links, texts)
        if solved is not None and not any(link.problem for link in links):
            self._name_solution(each, texts, segment)
        return facts

    def _written_out(self, each: Waiting, segment: Segment, texts: list[str], last: bool) -> Told | None:
        """``\\pi_k^{(t+1)} = …`` after ``\\theta^{(t+1)} = argmax …``: where the maximum is, not a definition."""
        if segment.missing or segment.ops[0] not in ("=", ":=") or chains.is_argument(segment.nodes[1]):
            return None
        answer = written_out(texts[0], self.announced, self.context)
        if answer is None:
            return None
        links = self._links(each, replace(segment, nodes=(answer.node, *segment.nodes[1:])), last)
        link = links[0]
        place = self._place(each, segment, 1)
        entry = Entry((self.number, place), each.found.source.place(place), "", self.context, " = ".join(texts[:2]))
        self.sides += 2
        if link.problem is not None:
            self._problem(each.found, each.math, link.problem, segment.sides[1], entry.text)
            raise _Refused
        what, context = claims(answer, link.right, self.context)
        side = written(each.math, segment.sides[1], each.found.source, texts[1])
        self.entries.append(replace(entry, what=what, chain=self.chains, written=side, context=context))
        self._name_optimum(each, texts, answer)
        self.tail = Tail(link.right, link.right, (), texts[1])
        if len(links) == 1:
            return Told((), False)
        rest = replace(segment, nodes=segment.nodes[1:], ops=segment.ops[1:], sides=segment.sides[1:])
        told = self._judged(each, rest, links[1:], texts[1:], 0, None)
        self._remember(rest, links[1:], texts[1:])
        return told

    def _place(self, each: Waiting, segment: Segment, number: int) -> int:
        """Where a side begins in the source."""
        node, side = segment.nodes[number], segment.sides[number]
        return each.math.place(max(node.start, side.start) if node.start >= 0 else side.start)

    def _name_optimum(self, each: Waiting, texts: list[str], answer: Answer) -> None:
        """The optimal value has its name, and stands in the objective where others mention it."""
        try:
            context = declare(f"let {texts[0]} := {texts[1]}", self.context)
            named = node_readings(parse(texts[0]), context)[0].term
        except (DeclarationError, ReadError):
            return
        self.context = context
        if isinstance(named, Sym):
            pair = (answer.variable.name, named.name)
            self.announced = tuple(
                replace(known, found=(*known.found, pair)) if known == answer.announced else known
                for known in self.announced
            )

    def _named_last(self, each: Waiting, segment: Segment, texts: list[str]) -> Segment:
        """``… =: X`` names the side before it; ``f = g`` between functions is about their values."""
        if segment.ops[-1] == "=:":
            if len(texts) > 1 and texts[-2] and is_undeclared(segment.nodes[-1], self.context):
                try:
                    done = define([texts[-1]], [segment.nodes[-1]], texts[-2], self.context)
                except DeclarationError:
                    return segment
                self._redefine(done.context)
                self._note(each.found.source.place(each.math.place(segment.sides[-1].start)), done.text)
            return replace(segment, ops=(*segment.ops[:-1], "="))
        if segment.ops == ("=",):
            nodes = tuple(spelled_out(Resolver(self.context), node) for node in segment.nodes)
            if all(node is not spelled for node, spelled in zip(segment.nodes, nodes, strict=True)):
                return replace(segment, nodes=nodes)
        return segment

    def _name_argument(self, each: Waiting, segment: Segment, texts: list[str], count: int) -> None:
        """``\\alpha^* = \\arg\\min_\\alpha f = a``: from here on the name stands for the place that is stated."""
        if len(texts) <= count + 1 or segment.ops[count] != "=":
            return
        try:
            done = define(texts[:count], segment.nodes[:count], texts[count + 1], self.context)
        except DeclarationError:
            return
        self._redefine(done.context)
        self._note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)

    def _takes_whole(self, segment: Segment) -> None:
        """``A = softmax(S)`` after ``A_{ij} = …``, of the same shape: what is said of all members, no new A."""
        if segment.missing or segment.ops[0] != "=" or s.key(segment.nodes[0]) not in self.context.symbols:
            return
        try:
            node_readings(segment.nodes[0], self.context)
        except WrongIndices as problem:
            done = conventions.whole_family(problem, self.context)
        except ReadError:
            return
        else:
            return
        if done is not None and chains.all_fit(chains.links_of(segment, self.tail, done.context), done.context):
            self.context = done.context
            self.notes.append(done.text)

    def _solved(self, segment: Segment, texts: list[str], told: Told | None) -> Segment | None:
        """``\\hat\\mu = …`` in a passage that solves for μ: the same segment about μ itself."""
        if segment.missing or not segment.ops or segment.ops[0] not in ("=", ":="):
            return None
        if not is_undeclared(segment.nodes[0], self.context):
            return None
        relations = (*self.passage.known, *(told.relations if told else ()))
        node = chains.marked_unknown(texts[0], relations, self.context)
        if node is None or self._plugs_in(texts[1]):
            return None
        return replace(segment, nodes=(node, *segment.nodes[1:]))

    def _plugs_in(self, text: str) -> bool:
        """``\\hat{y} = X \\hat{w}`` where an equation is solved of which nothing says in what: fitted values."""
        if any(root.variables for block in self.passage.blocks for root in block.roots):
            return False
        return re.search(r"\\(?:hat|widehat)(?![A-Za-z])", text) is not None

    def _name_solution(self, each: Waiting, texts: list[str], segment: Segment) -> None:
        """The name of a solution joins the context as what it was found to be."""
        value = texts[2] if chains.is_argument(segment.nodes[1]) and len(texts) > 2 else texts[1]
        try:
            self.context = declare(f"let {texts[0]} := {value}", self.context)
        except DeclarationError:
            return
        place = each.found.source.place(each.math.place(segment.sides[0].start))
        self._note(place, f"let {texts[0]} := {value}, solving for {s.key(segment.nodes[0])}")

    def _bounds(self, each: Waiting, segment: Segment, texts: list[str]) -> Told | None:
        """``x \\in \\mathbb{R}^d`` about a new name declares it."""
        if segment.missing or len(segment.ops) != 1 or segment.ops[0] not in ("in", ">", ">=", "<", "<="):
            return None
        relation = s.Relation(
            segment.nodes[0].start, segment.nodes[1].stop, segment.nodes[0], ((segment.ops[0], segment.nodes[1]),)
        )
        sign = chains.SIGNS.get(segment.ops[0], segment.ops[0])
        done = bound((relation,), f"{texts[0]} {sign} {texts[1]}", self.context)
        if done is None:
            return None
        self.context = done.context
        self._note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)
        return Told((), False)

    def _optimum_in_words(self, each: Waiting, segment: Segment, texts: list[str]) -> Told | None:
        """``x = a``, where the sentence says that it is where a function is greatest."""
        claim = each.claimed
        if claim is None or segment.missing or segment.ops != ("=",):
            return None
        try:
            found = self._claimed_optimum(claim, segment, texts)
        except ReadError as problem:
            self._problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts))
            return Told((), False)
        if found is None:
            return None
        statement, context = found
        at = each.math.place(segment.nodes[1].start)
        place, text = each.found.source.place(at), f"{texts[0]} = {texts[1]}"
        self.entries.append(Entry((self.number, at), place, (statement,), context, text, chain=self.chains))
        self.sides += 2
        self._note(place, f"{statement.kind} over {texts[0]}, as the words before it say")
        return Told((), False)

    def _claimed_optimum(self, claim: Claimed, segment: Segment, texts: list[str]) -> tuple[Optimum, Context] | None:
        nodes = (segment.nodes[0], segment.nodes[1])
        if claim.name is None:
            return optimum_of(claim, texts[0], nodes, self.numbered, self.context)
        if self.numbered.get(claim.name) != texts[0]:
            return None
        call, value = (node_readings(node, self.context)[0].term for node in nodes)
        for entry in reversed(self.entries):
            for statement in entry.what if not isinstance(entry.what, str) else ():
                if isinstance(statement, Equal):
                    found = pointwise(claim, call, value, statement.right, self.context)
                    if found is not None:
                        return found
        return None

    def _without_differentials(self, each: Waiting, segment: Segment, texts: list[str]) -> tuple[Segment, list[str]]:
        """``p(z) dz = q(x) dx`` as what it says of the densities."""
        if segment.missing or segment.ops != ("=",):
            return segment, texts
        try:
            changed = without_differentials(segment.nodes, each.math.text, self.context)
        except ReadError as problem:
            self._problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts))
            raise _Refused from problem
        if changed is None:
            return segment, texts
        place = each.found.source.place(each.math.place(segment.nodes[0].start))
        self._note(place, f"{changed[0]} = {changed[1]}, by the change of variables")
        nodes = tuple(
            replace(parse(text), start=node.start, stop=node.stop)
            for text, node in zip(changed, segment.nodes, strict=True)
        )
        return replace(segment, nodes=nodes), list(changed)

    def _holds_fixed(self, found: Found, math: Expanded) -> bool:
        """``\\gamma_{nk}`` "is fixed": derivatives hold it so from here to the next section."""
        try:
            terms = [node_readings(item, self.context)[0].term for item in items_at(one_line(math.text), 0)]
        except ReadError:
            return False
        names = [term.name for term in terms if isinstance(term, Sym) and term.name in self.context.symbols]
        if len(names) != len(terms):
            return False
        self.fixed.update(dict.fromkeys(names))
        self._note(found.place, f"derivatives hold {', '.join(names)} fixed")
        return True

    def _is_held(self, sides: tuple[Term, ...]) -> bool:
        """Whether a chain is about a quantity that derivatives hold fixed: it is not what is being solved for."""
        return bool(self.fixed) and all(isinstance(term, Sym) and term.name in self.fixed for term in sides)

    def _holding(self, statements: tuple[Statement, ...]) -> Context:
        """The context of a statement; if it differentiates, what is held fixed does not move with the variables."""
        if not self.fixed:
            return self.context
        parts = [part for each in statements for part in all_subterms(each) if isinstance(part, Deriv)]
        variables = frozenset(name for part in parts for name in chains.names_in(part.wrt))
        return held(self.context, tuple(self.fixed), variables) if variables else self.context

    def _with_entries(self, each: Waiting, segment: Segment, texts: list[str], last: bool) -> tuple[Segment, list[str]]:
        """``x = (x_1, \\dots, x_K)^T \\in \\mathbb{R}^K`` says what the entries of x are called; ∈ is left to judge."""
        if segment.missing or segment.ops[0] not in ("=", ":="):
            return segment, texts
        found = listed(segment.nodes, texts, self.context)
        if found is None:
            return segment, texts
        try:
            self.context, text = with_entries(found, self.context, last)
        except Undeclared as problem:
            raise _NotYet([problem]) from problem
        except ReadError as problem:
            self._problem(each.found, each.math, problem, segment.sides[1], " = ".join(texts[:2]))
            raise _Refused from problem
        if text:
            self._note(each.found.source.place(each.math.place(segment.nodes[0].start)), text)
        rest = replace(
            segment,
            nodes=(segment.nodes[0], *segment.nodes[2:]),
            ops=segment.ops[1:],
            sides=(segment.sides[0], *segment.sides[2:]),
        )
        return rest, [texts[0], *texts[2:]]

    def _define(self, each: Waiting, segment: Segment, texts: list[str], last: bool) -> int:
        """How many links of a chain are definitions; the names they define join the context."""
        logarithm = logarithm_of(segment.nodes[0])
        if logarithm is not None and is_undeclared(logarithm[1], self.context):
            segment = replace(segment, nodes=(logarithm[1], *segment.nodes[1:]))
            texts = [s.key(logarithm[1]), f"\\exp({logarithm[0]}({texts[1]}))", *texts[2:]]
        count = 0
        if each.case is not None or each.chain.cases:
            return 0  # what holds in one case only defines nothing
        while count < len(segment.ops) and self._defines(each, segment, count) and not (count and logarithm):
            count += 1
        if count and chains.is_argument(segment.nodes[count]):
            self._name_argument(each, segment, texts, count)
        if not count or chains.is_argument(segment.nodes[count]):
            return 0
        nodes = segment.nodes
        refused = ""
        old = self._redefined(each, segment)
        if old and not each.anew:
            self.context = without_names(self.context, forms_of(nodes[0], self.context) | {old})
            old = ""
        gone = frozenset(
            name for node in nodes[:count] for name in of_earlier_section(node, self.context, self.sections_before)
        )
        for _ in range(MOST_SIZES):
            try:
                base = self._without_definition(old, gone)
                done = define(texts[:count], nodes[:count], texts[count], base, self._solved_names())
            except DeclarationError as problem:
                place = each.found.source.place(each.math.place(segment.nodes[0].start))
                if self._infer(problem.__cause__, place) or self._whole_in(segment.nodes[count], problem.__cause__):
                    continue
                if self._infer_multiplier(each, problem.__cause__):
                    continue
                spelled = self._implied(segment.nodes[0], texts, problem.index) if count == 1 else None
                if spelled is not None:
                    self._redefine(spelled.context)
                    self._note(place, spelled.text)
                    return count
                refused = problem.message
                break
            else:
                self.functions = [name for name in done.context.functions if name not in self.context.functions]
                before = self.context
                self._redefine(done.context)
                place = each.found.source.place(each.math.place(nodes[0].start))
                self._note(place, done.text)
                self._gather(before, place)
                return count
        if refused and any(is_new(node, self.context, self.sections_before) for node in nodes[:count]):
            self._refuse(each, segment, texts, count, refused, last)
        return 0

    def _redefined(self, each: Waiting, segment: Segment) -> str:
        """The defined quantity that the first side of a chain now defines anew, or nothing."""
        first, *others = segment.nodes
        if each.anew:
            return redefined(first, others, self.context)
        return of_other_things(first, others, self.context, self.sections_before)

    def _solved_names(self) -> frozenset[str]:
        """The quantities that what is being solved speaks of: they keep their meaning."""
        return frozenset(name for relation in self.passage.known for name in names_of(relation))

    def _without_definition(self, name: str, gone: frozenset[str]) -> Context:
        """The context in which a quantity may be defined anew, and without functions of an earlier section."""
        context = without_names(self.context, gone)
        symbols = {key: decl for key, decl in context.symbols.items() if key != name}
        return replace(context, symbols=MappingProxyType(symbols)) if name else context

    def _implied(self, node: s.Node, texts: list[str], index: str) -> Defined | None:
        """A definition that mentions an index which the text keeps fixed."""
        if not index or not is_undeclared(node, self.context):
            return None
        return conventions.implied(texts[0], node, index, texts[1], self.context)

    def _gather(self, before: Context, place: Place) -> None:
        """The vector of numbers h_i joins them, where both have been declared."""
        self.context, texts = matrices.gathered(self.context, before)
        for text in texts:
            self._note(place, text)

    def _redefine(self, context: Context) -> None:
        """The new context; what was said of a quantity that it defines anew no longer counts."""
        old = self.context.symbols
        reshaped = frozenset(
            name for name, decl in context.symbols.items() if name in old and old[name].shape != decl.shape
        )
        context = without_dependents(context, reshaped)
        changed = frozenset(name for name, decl in context.symbols.items() if name in old and old[name] is not decl)
        if changed:
            self.passage = self.passage.without(changed)
        self.context = chains.settled(self.context, context)

    def _refuse(self, each: Waiting, segment: Segment, texts: list[str], count: int, why: str, last: bool) -> None:
        """A definition that cannot be used: its body cannot be read, or it is none."""
        text = " = ".join(texts[: count + 1])
        try:
            node_readings(segment.nodes[count], self.context)
        except ReadError as problem:
            awaited = isinstance(problem, Awaited) and self.patient
            if awaited or (isinstance(problem, Undeclared | NoSuchForm | WrongIndices) and not last):
                raise _NotYet([problem]) from problem
            self._problem(each.found, each.math, problem, segment.sides[count], text)
        else:
            self._unread(each.found, each.math.place(segment.sides[count].start), why, "", text)
        raise _Refused

    def _defines(self, each: Waiting, segment: Segment, place: int) -> bool:
        """Whether this side is a name that its relation defines."""
        op, node = segment.ops[place], segment.nodes[place]
        if op not in ("=", ":="):
            return False
        if is_new(node, self.context, self.sections_before) or takes_over(
            node, segment.nodes[place + 1 :], self.context
        ):
            return True
        if not place and self._redefined(each, segment):
            return True
        if not place and op == "=" and GIVEN.search(each.prose[-200:]) and is_unknown_function(node, self.context):
            return True
        if not place and self._anew(node, each.prose):
            return True
        found = primitive(node, self.context)
        if found is None or place or (self.passage and found.name in self.passage.unknowns(self.context)):
            return False
        if self._occurs(found.name, segment.nodes[place + 1 :]):
            return False
        words = bool(DEFINING.search(each.prose[-80:]) or DEFINING.search(each.chain.words)) or each.assume
        if not place and CHOSEN.search(each.prose):
            return True
        return op == ":=" or (is_free(found, self.context) and (words or found.name not in self.used))

    def _anew(self, node: s.Node, words: str) -> bool:
        """Whether a name that an earlier section has defined is introduced anew: ``For the policy $\\pi(a) = …$``."""
        head = head_of(node)
        if head is None or ANEW.search(words) is None:
            return False
        form = option(self.context, "called").get(s.key(head))
        names = [each.name for each in form if isinstance(each, Form)] if isinstance(form, tuple) else []
        known = s.key(head) in self.earlier or any(name in self.earlier for name in names)
        return known and self._is_defined(s.key(head), names)

    def _is_defined(self, name: str, forms: Sequence[str]) -> bool:
        """Whether a name, or a form of it with arguments, has a definition."""
        decls = [self.context.symbols.get(each) for each in (name, *forms)]
        function = self.context.functions.get(name)
        defined = any(decl is not None and decl.definition is not None for decl in decls)
        return defined or (function is not None and function.body is not None)

    def _occurs(self, name: str, nodes: Sequence[s.Node]) -> bool:
        """Whether a quantity occurs in one of these sides."""
        for node in nodes:
            try:
                terms = [typed.term for typed in node_readings(node, self.context)]
            except ReadError:
                continue
            if any(name in chains.names_in(term) for term in terms):
                return True
        return False

    def _infer_multiplier(self, each: Waiting, problem: ReadError | BaseException | None) -> bool:
        """``\\lambda_k`` after "by Lagrange multipliers" is a real number, if nothing says otherwise."""
        if not isinstance(problem, Undeclared) or not MULTIPLIERS.search(each.prose):
            return False
        if not re.fullmatch(r"\\(?:lambda|nu|alpha|beta|eta|xi|kappa|zeta)(?:_\w|_\{\w+\})?", problem.name):
            return False
        text = f"{problem.name} \\in \\mathbb{{R}}"
        try:
            self.context = declare(text, self.context)
        except DeclarationError:
            return False
        self._note(each.found.place, text)
        return True

    def _infer(self, problem: BaseException | None, place: Place | None = None) -> bool:
        """Whether the document says between the lines what a name that cannot be read is; then it is declared."""
        match problem:
            case NotASize():
                return self._infer_size(problem)
            case UnknownSet():
                done = conventions.index_over(problem, self.context)
            case NeedsPlace():
                self.context = self.context.with_symbol(SymbolDecl(PLACE))
                return True
            case Undeclared():
                before = self.pieces[max(self.section[0], self.number - 8) : self.number]
                words = " ".join(found.text for found in before if found.kind == "prose")
                if problem.name in self.losses:
                    words = "loss"
                done = conventions.loss(problem.name, words, self._section_nodes(), self.context)
                if done is not None:
                    self.for_section[problem.name] = None
            case _:
                return False
        if done is None:
            return False
        self.context = done.context
        if place is None:
            self.notes.append(done.text)
        else:
            self._note(place, done.text)
        return True

    def _section_nodes(self) -> Sequence[s.Node]:
        """The formulas of the section that is being read."""
        if self.nodes[0] != self.section:
            pieces = self.pieces[self.section[0] : self.section[1]]
            self.nodes = (self.section, conventions.formulas(pieces, self.context))
        return self.nodes[1]

    def _infer_size(self, problem: NotASize) -> bool:
        """A name at the end of a range is a size, if nothing says otherwise."""
        name = problem.name
        if (
            name in self.context.sizes
            or name in self.context.symbols
            or not re.match(r"[A-Za-z](_\w|_\{\w+\})?\Z", name)
        ):
            return False
        self.context = self.context.with_size(name)
        self.notes.append(f"size {name}")
        return True

    def _links(self, each: Waiting, segment: Segment, last: bool) -> list[Link]:
        """The links of a segment; sizes that ranges need are inferred."""
        for _ in range(MOST_SIZES):
            links = self._looked_for(segment, chains.links_of(segment, self.tail, self.context))
            problems = [link.problem for link in links if link.problem is not None]
            if any(self._infer(problem) for problem in problems):
                continue
            if not any(self._infer_multiplier(each, problem) for problem in problems):
                break
        links = self._whole(segment, links)
        problems = [link.problem for link in links if link.problem is not None]
        missing: list[ReadError] = [
            each for each in problems if isinstance(each, Undeclared | NoSuchForm | WrongIndices)
        ]
        if missing and not last:
            raise _NotYet(missing)
        if self.patient and any(isinstance(problem, Awaited) for problem in problems):
            raise _NotYet(missing)
        return links

    def _whole_in(self, body: s.Node, problem: BaseException | None) -> bool:
        """``O = A V`` after ``A_{ij} = …``: A written whole, if the right side can then be read."""
        done = conventions.whole_family(problem, self.context) if isinstance(problem, WrongIndices) else None
        if done is None:
            return False
        try:
            node_readings(body, done.context)
        except WrongIndices:
            pass  # another family is written whole as well
        except ReadError:
            return False
        self.context = done.context
        self.notes.append(done.text)
        return True

    def _whole(self, segment: Segment, links: list[Link]) -> list[Link]:
        """The links with families written without their indices as vectors and matrices, if all shapes then fit."""
        for _ in range(MOST_SIZES):
            wrong = next((link.problem for link in links if isinstance(link.problem, WrongIndices)), None)
            done = None if wrong is None else conventions.whole_family(wrong, self.context)
            if done is None:
                return links
            before, self.context = self.context, done.context
            again = chains.links_of(segment, self.tail, self.context)
            if not chains.all_fit(again, self.context):
                self.context = before
                return links
            self.notes.append(done.text)
            links = again
        return links

    def _looked_for(self, segment: Segment, links: list[Link]) -> list[Link]:
        """``w^* = argmax_w f``: a new name for what is looked for needs no value."""
        if segment.missing or not links or not links[0].right or links[0].right_argument is None:
            return links
        if links[0].left or not names_optimum(segment.nodes[0], self.context):
            return links
        first = replace(links[0], problem=None)
        new = announced(first)
        if new is not None and new not in self.announced:
            self.announced = (*self.announced, new)
        return [first, *links[1:]]

    def _judged(
        self, each: Waiting, segment: Segment, links: list[Link], texts: list[str], defined: int, told: Told | None
    ) -> Told:
        """Every link as an entry; what the whole segment tells a step that follows."""
        relations: list[Rel] = []
        whole = chains.Whole(segment, tuple(links), self.tail if segment.missing else None)
        self.sides += len(links) + (not segment.missing)
        condition = chains.is_condition(whole, told, segment.leads)
        passage = self.passage
        for place, link in enumerate(links):
            at = self._place(each, segment, place + 1)
            before = texts[place] or whole.left_text
            text = f"{before} {chains.SIGNS.get(link.op, link.op)} {texts[place + 1]}"
            side = self._side(each, whole, place, before, texts[place + 1])
            entry = Entry(
                (self.number, at), each.found.source.place(at), "", self.context, text, chain=self.chains, written=side
            )
            if place < defined and not link.right and self.functions:
                self._function_entry(entry)
                continue
            problem = link.problem or (self._not_told(link) if place >= defined else None)
            if problem is not None and (place >= defined or not link.right):
                link = replace(link, problem=problem)
                self._problem(each.found, each.math, problem, segment.sides[place + 1], text)
                continue
            if place < defined:
                what: tuple[Statement, ...] = tuple(WellDefined(term) for term in link.right)
                self.entries.append(replace(entry, what=what))
            elif condition and place == len(links) - 1:
                solves = each.solves or bool(SETS_TO_ZERO.search(each.prose[-NEAR:]))
                root = chains.root_of(whole, place, solves, self.context)
                role = "assumption" if root is None else "equation"
                self.entries.append(replace(entry, what=tuple(WellDefined(term, role) for term in link.left)))
                if root is not None:  # what follows is judged from the derivative itself, not as it was worked out
                    self.passage = self._solving(root)
                    return Told((), True)
                relations += chains.relations_of(link)
            else:
                relations += self._link(each, entry, whole, link, place, told)
        if self.passage is not passage:
            self._conclude(passage, links)
        return Told(tuple(relations), True)

    def _conclude(self, before: Passage, links: list[Link]) -> None:
        """Of ``a = b = c = d`` with nothing to solve in it, a later line may use ``a = d``: room for other lines."""
        first, last = links[0], links[-1]
        if len(links) < 3 or any(link.op != "=" or link.problem is not None for link in links):
            return
        if len(first.left) == 1 and len(last.right) == 1:
            whole = Rel("=", first.left[0], last.right[0])
            if chains.has_shape(whole, self.context):
                self.passage = self.passage.with_chain(before, whole)

    def _side(self, each: Waiting, whole: chains.Whole, place: int, left: str, right: str) -> Written:
        """The side of a link that a correction would change: the right one, or the left one of ``f = 0``."""
        segment, link = whole.segment, whole.links[place]
        zero = bool(link.right) and is_zero(link.right[0]) and not (segment.missing and not place)
        side = written(each.math, segment.sides[place + (not zero)], each.found.source, right if zero else left)
        above = [term for before in whole.links[:place] for term in before.left]
        return replace(side, left=zero, above=(*whole.first[: segment.missing], *above))

    def _function_entry(self, entry: Entry) -> None:
        """A definition of a function whose body makes sense only for its parameters."""
        function = self.context.functions[self.functions[-1]]
        if function.body is None:
            return
        context = self.context
        for name, shape in zip(function.params, function.param_shapes, strict=True):
            context = context.with_symbol(SymbolDecl(name, shape=shape))
        self.entries.append(replace(entry, what=(WellDefined(function.body),), context=context))

    def _link(
        self, each: Waiting, entry: Entry, whole: chains.Whole, link: Link, place: int, told: Told | None
    ) -> tuple[Rel, ...]:
        """One link that is neither a definition nor a condition: an equation to solve, a step, or a plain claim."""
        relations = chains.relations_of(link)
        solves = each.solves or bool(SETS_TO_ZERO.search(each.prose[-NEAR:]))
        root = chains.root_of(whole, place, solves, self.context)
        if root is not None and not (told and told.relations) and not self._follows(root):
            self.passage = self._solving(root)
            self.roots_here = True
            self.entries.append(replace(entry, what=tuple(WellDefined(term, "equation") for term in link.left)))
            return relations
        if place == 0 and len(whole.links) == 1 and self._is_constraint(link):
            self.context = chains.with_fact(link, self.context, entry.text)
            self._note(entry.place, f"assume {entry.text}")
            self.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.left)))
            return relations
        if place == 0 and self._is_given(each, link, alone=len(whole.links) == 1):
            self.given += relations
            self._note(entry.place, f"given: {entry.text}")
            self.entries.append(replace(entry, what=tuple(WellDefined(term, "assumption") for term in link.right)))
            return relations
        if link.op == "propto":
            self._proportional(each, entry, whole, link, place)
            return ()
        known = told.relations if told else (*each.supposed, *chains.relevant(self.given, link))
        there = THERE.search(each.prose[-120:]) is not None
        passage = Passage() if self._is_held(whole.first) else self.passage
        statements, start = chains.statements(whole, place, known, passage, self.context, there)
        if not statements:
            reason = chains.why_not(link)
            self.entries.append(replace(entry, what=reason[0], hint=reason[1]))
            return relations
        case = self._written_case(each, whole, place) or each.case
        if case is not None:
            statements = tuple(conventions.in_case(statement, case) for statement in statements)
            start = None if start is None else conventions.in_case(start, case)
        context = self._holding(statements)
        self.entries.append(replace(entry, what=statements, start=start, context=context))
        if (self.passage or known) and not chains.is_gradient(whole, place, self.context):
            for relation in relations:
                if chains.has_shape(relation, self.context):
                    self.passage = self.passage.with_line(relation)
        return relations

    def _solving(self, root: Root) -> Passage:
        """One more equation to solve, beside the constraints that the words put on what is solved for."""
        passage = self.passage.with_root(root)
        for constraint in self.constrained:
            passage = passage.with_root(Root(constraint))
        return passage

    def _is_given(self, each: Waiting, link: Link, *, alone: bool) -> bool:
        """``x_{k+1} = x_k - …`` and ``v = r + \\gamma P v``, the first time that x or v is met: an equation that says
        what it is; and ``V(s) = …`` of an unknown V that is said to satisfy it."""
        if link.op not in ("=", ":=") or len(link.left) != 1 or len(link.right) != 1:
            return False
        left, right = link.left[0], link.right[0]
        if isinstance(left, Sym) and left.name in self.context.symbols:
            decl = self.context.symbols[left.name]
            own = [part for part in subterms(right) if isinstance(part, Sym) and part.name == left.name]
            shifted = bool(left.indices) and any(part.indices != left.indices for part in own)
            solved = alone and (SATISFIES.search(each.prose[-80:]) or re.match(r"(?i)\W*(?:solv|rearrang)", each.after))
            if not shifted and not solved:
                return False
            return (
                decl.definition is None
                and not decl.depends
                and left.name not in self.met
                and left.name not in self.passage.unknowns(self.context)
                and left.name in chains.names_in(right)
            )
        function = self.context.functions.get(left.name) if isinstance(left, Apply) else None
        unknown = function is not None and function.body is None and function.builtin is None
        return unknown and SATISFIES.search(each.prose[-80:]) is not None

    def _written_case(self, each: Waiting, whole: chains.Whole, place: int) -> Term | None:
        """The condition written right behind a link: ``= 0 \\text{ if } j \\ne k``."""
        sides = whole.segment.sides
        start, stop = sides[place + 1].start, sides[place + 2].start if place + 2 < len(sides) else None
        for condition in each.chain.cases:
            if start <= condition.start and (stop is None or condition.start < stop):
                return conventions.case(condition, self.context)
        return None

    def _proportional(self, each: Waiting, entry: Entry, whole: chains.Whole, link: Link, place: int) -> None:
        """``p(x) \\propto f``: up to a factor without x, which the first side of the chain has to name."""
        try:
            if whole.segment.missing or len(link.left) != 1 or len(link.right) != 1:
                raise ReadError("cannot tell what the factor may not depend on", None, HINT)
            wanted = arguments(whole.segment.nodes[0], self.context)
            done = proportional(link.left[0], link.right[0], wanted, self.context)
        except ReadError as problem:
            self._problem(each.found, each.math, problem, whole.segment.sides[place + 1], entry.text)
            return
        self.entries.append(replace(entry, what=(done.statement,), context=done.context))

    def _normalised(self, each: Waiting, segment: Segment, texts: list[str]) -> int:
        """``p(x) \\propto f`` of an unknown density defines it; how many links that are."""
        if segment.missing or segment.ops[0] != "propto":
            return 0
        try:
            done = normalised(segment.nodes[0], texts, self.context)
        except Undeclared as problem:
            raise _NotYet([problem]) from problem
        except ReadError as problem:
            self._problem(each.found, each.math, problem, segment.sides[1], " ∝ ".join(texts[:2]))
            raise _Refused from problem
        if done is None:
            return 0
        self.functions = [name for name in done.context.functions if name not in self.context.functions]
        self._redefine(done.context)
        self._note(each.found.source.place(each.math.place(segment.nodes[0].start)), done.text)
        return 1

    def _follows(self, root: Root) -> bool:
        """Whether an equation to solve only restates, in other words, what is being solved already."""
        return bool(self.passage) and not root.variables

    def _is_constraint(self, link: Link) -> bool:
        return (self.constraints or self.roots_here) and chains.is_constraint(link, self.context, self.constraints)

    def _remember(self, segment: Segment, links: list[Link], texts: list[str]) -> None:
        """What a later row or display goes on from, and which quantities have been used."""
        if not links or not links[-1].right:
            self.tail = None
            return
        first = self.tail.first if segment.missing and self.tail else links[0].left
        ops = (*(self.tail.ops if segment.missing and self.tail else ()), *segment.ops)
        self.tail = Tail(first, links[-1].right, ops, texts[-1])
        if any(variables_of(term) and not is_second_derivative(term) for term in first):
            if segment.missing and self.gradients:
                self.gradients.pop()  # the same derivative, worked out further
            self.gradients = [*self.gradients[-MOST_SIZES:], (self.number, self.tail)]
        if len(first) == 1 and isinstance(first[0], Deriv) and not first[0].local:
            self.context = add_option(self.context, "total", (pair_of(first[0].body, first[0].wrt),))
        for link in links:
            for term in (*link.left, *link.right):
                self.used.update(chains.names_in(term))
        if links[0].left and links[0].op in ("=", ":="):
            self.met.update(chains.names_in(links[0].left[0]))


class _Refused(Exception):
    """A definition cannot be used, and that is reported: nothing more is to be said of its chain."""


class _NotYet(Exception):
    """A name is not declared; it may be by what follows."""

    def __init__(self, problems: Sequence[ReadError]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems
