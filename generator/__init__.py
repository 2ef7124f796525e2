"""Render ECS task definitions from one Jinja template and one overlay per environment."""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from generator.build.pipeline import build_project
    from generator.model.findings import Finding
    from generator.model.project import Artifact, Build, Project
    from generator.project.loading import load_project
    from generator.project.writing import write_artifacts
    from generator.review.check import compare

__version__ = "0.1.0"

__all__ = [
    "Artifact",
    "Build",
    "Finding",
    "Project",
    "__version__",
    "build_project",
    "compare",
    "load_project",
    "write_artifacts",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    homes = {
        "Artifact": "model.project",
        "Build": "model.project",
        "Finding": "model.findings",
        "Project": "model.project",
        "build_project": "build.pipeline",
        "compare": "review.check",
        "load_project": "project.loading",
        "write_artifacts": "project.writing",
    }
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{homes[name]}"), name)


def __dir__() -> list[str]:
    return __all__
