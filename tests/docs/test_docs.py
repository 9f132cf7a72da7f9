"""What the documentation shows is what the program does: every block of it is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive import check_many
from derive.checker import Limits
from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from tests.docs.pages import ROOT, Session, agrees, blocks, commands

DOCS = ROOT / "docs"
SESSIONS = ("first-hour.md", "commands.md", "certificates.md", "batch.md", "kernels.md", "reports.md")
QUOTED = {"reports.md": ("python", "proofs/adversarial/gan.py"), "kernels.md": ("toml", "proofs/kernels/softmax.toml")}
"""Pages that show a part of a file of ours: the language of that block, and the file."""


@pytest.mark.parametrize("name", SESSIONS)
def test_what_a_page_shows_is_what_happens(name: str, tmp_path: Path) -> None:
    session = Session(tmp_path)
    for block in blocks((DOCS / name).read_text(encoding="utf-8")):
        if block.language == QUOTED.get(name, ("",))[0] and not block.mark:
            continue  # compared with its file below
        if block.language == "console":
            for command, shown in commands(block.text):
                printed = session.run(command)
                assert agrees(shown, printed), f"{name}:{block.line}: $ {command}\n{printed}\nbut the page has\n{shown}"
        else:
            assert block.mark, f"{name}:{block.line}: this block is neither a file nor a console"
            session.write(block.mark, block.text)


@pytest.mark.parametrize("name", QUOTED)
def test_what_a_page_quotes_stands_in_the_file(name: str) -> None:
    language, path = QUOTED[name]
    quoted = [block for block in blocks((DOCS / name).read_text(encoding="utf-8")) if block.language == language]
    (text,) = [block.text for block in quoted if not block.mark]
    lines = {_bare(line) for line in (ROOT / path).read_text(encoding="utf-8").splitlines()}
    assert [line for line in text.splitlines() if _bare(line) not in lines] == [], f"{path} has another text"


def _bare(line: str) -> str:
    """A line without its comment, and with single blanks."""
    return " ".join(re.sub(r"(?:^|\s)#.*", "", line).split())


def test_no_block_of_any_page_is_left_out() -> None:
    """Every page with a fenced block is a session, or has a test of its own."""
    own = {"declarations.md", "integrations.md", "README.md"}
    for path in [ROOT / "README.md", *DOCS.glob("*.md")]:
        if path.name not in own and path.name not in SESSIONS:
            assert not list(blocks(path.read_text(encoding="utf-8"))), f"nothing runs the blocks of {path.name}"


DECLARATIONS = (DOCS / "declarations.md").read_text(encoding="utf-8")
_ANSWER = re.compile(r" % (proved|refuted|undecided|unread)(?:: (.*))?$")


def test_every_declared_document_is_answered_as_its_comments_say() -> None:
    documents = {block.line: block.text for block in blocks(DECLARATIONS) if block.language == "tex"}
    records = [{"id": line, "text": text, "format": "tex"} for line, text in documents.items()]
    for record in check_many(records, Limits(jobs=1)):
        shown = {}
        for number, line in enumerate(documents[record["id"]].splitlines(), start=1):
            answer = _ANSWER.search(line)
            if answer is not None:
                shown[number] = (answer[1], answer[2])
        found = {each["line"]: (each["verdict"], each["reason"]) for each in record["results"]}
        assert found.keys() == shown.keys(), f"declarations.md:{record['id']}: {found}"
        for number, (verdict, reason) in shown.items():
            place = f"declarations.md:{record['id'] + number}: {found[number]}"
            assert found[number][0] == verdict, place
            assert reason is None or found[number][1] == reason, place


def test_what_is_refused_is_refused_with_these_words() -> None:
    rows = re.findall(r"^\| `(.*)` \| `(.*)` \|$", DECLARATIONS.partition("## What is refused")[2], flags=re.M)
    assert len(rows) > 15
    for statement, message in rows:
        with pytest.raises(DeclarationError) as caught:
            declare(f"index n = 1..N ; k = 1..K\n{statement}")
        assert caught.value.message == message


def test_every_statement_of_the_language_has_an_example() -> None:
    from derive.read.declarations import _RULES

    shown = "".join(block.text for block in blocks(DECLARATIONS) if block.language == "tex")
    for keyword in _RULES:
        assert re.search(rf"\b{keyword}\b", shown), f"declarations.md has no example of “{keyword}”"


def test_a_page_that_shows_something_else_fails() -> None:
    assert agrees("3 claims: 3 proved; 0.1 s\n", "3 claims: 3 proved;    14 ms\n")
    assert agrees("first\n…\nlast\n", "first\nsecond\nlast\n")
    assert not agrees("3 claims: 3 proved; 0.1 s\n", "3 claims: 2 proved; 0.1 s\n")
    assert not agrees("", "something")
    assert not agrees("…last", "last but one")


def test_every_file_that_is_named_is_there() -> None:
    page = (DOCS / "extending.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:derive|tests|proofs|docs|reports)/[\w/.]*)`", page)
    assert len(named) > 30
    for name in named:
        assert (ROOT / name).exists(), f"extending.md names {name}"


def test_every_command_has_its_place_and_its_help_an_example() -> None:
    from typer.main import get_command

    from derive.cli import app

    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"$ derive {name}" in page or f"| derive {name}" in page, f"commands.md does not run derive {name}"
        assert f"derive {name}" in (command.epilog or ""), f"the help of derive {name} has no example"


def _options(*command: str) -> dict[str, str]:
    """What ``derive COMMAND --help`` says of each option."""
    from typer.testing import CliRunner

    from derive.cli import app

    text = CliRunner().invoke(app, [*command, "--help"], terminal_width=500).stdout
    rows = re.findall(r"^  (-\S.*?)(?:  +(.*))?$((?:\n   +.*$)*)", text.partition("Options:")[2], flags=re.M)
    return {option: " ".join(f"{said} {more}".split()) for option, said, more in rows}


_CALL = re.compile(r"`derive ([a-z]+)([^`]*)`")


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *DOCS.glob("*.md")]), ids=lambda path: path.name)
def test_a_call_within_a_sentence_is_one_that_can_be_made(path: Path) -> None:
    """Its command is there, and takes the options that the page gives it."""
    from typer.main import get_command

    from derive.cli import app

    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for command, rest in _CALL.findall(text):
        assert command in get_command(app).commands, f"{path.name}: derive {command}"  # type: ignore[attr-defined]
        known = set(re.findall(r"--?[a-z][a-z-]*", " ".join(_options(command)))) | {"--help"}
        found = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest)
        assert set(found) <= known, f"{path.name}: `derive {command}{rest}`"


def _option_table() -> list[tuple[str, str, str]]:
    """Every option, the commands that take it, and what it means, as the program says it."""
    from typer.main import get_command

    from derive.cli import app

    found: dict[tuple[str, str], list[str]] = {}
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        for option, said in _options(name).items():
            if option != "--help":
                found.setdefault((option, said), []).append(name)
    return [(option, ", ".join(sorted(names)), said) for (option, said), names in sorted(found.items())]


def test_the_options_are_those_of_the_program() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8").partition("## Options")[2]
    shown = [
        tuple(cell.strip().replace("\\|", "|").strip("`") for cell in re.split(r"(?<!\\)\|", row)[1:-1])
        for row in re.findall(r"^\| `.*$", page, flags=re.M)
    ]
    assert shown == _option_table()


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *DOCS.glob("*.md")]), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(
        r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", path.read_text(), flags=re.S)
    ):
        assert (path.parent / target).exists(), f"{path.name} leads to {target}"
