"""`taskdef diff`: how two environments, states of the project, registered revisions or files differ, by meaning. Never writes.

The meaning of a word is decided in this order: a git range, an environment, a task of one (`ENV/TASK`), a registered revision of one
of these (`ENV:3`, `ENV:live`), a file. Asks AWS only if a word is a revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import normpath
from typing import TYPE_CHECKING

from generator.build.planning import PlannedProject, plan_project
from generator.commands.revision_words import LIVE, ONLY_LIVE, Word, split_revision, state_unknown_revision
from generator.commands.words import state_unknown_name
from generator.documents.parsing.document import parse_json
from generator.documents.tree import read_text
from generator.model.comparison import Review, Side
from generator.model.findings import InputError, Source, WrongUsage
from generator.model.nodes import MapNode
from generator.model.project import Artifact, Project
from generator.model.result import Result
from generator.project.links import check_way
from generator.project.loading import ARTIFACT_LIMIT, STDIN, decode_text, load_project, read_file
from generator.review.compare import (
    Tracer,
    build_for_comparison,
    compare_environments,
    compare_pair,
    compare_projects,
    find_assumed,
    make_side,
    select_errors,
    share_secrets,
    view_file,
)

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking
    from generator.model.account_events import OnAccountEvent

SAME, DIFFERENT, CANNOT = 0, 1, 2


def diff(
    root: str,
    *,
    words: Sequence[str],
    task: str | None = None,
    by_cause: bool = False,
    why: bool = False,
    stdin: bytes = b"",
    asking: Asking | None = None,
    on_event: OnAccountEvent | None = None,
) -> Result:
    """Compare the things that one or two words name. The status is 0, 1 or 2, as that of `diff`.

    With `why`, the answer has the values that count as the same without proof.

    A single revision is compared with the artifact of its environment as rendered now. `asking` is the access to AWS
    for revisions; with None, boto3 chooses it.
    """
    project = load_project(root, artifacts=any(split_revision(word)[1] for word in words))
    words = tuple(spell_revision(project, word) for word in words)
    if len(words) == 1 and is_revision(project, words[0]):
        words = (words[0], split_revision(words[0])[0])
    if asking and asking.chosen and not any(is_revision(project, word) for word in words):
        raise WrongUsage("options about AWS are for words like `prod:3` and `prod:live`, and none of these is one")
    if asking and asking.placed and not any(split_revision(word)[1] == LIVE for word in words):
        raise WrongUsage(ONLY_LIVE)
    if task is not None and len(words) == 2 and project.tasks and task not in project.tasks:
        raise WrongUsage(state_unknown_name("task", task, project.tasks))
    ranged = parse_words(project, words)
    if by_cause and ranged is None:
        raise WrongUsage("`--by-cause` groups by the edits of a git range, like `main..`")
    review = (
        review_range(root, project, ranged, task)
        if ranged
        else review_words(root, plan_project(project), words, task, stdin, asking, on_event)
    )
    if why:
        review = review._replace(comparisons=tuple(map(find_assumed, review.comparisons)))
    return Result("diff", review.findings, judge(review), answer=review._replace(by_cause=by_cause))


def judge(review: Review) -> int:
    """Find the status of a comparison: no difference, differences, or not comparable."""
    if review.findings:
        return CANNOT
    return DIFFERENT if any(each.differs for each in review.comparisons) else SAME


def parse_words(project: Project, words: Sequence[str]) -> str | None:
    """Find the git range of a single word; two words are never a range."""
    if len(words) == 2:
        return None
    from generator.project.history import parse_range  # only if git is needed

    if parse_range(words[0]) is None:
        where, colon, _ = words[0].partition(":")
        if colon and where.partition("/")[0] in project.environments:
            raise WrongUsage(state_unknown_revision(words[0]))
        known = "a git range, like `main..`, or a registered revision, like `prod:live`"
        raise WrongUsage(f"compare `{words[0]}` with what? A single word is {known}")
    return words[0]


def review_range(root: str, project: Project, word: str, task: str | None) -> Review:
    """Compare the artifacts of two revisions, or of one and the work tree."""
    from generator.project.git import open_repository
    from generator.project.history import load_revision, parse_range, resolve_range

    split = parse_range(word)
    assert split is not None
    left, right, since_fork = split
    repository = open_repository(root)
    commits = resolve_range(repository, left, right, since_fork=since_fork)
    name = commits.left[:12] if since_fork else left
    old = load_revision(repository, commits.left, name, known=(project.settings,))
    known = (project.settings, old.settings)
    new = load_revision(repository, commits.right, right, known=known) if right else project
    tasks = {*old.tasks, *new.tasks}
    if task is not None and task not in tasks:
        raise WrongUsage(state_unknown_name("task", task, tuple(sorted(tasks))))
    if not tasks:
        raise WrongUsage(f"there is no task in `{left}` and none in {f'`{right}`' if right else 'the work tree'}")
    return compare_projects(old, new, labels=(name, right or "the work tree"), task=task)


def review_words(
    root: str,
    planned: PlannedProject,
    words: Sequence[str],
    task: str | None,
    stdin: bytes,
    asking: Asking | None,
    on_event: OnAccountEvent | None,
) -> Review:
    """Compare what two words stand for: environments, tasks of these, revisions, or files."""
    if list(words) == ["-", "-"]:
        raise WrongUsage("stdin can be one side only")
    project = planned.project
    left, right = (read_word(project, word, task) for word in words)
    if left.revision or right.revision:
        from generator.commands.account.asking import Asking  # only if AWS is asked
        from generator.commands.account.revision_sides import review_revisions

        file, other = (
            None if word.environment else read_side(root, planned, word.text, stdin) for word in (left, right)
        )
        return review_revisions(planned, (left, right), (file, other), asking or Asking(), on_event)
    if left.environment and right.environment and left.task == right.task:
        return compare_environments(planned, left.environment, right.environment, task=left.task)
    files = [None if word.environment else read_side(root, planned, word.text, stdin) for word in (left, right)]
    return compare_words(planned, (left, right), files)


def compare_words(planned: PlannedProject, words: tuple[Word, Word], files: Sequence[Side | None]) -> Review:
    """Compare a task of an environment with another one or with a file, or two files."""
    built = build_for_comparison(planned, dict.fromkeys(word.environment for word in words if word.environment), None)
    errors = select_errors(built)
    artifacts = {(each.environment, each.task): each for each in built.artifacts}
    sides = []
    for word, file, other in zip(words, files, reversed(files), strict=True):
        if file is not None:
            sides.append(file)
            continue
        there = [each for each in built.artifacts if each.environment == word.environment]
        chosen = word.task or choose_task(word, there, other)
        side = make_side(planned.project, artifacts.get((word.environment, chosen)), word.text)
        if side is None and not errors:
            raise WrongUsage(f"`{word.environment}` does not have the task `{chosen}`")
        if side is None:
            return Review((), errors)
        sides.append(side)
    return Review(share_secrets([compare_pair(sides[0], sides[1], Tracer(planned))], built.secrets))


def read_word(project: Project, word: str, task: str | None) -> Word:
    """Find the meaning of a word."""
    if word in project.environments:
        return Word(word, word, task)
    environment, slash, name = word.partition("/")
    if slash and environment in project.environments and name in project.tasks:
        return Word(word, environment, name)
    if is_revision(project, word):
        where, revision = split_revision(word)
        environment, _, name = where.partition("/")
        if name and name not in project.tasks:
            raise WrongUsage(state_unknown_name("task", name, project.tasks))
        return Word(word, environment, name or task, revision)
    return Word(word)


def spell_revision(project: Project, word: str) -> str:
    """Convert a revision with a family, like `trading-bot-prod:3`, to its environment."""
    where, revision = split_revision(word)
    if not revision or where.partition("/")[0] in project.environments or not project.environments:
        return word
    from generator.commands.account.families import name_environment  # only if a word is a revision

    return name_environment(project, word)


def is_revision(project: Project, word: str) -> bool:
    """Whether a word is a registered revision of an environment's task."""
    where, revision = split_revision(word)
    return bool(revision) and where.partition("/")[0] in project.environments


