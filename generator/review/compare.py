"""Two sides of a review: which artifacts face each other, how these differ and why. Pure: projects in memory in, comparisons out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.build.pipeline import Stage, build_planned, trace
from generator.build.planning import PlannedProject, Texts, plan_project
from generator.build.remembering import Memory, build_again
from generator.documents.hiding import Origins, make_secrets
from generator.documents.ordering import order_document
from generator.documents.tree import read_text, walk
from generator.ecs.paths import first_step, format_path
from generator.model.comparison import Assumed, Cause, Change, Comparison, Review, Row, Side
from generator.model.findings import Finding, Place, Source
from generator.model.nodes import MapNode, Node, Scalar
from generator.model.project import TASK_SUFFIX, Artifact, Build, Project
from generator.model.records import Record
from generator.model.secrecy import NO_SECRETS, Secrets
from generator.review.causes import Edits, Settings, find_removal, find_unequal, find_writers, list_candidates
from generator.review.diff import adopt_identities, diff_ordered, leave_answered, read_plain
from generator.review.normalizing import is_filled_in, list_assumed
from generator.review.pairing import Wording, find_wording, pair_document

if TYPE_CHECKING:
    from generator.build.rendering.following import Follower, Way
    from generator.model.account import Revision

ITEM = re.compile(r"\[([^\]]*)\]")

NO_TAGS = "tags were not compared: the output of describe-task-definition has them with `--include TAGS` only"


def compare_environments(planned: PlannedProject, left: str, right: str, *, task: str | None = None) -> Review:
    """Compare every task of two environments, or one."""
    project = planned.project
    built = build_for_comparison(planned, dict.fromkeys((left, right)), task)
    sides = {(each.environment, each.task): each for each in built.artifacts}
    missing = find_missing(built)
    tracer = Tracer(planned)
    comparisons = []
    for name in project.tasks:
        found = [(sides.get((environment, name)), environment) for environment in (left, right)]
        if not any(artifact for artifact, _ in found):
            continue
        if any(name_artifact(project, environment, name) in missing for environment in (left, right)):
            continue
        faced = [make_side(project, artifact, environment) for artifact, environment in found]
        comparisons.append(compare_pair(faced[0], faced[1], tracer)._replace(task=name))
    return Review(give_secrets(comparisons, built.secrets), select_errors(built))


def compare_projects(
    old: Project, new: Project, *, labels: tuple[str, str], environments: Iterable[str] = (), task: str | None = None
) -> Review:
    """Compare every artifact of two states of a project, and find the edit that each difference comes from.

    What has the same text in both is parsed once, under the name that it has in the new one, and an artifact of nothing else is built once.
    """
    wanted = tuple(environments)
    there = new.settings.order_environments({*old.environments, *new.environments})
    names = [name for name in there if not wanted or name in wanted]
    texts, memory = Texts(), Memory()
    after, before = plan_project(new, texts), plan_project(share_sources(old, new), texts)
    built = build_for_comparison(after, names, task, memory)
    earlier = build_for_comparison(before, names, task, memory)
    if select_errors(earlier):  # which cite places by their names
        before = plan_project(old)
        earlier = build_for_comparison(before, names, task)
    return compare_builds((before, after), (earlier, built), Edits(old, new), labels=labels)


def compare_builds(
    plans: Sequence[PlannedProject], builds: Sequence[Build], edits: Edits, *, labels: tuple[str, str]
) -> Review:
    """Compare every artifact that two states of a project were built to, the old one first. What only one state has is compared too.

    `edits` are those between the two. An artifact that one of them could not be built to is skipped.
    """
    old, new = (planned.project for planned in plans)
    tracer = Tracer(*plans)
    sides = [{(each.environment, each.task): each for each in built.artifacts} for built in builds]
    missing = [find_missing(built) for built in builds]
    names = new.settings.order_environments({*old.environments, *new.environments})
    comparisons = []
    pairs = sorted({**sides[0], **sides[1]}, key=lambda pair: (names.index(pair[0]), pair[1]))
    for environment, name in pairs:
        paths = [name_artifact(planned.project, environment, name) for planned in plans]
        if any(path in lost for path, lost in zip(paths, missing, strict=True)):
            continue
        left, right = (
            make_side(planned.project, found.get((environment, name)), label)
            for planned, found, label in zip(plans, sides, labels, strict=True)
        )
        parent = find_parent(plans[1], environment, name, sides[1]) if left is None else None
        if parent is not None:
            compared = compare_pair(make_side(new, parent, labels[0]), right, tracer)
            compared = compared._replace(left="", parent=parent.environment)
        else:
            compared = compare_pair(left, right, tracer, edits)
        comparisons.append(compared._replace(environment=environment, task=name))
    secrets = [built.secrets for built in builds]
    errors = tuple(dict.fromkeys(finding for built in builds for finding in select_errors(built)))
    return Review(give_secrets(comparisons, secrets[0].join(secrets[1])), errors)


def find_parent(
    planned: PlannedProject, environment: str, task: str, artifacts: Mapping[tuple[str, str], Artifact]
) -> Artifact | None:
    """Find the same task in the nearest environment that a new one extends; None if no such environment has the task."""
    if environment not in planned.project.environments:
        return None
    names = planned.find_chain(environment).names[1:]
    return next((artifacts[name, task] for name in names if (name, task) in artifacts), None)


def share_sources(old: Project, new: Project) -> Project:
    """Give a project the sources of another one where these have the same text."""

    def share(own: Mapping[str, Source], others: Mapping[str, Source]) -> dict[str, Source]:
        pairs = ((name, source, others.get(name)) for name, source in own.items())
        return {name: other if other and other.text == source.text else source for name, source, other in pairs}

    return old._replace(templates=share(old.templates, new.templates), overlays=share(old.overlays, new.overlays))


def build_for_comparison(
    planned: PlannedProject, environments: Iterable[str], task: str | None, memory: Memory | None = None
) -> Build:
    """Build what there is of some environments. What only rules find wrong can be compared all the same.

    States of one project that share a `memory` are built once where they have the same ground.
    """
    project = planned.project
    names = [name for name in environments if name in project.environments]
    if not names or not project.tasks or (task is not None and task not in project.tasks):
        return Build((), tuple(finding for finding in project.findings if finding.code != "E132"), ())
    if memory is not None:
        return build_again(planned, memory, environments=names, task=task, least="error", placed=False, judged=False)
    return build_planned(planned, environments=names, task=task, least="error", placed=False, judged=False)


def select_errors(built: Build) -> tuple[Finding, ...]:
    return tuple(finding for finding in built.findings if finding.severity == "error")


def find_missing(built: Build) -> frozenset[str]:
    """Find the paths of the artifacts that were to be built, and could not be."""
    return frozenset(built.planned) - {artifact.path for artifact in built.artifacts}


def name_artifact(project: Project, environment: str, task: str) -> str:
    return f"{project.settings.rendered}/{environment}/{task}.json"


def make_side(project: Project, artifact: Artifact | None, label: str) -> Side | None:
    """Make the side of an artifact; None if the environment does not have the task."""
    return artifact and Side(label, artifact.document, artifact, project)


def compare_pair(left: Side | None, right: Side | None, tracer: Tracer, edits: Edits | None = None) -> Comparison:
    """Compare two task definitions, of which one may be missing. `tracer` knows the projects of those that have sources."""
    if left is None or right is None:
        present = left or right
        task = present.artifact.task if present and present.artifact else ""
        return Comparison(left.label if left else "", right.label if right else "", (), task=task)
    if left.document is right.document:  # as what nothing touched is in two states of a project
        return Comparison(left.label, right.label, (), documents=(left.document, right.document))
    left, right = share_identities(left, right)
    wording = find_wording(
        [(read_text(left.document, "family"), read_text(right.document, "family")), name_sides(left, right)]
    )
    left, right = pair_sides(left, right, wording)
    rows = diff_ordered(*leave_modes(order_side(left), order_side(right)), wording)
    untold = not left.has_tags or not right.has_tags
    kept = [row for row in rows if not (untold and row.path.startswith("tags"))]
    changes = tuple(explain_row(row, left, right, edits, tracer) for row in kept)
    notes = (*list_unknown(kept), *((NO_TAGS,) if len(kept) < len(rows) else ()))
    documents = (left.document, right.document)
    files = tuple(side.file for side in (left, right) if side.file is not None)
    secrets = make_secrets(documents, Origins(files=files))
    return Comparison(left.label, right.label, changes, "", "", notes, documents, secrets, files)


def order_side(side: Side) -> Side:
    """Put the document of a side in order, unless it is that of an artifact, which is."""
    built = side.artifact is not None and side.document is side.artifact.document
    return side if built else side._replace(document=order_document(side.document))


def leave_modes(left: Side, right: Side) -> tuple[MapNode, MapNode]:
    """Take two documents for a comparison, an answer of ECS without the network mode that the other side does not write."""
    if left.answered == right.answered:
        return left.document, right.document
    if left.answered:
        return leave_answered(left.document, right.document), right.document
    return left.document, leave_answered(right.document, left.document)


def find_assumed(comparison: Comparison) -> Comparison:
    """Find what counted as the same in a comparison though nobody shows that ECS stores it so."""
    if len(comparison.documents) != 2:
        return comparison
    changed = {change.row.path for change in comparison.changes}
    found = [each for each in list_assumed(*comparison.documents) if each[0] not in changed]
    assumed = (Assumed(comparison.secrets.scrub(path), value) for path, value in found)
    return comparison._replace(assumed=tuple(assumed))


def list_unknown(rows: Iterable[Row]) -> Iterator[str]:
    """Name the members that differ and that our model of ECS does not know: nobody knows which of their values mean the same."""
    for name in dict.fromkeys(row.unknown for row in rows if row.unknown):
        yield f"`{name}` is a member that taskdef does not know, so any other value counts as a difference"


def share_secrets(comparisons: Iterable[Comparison], *accounts: Secrets) -> tuple[Comparison, ...]:
    """Let comparisons that are shown together know of the same secrets: what one keeps to itself, no other may show."""
    comparisons = tuple(comparisons)
    documents = [document for each in comparisons for document in each.documents]
    files = tuple(file for each in comparisons for file in each.files)
    return give_secrets(comparisons, make_secrets(documents, Origins(files=files)).join(*accounts))


def give_secrets(comparisons: Iterable[Comparison], secrets: Secrets) -> tuple[Comparison, ...]:
    """Give comparisons an account of secrets. That of a build knows those of its artifacts already."""
    return tuple(each._replace(secrets=secrets) for each in comparisons)


def share_identities(left: Side, right: Side) -> tuple[Side, Side]:
    """Let a task definition without sources call its containers and volumes as the other one does."""
    if left.artifact is None and right.artifact is not None:
        return left._replace(document=adopt_identities(left.document, right.document)), right
    if right.artifact is None and left.artifact is not None:
        return left, right._replace(document=adopt_identities(right.document, left.document))
    return left, right


def name_sides(left: Side, right: Side) -> tuple[str, str]:
    """Name two sides by the files that they are, or by their environments; by nothing where they are states of one thing."""
    if left.file is not None and right.file is not None:
        return left.label, right.label
    if left.artifact is None or right.artifact is None or left.artifact.environment == right.artifact.environment:
        return "", ""
    return f"in {left.artifact.environment}", f"in {right.artifact.environment}"


def pair_sides(left: Side, right: Side, wording: Wording) -> tuple[Side, Side]:
    """Let one side call its containers and volumes as the other does where a word of the environment is all that differs.

    One without sources does so where the other has some, else the right one does.
    """
    if left.artifact is None and right.artifact is not None:
        paired = pair_document(left.document, right.document, Wording(wording.right, wording.left))
        return left._replace(document=paired.document, own=paired.own), right
    paired = pair_document(right.document, left.document, wording)
    return left, right._replace(document=paired.document, own=paired.own)


class Tracer:
    """What documents do not tell of how artifacts came about, each looked up when it is asked for, and once."""

    def __init__(self, *planned: PlannedProject) -> None:
        self.planned = {id(each.project): each for each in planned}
        self.stages: dict[int, tuple[Stage, ...]] = {}
        self.followers: dict[tuple[int, str], Follower] = {}
        self.around: dict[int, dict[str, tuple[Place, ...]]] = {}
        self.names: dict[int, frozenset[str]] = {}
        self.settings: dict[int, Settings] = {}

    def find_aws(self, project: Project, environment: str) -> dict[str, Scalar]:
        """Find what sets the account and the region of an environment, in the layer that has the last word."""
        found = self.planned[id(project)].find_aws(environment)
        return {name: scalars[-1] for name, scalars in found.items()}

    def find_settings(self, side: Side) -> Settings | None:
        """Find what the templates of a side are given; None if it has no sources."""
        if side.artifact is None or side.project is None:
            return None
        key = id(side.artifact)
        if key not in self.settings:
            aws = self.find_aws(side.project, side.artifact.environment)
            self.settings[key] = {**side.artifact.variables.items, **aws}
        return self.settings[key]

    def follow(self, side: Side, path: str, node: Node) -> Way | None:
        """Follow a value to what it is made of; None if that was written in no template."""
        if side.artifact is None or side.project is None or is_filled_in(node):
            return None
        from generator.build.rendering.following import Bearings, Follower  # only if something differs

        key = (id(side.project), side.artifact.task)
        if key not in self.followers:
            sources = self.planned[id(side.project)].templates.sources
            self.followers[key] = Follower(sources, side.artifact.task + TASK_SUFFIX)
        if self.followers[key].is_straight(node.place):
            return self.followers[key].follow_straight(node.place)
        around = self.around.setdefault(id(side.artifact), {})
        if not around:
            around.update(list_around(side.document))
            self.names[id(side.artifact)] = frozenset(name for each in around for name in ITEM.findall(each))
        own = frozenset(ITEM.findall(path))
        others = self.names[id(side.artifact)] - own
        return self.followers[key].follow(node.place, Bearings(around.get(path, ()), own, others))

    def find_removal(self, side: Side, path: str) -> tuple[Place, ...]:
        """Find what took a value away from one side."""
        if side.artifact is None or side.project is None:
            return ()
        key = id(side.artifact)
        for given, own in side.own.items():
            path = own + path[len(given) :] if path.startswith(given) else path
        if key not in self.stages:
            traced = trace(self.planned[id(side.project)], side.artifact.environment, side.artifact.task)
            self.stages[key] = traced.stages if traced else ()
        place = find_removal(path, self.stages[key])
        return (place,) if place else ()


def list_around(document: MapNode) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """List by path the places of what each value of a document is a part of."""
    above: list[Place] = []
    for steps, node in walk(document, (first_step(),)):
        del above[len(steps) - 1 :]
        yield format_path(steps), tuple(above)
        above.append(node.place)


def explain_row(row: Row, left: Side, right: Side, edits: Edits | None, tracer: Tracer) -> Change:
    """Find where both sides of a field were written, and what made them different."""
    if edits is None:
        return Change(row, find_places(row, left, right, tracer), find_places(row, right, left, tracer, back=True))
    old = tuple(map(edits.restore, find_candidates(row.left, row, left, tracer)))
    new = find_candidates(row.right, row, right, tracer)
    artifact = right.artifact or left.artifact
    assert artifact is not None
    cause = edits.find_cause((*new, *old), artifact.environment, artifact.task)
    return Change(row, old[:1], new[:1], cause)


def find_places(row: Row, own: Side, other: Side, tracer: Tracer, *, back: bool = False) -> tuple[Place, ...]:
    """Find where the value of one side was written, or taken away: the left one's, or with `back` the right one's.

    Where only one side has a value, and both are given something else that decides on that, it is there. What is in no file was written
    nowhere.
    """
    node, there = (row.right, row.left) if back else (row.left, row.right)
    if node is None:
        return tracer.find_removal(own, row.path) or find_deciding(row.path, there, other, own, tracer)[1]
    if there is None and not tracer.find_removal(other, row.path):
        decided, _ = find_deciding(row.path, node, own, other, tracer)
        if decided:
            return decided
    way, given = tracer.follow(own, row.path, node), tracer.find_settings(own)
    writers = find_writers(node, way.own if way else (), given or {}, tracer.find_settings(other))
    return tuple(place for place in writers if place.source.path)


def find_deciding(
    path: str, node: Node | None, having: Side, lacking: Side, tracer: Tracer
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Find what tags around a value of one side take that is something else on the other: where each side sets that."""
    way = tracer.follow(having, path, node) if node is not None else None
    here, there = tracer.find_settings(having), tracer.find_settings(lacking)
    if way is None or node is None or here is None or there is None:
        return (), ()
    return find_unequal(node, way.around, here, there), find_unequal(node, way.around, there, here)


