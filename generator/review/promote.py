"""Finds the image versions or named values of one environment that another is to get. Edits nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.documents.parsing.overlay import fold_variables
from generator.model.edits import Assignment
from generator.model.findings import InputError, WrongUsage
from generator.model.nodes import Keyed, MapNode, Node, Scalar, is_yaml_null
from generator.model.project import Artifact, Build
from generator.model.records import Record
from generator.review.compare import compare_environments
from generator.review.explain.index import list_scalars
from generator.review.set.looking import Look, NotBuilt
from generator.review.set.names import VARIABLES, Name
from generator.review.set.placing import SeveralPlaces
from generator.review.set.setting import Setter
from generator.rules.images import split_tag

CONTAINERS = "containerDefinitions"


class Version(Record):
    """The version of an image: a tag, a digest, or both."""

    tag: str
    digest: str

    @property
    def text(self) -> str:
        """The end of the image, as it is written."""
        return (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


class Move(Record):
    """An image that is to get another version: its task and container, the version, and the image now."""

    task: str
    container: str
    wanted: Version
    image: Scalar


class Given(Record):
    """A value that a task is to get, by its name. `like` is the value that it comes from."""

    task: str
    name: str
    text: str
    like: Scalar | None = None


def split_version(image: str) -> tuple[str, Version]:
    """Split an image into its repository and its version."""
    name, _, digest = image.partition("@")
    repository, tag = split_tag(name)
    return repository, Version(tag or "", digest)


def find_moves(source: Look, target: Look, tasks: Sequence[str]) -> tuple[Move, ...]:
    """Find the images whose versions differ between two environments. Raises NotBuilt if these cannot be compared."""
    moves = []
    for task in tasks:
        review = compare_environments(target.planned, source.environment, target.environment, task=task)
        if review.findings:
            raise NotBuilt(review.findings)
        for change in (each for comparison in review.comparisons for each in comparison.changes):
            row = change.row
            if row.structure != "ContainerDefinition" or row.member != "image":
                continue
            if isinstance(row.left, Scalar) and isinstance(row.right, Scalar):
                wanted = split_version(row.left.text)[1]
                if wanted != split_version(row.right.text)[1]:
                    container = find_container(target, task, row.container, row.right)
                    moves.append(Move(task, container, wanted, row.right))
    return tuple(moves)


def find_container(look: Look, task: str, name: str, image: Scalar) -> str:
    """Find the name in overlays of the container with an image: the name in the comparison, else by the place of the image."""
    images = dict(list_images(look.trace_stages(task).stages[-1].document))
    if name in images and images[name].text == image.text:
        return name
    return next((each for each, node in images.items() if node.place == image.place), name)


def list_images(document: MapNode) -> list[tuple[str, Scalar]]:
    """List the images of a document, by the names of their containers in overlays."""
    containers = document.items.get(CONTAINERS)
    found = (
        ((item.identity, item.node.items.get("image")) for item in containers.items)
        if isinstance(containers, Keyed)
        else ()
    )
    return [(name, image) for name, image in found if isinstance(image, Scalar)]


def refuse_environment_tag(tag: str, container: str, environments: Iterable[str]) -> None:
    """Refuse a tag that is an environment's name: it moves with every build, so it is no version."""
    if tag in environments:
        message = (
            f"the tag of container `{container}` would be `{tag}`, which is the name of an environment, not a version"
        )
        raise InputError(
            message, "build the image with a version as its tag, that of git for instance, and promote that"
        )


