"""What the page over all reports says, before any format: how many of each verdict, and what is not proved, where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from derive.render.record import VERDICTS
from derive.render.report.model import Line, Page, Step
from derive.render.report.phrases import Phrase
from derive.render.report.words import counted

FALSE = "What is false as it is stated"
OPEN = "What is neither proved nor refuted"


@dataclass(frozen=True)
class Entry:
    """A line of a report, with the name of its claim (empty in a document) and the passage that states it."""

    line: Line
    name: str
    passage: Phrase


@dataclass(frozen=True)
class Summary:
    """The reports of a call: the kinds of verdict that occur, and how many there are of each in all."""

    pages: tuple[Page, ...]
    words: tuple[str, ...]
    totals: tuple[int, ...]

    def head(self) -> str:
        """How much was judged, in a sentence."""
        many = len(self.pages)
        return f"{many} derivation{'s' * (many != 1)}, {counted([line for page in self.pages for line in page.lines])}"

    def counts(self, page: Page) -> list[str]:
        """How many verdicts of each kind a report has; nothing where it has none."""
        return [str(page.counts().get(word, "")) for word in self.words]

    def sections(self) -> list[tuple[str, list[tuple[Page, list[Entry]]]]]:
        """What is not proved, below a heading, report by report."""
        found = ((FALSE, self._entries(("refuted",))), (OPEN, self._entries(("undecided", "unread"))))
        return [(head, groups) for head, groups in found if groups]

    def _entries(self, words: Collection[str]) -> list[tuple[Page, list[Entry]]]:
        groups = [(page, [each for each in entries(page) if each.line.word in words]) for page in self.pages]
        return [(page, own) for page, own in groups if own]


def summary_of(pages: Sequence[Page]) -> Summary:
    """The summary of some reports."""
    counts = [page.counts() for page in pages]
    words = tuple(word for word in VERDICTS if any(word in each for each in counts))
    return Summary(tuple(pages), words, tuple(sum(each.get(word, 0) for each in counts) for word in words))


def entries(page: Page) -> list[Entry]:
    """Every line of a report, with what it is called."""
    steps = [part for part in page.parts if isinstance(part, Step)]
    return [Entry(line, "" if page.document else step.name, step.passage) for step in steps for line in step.lines]
