"""The page of every code: what it means, why, and what mends it. Data for documents; a run of `render` or `check` never loads it."""

from generator.catalogue.artifacts import ARTIFACTS
from generator.catalogue.merges import MERGES
from generator.catalogue.overlays import OVERLAYS
from generator.catalogue.page import DATE, Page
from generator.catalogue.projects import PROJECTS
from generator.catalogue.shapes import SHAPES
from generator.catalogue.templates import TEMPLATES

__all__ = ["DATE", "PAGES", "Page"]

PAGES: dict[str, Page] = {**TEMPLATES, **OVERLAYS, **PROJECTS, **MERGES, **SHAPES, **ARTIFACTS}
