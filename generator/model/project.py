"""A project as it was read, its settings and overlays, and the result of its build. Has no behaviour but lookups."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from generator.model.findings import Finding, Level, Place, Source
from generator.model.nodes import MapNode, Scalar
from generator.model.records import Record
from generator.model.secrecy import NO_SECRETS, Secrets


class TaskOverlay(Record):
    """A layer for one task: an entry under `tasks:`, or a file of its own."""

    variables: MapNode | None
    patch: MapNode | None


class Overlay(Record):
    """One parsed file `environments/<name>.yaml`. Absent sections are None or empty. A task that is None is switched off.

    `aws` has `account` and `region`, which templates see; `cluster` and `services`, by task, only name where a task runs. A service under
    the empty name is that of the environment's only task. A YAML null means that there is no cluster, or that no service runs a task.
    `previous_families` are those that services may run until they are deployed to. `run` is how tasks are started that no service runs.
    """

    name: str
    source: Source
    extends: Scalar | None
    aws: dict[str, Scalar]
    cluster: Scalar | None
    services: dict[str, Scalar]
    service_keys: dict[str, Place]
    variables: MapNode | None
    patch: MapNode | None
    tasks: dict[str, TaskOverlay | None]
    task_keys: dict[str, Place]
    previous_families: tuple[Scalar, ...] = ()
    run: dict[str, tuple[Scalar, ...]] = {}  # noqa: RUF012 - nothing changes it

    @property
    def abstract(self) -> bool:
        """Whether it is abstract: others extend it, and it is not an environment."""
        return self.name.startswith("_")


class DeclaredException(Record):
    """An exception in the settings: a rule's finding about a name or a path, in all environments or some, and the reason."""

    code: str
    name: str
    path: str
    environments: tuple[str, ...]
    reason: str
    place: Place


class Settings(Record):
    """`taskdef.toml`, or `[tool.taskdef]` in `pyproject.toml`: folders relative to the project, and members to admit unchecked.

    `exceptions` are what may differ between environments. `levels` is how much rules weigh, by code, and `environment_levels` the same
    by environment, which goes first. `confirm` are words, and environments that have one of them in their name are asked about before
    anything changes there. `lint_for` are actions that `lint` takes files to go through, `registered_by` is the
    tool that registers artifacts if that is not `taskdef`. `environment_order` are environments in the order
    in which they are listed; those that it does not name follow by name. `source` is the file they were read from, if any.
    """

    templates: str = "templates"
    environments: str = "environments"
    rendered: str = "rendered"
    allow_members: tuple[str, ...] = ()
    source: Source | None = None
    levels: tuple[tuple[str, Level], ...] = ()
    environment_levels: tuple[tuple[str, tuple[tuple[str, Level], ...]], ...] = ()
    exceptions: tuple[DeclaredException, ...] = ()
    confirm: tuple[str, ...] = ("live", "prd", "prod", "production")
    lint_for: tuple[str, ...] = ()
    registered_by: str = ""
    environment_order: tuple[str, ...] = ()

    def asks_about(self, environment: str) -> bool:
        """Whether changes in an environment need a confirmation: by its name, or by a word in it."""
        words = environment.lower().replace("_", "-").replace(".", "-").split("-")
        return environment in self.confirm or any(word in words for word in self.confirm)

    def order_environments(self, names: Iterable[str]) -> tuple[str, ...]:
        """Sort environments in the order of the settings, then by name."""
        rank = {name: number for number, name in enumerate(self.environment_order)}
        return tuple(sorted(names, key=lambda name: (rank.get(name, len(rank)), name)))

    def find_levels(self, environment: str = "") -> dict[str, Level]:
        """Find the levels for an environment, or for none."""
        return {**dict(self.levels), **dict(dict(self.environment_levels).get(environment, ()))}


class ProjectFiles(Record):
    """Everything read from the disk, as text. Keys are file names relative to the folder, with `/`.

    `templates` has tasks (`<task>.json.j2`) and partials (`_*.j2`); `overlays` has `<env>.yaml` and `<env>/<task>.yaml`;
    `artifacts` has the committed bytes of every `<env>/<task>.json` under `rendered`. `findings` is what reading the project found.
    """

    settings: Settings
    templates: dict[str, Source]
    overlays: dict[str, Source]
    artifacts: dict[str, bytes]
    findings: tuple[Finding, ...] = ()


class Project(ProjectFiles):
    """A project as it was read, and the names it has, each sorted once."""

    @cached_property
    def tasks(self) -> tuple[str, ...]:
        """Names of the tasks, sorted."""
        return tuple(sorted(name[: -len(TASK_SUFFIX)] for name in self.templates if is_task(name)))

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Names of the environments that can be rendered, in order: those whose file's name has no leading `_`."""
        names = (name[: -len(OVERLAY_SUFFIX)] for name in self.overlays if "/" not in name)
        return self.settings.order_environments(name for name in names if not name.startswith("_"))


TASK_SUFFIX = ".json.j2"


OVERLAY_SUFFIX = ".yaml"


def is_task(name: str) -> bool:
    """Whether a template's name is that of a task rather than a partial."""
    return name.endswith(TASK_SUFFIX) and "/" not in name and not name.startswith("_")


class Artifact(Record):
    """One rendered task definition. `path` is relative to the project.

    `document` is what `text` serialises, and `variables` what its template was given, both with their places.
    """

    environment: str
    task: str
    path: str
    text: str
    document: MapNode
    variables: MapNode

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        return self.text.encode()


class ArtifactText(Record):
    """A written artifact: the bytes and the path of its file."""

    environment: str
    task: str
    path: str
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


class Build(Record):
    """The result of a run: artifacts in order of environment and task, and all findings. With an error finding, write nothing.

    `artifacts` are those without an error in their sources; `planned` are the paths of all artifacts to compute.
    `secrets` masks the secrets in all of this, and in the sources.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    planned: tuple[str, ...]
    secrets: Secrets = NO_SECRETS

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


class TextBuild(Record):
    """A build of which only the bytes of artifacts are kept, which takes little memory however many there are."""

    artifacts: tuple[ArtifactText, ...]
    findings: tuple[Finding, ...]
    planned: tuple[str, ...]
    secrets: Secrets = NO_SECRETS

    @property
    def failed(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)
