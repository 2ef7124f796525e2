"""Decides which runs are remembered for the next one, and which parts of them. `project.manifest` keeps them."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.cli.streams import encode_for
from generator.model.findings import InputError
from generator.model.result import Result
from generator.project.loading import load_settings
from generator.project.manifest import Attempt

if TYPE_CHECKING:
    from generator.reports.forms import Report

CHANGES = ("wrote", "deleted", "fixed")
"""Actions on files: a second run would print something else."""


def keep(attempt: Attempt, result: Result, report: Report) -> None:
    """Keep what a run printed if it was clean and changed nothing."""
    if result.status or report.refused or report.help or any(each.action in CHANGES for each in result.outcomes):
        return
    with suppress(
        InputError, OSError, ValueError
    ):  # skip files that changed meanwhile, or whose names cannot be encoded
        settings, _ = load_settings(attempt.root)
        folders = (settings.templates, settings.environments, settings.rendered)
        attempt.keep(folders, encode_for(sys.stdout, report.out), encode_for(sys.stderr, report.err))
