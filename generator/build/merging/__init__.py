"""Merging overlays into a rendered template: a merge patch over a keyed view of the document. The only home of deepmerge."""

from generator.build.merging.patches import PatchMapping
from generator.build.merging.patching import view_patch
from generator.build.merging.references import resolve_references
from generator.build.merging.strategies import make_alone, merge_layer
from generator.build.merging.viewing import view_document

__all__ = ["PatchMapping", "make_alone", "merge_layer", "resolve_references", "view_document", "view_patch"]
