"""What stands in place of a pair of name and value hides the value as a pair does, and leaves all else readable."""

from __future__ import annotations

import pytest

from generator.model.secrets.scanning import find_secrets


def mark(text: str) -> str:
    """Put what is found between « and »."""
    for start, end in reversed(find_secrets(text)):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


FOUND = """
{"environment": [["DB_PASSWORD", "«S»"]]}
{"environment": ["DB_PASSWORD", "«S»"]}
{"environment": [["db_password", "«S»"], {"name": "LOG", "value": "x"}]}
{"environment": [["«S»", "DB_PASSWORD"]]}
{"environment": [["DB_PASSWORD", "«=»", "«S»"]]}
{"environment": [["DB_PASSWORD", «12345678»]]}
{"environment": [[["DB_PASSWORD"], ["«S»"]]]}
{"environment": [{"name": "A", "value": "b"}, ["DB_PASSWORD", {"x": "«S»"}]]}
{"environment": {"x": {"y": ["DB_PASSWORD", "«S»"]}, "LOG": "x"}}
{"environment": {"names": ["DB_PASSWORD"], "values": ["«S»"]}}
{"environment": [{"name": ["DB_PASSWORD"], "value": "«S»"}, {"name": ["LOG"], "value": "x"}]}
{"environment": [{"value": "«S»", "name": [["DB_PASSWORD"]]}]}
{"environment": [{"name": {"x": "DB_PASSWORD"}, "value": "«S»"}]}
{"environment": [{"name": "DB_PASSWORD"}, {"value": "«S»"}, {"name": "LOG", "value": "x"}]}
{"environment": ["DB_PASSWORD=«S»", "LOG=x"]}
{"environment": ["DB_PASSWORD «S»", "LOG x"]}
{"environment": ["DB_PASSWORD: «S»", "DB_PASSWORD:«S»", "DB_PASSWORD,«S»", "DB_PASSWORD -> «S»"]}
{"environment": ["LOG=x DB_PASSWORD\\t«S»", "DB_PASSWORD\\n«S»"]}
{"environment": "DB_PASSWORD «S»", "cpu": 1}
{"environment": {"DB_PASSWORD «S»": "«x»", "LOG x": "y"}}
{"environment": [{"name": "DB_PASSWORD «S»", "value": "«x»"}]}
{"enviroment": [["DB_PASSWORD", "«S»"], ["LOG_LEVEL", "x"]]}
{"env": ["DB_PASSWORD", "«S»"]}
{"x": [["DB_PASSWORD", "«S»"]]}
{"secrets": "«hunter2»"}
{"secrets": ["«hunter2»", "DB_PASSWORD", "/prod/db"]}
{"secrets": [["DB_PASSWORD", "«S»"]]}
{"secrets": [{"name": "LOG", "value": "«S»"}]}
{"secretOptions": "«S»"}
{"secrets": [{"name": "LOG", "valueFrom": "«hunter2!»"}]}
{"secrets": [{"name": "LOG", "valueFrom": "«correct horse»"}, {"name": "A", "valueFrom": "«arn:hunter2»"}]}
{"secrets": {"LOG": "«hunter2!»", "A": "prod-db", "B": {"valueFrom": "«a b»"}}}
{"dockerLabels": [{"k": "CLIENT_SECRET", "v": "«S»"}]}
{"environmentFiles": ["DB_PASSWORD", "«S»"]}
{"environmentFiles": [{"type": "DB_PASSWORD", "value": "«S»"}]}
{"dockerLabels": ["api-token", "«S»"], "cpu": 1}
{"dockerLabels": {"x": ["api-token", "«S»"], "y": "z"}}
{"dockerLabels": {"x": {"name": ["api-token"], "value": "«S»"}}}
{"logConfiguration": {"logDriver": "splunk", "options": [["splunk-token", "«S»"]]}}
{"logConfiguration": {"logDriver": "splunk", "options": "splunk-token «S»"}}
{"logConfiguration": ["splunk-token", "«S»"]}
{"firelensConfiguration": {"type": "fluentbit", "options": {"Header": "X-Api-Key «S»", "Name": "http"}}}
{"options": {"Header": "Authorization Splunk «S»", "headers": ["X-Api-Key", "«S»"]}}
{"options": ["Header X-Api-Key «S»"]}
{"repositoryCredentials": ["«user»", "«S»"]}
{"repositoryCredentials": {"credentialsParameter": "«user:S!»"}}
{"systemControls": [{"namespace": "db.password", "value": "«S»"}, {"namespace": "net.core.somaxconn", "value": "1"}]}
{"systemControls": [["db.password", "«S»"]]}
{"tags": [["ApiToken", "«S»"]], "cpu": 1}
{"tags": [{"key": "ApiToken"}, {"value": "«S»"}]}
{"tags": [{"key": ["ApiToken"], "value": "«S»"}]}
{"proxyConfiguration": {"properties": [["DB_PASSWORD", "«S»"]], "type": "APPMESH"}}
{"driverOpts": ["password", "«S»"]}
{"labels": [["password", "«S»"]]}
{"command": ["--user", "a:«S»", "--port", "80"]}
{"command": ["curl", "--proxy-user=a:«S»", "http://x"]}
{"command": "--user a:«S» --port 80"}
{"command": ["--password", ["«S»"], "--port"]}
{"command": [["--password"], ["«S»"]]}
{"command": ["--password", {"x": "«S»"}]}
{"command": [["redis-cli"], "-a", ["«S»"], "ping"]}
{"command": ["curl", "-H", "X-Api-Key", "«S»"]}
environment: [[DB_PASSWORD, «S»], [LOG, x]]
{"name": "DB_PASSWORD", "value": "«arn:hunter2»"}
{"name": "DB_PASSWORD", "value": "«*hunter2»"}
{"name": "DB_PASSWORD", "value": "«{{hunter2»"}
{"name": "DB_PASSWORD", "value": "«${X}hunter2»"}
{"name": "DB_PASSWORD", "value": "«${X:-hunter2}»"}
{"name": "DB_PASSWORD", "value": "«<X>hunter2»"}
{"secrets": {"DB_PASSWORD": "«/a hunter2!»"}}
{"command": ["--password", "«arn:hunter2»", "--token", "«${X}hunter2»", "--token=«*hunter2»", "--token=«<X>hunter2»"]}
DB_PASSWORD: «*hunter2»
DB_PASSWORD: «&hunter2»
{"environment": [{"DB_PASSWORD": {"«hunter2»": "«x»"}}]}
{"environment": {"DB_PASSWORD": {"«zq 7»": null, "valeu": "«x»", "value": "«y»", "$render": "«z»"}, "LOG1": "x"}}
{"environment": [{"name": "DB_PASSWORD", "value": {"«hunter2»": «1»}}, {"name": "LOG", "value": {"x1": 1}}]}
{"environment": [{"value": {"«hunter2»": «1»}, "name": "DB_PASSWORD"}]}
{"dockerLabels": {"api-token": {"«hunter2»": "«x»"}}}
{"command": ["env", "DB_PASSWORD", "«S»"], "entryPoint": ["sh", "-c", "export API_TOKEN «S»; run"]}
{"command": ["keytool", "-storepass:«S»", "/password:«S»", "--port:80"]}
{"command": ["sftp:u:«S»@host", "u:«S»@host:22"]}
{"environment": [{"name": "A", "value": "[[\\"password\\",\\"«S»\\"],[\\"user\\",\\"web\\"]]"}]}
"""
LINES = {
    "a list of a list": "environment:\n  - - DB_PASSWORD\n    - «S»\n  - - LOG\n    - x\n",
    "a key below a name": "environment:\n  DB_PASSWORD:\n    «hunter2»: «x»\n    value: «y»\n  LOG:\n    x1: y\n",
    "a list": "environment:\n  - DB_PASSWORD\n  - «S»\ncommand:\n  - run\n",
    "a text": "environment:\n  - DB_PASSWORD «S»\n  - LOG x\n",
    "a block": "environment: |\n  DB_PASSWORD «S»\ncpu: 1\n",
    "a list behind an option": "command:\n  - --password\n  - - «S»\n  - --port\n",
    "split": "environment:\n  - name: DB_PASSWORD\n  - value: «S»\n",
    "a name that is a list": "environment:\n  - name:\n      - DB_PASSWORD\n    value: «S»\n  - name: LOG\n    value: x\n",
    "an anchor": "a: &it «S»\nDB_PASSWORD: *it\nb: *it\n",
    "an anchor of a list": "a: &it [«S»]\nb: &more\n  x: «S»\nDB_PASSWORD: *it\nTOKEN: *more\n",
    "an anchor that is merged": "a: &it\n  x: «S»\nDB_PASSWORD:\n  <<: *it\n",
    "an anchor in brackets": 'vars: {a: &it "«S»", DB_PASSWORD: *it, c: d}\n',
    "anchors of anchors": "a: &a «S»\nb: &b [*a]\nc: &c [*b]\nDB_PASSWORD: *c\n",
}


