"""The page of every code: what it means, why, and what mends it. Data for documents; a run of `render` or `check` never loads it."""

from generator.catalogue.artifacts import ARTIFACTS
from generator.catalogue.containers import CONTAINERS
from generator.catalogue.envelope import ENVELOPE
from generator.catalogue.environments import ENVIRONMENTS
from generator.catalogue.logging import LOGGING
from generator.catalogue.merges import MERGES
from generator.catalogue.network import NETWORK
from generator.catalogue.overlays import OVERLAYS
from generator.catalogue.page import DATE, Page
from generator.catalogue.platforms import PLATFORMS
from generator.catalogue.practice import PRACTICE
from generator.catalogue.projects import PROJECTS
from generator.catalogue.running import RUNNING
from generator.catalogue.secrets import SECRETS
from generator.catalogue.shapes import SHAPES
from generator.catalogue.sizes import SIZES
from generator.catalogue.templates import TEMPLATES
from generator.catalogue.volumes import VOLUMES

__all__ = ["DATE", "PAGES", "Page"]

PAGES: dict[str, Page] = {
    **TEMPLATES,
    **OVERLAYS,
    **PROJECTS,
    **MERGES,
    **SHAPES,
    **ARTIFACTS,
    **CONTAINERS,
    **ENVELOPE,
    **ENVIRONMENTS,
    **LOGGING,
    **NETWORK,
    **PLATFORMS,
    **PRACTICE,
    **RUNNING,
    **SECRETS,
    **SIZES,
    **VOLUMES,
}
