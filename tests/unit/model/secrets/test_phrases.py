"""What a value says that is secret is found, and variables, references and other options are left alone."""

from __future__ import annotations

import json

import pytest

from generator.model.secrets.credentials import PREFIXES, find_credential, find_credential_spans
from generator.model.secrets.phrases import find_said, list_given, may_say
from generator.model.secrets.scanning import find_inside
from generator.model.secrets.values import list_said, mask_value
from tests.unit.model.secrets.said import PLAIN, SAID as SAID_INSIDE

SAID = """
--password=«hunter2»
--password «hunter2» --x y
run -db-password «hunter2»
mysql -uroot -p«hunter2» db
/usr/bin/mysqldump -p«hunter2»
docker login -u a -p «hunter2» x
redis-cli -a «hunter2» ping
sshpass -p«x1» ssh
curl -u me:«hunter2» http://x
curl -ume:«hunter2» http://x
sh -c "mysql -p«hunter2»"
PGPASSWORD=«hunter2» psql
export TOKEN="«a b»"; x
-Dspring.datasource.password=«hunter2»
curl -H "Authorization: Bearer «abc»" http://x
curl -H 'X-Api-Key: «abc»'
X-Api-Key:«abc»
Authorization: Basic «dTpw»
Bearer «abcdef123456»
https://x/?user=a&password=«pw»&b=c
?token=«abc»#x
https://x?sig=«abc%3D»&se=1
jdbc:mysql://h/db?user=u&password=«pw»
jdbc:sqlserver://h;user=u;password=«pw;x=y»
org.X required username="u" password="«pw»";
{"password": "«hunter2»"}
{"token":«123»}
{\\"password\\": \\"«hunter2»\\", \\"a\\": \\"b\\"}
{'secret':'«a»'}
password[]=«a1»
"""

LEFT_ALONE = """
mkdir -p /data
docker run -p 80:80
curl -u 1000:1000 x
--password=$PW
--password $PW --token ${TOKEN}
Authorization: Bearer $TOKEN
password: {{ pw }}
bearer of news
echo $PASSWORD: x
--password-file=/x
--token-ttl 5
--password --port 80
PASSWORD==x
AUTH=none
level=info key=a
auth:1.2
arn:aws:secretsmanager:eu-west-1:1:secret:web:password:
https://h/?password=<password>&token=xxxx
"""


def mark(text: str) -> str:
    for start, end in reversed(find_said(text)):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text


@pytest.mark.parametrize("marked", SAID.strip().split("\n"))
def test_what_a_text_says_is_found(marked: str) -> None:
    assert mark(marked.replace("«", "").replace("»", "")) == marked


@pytest.mark.parametrize("text", LEFT_ALONE.strip().split("\n"))
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert mark(text) == text


def test_a_line_of_a_file_in_a_value_is_secret_to_its_end() -> None:
    assert mark("user: me\n  password: correct horse # x\n") == "user: me\n  password: «correct horse» # x\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("mysql -u root -phunter2", [(3, "hunter2")]),
        ("--password x1", [(1, "x1")]),
        ("redis-cli -a zz", [(2, "zz")]),
        ("curl -u a:b1", [(2, "b1")]),
        ("mkdir -p x", []),
        ("--token --x", []),
        ("mysql ; mkdir -px", []),
        ("--token {{ x }}", []),
    ],
)
def test_words_of_a_command_are_found(words: str, said: list[tuple[int, str]]) -> None:
    assert list(list_given(words.split(" "))) == said


def test_json_in_a_text_is_read() -> None:
    text = json.dumps({"a": {"password": 'x"y\\z'}, "b": json.dumps({"count": 1, "api_token": ["q'r"]})})
    assert {'x"y\\z', "q'r"} <= {*list_said(text)}
    assert mark(text) == text.replace('x\\"y\\\\z', '«x\\"y\\\\z»').replace("q'r", "«q'r»")


def test_a_quote_within_a_quoted_secret_does_not_end_it() -> None:
    assert mark(json.dumps({"b": json.dumps({"secret": 'x"y'})})) == r'{"b": "{\"secret\": \"«x\\\"y»\"}"}'


def test_what_a_shell_ends_is_known_without_its_rest() -> None:
    assert list(list_said("TOKEN=abc;x")) == ["abc;x", "abc"]


def hide(text: str) -> str:
    """Put `_` in place of each character of what a value says that is secret."""
    for start, end in (*find_inside(text), *find_credential_spans(text)):
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def read_table(lines: str) -> list[str]:
    return [line.replace("·", "").replace("\\n", "\n") for line in lines.strip().split("\n")]


@pytest.mark.parametrize("marked", [line for lines in SAID_INSIDE.values() for line in read_table(lines)])
def test_nothing_is_left_of_what_a_value_says_that_is_secret(marked: str) -> None:
    parts = marked.split("«")
    hidden = hide(marked.replace("«", "").replace("»", ""))
    at = len(parts[0])
    for part in parts[1:]:
        secret, rest = part.split("»")
        assert hidden[at : at + len(secret)] == "_" * len(secret)
        at += len(secret) + len(rest)


@pytest.mark.parametrize("marked", [line for lines in SAID_INSIDE.values() for line in read_table(lines)])
def test_a_value_that_says_a_secret_is_masked_whole(marked: str) -> None:
    assert mask_value("command", marked.replace("«", "").replace("»", "")) == "***"


@pytest.mark.parametrize("text", read_table(PLAIN))
def test_ordinary_values_stay_readable(text: str) -> None:
    assert (hide(text), mask_value("command", text)) == (text, text)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_tokens_with_a_beginning_of_their_own_are_found_and_placeholders_are_not(prefix: str) -> None:
    name, least = PREFIXES[prefix]
    token = prefix + ("aB3" * least)[:least]
    assert (find_credential(f"x {token}"), find_credential(f"x {prefix}{'x' * least}")) == (f"a token of {name}", None)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ('aws: {account: "123456789012"}', False),
        ("arn:aws:iam::123456789012:role/app", False),
        ("the image tag is the git tag", False),
        ("aws ssm put-parameter --type SecureString --value hunter22", True),
        ("vault login hunter22", True),
    ],
)
def test_a_text_without_names_is_looked_at_for_what_commands_are_given(text: str, may: bool) -> None:
    assert may_say(text) is may


def test_a_parameter_that_aws_is_to_keep_is_secret_whatever_it_is_called() -> None:
    assert hide("aws ssm put-parameter --name x --type SecureString --value hunter22").endswith("--value ________")
