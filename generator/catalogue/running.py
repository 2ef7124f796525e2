"""PLACEHOLDER."""

from __future__ import annotations

from generator.catalogue.page import Page

RUNNING: dict[str, Page] = {}
