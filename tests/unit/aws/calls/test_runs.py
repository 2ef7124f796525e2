"""How ECS is asked to run a task, and how a service says that it runs its own."""

from __future__ import annotations

from generator.aws.calls.runs import make_parameters, read_run_settings
from generator.model.nodes import Value
from generator.model.runs import Launch, Network, Override, Provider, RunSettings, TaskCall

VPC: Value = {
    "awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}
}
VOLUMES: Value = [{"name": "data", "managedEBSVolume": {"roleArn": "arn:role", "sizeInGiB": 10}}]
NETWORK = Network(("subnet-1",), ("sg-1",), "DISABLED")


def test_a_service_says_how_it_runs_tasks() -> None:
    strategy: Value = [{"capacityProvider": "FARGATE_SPOT", "weight": 2}]
    assert read_run_settings(
        {"networkConfiguration": VPC, "capacityProviderStrategy": strategy, "launchType": "FARGATE"}
    ) == RunSettings(NETWORK, Launch("", (Provider("FARGATE_SPOT", 2),)))
    assert read_run_settings({"launchType": "EC2", "placementConstraints": [{"type": "distinctInstance"}]}) == (
        RunSettings(launch=Launch("EC2", constraints=({"type": "distinctInstance"},)))
    )


def test_a_task_set_or_a_deployment_says_what_the_service_does_not() -> None:
    sets: Value = [
        {"status": "ACTIVE", "launchType": "EC2"},
        {"status": "PRIMARY", "networkConfiguration": VPC, "launchType": "FARGATE", "platformVersion": "1.4.0"},
    ]
    assert read_run_settings({"taskSets": sets}) == RunSettings(NETWORK, Launch("FARGATE", (), "1.4.0"))
    newest: Value = [{"status": "PRIMARY", "volumeConfigurations": VOLUMES}]
    assert read_run_settings({"deployments": newest}).volumes == (("data", VOLUMES[0]["managedEBSVolume"]),)


def test_what_nobody_says_is_not_asked_for() -> None:
    call = TaskCall("live", "arn:app:1", RunSettings(), Override(), "t0")
    least = {"cluster": "live", "taskDefinition": "arn:app:1", "count": 1, "propagateTags": "TASK_DEFINITION"}
    tokens = {"startedBy": "taskdef-t0", "clientToken": "t0"}
    assert make_parameters(call) == {**least, **tokens}
    full = RunSettings(
        NETWORK,
        Launch("", (Provider("spot", 1),), "1.4.0", ({"type": "distinctInstance"},), ({"type": "random"},)),
        (("data", {"sizeInGiB": 10}),),
    )
    override = Override("app", ("migrate", ""), (("EMPTY", ""),))
    assert make_parameters(call._replace(settings=full, override=override)) == {
        **least,
        **tokens,
        "networkConfiguration": VPC,
        "capacityProviderStrategy": [{"capacityProvider": "spot", "weight": 1, "base": 0}],
        "platformVersion": "1.4.0",
        "placementConstraints": [{"type": "distinctInstance"}],
        "placementStrategy": [{"type": "random"}],
        "volumeConfigurations": [{"name": "data", "managedEBSVolume": {"sizeInGiB": 10}}],
        "overrides": {
            "containerOverrides": [
                {"name": "app", "command": ["migrate", ""], "environment": [{"name": "EMPTY", "value": ""}]}
            ]
        },
    }
