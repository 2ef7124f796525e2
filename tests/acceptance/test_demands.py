"""What services demand, over HTTP with answers that botocore's model admits: `verify` says it, and `deploy` refuses in time."""

from __future__ import annotations

import pytest

from generator.aws.calls.clients import Clients
from generator.aws.calls.lookups import ask_all
from generator.aws.verify import Home, judge
from generator.aws.verify.referring import refer_to_service
from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Recorded, Scenario, Step
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
from tests.acceptance.test_rollback import remember

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


def play_return(members: Value) -> Scenario:
    """A service that has run two revisions, and takes an update."""
    now = describe_service(**{**members, "deployments": [deployment(5, 1, "COMPLETED", **members.get("primary", {}))]})
    del now["primary"]
    begun = {**now, "taskDefinition": name_arn(4), "deployments": [deployment(4, 1, "COMPLETED", id="ecs-svc/9")]}
    return {
        **play_account(5),
        "ecs:DescribeServices": [Step(services({**now, "taskDefinition": name_arn(5)}), until=UPDATE), services(begun)],
        UPDATE: [{"service": begun}],
    }


BACK = ("taskdef", "rollback", "dev", "--to", "4", "--interval", "0.1")
UPDATE = "ecs:UpdateService"
OTHERWISE = (
    "name another revision with `--to`; `aws ecs update-service --region us-east-1 --cluster trading-cluster --service trading-bot-dev "
    "--task-definition trading-bot-dev:4` can change the service in the same update"
)


@pytest.mark.parametrize("more", [(), ("--dry-run",)], ids=["asked for", "dry run"])
def test_rollback_refuses_a_revision_that_the_service_cannot_run(
    runner: Runner, recorded: Recorded, more: tuple[str, ...]
) -> None:
    runner.environment.update(recorded.environment)
    recorded.play(play_return({**balance(targetGroupArn=GROUP), "networkConfiguration": NETWORK, "primary": {}}))
    place = f'aws: {{account: "{ACCOUNT}", region: {REGION}, cluster: {CLUSTER}, service: {SERVICE}}}'
    column = place.index(f"service: {SERVICE}") + len("service: ")
    done = runner.run(*BACK, *more)
    assert (done.status, done.out) == (
        1,
        f"environments/dev.yaml:2:{column + 1}: error[load-balancer-container]: ECS would refuse `{FAMILY}:4`: "
        f"service `{SERVICE}` gives port 8080 of container `app` to a load balancer, and there is no such container\n"
        f"  2 | {place}\n"
        f"    | {' ' * column}{'^' * len(SERVICE)}\n"
        f"  help: {OTHERWISE}\n"
        "1 error: nothing was done\n",
    )
    assert recorded.list_calls(UPDATE) == []


def test_rollback_warns_of_a_revision_of_which_no_task_starts(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    scenario = play_return({"platformFamily": "Windows-Server-2022-Core", "primary": {}})
    recorded.play(scenario)
    done = runner.run(*BACK)
    said = (
        f"warning[service-platform-family]: no task would start from `{FAMILY}:4`: service `{SERVICE}` was created for "
        "`Windows-Server-2022-Core`, which no update changes, and "
    )
    assert (done.status, said in done.err) == (0, True), done
    assert recorded.list_calls(UPDATE) == [
        {"cluster": CLUSTER, "service": SERVICE, "taskDefinition": name_arn(4)},
    ]
    recorded.play(scenario)
    assert (runner.run(*BACK, "--strict").status, recorded.list_calls(UPDATE)) == (1, [])


def test_rollback_compares_what_ports_of_service_connect_speak(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    connected = {"serviceConnectConfiguration": {"enabled": True, "services": [{"portName": "http"}]}}
    scenario = play_return({"networkConfiguration": NETWORK, "primary": connected})
    speaks = {4: "http2", 5: "http"}

    def describe(asked: Value) -> Answer:
        number = int(asked["taskDefinition"].rpartition(":")[2])
        port = {"containerPort": 8080, "name": "http", "appProtocol": speaks[number]}
        revision = {"taskDefinitionArn": name_arn(number), "status": "ACTIVE", "revision": number}
        return {"taskDefinition": {**make(port, **ROOM), "family": FAMILY, **revision}}

    recorded.play({**scenario, "ecs:DescribeTaskDefinition": describe})
    done = runner.run(*BACK)
    assert (done.status, "error[service-connect-protocol]: ECS would refuse `trading-bot-dev:4`" in done.out) == (
        1,
        True,
    )
    assert recorded.list_calls(UPDATE) == []
    speaks[4] = "http"
    recorded.play({**scenario, "ecs:DescribeTaskDefinition": describe})
    assert runner.run(*BACK).status == 0


PASSED: dict[str, tuple[Value, str]] = {
    "that ECS would refuse": (
        {"volumeConfigurations": [EBS]},
        f"ECS would refuse `{FAMILY}:4`: service `{SERVICE}` configures the volume `data` at launch, and here it is not there",
    ),
    "that it would refuse for two reasons": (
        {"volumeConfigurations": [EBS, {**EBS, "name": "cache"}]},
        f"ECS would refuse `{FAMILY}:4`: service `{SERVICE}` configures the volume `data` at launch, and here it is not there (and 1 more)",
    ),
}


@pytest.mark.parametrize("name", PASSED)
def test_rollback_passes_over_a_steady_revision(runner: Runner, recorded: Recorded, name: str) -> None:
    runner.environment.update(recorded.environment)
    primary, said = PASSED[name]
    scenario = play_return({"networkConfiguration": NETWORK, "primary": primary})
    volumes = [{"name": each, "configuredAtLaunch": True} for each in ("data", "cache")]
    find = scenario["ecs:DescribeTaskDefinition"]
    assert callable(find)

    def describe(asked: Value) -> Answer:
        answer = find(asked)
        assert isinstance(answer, dict)
        configured = volumes[: len(primary["volumeConfigurations"])]
        answer["taskDefinition"] |= {} if answer["taskDefinition"]["revision"] == 4 else {"volumes": configured}
        return answer

    recorded.play({**scenario, **remember(5, 4, 3), "ecs:DescribeTaskDefinition": describe})
    done = runner.run("taskdef", "rollback", "dev", "--dry-run")
    assert (done.status, done.err.splitlines()[0]) == (
        0,
        f"dev/{TASK}: back to `{FAMILY}:3`, which was steady at 2026-11-13T17:05:00Z",
    ), done
    assert f"note[passed-over]: skipped: {said}\n" in done.out + done.err


def test_rollback_names_each_steady_revision_that_fits_no_more(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    scenario = play_return({"platformFamily": "Windows-Server-2022-Core", "primary": {}})
    recorded.play({**scenario, **remember(5, 4, 3)})
    done = runner.run("taskdef", "rollback", "dev")
    start = f"error: no revision is left that `{SERVICE}` could go back to from `{FAMILY}:5`: "
    assert (done.status, done.out, done.err.splitlines()[0].split("; ")[0].startswith(start)) == (2, "", True), done
    assert [f"no task would start from `{FAMILY}:{number}`: service" in done.err for number in (4, 3)] == [True, True]
    assert recorded.list_calls(UPDATE) == []
