"""Comparisons as text for people, programs and pull requests. Pure: values in, text out; compares nothing."""
