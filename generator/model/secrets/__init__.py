"""Which texts are secrets: by name, by look, and wherever a value that is one appears again."""
