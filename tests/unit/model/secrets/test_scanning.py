"""Values under secret-looking names are found wherever they stand, references and expressions are left alone."""

from __future__ import annotations

import pytest

from generator.model.secrets.scanning import find_secret_variables, find_secrets, scan_text


def mark(text: str) -> str:
    """Put what is found between « and »."""
    for start, end in reversed(find_secrets(text)):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


FOUND = {
    "a YAML variable": "vars:\n  db_password: «hunter2»\n  log_level: DEBUG\n",
    "with a comment behind it": "DB_PASSWORD: «hun ter2» # rotate\n",
    "with its key on a line of its own": "labels:\n  ? db_password\n  : «hunter2»\n",
    "nested, with its key on a line of its own": "labels:\n  ? db_password\n  : [«hunter2»]\n",
    "in double quotes": 'DB_PASSWORD: "«hun\\"ter2»"\n',
    "in single quotes": "DB_PASSWORD: '«hun''ter2»'\n",
    "a quoted key": '"DB_PASSWORD": «hunter2»\n',
    "a number": "DB_PASSWORD: «123456»\n",
    "with colons and hashes in it": "DB_PASSWORD: «a:b#c»\nX: y\n",
    "a block scalar": "KEYS:\n  SSH_PRIVATE_KEY: |\n    «line one»\n\n    «line two»\n  PORT: 80\n",
    "a folded scalar": "PRIVATE_KEY: >-  # PEM\n  «one»\n  «two»\nLOG: x\n",
    "without a space behind the colon": "vars:\n  DB_PASSWORD:«hunter2 x»\n  LOG: x\n",
    "without a space in flow style": "vars: {LOG: x, DB_PASSWORD:«hunter2»}\n",
    "on the next line": "DB_PASSWORD:\n  «hunter2»\nLOG: x\n",
    "over several lines": "DB_PASSWORD: «hunter2»\n  «and more»\nLOG: x\n",
    "in quotes over several lines": 'DB_PASSWORD: "«hunter2»\n  «and more"»\nLOG: x\n',
    "behind an anchor and a tag": "DB_PASSWORD: &pw !!str «hunter2»\n",
    "a list": "API_KEYS:\n  - «one»\n  - «two»\nLOG: x\n",
    "a flow list": "vars: {api_keys: [«one», «two»], log: x}\n",
    "a mapping of them": "vars:\n  api_keys:\n    bybit: «one»\n    other: {url: «two»}\n  log: x\n",
    "list form": "environment:\n  - name: DB_PASSWORD\n    value: «hunter2»\n  - name: LOG\n    value: x\n",
    "list form, value first": "environment:\n  - value: «hunter2»\n    name: DB_PASSWORD\n  - value: x\n    name: LOG\n",
    "list form with dashes at the column of the key": "environment:\n- name: DB_PASSWORD\n  value: «hunter2»\n- name: LOG\n  value: x\n",
    "list form in flow style": "environment: [{name: DB_PASSWORD, value: «a b»}, {value: x, name: LOG}]\n",
    "flow style on several lines": "environment: [\n  {name: DB_PASSWORD,\n   value: «hunter2»},\n  {name: LOG, value: x}]\n",
    "map form of an item": "environment:\n  DB_PASSWORD:\n    value: «hunter2»\n  LOG: {value: x}\n",
    "map form in flow style": "environment: {DB_PASSWORD: «hunter2», LOG: x}\n",
    "a tag": "tags:\n  - {key: ApiToken, value: «abc»}\n  - {key: team, value: x}\n",
    "a literal among secrets": "secrets:\n  DB_PASSWORD: «hunter2»\n",
    "a variable of a container called auth": "containerDefinitions:\n  auth:\n    image: x\n    environment: {API_KEY: «abc»}\n",
    "commented out": "# DB_PASSWORD: «hunter2»\nLOG: x  # TOKEN=«abc»\n",
    "JSON": '{"name": "DB_PASSWORD", "value": "«hunter2»"}',
    "JSON without spaces": '{"name":"DB_PASSWORD","value":"«hunter2»"},{"name":"LOG","value":"x"}',
    "JSON over lines": '[\n  {\n    "name": "DB_PASSWORD",\n    "value": "«hunter2»"\n  },\n  {"name": "LOG", "value": "x"}\n]',
    "JSON, value first": '[{"value": "«hunter2»", "name": "DB_PASSWORD"}, {"value": "x", "name": "LOG"}]',
    "a JSON label": '{"dockerLabels": {"com.example.api-token": "«abc»", "team": "x"}}',
    "a JSON option": '{"options": {"splunk-token": "«abc»", "splunk-url": "https://x"}}',
    "a JSON number": '{"API_TOKEN": «12345», "PORT": 80}',
    "JSON with a comma too many": '[{"name": "DB_PASSWORD", "value": "«hunter2»",},]',
    "JSON in a partial without braces": '"name": "DB_PASSWORD",\n"value": "«hunter2»"\n',
    "around an expression": '{"name": "DB_PASSWORD", "value": "«pg://bob:»{{ pw }}«@db»"}',
    "a literal in an expression": '{"DB_PASSWORD": "{{ pw | default("«hunter2»") }}"}',
    "in value position": '{"name": "DB_PASSWORD", "value": {{ pw or \'«hunter2»\' }}}',
    "in each branch": '{"DB_PASSWORD": {% if x %}"«one»"{% else %}"«two»"{% endif %}, "LOG": "x"}',
    "set by a template": '{% set db_password = "«hunter2»" %}{"LOG": "x"}',
    "a Jinja mapping": '{% set pairs = {"DB_PASSWORD": "«hunter2»", "LOG": "x"} %}',
    "the argument of a macro": '[{{ env("DB_PASSWORD", "«hunter2»") }}, {{ env("LOG", "x") }}]',
    "a Jinja comment": "{# DB_PASSWORD: «hunter2» #}{}",
    "a quote that is never closed": '{\n  "DB_PASSWORD": "«hunter2,»\n  "LOG": "x"\n}',
    "an expression that is never closed": '{\n  "LOG": "{{ x",\n  "DB_PASSWORD": "«hunter2»",\n  "PORT": "{{ port }}"\n}',
    "an expression that is never closed in value position": (
        '{"A": {{ x,\n "name": "DB_PASSWORD",\n "value": "«hunter2»",\n "B": {{ y }}}'
    ),
    "a bracket that is never closed": "patch: {cpu: 256\nvars:\n  - name: DB_PASSWORD\n    value: «hunter2»\n",
    "a bracket too many": '{"a": 1}}\n{"name": "DB_PASSWORD", "value": "«hunter2»"}',
    "tabs": "vars:\n\tDB_PASSWORD: «hunter2»\n",
    "text in other scripts": "說明: 密碼 🎲\nDB_PASSWORD: «密碼 🎲»\n",
}


