"""Task definitions that ECS takes, drawn: launch type first, then what goes with it. What is only right by its shape draws `strategies`."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from generator.ecs.fargate import SIZES, WINDOWS_CPU
from generator.ecs.shapes import shape
from generator.ecs.support import FAMILIES
from generator.model.nodes import Value

REGION, ACCOUNT = "eu-west-1", "123456789012"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:app/db-AbCdEf"
ECR = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"

BOOLEANS = st.booleans()
WORDS = st.sampled_from(["", "x", "a b", "$HOME", "é", "a=b", "line\nline", '"', "{}"])
ARGUMENTS = st.lists(WORDS, max_size=3)
ENTRY_POINTS = st.sampled_from(
    [[], [""], ["sh", "-c"], ["/bin/app", "a b"], ["/srv/my app/run"], ["$HOME"], ["tini", "--"]]
)
LABELS = st.dictionaries(st.sampled_from(["team", "com.example/x", ""]), WORDS, max_size=2)
REFERENCES = st.sampled_from(
    [
        SECRET,
        f"{SECRET}:password::",
        f"{SECRET}::AWSPREVIOUS:",
        f"{SECRET}:::00000000-0000-0000-0000-000000000000",
        "/app/db/password",
        "password",
        f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/app/db/password",
    ]
)
ROLES = st.sampled_from(
    [
        f"arn:aws:iam::{ACCOUNT}:role/app",
        f"arn:aws:iam::{ACCOUNT}:role/team/app",
        f"arn:aws-cn:iam::{ACCOUNT}:role/app",
        "app",
    ]
)
IMAGES = st.sampled_from(
    [
        "nginx:1.27",
        "nginx",
        "registry.example.com:5000/team/app",
        "public.ecr.aws/docker/library/redis:7",
        f"{ECR}/app:v1",
        f"{ECR}/app@sha256:{'0a' * 32}",
        f"app:v1@sha256:{'0a' * 32}",
    ]
)


class Setting(NamedTuple):
    """What a task definition is for, and the network mode it writes. `bridge` says that its containers have networks of their own."""

    launch: tuple[str, ...]
    windows: bool
    network: str

    @property
    def fargate(self) -> bool:
        return "FARGATE" in self.launch

    @property
    def external(self) -> bool:
        return "EXTERNAL" in self.launch

    @property
    def bridge(self) -> bool:
        return self.network in ("", "bridge") and not self.windows and not self.fargate


SETTINGS = (
    *(Setting(launch, False, "awsvpc") for launch in (("FARGATE",), ("EC2", "FARGATE"))),
    Setting(("FARGATE",), True, "awsvpc"),
    *(Setting(launch, False, mode) for launch in (("EC2",), ()) for mode in ("", "bridge", "host", "awsvpc", "none")),
    *(Setting(("EC2",), True, mode) for mode in ("", "awsvpc")),
    *(Setting(("EXTERNAL",), False, mode) for mode in ("", "bridge", "host", "none")),
    *(Setting(("MANAGED_INSTANCES",), False, mode) for mode in ("awsvpc", "host")),
)
"""Launch types and network modes that go together."""


def members(draw: st.DrawFn, **optional: st.SearchStrategy[Value]) -> Value:
    """Draw some of these members."""
    return draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def task_definitions(draw: st.DrawFn, settings: tuple[Setting, ...] = SETTINGS) -> Value:
    """A task definition of which ECS refuses nothing; it may be bad practice."""
    setting = draw(st.sampled_from(settings))
    names = draw(st.sampled_from([["app"], ["app", "log_router"], ["init", "proxy-1", "app"]]))
    document: dict[str, Value] = {"family": draw(st.sampled_from(["app", "web-1", "A_b", "x" * 255]))}
    document |= draw_task(draw, setting)
    volumes = draw_volumes(draw, setting)
    if draw(BOOLEANS) or volumes:
        document["volumes"] = volumes
    containers = [draw_container(draw, setting, document, names, index) for index in range(len(names))]
    draw_sizes(draw, setting, document, containers)
    draw_mounts(draw, volumes, containers)
    draw_waits(draw, containers)
    if not setting.windows and len(names) > 1 and draw(BOOLEANS):
        draw_firelens(draw, containers)
    if not setting.windows and setting.network == "awsvpc" and draw(BOOLEANS):
        containers[0]["user"] = "1337"
        document["proxyConfiguration"] = draw_proxy(draw, names[0])
    document["containerDefinitions"] = containers
    if draw(BOOLEANS) or needs_execution_role(containers):
        document["executionRoleArn"] = draw(ROLES)
    if draw(BOOLEANS) or any(needs_task_role(volume) for volume in volumes):
        document["taskRoleArn"] = draw(ROLES)
    return document


def needs_execution_role(containers: list[Value]) -> bool:
    """Tell whether anything may have to be fetched before a container runs; a role too many does no harm."""
    return any(
        "secrets" in container
        or "repositoryCredentials" in container
        or "logConfiguration" in container
        or ".dkr.ecr." in container["image"]
        for container in containers
    )


def needs_task_role(volume: Value) -> bool:
    """Tell whether a volume is mounted with the role of the task."""
    efs = volume.get("efsVolumeConfiguration", {})
    return "s3filesVolumeConfiguration" in volume or efs.get("authorizationConfig", {}).get("iam") == "ENABLED"


def draw_task(draw: st.DrawFn, setting: Setting) -> Value:
    """Draw what stands beside containers and volumes and does not depend on them."""
    document: dict[str, Value] = {}
    if setting.launch:
        document["requiresCompatibilities"] = list(setting.launch)
    if setting.network:
        document["networkMode"] = setting.network
    if setting.windows:
        known = FAMILIES if setting.fargate else shape("OSFamily").enum
        family = draw(st.sampled_from([name for name in known if name != "LINUX"]))
        document["runtimePlatform"] = {
            "operatingSystemFamily": family,
            **members(draw, cpuArchitecture=st.just("X86_64")),
        }
    elif draw(BOOLEANS):
        document["runtimePlatform"] = members(
            draw,
            operatingSystemFamily=st.just("LINUX"),
            cpuArchitecture=st.sampled_from(shape("CPUArchitecture").enum),
        )
    tag = st.fixed_dictionaries({"key": st.sampled_from(["team", "a b", "é:/=+-@", "k" * 128]), "value": TAG_VALUES})
    optional = {
        "tags": st.lists(tag, min_size=1, max_size=3, unique_by=lambda item: item["key"]),
        "enableFaultInjection": BOOLEANS,
        "placementConstraints": st.just([]) if setting.fargate else CONSTRAINTS,
    }
    if setting.fargate:
        optional["ephemeralStorage"] = st.fixed_dictionaries({"sizeInGiB": st.integers(21, 200)})
        if not setting.windows:
            optional["pidMode"] = st.just("task")
    elif not setting.windows:
        optional["pidMode"] = st.sampled_from(shape("PidMode").enum)
        optional["ipcMode"] = st.sampled_from(shape("IpcMode").enum)
    if setting.launch == ("MANAGED_INSTANCES",):
        optional["trustedExecutionConfiguration"] = st.sampled_from(TRUST)
    return document | members(draw, **optional)


TRUST = [
    {"isolationMode": "SHARED"},
    {"isolationMode": "ISOLATED_SANDBOX"},
    {"isolationMode": "CONFIDENTIAL_SANDBOX", "attestationPolicy": "eyJ2ZXJzaW9uIjoxfQ=="},
]
TAG_VALUES = st.sampled_from(["", "x", "a b", "v" * 256])
CONSTRAINTS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("memberOf"),
            "expression": st.sampled_from(
                [
                    "attribute:ecs.os-type == linux",
                    "attribute:ecs.instance-type =~ t3.*",
                    "attribute:stack exists",
                    "not(task:group == service:web) and attribute:ecs.availability-zone in [eu-west-1a, eu-west-1b]",
                ]
            ),
        }
    ),
    max_size=2,
)


def draw_sizes(draw: st.DrawFn, setting: Setting, document: Value, containers: list[Value]) -> None:
    """Draw the task's size in one of its spellings, and divide it among the containers."""
    if setting.fargate:
        units = draw(st.sampled_from(WINDOWS_CPU if setting.windows else tuple(SIZES)))
        memory = draw(st.sampled_from(SIZES[units]))
        sizes = {"cpu": spell(draw, units, "vCPU"), "memory": spell(draw, memory, "GB")}
    else:
        units, memory = draw(st.sampled_from([128, 1024, 4096])), draw(st.sampled_from([512, 1000, 2048]))
        sizes = members(draw, cpu=st.just(spell(draw, units, "vCPU")), memory=st.just(spell(draw, memory, "GB")))
    document |= sizes
    for container in containers:
        part = memory // len(containers)
        if "cpu" in sizes:
            container |= members(draw, cpu=st.sampled_from([0, units // len(containers)]))
        own = draw(
            st.sampled_from(
                [{}, {"memory": part}, {"memoryReservation": part}, {"memory": part, "memoryReservation": part}]
            )
        )
        container |= own or ({} if "memory" in sizes else {"memory": part})


def spell(draw: st.DrawFn, amount: int, unit: str) -> str:
    """Spell an amount in one of the ways that ECS reads."""
    whole = f"{amount / 1024:g}"
    exact = float(whole) * 1024 == amount
    return draw(
        st.sampled_from(
            [str(amount), *([f"{whole} {unit}", f"{whole}{unit}", f"{whole} {unit.lower()}"] if exact else [])]
        )
    )


def draw_volumes(draw: st.DrawFn, setting: Setting) -> list[Value]:
    kinds: list[st.SearchStrategy[Value]] = [
        st.just({}),
        st.just({"host": {}}),
        st.just({"configuredAtLaunch": False}),
    ]
    if not setting.windows and not setting.external:
        kinds += [
            st.fixed_dictionaries({"efsVolumeConfiguration": EFS}),
            st.fixed_dictionaries({"s3filesVolumeConfiguration": S3_FILES}),
        ]
    if not setting.fargate:
        kinds += [
            st.just({"host": {"sourcePath": "/srv"}}),
            st.fixed_dictionaries({"dockerVolumeConfiguration": DOCKER}),
        ]
    made = draw(st.lists(st.one_of(kinds), max_size=3))
    if not setting.fargate and setting.windows and draw(BOOLEANS):
        made.append({"fsxWindowsFileServerVolumeConfiguration": FSX})
    if not setting.external and draw(BOOLEANS):
        made.append({"configuredAtLaunch": True})
    return [{"name": f"volume_{index}", **volume} for index, volume in enumerate(made)]


ACCESS_POINT = {"accessPointId": "fsap-1234567890abcdef0", "iam": "ENABLED"}
EFS = st.one_of(
    st.fixed_dictionaries(
        {"fileSystemId": st.just("fs-12345678")},
        optional={"rootDirectory": st.sampled_from(["/", "/srv"]), "transitEncryption": st.just("DISABLED")},
    ),
    st.fixed_dictionaries(
        {
            "fileSystemId": st.just("fs-12345678"),
            "transitEncryption": st.just("ENABLED"),
            "authorizationConfig": st.just(ACCESS_POINT),
        },
        optional={"rootDirectory": st.just("/"), "transitEncryptionPort": st.integers(1, 65535)},
    ),
)
FILES = f"arn:aws:s3files:{REGION}:{ACCOUNT}:file-system/fs-12345678"
S3_FILES = st.fixed_dictionaries(
    {"fileSystemArn": st.just(FILES)},
    optional={
        "rootDirectory": st.just("/"),
        "transitEncryptionPort": st.integers(1, 65535),
        "accessPointArn": st.just(f"{FILES}/access-point/fsap-12345678"),
    },
)
DOCKER = st.one_of(
    st.fixed_dictionaries(
        {"scope": st.just("shared")},
        optional={"autoprovision": BOOLEANS, "driver": st.just("local"), "driverOpts": LABELS, "labels": LABELS},
    ),
    st.just({"scope": "task"}),
)
FSX = {
    "fileSystemId": "fs-12345678",
    "rootDirectory": "\\data",
    "authorizationConfig": {"credentialsParameter": SECRET, "domain": "example.com"},
}


def draw_mounts(draw: st.DrawFn, volumes: list[Value], containers: list[Value]) -> None:
    """Mount some volumes, one that is configured at launch in any case, and those of containers in later ones."""
    for container, earlier in zip(containers, [None, *containers], strict=False):
        mounts = [
            {
                "sourceVolume": volume["name"],
                "containerPath": f"/mnt/{volume['name']}",
                **members(draw, readOnly=BOOLEANS),
            }
            for volume in volumes
            if volume.get("configuredAtLaunch") or draw(BOOLEANS)
        ]
        if draw(BOOLEANS) or mounts:
            container["mountPoints"] = mounts
        if earlier is not None and draw(BOOLEANS):
            container["volumesFrom"] = [{"sourceContainer": earlier["name"], **members(draw, readOnly=BOOLEANS)}]


def draw_waits(draw: st.DrawFn, containers: list[Value]) -> None:
    """Let containers wait for earlier ones, for what these can come to."""
    for container, earlier in zip(containers[1:], containers, strict=False):
        conditions = ["START"]
        if "healthCheck" in earlier:
            conditions.append("HEALTHY")
        if earlier.get("essential") is False:
            conditions += ["COMPLETE", "SUCCESS"]
        wait = {"containerName": earlier["name"], "condition": draw(st.sampled_from(conditions))}
        container |= members(draw, dependsOn=st.just([wait]))


def draw_firelens(draw: st.DrawFn, containers: list[Value]) -> None:
    """Make the first container the router of the last one's logs."""
    kind, key = draw(st.sampled_from([("fluentd", "@type"), ("fluentbit", "Name")]))
    containers[0]["firelensConfiguration"] = {
        "type": kind,
        **members(draw, options=st.just({"enable-ecs-log-metadata": "true"})),
    }
    containers[-1]["logConfiguration"] = {
        "logDriver": "awsfirelens",
        **members(draw, options=st.sampled_from([{key: "cloudwatch"}, {key: "x", "a": "b"}, {"exclude-pattern": "x"}])),
    }


def draw_proxy(draw: st.DrawFn, container: str) -> Value:
    properties = {"IgnoredUID": "1337", "ProxyIngressPort": "15000", "ProxyEgressPort": "15001", "AppPorts": "8080"}
    properties |= members(
        draw, EgressIgnoredIPs=st.just("169.254.170.2"), EgressIgnoredPorts=st.sampled_from(["", "22"])
    )
    return {
        "containerName": container,
        "properties": [{"name": name, "value": value} for name, value in properties.items()],
        **members(draw, type=st.just("APPMESH")),
    }


def draw_container(draw: st.DrawFn, setting: Setting, task: Value, names: list[str], index: int) -> Value:
    """Draw a container; it waits for earlier ones only, and the last one is essential."""
    last = index == len(names) - 1
    container = draw(
        st.fixed_dictionaries(
            {"name": st.just(names[index]), "image": IMAGES},
            optional={
                "repositoryCredentials": st.sampled_from([SECRET, "registry"]).map(
                    lambda value: {"credentialsParameter": value}
                ),
                "restartPolicy": RESTARTS,
                "entryPoint": ENTRY_POINTS,
                "command": ARGUMENTS,
                "environment": ENVIRONMENT,
                "secrets": SECRETS,
                "startTimeout": st.integers(2, 120),
                "stopTimeout": st.integers(2, 120),
                "versionConsistency": st.sampled_from(shape("VersionConsistency").enum),
                "workingDirectory": st.just("/app"),
                "interactive": BOOLEANS,
                "pseudoTerminal": BOOLEANS,
                "dockerLabels": LABELS,
                "healthCheck": HEALTH_CHECKS,
                "logConfiguration": logs(setting),
                "user": st.just("ContainerUser")
                if setting.windows
                else st.sampled_from(["app", "1000", "1000:app", "0"]),
                "privileged": BOOLEANS if not setting.windows and not setting.fargate else st.just(False),
                "essential": st.just(True) if last else BOOLEANS,
            },
        )
    )
    if setting.network != "none" and draw(BOOLEANS):
        container["portMappings"] = draw_ports(draw, setting, index)
    if not setting.windows:
        container |= draw_linux(draw, setting, task)
    if setting.bridge:
        container |= draw_network(draw, names[:index])
    if not setting.fargate:
        container |= draw_instance(draw, setting, gpu=last)
    return container


ENVIRONMENT = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(["A", "LOG_LEVEL", "a.b-c"]), "value": WORDS}),
    max_size=3,
    unique_by=lambda item: item["name"],
)
SECRETS = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(["DB_PASSWORD", "TOKEN"]), "valueFrom": REFERENCES}),
    max_size=2,
    unique_by=lambda item: item["name"],
)
RESTARTS = st.fixed_dictionaries(
    {"enabled": BOOLEANS},
    optional={
        "ignoredExitCodes": st.lists(st.integers(0, 255), max_size=3),
        "restartAttemptPeriod": st.integers(60, 1800),
    },
)
HEALTH_CHECKS = st.fixed_dictionaries(
    {"command": st.sampled_from([["CMD-SHELL", "curl -f http://localhost/ || exit 1"], ["CMD", "/bin/check", "-q"]])},
    optional={
        "interval": st.integers(5, 300),
        "timeout": st.integers(2, 60),
        "retries": st.integers(1, 10),
        "startPeriod": st.integers(0, 300),
    },
)


