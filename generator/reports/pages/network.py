"""Pages of network modes, ports, and relations between containers of a task."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

DOCS = "https://docs.aws.amazon.com/AmazonECS/latest"
CONTAINER = f"[ContainerDefinition]({DOCS}/APIReference/API_ContainerDefinition.html)"
PORT_MAPPING = f"[PortMapping]({DOCS}/APIReference/API_PortMapping.html)"
PREFLIGHT = "badmintoncryer/cdk-preflight, which ran it against ECS in 2026-09 (`rules/ecs/{}`)"

FARGATE = "`FARGATE` in `requiresCompatibilities`"
INSTANCES = "network modes `bridge` and `host`; not where `MANAGED_INSTANCES` alone is in `requiresCompatibilities`"

NETWORK: dict[str, Page] = {
    "E422": Page(
        title="a container sets a member that its network mode does not support",
        text="""\
With `awsvpc` a task has a network interface of its own, which its containers share, and ECS refuses what Docker would
set up for each of them: `links`, `hostname`, `extraHosts`, `dnsServers`, `dnsSearchDomains`, `disableNetworking`.
Links are for `bridge` only. With `none` there is no network, and so no port to map.

Empty lists and `false`, as ECS itself describes a container, are accepted with every mode. Fargate has `awsvpc` only,
so there the same is refused whatever mode is written.""",
        case="E422-host-name-with-awsvpc",
        source=f"{CONTAINER}; {PREFLIGHT.format('pf-ecs-awsvpc-*')}, and `pf-ecs-fargate-links`, `pf-ecs-fargate-dns-servers`, "
        "`pf-ecs-fargate-disable-networking`",
        aws="hostname is not supported on container when networkMode=awsvpc.\n"
        "Links are not supported when networkMode=awsvpc.\n"
        "Extra hosts are not supported on container when networkMode=awsvpc.\n"
        "DNS servers are not supported on container when networkMode=awsvpc.\n"
        "Disable Networking is not supported on container when networkMode=awsvpc.",
        applies="network modes `awsvpc`, `host` and `none`",
        passes={DEV: "patch:\n  networkMode: awsvpc\n  containerDefinitions:\n    web:\n      hostname: null\n"},
    ),
    "E427": Page(
        title="a name refers to no container or volume",
        text="""\
`dependsOn`, `volumesFrom`, `links` and `proxyConfiguration` name a container of the same task definition, `mountPoints`
name one of its volumes. A volume that a service configures when it is deployed has to be in `volumes` too, with
`configuredAtLaunch`.

If a container or volume has no name at all, nothing is reported: the name may refer to it.""",
        case="E427-container-misspelt",
        source=f"{CONTAINER}; {PREFLIGHT.format('pf-ecs-dependson-container-missing')}, and `pf-ecs-volumesfrom-source-container-missing`, "
        "`pf-ecs-mountpoint-source-volume-missing`, `pf-ecs-proxy-configuration-container-missing`; for links, which the agent looks up, "
        "aws/amazon-ecs-agent, `agent/api/task/task.go`",
        aws="Cannot depend on container + 'databse' because it does not exist\n"
        "Invalid 'volumesFrom' setting. Unknown container: 'x'\n"
        "Unknown volume 'x'.\n"
        "Proxy container [envoy] does not exist\n"
        "Link target not available: db",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      dependsOn:\n        database: START\n"},
    ),
    "E432": Page(
        title="the network mode is not the one that Fargate needs",
        text="""\
Fargate gives every task a network interface of its own, which is the mode `awsvpc`. Without `networkMode` a task
definition has the mode `bridge`, so you have to set it.""",
        case="E432-no-network-mode",
        source=f"[Task networking on Fargate]({DOCS}/developerguide/fargate-task-networking.html); "
        f"{PREFLIGHT.format('pf-ecs-fargate-network-mode')}",
        aws="Fargate only supports network mode ‘awsvpc’.",
        applies=FARGATE,
        passes={DEV: "patch:\n  requiresCompatibilities: [FARGATE]\n  networkMode: awsvpc\n"},
    ),
    "E433": Page(
        title="a port of the host differs from that of the container",
        text="""\
With `awsvpc` and `host` the containers listen on the network of the task or of the instance themselves, and nothing
translates ports. `hostPort` is left out, is 0 or is the `containerPort`. What clients see is changed at the load
balancer, or by another port in the container.""",
        case="E433-another-port-outside",
        source=f"{PORT_MAPPING}; aws/amazon-ecs-cli issue 1014; hashicorp/terraform-provider-aws issue 3401, by which 0 is accepted; "
        f"{PREFLIGHT.format('pf-ecs-host-network-host-port-mismatch')}",
        aws="When networkMode=awsvpc, the host ports and container ports in port mappings must match.\n"
        "When networkMode=host, the host ports and container ports in port mappings must match.",
        applies="network modes `awsvpc` and `host`",
        passes={DEV: "vars:\n  port: 80\n"},
    ),
    "E434": Page(
        title="a port mapping has no valid port",
        text="""\
