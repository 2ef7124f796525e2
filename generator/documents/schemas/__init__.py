"""JSON Schemas (draft-07) for editors: of overlays, of files of single tasks, of the settings, and of task definitions.

All but the last admit whatever `taskdef` admits in one file, and more: they name what is misspelt, and `taskdef check` judges the rest.
How they are written follows what real consumers do with each construct: flat types rather than `oneOf`, null everywhere, nothing required,
descriptions beside `$ref`, and no keyword that one of them refuses (docs/editors.md).
"""
