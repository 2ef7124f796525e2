"""`taskdef import`: converts task definitions to a template and overlays, and proves first that they render to the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.adopt.homes import Where
from generator.adopt.inserting import NoPlace
from generator.adopt.outlook import choose_codes, count_between, count_in_project, find_refused, turn_off
from generator.adopt.overlays import Beside
from generator.adopt.proving import Adopted, adopt_proven, make_project
from generator.adopt.reading import Original, find_nameless
from generator.adopt.reasons import find_family_name, list_omitted, list_reasons, measure
from generator.adopt.settings_text import keep_findings
from generator.build.planning import PlannedProject, plan_project
from generator.commands.account.refusals import refuses
from generator.commands.import_inputs import Wanted, check_twice, load_inputs, read_all, recall_inputs
from generator.commands.schema import make_text
from generator.documents.hiding import make_text_secrets
from generator.documents.schemas.files import FILES, write_modeline
from generator.ecs.paths import first_step
from generator.model.adoption import Imported, NewFile, Reason, Size, Unlike
from generator.model.findings import Finding, InputError, Source
from generator.model.project import OVERLAY_SUFFIX, TASK_SUFFIX, Project, Settings
from generator.model.records import Record
from generator.model.result import Outcome, Result
from generator.model.secrecy import Secrets
from generator.project.inputs import find_there
from generator.project.loading import load_overlays, load_settings, load_templates
from generator.project.writing import MODE, replace_files
from generator.review.lint import Linter, lint_document
from generator.rules import RULES

if TYPE_CHECKING:
    from generator.commands.account.asking import Asking
    from generator.model.account_events import OnAccountEvent


EMPTY_TAGS = "E404"
"""The rule that reports an empty list, which an import omits."""


@refuses("import")
def import_files(
    root: str,
    *,
    files: Sequence[tuple[str, str]] = (),
    patterns: Sequence[str] = (),
    task: str | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008 - a value that nothing changes
    hold: Callable[[], None] | None = None,
    asking: Asking | None = None,
    on_event: OnAccountEvent | None = None,
) -> Result:
    """Import files and registered revisions, each with its environment, and the files that patterns match.

    `hold` is called before the first file is replaced. `asking` is the access to AWS for revisions; with None, boto3 chooses it.
    """
    settings, findings = load_settings(root)
    base, found = load_base(root, settings)
    if findings or found:
        return Result("import", (*findings, *found), 1, judging=True)
    inputs = recall_inputs(load_inputs(files, patterns, task), base, asking, on_event)
    originals, findings = read_all(inputs, wanted, settings)
    if findings:
        return Result("import", findings, 1, judging=True)
    originals = name_tasks(originals)
    check_twice(originals)
    beside = find_beside(base)
    refuse_existing(root, settings, originals)
    try:
        first = write_modeline(settings.environments) if wanted.schema else ""
        adopted = adopt_proven(settings, originals, base, beside, first)
    except NoPlace as error:
        raise InputError(str(error), "write the entry of each task below it") from None
    schema = find_missing_schema(root, settings) if wanted.schema else {}
    return make_result(root, Import(settings, base, originals, adopted, wanted, schema), hold)


class Import(Record):
    """An import in memory, not written yet. `schema` is the file of the schema, if it is to be written."""

    settings: Settings
    base: Project
    originals: tuple[Original, ...]
    adopted: Adopted
    wanted: Wanted
    schema: Mapping[str, str]


def load_base(root: str, settings: Settings) -> tuple[Project, tuple[Finding, ...]]:
    """Read the templates and overlays that are there already."""
    found: list[Finding] = []
    templates = load_templates(root, settings.templates, found)
    overlays = load_overlays(root, settings.environments, found)
    return Project(settings, templates, overlays, {}), tuple(found)


def name_tasks(originals: tuple[Original, ...]) -> tuple[Original, ...]:
    """Name the task of files without `--task`: by the family without the parts that differ."""
    families = {each.environment: str(each.value["family"]) for each in originals if not each.task}
    name = find_family_name(families)
    return tuple(each if each.task else each._replace(task=name) for each in originals)


def refuse_existing(root: str, settings: Settings, originals: Iterable[Original]) -> None:
    """Refuse to overwrite a template or an artifact."""
    wanted = [f"{settings.templates}/{each.task}{TASK_SUFFIX}" for each in originals]
    wanted += [f"{settings.rendered}/{each.environment}/{each.task}.json" for each in originals]
    there = find_there(root, tuple(dict.fromkeys(wanted)))
    if there:
        raise InputError(
            f"{', '.join(there)}: already there, and `import` writes over nothing",
            "give `--task` another name, or delete it",
        )


def find_beside(base: Project) -> Beside | None:
    """Find the parts of a project that matter for a new task; None if there is no project yet."""
    if not base.tasks and not base.overlays:
        return None
    planned = plan_project(base)
    homes = {env: find_aws(planned, env) for env in base.environments}
    overlays = {
        name.removesuffix(OVERLAY_SUFFIX): source.text for name, source in base.overlays.items() if "/" not in name
    }
    return Beside(overlays, homes, base.tasks, base.settings.environments)


def find_missing_schema(root: str, settings: Settings) -> dict[str, str]:
    """Make the schema file for overlays, unless it exists: `taskdef schema --write` updates it."""
    path = FILES["overlay"]
    return {} if find_there(root, (path,)) else {path: make_text("overlay", settings)}


def find_aws(planned: PlannedProject, env: str) -> Where:
    """Find the account and region that an environment's overlays give."""
    given = {name: node.text for each in planned.find_chain(env).overlays for name, node in each.aws.items()}
    return Where(given.get("account", ""), given.get("region", ""))


