"""Factored tasks as text of a template."""

from __future__ import annotations

import pytest

from generator.adopt.expressions import Expression, Slot, quote
from generator.adopt.template_text import write_rendered, write_template
from generator.ecs.paths import first_step


def write(*parts: str | Slot) -> str:
    return write_template({"family": Expression(parts)}, first_step()).split('"family": ')[1].rstrip("\n}")


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("a-", Slot("env")), '"a-{{ env }}"'),
        (("{{X}}",), "\"{{ '{{X}}' }}\""),
        (("{", Slot("env"), "}"), "\"{{ '{' }}{{ env }}}\""),
        (("{% raw %}",), "\"{{ '{% raw %}' }}\""),
        (("{#",), "\"{{ '{' }}#\""),
        (("{# a #}",), "\"{{ '{# a #}' }}\""),
        (("${#names}",), "\"${{ '{#names}' }}\""),
        (('a"b\\c\n',), '"a\\"b\\\\c\\n"'),
        (("${X}",), '"${X}"'),
        (("é", "ü"), '"éü"'),
    ],
)
def test_text_of_other_tools_is_no_expression(parts: tuple[str | Slot, ...], written: str) -> None:
    assert write(*parts) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{{X}}", "{{ '{{X}}' }}"),
        ("a-{{X}}-b", "a-{{ '{{X}}' }}-b"),
        ('"{% if %} {', "\"{{ '{% if %}' }} {{ '{' }}"),
        ("${X}", "${X}"),
    ],
)
def test_a_text_that_is_rendered_gives_itself(text: str, written: str) -> None:
    assert write_rendered(text) == written


def test_texts_are_written_as_jinja_reads_them() -> None:
    assert quote("it's \\ \n") == "'it\\'s \\\\ \\n'"