@pytest.mark.parametrize("marked", FOUND.values(), ids=FOUND)
def test_values_of_secrets_are_found(marked: str) -> None:
    assert mark(marked.replace("«", "").replace("»", "")) == marked


LEFT_ALONE = {
    "nothing": "",
    "no secret at all": "vars:\n  log_level: DEBUG\n",
    "an expression": '{"name": "DB_PASSWORD", "value": "{{ db_password }}"}',
    "an expression in value position": '{"DB_PASSWORD": {{ db_password }}}',
    "a reference by a helper": '{"DB_PASSWORD": "{{ secret(\'trading-\' ~ env, key="DB_PASSWORD") }}"}',
    "valueFrom": '{"name": "DB_PASSWORD", "valueFrom": "prod-db-password"}',
    "valueFrom in YAML": "secrets:\n  - name: DB_PASSWORD\n    valueFrom: /prod/db\n",
    "valueFrom in map form": "secrets:\n  DB_PASSWORD: {valueFrom: prod-db-password}\n",
    "an ARN": "secrets: {DB_PASSWORD: arn:aws:secretsmanager:us-east-1:123456789012:secret:db}\n",
    "an ARN anywhere": "DB_PASSWORD: 'arn:aws:ssm:us-east-1:123456789012:parameter/db'\n",
    "a path among secrets": "secrets:\n  DB_PASSWORD: /prod/db/password\n",
    "a path among secret options": "secretOptions: {splunk-token: /prod/splunk}\n",
    "null, booleans, nothing": "DB_PASSWORD: null\nTOKEN: ~\nAUTH: true\nUSE_TOKEN: false\nSECRET:\nPWD: ''\n",
    "an alias": "DB_PASSWORD: *password\n",
    "a container called auth": "containerDefinitions:\n  auth:\n    image: x\n    cpu: 5\n",
    "a task called token": "tasks:\n  token: {vars: {a: b}}\n  auth:\n    patch: {cpu: 256}\n",
    "a dependency on auth": "dependsOn: {auth: HEALTHY}\n",
    "a list of names": '{% for key in ["BYBIT_API_KEY", "DATABASE_PASSWORD"] %}{% endfor %}',
    "a key in an expression": '{"LOG": "{{ names["DB_PASSWORD"] }}", "API_KEY": "{{ keys["bybit"] }}"}',
    "the file that credentials are in": "GOOGLE_APPLICATION_CREDENTIALS: /etc/gcp.json\n",
    "that file in JSON": '{"name": "GOOGLE_APPLICATION_CREDENTIALS", "value": "/etc/gcp.json"}',
    "the name of a secret as a value": "secret_name: db\nname: DB_PASSWORD\n",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_no_literal_secret_is_left_alone(text: str) -> None:
    assert find_secrets(text) == ()


def test_values_deeper_than_any_parser_goes_are_found_too() -> None:
    marked = (
        '{"a": ' * 300 + '{"name": "DB_PASSWORD", "value": "«hunter2»"}' + "}" * 300 + ' {"name": "LOG", "value": "x"}'
    )
    assert mark(marked.replace("«", "").replace("»", "")) == marked


PASSED = {
    '{"name": "DB_PASSWORD", "value": "{{ given }}"}': "given",
    '{"value": "{{ one }}:{{ two }}", "name": "API_KEY"}': "",
    '{"name": "DB_PASSWORD", "value": {{ a.b | default("x") }}}': "b",
    '{"name": "DB_PASSWORD", "value": "{{ a["b"] }}"}': "a",
    '{"splunk-token": "{{ one if env == "prod" else two }}"}': "one two",
    '{% for each in all %}{% set it = each.inner %}{"name": "API_KEY", "value": "{{ it }}"}{% endfor %}': "inner it",
    '{% for k, v in all.items() %}{"name": "API_KEY", "value": "{{ v }}"}{% endfor %}': "all v",
    '{% with it = given %}{"name": "API_KEY", "value": "{{ it }}"}{% endwith %}': "given it",
    '{{ pair("DB_PASSWORD", given) }}{{ pair(name="API_KEY", value=a.b) }}{{ pair("LOG", x) }}': "b given",
    '{"name": "X_SECRET", "value": {% if a %}"{{ b }}"{% endif %}}': "b",
    '{"name": "DB_PASSWORD", "valueFrom": "{{ secret(given) }}"}': "",
    '{"name": "DB_PASSWORD", "value": "{{ ssm(given) }}"}': "",
    '{"name": "DB_PASSWORD_FILE", "value": "{{ given }}"}': "",
    '{"name": "DB_PASSWORD", "value": "x{# given #}"}': "",
    '{"name": "DB_PASSWORD", "value": "{{ env }}{{ aws.region }}"}': "",
    '{"name": "{{ it.name }}", "value": "{{ it.value }}"}': "",
}


@pytest.mark.parametrize("template", PASSED)
def test_names_that_are_passed_into_a_secret_are_found(template: str) -> None:
    assert sorted(find_secret_variables((template,)).names) == PASSED[template].split()


def test_names_go_from_one_template_into_another() -> None:
    templates = ('{% set it = given %}{% include "_part.j2" %}', '{"name": "API_KEY", "value": "{{ it }}"}')
    assert find_secret_variables(templates).names == {"given", "it"}


@pytest.mark.parametrize(
    "text",
    [
        "vars: {tag: v1, given: «hunter2», x: 1}\n",
        "vars:\n  given:\n    a: «hunter2»\n    b: [«x»]\n  tag: v1\n",
        "vars:\n  given: |\n    «hunter2»\n  tag: v1\n",
        "{% set given = '«hunter2»' %}{% set tag = 'v1' %}\n",
        "# given: «hunter2»\nvars: {}\n",
    ],
)
def test_what_is_under_a_name_that_is_passed_on_is_secret_too(text: str) -> None:
    plain = text.replace("«", "").replace("»", "")
    for start, end in reversed(scan_text(plain, frozenset({"given"})).spans):
        plain = f"{plain[:start]}«{plain[start:end]}»{plain[end:]}"
    assert plain == text
