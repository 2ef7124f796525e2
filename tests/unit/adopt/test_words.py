"""Words of texts, and what of a text differs between environments."""

from __future__ import annotations

import pytest

from generator.adopt.words import Part, are_stages, split_text, split_words, trim_values


def spell(parts: tuple[Part, ...]) -> str:
    """Spell parts on one line: `{{ form }}`, and `<dev|prod>` for what differs."""
    return "".join(
        f"{{{{ {part.form} }}}}"
        if part.form
        else f"<{'|'.join(dict(part.values).values())}>"
        if part.values
        else part.text
        for part in parts
    )


@pytest.mark.parametrize(
    ("dev", "prod", "split"),
    [
        ("orders-dev", "orders-prod", "orders-{{ env }}"),
        ("/ecs/dev/x_dev", "/ecs/prod/x_prod", "/ecs/{{ env }}/x_{{ env }}"),
        ("/dev/shm/dev", "/dev/shm/prod", "/dev/shm/{{ env }}"),
        ("AppDevRole", "AppProdRole", "App{{ env | capitalize }}Role"),
        ("DEV", "PROD", "{{ env | upper }}"),
        ("devices", "product", "<devices|product>"),
        ("devices-dev", "devices-prod", "devices-{{ env }}"),
        ("orders-dev", "orders", "orders<-dev|>"),
        ("orders-dev-execution", "orders-execution", "orders<-dev|>-execution"),
        ("dev-orders", "orders", "<dev-|>orders"),
        ("x.development", "x.production", "x.<development|production>"),
        ("a-dev-1.2", "a-prod-3.4", "a-{{ env }}-<1.2|3.4>"),
        ("${dev}-dev", "${dev}-prod", "${dev}-{{ env }}"),
        ("x${dev}", "x${prod}", "x<${dev}|${prod}>"),
        ("{{dev}}", "{{prod}}", "<{{dev}}|{{prod}}>"),
    ],
)
def test_a_text_is_split_where_it_differs(dev: str, prod: str, split: str) -> None:
    assert spell(split_text({"dev": dev, "prod": prod})) == split


def test_all_environments_must_fit_in_the_same_places() -> None:
    assert spell(split_text({"dev": "a-dev", "prod": "a-prod", "qa": "a-dev"})) == "a-<dev|prod|dev>"
    assert spell(split_text({"stage": "a-staging", "prod": "a-prod"})) == "a-<staging|prod>"


def test_what_is_whole_is_not_split() -> None:
    values = {"eu": "sqs.eu-west-1.x", "us": "sqs.us-east-1.x"}
    assert spell(split_text(values)) == "sqs.{{ env }}-<west|east>-1.x"
    whole = {"eu": ("eu-west-1",), "us": ("us-east-1",)}
    assert spell(split_text(values, whole=whole)) == "sqs.<eu-west-1|us-east-1>.x"


def test_the_name_of_the_only_environment_counts_where_that_is_wanted() -> None:
    assert spell(split_text({"dev": "a-dev"})) == "a-dev"
    assert spell(split_text({"dev": "a-dev"}, alone=True)) == "a-{{ env }}"


def test_words_end_at_signs_and_capitals_and_placeholders_are_one() -> None:
    assert split_words("AppDevRole-v2") == ["App", "Dev", "Role", "-", "v2"]
    assert split_words("a/<IMAGE>:$TAG") == ["a", "/", "<IMAGE>", ":", "$TAG"]


def test_texts_of_different_lengths_differ_at_one_place_or_beside_anchors_at_several() -> None:
    values = {"dev": "eu:1:role/web-dev/x", "prod": "eu:2:role/web/x"}
    between = (("dev", "1:role/web-dev"), ("prod", "2:role/web"))
    assert split_text(values) == (Part("eu:"), Part(values=between), Part("/x"))
    assert split_text(values, anchored=True) == (
        Part("eu:"),
        Part(values=(("dev", "1"), ("prod", "2"))),
        Part(":role/web"),
        Part(values=(("dev", "-dev"), ("prod", "")), affix=True),
        Part("/x"),
    )


def test_signs_and_words_that_stand_twice_are_no_anchors() -> None:
    values = {"dev": "a-web-b-web-c", "prod": "web-d"}
    assert split_text(values, anchored=True) == split_text(values)


def test_words_lose_what_they_begin_with_but_no_digits() -> None:
    assert trim_values((("dev", "Xmx512m"), ("prod", "Xmx2g"))) == ("Xmx", (("dev", "512m"), ("prod", "2g")))
    assert trim_values((("dev", "8081"), ("prod", "8080"))) == ("", (("dev", "8081"), ("prod", "8080")))


def test_words_for_environments_are_known_or_begin_alike() -> None:
    assert are_stages({"production": "prod", "staging": "staging"})
    assert are_stages({"sandb": "sandb1"})
    assert are_stages({"pre-prod": "preprod", "dev": "dev2"})
    assert not are_stages({"dev": "alpha-svc", "prod": "omega-svc"})
    assert not are_stages({"production": "production-secrets-Ab12", "staging": "staging-secrets-Cd34"})
    assert not are_stages({"dev": "device", "prod": "product"})
