"""Pages of single containers: its image, variables, health check, limits, paths, kernel parameters and user."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
LINTED = "task-definition.json"
LINT = f"taskdef lint {LINTED}"
PARAMETERS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html"


def write_linted(members: str) -> dict[str, str | None]:
    """Write a task definition whose one container has some more members."""
    return {
        LINTED: f"""\
{{
  "family": "web",
  "executionRoleArn": "arn:aws:iam::123456789012:role/Web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {{
      "name": "web",
      "image": "nginx:1.29",
      "memory": 256,
      {members}
    }}
  ]
}}
"""
    }


POSIX = "[environment variables](https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap08.html) in POSIX"

CONTAINERS: dict[str, Page] = {
    "E425": Page(
        title="ECS or Docker refuses the name of an image",
        text="""\
An image is `repository:tag`, `repository@digest`, or both. ECS refuses other characters than letters, digits and `-_:./#@`, more than
255 characters (before the `@`, where there is a digest), and a digest that is not `sha256:` with 64 hexadecimal digits. What is left
to be filled in, such as `${IMAGE_TAG}`, is [E517](E517.md).

ECS takes the rest, and the task stops when it pulls the image: there is no repository, as when the variable for it is empty, nothing
follows the `:`, the registry has `https://` before it, or the repository has upper-case letters. The host of a registry may have
them, and so may a tag. Nor is there a registry of ECR whose host has no account of 12 digits, or a region such as `eu-west`.""",
        case="E425-half-a-digest",
        source="ContainerDefinition, member `image`, in botocore 1.44.5; aws-actions/amazon-ecs-render-task-definition issue 49; "
        "hashicorp/terraform-provider-aws issue 22629; for what Docker refuses, distribution/reference",
        aws="Container.image contains invalid characters.\nContainer.image should be 255 characters or less.\n"
        "CannotPullContainerError: invalid reference format\nInternalError: failed to normalize image reference",
        passes={DEV: f"vars:\n  digest: sha256:{'94afd1f2e64d0818' * 4}\n"},
    ),
    "E429": Page(
        title="a container has a secret twice",
        text="""\
Each secret of a container becomes one environment variable, so ECS takes each name once.

This cannot happen in a project: a later layer changes the secret of the same name, and one file that has it twice is
[E207](E207.md).""",
        case="E429-secret-twice",
        source="CircleCI-Public/aws-ecs-orb issues 190 and 210",
        aws="Duplicate secret names found: API_KEY. Each secret name must be unique.",
        run=LINT,
        passes=write_linted(
            '"secrets": [{"name": "API_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/web/key"}]'
        ),
    ),
    "E430": Page(
        title="a name is both a variable and a secret of a container",
        text="""\
A secret becomes an environment variable, and ECS does not decide which of two is meant. This happens when a value
moves to a secret and the old variable, often an empty one, stays. In another container the name may be the other of the two.

In a project it is [E210](E210.md).""",
        case="E430-variable-and-secret",
        source="compose-x/ecs_composex issue 707; dagster-io/dagster issue 11622",
        aws="The secret name must be unique and not shared with any new or existing environment variables set on the container, "
        "such as 'DB_PASSWORD'.",
        run=LINT,
        passes=write_linted(
            '"secrets": [{"name": "DATABASE_HOST", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/web/database-host"}]'
        ),
    ),
    "E440": Page(
        title="a container has no image",
        text="""\
Every container needs an `image`. AWS's clients send a task definition without one, and only ECS refuses it. An empty
image usually comes from an empty variable.""",
        case="E440-no-image",
        source="aws/aws-cli issue 5924",
        aws="Container.image should not be null or empty.",
        passes={DEV: "vars:\n  image: nginx:1.29\n"},
    ),
    "E442": Page(
        title="the name of a variable or a secret is blank",
        text="""\
Every variable and secret has a name that is not blank; its value may be empty. AWS's clients do not check names. A
missing name is [E470](E470.md); surprising names are [E472](E472.md), [W630](W630.md) and [W631](W631.md).""",
        case="E442-variable-without-a-name",
        source="thnery/terraform-aws-template issue 2",
        aws="Environment variable name cannot be null or blank.",
        run=LINT,
        passes=write_linted('"environment": [{"name": "LOG_LEVEL", "value": "info"}]'),
    ),
    "E443": Page(
        title="an environment file is not the ARN of a file in S3",
        text="""\
