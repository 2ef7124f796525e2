"""Render ECS task definitions from one Jinja template and one overlay per environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.checking import compare
    from generator.diagnostics import Finding
    from generator.loading import load_project
    from generator.model import Artifact, Build, Project
    from generator.pipeline import build
    from generator.writing import write_artifacts

__version__ = "0.1.0"

__all__ = [
    "Artifact",
    "Build",
    "Finding",
    "Project",
    "__version__",
    "build",
    "compare",
    "load_project",
    "write_artifacts",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    homes = {
        "Artifact": "model",
        "Build": "model",
        "Finding": "diagnostics",
        "Project": "model",
        "build": "pipeline",
        "compare": "checking",
        "load_project": "loading",
        "write_artifacts": "writing",
    }
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{homes[name]}"), name)


def __dir__() -> list[str]:
    return __all__
