"""A failing case made small: files, then lines, then characters are taken out while it still fails in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from tests.fuzz.words import Case

MOST_TRIES = 600
MOST_SECONDS = 100.0

Fails = Callable[[Case], bool]


def shrink(case: Case, fails: Fails) -> Case:
    """Make a case smaller, as long as tries are left."""
    left, start = MOST_TRIES, monotonic()

    def still(smaller: Case) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and monotonic() - start < MOST_SECONDS and fails(smaller)

    for name in list(case.files):
        smaller = case._replace(files={other: data for other, data in case.files.items() if other != name})
        case = smaller if still(smaller) else case
    for told in case.answers:
        smaller = case._replace(answers=tuple(other for other in case.answers if other != told))
        case = smaller if still(smaller) else case
    for split in (split_lines, split_characters):
        for name in list(case.files):
            case = shrink_file(case, name, split, still)
    empty = case._replace(stdin=b"")
    return empty if case.stdin and still(empty) else case


def shrink_file(case: Case, name: str, split: Callable[[bytes], list[bytes]], fails: Fails) -> Case:
    """Take parts out of one file, large ones first."""
    parts = split(case.files[name])
    size = max(len(parts) // 2, 1)
    while size:
        start = 0
        while start < len(parts):
            fewer = parts[:start] + parts[start + size :]
            smaller = case._replace(files={**case.files, name: b"".join(fewer)})
            if fails(smaller):
                case, parts = smaller, fewer
            else:
                start += size
        size //= 2
    return case


def split_lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def split_characters(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


def name_fault(faults: Sequence[str]) -> str:
    """Name what one case fails by: its first fault, without the numbers in it."""
    fault = faults[0]
    return fault.partition(" s for")[0].split(":")[0] if fault.startswith("slow") else fault
