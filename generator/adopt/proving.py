"""The proof of an import: a real build of the texts that would be written, each artifact compared with the file it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.adopt.adoption import Sources, adopt
from generator.adopt.overlays import Beside
from generator.adopt.reading import Original
from generator.adopt.spots import spell
from generator.build.pipeline import StagedBuild, build_staged
from generator.build.planning import PlannedProject, plan_project
from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, Source
from generator.model.nodes import Value
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Artifact, Project, Settings
from generator.model.records import Record


class Difference(Record):
    """An artifact that is not as its file: the first path that differs."""

    environment: str
    task: str
    path: str


class Proof(Record):
    """What a build of the texts gave: the artifacts, and what of them differs; or what kept it from giving them."""

    planned: PlannedProject
    staged: StagedBuild
    artifacts: tuple[Artifact, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether every artifact is as its file."""
        return not self.differences and not self.findings


def make_project(
    settings: Settings, templates: Mapping[str, str], overlays: Mapping[str, str], base: Project | None = None
) -> Project:
    """Make the project that these texts are, templates by task and overlays by environment, with what is there already."""
    tasks = {
        f"{task}{TASK_SUFFIX}": Source(f"{settings.templates}/{task}{TASK_SUFFIX}", text)
        for task, text in templates.items()
    }
    environments = {
        f"{env}{OVERLAY_SUFFIX}": Source(f"{settings.environments}/{env}{OVERLAY_SUFFIX}", text)
        for env, text in overlays.items()
    }
    there = ({}, {}) if base is None else (base.templates, base.overlays)
    return Project(settings, {**there[0], **tasks}, {**there[1], **environments}, {})


def prove(project: Project, originals: Iterable[Original]) -> Proof:
    """Build a project, and compare each artifact with its file. Rules are not asked: what is wrong in the file may stay."""
    planned = plan_project(project)
    staged = build_staged(planned, judged=False, placed=False)
    build = staged.build
    if build.failed:
        errors = tuple(finding for finding in build.findings if finding.severity == "error")
        return Proof(planned, staged, (), (), errors)
    built = {(artifact.environment, artifact.task): artifact for artifact in build.artifacts}
    differences = []
    artifacts = []
    for original in originals:
        artifact = built.get((original.environment, original.task))
        if artifact is None:
            differences.append(Difference(original.environment, original.task, ""))
            continue
        artifacts.append(artifact)
        if artifact.text != original.text:
            path = find_difference(read_value(artifact), original.value, [first_step()])
            differences.append(Difference(original.environment, original.task, path))
    return Proof(planned, staged, tuple(artifacts), tuple(differences), ())


class Adopted(Record):
    """What is to be written, and the proof of it. `whole` are environments whose containers could not be factored, each with its task."""

    sources: Sources
    proof: Proof
    whole: tuple[tuple[str, str], ...] = ()


def adopt_proven(
    settings: Settings,
    originals: Sequence[Original],
    base: Project | None = None,
    beside: Beside | None = None,
    first: str = "",
) -> Adopted:
    """Make templates and overlays, and prove them. An environment with a difference is tried again with its containers whole.

    `base` is the existing project, and `beside` the parts of it that matter here. New overlays begin with the line `first`, unless empty.
    """
    tasks: dict[str, dict[str, Value]] = {}
    for original in originals:
        tasks.setdefault(original.task, {})[original.environment] = original.value
    whole: frozenset[tuple[str, str]] = frozenset()
    while True:
        sources = begin_with(adopt(tasks, whole, beside), first, beside)
        proof = prove(make_project(settings, sources.templates, sources.overlays, base), originals)
        more = whole | find_failed(settings, proof, tasks)
        if proof.holds or more == whole:
            return Adopted(sources, proof, tuple(sorted(whole)))
        whole = more


def begin_with(sources: Sources, first: str, beside: Beside | None) -> Sources:
    """Begin each new overlay with a line."""
    there = beside.overlays if beside is not None else {}
    overlays = {env: text if env in there else f"{first}\n{text}" for env, text in sources.overlays.items()}
    return sources._replace(overlays=overlays) if first else sources


def find_failed(settings: Settings, proof: Proof, tasks: Mapping[str, Mapping[str, Value]]) -> set[tuple[str, str]]:
    """Find the tasks and environments whose artifacts differ, or whose overlays do not fit the template."""
    failed = {(each.task, each.environment) for each in proof.differences}
    for finding in proof.findings:
        file = finding.location.file if finding.location else ""
        for task, documents in tasks.items():
            failed |= {(task, env) for env in documents if file == f"{settings.environments}/{env}{OVERLAY_SUFFIX}"}
    return failed


def read_value(artifact: Artifact) -> Value:
    """Give an artifact as plain values."""
    from generator.documents.parsing.scalars import to_value

    return to_value(artifact.document)


def find_difference(made: Value, wanted: Value, path: list[Step]) -> str:
    """Find the first path at which two values differ, in the order of the file."""
    shape = path[-1].shape
    if isinstance(made, dict) and isinstance(wanted, dict):
        for key in dict.fromkeys((*wanted, *made)):
            if key not in made or key not in wanted or made[key] != wanted[key]:
                below = [*path, member_step(shape, key)]
                return (
                    find_difference(made[key], wanted[key], below)
                    if key in made and key in wanted
                    else format_path(below)
                )
    if isinstance(made, list) and isinstance(wanted, list) and len(made) == len(wanted):
        for at, (one, other) in enumerate(zip(made, wanted, strict=True)):
            if one != other:
                return find_difference(one, other, [*path, item_step(shape, label_item(other, at, path[-1]))])
    return format_path(path)


def label_item(item: Value, at: int, step: Step) -> str:
    """Name an item by its identity, else by its number."""
    if step.row is None or not step.row.identity or not isinstance(item, dict):
        return str(at)
    texts = {name: spell(value) for name, value in item.items() if not isinstance(value, (dict, list))}
    return identity_of(step.row, texts) or str(at)