@pytest.mark.parametrize("marked", [*FOUND.strip().split("\n"), *LINES.values()])
def test_values_of_secrets_that_are_in_no_pair_are_found(marked: str) -> None:
    assert mark(marked.replace("«", "").replace("»", "")) == marked


LEFT_ALONE = """
{"environment": [["LOG_LEVEL", "debug"], ["PORT", "80"]], "cpu": 1}
{"environment": ["LOG_LEVEL", "debug", "PORT=80", "NAME x"]}
{"environment": [{"name": "LOG_LEVEL"}, {"value": "debug"}]}
{"environment": [{"name": ["LOG_LEVEL"], "value": "debug"}]}
{"environment": [{"name": "FIELD", "value": "DB_PASSWORD"}, {"name": "X", "value": "y"}]}
{"environment": {"FIELD": "DB_PASSWORD", "X": "the password is rotated"}}
{"environment": [{"name": "DB_PASSWORD", "value": "${DB_PASSWORD}"}, {"name": "API_TOKEN", "value": "<your-token>"}]}
{"environment": [{"name": "DB_PASSWORD", "value": "arn:aws:ssm:eu-west-1:123456789012:parameter/db"}]}
{"environment": ["DB_PASSWORD"], "command": ["run", "web"], "image": "app:1"}
{"secrets": ["DB_PASSWORD"], "dependsOn": [{"containerName": "auth", "condition": "START"}]}
{"secrets": [{"name": "DB_PASSWORD", "valueFrom": "prod-db"}, {"name": "A", "valueFrom": "/prod/web/db.password"}]}
{"secrets": [{"name": "A", "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1B2c3:password::"}]}
{"secrets": [{"name": "A", "valueFrom": "arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME"}, {"name": "B", "valueFrom": "${ARN}"}]}
{"secrets": [{"name": "A", "valueFrom": "arn:{{ aws.partition }}:ssm:{{ aws.region }}:{{ aws.account }}:parameter/x"}]}
{"secrets": [{"name": "A", "valueFrom": "db:password::"}, {"name": "B", "valueFrom": "{{ secret('db', key='x') }}"}]}
{"repositoryCredentials": {"credentialsParameter": "registry-a1B2c3"}}
{"options": {"env": "DB_PASSWORD,LOG_LEVEL", "labels": "api-token, team", "awslogs-group": "/token/web"}}
{"options": {"Header": "Authorization Splunk", "Format": "json", "tag": "token x"}}
{"command": ["check", "DB_PASSWORD", "API_TOKEN"], "entryPoint": ["auth", "web"], "links": ["auth", "web"]}
{"command": ["docker", "run", "--user", "app:web", "x"], "entryPoint": ["--user", "1000:1000", "--user", "app:app", "--user", "me"]}
{"containerDefinitions": [{"name": "auth"}, {"image": "x", "cpu": 5}], "volumes": [{"name": "token"}, {"host": {"sourcePath": "/x"}}]}
{"portMappings": [{"name": "auth"}, {"appProtocol": "http"}], "ulimits": [{"name": "token"}, {"value": "x"}]}
{"resourceRequirements": [{"type": "GPU", "value": "1"}], "tags": [{"key": "team", "value": "auth"}]}
{"environment": [{"name": "A", "value": "[[\\"password\\",\\"required\\"],[\\"token\\",\\"api_key\\"]]"}]}
{"environment": {"DB_PASSWORD": {"value": null}, "LOG_1": {"x-1": "y"}}, "secrets": {"DB_PASSWORD": {"valueFrom": "prod-db"}}}
{"repositoryCredentials": {"credentialsParameter": "registry", "credentials_parameter": null}}
{"command": ["printenv", "DB_PASSWORD", "web"], "entryPoint": ["env", "DB_PASSWORD", "API_TOKEN"], "links": ["set", "x", "y"]}
{"command": ["keytool", "-storepass:env", "PASS", "-keypass:file", "/x", "https://auth:8080/x", "--token:"]}
{"image": "app:1.0@sha256:0123456789", "command": ["to:me@example.com", "web:1@sha256:12", "mailto:me@example.com", "ssh:git@host"]}
vars: {api_token: {dev-1: null, prod-2: null}, services: [auth, web, billing], keys: [DB_PASSWORD, LOG_LEVEL, API_TOKEN]}
notes: the token is in the vault
environment_notes: ask for the password at the desk
"""


@pytest.mark.parametrize("text", LEFT_ALONE.strip().split("\n"))
def test_what_is_beside_other_names_is_left_alone(text: str) -> None:
    assert mark(text) == text


def test_an_anchor_is_no_secret_where_nothing_secret_is_its_alias() -> None:
    text = "a: &it x\nLOG: *it\nDB_PASSWORD: &other\n  url: null\nb: *other\n"
    assert mark(text) == text
