"""PLACEHOLDER."""

from __future__ import annotations

from generator.reports.pages.page import Page

RUNNING: dict[str, Page] = {}
