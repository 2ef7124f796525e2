"""Templates of CloudFormation: which task definition is taken, how its functions are evaluated, and what is refused by line."""

from __future__ import annotations

import json

import pytest

from generator.adopt.reading import Given, Original, Refused, read_original
from generator.model.findings import Source
from generator.model.nodes import Value

STACK = """\
Parameters:
  Image: {Type: String, Default: shop-web:1.4}
  Level: {Type: String, Default: ""}
  Password: {Type: String, Default: hunter22, NoEcho: true}
  Token: {Type: String, Default: hunter23}
  Command: {Type: CommaDelimitedList}
Resources:
  Logs: {Type: "AWS::Logs::LogGroup"}
  Web:
    Type: AWS::ECS::TaskDefinition
    DependsOn: Logs
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: web
          Image: %s
"""


def read(text: str, part: str = "", **values: str) -> Original | Refused:
    return read_original(Given("prod", "web", Source("stack.yaml", text), part=part, values=values))


def read_image(written: str, **values: str) -> Value:
    original = read(STACK % written, **values)
    assert isinstance(original, Original), original
    return original.value["containerDefinitions"][0].get("image")


def list_refused(read: Original | Refused) -> list[str]:
    assert isinstance(read, Refused)
    return [
        f"{each.location.line}:{each.location.column} {each.code} {each.message}"
        for each in read.findings
        if each.location
    ]


@pytest.mark.parametrize(
    ("written", "values", "image"),
    [
        ("shop-web:1.5", {}, "shop-web:1.5"),
        ("!Ref Image", {"Image": "shop-web:2"}, "shop-web:2"),
        ("{Ref: Image}", {"Image": "shop-web:2"}, "shop-web:2"),
        ('!Sub "${AWS::AccountId}.example.com/web:${Tag}"', {"AWS::AccountId": "1", "Tag": "v2"}, "1.example.com/web:v2"),
        ('!Sub ["web:${Tag}-${Kind}", {Tag: !Ref Image, Kind: slim}]', {"Image": "v3"}, "web:v3-slim"),
        ('{"Fn::Sub": "${!Literal}:${Repo.Name}"}', {"Repo.Name": "x"}, "${Literal}:x"),
        ('!Join [":", [web, !Ref Image]]', {"Image": "v4"}, "web:v4"),
        ('!Join ["/", !Ref Command]', {"Command": "a, b"}, "a/b"),
        ("!GetAtt Repo.Uri", {"Repo.Uri": "web:5"}, "web:5"),
        ("{'Fn::GetAtt': [Repo, Uri]}", {"Repo.Uri": "web:5"}, "web:5"),
        ('!ImportValue {"Fn::Sub": "${Base}-image"}', {"Base": "shop", "shop-image": "web:6"}, "web:6"),
        ("'{{resolve:ssm:/web/image}}'", {"{{resolve:ssm:/web/image}}": "web:7"}, "web:7"),
        ("!Ref AWS::NoValue", {}, None),
        ("null", {}, None),
    ],
)  # fmt: skip
def test_functions_are_evaluated_with_the_given_values(written: str, values: dict[str, str], image: str | None) -> None:
    assert read_image(written, **values) == image
    original = read(STACK % written, **values)
    assert isinstance(original, Original) and original.converted is not None
    assert original.converted.used == frozenset(values)


