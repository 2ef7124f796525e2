"""Where a task definition names what belongs to an environment, and which names of environments are words of another kind. Data only.

What is listed is a decision of this project, 2026-11-24, but for `MODES`: variables by which frameworks choose one of the modes they
know, whatever the environment is called (https://guides.rubyonrails.org/configuring.html, https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production,
https://learn.microsoft.com/aspnet/core/fundamentals/environments, https://flask.palletsprojects.com/en/stable/config/,
https://symfony.com/doc/current/configuration.html, https://hexdocs.pm/mix/Mix.html, https://docs.spring.io/spring-boot/reference/features/profiles.html).
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "family": "family",
    "taskRoleArn": "role",
    "executionRoleArn": "role",
    "containerDefinitions[].name": "name",
    "containerDefinitions[].image": "image",
    "containerDefinitions[].hostname": "name",
    "containerDefinitions[].environment[].value": "variable",
    "containerDefinitions[].environmentFiles[].value": "file",
    "containerDefinitions[].secrets[].valueFrom": "secret",
    "containerDefinitions[].repositoryCredentials.credentialsParameter": "secret",
    "containerDefinitions[].logConfiguration.secretOptions[].valueFrom": "secret",
    "containerDefinitions[].logConfiguration.options.awslogs-group": "log group",
    "containerDefinitions[].logConfiguration.options.awslogs-region": "log group",
}
"""The members that are looked at, and what is there. Commands are not: `test` and `/dev` are words of every shell."""

MODES = frozenset(
    (
        "APP_ENV", "ASPNETCORE_ENVIRONMENT", "BABEL_ENV", "CRAFT_ENVIRONMENT", "DJANGO_CONFIGURATION", "DJANGO_ENV",
        "DJANGO_SETTINGS_MODULE", "DOTNET_ENVIRONMENT", "FLASK_ENV", "GIN_MODE",
        "HANAMI_ENV", "MERB_ENV", "MICRONAUT_ENVIRONMENTS", "MIX_ENV", "NODE_ENV",
        "PADRINO_ENV", "PHP_ENV", "PLAY_ENV", "PYRAMID_ENV", "QUARKUS_PROFILE", "RACK_ENV", "RAILS_ENV", "ROCKET_PROFILE",
        "SPRING_PROFILES_ACTIVE", "SYMFONY_ENV", "VAPOR_ENV", "WP_ENV", "YII_ENV",
    )
)  # fmt: skip
"""Variables whose values name a mode of a framework: a test environment rightly runs in `production`."""

MODE = "_MODE"
"""What the names of variables end in that choose a mode of something else, such as `STRIPE_MODE`."""

SYNONYMS: tuple[frozenset[str], ...] = (
    frozenset(("dev", "devel", "development")),
    frozenset(("prd", "prod", "production")),
    frozenset(("stage", "staging", "stg")),
    frozenset(("test", "testing")),
)
"""Words by which the same environment goes."""

ENVIRONMENT_WORDS = frozenset().union(
    *SYNONYMS,
    (
        "acc",
        "acceptance",
        "demo",
        "int",
        "integration",
        "live",
        "nonprod",
        "nonproduction",
        "perf",
        "preprod",
        "preprd",
        "preproduction",
    ),
    ("qa", "sandbox", "sbx", "sit", "uat"),
)
"""Words by which names of containers and volumes tell one environment from another."""

WORDS = frozenset(
    (
        "base", "common", "default", "global", "host", "internal", "local", "main", "master", "none", "private", "public", "shared",
    )
)  # fmt: skip
"""What an environment may be called, and values say for other reasons."""
