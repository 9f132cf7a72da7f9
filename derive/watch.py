"""Documents that are checked again whenever they change; those that did not keep their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from derive.checker import Checked, Limits, checked, report_of
from derive.read.documents.text.files import Input, inputs, named
from derive.read.documents.text.source import UnusableDocument
from derive.render.record import Report

PAUSE = 0.5
"""Seconds between two looks at the files."""

Stamp = tuple[str, int, int]
"""A file, when it was changed last, and its length."""


@dataclass(frozen=True)
class Round:
    """One check: the files that were new or changed (or went), the report on them, and that on all documents."""

    changed: tuple[str, ...]
    report: Report
    whole: Report


@dataclass(frozen=True)
class _Known:
    """A document as it was checked, with the files that it includes as they were."""

    given: Input
    checked: Checked
    included: tuple[Stamp, ...]

    def is_current(self, given: Input) -> bool:
        """Whether nothing of it has changed."""
        same = (given.source.text, given.latex, given.name) == (
            self.given.source.text,
            self.given.latex,
            self.given.name,
        )
        return same and self.included == _stamps([file for file, _, _ in self.included])


def rounds(paths: Sequence[str], limits: Limits, pause: Callable[[], None]) -> Iterator[Round]:
    """Check everything, then again what has changed, each time something has; ``pause`` waits between two looks.

    Verdicts are kept by the content of their claims, so that in a changed document only what changed is judged again.
    """
    limits = replace(limits, kept={})
    known: dict[str, _Known] = {}
    seen: tuple[Stamp, ...] | None = None
    while True:
        now = _stamps([*_files(paths), *(file for each in known.values() for file, _, _ in each.included)])
        if now == seen:
            pause()
            continue
        seen = now
        found, failures = inputs(paths)
        changed = [each for each in found if not _is_current(known, each)]
        gone = [file for file in known if file not in {each.source.file for each in found}]
        if known and not changed and not gone and not failures:
            continue  # saved without a change
        answers = checked(changed, limits)
        if any(result.cut == "interrupt" for answer in answers for result in answer.results):
            raise KeyboardInterrupt
        done = {each.source.file: _known(each, answer) for each, answer in zip(changed, answers, strict=True)}
        known = {each.source.file: done.get(each.source.file) or known[each.source.file] for each in found}
        report = report_of([each.checked for each in done.values()], failures)
        whole = report_of([each.checked for each in known.values()], failures)
        yield Round((*done, *gone), report, whole)


def _is_current(known: dict[str, _Known], given: Input) -> bool:
    before = known.get(given.source.file)
    return before is not None and before.is_current(given)


def _known(given: Input, result: Checked) -> _Known:
    included = [source.file for source in result.document.sources if source.file != given.source.file]
    return _Known(given, result, _stamps(included))


def _files(paths: Sequence[str]) -> list[str]:
    """The files that the paths name now."""
    found: list[str] = []
    for path in paths:
        try:
            found += [str(each) for each in named(path)]
        except UnusableDocument:
            found.append(path)
    return found


def _stamps(files: Sequence[str]) -> tuple[Stamp, ...]:
    stamps: list[Stamp] = []
    for file in dict.fromkeys(files):
        try:
            state = Path(file).stat()
            stamps.append((file, state.st_mtime_ns, state.st_size))
        except OSError:
            stamps.append((file, 0, -1))
    return tuple(stamps)
