"""A task definition as a tree: parsed, walked, typed, ordered and written, each value with the place it was written at."""
