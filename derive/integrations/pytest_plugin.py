"""``pytest --derive``: lines of documents and claims of proof modules as tests. Without the option nothing happens."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache, partial
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # an installed plugin costs other people's runs no import
    from derive.checker import Limits
    from derive.documents import Document
    from derive.language.claims import Derivation
    from derive.render.record import Result

DOCUMENTS = frozenset({".tex", ".ltx", ".latex", ".md", ".markdown", ".qmd", ".rmd", ".ipynb"})
_PROOF = re.compile(r"^derivation\b[^=\n]*=", re.MULTILINE), re.compile(r"^\s*(?:from|import)\s+derive\b", re.MULTILINE)

Verdicts = Callable[[], Mapping[str, Sequence["Result"]]]
"""The results on a file by the name of their test, sought when the first of them is asked for."""


class NotAsExpected(Exception):
    """What is stated was not judged as expected; the message is what ``derive check`` prints."""


# -- options -----------------------------------------------------------------------------------------------------------
def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line and of the configuration file."""
    group = parser.getgroup("derive", "derivations as tests")
    group.addoption("--derive", action="store_true", help="check documents with declarations, and proof modules")
    group.addoption("--derive-timeout", type=float, metavar="SECONDS", help="seconds for each claim (default: 10)")
    group.addoption("--derive-no-cache", action="store_true", help="judge everything again, and keep nothing")
    parser.addini("derive_documents", "patterns of the documents to check, instead of all with declarations", "args")
    parser.addini("derive_proofs", "patterns of the proof modules, instead of all that define `derivation`", "args")


def pytest_configure(config: pytest.Config) -> None:
    """Collect only where it was asked for."""
    if config.getoption("derive"):
        config.pluginmanager.register(Collecting(config), "derive-collecting")


def _limits(config: pytest.Config) -> Limits:
    """How claims are judged; a process of pytest-xdist uses one processor, as its neighbours do."""
    from derive.cache import default_folder
    from derive.judging import TIMEOUT, Limits

    timeout = config.getoption("derive_timeout") or TIMEOUT
    folder = None if config.getoption("derive_no_cache") else default_folder()
    return Limits(timeout, jobs=1 if hasattr(config, "workerinput") else 0, folder=folder)


# -- collecting --------------------------------------------------------------------------------------------------------
class Collecting:
    """Which files hold derivations."""

    def __init__(self, config: pytest.Config) -> None:
        self.documents: list[str] = config.getini("derive_documents")
        self.proofs: list[str] = config.getini("derive_proofs")

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A document or a proof module, if this file is one."""
        suffix = file_path.suffix.lower()
        if suffix not in DOCUMENTS | {".py"}:
            return None
        named = parent.session.isinitpath(file_path)
        where = _below(file_path, parent.config.rootpath)
        if suffix == ".py":
            wanted = _matches(where, self.proofs)
            looked_at = named or not self.proofs
            if wanted or (looked_at and all(sign.search(_text(file_path)) for sign in _PROOF)):
                return ProofFile.from_parent(parent, path=file_path)
            return None
        from derive.read.documents.text.files import may_declare

        wanted = named or _matches(where, self.documents)
        if wanted or (not self.documents and may_declare(_text(file_path))):
            return DocumentFile.from_parent(parent, path=file_path, wanted=wanted)
        return None


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _matches(where: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(where, pattern) for pattern in patterns)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # whoever needs the file says so


class DocumentFile(pytest.File):
    """A document, one test for each line that states something; ``wanted`` says that it was asked for by name."""

    def __init__(self, *, wanted: bool, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.wanted = wanted

    def collect(self) -> Iterator[pytest.Item]:
        """The lines that state something."""
        from derive.documents import read_document
        from derive.read.documents.text.files import inputs

        found, failures = inputs([_from_here(self.path)])
        if failures:
            raise self.CollectError(failures[0])
        (given,) = found
        document = read_document(given.source, latex=given.latex, name=given.name, opener=given.opener)
        places = _places(document)
        if not places and self.wanted:
            raise self.CollectError(
                f"nothing to check in {given.source.file}: expected a formula with a relation, such as $a = b$"
            )
        verdicts = cache(partial(_of_document, document, _limits(self.config)))
        for name, line in places.items():
            yield Stated.from_parent(self, name=name, verdicts=verdicts, line=line)


class ProofFile(pytest.Module):
    """A proof module, one test for each claim."""

    def collect(self) -> Iterator[pytest.Item]:
        """The claims of the module's ``derivation``."""
        from derive.authoring import AuthoringError
        from derive.authoring import Derivation as Builder
        from derive.language.claims import Derivation

        try:
            built = getattr(self.obj, "derivation", None)
        except AuthoringError as problem:
            raise self.CollectError(f"{_from_here(Path(problem.file))}:{problem.line}: {problem}") from problem
        derivation = built.build() if isinstance(built, Builder) else built
        if not isinstance(derivation, Derivation):
            place = _from_here(self.path)
            raise self.CollectError(f"{place}: expected a variable `derivation` (a derive.Derivation), found {built!r}")
        verdicts = cache(partial(_of_proof, derivation, _limits(self.config)))
        for claim in derivation.claims:
            name = claim.id.removeprefix(f"{derivation.name}.")
            yield Stated.from_parent(self, name=name, verdicts=verdicts, line=claim.line)


def _from_here(path: Path) -> str:
    """A path as one would type it."""
    return relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def _places(document: Document) -> dict[str, int]:
    """Every line that states something or could not be read, by the name of its test, in the order of the text."""
    places = [(each.file, each.line) for each in document.derivation.claims]
    for number, unread in enumerate(document.unread):
        places.insert(unread.before + number, (unread.place.file, unread.place.line))
    return {_line(document, file, line): line for file, line in places}


def _line(document: Document, file: str, line: int) -> str:
    """The name of the test of a line: its number, and its file where that is one that the document includes."""
    return str(line) if file == document.sources[0].file else f"{_from_here(Path(file))}:{line}"


# -- judging -----------------------------------------------------------------------------------------------------------
def _of_document(document: Document, limits: Limits) -> Mapping[str, Sequence[Result]]:
    from derive.checker import judged

    (done,) = judged([document], limits)
    found: dict[str, list[Result]] = defaultdict(list)
    for result in done.results:
        found[_line(document, result.file, result.line)].append(result)
    return found


def _of_proof(derivation: Derivation, limits: Limits) -> Mapping[str, Sequence[Result]]:
    from derive.checker import check

    return {result.id.removeprefix(f"{derivation.name}."): [result] for result in check(derivation, limits).results}


class Stated(pytest.Item):
    """What is stated on a line of a document, or a claim of a proof."""

    def __init__(self, *, verdicts: Verdicts, line: int, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.verdicts = verdicts
        self.line = line

    def runtest(self) -> None:
        """Passes if every verdict is the expected one."""
        from derive.render.places import result_lines
        from derive.render.text import PLAIN

        results = self.verdicts().get(self.name, ())
        if not results or any(result.cut == "interrupt" for result in results):
            raise KeyboardInterrupt  # it came while claims were judged, and what it came before has no verdict
        self.user_properties += [("verdict", result.word) for result in results]
        wrong = [result for result in results if result.surprising]
        if wrong:
            raise NotAsExpected("\n".join(line for result in wrong for line in result_lines(result, PLAIN)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What ``derive check`` prints, without a traceback."""
        if isinstance(excinfo.value, NotAsExpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is stated, for the heading of a failure."""
        return self.path, self.line - 1, f"{_from_here(self.path)}:{self.name}"
