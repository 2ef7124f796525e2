"""Which overlay files speak for a task in an environment, and in which order. Reports names that lead nowhere; merges nothing."""

from __future__ import annotations

from collections.abc import Mapping

from generator.documents.changing import make_edits
from generator.model.findings import Change, Finding, Note, finding_at
from generator.model.misspelling import find_misspelt
from generator.model.nodes import MapNode
from generator.model.project import OVERLAY_SUFFIX, Overlay, TaskOverlay
from generator.model.records import Record

MOST_KNOWN = 20
"""Names that a help lists."""

MOST_EXTENDED = 30
"""Overlays that extend each other one after the other. Nobody can follow more, and each is merged for each task."""


class Layer(Record):
    """One patch, of one file: `overlay` is the environment or abstract parent it belongs to, `task` is None if it is for all."""

    patch: MapNode
    overlay: str
    task: str | None


class Plan(Record):
    """All that decides one artifact besides its template: variables and patches, first layer first."""

    environment: str
    task: str
    aws: dict[str, str]
    variables: tuple[MapNode, ...]
    layers: tuple[Layer, ...]


def resolve_chain(
    overlays: Mapping[str, Overlay], name: str, known: tuple[str, ...]
) -> tuple[tuple[Overlay, ...], tuple[Finding, ...]]:
    """Follow `extends` from an environment to its last ancestor; the chain is given parent first.

    `known` names all overlays there are. A parent that is not there, was met before, or comes after too many ends the chain, reported
    (E124).
    """
    chain, met = [overlays[name]], {name}
    while (extends := chain[-1].extends) is not None:
        parent = extends.text
        if parent in overlays and parent not in met and len(chain) < MOST_EXTENDED:
            met.add(parent)
            chain.append(overlays[parent])
            continue
        if parent in overlays and parent not in met:
            message = f"more than {MOST_EXTENDED} overlays extend each other, from `{name}` to `{parent}`"
            finding = finding_at(extends.place, "E124", message, help="merge some of them into one")
        elif parent in overlays:
            way = " → ".join(f"`{overlay.name}`" for overlay in (*chain, overlays[parent]))
            finding = finding_at(extends.place, "E124", f"`extends` forms a cycle: {way}", help="delete one of them")
        else:
            near = find_misspelt(parent, known)
            message = f"`extends` names `{parent}`, and there is no `{parent}{OVERLAY_SUFFIX}`"
            edits = make_edits(Change("text", near), extends.place) if near else ()
            help = f"write `{near}`" if near else list_known(known)
            finding = finding_at(extends.place, "E124", message, help=help, edits=edits, cause=parent)
        return tuple(reversed(chain)), (finding,)
    return tuple(reversed(chain)), ()


def plan_task(
    chain: tuple[Overlay, ...], files: Mapping[str, TaskOverlay], environment: str, task: str
) -> tuple[Plan | None, tuple[Finding, ...]]:
    """Gather the layers of one task. None when the environment does not have it.

    `files` has the parsed `<overlay>/<task>.yaml`, by that name.
    """
    active = True
    off: Overlay | None = None
    aws: dict[str, str] = {}
    variables: list[MapNode] = []
    layers: list[Layer] = []
    for overlay in chain:
        aws |= {name: scalar.text for name, scalar in overlay.aws.items()}
        own = overlay.tasks.get(task)
        file = files.get(f"{overlay.name}/{task}{OVERLAY_SUFFIX}")
        if task in overlay.tasks:
            active = own is not None
            off = None if active else overlay
        elif file is not None:
            active = True
        sections = (
            (overlay.variables, overlay.patch, None),
            *((part.variables, part.patch, task) for part in (own, file) if part),
        )
        variables += [given for given, _, _ in sections if given is not None]
        layers += [Layer(patch, overlay.name, scope) for _, patch, scope in sections if patch is not None]
        if off is overlay and file is not None:
            return None, (report_dead_file(overlay, file, task),)
    if not active:
        return None, ()
    return Plan(environment, task, aws, tuple(variables), tuple(layers)), ()


def report_dead_file(overlay: Overlay, file: TaskOverlay, task: str) -> Finding:
    """Report a file for a task that the overlay beside it switches off (E126)."""
    section = file.patch or file.variables
    switched = overlay.task_keys[task].location
    return finding_at(
        section.place if section else overlay.task_keys[task],
        "E126",
        f"`{overlay.name}/{task}{OVERLAY_SUFFIX}` is for a task that `{overlay.name}` does not have",
        notes=(Note(f"it is switched off in {switched}", switched),),
        help="delete the file, or the `null`",
    )


def check_task_names(overlay: Overlay, tasks: tuple[str, ...]) -> tuple[Finding, ...]:
    """Report entries under `tasks:` and `aws.service:` that name no template (E126)."""
    findings = []
    for name, place in (*overlay.task_keys.items(), *overlay.service_keys.items()):
        if name not in tasks:
            near = find_misspelt(name, tasks)
            help = f"write `{near}`" if near else list_known(tasks)
            edits = make_edits(Change("rename", near), place) if near else ()
            message = f"there is no task `{name}`"
            findings.append(finding_at(place, "E126", message, help=help, edits=edits, cause=message))
    return tuple(findings)


def list_known(names: tuple[str, ...]) -> str:
    """List the names there are, or of many the first: every name that is wrong has such a list."""
    if not names:
        return "there is none"
    more = f" and {len(names) - MOST_KNOWN} more" if len(names) > MOST_KNOWN else ""
    return f"there is {', '.join(f'`{name}`' for name in names[:MOST_KNOWN])}{more}"
