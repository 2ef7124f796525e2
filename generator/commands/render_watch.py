"""`taskdef render --watch`: renders again after each edit, until it is ended. After an error, the last good artifacts stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.build.planning import PlannedProject, Texts, plan_project
from generator.build.remembering import Memory, build_again
from generator.commands.render import clear_leftovers, report_no_artifact, write_committed
from generator.commands.words import select_environments
from generator.model.answers import Watched
from generator.model.comparison import Comparison
from generator.model.findings import Finding, InputError, Severity, Source, WrongUsage
from generator.model.project import Build, Project
from generator.model.records import Record
from generator.model.result import Result, are_failing
from generator.project.loading import load_project
from generator.project.watching import watch_project
from generator.review.causes import Edits
from generator.review.compare import compare_builds

START, NOW = "at the start", "now"

KEPT = 50
"""The number of edits after which parsed texts are forgotten, including obsolete ones."""


class Wish(Record):
    """The selection to render, the conditions for failure, and the lowest severity to look for."""

    environments: tuple[str, ...] = ()
    task: str | None = None
    strict: bool = False
    least: Severity = "warning"


def watch(
    root: str,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    strict: bool = False,
    least: Severity = "warning",
    on_change: Callable[[], None] = lambda: None,
    hold: Callable[[], None] | None = None,
    now: float = 0.0,
) -> Iterator[Result | None]:
    """Render the named environments, or all, and again after each change of their files, without an end.

    Yields a result each time, or None if there is nothing to report. An error in reading the project is raised at the
    start, and part of a result later. `on_change` is called before the project is read, and `hold` before the
    first file is replaced. `now` decides which temporary files are old.
    """
    session = Session(root, Wish(tuple(environments), task, strict, least), hold)
    for _ in watch_project(root):
        on_change()
        yield session.look(now)


class Session:
    """The state between edits."""

    def __init__(self, root: str, wish: Wish, hold: Callable[[], None] | None) -> None:
        self.root = root
        self.wish = wish
        self.hold = hold
        self.memory = Memory()
        self.texts = Texts()
        self.looks = 0
        self.sources: Project | None = None
        self.start: tuple[PlannedProject, Build] | None = None
        self.shown: frozenset[Finding] = frozenset()
        self.failing = False
        self.refusal = ""

    def look(self, now: float) -> Result | None:
        """Read the project, and render it if a file changed; None if there is nothing to report."""
        edited: tuple[str, ...] = ()
        first = self.sources is None
        try:
            project = load_project(self.root)
            sources = project._replace(artifacts={})
            edited = list_edited(self.sources, sources)
            if sources == self.sources and not self.refusal:
                return None
            self.sources = sources
            result = self.render(project, edited, now if first else None)
        except (InputError, WrongUsage) as error:
            if first:
                raise
            return self.refuse(error, edited)
        self.refusal = ""
        return result

    def refuse(self, error: InputError | WrongUsage, edited: tuple[str, ...]) -> Result | None:
        """Report why the project cannot be rendered; the same reason once, unless more was edited."""
        if str(error) == self.refusal and not edited:
            return None
        self.refusal, self.failing = str(error), True
        help = error.help if isinstance(error, InputError) else None
        return Result(
            "watch", (), 2, judging=True, answer=Watched(edited, withheld=True), refused=(str(error),), help=help or ""
        )

    def render(self, project: Project, edited: tuple[str, ...], now: float | None) -> Result:
        """Render a newly read project, and write the changes. `now` is set at the start."""
        wish = self.wish
        self.looks += 1
        if self.looks % KEPT == 0:
            self.texts = Texts()
        names = select_environments(project, wish.environments, wish.task)
        task = wish.task if project.tasks and project.environments else None
        planned = plan_project(project, self.texts)
        built = build_again(planned, self.memory, environments=names, task=task, least=wish.least)
        findings = built.findings or report_no_artifact(built, names, task)
        new = self.leave_shown(findings)
        answer = Watched(edited, standing=len(findings) - len(new), begun=now is not None)
        if now is not None:
            answer = answer._replace(folders=(project.settings.templates, project.settings.environments))
        if are_failing(findings, strict=wish.strict):
            self.failing = True
            return Result("watch", new, 1, judging=True, answer=answer._replace(withheld=True))
        if now is not None:
            removed = clear_leftovers(self.root, (project.settings.rendered, project.settings.environments), now)
            answer = answer._replace(removed=removed)
        whole = not wish.environments and wish.task is None
        outcomes = write_committed(self.root, planned, built, whole=whole, hold=self.hold)
        answer = answer._replace(mended=self.failing, comparisons=self.compare(planned, built))
        self.failing = False
        return Result("watch", new, 0, outcomes, judging=True, answer=answer)

    def leave_shown(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Omit warnings and notes that were shown after the previous edit, even if they moved."""
        keys = {finding: name_finding(finding) for finding in findings}
        new = tuple(
            finding
            for finding in findings
            if are_failing([finding], strict=self.wish.strict) or keys[finding] not in self.shown
        )
        self.shown = frozenset(keys.values())
        return new

    def compare(self, planned: PlannedProject, built: Build) -> tuple[Comparison, ...] | None:
        """Compare the artifacts with those at the start, which are those of the first build without an error."""
        if self.start is None:
            self.start = (planned, built)
            return None
        old, before = self.start
        same = {(each.path, each.text) for each in before.artifacts} & {
            (each.path, each.text) for each in built.artifacts
        }
        sides = [leave_same(state, same) for state in (before, built)]
        review = compare_builds((old, planned), sides, Edits(old.project, planned.project), labels=(START, NOW))
        return tuple(each for each in review.comparisons if each.differs)


def leave_same(built: Build, same: set[tuple[str, str]]) -> Build:
    """Omit the artifacts with these paths and texts from a build."""
    artifacts = tuple(each for each in built.artifacts if (each.path, each.text) not in same)
    return built._replace(artifacts=artifacts, planned=tuple(each.path for each in artifacts))


def name_finding(finding: Finding) -> Finding:
    """Reduce a finding to the parts that stay the same after an edit above it."""
    location = finding.location and finding.location._replace(line=0, column=0)
    return Finding(finding.code, finding.severity, finding.message, location)


def list_edited(old: Project | None, new: Project) -> tuple[str, ...]:
    """List changed, new and deleted files."""
    if old is None:
        return ()
    named = {finding.location.file for finding in {*old.findings} ^ {*new.findings} if finding.location}
    before, after = (
        {source.path: source.text for source in list_sources(each, whole=was_read(old) and was_read(new))}
        for each in (old, new)
    )
    return tuple(sorted(named | {path for path in before | after if before.get(path) != after.get(path)}))


def was_read(project: Project) -> bool:
    """Whether a project was read beyond its settings, which had no error."""
    return bool(project.templates or project.overlays or all(each.code == "E132" for each in project.findings))


def list_sources(project: Project, *, whole: bool) -> Iterator[Source]:
    """List the texts of a project: all, or only that of the settings."""
    if project.settings.source is not None:
        yield project.settings.source
    if whole:
        yield from project.templates.values()
        yield from project.overlays.values()
