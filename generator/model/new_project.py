"""What a project begins with, as values: the answers that `init` works on, and what it made of them."""

from __future__ import annotations

from typing import Literal, get_args

from generator.model.adoption import NewFile
from generator.model.findings import Location
from generator.model.project import Settings
from generator.model.records import Record

LaunchType = Literal["fargate", "ec2"]

LAUNCH_TYPES: tuple[LaunchType, ...] = get_args(LaunchType)

EXAMPLE_ACCOUNT = "123456789012"
"""The account in the examples of the AWS documentation. Nobody is meant by it."""

Gap = Literal["account", "source", "owners"]
"""What only a person can fill in: the account, where taskdef is installed from, and who reviews production."""


class NewProject(Record):
    """What a project is to begin with. Environments stand in the order in which a release goes through them.

    `owners` review changes of production, as `CODEOWNERS` names them. `source` is what the workflow installs as taskdef.
    """

    name: str
    environments: tuple[str, ...] = ("dev", "test", "prod")
    launch_type: LaunchType = "fargate"
    account: str = EXAMPLE_ACCOUNT
    region: str = "us-east-1"
    owners: tuple[str, ...] = ()
    renovate: bool = False
    source: str = ""

    @property
    def production(self) -> tuple[str, ...]:
        """The environments that are called like production; the last one, if none is."""
        asked = tuple(name for name in self.environments if Settings().asks_about(name))
        return asked or self.environments[-1:]


class Site(Record):
    """A folder that a project is to begin in.

    `name` is the folder's own. `top` is the top folder of the repository where that is another folder, else empty. `there` is what a
    project has and the folder has already.
    """

    name: str
    top: str = ""
    there: tuple[str, ...] = ()


class Begun(Record):
    """What `init` made: files, and those that it kept, each with what is there in its place.

    `gaps` are what is to be filled in, and where. `left_out` are files that belong in the top folder of the repository, `top`.
    """

    files: tuple[NewFile, ...]
    kept: tuple[tuple[str, str], ...] = ()
    gaps: tuple[tuple[Gap, Location], ...] = ()
    left_out: tuple[str, ...] = ()
    top: str = ""
    dry: bool = False
    folder: str = ""
