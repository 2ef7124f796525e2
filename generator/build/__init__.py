"""From a project in memory to its artifacts: plan, render, merge, type, order, check. Does no I/O."""
