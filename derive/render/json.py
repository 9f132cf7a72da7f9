"""Results for other programs: the JSON records (stable, versioned), JUnit XML and SARIF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from derive.language.claims import Claim, Derivation
from derive.language.verdicts import Proved
from derive.render.latex import statement_to_latex
from derive.render.record import FORMAT, Report, Result, kind_of, record, short_path
from derive.render.text import context_lines

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_RULES = {
    "refuted": "A stated result is false.",
    "undecided": "A stated result could be neither proved nor refuted.",
    "unread": "A stated result could not be read.",
    "proved": "A result expected to be refuted is true.",
}


def to_json(report: Report) -> str:
    """The results and their summary; ``errors`` lists what could not be used, ``notes`` what was inferred."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "results": [record(result) for result in report.results],
        "summary": report.summary(),
    }
    if report.failures:
        data["errors"] = list(report.failures)
    if report.notes:
        data["notes"] = list(report.notes)
    if report.statistics:
        data["statistics"] = dict(report.statistics)
    return json.dumps(data, indent=1, ensure_ascii=False)


def explained(claims: Sequence[Claim | None], results: Sequence[Result], inferred: Sequence[Sequence[str]] = ()) -> str:
    """Claims in full: the record of each, with its source, its context, and the evidence of a proof. What was not read
    has no claim; ``inferred`` is what was taken for granted for each."""
    rows: list[dict[str, Any]] = []
    for number, (claim, result) in enumerate(zip(claims, results, strict=True)):
        row = record(result)
        if claim is not None:
            row |= {
                "source": claim.source,
                "read_as": [statement_to_latex(each) for each in claim.readings or (claim.statement,)],
                "context": context_lines(claim.context),
                "evidence": result.verdict.evidence if isinstance(result.verdict, Proved) else None,
                "note": claim.reason or None,
            }
        if inferred:
            row["inferred"] = list(inferred[number])
        rows.append(row)
    return json.dumps({"format": FORMAT, "results": rows}, indent=1, ensure_ascii=False)


def listing(entries: Sequence[tuple[Derivation, Sequence[Claim]]]) -> str:
    """Derivations and their claims."""
    proofs = [
        {
            "name": derivation.name,
            "title": derivation.title,
            "source": derivation.source,
            "claims": [_listed(claim) for claim in claims],
        }
        for derivation, claims in entries
    ]
    return json.dumps({"format": FORMAT, "proofs": proofs}, indent=1, ensure_ascii=False)


def _listed(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": kind_of(claim.statement),
        "statement": claim.text or statement_to_latex(claim.statement),
        "source": claim.source,
        "file": short_path(claim.file),
        "line": claim.line,
        "expected": claim.expect,
    }


def message(result: Result) -> str:
    """A result in one plain sentence or two."""
    data = record(result)
    parts = [f"{result.id} is {result.word}"]
    if result.expected and result.word != result.expected:
        parts.append(f"(expected: {result.expected})")
    if data["reason"]:
        parts.append(f": {data['reason']}")
    witness = data["witness"]
    if witness:
        parts.append(f"; left {witness['left']}, right {witness['right']} at {witness['sizes']} {witness['values']}")
    if data["suggestion"]:
        parts.append(f"; true would be {data['suggestion']}")
    return "".join(part if part[0] in ":;" else f" {part}" for part in parts).strip()


def to_junit(report: Report) -> str:
    """JUnit XML: a suite per derivation, a failed case per verdict that was not expected."""
    root = ElementTree.Element("testsuites", name="derive")
    for name in report.titles:
        own = [result for result in report.results if result.derivation == name]
        _suite(root, name, own)
    if report.failures:
        many = str(len(report.failures))
        suite = ElementTree.SubElement(root, "testsuite", name="errors", tests=many, failures="0", errors=many)
        for failure in report.failures:
            case = ElementTree.SubElement(suite, "testcase", name=failure, classname="errors")
            ElementTree.SubElement(case, "error", message=failure)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(root: ElementTree.Element, name: str, results: Sequence[Result]) -> None:
    surprising = sum(result.surprising for result in results)
    seconds = f"{sum(result.seconds for result in results):.6f}"
    counts = {"tests": str(len(results)), "failures": str(surprising), "errors": "0", "time": seconds}
    suite = ElementTree.SubElement(root, "testsuite", {"name": name, **counts})
    for result in results:
        where = {"file": short_path(result.file), "line": str(result.line), "time": f"{result.seconds:.6f}"}
        case = ElementTree.SubElement(suite, "testcase", {"name": result.id, "classname": name, **where})
        if result.surprising:
            failure = ElementTree.SubElement(case, "failure", message=message(result), type=result.word)
            failure.text = result.statement


def to_sarif(report: Report) -> str:
    """SARIF 2.1.0: one finding per verdict that was not expected, at its line."""
    rules = [{"id": word, "shortDescription": {"text": text}} for word, text in _SARIF_RULES.items()]
    run = {
        "tool": {"driver": {"name": "derive", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": [{"message": {"text": text}} for text in report.failures],
            }
        ],
        "results": [_finding(result) for result in report.results if result.surprising],
    }
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _finding(result: Result) -> dict[str, Any]:
    region = {"startLine": max(1, result.line), "startColumn": max(1, result.column)}
    place = {"artifactLocation": {"uri": quote(short_path(result.file))}, "region": region}
    return {
        "ruleId": result.word,
        "level": "warning" if result.word == "undecided" else "error",
        "message": {"text": message(result)},
        "locations": [{"physicalLocation": place}],
    }
