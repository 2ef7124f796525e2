"""What is secret in documents that share nodes, which are walked once, is what is secret in documents that share none."""

from __future__ import annotations

import pickle

from hypothesis import example, given, strategies as st

from generator.build.pipeline import build_planned, build_staged
from generator.build.planning import find_secrets, plan_project
from generator.documents.hiding import find_known
from generator.documents.looks import Looks
from generator.documents.tree import list_leaves
from generator.model.nodes import MapNode, Scalar
from tests.laws.secret_projects import SecretProject, secret_projects
from tests.support import make_project, read_json


def unshare(document: MapNode) -> MapNode:
    """Copy a document, so that it has no node in common with any other."""
    copied: MapNode = pickle.loads(pickle.dumps(document))
    return copied


def pick(files: dict[str, str], folder: str) -> dict[str, str]:
    return {path.removeprefix(folder): text for path, text in files.items() if path.startswith(folder)}


@given(secret_projects())
def test_documents_that_share_nodes_have_the_secrets_of_those_that_share_none(drawn: SecretProject) -> None:
    planned = plan_project(make_project(pick(drawn.files, "templates/"), pick(drawn.files, "environments/")))
    staged = build_staged(planned)
    documents = [stage.document for stages in staged.stages.values() for stage in stages]
    documents += [artifact.document for artifact in staged.build.artifacts]
    assert find_secrets(planned, documents) == find_secrets(planned, map(unshare, documents))


@given(secret_projects())
def test_a_build_knows_the_secrets_of_its_artifacts(drawn: SecretProject) -> None:
    """So whoever compares artifacts of one build asks that, and does not look through them once more."""
    planned = plan_project(make_project(pick(drawn.files, "templates/"), pick(drawn.files, "environments/")))
    built = build_planned(planned)
    known, own = built.secrets.look(), find_known(tuple(artifact.document for artifact in built.artifacts))
    assert own.values <= known.values
    assert own.texts <= known.texts
    assert own.steps <= known.steps


DOCUMENT = """{"family": "f", "containerDefinitions": [
 {"name": "a", "command": ["run", "--token", "x"], "dockerLabels": {"1": "--password", "2": "b"}, "environment": []}]}"""


@given(st.integers(250, 350))
@example(298)
def test_looking_once_misses_no_value(length: int) -> None:
    document = read_json(DOCUMENT.replace("b", "b" * length).replace('"2"', '"%s"' % ("k" * length)))
    other = document._replace(items={**document.items, "family": Scalar(document.place, "text", "g")})
    looks = Looks()
    for documents in ([document, document], [other, document], [other]):
        leaves = {tuple(leaf) for each in documents for leaf in list_leaves(each) if isinstance(leaf.node, Scalar)}
        found = [tuple(value) for look in looks.look(documents) for value in look.values]
        assert (len(found), set(found)) == (len(leaves), leaves)
