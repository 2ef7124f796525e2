"""`taskdef matrix`: compares environments side by side and, for a page, finds where each value comes from. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from generator.build.merging import resolve_references
from generator.build.pipeline import StagedBuild, build_staged
from generator.build.planning import PlannedProject, plan_project
from generator.commands.words import select_environments
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.parsing.overlay import fold_variables
from generator.model.events import OnEvent, ignore_event
from generator.model.findings import Severity
from generator.model.origins import Origin
from generator.model.result import Result, are_failing
from generator.project.loading import load_project
from generator.review.matrix import Column, Matrix, Origins, Table, arrange, spell_number


def matrix(
    root: str,
    *,
    environments: Sequence[str] = (),
    task: str | None = None,
    whole: bool = False,
    page: str | None = None,
    strict: bool = False,
    least: Severity = "warning",
    on_event: OnEvent = ignore_event,
) -> Result:
    """Compare the named environments, or all, side by side: all rows with `whole`, else those that differ.

    A task with an error is shown as far as it was built. For a `page`, which is a file, the origin of every value is found. `least`
    is the lowest severity of rules to look for.
    """
    project = load_project(root, artifacts=False)
    names = select_environments(project, environments, task)
    chosen = task if project.tasks and project.environments else None
    planned = plan_project(project)
    staged = build_staged(planned, environments=names, task=chosen, least=least, on_event=on_event)
    computed = staged.build
    columns = gather_columns(planned, staged, names or project.environments, chosen)
    findings = computed.findings
    if not names and task is None and computed.artifacts and not computed.failed:
        from generator.review.environments import agree  # like `check`, if all are selected

        findings += agree(planned, staged, least=least).findings
    status = 1 if are_failing(findings, strict=strict) else 0
    tables = arrange(columns, computed.secrets)
    origins = find_origins(planned, staged, columns, tables) if page is not None else {}
    return Result("matrix", findings, status, answer=Matrix(tables, whole, page, origins))


def gather_columns(
    planned: PlannedProject, staged: StagedBuild, environments: Sequence[str], task: str | None
) -> list[Column]:
    """Gather the document of every task in every environment; with an error, the last stage."""
    built = {(artifact.environment, artifact.task): artifact for artifact in staged.build.artifacts}
    columns = []
    for environment in environments:
        for name in (task,) if task is not None else planned.project.tasks:
            artifact = built.get((environment, name))
            if artifact is not None:
                columns.append(Column(environment, name, artifact.document, artifact.variables))
            elif (environment, name) in staged.stages:
                columns.append(find_column(planned, staged, environment, name))
    return columns


def find_column(planned: PlannedProject, staged: StagedBuild, environment: str, task: str) -> Column:
    """Find the last document of an artifact with an error."""
    document, _ = resolve_references(staged.stages[environment, task][-1].document)
    document = order_document(coerce_document(document)[0])
    plan, _ = planned.plan_task(environment, task)
    return Column(environment, task, document, fold_variables(plan.variables) if plan else None)


def find_origins(
    planned: PlannedProject, staged: StagedBuild, columns: Sequence[Column], tables: Sequence[Table]
) -> Origins:
    """Find the origin of every value, and of removed values that another environment has."""
    from generator.review.explain import ArtifactIndex, Explainer, Ways

    secrets = staged.build.secrets
    paths = {table.task: [row.path for row in table.rows] for table in tables}
    ways: Ways | None = None
    task = ""
    origins: dict[tuple[str, str], dict[str, Origin]] = {}
    for column in sorted(columns, key=lambda column: column.task):
        plan, _ = planned.plan_task(column.environment, column.task)
        assert plan is not None, "a column is of a task that its environment has"
        traced = staged.make_trace(plan)
        if ways is None or column.task != task:  # the same in every environment, and takes the longest to find
            ways, task = Ways(planned, column.task), column.task
        index = ArtifactIndex(planned, traced, ways)
        explainer = Explainer(index)
        leaves = index.list_leaves()
        told = [explainer.explain(*leaf) for leaf in leaves]
        found = {
            secrets.scrub(spell_number(path, number)) if number else origin.path: origin
            for (path, number), origin in zip(leaves, told, strict=True)
        }
        lacking = [path for path in paths[column.task] if path not in found]
        known = {secrets.scrub(path): path for each in index.layers for path in each} if lacking else {}
        found |= {path: explainer.explain(known[path], 0) for path in lacking if path in known}
        origins[column.environment, column.task] = found
    return origins
