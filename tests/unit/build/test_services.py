"""Where tasks run: what an environment says itself, and what it would take from others."""

from __future__ import annotations

import pytest

from generator.build.planning import PlannedProject, plan_project
from generator.model.project import Settings
from tests.support import make_project

TEMPLATE = (
    """{"family": "{{ task }}-{{ env }}", "containerDefinitions": [{"name": "a", "image": "a:1", "memory": 256}]}"""
)


def plan(overlays: dict[str, str], tasks: tuple[str, ...] = ("web",)) -> PlannedProject:
    templates = {f"{task}.json.j2": TEMPLATE for task in tasks}
    return plan_project(
        make_project(templates, {f"{name}.yaml": text for name, text in overlays.items()}, settings=Settings())
    )


def find(planned: PlannedProject, environment: str, *tasks: str) -> tuple[str | None, ...]:
    """Find the cluster of an environment, and the services of tasks."""
    places = planned.find_places(environment)
    found = (places.find_cluster(), *(places.find_service(task) for task in tasks))
    return tuple(scalar and scalar.text for scalar in found)


def tell(planned: PlannedProject, environment: str) -> tuple[str, str, str] | None:
    finding = planned.find_places(environment).find_misplaced()
    return finding and (finding.code, finding.message, finding.help or "")


