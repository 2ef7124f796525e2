"""The steps of `set` and `promote` once values are set in memory: build, compare, write all files together, and commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.build.pipeline import build_planned
from generator.build.planning import plan_project
from generator.commands.words import select_environments
from generator.documents.editing import apply_edits
from generator.model.comparison import Comparison
from generator.model.edits import Edited, ValueSet
from generator.model.events import EditReaches, OnEvent
from generator.model.findings import InputError, Severity, WrongUsage
from generator.model.project import Artifact, Build, Project
from generator.model.records import Record
from generator.model.result import Outcome, Result, are_failing
from generator.model.secrecy import Secrets
from generator.project.committing import CommitRefused, Committable, commit_files, find_committable
from generator.project.loading import decode_text, find_shared, load_existing
from generator.project.writing import MODE, replace_files
from generator.review.compare import compare_projects
from generator.review.set.setting import Setter

BEFORE, AFTER = "before", "after"


class Wish(Record):
    """The options of an edit: whether it is written, whether and with which message it is committed, and which findings fail it.

    `spread` means that the edit may reach other environments, so all that change are shown first.
    """

    dry: bool = False
    commit: bool = False
    message: str | None = None
    strict: bool = False
    least: Severity = "warning"
    spread: bool = False


class Change(Record):
    """An edit in memory: the project before, the artifacts after, and the differences."""

    project: Project
    setter: Setter
    built: Build
    comparisons: tuple[Comparison, ...]

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments in which something differs."""
        found = {each.environment for each in self.comparisons}
        return tuple(name for name in self.project.environments if name in found)


def check_wish(wish: Wish) -> None:
    """Refuse options that do not go together."""
    if wish.message is not None and not wish.commit:
        raise WrongUsage("`--message` needs `--commit`")
    if wish.message is not None and not wish.message.strip():
        raise WrongUsage("`--message` is empty")
    if wish.commit and wish.dry:
        raise WrongUsage("`--commit` and `--dry-run` exclude each other")


def check_environment(project: Project, environment: str, task: str | None) -> None:
    """Refuse an unknown environment or task, and an abstract environment, whose file `--in` edits."""
    if f"{environment}.yaml" in project.overlays and environment.startswith("_"):
        path = project.overlays[f"{environment}.yaml"].path
        raise WrongUsage(f"`{environment}` can only be extended: name an environment, and `--in {path}`")
    select_environments(project, [environment], task)


def think_through(project: Project, setter: Setter, wish: Wish, on_event: OnEvent) -> Change:
    """Build the artifacts of the edited overlays, and compare them with those before."""
    reached = setter.list_reached()
    built = build_planned(setter.planned, environments=reached, least=wish.least, on_event=on_event)
    review = compare_projects(project, setter.project, labels=(BEFORE, AFTER), environments=reached)
    return Change(project, setter, built, tuple(each for each in review.comparisons if each.differs))


def finish_edit(
    command: str,
    root: str,
    change: Change,
    wish: Wish,
    subject: str,
    *,
    on_event: OnEvent,
    hold: Callable[[], None] | None,
) -> Result:
    """Write all files of an edit together, and commit them if asked. Nothing is written after an error."""
    setter, built = change.setter, change.built
    secrets = built.secrets.join(plan_project(change.project, setter.texts).secrets)
    values = mask_values(setter.values, secrets)
    edited = Edited(values, change.environments, change.comparisons, dry=wish.dry)
    if are_failing(built.findings, strict=wish.strict):
        return Result(command, built.findings, 1, answer=edited._replace(withheld=True))
    artifacts = tuple(each for each in built.artifacts if find_bytes(change.project, each) != each.text.encode())
    sources = spell_sources(root, change.project, setter)
    if wish.spread or len(setter.list_reached()) > 1:
        on_event(EditReaches(tuple(sources), change.environments))
    outcomes = list_outcomes(sources, artifacts, "planned" if wish.dry else "wrote")
    result = Result(command, built.findings, 0, outcomes, answer=edited)
    if wish.dry or not outcomes:
        return result
    ready = prepare_commit(root, change, sources, artifacts) if wish.commit else None
    files = {**sources, **{each.path: each.text.encode() for each in artifacts}}
    replace_files(root, files, MODE, hold, kept=sources)
    return (
        commit(result, edited, ready, wish.message or secrets.scrub(write_message(subject, values)), secrets)
        if ready
        else result
    )


