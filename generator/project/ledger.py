"""The ledger of a project: what each artifact came from in the last clean run, kept in the user's cache folder beside the manifests."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from generator.project.manifest import make_common_key, read_fields, write_fields

if TYPE_CHECKING:
    from generator.build.parts import Origins

WIDTH = 5
"""Fields of an artifact: its environment, its task, the templates, and the digests of all sources and of its bytes."""


class Ledger:
    """The place of one project's ledger: `folder` is that of the manifests, and `root` the project's."""

    def __init__(self, folder: str, root: str) -> None:
        self.folder = folder
        self.root = root

    @cached_property
    def key(self) -> bytes:
        """A digest of the project's place, and of everything else that decides how its artifacts are built."""
        return make_common_key(("ledger", os.path.realpath(self.root)))

    @property
    def path(self) -> str:
        """The file of the ledger."""
        return os.path.join(self.folder, self.key.hex())

    def read(self) -> Origins:
        """Read the origins. A ledger that is damaged, or of another version of anything, is as none."""
        from generator.build.parts import Origin  # only if a project is large

        fields = read_fields(self.path, self.key)
        rows = (fields[start : start + WIDTH] for start in range(0, len(fields), WIDTH))
        return {
            (os.fsdecode(env), os.fsdecode(task)): Origin(tuple(os.fsdecode(names).split("\n")), sources, artifact)
            for env, task, names, sources, artifact in rows
        }

    def write(self, origins: Origins) -> None:
        """Write the origins, whole or not at all."""
        fields = (
            field
            for (env, task), origin in origins.items()
            for field in (*map(os.fsencode, (env, task, "\n".join(origin.templates))), origin.sources, origin.artifact)
        )
        write_fields(self.path, self.key, fields)
