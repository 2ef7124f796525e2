"""Names of variables."""

from __future__ import annotations

import pytest

from generator.adopt.naming import choose_name, make_name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("LOG_LEVEL", "log_level"), ("containerPort", "port"), ("memoryReservation", "memory_reservation"), ("A_2", "a_2_value"),
        ("2FA", "value_2fa"), ("awslogs-group", "awslogs_group"), ("é", "value"), ("", "value"), ("if", "value"),
    ],
)  # fmt: skip
def test_names_of_variables_have_no_digit_at_the_end(name: str, made: str) -> None:
    assert make_name(name) == made


def test_a_name_that_is_taken_or_reserved_is_not_chosen() -> None:
    assert choose_name(["env", "port", "web_port"], {"port"}) == "web_port"
    assert choose_name(["port"], {"port"}) == "port_b"
