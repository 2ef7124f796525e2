"""A link that a branch can bring along shows no file from outside of the working directory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.model.findings import InputError
from generator.project.links import check_way


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with links of every kind, beside a folder that is none of it."""
    folder = tmp_path / "here"
    for name in ("here/sub", "outside/deep"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("here/web.json", "outside/x.json", "outside/deep/y.json"):
        (tmp_path / name).write_text("1")
    links = {
        "here/in.json": "web.json",
        "here/sub/up.json": "../web.json",
        "here/out.json": "../outside/x.json",
        "here/absolute.json": str(tmp_path / "outside/x.json"),
        "here/chain.json": "sub/../out.json",
        "here/folder": "../outside",
        "here/sub/again": "../folder/deep",
        "here/dead.json": "nothing",
        "here/dead-out.json": "../nothing",
        "outside/link.json": "x.json",
        "top": "here",
    }
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    monkeypatch.chdir(folder)
    return folder


ALLOWED = (
    "web.json", "in.json", "./sub/up.json", "sub/../web.json", "none.json", "dead.json", "../outside/x.json", "../here/in.json", "",
    "/dev/stdin", "{top}/here/web.json", "{top}/here/in.json", "{top}/outside/x.json", "{top}/outside/link.json", "{top}/top/in.json",
)  # fmt: skip
REFUSED = {
    "out.json": "out.json",
    "absolute.json": "absolute.json",
    "chain.json": "chain.json",
    "folder/x.json": "folder",
    "./folder/../web.json": "./folder",
    "sub/again/y.json": "sub/again",
    "dead-out.json": "dead-out.json",
    "sub/../out.json": "sub/../out.json",
    "../here/out.json": "../here/out.json",
    "../outside/link.json": "../outside/link.json",
    "{top}/here/out.json": "{top}/here/out.json",
    "{top}/top/folder/x.json": "{top}/top/folder",
}


@pytest.mark.parametrize("file", ALLOWED)
def test_files_that_somebody_names_and_links_inside_are_followed(here: Path, file: str) -> None:
    check_way(file.format(top=here.parent))


@pytest.mark.parametrize("file", REFUSED)
def test_a_link_that_leads_out_is_refused(here: Path, file: str) -> None:
    with pytest.raises(InputError) as caught:
        check_way(file.format(top=here.parent))
    link = REFUSED[file].format(top=here.parent)
    assert str(caught.value) == f"{link}: a symbolic link that leads out of the working directory"


def test_a_name_that_is_no_text_is_spelt_out(here: Path) -> None:
    (here / os.fsdecode(b"\xff.json")).symlink_to("../outside/x.json")
    with pytest.raises(InputError, match=r"^\\xff.json: a symbolic link"):
        check_way(os.fsdecode(b"\xff.json"))
