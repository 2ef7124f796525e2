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
    "a misspelt member": '{"environment": [{"name": "DB_PASSWORD", "vlaue": "«hunter2»"}, {"name": "LOG", "vlaue": "x"}]}',
    "a shortened member": "environment:\n  - name: DB_PASSWORD\n    val: «hunter2»\n  - name: LOG\n    val: x\n",
    "a misspelt member first": '[{"vaule": "«hunter2»", "name": "DB_PASSWORD"}, {"vaule": "x", "name": "LOG"}]',
    "a misspelt member among three": '{"environment": [{"name": "DB_PASSWORD", "values": "«hunter2»", "type": "«x»", "valueFrom": "y"}]}',
    "a misspelt name": '{"environment": [{"nmae": "DB_PASSWORD", "value": "«hunter2»"}, {"nmae": "LOG", "value": "x"}]}',
    "a misspelt name in YAML": "- nam: DB_PASSWORD\n  value: «hunter2»\n- nam: LOG\n  value: x\n",
    "both misspelt": '{"environment": [{"nmae": "DB_PASSWORD", "vlaue": "«hunter2»"}]}',
    "capitals": '{"Environment": [{"Name": "DB_PASSWORD", "Value": "«hunter2»"}, {"Name": "LOG", "Value": "x"}]}',
    "capitals in YAML": "Environment:\n  - Name: DB_PASSWORD\n    Value: «hunter2»\n  - Name: LOG\n    Value: x\n",
    "capitals in a tag": '{"Tags": [{"Key": "ApiToken", "Value": "«x»"}]}',
    "capitals alone": '{"NAME": "DB_PASSWORD", "VALUE": "«hunter2»"}',
    "a number in its place": '{"name": "DB_PASSWORD", "value": «123456»}',
    "a list in its place": '{"name": "DB_PASSWORD", "value": ["«one»", "«two»"]}',
    "a list first": '[{"value": ["«one»", ["«two»"]], "name": "DB_PASSWORD"}, {"value": ["x"], "name": "LOG"}]',
    "a list over lines": "- name: DB_PASSWORD\n  value:\n    - «one»\n    - «two»\n- name: LOG\n  value:\n    - x\n",
    "a mapping in its place": '{"name": "DB_PASSWORD", "value": {"a": "«one»", "b": {"c": "«two»"}}}',
    "a mapping over lines": "- name: DB_PASSWORD\n  value:\n    a: «one»\n    b:\n      c: «two»\n",
    "a block in its place": "- name: DB_PASSWORD\n  value: |\n    «one»\n    «two»\n- name: LOG\n  value: |\n    x\n",
    "a folded block, the name behind it": "- value: >-\n    «one»\n    «two»\n  name: DB_PASSWORD\n",
    "a block under a misspelt member": "environment:\n  - name: DB_PASSWORD\n    vlaue: |\n      «one»\n",
    "plain over lines": "- name: DB_PASSWORD\n  value: «one»\n    «two»\n- name: LOG\n",
    "quoted over lines": '- name: DB_PASSWORD\n  val: "«one»\n    «two"»\n- name: LOG\n',
    "map form, a list": "environment: {DB_PASSWORD: [«one», {a: «two»}], LOG: [x]}\n",
    "map form, misspelt": "environment:\n  DB_PASSWORD:\n    vlaue: «hunter2»\n  LOG:\n    vlaue: x\n",
    "map form, capitals": "environment: {DB_PASSWORD: {Value: «hunter2»}, LOG: {Value: x}}\n",
    "a literal among secrets, misspelt": '{"secrets": [{"name": "DB_PASSWORD", "valuFrom": "«hunter2»"}]}',
    "a template, misspelt": '{"name": "DB_PASSWORD", "vlaue": "a{{ x }}«hunter2»"}'.replace('"a{', '"«a»{'),
    "credentials of a registry that are text": '{"repositoryCredentials": "«hunter2»"}',
    "credentials of a registry, misspelt": '{"repositoryCredentials": {"credentialParam": "«hunter2»"}}',
    "credentials of a registry in capitals": '{"RepositoryCredentials": {"user": "«me»", "password": "«hunter2»"}}',
    "options of a log": '{"options": {"splunk-token": ["«abc»"], "Header": "Authorization Splunk", "apikey": «1»}}',
    "an option of a log, misspelt": '{"secretOptions": [{"name": "apikey", "value": "«abc»"}]}',
    "options of FireLens": '{"firelensConfiguration": {"options": {"http_passwd": {"a": "«abc»"}, "type": "x"}}}',
    "a label of the wrong type": '{"dockerLabels": {"com.example.api-token": {"value": "«abc»"}, "team": ["x"]}}',
    "an option of a command": '{"command": ["run", "--password", "«hunter2»", "--port", "80"]}',
    "an option with its value": '{"command": ["run", "--«password=hunter2»", "--port=80"]}',
    "an option in YAML": "command:\n  - run\n  - --password\n  - «hunter2»\n  - --port\n  - 80\n",
    "an option in flow style": "command: [run, --db-password, «hunter2», --port, x]\n",
    "an option of mysql": '{"command": ["mysql", "-u", "root", "-p«z»", "db"]}',
    "an option of redis-cli": '{"entryPoint": ["redis-cli", "-a", "«z»", "ping"]}',
    "an option in a line for a shell": '{"command": ["sh", "-c", "mysql -uroot -p«x1» db && run --token «abc» -p 80"]}',
    "an option in quotes in a line": '{"command": ["sh -c \\"login --password «x1»\\""]}',
    "an option with quotes in a line": '{"command": ["login --password=\\"«a b»\\" x"]}',
    "a variable in a line": "command: [sh, -c, 'PGPASSWORD=«hunter2» psql']\n",
    "a block with commands": "command: |\n  export API_TOKEN=«abc»\n  curl -u me:«x1» -H 'X-Api-Key: «y1»' http://x\n".replace(
        "  export", "  export"
    ),
    "an address": '{"value": "postgres://«u:pw1»@host/db"}',
    "parameters of an address": '{"url": "https://h/?user=u&password=«a1»&token=«b1»#top"}',
    "a signature": '{"url": "https://h/?sig=«a%2Fb»&se=1"}',
    "a header": '{"command": ["curl", "-H", "Authorization: Bearer «abc»"]}',
    "a header of its own": "healthCheck: {command: [CMD-SHELL, 'curl -H \"X-Api-Key: «abc»\" http://x']}\n",
    "a bearer alone": '{"text": "Bearer «abcdef0123»"}',
    "JSON in a value": '{"value": "{\\"user\\": \\"u\\", \\"password\\": \\"«pw1»\\"}"}',
    "JSON in a value of YAML": 'value: \'{"user": "u", "password": "«pw1»", "pin_token": «1»}\'\n',
    "JSON in JSON in a value": '{"value": "{\\"a\\": \\"{\\\\\\"token\\\\\\": \\\\\\"«pw1»\\\\\\"}\\"}"}',
    "an option in a comment": "# run --«password=hunter2»\nLOG: x\n",
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
    "names of things": '{"containerDefinitions": [{"name": "auth", "image": "x", "environment": [{"name": "LOG", "value": "x"}]}]}',
    "names of things in YAML": "volumes:\n  - name: token\n    host: {sourcePath: /x}\n",
    "a port called auth": '{"portMappings": [{"name": "auth", "containerPort": 80, "protocol": "tcp"}]}',
    "a value that is the name of a secret": '{"environment": [{"name": "FIELD", "value": "DB_PASSWORD"}, {"name": "X", "value": "y"}]}',
    "capitals of a reference": '{"Secrets": [{"Name": "DB_PASSWORD", "ValueFrom": "prod-db"}]}',
    "what a shell puts in": '{"command": ["sh", "-c", "login --password $PW --token=${TOKEN} -H \'Authorization: Bearer $T\'"]}',
    "options that are none": '{"command": ["mkdir", "-p", "/data", "--password-file", "/x", "docker", "run", "-p", "80:80"]}',
    "a secret's option without a value": '{"command": ["--password", "--port", "80"]}',
    "an expression behind an option": '{"command": ["--password={{ pw }}", "postgres://u:{{ pw }}@h"]}',
    "a reference of a registry": '{"repositoryCredentials": {"credentialsParameter": "registry"}}',
    "user and group": '{"command": ["curl", "-u", "1000:1000"], "user": "a:b"}',
    "null, booleans, nothing": "DB_PASSWORD: null\nTOKEN: ~\nAUTH: true\nUSE_TOKEN: false\nSECRET:\nPWD: ''\n",
    "an alias": "a: &password\nDB_PASSWORD: *password\n",
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
    '{"command": ["--password={{ one }}", "--port={{ two }}", "--token", "{{ three }}"]}': "one three",
    '{"command": "mysql -p{{ one }} x --password {{ two }} {{ three }}"}': "one two",
    '{"url": "postgres://{{ user }}:{{ one }}@{{ host }}/x?token={{ two }}&a={{ b }}"}': "one two",
    '{"header": "Authorization: Bearer {{ one }}", "x": "{{ two }}"}': "one",
    '{"name": "DB_PASSWORD", "vlaue": "{{ one }}"}': "one",
    '{"Name": "DB_PASSWORD", "Value": ["{{ one }}"]}': "one",
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
