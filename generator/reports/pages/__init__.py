"""The page of every code: its meaning, the reason, and the fix. Data for documents; a run of `render` or `check` never loads it."""

from generator.reports.pages.artifacts import ARTIFACTS
from generator.reports.pages.containers import CONTAINERS
from generator.reports.pages.envelope import ENVELOPE
from generator.reports.pages.environments import ENVIRONMENTS
from generator.reports.pages.imports import IMPORTS
from generator.reports.pages.logging import LOGGING
from generator.reports.pages.merges import MERGES
from generator.reports.pages.network import NETWORK
from generator.reports.pages.overlays import OVERLAYS
from generator.reports.pages.page import DATE, Page
from generator.reports.pages.placeholders import PLACEHOLDERS
from generator.reports.pages.platforms import PLATFORMS
from generator.reports.pages.practice import PRACTICE
from generator.reports.pages.projects import PROJECTS
from generator.reports.pages.running import RUNNING
from generator.reports.pages.secrets import SECRETS
from generator.reports.pages.shapes import SHAPES
from generator.reports.pages.sizes import SIZES
from generator.reports.pages.templates import TEMPLATES
from generator.reports.pages.volumes import VOLUMES

__all__ = ["DATE", "PAGES", "Page"]

PAGES: dict[str, Page] = {
    **TEMPLATES,
    **OVERLAYS,
    **PROJECTS,
    **IMPORTS,
    **MERGES,
    **SHAPES,
    **ARTIFACTS,
    **CONTAINERS,
    **ENVELOPE,
    **ENVIRONMENTS,
    **LOGGING,
    **NETWORK,
    **PLACEHOLDERS,
    **PLATFORMS,
    **PRACTICE,
    **RUNNING,
    **SECRETS,
    **SIZES,
    **VOLUMES,
}
