"""A text that plainly has no secret has none for the close look either."""

from __future__ import annotations

import json

from hypothesis import example, given, strategies as st

from generator.model.nodes import Value
from generator.model.secrets.harmless import is_harmless
from generator.model.secrets.scanning import Scan

WORDS = (
    "app", "password", "--password", "-p", "-u", "--user", "mysql", "-phunter22", "redis-cli", "-a", "curl", "http", "open", "a:b",
    "user:pass", "AUTH_URL", "KEY", "key", "DB_PASSWORD", "hunter22", "name", "value", "valueFrom", "environment", "secrets", "command",
    "options", "tags", "curl -u a:b http://x", "https://a.example/hooks/1234567890abcdefghij12", "http://localhost:8000/health", "-H",
    "set", "docker", "login", "vault", "write", "sudo", "-S", "echo", "|", "chpasswd", "aws", "put-parameter", "--value", "secretOptions",
    "PIN_CODE", "arn:aws:ssm:eu-west-1:123456789012:parameter/x", "htpasswd", "-b", "Cookie: a=b", "namespace", "image", "openssl", "-k",
    "http.exe", "/usr/bin/curl", "'curl'", "sqlplus", "scott/tiger@db", "{{x}}", "repositoryCredentials", "{{ env }}", "{{- aws.region -}}",
    "{{ password }}", "-p{{ x }}", "--password={{ x }}", "-u {{ user }}:{{ x }}", "https://{{ x }}@a.example/", "KEY={{ x }}",
    "/run/{{ env }}/x", "arn:aws:ssm:{{ x }}:{{ aws.account }}:parameter/x", "{{ key }}{{ x }}", "{{ x | upper }}", "{{ x['key'] }}",
)  # fmt: skip
REFERENCE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web/main-AbCdEf:key::"
RENDERED = "arn:aws:secretsmanager:{{ aws.region }}:{{aws.account}}:secret:{{ env }}/main-{{ x }}:{{ key }}::"
SECRETS: Value = [{"name": "DB_PASSWORD", "valueFrom": REFERENCE}, {"name": "X", "valueFrom": RENDERED}]
PRINTED = 2**40
"""Stands for a variable that is printed without quotes."""


@st.composite
def documents(draw: st.DrawFn) -> Value:
    """Draw a document of few words, with secrets as they should be beside all else."""
    words = st.sampled_from(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8)))
    values: st.SearchStrategy[Value] = st.recursive(
        words | st.sampled_from((5, True, None, PRINTED)),
        lambda below: (
            st.lists(below, max_size=4)
            | st.dictionaries(words, below, max_size=4)
            | st.fixed_dictionaries({"name": words, "value": below})
            | st.dictionaries(words, below, max_size=2).map(lambda members: {**members, "secrets": SECRETS})
        ),
        max_leaves=12,
    )
    return {draw(words): draw(values), "secrets": SECRETS}


@given(documents(), st.sampled_from((None, 2)))
@example({"environment": ["mysql", "-phunter22"], "secrets": SECRETS}, 2)
@example({"environment": [{"name": "{{ x }}", "value": PRINTED}], "secrets": SECRETS}, 2)
@example(
    {"environment": [{"name": "A", "value": "{{ env }}"}], "secrets": [{"name": "PASSWORD", "value": "{{ x }}"}]}, 2
)
def test_a_harmless_text_has_no_secret(document: Value, indent: int | None) -> None:
    text = json.dumps(document, indent=indent).replace(str(PRINTED), "{{ token }}")
    scan = Scan(text)
    scan.run()
    assert not is_harmless(text) or (scan.found, scan.values, scan.tags) == ([], [], [])
