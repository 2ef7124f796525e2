"""What services demand, over HTTP with answers that botocore's model admits: `verify` says it, and `deploy` refuses in time."""

from __future__ import annotations

import pytest

from generator.aws.calls.clients import Clients
from generator.aws.calls.lookups import ask_all
from generator.aws.verify import Home, judge
from generator.aws.verify.referring import refer_to_service
from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded, Scenario
from tests.acceptance.running import Runner
from tests.acceptance.scenes import (
    ACCOUNT,
    CLUSTER,
    FAMILY,
    REGION,
    SERVICE,
    TASK,
    deployment,
    describe_service,
    name_arn,
    play_account,
    services,
)

GROUP = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/bot/0123456789abcdef"
NETWORK: Value = {"awsvpcConfiguration": {"subnets": ["subnet-12345678"]}}
PORT: Value = {"containerPort": 8080, "name": "http"}
ROOM: Value = {"cpu": "256", "memory": "512", "networkMode": "awsvpc"}
EBS: Value = {"name": "data", "managedEBSVolume": {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/ecs", "sizeInGiB": 8}}


def make(*ports: Value, name: str = "app", **members: Value) -> Value:
    """Make a task definition of one container."""
    container = {"name": name, "image": "app:1", "memory": 64, **({"portMappings": list(ports)} if ports else {})}
    return {"family": "app", "containerDefinitions": [container], **members}


def balance(**members: Value) -> Value:
    """Make the settings of a service with a load balancer."""
    return {"loadBalancers": [{"containerName": "app", "containerPort": 8080, **members}]}


def connect(**members: Value) -> Value:
    """Make the deployments of a service with Service Connect, or with other settings that stand there."""
    connected = {"serviceConnectConfiguration": {"enabled": True, "services": [{"portName": "http"}]}}
    return {"deployments": [deployment(4, 1, "COMPLETED", **(members or connected))]}


EC2: Value = {"launchType": "EC2"}
REGISTRY = f"arn:aws:servicediscovery:{REGION}:{ACCOUNT}:service/srv-1"
CASES: dict[str, tuple[Value, Value, Value]] = {
    "load-balancer-container": ({**EC2, **balance(targetGroupArn=GROUP)}, make(PORT, name="web"), make(PORT)),
    "load-balancer-port": ({**EC2, **balance(targetGroupArn=GROUP)}, make(), make(PORT)),
    "load-balancer-port-twice": (
        {**EC2, **balance(targetGroupArn=GROUP)},
        make(PORT, {"containerPort": 8080, "protocol": "udp"}),
        make(PORT, {"containerPort": 8081, "protocol": "udp"}),
    ),
    "load-balancer-host-port": (
        {**EC2, **balance(loadBalancerName="old")},
        make(PORT),
        make({**PORT, "hostPort": 8080}),
    ),
    "load-balancer-classic": (
        {**EC2, **balance(loadBalancerName="old")},
        make({**PORT, "hostPort": 8080}, **ROOM),
        make({**PORT, "hostPort": 8080}),
    ),
    "target-type": ({**EC2, **balance(targetGroupArn=GROUP)}, make(PORT, **ROOM), make(PORT)),
    "service-launch-type": (
        {"capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}], "launchType": "FARGATE"},
        make(cpu="256", memory="512"),
        make(**ROOM),
    ),
    "service-network": ({**EC2, "networkConfiguration": NETWORK}, make(), make(**ROOM)),
    "service-connect-port": ({**EC2, **connect()}, make({**PORT, "name": "htpp"}), make({**PORT, "appProtocol": "http"})),
    "service-connect-protocol": (
        {**EC2, **connect()},
        make({**PORT, "appProtocol": "http2"}),
        make({**PORT, "appProtocol": "http"}),
    ),
    "registry-container": (
        {**EC2, "serviceRegistries": [{"registryArn": REGISTRY, "containerName": "app", "containerPort": 8080}]},
        make(PORT, name="web"),
        make(PORT),
    ),
    "registry-port": (
        {**EC2, "serviceRegistries": [{"registryArn": REGISTRY, "containerName": "app", "containerPort": 8080}]},
        make({"containerPort": 80}),
        make(PORT),
    ),
    "registry-network": (
        {"serviceRegistries": [{"registryArn": REGISTRY, "port": 8080}]},
        make(PORT, networkMode="bridge", requiresCompatibilities=["FARGATE"]),
        make(PORT, **ROOM),
    ),
    "vpc-lattice-port": (
        {**EC2, **connect(vpcLatticeConfigurations=[{"roleArn": "arn", "targetGroupArn": "arn", "portName": "http"}])},
        make(),
        make(PORT),
    ),
    "service-volume": (
        {**EC2, **connect(volumeConfigurations=[EBS])},
        make(volumes=[{"name": "data"}]),
        make(volumes=[{"name": "data", "configuredAtLaunch": True}]),
    ),
    "volume-not-configured": (
        {**EC2, **connect(volumeConfigurations=[{"name": "files"}])},  # of S3 Files, which ECS answers too
        make(volumes=[{"name": "data", "configuredAtLaunch": True}]),
        make(volumes=[{"name": "data"}]),
    ),
    "service-platform-version": (
        {"platformVersion": "1.3.0", "networkConfiguration": NETWORK},
        make(**ROOM, volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]),
        make(**ROOM),
    ),
    "service-platform-family": (
        {"platformFamily": "Windows-Server-2022-Core", "platformVersion": "1.0.0"},
        make(**ROOM),
        make(**{**ROOM, "cpu": "1024", "memory": "2048"}, runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}),
    ),
    "execute-command-role": ({**EC2, "enableExecuteCommand": True}, make(), make(taskRoleArn="App")),
}  # fmt: skip
"""By demand: what ECS answers about the service besides the usual, a task definition that does not meet it, and one that does."""


def play(members: Value, running: Value) -> Scenario:
    """A service, what it runs, and its target groups, which are for that."""
    members = {"deployments": [deployment(4, 1, "COMPLETED")], **members}
    balanced = [each["targetGroupArn"] for each in members.get("loadBalancers", ()) if "targetGroupArn" in each]
    network = running.get("networkMode", "bridge")
    kinds = dict.fromkeys(balanced, "ip" if network == "awsvpc" else "instance")
    return {
        "ecs:DescribeServices": [services(describe_service(**members))],
        "ecs:DescribeTaskDefinition": [{"taskDefinition": {**running, "taskDefinitionArn": name_arn(4)}}],
        "elasticloadbalancing:DescribeTargetGroups": [
            {"TargetGroups": [{"TargetGroupArn": arn, "TargetType": kind} for arn, kind in kinds.items()]}
        ],
    }


@pytest.mark.parametrize("code", CASES)
def test_each_demand_is_missed_and_met_over_http(code: str, recorded: Recorded, clients: Clients) -> None:
    members, missing, meeting = CASES[code]
    home = Home(ACCOUNT, REGION)
    _, service = refer_to_service(CLUSTER, SERVICE, home)
    recorded.play(play(members, meeting))
    answer = ask_all(clients, [service.question])[service.question]
    besides = ["service-network"] if code in ("load-balancer-classic", "target-type") else []
    assert {each.code for each in judge(service, answer, missing, home).problems} == {code, *besides}
    assert judge(service, answer, meeting, home).state == "ok"


def test_a_controller_outside_of_ecs_is_a_remark(recorded: Recorded, clients: Clients) -> None:
    home = Home(ACCOUNT, REGION)
    _, service = refer_to_service(CLUSTER, SERVICE, home)
    recorded.play(play({"deploymentController": {"type": "CODE_DEPLOY"}}, make(**ROOM)))
    answer = ask_all(clients, [service.question])[service.question]
    verdict = judge(service, answer, make(**ROOM), home)
    assert (verdict.state, verdict.remark) == ("ok", "CodeDeploy deploys it, and `taskdef deploy` cannot")


UNFIT: Value = {
    **balance(targetGroupArn=GROUP),
    "networkConfiguration": NETWORK,
    "enableExecuteCommand": True,
    "deployments": [deployment(4, 1, "COMPLETED")],
}


def test_deploy_refuses_at_the_line_before_anything_changes(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    recorded.play({**play_account(), "ecs:DescribeServices": [services(describe_service(**UNFIT))]})
    done = runner.run("taskdef", "deploy", "dev")
    assert (done.status, done.out) == (
        1,
        "templates/trading-bot-task.json.j2:11:15: error[load-balancer-container]: "
        f"service `{SERVICE}` gives port 8080 of container `app` to a load balancer, and there is no such container\n"
        '  11 |       "name": "trading-bot-{{ env }}",\n'
        "     |               ^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  note: in dev\n"
        "  help: name a container `app`: a service keeps its load balancer\n"
        "1 error: nothing was done\n",
    )
    assert recorded.list_calls("ecs:UpdateService", "ecs:RegisterTaskDefinition") == []


def test_what_the_service_runs_already_is_not_refused(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    recorded.play({**play_account(4, same=True), "ecs:DescribeServices": [services(describe_service(**UNFIT))]})
    done = runner.run("taskdef", "deploy", "dev")
    assert (done.status, done.out.split(" as ")[0].split(":")[0]) == (0, f"unchanged dev/{TASK}"), (done, FAMILY)
