"""The requests and the results of `set` and `promote`: values of overlays, by name. Has no behaviour."""

from __future__ import annotations

from generator.model.comparison import Comparison
from generator.model.findings import Location
from generator.model.nodes import Scalar
from generator.model.records import Record


class Assignment(Record):
    """A value to set, by its name. Without a text, the value is to be removed. `task` limits it to one task.

    If the value was not set before, it gets the type of `like`.
    """

    name: str
    text: str | None
    task: str | None = None
    like: Scalar | None = None


class ValueSet(Record):
    """A value that was set or removed, with its line. `before` is None if it was not set before.

    `after` is None if the file no longer sets it. `same` means that it had this value before, and no file changed for it.
    """

    name: str
    location: Location | None
    before: str | None
    after: str | None
    same: bool = False


class Commit(Record):
    """A commit that was made: its hash, and the first line of its message."""

    hash: str
    subject: str


class Edited(Record):
    """The result of an edit: values, the environments whose artifacts changed, their differences, and the commit if there is one.

    `withheld` means that nothing was written because of findings, and `dry` that nothing was to be written. `said` are the lines of
    git and of hooks that refused the commit.
    """

    values: tuple[ValueSet, ...] = ()
    environments: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    commit: Commit | None = None
    dry: bool = False
    withheld: bool = False
    said: tuple[str, ...] = ()