def logs(setting: Setting) -> st.SearchStrategy[Value]:
    needed = {"awslogs-group": "/ecs/app", "awslogs-region": REGION, "awslogs-stream-prefix": "app"}
    known: list[Value] = [
        {"logDriver": "awslogs", "options": needed},
        {
            "logDriver": "awslogs",
            "options": {**needed, "awslogs-create-group": "true", "awslogs-datetime-format": "%H"},
        },
        {"logDriver": "awslogs", "options": {**needed, "mode": "non-blocking", "max-buffer-size": "25m"}},
        {"logDriver": "splunk", "options": {"splunk-url": "https://splunk.example.com", "splunk-token": "x"}},
        {
            "logDriver": "splunk",
            "options": {"splunk-url": "https://splunk.example.com"},
            "secretOptions": [{"name": "splunk-token", "valueFrom": SECRET}],
        },
    ]
    if "MANAGED_INSTANCES" in setting.launch:
        known.append({"logDriver": "json-file"})
    elif not setting.fargate:
        known += [{"logDriver": name} for name in ("json-file", "syslog", "journald", "gelf", "fluentd")]
    return st.sampled_from(known)


def draw_ports(draw: st.DrawFn, setting: Setting, index: int) -> list[Value]:
    """Draw ports that no other container of the task has."""
    tcp = 8000 + 10 * index
    host_port = st.sampled_from([0, tcp + 2000] if setting.network in ("", "bridge") else [0, tcp])
    first = {
        "containerPort": tcp,
        **members(draw, hostPort=host_port, protocol=st.just("tcp"), name=st.just(f"http_{index}")),
    }
    if "name" in first:
        first |= members(draw, appProtocol=st.sampled_from(shape("ApplicationProtocol").enum))
    udp = {"containerPort": tcp + 1, "protocol": "udp"}
    known = [[], [first], [first, udp], [udp]]
    if setting.network != "host":
        known.append([{"containerPortRange": f"{9000 + 20 * index}-{9010 + 20 * index}"}, first])
    return draw(st.sampled_from(known))


