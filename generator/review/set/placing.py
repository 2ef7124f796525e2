"""Chooses the line of an overlay in which to set a value: where the editable files set it last, or a new one. Edits nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.build.planning import PlannedProject
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import InputError, Place
from generator.model.nodes import MapNode
from generator.model.project import OVERLAY_SUFFIX
from generator.model.records import Record
from generator.review.set.locating import Spot, locate
from generator.review.set.names import Leg, Name


class Section(Record):
    """The variables or the patch of one layer: a file in the folder of overlays, and the keys that lead there.

    `task` is the task that the section is for, or None if it is for all.
    """

    file: str
    keys: tuple[str, ...]
    task: str | None = None


class Hit(Record):
    """A section that sets a value or has an obstacle to it, and how far it leads."""

    section: Section
    spot: Spot


class Target(Record):
    """Where a value is set: the section, and how far that leads. `tasks` are the tasks that get the value."""

    section: Section
    spot: Spot
    tasks: tuple[str, ...]


class Wanted(Record):
    """Where a value may be set: the environment, the tasks and the editable files. New entries go into the file `new`.

    `named` means that the user named one file, and `one_task` that the user named a single task.
    """

    environment: str
    tasks: tuple[str, ...]
    files: frozenset[str]
    new: str
    named: bool = False
    one_task: bool = False


class SeveralPlaces(InputError):
    """A value is set for each task by itself, and the user named no task."""


class Overlays:
    """The overlays of a project as they are written."""

    def __init__(self, planned: PlannedProject) -> None:
        self.planned = planned
        self.roots: dict[str, MapNode] = {}

    def read(self, file: str) -> MapNode:
        """Read a file, once. It must be an overlay; an empty one has no keys."""
        if file not in self.roots:
            source = self.planned.project.overlays[file]
            root, _ = parse_yaml(source)
            self.roots[file] = root if isinstance(root, MapNode) else MapNode(Place(source, 0, 0), {}, {})
        return self.roots[file]

    def list_sections(self, environment: str, task: str, kind: str) -> Iterator[Section]:
        """List the sections that apply to a task in an environment, lowest layer first."""
        chain = self.planned.find_chain(environment)
        for overlay in chain.overlays:
            file = overlay.name + OVERLAY_SUFFIX
            yield Section(file, (kind,))
            if overlay.tasks.get(task) is not None:
                yield Section(file, ("tasks", task, kind), task)
            own = f"{overlay.name}/{task}{OVERLAY_SUFFIX}"
            if own in chain.files:
                yield Section(own, (kind,), task)

    def locate(self, section: Section, name: Name) -> Spot:
        """Find a value in a section, or how far it leads."""
        return locate(self.read(section.file), (*(Leg(key) for key in section.keys), *name.legs))

    def list_hits(self, environment: str, task: str, name: Name) -> list[Hit]:
        """List the sections that set a value or have an obstacle to it, lowest layer first."""
        sections = self.list_sections(environment, task, name.section)
        hits = (Hit(section, self.locate(section, name)) for section in sections)
        return [hit for hit in hits if not hit.spot.rest or hit.spot.obstacle]


def find_target(overlays: Overlays, name: Name, wanted: Wanted) -> Target:
    """Find where a value is set: where the files that may be edited set it last, else in a new entry of one of them.

    Raises InputError if that is not possible, and SeveralPlaces if there are several places.
    """
    hits = {task: overlays.list_hits(wanted.environment, task, name) for task in wanted.tasks}
    own: dict[str, Hit] = {}
    for task, found in hits.items():
        last = next((hit for hit in reversed(found) if hit.section.file in wanted.files), None)
        if wanted.named:
            refuse_overridden(found, last, wanted, overlays, name)
        if last is not None:
            refuse_obstacle(last, name)
            own[task] = last
    spots = list(dict.fromkeys((hit.section, hit.spot.keys) for hit in own.values()))
    if not spots:
        return make_new(overlays, name, wanted)
    if len(spots) > 1 or len(own) < len(wanted.tasks):
        raise SeveralPlaces(*state_choice(overlays, name, wanted, own))
    hit = next(iter(own.values()))
    plans = overlays.planned.list_plans([wanted.environment], overlays.planned.project.tasks)
    if wanted.one_task and hit.section.task is None and len(plans) > 1:
        return make_new(overlays, name, wanted)
    return Target(hit.section, hit.spot, wanted.tasks)


def refuse_obstacle(hit: Hit, name: Name) -> None:
    """Refuse a value that a file writes in a form which cannot be edited."""
    obstacle = hit.spot.obstacle
    if obstacle is not None:
        message = f"`{name.text}` cannot be set: {obstacle.place.location} {obstacle.why}"
        raise InputError(message, "edit the file there")


def refuse_overridden(found: Sequence[Hit], last: Hit | None, wanted: Wanted, overlays: Overlays, name: Name) -> None:
    """Refuse to set a value in a file if a later layer overrides it."""
    later = found[found.index(last) + 1 :] if last is not None else found
    order = list_files(overlays, wanted.environment)
    rank = order.index(wanted.new)
    over = next((hit for hit in reversed(later) if order.index(hit.section.file) > rank), None)
    if over is not None:
        path = overlays.planned.project.overlays[wanted.new].path
        place = find_place(over.spot)
        raise InputError(
            f"`{name.text}` in `{path}` would change nothing in `{wanted.environment}`: {place.location} overrides it"
        )


def find_place(spot: Spot) -> Place:
    """Find the place to show for a value."""
    return spot.obstacle.place if spot.obstacle is not None else spot.node.place


def list_files(overlays: Overlays, environment: str) -> list[str]:
    """List the overlay files of an environment, lowest layer first."""
    files: dict[str, None] = {}
    for task in overlays.planned.project.tasks:
        files |= dict.fromkeys(section.file for section in overlays.list_sections(environment, task, "vars"))
    chain = [overlay.name for overlay in overlays.planned.find_chain(environment).overlays]
    return sorted(
        files, key=lambda file: (chain.index(file.removesuffix(OVERLAY_SUFFIX).partition("/")[0]), "/" in file)
    )


def state_choice(overlays: Overlays, name: Name, wanted: Wanted, own: dict[str, Hit]) -> tuple[str, str]:
    """State that a value is set for each task by itself, and how to name one."""
    places = (str(find_place(hit.spot).location) for hit in own.values())
    lacking = [task for task in wanted.tasks if task not in own]
    said = " and ".join(dict.fromkeys(places))
    if lacking:
        said += f", and not for {' and '.join(f'`{task}`' for task in lacking)}"
    words = " or ".join(f"`{wanted.environment}/{task}`" for task in wanted.tasks)
    return f"`{name.text}` is set in {said}", f"name the task: {words}"


def make_new(overlays: Overlays, name: Name, wanted: Wanted) -> Target:
    """Find the place of a new entry: for one of several tasks in its own file or entry, else for all tasks."""
    section = Section(wanted.new, (name.section,))
    planned = overlays.planned
    plans = planned.list_plans([wanted.environment], planned.project.tasks)
    if wanted.one_task and len(plans) > 1 and "/" not in wanted.new:
        (task,) = wanted.tasks
        file = wanted.new.removesuffix(OVERLAY_SUFFIX) + f"/{task}{OVERLAY_SUFFIX}"
        if file in planned.project.overlays and not wanted.named:
            section = Section(file, (name.section,), task)
        else:
            section = Section(wanted.new, ("tasks", task, name.section), task)
    spot = overlays.locate(section, name)
    refuse_obstacle(Hit(section, spot), name)
    return Target(section, spot, wanted.tasks)
