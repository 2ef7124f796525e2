"""What failures say of values: never the address of an object in memory, which is another one on each run."""

from __future__ import annotations

import re

import pytest

from generator.build.rendering import Templates
from generator.model.findings import Source
from generator.model.nodes import NO_VALUE

OBJECTS = ("range", "ecr", "cycler(1)", "[1] | map('abs')", "'a'.upper", "{}.items", "m", "{'a': range}", "[range]")

USES = (
    "{{ %s }}", "{{ %s ~ '' }}", "{{ '%%s' %% (%s,) }}", "{{ '{}'.format(%s) }}", "{{ (%s) | string }}", "{{ [%s] | join }}",
    "{{ (%s) | urlencode }}", "{{ {'a': %s} | urlencode }}", "{{ (%s) | tojson }}", "{{ (%s) | upper }}", "{{ (%s) + 1 }}",
    "{{ aws[%s] }}", "{{ [1][%s] }}", "{{ [].index(%s) }}", "{{ [1] | map(%s) | list }}", "{% include %s %}",
)  # fmt: skip

ADDRESS = re.compile(r"0x[0-9A-Fa-f]{4,}")


@pytest.mark.parametrize("use", USES)
def test_no_address_is_said_or_written(use: str) -> None:
    said = []
    for each in OBJECTS:
        expression = use.replace("%s", each) if "%%" not in use else use % each
        text = f"{{% macro m() %}}{{% endmacro %}}[{expression}]"
        templates = Templates({"web.json.j2": Source("templates/web.json.j2", text)})
        pieces, findings = templates.render(
            "web.json.j2", {"env": "dev", "aws": {"account": "1", "region": "us-east-1"}}
        )
        said.append(repr([piece.text if piece.value is NO_VALUE else piece.value for piece in pieces or ()]))
        said += [repr((finding.message, finding.notes, finding.help)) for finding in findings]
    assert len(said) >= len(OBJECTS)
    assert [each for each in said if ADDRESS.search(each)] == []


def test_what_is_looked_up_in_vain_is_named_by_its_kind() -> None:
    templates = Templates({"web.json.j2": Source("templates/web.json.j2", "[{{ aws[range] }}{{ aws[1] }}]")})
    _, findings = templates.render("web.json.j2", {"aws": {}})
    assert [finding.message for finding in findings] == [
        "`aws` has no item that is named by an object",
        "`aws` has no item `1`",
    ]


def test_python_warns_of_no_template() -> None:
    """Jinja 3.1 decodes texts as Python does, which warns of backslashes that mean nothing; a warning fails this test."""
    for text in ("{{ '\\{' }}", "{{ env ~ '\\d' }}", "{% if env == '\\-' %}{% endif %}\\{"):
        templates = Templates({"web.json.j2": Source("templates/web.json.j2", text)})
        assert templates.render("web.json.j2", {"env": "dev"})[1] == ()