def draw_linux(draw: st.DrawFn, setting: Setting, task: Value) -> Value:
    """Draw what Windows does not have."""
    parameters = {
        "initProcessEnabled": BOOLEANS,
        "tmpfs": st.just([{"containerPath": "/scratch", "size": 64, "mountOptions": ["noexec"]}]),
        "capabilities": st.just({"add": ["SYS_PTRACE"] if setting.fargate else ["NET_ADMIN"], "drop": ["MKNOD"]}),
    }
    if not setting.fargate:
        parameters |= {
            "devices": st.sampled_from(
                [[], [{"hostPath": "/dev/fuse", "containerPath": "/dev/fuse", "permissions": ["read"]}]]
            ),
            "sharedMemorySize": st.integers(1, 1024),
            "maxSwap": st.integers(1, 1024),
            "swappiness": st.integers(0, 100),
        }
    controls: list[list[Value]] = [[]]
    if setting.network not in ("host", "none"):
        controls.append([{"namespace": "net.core.somaxconn", "value": "1024"}])
    if "ipcMode" not in task:
        controls.append([{"namespace": "kernel.msgmax", "value": "65536"}])
    ulimit = {"softLimit": st.integers(1, 1024), "hardLimit": st.integers(1024, 1048576)}
    return members(
        draw,
        linuxParameters=st.fixed_dictionaries({}, optional=parameters),
        environmentFiles=st.just([{"value": "arn:aws:s3:::bucket/app.env", "type": "s3"}]),
        readonlyRootFilesystem=BOOLEANS,
        ulimits=st.lists(st.fixed_dictionaries({"name": st.just("nofile"), **ulimit}), max_size=1),
        systemControls=st.sampled_from(controls),
    )