def find_candidates(node: Node | None, row: Row, own: Side, tracer: Tracer) -> tuple[Place, ...]:
    """Find every place on one side whose edit may be the reason of a difference."""
    if node is None:
        return tracer.find_removal(own, row.path)
    if own.artifact is None or own.project is None:
        return list_candidates(node, None)
    aws = tracer.find_aws(own.project, own.artifact.environment)
    return list_candidates(node, own.artifact.variables, tuple(scalar.place for scalar in aws.values()))


def view_file(label: str, node: MapNode) -> Side:
    """View a task definition in JSON from anywhere."""
    from generator.build.described import view_described  # only if one side is a file or a revision

    described = view_described(node)
    return Side(
        label,
        described.document,
        has_tags=described.has_tags,
        file=node.place.source,
        answered=described.answered,
    )


def view_revision(revision: Revision, model: MapNode | None = None) -> Side:
    """View a registered revision, its containers and volumes called as those of the same name are in a model."""
    document = revision.document if model is None else adopt_identities(revision.document, model)
    return Side(revision.name, document, has_tags=revision.has_tags, answered=True)


# By cause.


class Effect(Record):
    """A field that an edit changed in the same way in some environments."""

    task: str
    change: Change
    environments: tuple[str, ...]


class Group(Record):
    """Everything that one edit changed; `cause` is None if no edit can be named. `secrets` are those of all that was compared."""

    cause: Cause | None
    effects: tuple[Effect, ...]
    line: str = ""
    secrets: Secrets = NO_SECRETS

    @property
    def environments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for effect in self.effects for name in effect.environments))


def group_by_cause(comparisons: Iterable[Comparison]) -> tuple[Group, ...]:
    """Bring together what comes from the same edit, in the order of files and lines."""
    comparisons = tuple(comparisons)
    secrets = comparisons[0].secrets if comparisons else NO_SECRETS
    causes: dict[Cause | None, dict[tuple[str, str, object, object], list[tuple[Change, str]]]] = {}
    for comparison in comparisons:
        for change in () if comparison.parent else comparison.changes:  # the edit is the whole environment
            what = (comparison.task, change.row.path, read_side(change.row.left), read_side(change.row.right))
            effects = causes.setdefault(change.cause, {})
            effects.setdefault(what, []).append((change, comparison.environment))
    groups = [
        Group(
            cause,
            tuple(Effect(what[0], met[0][0], tuple(name for _, name in met)) for what, met in effects.items()),
            secrets.cut(cause.place).text.strip() if cause else "",
            secrets,
        )
        for cause, effects in causes.items()
    ]
    return tuple(
        sorted(groups, key=lambda group: (not group.cause, (group.cause and group.cause.place.location) or ()))
    )


def read_side(node: Node | None) -> object:
    """Give what two artifacts have to agree on to have changed in the same way."""
    return None if node is None else repr(read_plain(node))
