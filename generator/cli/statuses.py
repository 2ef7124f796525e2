"""The exit statuses of every command."""

from __future__ import annotations

DONE, REFUSED, BUG, CLOSED = 0, 2, 3, 141
"""Exit statuses: all is well; the run could not start or go on; our fault; a closed pipe. A result has 0 or 1, Ctrl-C gives 130."""
