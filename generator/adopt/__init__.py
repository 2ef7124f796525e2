"""Existing task definitions to a template and overlays that render to the same: values in, texts out. Reads and writes no disk."""
