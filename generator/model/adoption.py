"""What an import made of existing files, as values: the texts, what differs by what, and what kept them from being written."""

from __future__ import annotations

from generator.model.records import Record


class NewFile(Record):
    """A file that is written: its text, and the text that was there before, if any. `shown` is the text without secrets."""

    path: str
    text: str
    before: str | None = None
    shown: str = ""


class Omitted(Record):
    """What of an environment's files an import omits, counted by kind: `read_only`, `nulls`, `empty`, `comments`, `commas`, `mark`."""

    environment: str
    counts: tuple[tuple[str, int], ...]


class Reason(Record):
    """Why something became what it is: a variable with its values, the `$id` of containers, or a patch."""

    kind: str
    name: str
    detail: str
    values: tuple[tuple[str, str], ...] = ()


class Unlike(Record):
    """An artifact that would not be as its file, and the first path that differs."""

    environment: str
    task: str
    path: str


class Size(Record):
    """Lines of the files, templates and overlays, and values by what they differ by."""

    inputs: int = 0
    templates: int = 0
    overlays: int = 0
    values: int = 0
    shared: int = 0
    environment: int = 0
    home: int = 0
    variables: int = 0
    patches: int = 0


class Imported(Record):
    """What an import made.

    `unlike` are artifacts that are not proven, and then nothing is written. `guessed` are environments whose account is only in an
    image, `whole` those whose containers are not factored, each with its task and why. `codes` are those that `render` would refuse.
    `sensitive` are arguments that Terraform marks as sensitive, each with its environment. `between` counts, by code, the findings
    between environments that `taskdef check` will report.
    """

    environments: tuple[str, ...]
    artifacts: int
    files: tuple[NewFile, ...]
    size: Size
    variables: tuple[str, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    guessed: tuple[str, ...] = ()
    whole: tuple[tuple[str, str, str], ...] = ()
    codes: tuple[str, ...] = ()
    kept: bool = False
    reasons: tuple[Reason, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    dry: bool = False
    sensitive: tuple[tuple[str, str], ...] = ()
    between: tuple[tuple[str, int], ...] = ()