def make_result(root: str, done: Import, hold: Callable[[], None] | None) -> Result:
    """Write the proven files, and make the result."""
    proof, sources = done.adopted.proof, done.adopted.sources
    secrets = find_secrets(done.originals)
    if not proof.holds:
        unlike = tuple(Unlike(*each) for each in proof.differences)
        answer = Imported(tuple(sources.homes), len(done.originals), (), Size(), unlike=unlike)
        return Result("import", secrets.hide_all(report_failure(done)), 1, answer=answer, judging=True)
    refused = find_refused(proof, done.settings)
    if done.wanted.keep:
        refused = choose_codes(proof, done.settings, refused)
    files = list_files(done, refused, secrets)
    answer = Imported(
        tuple(sources.homes),
        len(done.originals),
        files,
        measure(done.originals, sources, find_before(done)),
        tuple(variable.name for variable in sources.variables),
        list_omitted(done.originals),
        tuple(env for env, home in sources.homes.items() if home.guessed),
        list_whole(done.adopted),
        tuple(sorted(refused)),
        done.wanted.keep,
        hide_reasons(list_reasons(sources), secrets) if done.wanted.why else (),
        dry=done.wanted.dry,
        sensitive=list_sensitive(done.originals),
        between=() if done.wanted.dry else find_between(done, refused),
    )
    if not done.wanted.dry:
        replace_files(root, {each.path: each.text.encode() for each in files}, MODE, hold)
    return Result(
        "import",
        lint_inputs(done, secrets),
        0,
        tuple(Outcome(each.path, "planned" if done.wanted.dry else "wrote") for each in files),
        answer=answer,
        judging=not done.wanted.dry,
    )


def report_failure(done: Import) -> tuple[Finding, ...]:
    """Report why the sources could not be built: at the files if they show the reason, otherwise at the unwritten sources."""
    nameless = [each for original in done.originals for each in find_nameless(original.document, [first_step()])]
    return tuple(finding for _, finding in nameless) or done.adopted.proof.findings


def list_sensitive(originals: Iterable[Original]) -> tuple[tuple[str, str], ...]:
    """List the arguments that Terraform marks as sensitive, by environment."""
    return tuple((each.environment, name) for each in originals if each.converted for name in each.converted.sensitive)


