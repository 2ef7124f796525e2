"""Sets values one by one in the overlays of a project in memory, and records the place and the old value of each. Writes nothing."""

from __future__ import annotations

from generator.build.pipeline import build_planned
from generator.build.planning import PlannedProject, Texts, plan_project
from generator.documents.parsing.scalars import type_plain, type_scalar
from generator.documents.yaml_editing import type_like
from generator.model.edits import Assignment, ValueSet
from generator.model.findings import Edit, InputError, WrongUsage
from generator.model.nodes import Node, Scalar, Value, is_yaml_null
from generator.model.project import OVERLAY_SUFFIX, Project
from generator.model.records import Record
from generator.review.set.editing import edit_source
from generator.review.set.locating import Spot
from generator.review.set.looking import Look, find_single, refuse_template
from generator.review.set.names import VARIABLES, Name
from generator.review.set.placing import Hit, Target, Wanted, find_target, list_files
from generator.review.set.removing import remove_value

SIZES = ("cpu", "memory")
"""Members of a task that are texts to ECS and numbers to people."""


class FileEdit(Record):
    """The edits of one file that set one value, in order. Their places are in the text after all earlier edits of the file."""

    file: str
    edits: tuple[Edit, ...]


class Setter:
    """The overlays of one environment while values are set in them.

    `file` is another file of the environment that values are set in, by its name in the folder of overlays. With `override`, a
    patch may override a value that the template sets.
    """

    def __init__(self, project: Project, environment: str, *, file: str | None = None, override: bool = False) -> None:
        self.environment = environment
        self.file = file
        self.override = override
        self.texts = Texts()
        self.look = Look(plan_project(project, self.texts), environment)
        self.edits: list[FileEdit] = []
        self.values: list[ValueSet] = []

    @property
    def project(self) -> Project:
        """The project with the values that were set so far."""
        return self.planned.project

    @property
    def planned(self) -> PlannedProject:
        return self.look.planned

    def assign(self, assignment: Assignment) -> None:
        """Set or remove one value. Raises InputError or WrongUsage if that is not possible, and NotBuilt if the project has errors."""
        task = assignment.task or self.find_task()
        tasks = tuple(self.look.plans) if task is None else (task,)
        name = self.look.read_name(assignment.name, tasks)
        concerned = self.look.list_tasks(name, tasks)
        if not concerned:
            raise WrongUsage(self.look.state_unknown(assignment.name, tasks))
        wanted = self.make_wanted(concerned, one_task=task is not None)
        if assignment.text is None:
            self.remove(name, wanted)
        else:
            self.set(name, assignment, assignment.text, wanted)

    def find_task(self) -> str | None:
        """Find the task of the edited file, if it is the file of a single task."""
        inner = self.file is not None and self.file.partition("/")[2]
        return inner.removesuffix(OVERLAY_SUFFIX) if inner else None

    def make_wanted(self, tasks: tuple[str, ...], *, one_task: bool) -> Wanted:
        """Choose the files that may be edited for some tasks."""
        if self.file is not None:
            return Wanted(self.environment, tasks, frozenset((self.file,)), self.file, named=True, one_task=one_task)
        own = self.environment + OVERLAY_SUFFIX
        files = (own, *(f"{self.environment}/{task}{OVERLAY_SUFFIX}" for task in tasks))
        return Wanted(self.environment, tasks, frozenset(files), own, one_task=one_task)

    # Setting.

    def set(self, name: Name, assignment: Assignment, text: str, wanted: Wanted) -> None:
        """Set one value where it belongs, unless all its tasks have it already."""
        target = find_target(self.look.overlays, name, wanted)
        if not self.override and target.spot.rest and name.section != VARIABLES:
            for task in target.tasks:
                refuse_template(self.look, name, task)
        now = find_single(self.look, name, target.tasks[0])
        old = now if isinstance(now, Scalar) and not is_yaml_null(now) else assignment.like
        value = type_value(name, text, target.spot, old)
        before = state_value(now)
        if self.is_set(name, value, target, wanted):
            location = now.place.location if now is not None else None
            self.values.append(ValueSet(name.text, location, before, before, same=True))
            return
        root = self.look.overlays.read(target.section.file)
        edited = edit_source(root, target.spot, name, value)
        planned = self.planned
        self.take(FileEdit(target.section.file, edited.edits), edited.source.text)
        if name.section == VARIABLES:
            self.refuse_shadowed(planned, name, target)
        place = edited.place._replace(source=self.project.overlays[target.section.file])
        self.values.append(ValueSet(name.text, place.location, before, text))

    def is_set(self, name: Name, value: Value, target: Target, wanted: Wanted) -> bool:
        """Whether the place of a value has it already, or all its tasks do; a file that the user named must have it itself."""
        if not target.spot.rest:
            return has_value(target.spot.node, value, name)
        return not wanted.named and all(
            has_value(self.look.find_value(name, task), value, name) for task in target.tasks
        )

    def take(self, edit: FileEdit, text: str) -> None:
        """Take the new text of a file into the project."""
        source = self.project.overlays[edit.file]
        overlays = {**self.project.overlays, edit.file: source._replace(text=text)}
        self.look = Look(plan_project(self.project._replace(overlays=overlays), self.texts), self.environment)
        self.edits.append(edit)

    def refuse_shadowed(self, old: PlannedProject, name: Name, target: Target) -> None:
        """Refuse a variable that the templates define themselves, if no artifact depends on the overlay's value."""
        places = self.look.find_definitions(name, target.tasks)
        if not places:
            return
        before, after = (
            {
                each.path: each.text
                for each in build_planned(planned, environments=[self.environment], judged=False).artifacts
            }
            for planned in (old, self.planned)
        )
        if before == after:
            message = f"`{name.text}` is set by the template, in {places[0].location}, so a variable in an overlay has no effect"
            raise InputError(message, "change it there, or use the variable in the template")

    # Removing.

    def remove(self, name: Name, wanted: Wanted) -> None:
        """Remove one value from where it is set."""
        found = [hit for task in wanted.tasks for hit in self.look.overlays.list_hits(self.environment, task, name)]
        own = list(dict.fromkeys((hit.section, hit.spot.keys) for hit in found if is_removable(hit, wanted)))
        if not own:
            raise InputError(*self.state_absent(name, found, wanted))
        if len(own) > 1:
            places = " and ".join(
                dict.fromkeys(str(hit.spot.node.place.location) for hit in found if is_removable(hit, wanted))
            )
            raise InputError(f"`{name.text}` is set in {places}", "name the task: `ENV/TASK`")
        hit = next(hit for hit in found if is_removable(hit, wanted))
        root = self.look.overlays.read(hit.section.file)
        before, place = state_value(hit.spot.node), hit.spot.node.place.location
        edit, source = remove_value(root, hit.spot, name)
        self.take(FileEdit(hit.section.file, (edit,)), source.text)
        self.values.append(ValueSet(name.text, place, before, None))

    def state_absent(self, name: Name, found: list[Hit], wanted: Wanted) -> tuple[str, str | None]:
        """State that the editable files do not set a value, and which file does."""
        path = self.project.overlays[wanted.new].path
        message = f"`{path}` does not set `{name.text}`"
        if not found:
            return message, None
        place = found[-1].spot.node.place
        return f"{message}: it is set in {place.location}", f"remove it there with `--in {place.source.path}`"

    # Environments.

    def list_reached(self) -> tuple[str, ...]:
        """List the environments that the edited files are a part of. Without an edit, that is the setter's own environment."""
        if not self.edits:
            return (self.environment,)
        names = {edit.file.removesuffix(OVERLAY_SUFFIX).partition("/")[0] for edit in self.edits}
        return tuple(env for env in self.project.environments if names.intersection(self.planned.find_chain(env).names))