Every mapping has a `containerPort` from 1 to 65535, or a `containerPortRange`. `hostPort` and `protocol` belong into
the item of their port: as separate items they are mappings without a port.""",
        case="E434-port-too-large",
        source=f"{PORT_MAPPING}; aws/aws-cdk issue 8762; aws/aws-cli issue 7288",
        aws="Invalid 'containerPort' setting for container 'web'.",
        passes={DEV: "vars:\n  port: 8080\n"},
    ),
    "E435": Page(
        title="ranges of ports overlap",
        text="""\
A port stands in one mapping of a container only, alone or in a range, for each protocol. With `awsvpc` all containers
of a task share one network, so it stands in one mapping of the whole task. That two containers want the same single
port is [E447](E447.md).""",
        case="E435-ranges-overlap",
        source=f"{PORT_MAPPING}; {PREFLIGHT.format('pf-ecs-port-range-overlap')}",
        aws="TCP container port '8085' is used multiple times in task when networkMode=awsvpc.",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      portMappings:\n        8091-8095: {}\n"},
    ),
    "W624": Page(
        title="a port is mapped twice, for both protocols or to two ports of the instance",
        text="""\
The reference calls a port for both protocols an error. It has not been one at registration since 2020, and a
name server without a load balancer runs this way. The same port and protocol twice in a container is accepted with
`bridge`, and goes to two ports of the instance. A service that attaches a load balancer to such a port is refused when
it is created. So this is a note: `-v` shows it.""",
        case="W624-one-port-for-both-protocols",
        source=f"{PORT_MAPPING}; awsdocs/amazon-ecs-developer-guide pull request 128; terraform-aws-modules/terraform-aws-ecs issue 89; "
        "aws/amazon-ecs-agent issue 3428; aws/aws-cli issue 7288",
        aws="Container port 53 is used in more than one port mapping for container web",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      portMappings:\n        5353/udp: {}\n"},
    ),
    "E437": Page(
        title="a range of ports is invalid, or has another port beside it",
        text="""\
`containerPortRange` is the first and the last port with a hyphen between, the first less than the last, both from 1
to 65535. It stands in its mapping without `containerPort` and `hostPort`: the ports outside follow from the mode.
Ranges are for `bridge` and `awsvpc`.""",
        case="E437-range-the-wrong-way-round",
        source=f"{PORT_MAPPING}; {PREFLIGHT.format('pf-ecs-port-range-reversed')}, and `pf-ecs-port-range-with-host-port`",
        aws="Invalid 'containerPortRange' setting for container 'web'.\n"
        "Invalid port mapping for container 'web', cannot specify both single port and port range.",
        passes={DEV: "vars:\n  ports: 8000-8010\n"},
    ),
    "E438": Page(
        title="a port is reserved by Windows on Fargate",
        text="Port 3150 is taken on Windows containers that Fargate runs.",
        case="E438-port-that-windows-keeps",
        source="awsdocs/amazon-ecs-developer-guide, `doc_source/task_definition_parameters.md`",
        applies=f"{FARGATE} with a Windows `operatingSystemFamily`",
        passes={DEV: "vars:\n  port: 3151\n"},
    ),
    "E439": Page(
        title="a proxy configuration lacks a property that App Mesh needs",
        text="""\
App Mesh redirects the traffic of a task inside of its network interface, so the mode is `awsvpc`. It has to know the
two ports of the proxy, `ProxyIngressPort` and `ProxyEgressPort`, the ports of the application, `AppPorts`, which
cannot be empty, and by which user or group it recognises the proxy's own traffic, `IgnoredUID` or `IgnoredGID`.
`EgressIgnoredIPs` and `EgressIgnoredPorts` may be left out or empty.""",
        case="E439-no-ports-to-redirect",
        source=f"[ProxyConfiguration]({DOCS}/APIReference/API_ProxyConfiguration.html); aws/aws-app-mesh-roadmap issue 467; "
        f"{PREFLIGHT.format('pf-ecs-proxy-configuration-*')}; for what may be empty, aws/amazon-ecs-agent pull request 2230",
        aws="APPMESH proxy configuration is only supported in networkMode=awsvpc\nIngress port not found\nApp ports not found",
        applies="`proxyConfiguration` is set",
        passes={DEV: 'vars:\n  app_ports: "8080"\n'},
    ),
    "E441": Page(
        title="no container is essential",
        text="""\
A task ends when an essential container ends, so at least one has to be essential. A container is essential unless it
has `essential: false`.""",
        case="E441-no-essential-container",
        source=f"{CONTAINER}; {PREFLIGHT.format('pf-ecs-essential-container')}",
        aws="Task definition doesn't have any essential container.",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      essential: true\n"},
    ),
    "E444": Page(
        title="a container waits for the health of one that has no health check",
        text="""\
The condition `HEALTHY` looks at the `healthCheck` in the task definition. A `HEALTHCHECK` in the image does not
count: ECS does not see it.""",
        case="E444-health-check-in-the-image-only",
        source=f"[ContainerDependency]({DOCS}/APIReference/API_ContainerDependency.html); "
        f"{PREFLIGHT.format('pf-ecs-dependson-healthy-without-healthcheck')}",
        aws="A dependency container with HEALTHY condition must have health check configured",
        passes={
            DEV: """\
