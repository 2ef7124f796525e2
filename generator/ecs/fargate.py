"""The sizes that Fargate has, as data.

Source: "Task CPU and memory" on https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html and the
announcement of 32 vCPU, read 2026-11-24; cfn-lint 1.58.0 has the same sizes, the docstring of `cpu` in botocore 1.44.5 lacks 32 vCPU.
"""

from __future__ import annotations

from collections.abc import Mapping

GB = 1024
"""MiB in what ECS calls a GB."""

SIZES: Mapping[int, tuple[int, ...]] = {
    256: (512, 1 * GB, 2 * GB),
    512: tuple(range(1 * GB, 4 * GB + 1, GB)),
    1024: tuple(range(2 * GB, 8 * GB + 1, GB)),
    2048: tuple(range(4 * GB, 16 * GB + 1, GB)),
    4096: tuple(range(8 * GB, 30 * GB + 1, GB)),
    8192: tuple(range(16 * GB, 60 * GB + 1, 4 * GB)),
    16384: tuple(range(32 * GB, 120 * GB + 1, 8 * GB)),
    32768: (60 * GB, 120 * GB, 244 * GB),
}
"""The MiB of memory that go with so many CPU units."""

WINDOWS_CPU = (1024, 2048, 4096)
"""The CPU units that Windows containers can have on Fargate."""