def draw_network(draw: st.DrawFn, earlier: list[str]) -> Value:
    """Draw what only a container with a network of its own has."""
    return members(
        draw,
        hostname=st.just("app"),
        dnsServers=st.just(["10.0.0.2"]),
        dnsSearchDomains=st.just(["example.com"]),
        extraHosts=st.just([{"hostname": "db", "ipAddress": "10.0.0.3"}]),
        links=st.just(earlier),
        disableNetworking=st.just(False),
    )


def draw_instance(draw: st.DrawFn, setting: Setting, *, gpu: bool) -> Value:
    """Draw what Fargate does not have. Containers that ask for a GPU would all have to do so in one way, so only one does."""
    wanted: list[list[Value]] = [[]]
    if gpu and not setting.external:
        mps = {"memory": 1024, **members(draw, maxComputePercent=st.integers(1, 100))}
        wanted += [[{"type": "GPU", "value": "1"}], [{"type": "GPU", "sharingStrategy": {"nvidiaMps": mps}}]]
    optional = {
        "dockerSecurityOptions": st.sampled_from([[], ["no-new-privileges"]]),
        "resourceRequirements": st.sampled_from(wanted),
    }
    if "EC2" in setting.launch:
        forms = ("credentialspec", "credentialspecdomainless")
        optional["credentialSpecs"] = st.sampled_from([[f"{form}:arn:aws:s3:::bucket/spec.json"] for form in forms])
    return members(draw, **optional)
