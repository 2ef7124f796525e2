"""The settings of a new project: the order of its environments, and what production is held to, with comments."""

from __future__ import annotations

import json

from generator.model.new_project import NewProject

SETTINGS = """\
# Settings of taskdef, all of them optional.

# The order in which environments are listed, as a release goes through them.
environment_order = {order}

# Before `taskdef register`, `deploy` and the like change anything in an environment with one of these words in its name, they ask.
# confirm = ["live", "prd", "prod", "production"]

# The level of a rule: "off", "note", "warning" or "error". `taskdef rules` lists the rules, `taskdef rules W601` explains one.
# [rules]
# W609 = "warning"  # a container can write to its root file system

# The same for one environment.
"""

EXCEPTION = """
# A difference between environments that is meant, with its reason.
# [[exceptions]]
# code = "W701"
# name = "FEATURE_FLAG"
# environments = ["{first}"]
# reason = "nobody tries it elsewhere"
"""


def write_settings(project: NewProject) -> str:
    """Write `taskdef.toml`."""
    rules = "\n".join(
        f'[rules.{env}]\nW601 = "error"  # an image without a fixed version\n' for env in project.production
    )
    first = project.environments[0]
    return SETTINGS.format(order=json.dumps(list(project.environments))) + rules + EXCEPTION.format(first=first)
