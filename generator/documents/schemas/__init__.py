"""JSON Schemas (draft-07) for editors: of overlays, of files of single tasks, of the settings, and of task definitions.

All but the last accept every file that `taskdef` accepts, and more: they report misspelt names, and `taskdef check` decides the rest.
They use only constructs that real editors handle well: flat types rather than `oneOf`, null everywhere, nothing required,
descriptions beside `$ref`, and no keyword that one of them refuses (docs/editors.md).
"""