ECS reads environment files from S3, and needs the ARN of the object, `arn:aws:s3:::bucket/key`, whose key ends in `.env`; in China and
GovCloud the second part is another. The address `s3://bucket/key` is not an ARN. No answer of ECS to an ending other
than `.env` is known; its documentation requires that one.

The execution role needs `s3:GetObject` for the file and `s3:GetBucketLocation` for the bucket.""",
        case="E443-address-of-a-file",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-environment-files-type`; aws/amazon-ecs-agent, `agent/s3/s3.go`; "
        "ContainerDefinition, member `environmentFiles`, in botocore 1.44.5",
        aws="Invalid arn syntax.",
        passes={DEV: "vars:\n  variables: arn:aws:s3:::web-config/dev.env\n"},
    ),
    "E446": Page(
        title="a limit that Linux does not set",
        text="""\
A soft limit is what a process has at first, a hard limit how far it may raise that, so the soft one is never the greater. -1 is no
limit at all: both may be -1, or the hard one alone. Open files, `nofile`, always have a limit in Linux; on Fargate it is 1048576 at
most. Each limit stands once in a container.

An overlay that raises the soft limit usually has to raise the hard one.""",
        case="E446-soft-above-hard",
        source="ContainerDefinition, member `ulimits`, in botocore 1.44.5; docker/go-units, `ulimit.go`; aws/containers-roadmap issue 438; "
        "reown-com/blockchain-api pull request 1183, for open files on Fargate; "
        "[config of runtimes](https://github.com/opencontainers/runtime-spec/blob/main/config.md), for a limit that is there twice",
        applies="Linux; the limit of open files, `FARGATE` in `requiresCompatibilities`",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      ulimits:\n        nofile: {softLimit: 65535, hardLimit: 65535}\n"
        },
    ),
    "E448": Page(
        title="a path of `linuxParameters` does not begin with `/`",
        text="""\
A file system in memory (`tmpfs`) or a device is put at a path inside of the container, which begins at its root. A device without
`containerPath` has the path that it has on the host.""",
        case="E448-relative-path",
        source="Tmpfs, member `containerPath`, in botocore 1.44.5",
        applies="Linux",
        passes={DEV: "vars:\n  scratch: /tmp\n"},
    ),
    "E449": Page(
        title="a kernel parameter that a container cannot set for itself",
        text=f"""\
Of the parameters of the kernel, a container has those of its network (`net.…`) and of its IPC (`fs.mqueue.…` and eight of `kernel.…`)
for itself; all others, such as `vm.max_map_count`, belong to the host, and are set there: on Fargate not at all. A task that shares the
network of the host (`networkMode`) or its IPC (`ipcMode`) does not have these either. See [System controls]({PARAMETERS}).

Not every name that begins with `net.` works: see [E515](E515.md).""",
        case="E449-parameter-of-the-host",
        source="SystemControl in botocore 1.44.5; aws/containers-roadmap issues 460, 2368 and 2743",
        applies="Linux",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      systemControls:\n"
            '        net.ipv4.tcp_keepalive_time: {value: "300"}\n'
        },
    ),
    "E472": Page(
        title="the name of a variable has a `=` in it",
        text="""\
In a container a variable is a text `NAME=VALUE`, and the first `=` ends its name. A variable called `LOG_LEVEL=debug` whose value is empty
is `LOG_LEVEL` with the value `debug=`, which nobody means. The same holds for secrets.""",
        case="E472-value-in-the-name",
        source=f"{POSIX}, whose names have no `=`, read 2026-11-29",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      environment: {LOG_LEVEL: debug}\n"},
    ),
    "E506": Page(
        title="the command of a health check cannot run",
        text="""\
ECS takes any list of texts as the command of a health check. The first word selects how it runs: `CMD` runs a program
with its arguments, one text each and without a shell; `CMD-SHELL` gives one line to the shell of the container. These
commands fail:

| command | does |
|---|---|
| `["CMD", "curl -f http://localhost/ \\|\\| exit 1"]` | looks for a program of that long name |
| `["CMD", "curl", "-f", "http://localhost/", "\\|\\|", "exit", "1"]` | gives `\\|\\|`, `exit` and `1` to curl |
| `["CMD-SHELL", "curl", "-f", "http://localhost/"]` | runs `curl` alone |
| `["CMD"]` | runs nothing |

The console adds `CMD-SHELL` by itself, JSON does not. A command that begins with neither is [W626](W626.md).""",
        case="E506-line-for-a-shell",
        source="HealthCheck, member `command`, in botocore 1.44.5; moby/moby, `daemon/health.go`; "
        "aws/aws-cdk issues 2461 and 34389; awsdocs/amazon-ecs-developer-guide pull request 9",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      healthCheck:\n"
            "        command: [CMD-SHELL, pg_isready -U web || exit 1]\n"
        },
    ),
    "E507": Page(
        title="a user has no valid form",
        text="""\
