"""The files of a new project: a commented template, overlays, settings, and what make, pre-commit, git and GitHub read. Texts only."""
