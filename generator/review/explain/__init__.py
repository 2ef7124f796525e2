"""Where every value of an artifact comes from: its way from the template through every layer. Reads a trace, and builds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.build.planning import PlannedProject
from generator.model.origins import Explanation
from generator.review.explain.index import ArtifactIndex, Known, Ways, index_document
from generator.review.explain.steps import Explainer

if TYPE_CHECKING:
    from generator.build.pipeline import Trace

__all__ = [
    "ArtifactIndex",
    "Explainer",
    "Ways",
    "explain_artifact",
    "explain_paths",
    "explain_variables",
    "list_paths",
]


def explain_artifact(planned: PlannedProject, traced: Trace, path: str) -> Explanation:
    """Report of every value of an artifact where it was written."""
    index = ArtifactIndex(planned, traced)
    explainer = Explainer(index)
    origins = tuple(explainer.explain(*leaf) for leaf in index.list_leaves())
    return Explanation(traced.plan.environment, traced.plan.task, path, origins)


def explain_paths(planned: PlannedProject, traced: Trace, path: str, wanted: str) -> Explanation | None:
    """Find the whole way of what is at a path, or of all that is below it, even where a layer took it away; None if nothing ever was."""
    index = ArtifactIndex(planned, traced)
    explainer = Explainer(index)
    origins = tuple(explainer.explain(*leaf) for leaf in index.list_leaves(wanted))
    return Explanation(traced.plan.environment, traced.plan.task, path, origins, chains=True) if origins else None


def explain_variables(planned: PlannedProject, traced: Trace, path: str) -> Explanation:
    """Report of every variable who set it, and which lines take it."""
    settings = Explainer(ArtifactIndex(planned, traced)).explain_variables()
    return Explanation(traced.plan.environment, traced.plan.task, path, settings=settings, chains=True)


def list_paths(traced: Trace) -> tuple[str, ...]:
    """List every path that any stage of an artifact has."""
    known: Known = {}
    names = {path: None for stage in traced.stages for path in index_document(stage.document, known)}
    return tuple(name for name in names if name)