def choose_task(word: Word, there: list[Artifact], other: Side | None) -> str:
    """Choose the task of an environment to compare with a file: the only one, or the one with the file's family."""
    if other is not None and len(there) > 1:
        family = read_text(other.document, "family")
        there = [each for each in there if read_text(each.document, "family") == family] or there
    if len(there) > 1:
        example = f"{word.environment}/{there[0].task}"
        raise WrongUsage(f"`{word.environment}` has {len(there)} tasks: name one, like `{example}`")
    return there[0].task if there else ""


def read_side(root: str, planned: PlannedProject, word: str, stdin: bytes) -> Side:
    """Read a file. An artifact that is up to date comes with its sources."""
    path = STDIN if word == "-" else word
    text = decode_text(path, stdin if word == "-" else read_named(planned.project, word))
    built = find_artifact(root, planned, word, text)
    if built is not None:
        return built
    node, findings = parse_json(Source(path, text))
    if node is None or findings:
        from generator.documents.hiding import make_text_secrets  # only if a file cannot be read
        from generator.documents.recognizing import NOT_JSON, is_something_else, recognize_text

        (finding,) = make_text_secrets(Source(path, text)).hide_all(findings[:1])
        guess = recognize_text(text, 0) if finding.code == "E104" else None
        other = NOT_JSON if is_something_else(text) else finding.message
        raise InputError(f"{finding.location or path}: {guess.message if guess else other}")
    if not isinstance(node, MapNode):
        raise InputError(f"{path}: no task definition, which is a mapping")
    return view_file(path, node)


def read_named(project: Project, word: str) -> bytes:
    """Read a file; if a word is not a file, report what it may mean."""
    from generator.project.history import parse_range

    check_way(word)
    try:
        return read_file(word, word, ARTIFACT_LIMIT)
    except InputError:
        if parse_range(word):
            message = f"`{word}` is a git range, which has two sides already"
            raise WrongUsage(message) from None
        environment, _, _ = word.partition(":")[0].partition("/")
        if split_revision(word)[1] and project.environments:
            raise WrongUsage(state_unknown_name("environment", environment, project.environments)) from None
        if ":" in word and environment in project.environments:
            raise WrongUsage(state_unknown_revision(word)) from None
        if "/" in word or word.endswith(".json") or not project.environments:
            raise
        raise WrongUsage(state_unknown_name("environment or file", word, project.environments)) from None


def find_artifact(root: str, planned: PlannedProject, word: str, text: str) -> Side | None:
    """Find the artifact that a file is, if that is up to date."""
    project = planned.project
    path = normpath(word).removeprefix(f"{normpath(root)}/")
    parts = path.removeprefix(f"{project.settings.rendered}/").removesuffix(".json").split("/")
    if len(parts) != 2 or parts[0] not in project.environments or parts[1] not in project.tasks:
        return None
    built = build_for_comparison(planned, [parts[0]], parts[1])
    same = next((each for each in built.artifacts if each.path == path and each.text == text), None)
    return make_side(project, same, word)
