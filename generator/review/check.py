"""Whether the committed artifacts are up to date: missing, extra, or the fields that differ. Fixes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.build.planning import PlannedProject, Texts, plan_project
from generator.documents.places import note_taking
from generator.documents.variables import Variable, find_variables
from generator.ecs.lists import ListRow, identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, Note, Place, Source, finding_at, name_cause
from generator.model.gathering import Report, gather
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar, describe_kind
from generator.model.project import Artifact, Build, Project, TextBuild
from generator.model.records import Record
from generator.model.secrecy import Known, Secrets
from generator.review.extras import find_extras, report_extra


def compare(project: Project, build: Build, *, whole: bool, environments: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Compare what came out right of a build with the committed artifacts; with `whole`, report those that no task produces too.

    `environments` are those that were built, if not all. This is for who uses the package as a library.
    """
    extras = find_extras(project, build, environments) if whole else ()
    return compare_committed(plan_project(project), build, extras)


def compare_committed(planned: PlannedProject, build: Build, extras: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Compare what came out right of a build with the committed artifacts, and report the `extras`, which no task produces."""
    comparison = Comparison(planned)
    for artifact in build.artifacts:
        comparison.see(artifact)
    return comparison.conclude(build, extras)


class Comparison:
    """The comparison of artifacts with what is committed, one after the other. Of those that are the same nothing is kept."""

    def __init__(self, planned: PlannedProject) -> None:
        self.planned = planned
        self.mismatches: dict[tuple[str, str], Mismatch] = {}

    def see(self, artifact: Artifact) -> None:
        """Compare one artifact with the bytes that stand in its place."""
        committed = find_committed(self.planned.project, artifact.path)
        if committed != artifact.data:
            mismatch = compare_artifact(artifact, committed, self.planned.texts)
            self.mismatches[artifact.environment, artifact.task] = mismatch

    def conclude(self, build: Build | TextBuild, extras: Iterable[str] = ()) -> tuple[Finding, ...]:
        """Report on what came out right of a build, once all of it was seen, and on the `extras`."""
        pairs = ((artifact.environment, artifact.task) for artifact in build.artifacts)
        found = {pair: self.mismatches[pair] for pair in pairs if pair in self.mismatches}
        secrets = build.secrets.join(Secrets(lambda: self.find_secrets(found.values())))
        reports = [Report(finding, *pair) for pair, mismatch in found.items() for finding in mismatch.report(secrets)]
        reports += [Report(report_extra(self.planned, path), None, None) for path in extras]
        return secrets.hide_all(gather(reports))

    def find_secrets(self, found: Iterable[Mismatch]) -> Known:
        """Find what is secret in what is committed in place of artifacts, and is something else."""
        from generator.documents.hiding import find_known  # only when there is something to report

        return find_known(tuple(self.list_committed(found)))

    def list_committed(self, found: Iterable[Mismatch]) -> Iterator[MapNode]:
        """List what is committed in place of artifacts, and is something else."""
        for mismatch in found:
            committed = find_committed(self.planned.project, mismatch.path)
            if committed is not None:
                source = Source(mismatch.path, committed.decode(errors="replace"))
                parsed, _ = self.planned.texts.parse_json(source)
                if isinstance(parsed, MapNode):
                    yield parsed


def find_committed(project: Project, path: str) -> bytes | None:
    """Find the bytes that stand in the place of an artifact."""
    return project.artifacts.get(path.removeprefix(f"{project.settings.rendered}/"))


class Mismatch(Record):
    """What stands in the place of an artifact, and is not it: one finding, or the fields that differ, each with its variables."""

    path: str
    help: str
    finding: Finding | None
    differences: tuple[tuple[Difference, tuple[Variable, ...]], ...] = ()

    def report(self, secrets: Secrets) -> Iterator[Finding]:
        """Report it without secrets."""
        if self.finding is not None:
            yield self.finding
        for difference, named in self.differences:
            yield report_difference(self.path, difference, named, self.help, secrets)


def compare_artifact(artifact: Artifact, committed: bytes | None, texts: Texts) -> Mismatch:
    """Compare one artifact with the bytes that stand in its place, which are not its own."""
    path, help = artifact.path, f"run `taskdef render {artifact.environment}`"
    try:
        source = Source(path, (committed or b"").decode())
    except UnicodeDecodeError:
        return Mismatch(path, help, report_committed(path, committed, help, texts))
    found, _ = texts.parse_json(source)
    if not isinstance(found, MapNode):
        return Mismatch(path, help, report_committed(path, committed, help, texts))
    differences = compare_documents(artifact.document, found)
    if not differences:
        message = f"`{path}` has the right content, but another format"
        return Mismatch(path, help, finding_at(Place(source, 0, 0), "E802", message, help=help, cause=help))
    named = (find_variables(each.wanted.place, artifact.variables) if each.wanted else () for each in differences)
    return Mismatch(path, help, None, tuple(zip(differences, named, strict=True)))


def report_committed(path: str, committed: bytes | None, help: str, texts: Texts) -> Finding:
    """State why the bytes that stand in the place of an artifact, if any do, are none."""
    if committed is None:
        return finding_at(None, "E803", f"`{path}` is missing", help=help, cause=help)
    try:
        source = Source(path, committed.decode())
    except UnicodeDecodeError as error:
        message = f"`{path}` is not UTF-8: byte {error.start} is 0x{committed[error.start]:02x}"
        return finding_at(None, "E807", message, help=help)
    _, findings = texts.parse_json(source)
    notes = tuple(Note(finding.message, finding.location) for finding in findings[:1])
    message = f"`{path}` is not a task definition"
    cause = "\n".join((help, *(note.text for note in notes)))
    return finding_at(Place(source, 0, 0), "E807", message, notes=notes, help=help, cause=cause)


def report_difference(
    file: str, difference: Difference, named: Sequence[Variable], help: str, secrets: Secrets
) -> Finding:
    """Report one field of a file that differs (E801), at the line its value comes from: that of a variable where it takes one."""
    path, wanted, found = difference
    if wanted is None:
        assert found is not None
        message = f"`{path}` is in `{file}`, but no source sets it"
        return finding_at(found.place, "E801", message, path=path, help=help)
    place, notes = wanted.place, []
    hidden = any(isinstance(node, Scalar) and secrets.hides(path, node) for node in (wanted, found))
    if named:
        place = named[0].place
        notes = [note_taking(named[0].name, wanted.place)]
        notes += [
            Note(f"it also uses `{other.name}`, set in {other.place.location}", other.place.location)
            for other in named[1:]
        ]
    if found is None:
        message = f"`{path}` is missing in `{file}`, but renders to {show_value(wanted, hidden=hidden)}"
    elif isinstance(wanted, Scalar) and isinstance(found, Scalar) and wanted.text == found.text:
        message = f"`{path}` is {describe_kind(found)} in `{file}`, but renders to {describe_kind(wanted)}"
    else:
        was, now = (show_value(node, hidden=hidden) for node in (found, wanted))
        message = f"`{path}` is {was} in `{file}`, but renders to {now}"
    said = message.replace(f"`{path}`", "").replace(f"`{file}`", "")
    cause = name_cause(place, said, help)
    return finding_at(place, "E801", message, path=path, notes=tuple(notes), help=help, cause=cause)


def show_value(node: Node, *, hidden: bool) -> str:
    """Show a value in a message: a scalar as it is unless it is to be hidden, anything else by its kind."""
    if not isinstance(node, Scalar):
        return describe_kind(node)
    return "`***`" if hidden else f"`{node.text}`"


class Difference(Record):
    """One field that differs. `wanted` is None if only `found` has it, and the other way round."""

    path: str
    wanted: Node | None
    found: Node | None


def compare_documents(wanted: MapNode, found: MapNode) -> tuple[Difference, ...]:
    """Compare a built document with one parsed from JSON, which has lists in place of keyed lists. Formatting does not count."""
    return tuple(compare_nodes(wanted, found, [first_step()]))


def compare_nodes(wanted: Node | None, found: Node | None, path: list[Step]) -> list[Difference]:
    """Compare what is at a path."""
    current = path[-1].shape
    if isinstance(wanted, MapNode) and isinstance(found, MapNode):
        return [
            difference
            for name in {**wanted.items, **found.items}
            for difference in compare_nodes(
                wanted.items.get(name),
                found.items.get(name),
                [*path, member_step(current, name)],
            )
        ]
    row = path[-1].row
    if isinstance(wanted, Keyed) and isinstance(found, ListNode) and row is not None:
        return compare_items(wanted, found, path, row)
    if isinstance(wanted, ListNode) and isinstance(found, ListNode) and len(wanted.items) == len(found.items):
        return [
            difference
            for index, pair in enumerate(zip(wanted.items, found.items, strict=True))
            for difference in compare_nodes(*pair, [*path, item_step(current, str(index))])
        ]
    if isinstance(wanted, Scalar) and isinstance(found, Scalar) and wanted[1:] == found[1:]:
        return []
    return [Difference(format_path(path), wanted, found)]


def compare_items(wanted: Keyed, found: ListNode, path: list[Step], row: ListRow) -> list[Difference]:
    """Compare a keyed list by identity. Order counts only if the table keeps it."""
    ids = {
        identity_of(
            row, {key: node.text for key, node in item.node.items.items() if isinstance(node, Scalar)}
        ): item.identity
        for item in wanted.items
    }
    there: dict[str, list[Node]] = {}
    for index, node in enumerate(found.items):
        members = node.items if isinstance(node, MapNode) else {}
        own = identity_of(row, {key: child.text for key, child in members.items() if isinstance(child, Scalar)})
        there.setdefault(ids.get(own) or own or f"#{index}", []).append(node)
    order = list(there)
    differences: list[Difference] = []
    for item in wanted.items:
        left = there.get(item.identity)
        here = [*path, item_step(path[-1].shape, item.identity)]
        differences += compare_nodes(item.node, left.pop(0) if left else None, here)
    for identity, nodes in there.items():
        here = [*path, item_step(path[-1].shape, identity)]
        differences += [Difference(format_path(here), None, node) for node in nodes]
    if not differences and row.order == "kept" and order != list(dict.fromkeys(item.identity for item in wanted.items)):
        differences.append(Difference(format_path(path), wanted, found))
    return differences
