"""Laws of diagnoses: whatever AWS says of whatever task definition, one cause comes of it, and a member that is there or is missing."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from generator.aws.diagnose import Diagnosis, Evidence, diagnose
from generator.aws.diagnose.blaming import blame_line
from generator.aws.diagnose.moving import Way, move_path
from generator.build.described import view_described
from generator.documents.parsing.scalars import to_value
from generator.ecs.causes import CAUSES
from generator.ecs.signs import SAID, WRITTEN
from generator.model.account import Revision
from generator.model.findings import CONTAINER, HERE, PARENT, Path
from generator.model.needs import LoadBalancer
from generator.model.nodes import Value
from tests.laws.task_definitions import task_definitions
from tests.stopping import GROUP, serving, state, stopped, wrote
from tests.support import read_json

TEXTS = st.sampled_from([text for sign in SAID for text in sign.examples]) | st.sampled_from(
    ["", "Essential container in task exited", "Task failed to start", "x" * 5000]
)
LINES = st.sampled_from([text for sign in WRITTEN for text in sign.examples] + ["listening on port 3000", ""])
CODES = st.sampled_from([None, 0, 1, 126, 127, 134, 137, 139, 143, 255])
STOPS = st.sampled_from(
    ["TaskFailedToStart", "EssentialContainerExited", "ServiceSchedulerInitiated", "SpotInterruption", ""]
)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    """What AWS may say of a task definition that it takes, whether or not it fits."""
    document = draw(task_definitions())
    names = [container["name"] for container in document["containerDefinitions"]] + ["other"]
    containers = [
        state(draw(CODES), draw(TEXTS), name, draw(st.sampled_from(["HEALTHY", "UNHEALTHY", "UNKNOWN"])))
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    ]
    task = stopped(*containers, reason=draw(TEXTS), code=draw(STOPS))
    balancer = LoadBalancer(GROUP, draw(st.sampled_from(names)), draw(st.sampled_from([80, 8080])))
    logs = tuple(wrote(draw(LINES), name=name) for name in names)
    tasks = (task,) if draw(st.booleans()) else ()
    return Evidence(serving(draw(TEXTS), balancer=balancer), tasks, logs, document)


def leads(path: Path, document: Value) -> bool:
    """Whether a path leads to something."""
    for part in path:
        if not (part in document if isinstance(document, dict) else isinstance(part, int) and part < len(document)):
            return False
        document = document[part]
    return True


def check(found: Diagnosis, document: Value) -> None:
    problem = found.problem
    assert problem.code in CAUSES and problem.help
    assert leads(problem.path[:-1] if problem.missing else problem.path, document)
    assert problem.missing is None or problem.missing == problem.path[-1]
    assert all(leads(fact.path or (), document) for fact in problem.facts)


@given(evidence())
def test_a_diagnosis_points_at_what_is_there(drawn: Evidence) -> None:
    found = diagnose(drawn)
    if found is not None:
        check(found, drawn.document)


@given(evidence())
def test_a_diagnosis_can_be_told_without_sources(drawn: Evidence) -> None:
    described = view_described(read_json(json.dumps(drawn.document), "")).document
    found = diagnose(drawn._replace(document=to_value(described)))
    if found is None:
        return
    revision = Revision("arn", "bot", 7, "ACTIVE", "", "", described)
    finding = blame_line(found, to_value(described), revision, None)
    said = " ".join((finding.message, finding.help or "", *(note.text for note in finding.notes)))
    assert not {HERE, PARENT, CONTAINER} & set(said)
    assert finding.location is None


@given(task_definitions())
def test_every_member_is_found_in_the_same_document(document: Value) -> None:
    for index, container in enumerate(document["containerDefinitions"]):
        for member in container:
            path: Path = ("containerDefinitions", index, member)
            assert move_path(path, document, document) == Way(path, True)
