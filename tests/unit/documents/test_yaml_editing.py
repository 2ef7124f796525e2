"""How a file of YAML is indented, whatever is in it."""

from __future__ import annotations

import pytest

from generator.documents.yaml_editing import find_step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("", 2),
        ("a: 1\nb: {c: 1}\n", 2),
        ("a:\n    b: 1\n", 4),
        ("# a:\n#    b: 1\na: 1\nb:\n\n  # c\n   c: 1\n", 3),
        ("a:\n    - 1\nb:\n   c: 1\n", 3),
        ("a:\n     \n   b: 1\n", 3),
        ("a: ::: 'b:'\nc:\n   d: 1\n", 3),
    ],
)
def test_the_first_key_inside_another_has_the_indentation(text: str, step: int) -> None:
    assert find_step(text) == step
