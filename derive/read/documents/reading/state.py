"""What is known at a place of a document: the context, what has been stated, and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from derive.language.claims import Misshapen, Statement, Written
from derive.language.context import Context, Fact, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Rel, Span, Sym, Term
from derive.read import syntax as s
from derive.read.documents.definitions.taking import Earlier
from derive.read.documents.steps.chains import Tail
from derive.read.documents.steps.expansions import Expansion
from derive.read.documents.steps.passages import Passage, Root
from derive.read.documents.text.layers import Layers
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.marks import Key, Mark
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.text.statements import Chain
from derive.read.documents.words.announced import Announced
from derive.read.documents.words.independent_here import Independent
from derive.read.documents.words.narrowing import Bound
from derive.read.documents.words.optima import Claimed
from derive.read.documents.words.setting import Objective
from derive.read.documents.words.unheeded import Unheeded
from derive.read.documents.words.universal import Universal
from derive.read.errors import ReadError

MOST_SIZES = 20
PATIENCE = 8
"""How often a chain that waits for a name is tried again: twice a display."""
NEAR = 600
"""How much of the prose before a formula is looked at."""


@dataclass(frozen=True)
class Only:
    """The case that a sentence is about, as it is ``said``: these ``sizes``, or functions that are the ``same``."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    def and_also(self, more: Only) -> Only:
        """This case, and ``more`` of it."""
        said = dict.fromkeys((*self.said, *more.said))
        return Only({**self.sizes, **more.sizes}, {**self.same, **more.same}, tuple(said))


@dataclass(frozen=True)
class Supposition:
    """What a sentence has supposed: quantities that it has given a value, or fewer values, as they were declared before
    and as they are since; and facts. ``in_words`` is whether words say it."""

    changed: Mapping[str, tuple[SymbolDecl, SymbolDecl]]
    facts: tuple[Fact, ...]
    in_words: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing a document states: the readings of a link, or (``what`` is text) why it cannot be read. ``guessed``
    says that its shapes do not fit, where one of them was told by this link alone: then it is not judged. ``supposed``
    is the case in which it is stated, ``everywhere`` that the words say that it holds in none alone; ``only`` how the
    case is written that its terms are put into, ``worked_out`` how the equations are written that are solved,
    ``solved_before`` those that were solved for what it no longer mentions; ``part`` says in words which part of the
    link this is, ``untold`` why the text may mean something of which it holds, ``demanded`` that the words before it
    demand it."""

    key: Key
    place: Place
    what: tuple[Statement, ...] | str
    context: Context
    text: str = ""
    hint: str = ""
    chain: int = 0
    start: Statement | None = None
    written: Written | None = None
    guessed: str = ""
    supposed: tuple[Rel, ...] = ()
    everywhere: bool = False
    only: tuple[str, ...] = ()
    worked_out: tuple[tuple[Rel, Rel], ...] = ()
    solved_before: tuple[Rel, ...] = ()
    part: str = ""
    untold: str = ""
    demanded: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether it cannot be read, or has no shape as it stands."""
        return isinstance(self.what, str) or any(isinstance(each, Misshapen) for each in self.what)


@dataclass
class Ahead:
    """A declaration that waits for a name; ``problem`` is what to say if that name never comes. ``tried`` is where it
    was tried last: there it says no more the next time."""

    key: Key
    place: Place
    statement: str
    problem: str
    tried: Context | None = None


@dataclass(frozen=True)
class Kept:
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
    otherwise: bool = False
    pending: tuple[s.Relation, ...] = ()
    after: str = ""
    assume: bool = False
    supposes: bool = False
    solves: bool = False
    unclear: str = ""
    problems: Sequence[ReadError] = ()
    bounds: tuple[Bound, ...] = ()
    reasons: bool = False
    makes: frozenset[str] = frozenset()
    extremum: tuple[str, Root] | None = None
    only: Only = field(default_factory=Only)
    sentence: str = ""
    put_into: str = ""
    """What a solution has been put into, which gives this."""
    becomes: bool = False
    """Whether words say that it is what an equation becomes: then nothing is to be solved."""
    goes_on: bool = False
    """Whether what it rests on, a derivative that is zero, holds for what follows too."""
    used: frozenset[str] = frozenset()
    """What the lines before it are about: of these it says no more what they are."""


@dataclass
class Words:
    """The words around the formula that is being read; ``resumes`` is what "this" means behind an abbreviation."""

    prose: str = ""
    cue: Cue | None = None
    sentence: str = ""
    section_words: str = ""
    numbered: dict[int, str] = field(default_factory=dict)
    anew: bool = False
    introduces: bool = False
    introduced: str = ""
    lets: bool = False
    after: str = ""
    where_follows: bool = False
    case_follows: bool = False
    before_objective: bool = False
    holds: bool = False
    zeroed: str = ""
    unclear: str = ""
    story: str = ""
    resumes: Tail | None = None
    quantified: bool = False
    conditions: frozenset[int] = frozenset()
    bound_at: int = -9
    restricted_at: int = -9
    set_at: int = -9
    solved_at: int = -9
    sentence_open: bool = False
    condition: str = ""
    bounded: tuple[Bound, ...] = ()
    said_twice: bool = False
    supposes: bool = False
    chooses: bool = False
    doubted: bool = False
    hypothetical: bool = False
    said_so: bool = False
    unbounded: Passage | None = None