@pytest.mark.parametrize(
    ("written", "said", "help"),
    [
        ("!Ref Image", "`Image` is a parameter of the template: `shop-web:1.4` is its default", "`--set Image=shop-web:1.4`"),
        ("!Ref Level", "`Level` is a parameter of the template: its default is empty", "`--set Level=`"),
        ("!Ref Token", "`Token` is a parameter of the template", "`--set Token=…`"),
        ("!Ref Password", "`Password` is a parameter of the template", "`--set Password=…`"),
        ("!Ref Logs", "`Logs` is known only after the stack is created", "`--set Logs=…`"),
        ("!Ref Imag", "`Imag` is neither a parameter nor a resource of this template", "`--set Imag=…`"),
        ("!GetAtt Repo.Uri", "`Repo.Uri` is known only after the stack is created", "`--set Repo.Uri=…`"),
        ("!ImportValue shop-image", "`shop-image` is an export of another stack", "`--set shop-image=…`"),
        ("'{{resolve:ssm:/image}}'", "`{{resolve:ssm:/image}}` is a dynamic reference: CloudFormation puts its value there",
         "`--set '{{resolve:ssm:/image}}'=…`"),
        ("!If [A, b, c]", "`Fn::If` chooses by a condition when the stack is created", None),
        ("!FindInMap [A, b, c]", "`Fn::FindInMap` looks a value up in `Mappings` when the stack is created", None),
        ("{'Fn::New': x}", "`Fn::New` is not evaluated here", None),
        ("!Join [a]", "`Fn::Join` takes a delimiter and a list of texts", None),
        ("!GetAtt Repo", "`Fn::GetAtt` takes the name of a resource and of an attribute", None),
        ("!Sub {a: b}", "`Fn::Sub` takes a text, or a list of a text and a mapping", None),
        ("!Join ['', [{a: b}]]", "this must be a text", None),
    ],
)  # fmt: skip
def test_what_is_not_given_is_refused_with_the_option_that_gives_it(written: str, said: str, help: str | None) -> None:
    refused = read(STACK % written)
    assert isinstance(refused, Refused)
    assert [(each.code, each.message) for each in refused.findings] == [("E137", said)]
    assert help is None or refused.findings[0].help == f"give its value: {help}"


def test_all_that_is_open_is_listed_in_one_run_by_line_and_where_it_stands_in_a_text() -> None:
    text = (
        STACK % "!Ref Image"
        + "          Command: !Ref Command\n      TaskRoleArn: !Sub 'arn:${AWS::Partition}:iam::1:role/${Role}'\n"
    )
    assert list_refused(read(text)) == [
        "16:18 E137 `Image` is a parameter of the template: `shop-web:1.4` is its default",
        "17:20 E137 `Command` is a parameter of the template",
        "18:30 E137 `AWS::Partition` is known to CloudFormation only",
        "18:60 E137 `Role` is neither a parameter nor a resource of this template",
    ]


MEMBERS: Value = {
    "Family": "web", "TaskDefinitionArn": "x", "IpcMode": "task",
    "ProxyConfiguration": {"ContainerName": "web", "ProxyConfigurationProperties": [{"Name": "AppPorts", "Value": "80"}]},
    "Volumes": [{"Name": "data", "EFSVolumeConfiguration": {"FilesystemId": "fs-1", "AuthorizationConfig": {"IAM": "ENABLED"}}},
                {"Name": "share", "FSxWindowsFileServerVolumeConfiguration": {"FileSystemId": "fs-2", "RootDirectory": "a",
                 "AuthorizationConfig": {"CredentialsParameter": "arn", "Domain": "d"}}}],
    "EphemeralStorage": {"SizeInGiB": 30},
    "Tags": [{"Key": "Team", "Value": "shop"}],
    "ContainerDefinitions": [{"Name": "web", "Image": "web:1", "DockerLabels": {"Team": "Shop", "name": "x"},
                              "LogConfiguration": {"LogDriver": "awslogs", "Options": {"mode": "non-blocking"}}}],
}  # fmt: skip


