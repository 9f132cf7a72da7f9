"""Fuzzing that follows coverage (`make fuzz`): ``python -m tests.fuzz.guided TARGET FOLDER [OPTION…]``.

Each target takes any bytes, and may only raise what it says that it raises. What else comes out of it, and what takes
longer than ``SLOW`` seconds, is written to the folder and ends the run with a status that is not zero. What reached new
code is kept in the folder, too, and the next run starts from it. Options are libFuzzer's (``-runs=1000``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["derive"]):
    from derive.batch.lines import Lines
    from derive.batch.records import BadRecord, record_of
    from derive.cache.store import FILE, Store, _closed
    from derive.documents import read_document
    from derive.language.context import Context
    from derive.read.declarations import declare
    from derive.read.errors import DeclarationError, ReadError
    from derive.read.parser import parse

from tests.fuzz.mutants import PIECES, originals
from tests.load.documents import lines as batch_lines

SLOW = 20
"""Seconds; libFuzzer watches."""
LONGEST = 3000
PIECE = 400
SEEDS = 100


def text_of(data: bytes) -> str:
    """A text, whatever the bytes."""
    return data.decode("utf-8", "replace")


def formula(data: bytes) -> None:
    """The parser: a tree, or what is wrong and where."""
    with suppress(ReadError):
        parse(text_of(data))


def declarations(data: bytes) -> None:
    """The declaration language."""
    with suppress(DeclarationError):
        declare(text_of(data), Context())


def document(data: bytes) -> None:
    """Scanner, macros and reader; the first byte says which format."""
    text = text_of(data[1:])
    found = read_document(text, latex=bool(data[:1] and data[0] % 2))
    count = text.count("\n") + text.count("\r") + 1
    for place in (*(claim.line for claim in found.derivation.claims), *(each.place.line for each in found.unread)):
        if not 1 <= (place or 1) <= count:
            raise RuntimeError(f"line {place} of {count}")


def record(data: bytes) -> None:
    """Lines of a batch, as they come out of a pipe."""
    lines = Lines(most=LONGEST // 2)
    for line in (*lines.feed(data[: len(data) // 2]), *lines.feed(data[len(data) // 2 :]), *lines.end()):
        if line is not None:
            with suppress(BadRecord):
                record_of(line)


def cached(data: bytes) -> None:
    """A cache whose file holds anything: it answers what was kept or nothing, and goes on."""
    folder = Path(FOLDER, "cache")
    _closed(folder)
    for suffix in ("-wal", "-shm", "-journal"):
        Path(folder, f"{FILE}{suffix}").unlink(missing_ok=True)
    Path(folder, FILE).write_bytes(data)
    store = Store(folder, "program")
    if store.get("key") not in (None, KEPT):
        raise RuntimeError("an answer from nowhere")
    store.put("key", KEPT)
    if store.get("key") != KEPT:
        raise RuntimeError("what is put into a damaged file is not kept")


FOLDER = sys.argv[2] if len(sys.argv) > 2 else "build/fuzz"
KEPT = {"verdict": "undecided"}
TARGETS: dict[str, Callable[[bytes], None]] = {
    "formula": formula,
    "declarations": declarations,
    "document": document,
    "record": record,
    "cached": cached,
}


def seeds(target: str) -> Iterator[bytes]:
    """What to begin with."""
    if target == "record":
        yield from batch_lines(100, seed=1)
    elif target == "cached":
        folder = Path(FOLDER, "cache")
        folder.mkdir(parents=True, exist_ok=True)
        Store(folder, "program").put("key", KEPT)
        _closed(folder)
        yield Path(folder, FILE).read_bytes()
    else:
        for latex, text in originals():
            for start in range(0, len(text), PIECE):
                yield b"10"[not latex :][:1] * (target == "document") + text[start : start + PIECE].encode()


def main() -> None:
    """Fuzz one target."""
    target, folder = sys.argv[1], Path(FOLDER, sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    found = list(seeds(target))
    for number, seed in enumerate(found[:: 1 + len(found) // SEEDS]):
        (folder / f"seed-{number}").write_bytes(seed)
    words = folder.with_suffix(".dict")
    marks = sorted({"".join(f"\\x{byte:02x}" for byte in piece.encode()) for piece in PIECES})
    words.write_text("".join(f'"{mark}"\n' for mark in marks if len(mark) < 200))
    longest = LONGEST if target != "cached" else 10 * LONGEST  # a file of SQLite has five pages
    options = [f"-dict={words}", f"-max_len={longest}", f"-timeout={SLOW}", "-rss_limit_mb=3000", "-verbosity=0"]
    telling = [f"-artifact_prefix={folder}.", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, *telling, *sys.argv[3:], str(folder)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
