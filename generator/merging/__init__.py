"""Merging overlays into a rendered template: a merge patch over a keyed view of the document. The only home of deepmerge."""

from generator.merging.patches import PatchMapping
from generator.merging.patching import view_patch
from generator.merging.strategies import merge_layer
from generator.merging.viewing import view_document

__all__ = ["PatchMapping", "merge_layer", "view_document", "view_patch"]
