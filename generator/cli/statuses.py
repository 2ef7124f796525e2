"""The exit statuses of every command."""

from __future__ import annotations

DONE, REFUSED, BUG, INTERRUPTED, CLOSED = 0, 2, 3, 130, 141
"""Exit statuses: success; the run could not start or continue; a bug in taskdef; Ctrl-C; a closed pipe. A result has 0 or 1."""
