"""The helpers know every region: in the data files of botocore each has the partition that they take it for."""

from __future__ import annotations

import json
from pathlib import Path

import botocore

from generator.build.rendering.helpers import Partition, find_partition


def test_partitions_are_those_of_botocore() -> None:
    data = Path(botocore.__file__).parent / "data"
    known = {}
    for partition in json.loads((data / "partitions.json").read_text(encoding="utf-8"))["partitions"]:
        for region in partition["regions"]:
            if "global" not in region:
                known[region] = Partition(partition["id"], partition["outputs"]["dnsSuffix"])
    for partition in json.loads((data / "endpoints.json").read_text(encoding="utf-8"))["partitions"]:
        for region in partition["regions"]:
            known.setdefault(region, Partition(partition["partition"], partition["dnsSuffix"]))
    assert len(known) > 40
    assert {region: find_partition(region) for region in known} == known
