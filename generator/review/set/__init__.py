"""Values of overlays set by name: what a name means, which file and line that is, and the text of the file afterwards. Writes nothing."""