patch:
  containerDefinitions:
    web:
      dependsOn:
        db: HEALTHY
    db:
      healthCheck:
        command: [CMD, pg_isready]
"""
        },
    ),
    "E445": Page(
        title="a container waits for the end of an essential one",
        text="""\
The conditions `COMPLETE` and `SUCCESS` wait until the other container has ended, and the end of an essential
container is the end of the task. A container that runs before the others, for a migration say, has `essential:
false`; without it, it is essential.""",
        case="E445-end-of-an-essential-container",
        source=f"[ContainerDependency]({DOCS}/APIReference/API_ContainerDependency.html); boto/boto3 issue 2436; "
        f"{PREFLIGHT.format('pf-ecs-dependson-complete-on-essential')}",
        aws="A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
        passes={DEV: "vars:\n  essential: false\n"},
    ),
    "E447": Page(
        title="two port mappings use the same port",
        text="""\
With `awsvpc` and `host` the containers of a task share one network: two of them cannot listen on one port with one
protocol, however they are mapped. With `bridge` each has its own, and it is the `hostPort` that can be given once;
left out, each mapping gets a port that is free.

ECS was seen to refuse this when it is registered; where it does not, the container that comes second fails.""",
        case="E447-two-containers-on-one-port",
        source=f"{PORT_MAPPING}; aws/amazon-ecs-agent issue 1220; aws/aws-cli issue 7288, by which a port twice "
        "without `hostPort` is accepted",
        aws="TCP host port '8080' is mapped multiple times in task.",
        applies="network modes `awsvpc` and `host`, and `hostPort` with `bridge`",
        passes={DEV: "vars:\n  admin_port: 8081\n"},
    ),
    "E504": Page(
        title="a port is reserved by the instance",
        text="""\
An instance with Linux keeps TCP ports 22, 2375, 2376 and 51678 to 51680 for SSH, Docker and the container agent; one
with Windows 53, 135, 139, 445, 2375, 2376, 3389, 5985, 51678 and 51679. ECS registers a task that needs one of them,
but finds no instance for it. UDP is not affected.

Where the agents of your instances are set up with other `ECS_RESERVED_PORTS`, switch the rule off in the settings.""",
        case="E504-port-of-ssh",
        source=f"{PORT_MAPPING}; [container agent configuration]({DOCS}/developerguide/ecs-agent-config.html)",
        aws="The closest matching container-instance is already using a port required by your task.",
        applies=INSTANCES,
        passes={DEV: "vars:\n  port: 2222\n"},
    ),
    "W625": Page(
        title="the proxy has no user",
        text="""\
App Mesh recognises the traffic of the proxy by its user. An agent that is set up with a pause image of its own takes
that user from the task definition and stops a task whose proxy has none; other agents leave it to the image. So this
is a note: `-v` shows it.""",
        case="W625-proxy-without-user",
        source="aws/amazon-ecs-agent, `agent/api/task/task.go`",
        aws="user needs to be specified for proxy container",
        applies="`proxyConfiguration` is set, and `requiresCompatibilities` is not `FARGATE` alone",
        passes={DEV: 'patch:\n  containerDefinitions:\n    envoy:\n      user: "1337"\n'},
    ),
    "E502": Page(
        title="containers wait for each other",
        text="""\
None of the containers of such a cycle ever starts: the agent stops the task. A container waits for those in its `dependsOn`, and
for those that it is linked to or whose volumes it mounts.""",
        case="E502-containers-wait-for-each-other",
        source=f"[ContainerDependency]({DOCS}/APIReference/API_ContainerDependency.html); aws/amazon-ecs-agent, `AddTask` "
        "of its engine, and issue 756; Shippable/support issue 4194 quotes the server for links",
        aws="unable to progress task with circular dependencies\nContainer links should not have a cycle",
        passes={DEV: "# Nothing differs here.\n"},
    ),
    "W618": Page(
        title="an `appProtocol` is on a port without a name",
        text="""\
`appProtocol` sets the protocol of a port for the proxy of Service Connect, and a service refers to the port by its `name`.
On a port without a name it has no effect.""",
        case="W618-no-name-for-service-connect",
        source=PORT_MAPPING,
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      portMappings:\n        8080: {name: http, appProtocol: http}\n"
        },
    ),
    "W620": Page(
        title="a port of the instance is in its ephemeral range",
        text="""\
Linux takes ports 32768 to 60999 for connections that it opens, and Docker for mappings without `hostPort`; Windows
takes 49152 to 65535. A task that wants a certain one of them starts only where it happens to be free.""",
        case="W620-port-that-linux-hands-out",
        source=f"{PORT_MAPPING}; `ip_local_port_range` in the [documentation of Linux](https://docs.kernel.org/networking/ip-sysctl.html)",
        applies="network mode `bridge`; not where `MANAGED_INSTANCES` alone is in `requiresCompatibilities`",
        passes={DEV: "vars:\n  port: 8080\n"},
    ),
}