def is_removable(hit: Hit, wanted: Wanted) -> bool:
    """Whether a section is in an editable file, and sets the value."""
    return hit.section.file in wanted.files and not hit.spot.rest


def type_value(name: Name, text: str, spot: Spot, old: Scalar | None) -> Value:
    """Choose the type of a new value: that of the value it replaces, else that of its member. Quoted values stay text."""
    own = spot.node if not spot.rest else None
    if isinstance(own, Scalar) and not is_yaml_null(own):
        bare_text = own.kind != "text" and isinstance(type_scalar(own), str)
        if name.section == VARIABLES or not bare_text:
            return type_like(text, own)
    if name.section == VARIABLES:
        return type_like(text, old)
    as_text = name.is_text and name.text not in SIZES
    typed = type_plain(text)
    return text if as_text or typed is None else typed


def has_value(node: Node | None, value: Value, name: Name) -> bool:
    """Whether a node has a value already."""
    if not isinstance(node, Scalar) or is_yaml_null(node):
        return False
    if name.section != VARIABLES:
        return node.text == (value if isinstance(value, str) else str(value).lower())
    read = type_scalar(node)
    return type(read) is type(value) and bool(read == value)


def state_value(node: Node | None) -> str | None:
    """Return the text of a node, if it is a scalar."""
    return node.text if isinstance(node, Scalar) else None


def find_file(look: Look, word: str, root: str) -> str:
    """Find a file of an environment by its path, or by the name of an overlay."""
    sources = look.planned.project.overlays
    files = list_files(look.overlays, look.environment)
    for file in files:
        prefix = "" if root in ("", ".") else root.rstrip("/") + "/"
        if word in (file, sources[file].path, prefix + sources[file].path, file.removesuffix(OVERLAY_SUFFIX)):
            return file
    known = ", ".join(f"`{sources[file].path}`" for file in files)
    raise WrongUsage(f"`{word}` is not a file of `{look.environment}`, which is made of {known}")