def commit(result: Result, edited: Edited, ready: Committable, message: str, secrets: Secrets) -> Result:
    """Commit the written files. If git or a hook refuses the commit, the files stay as written."""
    try:
        return result._replace(answer=edited._replace(commit=commit_files(ready, message)))
    except CommitRefused as refused:
        said = tuple(secrets.scrub(line) for line in refused.lines)
        return result._replace(
            status=2,
            answer=edited._replace(said=said),
            refused=("the files are written, but git made no commit",),
            help="fix what stopped it, then commit them",
        )


def mask_values(values: Iterable[ValueSet], secrets: Secrets) -> tuple[ValueSet, ...]:
    """Mask the values that are secret."""

    def mask(name: str, text: str | None) -> str | None:
        return None if text is None else secrets.scrub(secrets.mask_text(name, text))

    return tuple(
        each._replace(
            name=secrets.scrub(each.name), before=mask(each.name, each.before), after=mask(each.name, each.after)
        )
        for each in values
    )


def write_message(subject: str, values: Iterable[ValueSet]) -> str:
    """Write the message of a commit: the subject, and a line for each value."""
    lines = [f"{each.name}: {state_move(each)}" for each in values if not each.same]
    return "\n".join((subject, "", *lines, ""))


def state_move(value: ValueSet) -> str:
    """State a value before and after, on one line."""
    before, after = (" ".join((text or "").split()) for text in (value.before, value.after))
    return f"{before or 'not set'} -> {after or 'removed'}"


def list_outcomes(sources: Iterable[str], artifacts: Iterable[Artifact], action: str) -> tuple[Outcome, ...]:
    """List the files that are written."""
    edited = (Outcome(path, action) for path in sources)
    return (*edited, *(Outcome(each.path, action, each.environment, each.task) for each in artifacts))


def find_bytes(project: Project, artifact: Artifact) -> bytes | None:
    """Find the bytes of an artifact on the disk."""
    return project.artifacts.get(f"{artifact.environment}/{artifact.task}.json")


def spell_sources(root: str, project: Project, setter: Setter) -> dict[str, bytes]:
    """Make the bytes of the edited overlays, with their byte order marks and ends of lines."""
    files = dict.fromkeys(edit.file for edit in setter.edits)
    shared = find_shared(root, tuple(source.path for source in project.overlays.values()))
    spelt: dict[str, bytes] = {}
    for file in files:
        path = project.overlays[file].path
        if path in shared:
            raise InputError(f"{path}: a link, or one file with another overlay: edit the file by hand")
        data = load_existing(root, (path,)).get(path, b"")
        if decode_text(path, data) != project.overlays[file].text:
            raise InputError(f"{path}: changed since it was read")
        text = data.decode()
        for edit in setter.edits:
            if edit.file == file:
                text = apply_edits(text, edit.edits)
        spelt[path] = text.encode()
    return spelt


def prepare_commit(root: str, change: Change, sources: Iterable[str], artifacts: tuple[Artifact, ...]) -> Committable:
    """Check that the files of an edit can be committed: they have no other changes, and artifacts were up to date."""
    ready = find_committable(root, (*sources, *(each.path for each in artifacts)))
    names = {each.environment: None for each in artifacts}
    if names:
        planned = plan_project(change.project, change.setter.texts)
        built = build_planned(planned, environments=tuple(names), judged=False)
        before = {each.path: each.text.encode() for each in built.artifacts}
        stale = [each for each in artifacts if find_bytes(change.project, each) != before.get(each.path)]
        if stale:
            message = f"`{stale[0].path}` was not up to date before, and `--commit` would commit more than this edit"
            raise InputError(message, f"run `taskdef render {stale[0].environment}`, and commit that first")
    return ready