`user` is a user, or a user and a group with `:` between them; each is a name that the image knows, or a number from 0 to 2147483647.
The documentation requires positive numbers, but 0, which is `root`, works too. ECS registers any text, and then the
container does not start.

`taskdef` cannot see the names in an image.""",
        case="E507-user-with-a-blank",
        source="ContainerDefinition, member `user`, in botocore 1.44.5; moby/sys, `user/user.go`; containerd, `oci/spec_opts.go`",
        aws="CannotStartContainerError: unable to find user web app: no matching entries in passwd file",
        applies="Linux",
        passes={DEV: 'vars:\n  user: "1000:1000"\n'},
    ),
    "E511": Page(
        title="a mount point has no absolute path",
        text="""\
A volume is mounted at a path inside of the container, which begins at its root: with `/`, or on Windows with a drive (`C:\\data`). The
root itself cannot be one. ECS registers any path, and none at all, and the container is not created.""",
        case="E511-relative-path",
        source="MountPoint, member `containerPath`, in botocore 1.44.5; moby/moby issue 24818",
        aws="CannotCreateContainerError: invalid mount path: 'data' mount path must be absolute",
        passes={DEV: "vars:\n  content: /usr/share/nginx/html\n"},
    ),
    "E512": Page(
        title="two mount points have the same path",
        text="""\
Docker mounts one volume at a path. ECS registers two, and the container is not created. A volume that is to replace the one
of the template is merged into it by the same `containerPath`.""",
        case="E512-two-volumes-at-one-path",
        source="moby/moby, `volume/mounts`; mapbox/ecs-watchbot issue 254; terraform-aws-modules/terraform-aws-ecs issue 153",
        aws="CannotCreateContainerError: Duplicate mount point: /var/cache/nginx",
        passes={DEV: "vars:\n  cache: /var/cache/nginx\n"},
    ),
    "W601": Page(
        title="an image without a fixed version",
        text="""\
`latest`, which is also the default without a tag or digest, is another image after every push. Two tasks of one
revision may then run different code, and a rollback to an earlier revision does not restore the earlier image.

Put the tag into a variable, or set it for one run with `--set`. A digest is best.""",
        case="W601-latest",
        source="[Container images](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html)",
        passes={DEV: 'vars:\n  image_tag: "1.29"\n'},
    ),
    "W604": Page(
        title="a health check needs a program that many images lack",
        text="""\
A health check runs inside of the container, with what its image has. `curl` and `wget` are not in many images: not in slim ones, not in
those without a distribution, and what Alpine has is a `wget` only. If the program is missing, the check always fails,
and ECS replaces the task again and again.

Since `taskdef` cannot see the image, this is a note: `-v` shows it, once for each health check.""",
        case="W604-curl",
        source="HealthCheck in botocore 1.44.5; [HEALTHCHECK](https://docs.docker.com/reference/dockerfile/#healthcheck)",
        passes={DEV: "vars:\n  health_check: test -f /run/nginx.pid\n"},
    ),
    "W605": Page(
        title="the timeout of a health check is as long as its interval",
        text="""\
ECS runs a health check every `interval` seconds (30 by default), and stops it after `timeout` seconds (5 by default).
It accepts a timeout as long as the interval, or longer. A check that hangs is then noticed later than the interval
suggests.""",
        case="W605-as-long-as-the-interval",
        source="HealthCheck, members `interval` and `timeout`, in botocore 1.44.5",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      healthCheck: {timeout: 5}\n"},
    ),
    "W626": Page(
        title="Docker ignores the command of a health check",
        text="""\
The command of a health check begins with `CMD` or `CMD-SHELL`. Docker ignores any other command, such as
`["/healthcheck"]`: the container starts, no check ever runs, its health stays unknown, and containers that wait for
it to be `HEALTHY` never start. Some AWS samples have this mistake, and seem to work.

The console adds `CMD-SHELL` by itself, JSON does not. `["NONE"]` switches off the check of the image, and passes.""",
        case="W626-program-alone",
        source="HealthCheck, member `command`, in botocore 1.44.5; moby/moby, `daemon/health.go`",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      healthCheck:\n        command: [CMD, /healthcheck]\n"
        },
    ),
    "W615": Page(
        title="a container has a variable twice",
        text="""\
