"""Reports on task definitions that exist: lint, fix, check, diff, causes, explain, matrix. Does no I/O."""