@dataclass
class Section:
    """What has been met since the last heading; ``earlier`` is what the sections before it have named, and
    ``objectives_before`` what may be differentiated of the parts of this problem before it. Indices that are
    ``freed``, and what is ``held`` back, mean again after it what they did before; ``point`` is where an optimum was
    stated last (in formula ``point_at``), ``solution_upto`` the last formula of one solution of several, ``carried``
    what was supposed last, which ``Moreover, …`` goes on with (but not what was ``bounded``), ``solutions`` the names
    of what solves for which quantity, ``distributions`` those of numbers that are not declared yet and were called a
    distribution, ``valued`` those that were given as numbers, ``case_begun`` the case that a display went on with, and
    from where, ``solves`` whether it looks for something."""

    met: dict[str, None] = field(default_factory=dict)
    gradients: list[tuple[int, Tail]] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    objectives_before: list[Objective] = field(default_factory=list)
    point: tuple[Rel, ...] = ()
    point_at: int = -9
    solution_upto: int = -9
    solutions: dict[str, frozenset[str]] = field(default_factory=dict)
    expansion: Expansion | None = None
    given: tuple[Rel, ...] = ()
    chosen: tuple[Fact, ...] = ()
    suppositions: tuple[Supposition, ...] = ()
    aside: tuple[Supposition, ...] = ()
    stated_from: int | None = None
    averaged: frozenset[str] = frozenset()
    apart: tuple[Independent, ...] = ()
    together: Context | None = None
    constrained: tuple[Rel, ...] = ()
    restricted: tuple[s.Relation, ...] = ()
    stated_before: frozenset[str] = frozenset()
    varying: dict[str, tuple[str, ...]] = field(default_factory=dict)
    subject: list[s.Relation] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    for_section: dict[str, None] = field(default_factory=dict)
    of_normals: dict[str, None] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()
    sections_before: Earlier = field(default_factory=Earlier)
    parts_before: Earlier = field(default_factory=Earlier)
    fixed: dict[str, None] = field(default_factory=dict)
    freed: dict[str, Range] = field(default_factory=dict)
    symbols_held: dict[str, SymbolDecl] = field(default_factory=dict)
    functions_held: dict[str, FunctionDecl] = field(default_factory=dict)
    specialised: dict[str, tuple[FunctionDecl, FunctionDecl]] = field(default_factory=dict)
    narrowed: dict[str, tuple[SymbolDecl, SymbolDecl]] = field(default_factory=dict)
    prepares: bool = False
    stepped: tuple[str, ...] = ()
    entries: int = 0
    differentiated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    remade: dict[str, tuple[SymbolDecl, SymbolDecl, frozenset[str]]] = field(default_factory=dict)
    first_said: dict[str, tuple[SymbolDecl, SymbolDecl, frozenset[str]]] = field(default_factory=dict)
    made_in_case: frozenset[str] = frozenset()
    carried: tuple[tuple[Rel, ...], tuple[s.Relation, ...], Only] = field(default_factory=lambda: ((), (), Only()))
    bounded: tuple[Bound, ...] = ()
    distributions: dict[str, None] = field(default_factory=dict)
    valued: dict[str, str] = field(default_factory=dict)
    extent: tuple[int, int] = (0, 0)
    nodes: tuple[tuple[int, int], Sequence[s.Node]] = ((0, 0), ())
    case_begun: tuple[Term, Tail] | None = None
    solves: tuple[tuple[int, int], bool] | None = None


@dataclass(frozen=True)
class Meant:
    """A name with the ``body`` that defined it before words behind formula ``first`` gave it another meaning: to the
    end, or up to formula ``last``."""

    name: str
    body: Term | str
    first: int
    last: int | None
    place: Place


@dataclass(frozen=True)
class Solved:
    """What the name of a solution was given for: the quantities that were solved for, by which equations, and how it
    was declared then."""

    variables: frozenset[str]
    equations: frozenset[Rel]
    declared: SymbolDecl


