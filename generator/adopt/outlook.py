"""Counts the findings between environments that `taskdef check` will report after an import, by code."""

from __future__ import annotations

from collections import Counter

from generator.build.pipeline import build_staged
from generator.build.planning import plan_project
from generator.model.gathering import join_causes
from generator.model.project import Project
from generator.review.environments import agree


def count_between(project: Project) -> tuple[tuple[str, int], ...]:
    """Count the findings between environments by code, as `check` shows them. Empty if the project does not build."""
    planned = plan_project(project)
    staged = build_staged(planned)
    if staged.build.failed or not staged.build.artifacts:
        return ()
    counts = Counter(finding.code for finding in join_causes(agree(planned, staged).findings))
    return tuple(sorted(counts.items()))