def find_secrets(originals: Iterable[Original]) -> Secrets:
    """Find the secrets in the files."""
    sources = (Source(each.source.path, each.text) if each.converted else each.source for each in originals)
    first, *others = map(make_text_secrets, sources)
    return first.join(*others)


def find_before(done: Import) -> str:
    """Give the overlays that are there already and stay, as one text."""
    names = {f"{env}{OVERLAY_SUFFIX}" for env in done.adopted.sources.overlays}
    return "".join(source.text for name, source in done.base.overlays.items() if name in names)


def hide_reasons(reasons: Iterable[Reason], secrets: Secrets) -> tuple[Reason, ...]:
    """Mask the secrets in the values that led to a part of the import."""
    return tuple(
        each._replace(
            values=tuple((env, secrets.scrub(secrets.mask_text(each.name, text))) for env, text in each.values)
        )
        for each in reasons
    )


def list_whole(adopted: Adopted) -> tuple[tuple[str, str, str], ...]:
    """List the tasks and environments whose containers are not factored, and why."""
    unfit = {(task, env, "could not be proven otherwise") for task, env in adopted.whole}
    odd = {
        (task, env, "have another order")
        for task, envs in adopted.sources.odd.items()
        for env in envs
        if (task, env) not in adopted.whole
    }
    return tuple(sorted(unfit | odd))


def lint_inputs(done: Import, secrets: Secrets) -> tuple[Finding, ...]:
    """Find the findings of rules for the files. Members that only ECS sets, nulls, wrong types and empty lists are removed by now."""
    findings: list[Finding] = []
    for each in done.originals:
        levels = dict(done.settings.find_levels(each.environment))
        if not done.wanted.exact:
            levels[EMPTY_TAGS] = "off"
        linter = Linter(levels, allow=done.settings.allow_members, least="warning")
        whole = lint_document(linter, each.document, each.text) if each.converted else None
        found = linter.look(each.source, sure=True) if whole is None else whole
        findings += (finding for finding in found or () if finding.code in RULES)
    return secrets.hide_all(findings)


def find_between(done: Import, refused: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, int], ...]:
    """Count the findings between environments that `taskdef check` will report. Empty if it stops before that."""
    if refused and not done.wanted.keep:
        return ()
    sources, proof = done.adopted.sources, done.adopted.proof
    if not done.base.tasks and not done.base.overlays:  # only proven files exist yet
        return count_between(proof.planned, proof.staged)
    settings = turn_off(done.settings, refused)
    return count_in_project(make_project(settings, sources.templates, sources.overlays, done.base))


def list_files(done: Import, codes: Mapping[str, Mapping[str, str]], secrets: Secrets) -> tuple[NewFile, ...]:
    """List the files to write: settings, templates, overlays and artifacts."""
    settings, sources = done.settings, done.adopted.sources
    files: dict[str, str] = {}
    if done.wanted.keep and codes:
        path, before = ("taskdef.toml", "") if settings.source is None else settings.source
        prefix = "" if path == "taskdef.toml" else "tool.taskdef."
        files[path] = keep_findings(before, codes, tuple(sources.homes), prefix=prefix)
    for task, text in sources.templates.items():
        files[f"{settings.templates}/{task}{TASK_SUFFIX}"] = text
    for env, text in sources.overlays.items():
        files[f"{settings.environments}/{env}{OVERLAY_SUFFIX}"] = text
    files |= {artifact.path: artifact.text for artifact in done.adopted.proof.artifacts}
    files |= done.schema
    there = {source.path: source.text for source in done.base.overlays.values()}
    if settings.source is not None:
        there[settings.source.path] = settings.source.text
    made = (NewFile(path, text, there.get(path)) for path, text in files.items() if there.get(path) != text)
    return tuple(each._replace(shown=secrets.scrub(each.text)) if done.wanted.dry else each for each in made)