def test_members_match_whatever_their_case_and_free_maps_keep_their_keys() -> None:
    text = json.dumps({"Resources": {"Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": MEMBERS}}}, indent=2)
    original = read(text)
    assert isinstance(original, Original)
    assert original.value == {
        "family": "web",
        "ipcMode": "task",
        "containerDefinitions": [
            {
                "name": "web",
                "image": "web:1",
                "dockerLabels": {"Team": "Shop", "name": "x"},
                "logConfiguration": {"logDriver": "awslogs", "options": {"mode": "non-blocking"}},
            }
        ],
        "volumes": [
            {
                "name": "data",
                "efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}},
            },
            {
                "name": "share",
                "fsxWindowsFileServerVolumeConfiguration": {
                    "fileSystemId": "fs-2",
                    "rootDirectory": "a",
                    "authorizationConfig": {"credentialsParameter": "arn", "domain": "d"},
                },
            },
        ],
        "tags": [{"key": "Team", "value": "shop"}],
        "proxyConfiguration": {"containerName": "web", "properties": [{"name": "AppPorts", "value": "80"}]},
        "ephemeralStorage": {"sizeInGiB": 30},
    }


ONE = "Resources:\n  Web:\n    Type: AWS::ECS::TaskDefinition\n"


@pytest.mark.parametrize(
    ("text", "part", "said"),
    [
        (ONE, "", "2:3 E304 `Web` has no `Properties`"),
        (ONE + "    Properties: {Family: web, family: api}\n", "", "4:31 E106 `family` is there twice, in two spellings"),
        (ONE + "    Properties: {Family: web, Colour: red, ContainerDefinitions: []}\n", "",
         "4:31 E301 a task definition has no member `Colour`"),
        (ONE + "    Properties: {ContainerDefinitions: []}\n", "", "4:17 E304 the task definition has no `family`, which ECS requires"),
        (ONE + ONE[11:].replace("Web", "Api"), "", "1:1 E138 this template has 2 task definitions"),
        (ONE, "Api", "1:1 E138 this template has no task definition `Api`"),
        ("Resources:\n  Topic: {Type: AWS::SNS::Topic}\n", "", "1:1 E138 this template has no task definition"),
        ("Resources: [\n", "", "1:12 E111 `[` is not closed"),
        ("Resources:\n  Web: !Unknown x\n", "", "2:8 E113 the tag `!Unknown` is not supported"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_template_is_reported_by_line(text: str, part: str, said: str) -> None:
    assert list_refused(read(text, part))[0].startswith(said)


def test_one_of_several_is_named_by_its_logical_id() -> None:
    other = (
        ONE[11:].replace("Web", "Api")
        + "    Properties: {Family: api, ContainerDefinitions: [{Name: api, Image: x}]}\n"
    )
    original = read(STACK % "web:1" + other, "Api")
    assert isinstance(original, Original) and original.value["family"] == "api"


def test_functions_of_conditions_and_rules_are_no_mistake_beside_the_task_definition() -> None:
    beside = """\
Conditions: {Prod: !And [!Condition Test, !Equals [a, b]]}
Rules: {Zones: {Assertions: [{Assert: !EachMemberIn [!ValueOfAll [Zone, Name], !RefAll Zone]}]}}
"""
    assert isinstance(read(beside + STACK % "web:1"), Original)


def nest(depth: int) -> str:
    return f'!Sub ["${{X}}${{X}}", {{X: {nest(depth - 1)}}}]' if depth else "x"


LARGE = {
    "a value in a text many times": f"!Sub ['{'${X}' * 2000}', {{X: {'x' * 1000}}}]",
    "a delimiter between many texts": f"!Join [{'x' * 1000}, [{'a, ' * 2000}a]]",
    "texts that double": nest(25),
}


@pytest.mark.parametrize("written", LARGE.values(), ids=LARGE)
def test_functions_make_no_more_text_than_a_template_may_have(written: str) -> None:
    refused = read(STACK % written)
    assert isinstance(refused, Refused)
    message = "the functions of this template produce more than 1 MiB of text"
    assert [(each.code, each.message) for each in refused.findings] == [("E109", message)]


def test_a_given_value_is_bounded_too_where_it_is_repeated() -> None:
    refused = read(STACK % f"!Sub '{'${Image}' * 2000}'", Image="x" * 1000)
    assert isinstance(refused, Refused) and [each.code for each in refused.findings] == ["E109"]
