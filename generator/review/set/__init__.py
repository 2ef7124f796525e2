"""Sets values of overlays by name: finds the meaning of a name, its file and line, and makes the new text. Writes nothing."""
