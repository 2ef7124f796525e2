"""`taskdef diagnose`: finds why tasks stopped or do not start, and the line of the sources to change. Changes nothing."""

from __future__ import annotations

from generator.aws.calls.clients import Clients
from generator.build.pipeline import trace
from generator.build.planning import PlannedProject, plan_project
from generator.commands.account.examinations import Subject, examine
from generator.commands.account.orders import Pair, find_settings, find_strangers, select_pairs
from generator.commands.account.refusals import Refused, refuses
from generator.commands.account.targets import find_ambiguous
from generator.model.account import Access
from generator.model.account_events import OnAccountEvent, ignore_account_event
from generator.model.findings import Finding, Note, WrongUsage
from generator.model.releases import Claim
from generator.model.result import Result
from generator.project.loading import load_project


@refuses("diagnose", 2)
def diagnose(
    root: str,
    *,
    word: str | None,
    access: Access,
    cluster: str | None = None,
    service: str | None = None,
    task: str | None = None,
    on_event: OnAccountEvent = ignore_account_event,
) -> Result:
    """Find why the tasks of an environment or a service, or one task, failed.

    `word` is `ENV` or `ENV/TASK`, whose sources have the lines; without it, only the member is named.
    """
    planned = plan_project(load_project(root)) if word else None
    if planned is not None and not (planned.project.environments and planned.project.tasks):
        raise Refused(planned.project.findings)  # which have the reason
    subjects = load_subjects(planned, word) if planned is not None and word else [Subject()]
    subjects = [place_subject(each, cluster, service) for each in subjects]
    check_usage(subjects, word, task, service)
    # The ARN of a task has its region, which overrides the default region.
    told = "" if access.region else name_region(task)
    clients = Clients(access._replace(region=access.region or told or None), on_event=on_event)
    strangers = find_strangers((each.claim for each in subjects if each.name), clients)
    if strangers:
        raise Refused(tuple(explain_region(each, subjects[0].claim) for each in strangers) if told else strangers)
    shared = () if task or planned is None else find_shared(planned, subjects)
    examined = tuple(examine(clients, subject, task or "") for subject in subjects)
    return Result("diagnose", shared, 1 if any(each.diagnosis for each in examined) else 0, answer=examined)


def find_shared(planned: PlannedProject, subjects: list[Subject]) -> tuple[Finding, ...]:
    """Report that a service is skipped since several tasks name it. The rest of the task is still checked."""
    found: dict[Finding, None] = {}
    for each in subjects:
        if each.project is not None and not each.service:
            environment, _, task = each.name.partition("/")
            shared = find_ambiguous(planned, [(environment, task)])
            found |= dict.fromkeys(finding._replace(severity="warning") for finding in shared)
    return tuple(found)


def load_subjects(planned: PlannedProject, word: str) -> list[Subject]:
    """Read the tasks that a word names: the settings of each in the overlays, and its artifact as rendered now."""
    found = [load_subject(planned, pair) for pair in select_pairs(planned.project, [word])]
    subjects = [each for each in found if each is not None]
    if not subjects:
        raise WrongUsage(f"there is nothing to diagnose: `{word}` is switched off")
    return subjects


def load_subject(planned: PlannedProject, pair: Pair) -> Subject | None:
    """Read one task of one environment; None if that does not have it."""
    traced = trace(planned, *pair)
    if traced is None:
        return None
    lenient = trace(planned, *pair, judged=False) if traced.artifact is None else None
    scalars = find_settings(planned, pair)
    settings = {name: scalar.text for name, scalar in scalars.items()}
    places = tuple((name, scalar.place) for name, scalar in scalars.items())
    return Subject(
        "/".join(pair),
        Claim(pair[0], settings.get("account", ""), settings.get("region", ""), places),
        settings.get("cluster", ""),
        settings.get("service", ""),
        lenient.artifact if lenient is not None else traced.artifact,
        planned.project,
        traced.secrets,
        faulty=traced.artifact is None,
    )


def place_subject(subject: Subject, cluster: str | None, service: str | None) -> Subject:
    """Apply the options that name where a task runs."""
    return subject._replace(
        cluster=subject.cluster if cluster is None else cluster,
        service=subject.service if service is None else service,
    )


def check_usage(subjects: list[Subject], word: str | None, task: str | None, service: str | None) -> None:
    """Refuse words that select nothing to diagnose, or several things."""
    if not word and not task and not (subjects[0].cluster and subjects[0].service):
        raise WrongUsage("name what to diagnose: an environment, `--task ARN`, or `--cluster` and `--service`")
    if len(subjects) > 1 and (task or service is not None):
        names = ", ".join(f"`{each.name}`" for each in subjects)
        raise WrongUsage(f"`{'--task' if task else '--service'}` is one, and there are {len(subjects)} tasks: {names}")
    for each in subjects:
        if each.name and not each.cluster and not task:
            message = f"no cluster is set for `{each.name}`"
            raise WrongUsage(f"{message}: set `aws.cluster` in the overlay, or pass `--cluster`")
        if each.name and not each.service and not task and each.artifact is None:
            message = f"no service is set for `{each.name}`, and it renders without a family"
            raise WrongUsage(f"{message}: set `aws.service` in the overlay, or pass `--service`")


def name_region(task: str | None) -> str:
    """Find the region of a task's ARN."""
    parts = (task or "").split(":")
    return parts[3] if parts[0] == "arn" and len(parts) > 4 else ""


def explain_region(finding: Finding, claim: Claim) -> Finding:
    """Report that the ARN of a task is in another region than the environment."""
    if finding.code != "wrong-region":
        return finding
    help = f"remove `{claim.environment}`, or name a task that is in {claim.region}"
    return finding._replace(notes=(Note("the ARN of the task sets it"),), help=help)
