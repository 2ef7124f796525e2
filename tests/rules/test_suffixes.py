"""Secrets whose ARN may not be whole: W603."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import Said, ec2, say

HERE = "containerDefinitions[app].secrets[PASSWORD].valueFrom"
BARE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db"


@pytest.mark.parametrize(
    "reference",
    [
        f"{BARE}-a1B2c3",
        f"{BARE}-a1B2c3:key::",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/db",
        "/shop/db",
        "shop-db",
        "",
    ],
)
def test_what_has_its_suffix_or_is_no_secret_passes(reference: str) -> None:
    value: Value = ec2({"secrets": [{"name": "PASSWORD", "valueFrom": reference}]})
    assert say(value, "W603") == []


@pytest.mark.parametrize("container", [{}, {"secrets": []}, {"secrets": [{"name": "A"}]}, {"logConfiguration": {}}])
def test_containers_without_references_pass(container: Value) -> None:
    assert say(ec2(container), "W603") == []


def test_each_secret_without_suffix_is_noted_once() -> None:
    value = ec2(
        {
            "secrets": [
                {"name": "PASSWORD", "valueFrom": BARE},
                {"name": "USER", "valueFrom": f"{BARE}:user::"},
                {"name": "OTHER", "valueFrom": f"{BARE}2:other"},
            ],
            "repositoryCredentials": {"credentialsParameter": BARE},
        }
    )
    assert [(said.code, said.path) for said in say(value, "W603")] == [
        ("W603", HERE),
        ("W603", "containerDefinitions[app].secrets[OTHER].valueFrom"),
    ]
    assert say(value, "W603")[0] == Said(
        "W603",
        HERE,
        f"`{HERE}` names secret `shop/db` without the hyphen and six characters that end its ARN",
        (),
        "use the whole ARN: `aws secretsmanager describe-secret --secret-id shop/db --query ARN`",
    )


def test_credentials_of_a_registry_are_noted_too() -> None:
    value = ec2({"repositoryCredentials": {"credentialsParameter": BARE}})
    path = "containerDefinitions[app].repositoryCredentials.credentialsParameter"
    assert [said.path for said in say(value, "W603")] == [path]
