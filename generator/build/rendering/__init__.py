"""Templates to pieces: Jinja in a bounded sandbox, every rendered character and every fault with its place. Refuses to read a disk."""

from generator.build.rendering.reading import TemplateReader
from generator.build.rendering.templates import RESERVED, Templates

__all__ = ["RESERVED", "TemplateReader", "Templates"]
