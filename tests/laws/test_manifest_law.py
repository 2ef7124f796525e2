"""Any change of what a run reads is seen, down to a byte; a manifest with any other byte is none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given, strategies as st

from generator.project.manifest import Attempt, read_manifest, write_fields

KEY = bytes(32)
NAMES = st.sampled_from(
    ["taskdef.toml", "pyproject.toml"]
    + [f"templates/{name}" for name in ("a.json.j2", "b.json.j2", "_p.j2", "parts/_q.j2", "a.json", "notes.txt")]
    + [f"environments/{name}" for name in ("dev.yaml", "prod.yaml", "prod/a.yaml", "prod/b.yaml", "x.yml")]
    + [f"rendered/{name}" for name in ("dev/a.json", "dev/b.json", "prod/a.json", "stray")]
)
BYTES = st.binary(max_size=40)
FILES = st.dictionaries(NAMES, BYTES, max_size=8)


def snap(files: Mapping[str, bytes], words: tuple[str, ...] = ()) -> bytes:
    """Take the snapshot of a project with these files, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return Attempt("/nowhere", KEY, folder, [os.path.join(folder, word) for word in words]).snapshot


def list_read(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """List what a run sees of files: of those that it cannot open only the names."""
    return {name: b"" if name.endswith(("notes.txt", "stray")) else data for name, data in files.items()}


@given(one=FILES, other=FILES)
def test_two_projects_look_alike_only_if_they_are(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (snap(one) == snap(other)) == (list_read(one) == list_read(other))


@given(files=FILES, name=NAMES, data=BYTES, byte=st.integers(0, 1 << 16))
def test_one_byte_one_name_or_one_file_more_is_seen(files: dict[str, bytes], name: str, data: bytes, byte: int) -> None:
    before = snap(files)
    assert before == snap(dict(reversed(files.items()))) != b""
    others = [{**files, name: data}, {each: text for each, text in files.items() if each != name}]
    if text := files.get(name):
        spot = byte % len(text)
        others += [{**files, name: text[:spot] + bytes([text[spot] ^ (1 << byte % 8)]) + text[spot + 1 :]}]
        others += [{**files, name: text[:spot] + text[spot + 1 :]}, {**files, name: text + b" "}]
    for other in others:
        assert (snap(other) == before) == (list_read(other) == list_read(files))


def test_a_folder_is_no_file_that_says_folder() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "rendered").mkdir()
        (root / "rendered/a.json").write_bytes(b"folder")
        file = Attempt("/nowhere", KEY, folder, []).snapshot
        (root / "rendered/a.json").unlink()
        (root / "rendered/a.json").mkdir()
        assert Attempt("/nowhere", KEY, folder, []).snapshot not in (b"", file)


FIELDS = st.tuples(*[st.binary(max_size=20)] * 3, st.binary(min_size=32, max_size=32), BYTES, BYTES)


@given(fields=FIELDS, spot=st.integers(0, 1 << 16), bit=st.integers(0, 7), key=st.binary(min_size=32, max_size=32))
def test_a_manifest_is_whole_and_of_its_key_or_none(fields: tuple[bytes, ...], spot: int, bit: int, key: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o700)
        path = os.path.join(folder, "manifest")
        write_fields(path, KEY, fields)
        *folders, snapshot, out, err = fields
        assert read_manifest(path, KEY) == (tuple(map(os.fsdecode, folders)), snapshot, out, err)
        none = read_manifest(os.path.join(folder, "none"), KEY)
        assert none[1:] == (b"", b"", b"")
        assert key == KEY or read_manifest(path, key) == none
        whole = Path(path).read_bytes()
        spot %= len(whole)
        for data in (whole[:spot] + bytes([whole[spot] ^ 1 << bit]) + whole[spot + 1 :], whole[:spot], whole + b"0:"):
            Path(path).write_bytes(data)
            assert read_manifest(path, KEY) == none