@dataclass
class Whole:
    """What is known of the document as a whole, whatever the section. ``authored`` are the names that its author has
    declared, and where; ``standing`` is what holds in every problem: that, and what is said before the first one."""

    pieces: Sequence[Found] = ()
    layers: Layers | None = None
    stepped: tuple[str, ...] | None = None
    """The letters that only say which step of a recursion it is, wherever they stand; None before that is known."""
    formulas: tuple[str, ...] = ()
    spelled: frozenset[str] = frozenset()
    """All that its formulas are written with, letter by letter."""
    defining: tuple[tuple[int, str], ...] = ()
    concluded: frozenset[str] = frozenset()
    several: frozenset[int] = frozenset()
    everywhere: tuple[str, ...] = ()
    bare: set[str] = field(default_factory=set)
    expected: dict[str, None] = field(default_factory=dict)
    losses: frozenset[str] = frozenset()
    called_functions: dict[str, str] = field(default_factory=dict)
    elementwise: frozenset[str] = frozenset()
    said: dict[str, str] = field(default_factory=dict)
    squares: list[str] = field(default_factory=list)
    matrix: str = ""
    member: s.Node | None = None
    nouns: dict[str, str] = field(default_factory=dict)
    called_random: set[str] = field(default_factory=set)
    drawn_later: list[tuple[Found, Expanded]] = field(default_factory=list)
    """What is drawn given something of which it has not been told yet how that is drawn."""
    values_of: dict[str, tuple[SymbolDecl, int]] = field(default_factory=dict)
    authored: dict[str, int] = field(default_factory=dict)
    declared_facts: frozenset[Fact] = frozenset()
    standing: Context | None = None
    first_problem: int = 0
    universal: tuple[Universal, ...] = ()
    given_first: tuple[Rel, ...] = ()
    solved: dict[str, Solved] = field(default_factory=dict)
    """The names of solutions, in whatever section."""
    outdated: frozenset[str] = frozenset()
    """What was made of a solution whose name has become that of another one."""
    best_labels: dict[str, tuple[Sym, tuple[Term, ...]]] = field(default_factory=dict)
    """The labels that are said to be the best index of something, with their own indices, and of what."""
    model: dict[str, bool] = field(default_factory=dict)
    """The densities of what is drawn, and whether a formula says how, or they only follow from others."""
    said_before: dict[str, str] = field(default_factory=dict)
    unclear_from: int | None = None
    unclear: list[range] = field(default_factory=list)
    """The pieces of sentences in which something holds no longer, and it is not known what."""
    meant: list[Meant] = field(default_factory=list)
    passed_over: list[Unheeded] = field(default_factory=list)
    """What sentences have supposed, beside the lines in them that were not read as following from it."""


@dataclass
class Reading:
    """How far a document has been read. ``entries`` and ``marks`` are in the order of the text when it is done."""

    context: Context
    entries: list[Entry] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    declared: int = 0
    sides: int = 0
    words: Words = field(default_factory=Words)
    section: Section = field(default_factory=Section)
    document: Whole = field(default_factory=Whole)
    passage: Passage = field(default_factory=Passage)
    tail: Tail | None = None
    number: int = 0
    chains: int = 0
    skip: bool = False
    supposed: tuple[Rel, ...] = ()
    pending: tuple[s.Relation, ...] = ()
    hypothesis: bool = False
    bounds: tuple[Bound, ...] = ()
    case: Term | None = None
    only: Only = field(default_factory=Only)
    only_before: tuple[Only, int] = field(default_factory=lambda: (Only(), 0))
    functions: list[str] = field(default_factory=list)
    constraints: bool = False
    roots_here: bool = False
    waiting: list[Waiting] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    patient: bool = True
    passing: tuple[str, ...] = ()
    used: dict[str, None] = field(default_factory=dict)
    announced: tuple[Announced, ...] = ()
    guessed: dict[str, None] = field(default_factory=dict)
    unnamed: dict[str, None] = field(default_factory=dict)
    """Lengths that were only inferred."""
    other_readings: dict[Rel, tuple[Rel, ...]] = field(default_factory=dict)

    def note(self, place: Place, text: str) -> None:
        note = f"{place.file}:{place.line}: {text}"
        if note not in self.notes[-50:]:
            self.notes.append(note)

    def unread(self, found: Found, at: int, reason: str, hint: str = "", text: str = "") -> None:
        entry = Entry((self.number, at), found.source.place(at), reason, self.context, text, hint, self.chains)
        self.entries.append(entry)

    def problem(self, found: Found, math: Expanded, problem: ReadError, span: Span, text: str = "") -> None:
        place = problem.span or span
        macro = math.macro(place.start)
        reason = f"{problem.message}, in what {macro} stands for" if macro else problem.message
        self.unread(found, math.place(place.start), reason, problem.hint, text)

    def forget(self, before: Kept) -> None:
        """What a formula that cannot be read yet has left behind."""
        self.context, self.passage, self.tail = before.context, before.passage, before.tail
        self.chains, self.sides, self.announced = before.chains, before.sides, before.announced
        del self.entries[before.entries :], self.notes[before.notes :]


class Refused(Exception):
    """A definition cannot be used, and that is reported: nothing more is to be said of its chain."""


class NotYet(Exception):
    """A name is not declared; it may be by what follows."""

    def __init__(self, problems: Sequence[ReadError]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems
