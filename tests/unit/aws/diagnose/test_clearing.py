"""Logs are shown without the secrets in them: private keys with all of their lines, and whatever is long."""

from __future__ import annotations

import pytest

from generator.aws.diagnose import Evidence, diagnose
from tests.stopping import (
    TASK,
    state,
    stopped,
    wrote,
)


def clear(*lines: str) -> tuple[str, ...]:
    """Give the lines of a log as they are told."""
    found = diagnose(Evidence(None, (stopped(state(1)),), (wrote(*lines),), TASK))
    assert found is not None
    assert found.log is not None
    return found.log.lines


BODY = tuple(f"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us{number:04}" for number in range(25))
START, STOP = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
HASHES = tuple(f"{number:064x}" for number in range(4))
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a whole key": (("begin", f"key: {START}", *BODY, "Ab1=", STOP, "end"), ("begin", "key: ***", "end")),
    "a key with times before its lines": (
        ("begin", *(f"08:15:02 {line}" for line in (START, *BODY, "Ab1=", STOP)), "end"),
        ("begin", "08:15:02 ***", "end"),
    ),
    "an encrypted key that goes on": (
        ("begin", START, "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,0123456789ABCDEF", "", *BODY),
        ("begin", "***"),
    ),
    "a key that began earlier": ((*BODY[:3], "Ab1=", STOP, "end"), ("***", "end")),
    "the middle of a key": (BODY, ("***",)),
    "two keys": ((START, *BODY, STOP, START, *BODY, STOP), ("***", "***")),
    "a key in one line": (("begin", f"key: {START}\\n{BODY[0]}\\n{STOP}", "end"), ("begin", "key: ***", "end")),
    "who only speaks of a key": ((f"expected {START}", "exiting"), ("expected ***", "exiting")),
    "hashes": (HASHES, HASHES),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_private_key_is_masked_with_all_of_its_lines(name: str) -> None:
    written, told = KEYS[name]
    assert clear(*written) == told


@pytest.mark.parametrize("start", [3970, 3980, 3990, 4000])
@pytest.mark.parametrize(
    "secret",
    ["AKIA" + "2A" * 8, "ghp_" + "1a" * 18, 'password="correct horse battery staple"'],
    ids=lambda text: text[:4],
)
def test_a_secret_at_the_end_of_what_is_looked_through_is_not_cut(start: int, secret: str) -> None:
    (told,) = clear(f"{'x ' * (start // 2)}{secret} {'y ' * 3000}")
    assert [part for part in ("AKIA", "ghp_", "correct", "horse") if part in told] == []
