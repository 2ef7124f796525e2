"""What AWS's actions for GitHub, and other tools that register, do to a task definition, as data: for `lint --for` and for W636.

Sources, read 2026-11-29: `index.js` of aws-actions/amazon-ecs-deploy-task-definition 2.6.3, commit c465972 (`cleanNullKeys`,
`removeIgnoredAttributes`, `maintainValidObjects`), and of aws-actions/amazon-ecs-render-task-definition 1.9.0, commit 138c24f
(`removeIgnoredAttributes`, and the inputs `container-name` and `image`, which it requires). Their other inputs are taken to be absent:
`keep-null-value-keys`, which keeps some empty members, and those that set variables, secrets, labels, roles and the like. What the
models of tools lack is by comparing them with the shapes in botocore 1.44.5: `@aws-sdk/client-ecs` 3.1076.0, which the action bundles,
and `awscli/botocore` (1.43.62) in awscli 1.46.3. The first omits of a call what it does not know, seen 2026-11-29; the second
refuses it.
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
    holds nothing else. `fills_image` is that it sets the image of a container. `lacks` are members that its model of ECS does not have, by
    structure; it leaves them out, or `refuses` them.
    """

    repository: str
    version: str
    read: str
    removed: tuple[str, ...] = ()
    drops_empty: bool = False
    fills_image: bool = False
    lacks: frozenset[tuple[str, str]] = frozenset()
    refuses: bool = False


NEWEST = frozenset(
    (("RegisterTaskDefinitionRequest", "trustedExecutionConfiguration"), ("ResourceRequirement", "sharingStrategy"))
)
"""Members that botocore 1.44.5 has and that tools lack, each with all that is in it. `@aws-sdk/client-ecs` 3.1164.0, the newest on
2026-11-29, lacks the first."""

ACTIONS: Mapping[str, Action] = {
    "render-action": Action(
        "aws-actions/amazon-ecs-render-task-definition", "1.9.0", "2026-11-29", removed=DESCRIBED, fills_image=True
    ),
    "deploy-action": Action(
        "aws-actions/amazon-ecs-deploy-task-definition",
        "2.6.3",
        "2026-11-29",
        removed=DESCRIBED,
        drops_empty=True,
        lacks=NEWEST,
    ),
}
"""Actions by the name that they have here, in the order in which a workflow runs them."""

REGISTRARS: Mapping[str, Action] = {
    "deploy-action": ACTIONS["deploy-action"],
    "awscli": Action("aws/aws-cli", "1.46.3", "2026-11-29", lacks=NEWEST, refuses=True),
}
"""Tools that register a task definition in place of `taskdef register`, by the name that `registered_by` in the settings has for them."""
