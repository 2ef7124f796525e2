"""What a value says that is secret is found, and variables, references and other options are left alone."""

from __future__ import annotations

import json

import pytest

from generator.model.secrets.phrases import find_said, list_given, list_said

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
    text = json.dumps({"a": {"password": 'x"y\\z'}, "b": json.dumps({"tokens": 1, "api_token": ["q'r"]})})
    assert {'x"y\\z', "q'r"} <= {*list_said(text)}
    assert mark(text) == text.replace('x\\"y\\\\z', '«x\\"y\\\\z»').replace("q'r", "«q'r»")


def test_a_quote_within_a_quoted_secret_does_not_end_it() -> None:
    assert mark(json.dumps({"b": json.dumps({"secret": 'x"y'})})) == r'{"b": "{\"secret\": \"«x\\\"y»\"}"}'


def test_what_a_shell_ends_is_known_without_its_rest() -> None:
    assert list(list_said("TOKEN=abc;x")) == ["abc;x", "abc"]
