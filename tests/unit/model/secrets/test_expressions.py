"""Texts in the tags of a template are secrets by what they are for, however they are written, and other texts are none."""

from __future__ import annotations

import pytest

from generator.model.secrets.expressions import find_macros
from generator.model.secrets.scanning import find_secrets

FOUND = r"""
{% set db_password = "«a\"bcdef»" %}
{% set db_password = '«a\'bcdef»' %}
{% set db_password = "«a\\»" ~ "«S»" %}
{% set db_password = "«a»" "«S»" %}
{% set db_password = "«a»" ~ x ~ '«b»' + "«S»" %}
{% set db_password = ("«a»" if env == "dev" else "«S»") %}
{% set db_password = "«S»" | replace("«a»", "«b»") %}
{% set db_password = "«a%}S»" %}
{% set a, db_password = "«x»", "«S»" %}
{% set ns.db_password = "«S»" %}
{% set db_password "«S»" %}
{% set pin_token = «123456» %}
{% set db_password %}«S»{% endset %}{% set log %}x{% endset %}
{%- set db_password | trim -%}«a»{{ x }}«S»{%- endset -%}
{% set db_password %}«S»
{% set a %}x{% set db_password %}«S»{% endset %}y{% endset %}
{% if db_password == "«S»" or db_password != '«S»' or auth == "x" %}{% endif %}
{% if api_token in ["«S»", "API_TOKEN"] or api_token not in ("«S»") and log in ["x"] %}{% endif %}
{% if "«S»" == db_password or '«S»' in api_tokens or "x" == auth %}{% endif %}
{% if db_password is eq("«S»") or db_password is not sameas "«S»" or log is eq("x") %}{% endif %}
{% if (db_password) == "«S»" or vars["db_password"] == "«S»" or db_password | lower == "«S»" %}{% endif %}
{% for db_password in ["«S»", "«T»"] %}{% endfor %}
{% if api_token.startswith("«S»") or vars.db_password.endswith('«S»') or log.startswith("x") %}{% endif %}
{% with a = "x", db_password = "«x»" ~ "«S»" %}{% endwith %}
{% set d = {"DB_PASSWORD": "«a\"S»", "LOG": "x"} %}
{% set d = {'DB_PASSWORD': '«a»' ~ '«S»', 'API_KEYS': ["«a»", {"x": "«S»"}], "LOG": ["x"]} %}
{% for each in [{"value": "«S»", "name": "DB_PASSWORD"}, {"name": "LOG", "value": "x"}] %}
{% for k, v in [("DB_PASSWORD", "«S»"), ["API_TOKEN", "«S»"], ("LOG", "x")] %}
{{ db(user="a", password="«b\"S»", port="80") }}
{{ db(password=("«a»" ~ "«S»")) }}
{{ pair("DB_PASSWORD", "«a\"S»") }}{{ pair("LOG", "x") }}
{{ pair(value="«a»" ~ "«S»", name="DB_PASSWORD") }}
{% macro db(user, password) %}{% endmacro %}{{ db("a,b", "«S»") }}{{ db(f("x", "y"), "«S»") }}
{{ lib.db("a", "«S»", "c") }}{% macro db(user, password, port=("a", "b")) %}{% endmacro %}
{% macro db(user, password="«S»") %}{% endmacro %}
{{ db_password | default("«S»") }}{{ log | default("x") }}
{{ db_password | default(default_value="«a\"S»", boolean=true) }}
{{ db.password | d("«S»", true) }}{{ vars["DB_PASSWORD"] | default('«S»') }}
{{ db_password or "«S»" }}{{ "«S»" if not db_password else db_password }}{{ db_password if db_password else "«S»" }}
{{ vars.get("DB_PASSWORD", "«S»") }}{{ vars.get("LOG", "x") }}
{{ ["run", "--password", "«S»", "--port", "80"] | tojson }}
{"DB_PASSWORD": "{{ 'a' ~ "«b\"S»" }}"}
{# TOKEN = "«a\"S»" #}
""".replace("{{ 'a'", "{{ '«a»'")


def mark(text: str) -> str:
    for start, end in reversed(find_secrets(text)):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


@pytest.mark.parametrize("marked", FOUND.strip().split("\n"))
def test_texts_that_are_secrets_are_found(marked: str) -> None:
    assert mark(marked.replace("«", "").replace("»", "")) == marked


LEFT_ALONE = """
{{ "postgres://u:" ~ db_password ~ "@db/web" }}
{{ "https://%s/x" | format(host) }}{{ db_password | replace("x", "y") | tojson }}
{{ secret("prod-db", key="DB_PASSWORD") }}{{ ssm("/prod/db/password") }}
{"DB_PASSWORD": "{{ secret("prod-" ~ env, key="password") }}"}
{% set d = {"DB_PASSWORD": secret("prod-db"), "LOG": "x"} %}
{% for key in ["BYBIT_API_KEY", "DATABASE_PASSWORD", "LOG_LEVEL"] %}{% endfor %}
{% if name in ["auth", "billing", "web"] %}{% endif %}
{% set log = "x" if use_token else "y" %}{% set level = "debug" if env == "dev" else "info" %}
{% macro pair(name, value) %}{"name": "{{ name }}"}{% endmacro %}{{ pair("LOG", "x") }}
{{ names["DB_PASSWORD"] }}{{ lookup(password_file="/x") }}
{% set log %}x{% endset %}
{% if db_password is defined and env == "dev" or db_password is none and task in ["web"] %}{% endif %}
{% if names[db_password] == "x" and db_password, log == "y" and auth in ["basic"] %}{% endif %}
{% for api_key in ["BYBIT_API_KEY", "KRAKEN_API_KEY"] %}{% endfor %}
{% include "_token.j2" %}{% from "_auth.j2" import auth %}
"""


@pytest.mark.parametrize("text", LEFT_ALONE.strip().split("\n"))
def test_other_texts_are_left_alone(text: str) -> None:
    assert mark(text) == text


def test_macros_are_read_with_their_parameters() -> None:
    text = '{% macro a() %}{%- macro b(x, y="(,", z={"k": [1, 2]}) %}{% macro c(\n  u,\n  v\n) %}{% macro d(x'
    assert find_macros(text) == {"a": (), "b": ("x", "y", "z"), "c": ("u", "v"), "d": ("x",)}