def find_given(source: Look, target: Look, move: Move) -> tuple[Given, ...]:
    """Find the values that set the version of an image: the overlay's own member, or variables. Raises InputError if that is uncertain."""
    path = f"{CONTAINERS}[{move.container}].image"
    repository, now = split_version(move.image.text)
    hits = target.overlays.list_hits(target.environment, move.task, target.read_member(path, (move.task,)))
    if hits and hits[-1].spot.obstacle is None:
        return (Given(move.task, path, repository + move.wanted.text),)
    names = target.follow(move.task).follow(move.image.place).names
    here, there = (list_leaves(look, move.task, names) for look in (target, source))
    if (not now.tag) == (not move.wanted.tag) and (not now.digest) == (not move.wanted.digest):
        parts = [(old, new) for old, new in zip(now, move.wanted, strict=True) if old != new]
        found = [find_part(here, there, old, new) for old, new in parts]
        if all(found):
            return tuple(
                Given(move.task, name, new, there.get(name))
                for name, (_, new) in zip(found, parts, strict=True)
                if name
            )
    whole = [
        name
        for name, leaf in here.items()
        if leaf.text.endswith(now.text) and move.image.text.endswith(leaf.text) and now.text
    ]
    if len(whole) == 1:
        (name,) = whole
        text = here[name].text.removesuffix(now.text) + move.wanted.text
        return (Given(move.task, name, text, here[name]),)
    where = move.image.place.location
    message = f"no single variable sets the version of container `{move.container}`, which is written in {where}"
    raise InputError(message, "name the values to promote, as `taskdef explain` names them")


def list_leaves(look: Look, task: str, names: Iterable[str]) -> dict[str, Scalar]:
    """List the values of variables by their names. Values in lists have no name, and are skipped."""
    variables = fold_variables(look.plans[task].variables).items
    leaves = [leaf for name in names if name in variables for leaf in list_scalars(name, variables[name])]
    return {name: leaf for name, leaf in leaves if "[" not in name}


def find_part(here: Mapping[str, Scalar], there: Mapping[str, Scalar], old: str, new: str) -> str | None:
    """Find the variable that sets a tag or a digest: it has the old value here and, if several have, the new value there."""
    named = [name for name, leaf in here.items() if leaf.text == old]
    if len(named) > 1:
        named = [name for name in named if name in there and there[name].text == new]
    if not named:
        named = [name for name, leaf in there.items() if leaf.text == new and name not in here]
    return named[0] if len(named) == 1 else None


def find_named(source: Look, target: Look, text: str, tasks: tuple[str, ...]) -> tuple[Given, ...]:
    """Find a value by its name in one environment, for each task that has it in the other one too."""
    name = source.read_name(text, tasks)
    concerned = [task for task in source.list_tasks(name, tasks) if target.list_tasks(name, (task,))]
    given = []
    for task in concerned:
        node = source.find_value(name, task)
        if not isinstance(node, Scalar) or is_yaml_null(node):
            raise WrongUsage(state_no_value(name, node, source))
        given.append(Given(task, text, node.text, node if name.section == VARIABLES else None))
    if not given:
        raise WrongUsage(source.state_unknown(text, tasks))
    return tuple(given)


def state_no_value(name: Name, node: Node | None, source: Look) -> str:
    """State that an environment has no single value for a name."""
    if node is None:
        return f"`{source.environment}` does not set `{name.text}`"
    return (
        f"`{name.text}` in `{source.environment}` is null"
        if isinstance(node, Scalar)
        else f"`{name.text}` is not one value"
    )


def assign_all(setter: Setter, given: Sequence[Given]) -> None:
    """Set values in another environment: once if all tasks are to have the same value, else for each task by itself."""
    for name in dict.fromkeys(each.name for each in given):
        own = [each for each in given if each.name == name]
        tasks = tuple(setter.look.plans)
        concerned = setter.look.list_tasks(setter.look.read_name(name, tasks), tasks)
        texts = {each.task: each.text for each in own}
        if len(set(texts.values())) == 1 and set(texts) == set(concerned):
            try:
                setter.assign(Assignment(name, own[0].text, None, own[0].like))
                continue
            except SeveralPlaces:  # each in its own
                pass
        for each in own:
            setter.assign(Assignment(name, each.text, each.task, each.like))


def check_moves(built: Build, environment: str, moves: Iterable[Move]) -> None:
    """Refuse an edit after which an image would not have the version that it is to get."""
    artifacts: dict[str, Artifact] = {each.task: each for each in built.artifacts if each.environment == environment}
    for move in moves:
        artifact = artifacts.get(move.task)
        images = dict(list_images(artifact.document)) if artifact is not None else {}
        image = images.get(move.container)
        if image is not None and split_version(image.text)[1] != move.wanted:
            message = f"container `{move.container}` would get `{split_version(image.text)[1].text}`, not `{move.wanted.text}`"
            raise InputError(message, "name the values to promote, as `taskdef explain` names them")