ECS registers both. In the container, the last one counts.

This cannot happen in a project: a later layer changes the variable of the same name, and one file that has it twice is
[E207](E207.md).""",
        case="W615-variable-twice",
        source="the schema of cfn-lint 1.51.0, which refuses it; no message of ECS is known",
        run=LINT,
        passes=write_linted('"environment": [{"name": "LOG_LEVEL", "value": "debug"}]'),
    ),
    "W616": Page(
        title="a container has more than a hundred variables",
        text="""\
In one report, a container with more than a hundred variables lost them all: the stack was created, and the list was
empty. AWS has not confirmed a limit, so this is a warning. A file in S3, named in `environmentFiles`, takes any number, and keeps the task
definition below 64 KiB.""",
        case="W616-hundred-and-one-variables",
        source="aws/aws-cdk issue 38225",
        passes={DEV: "vars:\n  features: 100\n"},
    ),
    "W630": Page(
        title="the name of a variable has blanks around it",
        text="""\
ECS keeps a blank that was copied along with the name of a variable or a secret, and the program, which looks for the
name without the blank, finds nothing. If the name without the blank exists too, the finding shows it.""",
        case="W630-blank-after-a-name",
        source="aws/containers-roadmap issue 2364, read 2026-11-29",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      environment: {LOG_LEVEL: debug}\n"},
    ),
    "W631": Page(
        title="no shell can read a variable",
        text="""\
Names that shells can read have letters, digits and `_`, and do not begin with a digit. ECS takes others, and some programs read them,
Spring for one with `spring.datasource.url`; a shell script in between may lose them. So this is a note: `-v` shows
it, once for each list.""",
        case="W631-names-with-dots",
        source=f"{POSIX}; aws/containers-roadmap issue 2364; read 2026-11-29",
        applies="Linux",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      environment: {SPRING_DATASOURCE_URL: 'jdbc:h2:mem', LOG_LEVEL: info}\n"
        },
    ),
    "E515": Page(
        title="a kernel parameter exists only once on an instance",
        text=f"""\
ECS takes every parameter that begins with `net.` or `fs.mqueue.`, but not all of them belong to a container. Buffers of all sockets, such
as `net.core.rmem_max`, queues of network cards and the table of connections are there once for the instance, so in a container their files
are not there or cannot be written, and it does not start. Fargate has none of them; on instances of your own set them there. See
[System controls]({PARAMETERS}).""",
        case="E515-buffers-of-the-instance",
        source="aws/containers-roadmap issue 2368, which quotes Fargate; moby/moby issue 30778; Linux 6.12, `net/core/sysctl_net_core.c`, "
        "`net/ipv4/sysctl_net_ipv4.c` and `net/netfilter/nf_conntrack_standalone.c`; "
        "[message queues](https://docs.kernel.org/filesystems/mqueue.html); read 2026-11-29",
        aws="runc create failed: unable to start container process: error during container init: open /proc/sys/net/core/rmem_max: no such "
        "file or directory",
        applies="Linux",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      systemControls: {net.core.somaxconn: 1024}\n"},
    ),
    "E516": Page(
        title="an entry point is a line for a shell",
        text="""\
`entryPoint` is a program and its arguments, each a text of its own, and no shell takes a line apart. With `["python app.py"]` the container
looks for a program of that whole name and does not start. Write `["python", "app.py"]`, or `["sh", "-c", "python app.py"]` where a shell
is wanted. A path with blanks in its folders is accepted.""",
        case="E516-line-for-an-entry-point",
        source="[exec form](https://docs.docker.com/reference/dockerfile/#exec-form) of `ENTRYPOINT`; ContainerDefinition, member "
        "`entryPoint`, in botocore 1.44.5; read 2026-11-29",
        applies="Linux",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      entryPoint: [python, app.py]\n"},
    ),
    "W634": Page(
        title="a command is a line for a shell",
        text="""\
`command` is a program and its arguments, each a text of its own. `["npm start"]` works only where the entry point, which may be that of the
image, is a shell that reads a line, like `["sh", "-c"]`; with any other one, no such program exists. So it is a warning, for one
text with blanks where `entryPoint` is not there or is a script or program that runs another.""",
        case="W634-line-for-a-command",
        source="[exec form](https://docs.docker.com/reference/dockerfile/#exec-form) of `CMD`; ContainerDefinition, member `command`, in "
        "botocore 1.44.5; read 2026-11-29",
        applies="Linux",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      command: [npm, start]\n"},
    ),
}
