"""`taskdef explain`: finds where the values of an artifact come from, layer by layer. Writes nothing, and runs no rule."""

from __future__ import annotations

import re

from generator.build.pipeline import Trace, trace
from generator.build.planning import PlannedProject, plan_project
from generator.commands.words import select_environments
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.overlay import fold_variables
from generator.documents.places import find_path
from generator.model.findings import Source, WrongUsage, did_you_mean
from generator.model.gathering import gather
from generator.model.nodes import MapNode
from generator.model.origins import Explanation
from generator.model.project import Project
from generator.model.result import Result
from generator.project.loading import load_project
from generator.review.explain import explain_artifact, explain_paths, explain_variables, list_paths

FEW = 3
"""Paths that a message names."""

LINE = re.compile(r"(?P<file>.*\.json)(?::(?P<line>[0-9]+)(?::[0-9]+)?)?")


def explain(
    root: str,
    *,
    where: str,
    path: str | None = None,
    variables: bool = False,
) -> Result:
    """Explain an artifact, the values at a path of it or on a line of its file, or its variables.

    `where` is an environment, `ENV/TASK`, or the artifact's file, with `:LINE` or without. Where something is wrong with the artifact,
    what there is of it is explained, beside the findings.
    """
    if variables and path is not None:
        raise WrongUsage("`--vars` explains all variables: remove the path")
    project = load_project(root)
    if not project.environments or not project.tasks:
        raise WrongUsage("the project has nothing to explain: it takes an environment and a template")
    planned = plan_project(project)
    file = find_artifact(project, where)
    if file is not None and (path is not None or variables) and file[1] is not None:
        raise WrongUsage("a line of a file is explained alone: remove the other arguments")
    environment, task = file[0].removesuffix(".json").split("/") if file else split_name(planned, where)
    found = trace(planned, environment, task)
    if found is None or not found.stages:
        return make_refusal(planned, environment, task, found)
    if file is not None and file[1] is not None:
        explained = explain_line(planned, found, file[0], file[1])
    else:
        explained = explain_asked(planned, found, path, variables=variables)
    errors = tuple(finding for finding in found.findings if finding.severity == "error")
    return Result("explain", errors, 1 if errors else 0, answer=explained)


def name_artifact(planned: PlannedProject, found: Trace) -> str:
    return f"{planned.project.settings.rendered}/{found.plan.environment}/{found.plan.task}.json"


def explain_line(planned: PlannedProject, found: Trace, name: str, line: int) -> Explanation:
    """Explain the value on a line of an artifact's file."""
    artifact = name_artifact(planned, found)
    wanted = find_line(planned.project, found, name, line)
    explained = explain_paths(planned, found, artifact, wanted)
    if explained is None:
        message = f"`{wanted}` is in `{artifact}`, but no source sets it"
        raise WrongUsage(f"{message}: run `taskdef render {found.plan.environment}`")
    return explained


def explain_asked(planned: PlannedProject, found: Trace, path: str | None, *, variables: bool) -> Explanation:
    """Explain the variables of an artifact, the value at a path, or all of it."""
    artifact = name_artifact(planned, found)
    if variables:
        return explain_variables(planned, found, artifact)
    if not path:
        return explain_artifact(planned, found, artifact)
    explained = explain_paths(planned, found, artifact, path)
    if explained is None:
        raise WrongUsage(state_unknown_path(path, found))
    return explained


def make_refusal(planned: PlannedProject, environment: str, task: str, found: Trace | None) -> Result:
    """Return the findings that prevent the build of an artifact."""
    findings = found.findings if found is not None else ()
    if found is None:
        findings = planned.secrets.hide_all(gather(planned.list_reports([environment], [task])))
    errors = tuple(finding for finding in findings if finding.severity == "error")
    if not errors:
        raise WrongUsage(f"`{environment}` has no task `{task}`: its overlay switches it off")
    return Result("explain", errors, 1, judging=True)


def split_name(planned: PlannedProject, where: str) -> tuple[str, str]:
    """Split `ENV/TASK`; where the environment has only one task, that may be omitted."""
    project = planned.project
    environment, _, task = where.partition("/")
    select_environments(project, [environment], task or None)
    if task:
        return environment, task
    if len(project.tasks) == 1:
        return environment, project.tasks[0]
    plans = planned.list_plans([environment], project.tasks)
    if len(plans) > 1:
        names = " or ".join(f"`{environment}/{plan.task}`" for plan in plans)
        raise WrongUsage(f"`{environment}` has {len(plans)} tasks: name {names}")
    return environment, plans[0].task if plans else project.tasks[0]


def find_artifact(project: Project, where: str) -> tuple[str, int | None] | None:
    """Find the artifact that a word names as a file, as `<env>/<task>.json`, and the line if one is given."""
    match = LINE.fullmatch(where)
    if match is None:
        return None
    parts = match["file"].replace("\\", "/").split("/")
    environment, name = parts[-2:] if len(parts) > 1 else ("", parts[-1])
    known = [f"{each}/{task}.json" for each in project.environments for task in project.tasks]
    if f"{environment}/{name}" not in known or (
        len(parts) > 2 and parts[-3] != project.settings.rendered.rpartition("/")[2]
    ):
        rendered = [f"{project.settings.rendered}/{each}" for each in known]
        near = did_you_mean(match["file"], rendered)
        raise WrongUsage(f"`{match['file']}` is no artifact" + (f"; did you mean `{near}`?" if near else ""))
    return f"{environment}/{name}", int(match["line"]) if match["line"] else None


def find_line(project: Project, found: Trace, name: str, line: int) -> str:
    """Find the path of the value on a line of the committed artifact or, without one, of the artifact to write."""
    path = f"{project.settings.rendered}/{name}"
    data = project.artifacts.get(name)
    if data is None and found.artifact is None:
        raise WrongUsage(f"`{path}` is missing: run `taskdef render`")
    text = found.artifact.text if data is None and found.artifact else (data or b"").decode("utf-8", "replace")
    document, _ = parse_json(Source(path, text))
    if not isinstance(document, MapNode):
        raise WrongUsage(f"`{path}` is no task definition: run `taskdef render`")
    last = text.count("\n") + (not text.endswith("\n"))
    wanted = find_path(found.artifact.document if found.artifact else found.stages[-1].document, document, line)
    if wanted is None:
        raise WrongUsage(f"`{path}` has no line {line}: it has {last}")
    return wanted


def state_unknown_path(path: str, found: Trace) -> str:
    """Report that no layer ever had a path, and similar paths."""
    known = list_paths(found)
    inside = [each for each in known if each.endswith((f".{path}", f"[{path}]"))]
    if inside:
        more = f" and {len(inside) - FEW} more" if len(inside) > FEW else ""
        return f"there is no `{path}` at the top; there is {', '.join(f'`{each}`' for each in inside[:FEW])}{more}"
    if path in fold_variables(found.plan.variables).items:
        where = found.plan.environment
        return (
            f"there is no `{path}` in the task definition, but a variable: `taskdef explain {where} --vars` explains it"
        )
    ends = {each.rpartition(".")[2]: each for each in reversed(known)}
    last = did_you_mean(path.rpartition(".")[2], tuple(ends))
    near = did_you_mean(path, known) or (ends[last] if last else None)
    return f"there is no `{path}`" + (f"; did you mean `{near}`?" if near else "")
