"""Reports of proofs and documents as files: all of a call are written, or none."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from derive.checker import Checked, Limits, checked, introduction, proofs_folder, report_of, stated, verify
from derive.language.claims import Claim, Derivation
from derive.render.figures import drawings
from derive.render.figures.drawing import Drawing, FigureError
from derive.render.record import Report, short_path
from derive.render.report.html import Link, to_html, to_html_summary
from derive.render.report.latex import to_latex_document, to_latex_summary
from derive.render.report.markdown import to_markdown_report, to_markdown_summary
from derive.render.report.model import Material, Page, page_of
from derive.render.report.pdf import compiled

FORMATS = ("html", "tex", "pdf", "md")
SUMMARY = "index"
DOCUMENTS = frozenset({".tex", ".ltx", ".latex", ".md", ".markdown", ".qmd", ".rmd", ".txt", ".ipynb"})


class CannotReport(ValueError):
    """A call that cannot be answered with a report; the message says why and what to do."""


@dataclass(frozen=True)
class Made:
    """The pages of a call, and the verdicts they tell of; ``summary`` says that a page over all belongs to them."""

    pages: tuple[Page, ...]
    report: Report
    summary: bool = False


def is_document(name: str) -> bool:
    """Whether an argument names a document rather than a proof."""
    path = Path(name)
    return name == "-" or path.suffix.lower() in DOCUMENTS or path.is_file() or (path.is_dir() and not _is_area(name))


def _is_area(name: str) -> bool:
    return (proofs_folder() / name.strip("/")).is_dir()


def made(names: Sequence[str], limits: Limits) -> Made:
    """The reports on what ``names`` name: documents and proofs; all proofs without a name."""
    documents = [name for name in names if is_document(name)]
    proofs = [name for name in names if not is_document(name)]
    parts = [_of_documents(documents, limits)] if documents else []
    parts += [_of_proofs(proofs, limits)] if proofs or not names else []
    pages = tuple(page for part in parts for page in part.pages)
    results = tuple(result for part in parts for result in part.report.results)
    failures = tuple(failure for part in parts for failure in part.report.failures)
    return Made(pages, Report(results, {}, failures), not names or len(pages) > 1)


# -- proofs ------------------------------------------------------------------------------------------------------------
def _of_proofs(names: Sequence[str], limits: Limits) -> Made:
    report = verify(names, limits)
    if report.failures:
        raise CannotReport(report.failures[0])
    _all_judged(report)
    return pages_of_proofs(names, report)


def _all_judged(report: Report) -> None:
    """A report on a part of what is stated would look like one on the whole."""
    if report.left:
        raise KeyboardInterrupt


def pages_of_proofs(names: Sequence[str], report: Report) -> Made:
    """The reports on proofs that were judged already."""
    pages = []
    for derivation, claims in stated(names):
        own = [result for result in report.results if result.derivation == derivation.name]
        pages.append(page_of(_material(derivation, claims, Report(tuple(own)))))
    return Made(tuple(pages), report, not names or len(pages) > 1)


def _material(derivation: Derivation, claims: Sequence[Claim], report: Report) -> Material:
    about, file = introduction(derivation.name)
    root = proofs_folder().parent
    places = {claim.file: _below(root, claim.file) for claim in claims} | {file: _below(root, file)}
    return Material(
        derivation.name,
        derivation.title,
        file,
        report.results,
        {claim.id: claim for claim in claims},
        derivation.source,
        about,
        figures=_drawings(derivation),
        places=places,
    )


def _drawings(derivation: Derivation) -> tuple[Drawing, ...]:
    try:
        return drawings(derivation)
    except FigureError as problem:
        raise CannotReport(f"{derivation.name}: {problem}") from problem


def _below(root: Path, file: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else short_path(file)


# -- documents ---------------------------------------------------------------------------------------------------------
def _of_documents(paths: Sequence[str], limits: Limits) -> Made:
    from derive.read.documents.text.files import inputs

    found, failures = inputs(paths)
    if failures:
        raise CannotReport(failures[0])
    done = checked(found, limits)
    _all_judged(report_of(done, []))
    asked = {str(Path(path)) for path in paths}
    stating = [each for each in done if each.results or each.document.sources[0].file in asked]
    for each in stating or done:  # what a folder holds besides is left out
        alone = report_of([each], [])
        if alone.failures:
            raise CannotReport(alone.failures[0])
    done = stating
    names = _distinct([Path(each.document.sources[0].file).stem.strip("<>") or "document" for each in done])
    pages = tuple(page_of_document(each, name) for each, name in zip(done, names, strict=True))
    return Made(pages, report_of(done, []))


def page_of_document(each: Checked, name: str) -> Page:
    """The report on one document that was judged already."""
    return page_of(_of_document(each, name))


def _of_document(each: Checked, name: str) -> Material:
    derivation = each.document.derivation
    source = each.document.sources[0]
    files = {own.file: short_path(own.file) for own in each.document.sources}
    return Material(
        name,
        title_of(source.text) or Path(source.file).name,
        source.file,
        [replace(result, derivation=derivation.name) for result in each.results],
        {claim.id: claim for claim in derivation.claims},
        notes=each.document.notes,
        document=True,
        places=files,
        headings=headings_of(source.text),
        written_out=each.document.written_out,
    )


_TITLES = (re.compile(r"\\title\{([^{}\\$]*)\}"), re.compile(r"^#\s+([^\n$]+?)\s*#*$", re.MULTILINE))


def title_of(text: str) -> str:
    """The title that a document gives itself in plain words, if it does."""
    found = (match for match in (pattern.search(text) for pattern in _TITLES) if match)
    return next((" ".join(_words(match[1]).split()) for match in found), "")


_ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303"}
_ACCENTED = re.compile(r"\\(['`\"^~])\{?([A-Za-z])\}?")
_TYPED = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u00a0"))


def typeset(text: str) -> str:
    """Plain words of a document as they are printed.

    >>> typeset("Problem~3 --- ``why''"), typeset("Cram\\\\'er--Rao")
    ('Problem\\xa03 — “why”', 'Cramér–Rao')
    """
    text = _ACCENTED.sub(lambda found: normalize("NFC", found[2] + _ACCENTS[found[1]]), text)
    for typed, printed in _TYPED:
        text = text.replace(typed, printed)
    return text


_ARGUMENT = r"\{(?P<tex>(?:[^{}\n]|\{[^{}\n]*\})*)\}"
_HEADING = re.compile(rf"^(?P<hashes>#{{2,4}})\s+(?P<md>[^\n]+?)\s*#*$|\\(?P<sub>(?:sub)*)section\*?{_ARGUMENT}", re.M)
_STYLED = re.compile(
    r"\\label\{[^{}]*\}|\\(?:emph|text\w+|mbox|it|bf|em)\b\s*|(?<!\\)[{}`]|\\(?=[&%#_{}])"
    r"|\*\*|(?<!\S)[*_](?=\S)|(?<=[^\s\\])[*_](?=[\s.,;:!?)]|\Z)"
)


def _words(text: str) -> str:
    """A heading without what styles its words; its formulas are left as they are."""
    parts = text.split("$")
    return "$".join(part if at % 2 else typeset(_STYLED.sub("", part)) for at, part in enumerate(parts)).strip()


def headings_of(text: str) -> list[tuple[int, int, str]]:
    """The headings of a document below its title: line, depth, text."""
    return [
        (
            text.count("\n", 0, match.start()) + 1,
            len(match["hashes"]) - 1 if match["hashes"] else 1 + len(match["sub"]) // 3,
            _words(match["md"] or match["tex"]),
        )
        for match in _HEADING.finditer(text)
    ]


def _distinct(names: Iterable[str]) -> list[str]:
    out: list[str] = []
    for name in names:
        plain = re.sub(r"[^\w.-]+", "-", name).strip(".-") or "document"
        plain = f"{plain}-report" if plain == SUMMARY else plain
        number = 2
        wanted = plain
        while wanted in out:
            wanted, number = f"{plain}-{number}", number + 1
        out.append(wanted)
    return out


# -- files -------------------------------------------------------------------------------------------------------------
def texts(call: Made, formats: Sequence[str], out: Path) -> dict[str, str]:
    """The files of a report, by their path below ``out`` (PDF as the LaTeX that it is made from)."""
    files: dict[str, str] = {}
    for format_ in dict.fromkeys("tex" if each == "pdf" else each for each in formats):
        for page in call.pages:
            name = f"{page.name}.{format_}"
            files[name] = _WRITERS[format_](page, _link(out / name), _summary_from(page, call))
        if call.summary:
            files[f"{SUMMARY}.{format_}"] = _SUMMARIES[format_](call.pages)
    return files


Writer = Callable[[Page, Link, str], str]

_WRITERS: Mapping[str, Writer] = {
    "html": lambda page, link, summary: to_html(page, link, summary),
    "tex": lambda page, link, summary: to_latex_document(page),
    "md": lambda page, link, summary: to_markdown_report(page, link),
}
_SUMMARIES: Mapping[str, Callable[[Sequence[Page]], str]] = {
    "html": to_html_summary,
    "tex": to_latex_summary,
    "md": to_markdown_summary,
}


def _summary_from(page: Page, call: Made) -> str:
    return "../" * page.name.count("/") + f"{SUMMARY}.html" if call.summary else ""


def _link(report: Path) -> Link:
    """Where the sources lie, seen from a report."""
    folder = os.path.abspath(report.parent)
    root = proofs_folder().parent

    def link(file: str, line: int) -> str:
        path = next((each for each in (Path(file), root / file) if each.is_file()), None)
        if path is None:
            return ""
        target = Path(os.path.relpath(os.path.abspath(path), folder)).as_posix()
        return f"{target}#L{line}" if line else target

    return link


def publish(call: Made, formats: Sequence[str], out: Path) -> list[Path]:
    """Write the reports below ``out``; :class:`CannotReport` (and nothing written) where that cannot be done."""
    files = texts(call, formats, out)
    kept = {name for name in files if name.rpartition(".")[2] in formats}
    # Beside what it will be: files are moved within one file system only, and ``out`` may be the root of one.
    beside = out if out.is_dir() else out.parent
    missing = {each for name in files for each in (out / name).parents if not each.exists()}
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".derive-", dir=beside) as folder:
            made_here = Path(folder)
            for name, text in files.items():
                path = made_here / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if "pdf" in formats:
                sources = [name for name in files if name.endswith(".tex")]
                kept |= set(compiled(made_here, sources))
            return _moved(made_here, sorted(kept), out)
    except OSError as problem:
        named = str(problem.filename2 or problem.filename or out)
        place = out if "/.derive-" in named else named
        raise CannotReport(
            f"cannot write to {place}: {problem.strerror}; choose another folder with --out"
        ) from problem
    finally:
        _empty_taken_away(missing)


def _moved(folder: Path, names: Sequence[str], out: Path) -> list[Path]:
    """Put finished files in their places."""
    targets = [out / name for name in names]
    for target in targets:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
    for name, target in zip(names, targets, strict=True):
        os.replace(folder / name, target)
    return targets


def _empty_taken_away(folders: Iterable[Path]) -> None:
    """Folders that were made for a report that could not be written, the innermost first; others hold something."""
    for folder in sorted(folders, key=lambda each: len(each.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()
