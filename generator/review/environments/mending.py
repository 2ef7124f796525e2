"""Overlays without the overrides that change nothing, and the proof that no artifact changes by that. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.build.planning import PlannedProject, plan_project
from generator.build.streaming import build_texts
from generator.model.findings import Place
from generator.model.project import Artifact, ArtifactText, Build, Project, TextBuild
from generator.model.records import Record
from generator.review.environments.pruning import prune_overlay


class Mended(Record):
    """A project whose overlays say the same in fewer words, their names in `changed`, and how many values had to stay.

    `proven` is false where artifacts or findings would not be the same; then the project is the one that was given.
    """

    project: Project
    changed: tuple[str, ...]
    left: int
    proven: bool


def mend_project(planned: PlannedProject, built: Build | TextBuild, idle: Iterable[Place]) -> Mended:
    """Take values that change nothing out of overlays, and build again to prove that; `built` is what the project gives."""
    project = planned.project
    places: dict[str, set[Place]] = {}
    for place in idle:
        places.setdefault(place.source.path, set()).add(place)
    overlays, changed, left = dict(project.overlays), [], 0
    for name, source in project.overlays.items():
        if source.path in places:
            pruned = prune_overlay(source, frozenset(places[source.path]))
            left += len(pruned.left)
            if pruned.text != source.text:
                overlays[name] = source._replace(text=pruned.text)
                changed.append(name)
    mended = project._replace(overlays=overlays)
    if not prove_same(built, build_texts(plan_project(mended, planned.texts))):
        return Mended(project, (), left, False)
    return Mended(mended, tuple(changed), left, True)


def prove_same(before: Build | TextBuild, after: TextBuild) -> bool:
    """Whether two builds give the same bytes in the same places, and nothing failed."""
    return not after.failed and before.planned == after.planned and list_bytes(before) == list_bytes(after)


def list_bytes(build: Build | TextBuild) -> dict[str, bytes]:
    """List the bytes of the artifacts of a build by their paths."""
    artifacts: Sequence[Artifact | ArtifactText] = build.artifacts
    return {artifact.path: artifact.data for artifact in artifacts}
