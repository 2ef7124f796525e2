"""The law of secrets for what AWS answers: no text about a revision, a registration or a failed task shows one."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from hypothesis import given, strategies as st

from generator.aws.calls.revisions import read_revision
from generator.aws.diagnose import Evidence, diagnose
from generator.aws.diagnose.blaming import blame_line
from generator.aws.diagnose.clearing import clear_evidence
from generator.commands.account.registrations import state_refusal
from generator.documents.hiding import make_secrets, mask_document
from generator.documents.serializing import serialize_document
from generator.model.account import Revision
from generator.model.account_answers import Listings, Registrations, Rollouts, ShownRevision
from generator.model.comparison import Side
from generator.model.diagnosis import Examination
from generator.model.findings import InputError
from generator.model.nodes import Value
from generator.model.releases import Listed, Listing, Registration, Release
from generator.model.result import Result
from generator.reports import diagnoses, registrations, revisions, rollouts, shown
from generator.reports.forms import View
from generator.review.compare import Tracer, compare_pair, view_revision
from tests.laws.secret_projects import MARK, NAMES, escape, quote_shell
from tests.laws.test_secrets_law import decode
from tests.stopping import serving, state, stopped, wrote

FORMS = ("text", "json")
RESULT = Result("show", (), 0)

SPELLINGS = (
    str,
    escape,
    quote_shell,
    quote,
    quote_plus,
    html.escape,
    lambda text: json.dumps(text),
    lambda text: f"postgres://bot:{text}@db/bot",
    lambda text: f"one\\n{text}\\ntwo",
    lambda text: b64encode(text.encode()).decode(),
)
"""How a program, ECS or a person may write a secret into another text."""


class Registered(NamedTuple):
    """Two revisions whose secrets differ, how these stand in other texts, and what nobody is to see."""

    older: Value
    newer: Value
    said: tuple[str, ...]
    secrets: tuple[str, ...]


@st.composite
def registered(draw: st.DrawFn) -> Registered:
    characters = st.text("abcXYZ019_-+=$@ é'\"\\", min_size=3, max_size=9)
    secrets = tuple(MARK + draw(characters) + end for end in ("a", "b"))
    name, spell = draw(st.sampled_from(NAMES)), draw(st.sampled_from(SPELLINGS))
    unsaid = tuple(f"{MARK}{end}" for end in ("c1", "d2"))  # which stands nowhere else
    documents = [write_document(name, *each, spell(each[0])) for each in zip(secrets, unsaid, strict=True)]
    encoded = tuple(b64encode(each.encode()).decode() for each in secrets)
    return Registered(documents[0], documents[1], tuple(map(spell, secrets)), (*secrets, *unsaid, *encoded))


def write_document(name: str, secret: str, unsaid: str, said: str) -> Value:
    container = {
        "name": "bot",
        "image": f"bot:{said}",
        "command": ["run", f"--x={said}"],
        "environment": [{"name": name, "value": secret}, {"name": "PLAIN", "value": f"say {said}"}],
        "dockerLabels": {"home": said},
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": f"/{said}"}},
        "memberOfTomorrow": {
            "environment": [{"name": "OTHER", "value": "x", "kind": "y"}, {"name": name, "value": unsaid}]
        },
    }
    return {"family": "bot", "containerDefinitions": [container]}


def make_revision(document: Value, number: int, said: str) -> Revision:
    arn = f"arn:aws:ecs:us-east-1:123456789012:task-definition/bot:{number}"
    told = {"taskDefinitionArn": arn, "revision": number, "status": "ACTIVE", "registeredBy": "ci"}
    return read_revision({"taskDefinition": {**document, **told}, "tags": [{"key": "team", "value": f"t {said}"}]})


def write_all(drawn: Registered) -> Iterator[str]:
    """Write everything that commands write about two revisions and a task that failed."""
    older, newer = (make_revision(each, *pair) for each, pair in zip(drawn[:2], enumerate(drawn.said), strict=True))
    masked, paths = mask_document(newer.document, make_secrets([newer.document]))
    comparison = compare_pair(view_revision(older), view_revision(newer), Tracer())
    release = Release("prod", "bot", "rendered/prod/bot.json", b"", Side("prod", newer.document), "bot", None)
    listing = Listing(release, "us-east-1", ("ACTIVE",), None, (Listed(newer, None, True, comparison),), 0)
    planned = Registration(release, "planned", older, comparison)
    halts = tuple(state_refusal(planned, InputError(f"ECS does not take `{said}`")) for said in drawn.said)
    rolled = Rollouts((), (planned,), comparison, (examine(newer, drawn.said[1]),), halt=halts[0])
    for view in map(View, FORMS):
        written = [shown.write_answer(ShownRevision(release, newer, masked, paths), RESULT, view)]
        written += [revisions.write_answer(Listings((listing,), changes), RESULT, view) for changes in (True, False)]
        written += [registrations.write_answer(Registrations((planned,), halt), RESULT, view) for halt in halts]
        written += [diagnoses.write_answer(rolled.examined, RESULT, view), rollouts.write_answer(rolled, RESULT, view)]
        for each in written:
            yield "\n".join((each.text or "", *each.lines, each.summary, *each.refused, each.help))
    yield "\n".join(registrations.state_registration(planned, explained=True, color=False))


def examine(revision: Revision, said: str) -> Examination:
    """Examine why a task failed, which ECS and its log say with the secret in it."""
    document = json.loads(serialize_document(revision.document))
    log = wrote(f"login with {said} failed", name="bot")._replace(group=f"/{said}", stream=f"bot/{said}")
    task = stopped(state(1, f"exit of {said}", "bot"), reason=f"Task failed: {said}")
    secrets = make_secrets([revision.document])
    evidence = clear_evidence(Evidence(serving(f"unable to start {said}"), (task,), (log,), document), secrets)
    found = diagnose(evidence)
    assert found is not None
    finding = secrets.hide(blame_line(found, document, revision, None))
    return Examination(
        "prod/bot", "live", evidence.service, "bot", "", revision.arn, evidence.tasks, "", found, finding
    )


@given(registered())
def test_no_text_about_a_revision_or_a_failed_task_shows_a_secret(drawn: Registered) -> None:
    secrets = {*drawn.secrets, *map(decode, drawn.secrets)}
    lines = [line for text in write_all(drawn) for line in text.splitlines()]
    assert [line for line in lines if any(each in text for each in secrets for text in (line, decode(line)))] == []
