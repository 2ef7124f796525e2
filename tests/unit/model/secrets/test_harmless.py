"""Most task definitions are known at a glance to have no secret."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from generator.model.secrets.harmless import is_harmless

REFERENCE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web/main-AbCdEf:key::"
USUAL: Value = {
    "name": "web",
    "environment": [{"name": "AUTH_URL", "value": "http://web.internal:8080/"}],
    "secrets": [{"name": "DB_PASSWORD", "valueFrom": REFERENCE}],
    "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8000/ || exit 1"]},
    "portMappings": [{"name": "http", "containerPort": 8000}],
}


def test_a_container_as_most_are_is_harmless() -> None:
    assert is_harmless(json.dumps(USUAL, indent=2))


@pytest.mark.parametrize(
    "member",
    [
        {"environment": [{"name": "DB_PASSWORD", "value": "hunter22"}]},
        {"secrets": [{"name": "DB_PASSWORD", "valueFrom": "hunter22!"}]},
        {"secrets": {"DB_PASSWORD": REFERENCE}},
        {"repositoryCredentials": {"credentialsParameter": "hunter22!"}},
        {"command": ["mysql", "-phunter22"]},
        {"command": ["run", "--user", "web:hunter22"]},
        {"command": ["curl -u web:hunter22 http://x"]},
        {"command": ["say \"hunter22\""]},
        {"image": "{{ image | lower }}"},
        {"image": "{{ image }}{# hunter22 #}"},
        {"environment": [{"name": "A", "value": "{{ password }}"}]},
        {"environment": [{"name": "DB_PASSWORD", "value": "{{ pw }}"}]},
        {"secrets": [{"name": "DB_PASSWORD", "valueFrom": "{{ pw }}"}]},
    ],
)  # fmt: skip
def test_what_may_have_a_secret_is_not(member: Value) -> None:
    assert not is_harmless(json.dumps({**USUAL, **member}, indent=2))


def test_a_template_that_only_prints_variables_is_too() -> None:
    text = json.dumps(USUAL).replace("eu-west-1:123456789012", "{{ aws.region }}:{{ aws.account }}")
    assert is_harmless(text.replace("8000}", "{{ port }}}").replace("web.internal", "{{ env }}.internal"))


def test_what_is_no_json_is_not() -> None:
    assert not is_harmless('{"name": web}')
