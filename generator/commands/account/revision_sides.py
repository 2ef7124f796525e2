"""Registered revisions as sides of a comparison: read on demand, with containers named as in the sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.aws.calls.clients import Clients
from generator.build.planning import PlannedProject
from generator.commands.account.orders import Pair, find_strangers
from generator.commands.account.targets import Unregistered, find_ambiguous, find_wanted, make_target
from generator.commands.revision_words import LIVE
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.comparison import Comparison, Review, Side
from generator.model.findings import Finding, WrongUsage
from generator.model.project import Artifact
from generator.model.records import Record
from generator.model.releases import Release
from generator.review.compare import (
    Tracer,
    build_for_comparison,
    compare_pair,
    make_side,
    select_errors,
    share_secrets,
    view_revision,
)

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking
    from generator.commands.revision_words import Word

Sides = tuple[Side | None, Side | None]
Tasks = tuple[str | None, str | None]


class Recalled(Record):
    """A side, and the reason for this revision if it is not obvious. None without the task."""

    side: Side | None
    note: str = ""


def review_revisions(
    planned: PlannedProject, words: tuple[Word, Word], files: Sides, asking: Asking, on_event: OnAccountEvent | None
) -> Review:
    """Compare two words of which one or both are revisions, task by task; `files` are the sides of words that are files."""
    names = dict.fromkeys(word.environment for word in words if word.environment)
    tasks = {word.task for word in words if word.environment}
    built = build_for_comparison(planned, names, tasks.pop() if len(tasks) == 1 else None)
    errors = select_errors(built)
    if errors and (len(names) > 1 or any(word.environment and not word.revision for word in words)):
        return Review((), errors)  # without sources, containers have no name that both environments know
    pairs = pair_tasks(planned, words)
    if asking.service is not None and len(pairs) > 1:
        raise WrongUsage(f"`--service` is one service, and there are {len(pairs)} tasks: name one")
    # A file without sources has only the names of containers, so the other side is compared by names, too.
    named = all(file is None or file.artifact is not None for file in files)
    artifacts = built.artifacts if named else ()
    recaller = Recaller(planned, artifacts, asking, on_event or ignore_account_event, lenient=len(pairs) > 1)
    refused = recaller.find_shared(words, pairs) or recaller.find_strangers(words, pairs)
    if refused:
        return Review((), refused)
    compared = [compare_tasks(recaller, words, files, pair) for pair in pairs]
    comparisons = tuple(each for each in compared if each is not None)
    if not comparisons:
        raise recaller.missing[0]
    return Review(share_secrets(comparisons, built.secrets))


def pair_tasks(planned: PlannedProject, words: tuple[Word, Word]) -> list[Tasks]:
    """Pair the tasks of two words. A missing task, and a file, are None."""
    lists = [[word.task] if word.task else list_tasks(planned, word.environment) for word in words if word.environment]
    for word, tasks in zip((word for word in words if word.environment), lists, strict=True):
        if not tasks:
            raise WrongUsage(f"`{word.environment}` has no task")
        if len(tasks) > 1 and (len(lists) == 1 or word.revision not in ("", LIVE)):
            where, _, _ = word.text.partition(":")
            example = f"{where}/{tasks[0]}{word.text.removeprefix(where)}"
            raise WrongUsage(f"`{where}` has {len(tasks)} tasks: name one, like `{example}`")
    if len(lists) == 1:
        return [(lists[0][0], None) if words[0].environment else (None, lists[0][0])]
    lefts, rights = lists
    if len(lefts) == len(rights) == 1:
        return [(lefts[0], rights[0])]
    named = words[0].task or words[1].task
    both = [named] if named else sorted({*lefts, *rights})
    return [(name if name in lefts else None, name if name in rights else None) for name in both]


def list_tasks(planned: PlannedProject, environment: str) -> list[str]:
    """List the tasks that an environment has."""
    return [plan.task for plan in planned.list_plans([environment], planned.project.tasks)]


def compare_tasks(recaller: Recaller, words: tuple[Word, Word], files: Sides, tasks: Tasks) -> Comparison | None:
    """Compare one task of two words; None if neither has it."""
    recalled = [
        Recalled(file) if task is None else recaller.find_side(word, task)
        for word, task, file in zip(words, tasks, files, strict=True)
    ]
    left, right = (each.side for each in recalled)
    if left is None and right is None:
        return None
    compared = compare_pair(left, right, recaller.tracer)
    names = {task for task in tasks if task is not None}
    name = names.pop() if len(names) == 1 and not any(files) else ""
    return compared._replace(task=name, notes=(*compared.notes, *(each.note for each in recalled if each.note)))


class Recaller:
    """Finds revisions of one project.

    Where it is `lenient`, a family without any is only kept in `missing`.
    """

    def __init__(
        self,
        planned: PlannedProject,
        artifacts: Iterable[Artifact],
        asking: Asking,
        on_event: OnAccountEvent,
        *,
        lenient: bool,
    ) -> None:
        self.planned = planned
        self.tracer = Tracer(planned)
        self.artifacts = {(each.environment, each.task): each for each in artifacts}
        self.asking = asking
        self.lenient = lenient
        self.clients = Clients(asking.access, on_event=on_event)
        self.releases: dict[Pair, Release] = {}
        self.missing: list[Unregistered] = []

    def find_strangers(self, words: tuple[Word, Word], pairs: Iterable[Tasks]) -> tuple[Finding, ...]:
        """Find why the caller gets no answer about the requested revisions."""
        asked = [
            self.find_release((word.environment, task))
            for tasks in pairs
            for word, task in zip(words, tasks, strict=True)
            if word.revision and task is not None
        ]
        return find_strangers((release.claim for release in asked), self.clients)

    def find_shared(self, words: tuple[Word, Word], pairs: Iterable[Tasks]) -> tuple[Finding, ...]:
        """Find services that would have to be asked, are named by no option, and are those of several tasks."""
        asked = [
            (word.environment, task)
            for tasks in pairs
            for word, task in zip(words, tasks, strict=True)
            if word.revision == LIVE and task is not None and self.asking.service is None
        ]
        return find_ambiguous(self.planned, asked)

    def find_release(self, pair: Pair) -> Release:
        """Find the family of a task and where it goes, once."""
        if pair not in self.releases:
            self.releases[pair] = make_target(self.planned, pair)
        return self.releases[pair]

    def find_side(self, word: Word, task: str) -> Recalled:
        """Find the side of a task that a word names: a revision, or the task definition as rendered now."""
        pair = (word.environment, task)
        if word.revision:
            return self.recall(pair, word.revision)
        return Recalled(make_side(self.planned.project, self.artifacts.get(pair), word.text))

    def recall(self, pair: Pair, revision: str) -> Recalled:
        """Find a revision."""
        release = self.find_release(pair)
        cluster, service = self.asking.cluster, self.asking.service
        try:
            found, note = find_wanted(self.clients, release, revision, cluster=cluster, service=service)
        except Unregistered as error:
            if not self.lenient:
                raise
            self.missing.append(error)
            return Recalled(None)
        artifact = self.artifacts.get(pair)
        side = view_revision(found, artifact.document if artifact else None)
        label = f"{pair[0]}:{revision} ({found.name})" if revision == LIVE else found.name
        return Recalled(side._replace(label=label), note)
