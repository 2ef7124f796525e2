"""What `set` and `promote` are asked for, and what they did: values of overlays, by name. Owns no behaviour."""

from __future__ import annotations

from generator.model.comparison import Comparison
from generator.model.findings import Location
from generator.model.nodes import Scalar
from generator.model.records import Record


class Assignment(Record):
    """A value to set, by its name; without a text it is to be removed. `task` is the only one it is meant for.

    Where nothing gave it a value before, it is of the type of the one that it is `like`.
    """

    name: str
    text: str | None
    task: str | None = None
    like: Scalar | None = None


class ValueSet(Record):
    """A value that was set or removed: in which line, and what it was before. `before` is None where nothing gave it.

    `after` is None where the file no longer sets it. One that is `same` was so before, and no file changed for it.
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
    """What became of an edit: values, the environments whose artifacts changed, what differs in these, and the commit if there is one.

    `withheld` is that findings kept all from being written, `dry` that nothing was to be written. `said` are the lines of git and
    of hooks that did not let the commit be made.
    """

    values: tuple[ValueSet, ...] = ()
    environments: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    commit: Commit | None = None
    dry: bool = False
    withheld: bool = False
    said: tuple[str, ...] = ()