BOTH = ("web", "cron")
RIGHT: dict[str, tuple[dict[str, str], tuple[str, ...], tuple[str | None, ...]]] = {
    "its own": ({"qa": "aws: {cluster: main, service: qa-web}"}, ("web",), ("main", "qa-web")),
    "its own, by task": (
        {"qa": "aws: {cluster: main, service: {web: a, cron: b}}"},
        BOTH,
        ("main", "a", "b"),
    ),
    "a task that no service runs": ({"qa": "aws: {service: {web: a, cron: null}}"}, BOTH, (None, "a", None)),
    "one service, and the other task without": ({"qa": "aws: {service: {cron: null}}"}, BOTH, (None, None, None)),
    "no service at all": ({"qa": "aws: {cluster: main, service: null}"}, BOTH, ("main", None, None)),
    "the cluster of an abstract overlay": (
        {"_all": "aws: {cluster: main}", "qa": "extends: _all\naws: {service: qa-web}"},
        ("web",),
        ("main", "qa-web"),
    ),
    "the cluster of the abstract overlay of its parent": (
        {
            "_all": "aws: {cluster: main}",
            "staging": "extends: _all\naws: {service: web}",
            "qa": "extends: staging\naws: {service: qa}",
        },
        ("web",),
        ("main", "qa"),
    ),
    "no cluster, though the parent has one": (
        {"staging": "aws: {cluster: main, service: a}", "qa": "extends: staging\naws: {cluster: null, service: null}"},
        ("web",),
        (None, None),
    ),
    "by their ARNs": (
        {
            "qa": 'aws: {account: "123456789012", region: eu-west-1, cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/main", '
            'service: "arn:aws:ecs:eu-west-1:123456789012:service/main/web"}'
        },
        ("web",),
        ("arn:aws:ecs:eu-west-1:123456789012:cluster/main", "arn:aws:ecs:eu-west-1:123456789012:service/main/web"),
    ),
    "an ARN of the form without a cluster, where nothing else is set": (
        {"qa": 'aws: {cluster: main, service: "arn:aws:ecs:eu-west-1:123456789012:service/web"}'},
        ("web",),
        ("main", "arn:aws:ecs:eu-west-1:123456789012:service/web"),
    ),
    "the parent says that no service runs": (
        {"_all": "aws: {service: null}", "qa": "extends: _all\n"},
        ("web",),
        (None, None),
    ),
    "the parent names the service of a task that it does not have": (
        {"_all": "aws: {service: {cron: a}}", "qa": "extends: _all\naws: {service: {web: b}}\ntasks: {cron: null}"},
        BOTH,
        (None, "b"),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_an_environment_runs_where_it_says(name: str) -> None:
    overlays, tasks, wanted = RIGHT[name]
    planned = plan(overlays, tasks)
    assert tell(planned, "qa") is None
    assert find(planned, "qa", *tasks[: len(wanted) - 1]) == wanted


STAGING = {"staging": "aws: {cluster: main, service: web}"}
WRITE = "under `aws` in `environments/qa.yaml`, or `null` where there is none"
WRONG: dict[str, tuple[dict[str, str], tuple[str, ...], tuple[str, str, str]]] = {
    "both": (
        {**STAGING, "qa": "extends: staging\n"},
        ("web",),
        (
            "E136",
            "`qa` would inherit the cluster `main` and the service `web`",
            f"write `cluster: NAME` and `service: NAME` {WRITE}",
        ),
    ),
    "the cluster of an environment": (
        {**STAGING, "qa": "extends: staging\naws: {service: qa}"},
        ("web",),
        ("E136", "`qa` would inherit the cluster `main`", f"write `cluster: NAME` {WRITE}"),
    ),
    "the service of an abstract overlay": (
        {"_all": "aws: {cluster: main, service: web}", "qa": "extends: _all\n"},
        ("web",),
        ("E136", "`qa` would inherit the service `web`", f"write `service: NAME` {WRITE}"),
    ),
    "the service of the last but one": (
        {"_all": "aws: {service: web}", "_some": "extends: _all\n", "qa": "extends: _some\n"},
        ("web",),
        ("E136", "`qa` would inherit the service `web`", f"write `service: NAME` {WRITE}"),
    ),
    "the service of one task of two": (
        {"_all": "aws: {service: {web: a, cron: b}}", "qa": "extends: _all\naws: {service: {web: c}}"},
        BOTH,
        ("E136", "`qa` would inherit the service `b` of `cron`", f"write `service: {{cron: NAME}}` {WRITE}"),
    ),
    "a service of another cluster": (
        {"qa": 'aws: {cluster: main, service: "arn:aws:ecs:eu-west-1:123456789012:service/other/web"}'},
        ("web",),
        (
            "E139",
            "`qa` names a service in the cluster `other`, and its cluster is `main`",
            "name the service of `qa`, or set its `aws.cluster`",
        ),
    ),
    "a service of another cluster than the ARN of the cluster names": (
        {
            "qa": 'aws: {cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/main", '
            'service: {web: "arn:aws:ecs:eu-west-1:123456789012:service/other/web"}}'
        },
        ("web",),
        (
            "E139",
            "`qa` names a service in the cluster `other`, and its cluster is `main`",
            "name the service of `qa`, or set its `aws.cluster`",
        ),
    ),
    "a cluster of another region than an abstract overlay sets": (
        {
            "_all": "aws: {region: eu-west-1}",
            "qa": 'extends: _all\naws: {cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/main", service: null}',
        },
        ("web",),
        (
            "E139",
            "`qa` names a cluster in the region `us-east-1`, and its region is `eu-west-1`",
            "name the cluster of `qa`, or set its `aws.region`",
        ),
    ),
    "one service for two tasks": (
        {"qa": "aws: {service: shop-web}"},
        ("api", "web"),
        (
            "E133",
            "`aws.service` is one service, and `qa` would have `api` and `web` run as it",
            "name the task that it runs, and write `null` for what no service runs: `service: {web: shop-web, api: null}`",
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_environment_does_not_run_where_another_does(name: str) -> None:
    overlays, tasks, wanted = WRONG[name]
    planned = plan(overlays, tasks)
    assert tell(planned, "qa") == wanted
    assert [report.finding.code for report in planned.list_reports(["qa"], tasks)] == [wanted[0]]
    assert planned.find_places("qa").find_service(tasks[-1]) is None or "cluster" in wanted[1]


RUNS: dict[str, tuple[dict[str, str], dict[str, tuple[str, ...]]]] = {
    "its own": (
        {"qa": "aws: {run: {subnets: subnet-0a1b2c3d, assign_public_ip: true}}"},
        {"subnets": ("subnet-0a1b2c3d",), "assign_public_ip": ("true",)},
    ),
    "over that of an abstract overlay, by key": (
        {
            "_all": "aws: {run: {launch_type: EC2, subnets: [subnet-11111111, subnet-22222222], security_groups: sg-11111111}}",
            "qa": "extends: _all\naws: {run: {capacity_provider: FARGATE_SPOT, security_groups: sg-22222222}}",
        },
        {
            "subnets": ("subnet-11111111", "subnet-22222222"),
            "security_groups": ("sg-22222222",),
            "capacity_provider": ("FARGATE_SPOT",),
        },
    ),
    "not that of another environment": (
        {"staging": "aws: {run: {subnets: subnet-0a1b2c3d}}", "qa": "extends: staging"},
        {},
    ),
    "nothing": ({"qa": ""}, {}),
}


@pytest.mark.parametrize("name", RUNS)
def test_an_environment_says_where_tasks_run_that_no_service_runs(name: str) -> None:
    overlays, wanted = RUNS[name]
    assert plan(overlays).find_places("qa").find_run() == wanted
