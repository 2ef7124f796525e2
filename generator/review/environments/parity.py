"""W701: the variables and secrets of a container that one environment has and another lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.documents.variables import find_variables
from generator.model.findings import Note, Place
from generator.model.nodes import Keyed, MapNode
from generator.model.project import OVERLAY_SUFFIX
from generator.review.environments.evidence import Case, Claim, list_names, make_finding, note_place

LISTS = ("environment", "secrets")
"""Where a container's variables are: one that moves from one of these to the other is not lacking."""


def find_lacking(folder: str, group: Sequence[Case]) -> Iterator[Claim]:
    """Find names that containers of some environments of one task lack, and that no overlay took away there."""
    found = {case.environment: find_names(case.artifact.document) for case in group}
    containers = dict.fromkeys(container for names in found.values() for container in names)
    for container in containers:
        there = [case for case in group if container in found[case.environment]]
        names = dict.fromkeys(name for case in there for name in found[case.environment][container])
        for name in names:
            having = [case for case in there if name in found[case.environment][container]]
            lacking = [
                case.environment for case in there if case not in having and not was_there(case, container, name)
            ]
            if lacking:
                places = [place_name(case, *found[case.environment][container][name]) for case in having]
                member = found[having[0].environment][container][name][0]
                yield make_claim(folder, container, member, name, having, places, lacking)


def make_claim(
    folder: str, container: str, member: str, name: str, having: list[Case], places: list[Place], lacking: list[str]
) -> Claim:
    """Make of what some environments lack a finding where the first of the others has it. `folder` is that of overlays."""
    environments = tuple(case.environment for case in having)
    files = [f"{folder}/{name}{OVERLAY_SUFFIX}" for name in lacking]
    kind = "secret" if member == "secrets" else "variable"
    message = f"`{container}` has the {kind} `{name}` in {list_names(environments)}, and not in {list_names(lacking)}"
    notes: dict[Place, Note] = {}
    for case, place in zip(having, places, strict=True):
        if place != places[0]:
            notes.setdefault(place, note_place(f"`{case.environment}` has it from", place))
    finding = make_finding(
        places[0],
        "W701",
        message,
        path=f"containerDefinitions[{container}].{member}[{name}]",
        notes=tuple(notes.values()),
        help=help_with(f"containerDefinitions.{container}.{member}", places[0], files),
    )
    return Claim(finding, name, tuple(dict.fromkeys(places)), environments, tuple(lacking), having[0].task)


def help_with(where: str, place: Place, files: list[str]) -> str:
    """Say in which files a name can be set, and which comment says that it is meant to lack there."""
    comment = (
        "{# taskdef: ignore[W701] REASON #}" if place.source.path.endswith(".j2") else "# taskdef: ignore[W701] REASON"
    )
    here = place.location
    return (
        f"set it under `patch.{where}` in {list_names(files)}; if it is meant to differ, write `{comment}` above line {here.line} of"
        f" {here.file}"
    )


def find_names(document: MapNode) -> dict[str, dict[str, tuple[str, Place]]]:
    """Find, by container, the names of its variables, each with the list it is in and where it is written."""
    containers = document.items.get("containerDefinitions")
    if not isinstance(containers, Keyed):
        return {}
    return {
        container.identity: {
            item.identity: (member, item.node.items["name"].place)
            for member in LISTS
            if isinstance(items := container.node.items.get(member), Keyed)
            for item in items.items
            if "name" in item.node.items
        }
        for container in containers.items
    }


def was_there(case: Case, container: str, name: str) -> bool:
    """Whether a name was there before an overlay took it away: anyone who did so said it."""
    return any(name in find_names(stage.document).get(container, {}) for stage in case.stages)


def place_name(case: Case, member: str, place: Place) -> Place:
    """Find where a name was written: in the overlay where the template only passes a variable on."""
    named = find_variables(place, case.artifact.variables)
    return named[0].place if len(named) == 1 else place
