"""What is left of an overlay without some of its values: all other lines as they were."""

from __future__ import annotations

import pytest

from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Place, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.review.environments.pruning import Pruned, prune_overlay

BLOCK = """\
# Above.
vars:
  a: IDLE  # goes with it
  # stays
  b: 2

patch:
  cpu: IDLE

  memory: 512
"""
NESTED = """\
aws: {region: eu-west-1}
patch:
  cpu: 1
  containerDefinitions:
    web:
      # about web
      memory: IDLE
      environment: {A: IDLE}
# The end.
"""
LISTS = """\
patch:
  containerDefinitions:
    - name: web
      cpu: IDLE
      environment:
        - name: A
          value: IDLE
        - {name: B, value: 2}
    - name: log
      memory: IDLE
"""
TASKS = """\
tasks:
  web:
    vars: {a: IDLE}
    patch: {cpu: 1}
  job:
    vars: {a: IDLE}
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (BLOCK, "# Above.\nvars:\n  # stays\n  b: 2\n\npatch:\n\n  memory: 512\n"),
        (NESTED, "aws: {region: eu-west-1}\npatch:\n  cpu: 1\n  # about web\n# The end.\n"),
        (
            LISTS,
            "patch:\n  containerDefinitions:\n    - name: web\n      environment:\n        - {name: B, value: 2}\n",
        ),
        (TASKS, "tasks:\n  web:\n    patch: {cpu: 1}\n"),
        ("vars: {a: IDLE, b: 2, c: IDLE, d: 4}\n", "vars: {b: 2, d: 4}\n"),
        ("vars: {a: 1, b: IDLE, c: IDLE}\n", "vars: {a: 1}\n"),
        ("vars: {a: IDLE, b: IDLE, c: 3}\n", "vars: {c: 3}\n"),
        ("vars: {'a': \"IDLE\", b: 2}\n", "vars: {b: 2}\n"),
        ("vars: {a: IDLE}", ""),
        ("extends: _all\nvars: {a: IDLE}", "extends: _all\n"),
        ("vars:\n  a: |\n    IDLE\n  b: 2\n", "vars:\n  b: 2\n"),
        ("vars:\n  a: [IDLE,\n    2]  # two\n  b: 2\n", "vars:\n  b: 2\n"),
        ("vars:\n  ä: IDLE\n  ö: 😀\n", "vars:\n  ö: 😀\n"),
    ],
)
def test_what_is_idle_goes_and_all_else_stays(text: str, wanted: str) -> None:
    assert prune(text) == Pruned(wanted, ())


COMMENTED = """\
vars:  # of dev
  # why a
  a: IDLE  # goes with it

  # end of vars
patch:
  cpu: 1
  containerDefinitions:  # all of them
    web:  # the web
      # about memory
      memory: IDLE  # goes with it
   # outside
      environment:

        A: "IDLE # 1"  # goes with it
        # last of all

            # later
    # of containers
  # of the patch
  memory: 512
"""
KEPT = """\
# of dev
# why a

# end of vars
patch:
  cpu: 1
  # all of them
  # the web
  # about memory
  # outside
  # last of all

  # later
  # of containers
  # of the patch
  memory: 512
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (COMMENTED, KEPT),
        ("vars:\n  a: IDLE  # goes\n  b:  # stays\n    IDLE\n", "# stays\n"),
        ("vars:\n  a: |  # goes\n    IDLE\n    # text\n  # stays\n  b: 2\n", "vars:\n  # stays\n  b: 2\n"),
        ("vars:\n  a: [IDLE, # goes\n  # stays\n   2] # goes\n  b: 2\n", "vars:\n  # stays\n  b: 2\n"),
        ("vars:\n  a:\n  # stays\n  - IDLE  # goes\n  b: 2\n", "vars:\n  # stays\n  b: 2\n"),
        ("patch:\n  cpu: 1\n  tags:\n    - {key: a, value: IDLE}  # goes\n", "patch:\n  cpu: 1\n"),
        (
            "patch:\n  containerDefinitions:\n    - name: web  # the web\n      cpu: IDLE\n      # end\n    - name: b\n      cpu: 1\n",
            "patch:\n  containerDefinitions:\n    # the web\n    # end\n    - name: b\n      cpu: 1\n",
        ),
        (
            "patch:\n  family: |\n    text\n  runtimePlatform:\n    # in\n    cpuArchitecture: IDLE\n    # behind\n",
            "patch:\n  family: |\n    text\n  # in\n  # behind\n",
        ),
        ("vars: {a: IDLE}  # goes", ""),
        ("vars: {  # stays\n  a: IDLE}  # goes\naws: {}", "# stays\naws: {}"),
        ("patch:\n  # see *this* & that\n  cpu: IDLE\n", "# see *this* & that\n"),
    ],
)
def test_comments_stay_but_for_those_behind_a_value_that_goes(text: str, wanted: str) -> None:
    pruned = prune(text)
    assert pruned == Pruned(wanted, ())
    assert parse_yaml(Source("environments/dev.yaml", pruned.text))[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "vars:\n  a: &a IDLE\n  b: 2\n",
        "vars: {a: IDLE, # why\n  b: 2}\n",
        "patch:\n  containerDefinitions:\n    - cpu: IDLE\n      name: web\n      memory: 2\n",
        "# taskdef: ignore[W701] x\n# more\n\nvars: {a: IDLE}\npatch: {}\n",
        "vars:\n  a: IDLE  # taskdef: ignore[W701] x\n  b: 2\n",
        "vars: {a: IDLE",
    ],
)
def test_what_cannot_go_alone_stays(text: str) -> None:
    pruned = prune(text)
    assert (pruned.text, len(pruned.left)) == (text, 1)


def prune(text: str) -> Pruned:
    """Prune every value that is or begins with `IDLE`."""
    source = Source("environments/dev.yaml", text)
    root, _ = parse_yaml(source)
    start = text.index("IDLE")
    places = find_idle(root) if root is not None else [Place(source, start, start + 4)]
    return prune_overlay(source, frozenset(places))


def find_idle(node: Node) -> list[Place]:
    if isinstance(node, Scalar):
        return [node.place] if node.text.startswith("IDLE") else []
    if isinstance(node, MapNode):
        return [place for child in node.items.values() for place in find_idle(child)]
    assert isinstance(node, ListNode)
    found = [place for child in node.items for place in find_idle(child)]
    return [node.place] if found and found[0] == node.items[0].place else found
