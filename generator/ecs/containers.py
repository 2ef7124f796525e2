"""What members of a container may say, as data: images, environment files, health checks, limits, system controls, users.

Sources: the documentation of `ContainerDefinition`, `HealthCheck`, `SystemControl` and `EnvironmentFile` in botocore 1.44.5;
hashicorp/terraform-provider-aws issue 22629 for the length of an image; aws/amazon-ecs-agent, `agent/s3/s3.go`, for ARNs of files in S3;
reown-com/blockchain-api pull request 1183 for the open files that Fargate has; moby/sys, `user/user.go`, for users. All read 2026-11-24.
"""

from __future__ import annotations

from generator.model.patterns import Pattern

IMAGE_MEANING = "letters, digits, `-`, `_`, `:`, `.`, `/`, `#` and `@`"
IMAGE = r"[A-Za-z0-9_:./#@-]+"
"""What an image is made of."""

IMAGE_LENGTH = 255
"""The most characters of an image; of one with a digest, of what is before the `@`."""

DIGEST = r"sha256:[0-9A-Fa-f]{64}"
"""The one kind of digest that ECS takes."""

ECR_HOST = Pattern(r"([^./:]+)\.dkr[.-]ecr(?:-fips)?\.([^./:]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)/")
"""The host of a private registry of ECR with its account and region, as https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
has it (read 2026-11). Hosts of other domains, such as those of emulators, have accounts of their own."""

ACCOUNT = Pattern(r"[0-9]{12}")
REGION = Pattern(r"[a-z]+(?:-[a-z]+)+-[0-9]{1,2}")
"""The form that the names of all regions have, in every partition of `endpoints.json` in botocore 1.44.5. One that is new has it too."""

VARIABLES = 100
"""More variables than this in a container were seen to get lost. Source: aws/aws-cdk issue 38225, which nobody at AWS has confirmed."""

FILE = r"arn:[^:]+:s3:::[^/]+/.+"
"""The ARN of an object in S3."""

FILE_ENDING = ".env"

INTERVAL, TIMEOUT = 30, 5
"""Seconds of a health check that does not say."""

TOOLS = ("curl", "wget")
"""Programs that health checks call, and that small images do not have."""

STARTERS = frozenset(
    (
        "ash",
        "bash",
        "dash",
        "sh",
        "zsh",
        "catatonit",
        "docker-init",
        "dumb-init",
        "env",
        "exec",
        "gosu",
        "su-exec",
        "sudo",
        "tini",
    )
)
"""Programs that run another one, named by their first argument. A decision of this project, 2026-11-29."""

OPEN_FILES = 1024 * 1024
"""The most open files, `nofile`, that a container on Fargate can have."""

IPC_CONTROLS = frozenset(
    f"kernel.{name}" for name in ("msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced")
)
"""The system controls that belong to the IPC of a container, beside those that begin with IPC_PREFIX."""

IPC_PREFIX = "fs.mqueue."
NETWORK_PREFIX = "net."

MESSAGE_QUEUES = frozenset(
    f"{IPC_PREFIX}{name}" for name in ("msg_default", "msg_max", "msgsize_default", "msgsize_max", "queues_max")
)
"""All parameters of message queues that Linux has: https://docs.kernel.org/filesystems/mqueue.html, read 2026-11-29."""

INSTANCE_CONTROLS = frozenset(
    (
        *(
            f"net.core.{name}"
            for name in (
                "bpf_jit_enable", "bpf_jit_harden", "bpf_jit_kallsyms", "bpf_jit_limit", "busy_poll", "busy_read", "default_qdisc",
                "dev_weight", "dev_weight_rx_bias", "dev_weight_tx_bias", "devconf_inherit_init_net", "fb_tunnels_only_for_init_net",
                "flow_limit_cpu_bitmap", "flow_limit_table_len", "gro_normal_batch", "high_order_alloc_disable", "max_skb_frags",
                "message_burst", "message_cost", "netdev_budget", "netdev_budget_usecs", "netdev_max_backlog", "netdev_rss_key",
                "netdev_tstamp_prequeue", "netdev_unregister_timeout_secs", "rmem_default", "rmem_max", "rps_sock_flow_entries",
                "skb_defer_max", "tstamp_allow_data", "warnings", "wmem_default", "wmem_max",
            )
        ),
        *(
            f"net.ipv4.{name}"
            for name in (
                "fib_sync_mem", "inet_peer_maxttl", "inet_peer_minttl", "inet_peer_threshold", "tcp_available_ulp", "tcp_low_latency",
                "tcp_max_orphans", "tcp_mem", "udp_mem",
            )
        ),
        "net.netfilter.nf_conntrack_buckets", "net.netfilter.nf_conntrack_expect_max", "net.netfilter.nf_conntrack_max",
        "net.nf_conntrack_max",
    )
)  # fmt: skip
"""Parameters of the network that the kernel has once, so that no container can set them. Source: the tables of Linux 6.12 that it makes
for the first network namespace only, `net/core/sysctl_net_core.c`, `net/ipv4/sysctl_net_ipv4.c`, `net/netfilter/nf_conntrack_standalone.c`;
aws/containers-roadmap issue 2368, which quotes Fargate; moby/moby issue 30778. Read 2026-11-29."""

HIGHEST_ID = 2**31 - 1
"""The highest number of a user or a group."""

BASE64 = Pattern(r"[A-Za-z0-9+/_-]+={0,2}")
"""What base64 is made of, in either of its alphabets and without white space: the attestation policy of a task is."""
