"""The schema of `taskdef.toml` and the reader of it know the same settings."""

from __future__ import annotations

import tomllib

import pytest

from generator.documents.parsing.settings import EXCEPTION, SETTINGS, parse_settings
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.rules import LINT_ONLY, RULES
from tests.schemas import find_faults, make_validator

RIGHT = """\
templates = "t"
environments = "e"
rendered = "r"
allow_members = ["warmPool"]
confirm = ["live"]
environment_order = ["dev", "prod"]
lint_for = ["render-action"]
registered_by = ""

[rules]
W601 = "error"
E305 = "off"

[rules.dev]
W601 = "off"

[[exceptions]]
code = "W701"
name = "A"
path = "cpu"
environments = ["dev"]
reason = "so"
"""


def test_the_schema_admits_what_the_reader_takes() -> None:
    codes = {"rules": tuple(RULES), "lint_only": tuple(LINT_ONLY)}
    assert parse_settings(Source("taskdef.toml", RIGHT), None, **codes)[1] == ()
    assert find_faults("settings", tomllib.loads(RIGHT)) == find_faults("settings", {}) == []


def test_the_schema_knows_every_setting_and_every_rule() -> None:
    schema: Value = make_validator("settings").schema
    known = schema["properties"]
    assert sorted(known) == sorted(SETTINGS)
    assert sorted(known["exceptions"]["items"]["properties"]) == sorted(EXCEPTION)
    assert sorted(known["rules"]["properties"]) == sorted({*RULES, *LINT_ONLY})
    assert sorted(known["rules"]["additionalProperties"]["properties"]) == sorted(RULES)
    assert all(each["description"].endswith(".") for each in (*known.values(), *schema["definitions"].values()))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('template = "t"', ": Additional properties are not allowed ('template' was unexpected)"),
        ('confirm = "live"', "confirm: 'live' is not of type 'array'"),
        ('lint_for = ["render"]', "lint_for.0: 'render' is not one of ['render-action', 'deploy-action']"),
        ('registered_by = "cdk"', "registered_by: 'cdk' is not one of ['deploy-action', 'awscli', '']"),
        ('rules.W601 = "err"', "rules.W601: 'err' is not one of ['off', 'note', 'warning', 'error']"),
        ('rules.W999 = "off"', "rules.W999: 'off' is not of type 'object'"),
        ('rules.dev.W999 = "off"', "rules.dev: Additional properties are not allowed ('W999' was unexpected)"),
        ('exceptions = [{cod = "W701"}]', "exceptions.0: Additional properties are not allowed ('cod' was unexpected)"),
    ],
)
def test_what_is_wrong_in_settings_is_named(text: str, fault: str) -> None:
    assert find_faults("settings", tomllib.loads(text)) == [fault]
