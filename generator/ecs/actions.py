"""What AWS's actions for GitHub do to a task definition before it is registered, as data.

Sources, read 2026-11-29: `index.js` of aws-actions/amazon-ecs-deploy-task-definition 2.6.3, commit c465972 (`cleanNullKeys`,
`removeIgnoredAttributes`, `maintainValidObjects`), and of aws-actions/amazon-ecs-render-task-definition 1.9.0, commit 138c24f
(`removeIgnoredAttributes`, and the inputs `container-name` and `image`, which it requires). Their other inputs are taken to be absent:
`keep-null-value-keys`, which keeps some empty members, and those that set variables, secrets, labels, roles and the like.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.records import Record

DESCRIBED = (
    "compatibilities",
    "taskDefinitionArn",
    "requiresAttributes",
    "revision",
    "status",
    "registeredAt",
    "deregisteredAt",
    "registeredBy",
)
"""What both remove from a task definition (`IGNORED_TASK_DEFINITION_ATTRIBUTES`): not `deleteRequestedAt`, and nothing deeper."""

RESTORED = (
    (("containerDefinitions", "environment"), ("value",)),
    (("proxyConfiguration", "properties"), ("name", "value")),
)
"""Members that are empty again in the items of a list after what is empty was removed; those of a proxy where it is of type APPMESH."""

FILLED_IN = "filled-in-by-the-action:1"
"""Stands for the image that an action fills in, with which nothing is wrong."""


class Action(Record):
    """An action: where it is, in which version it was read and when, and what it does.

    `removed` are members of a task definition. `drops_empty` is that nulls, empty texts, lists and mappings go, however deep, and what
    holds nothing else. `fills_image` is that it sets the image of a container.
    """

    repository: str
    version: str
    read: str
    removed: tuple[str, ...] = ()
    drops_empty: bool = False
    fills_image: bool = False


ACTIONS: Mapping[str, Action] = {
    "render-action": Action(
        "aws-actions/amazon-ecs-render-task-definition", "1.9.0", "2026-11-29", removed=DESCRIBED, fills_image=True
    ),
    "deploy-action": Action(
        "aws-actions/amazon-ecs-deploy-task-definition", "2.6.3", "2026-11-29", removed=DESCRIBED, drops_empty=True
    ),
}
"""Actions by the name that they have here, in the order in which a workflow runs them."""
