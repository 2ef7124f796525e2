"""What the answer of `import` names."""

from __future__ import annotations

from generator.reports.imports import list_names


def test_few_names_are_all_there_and_of_many_the_first() -> None:
    assert list_names(("suffix", "image_tag")) == "suffix, image_tag"
    assert list_names(tuple("abcdefgh")) == "a, b, c, d, e, f, g, h"
    assert list_names(tuple("abcdefghij")) == "a, b, c, d, e, f, g and 3 more"
