"""The settings of a run, from words to values: the task, its launch type and network, and the override of a container. Starts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.runs import find_run_settings, make_overrides
from generator.aws.run import AWSVPC, fit_settings, join_settings, list_launch_volumes, read_settings
from generator.commands.account.orders import Order, find_settings, select_pairs
from generator.commands.account.services import say_at
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.ecs.runs import EXCLUSIVE, MOST_OVERRIDDEN, SETTINGS
from generator.model.findings import Finding, Source, WrongUsage, did_you_mean
from generator.model.nodes import MapNode, Value
from generator.model.records import Record
from generator.model.releases import Release
from generator.model.runs import Override, RunSettings
from generator.model.secrecy import Secrets

OPTIONS = {"assign_public_ip": "--public-ip"}
"""Options with another name than their setting."""


class Wish(Record):
    """The options of a run: settings by the keys of `aws.run`, the task whose service has others, and the override of a container."""

    settings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    like: str = ""
    container: str = ""
    command: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    exit_code: str = ""


# Offline.


def choose_release(order: Order, word: str) -> Release:
    """Choose the task; if there are several, a person has to name one."""
    if len(order.releases) == 1:
        return order.releases[0]
    names = ", ".join(f"`{each.name}`" for each in order.releases)
    raise WrongUsage(f"`run` runs one task, and `{word}` has {len(order.releases)}: {names}")


def check_wish(wish: Wish) -> None:
    """Refuse options whose values have a shape that ECS does not accept."""
    given = dict(wish.settings)
    for key, values in given.items():
        setting, option = SETTINGS[key], OPTIONS.get(key, f"--{key.replace('_', '-')}")
        wrong = next((each for each in values if not setting.pattern.fullmatch(each)), None)
        if wrong is not None or not 0 < len(values) <= setting.most:
            raise WrongUsage(f"`{option}` is {setting.words}, not {f'`{wrong}`' if wrong is not None else len(values)}")
    if all(given.get(key) for key in EXCLUSIVE):
        raise WrongUsage("`--launch-type` and `--capacity-provider` exclude each other: a task takes one of them")


def make_override(wish: Wish, document: Value) -> Override:
    """Make the override of the named container, or of the only one."""
    names = [each.get("name", "") for each in document.get("containerDefinitions", ())]
    for option, name in (("--container", wish.container), ("--exit-code", wish.exit_code)):
        if name and name not in names:
            near = did_you_mean(name, names)
            raise WrongUsage(f"`{option}` is `{name}`, and there is {f'`{near}`' if near else list_names(names)}")
    if not wish.command and not wish.variables:
        if wish.container:
            raise WrongUsage("`--container` needs a command, `-- COMMAND`, or `--set-env`")
        return Override()
    if not wish.container and len(names) != 1:
        raise WrongUsage(f"name one with `--container`: {list_names(names)}")
    override = Override(wish.container or names[0], wish.command, tuple(map(read_variable, wish.variables)))
    length = len(dumps(make_overrides(override), ensure_ascii=False, separators=(",", ":")))
    if length > MOST_OVERRIDDEN:
        message = f"the command and the variables take {length} characters as JSON, but ECS accepts {MOST_OVERRIDDEN}"
        raise WrongUsage(f"{message}: commit what is long, or let the task read it")
    return override


def list_names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def read_variable(text: str) -> tuple[str, str]:
    """Read `NAME=VALUE`. A text without the sign may be a secret, and is not shown."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise WrongUsage("`--set-env` takes NAME=VALUE")
    return name, value


def view_override(override: Override) -> tuple[MapNode, ...]:
    """View an override as a task definition, in which secrets are found as in all others."""
    environment = [{"name": name, "value": value} for name, value in override.environment]
    container = {"name": override.container, "command": [*override.command], "environment": environment}
    node, _ = parse_json(Source("the command line", dumps({"containerDefinitions": [container]})))
    return (node,) if isinstance(node, MapNode) else ()


def mask_override(override: Override, secrets: Secrets) -> Override:
    """Mask the secrets in an override."""
    place = f"containerDefinitions[{override.container}]"
    return override._replace(
        command=tuple(secrets.scrub(word) for word in override.command),
        environment=tuple(
            (name, secrets.mask_text(f"{place}.environment[{name}].value", value))
            for name, value in override.environment
        ),
    )


# With AWS.


def find_like(order: Order, release: Release, word: str) -> tuple[str, str]:
    """Find cluster and service of the task that a word names, which has to be in the same account and region."""
    pairs = select_pairs(order.project, [word])
    if len(pairs) != 1:
        raise WrongUsage(f"`--like` names one task, and `{word}` has {len(pairs)}: write `{word}/TASK`")
    found = {name: scalar.text for name, scalar in find_settings(order.planned, pairs[0]).items()}
    for setting, own in (("account", release.account), ("region", release.region)):
        if found.get(setting, "") != own:
            other = found.get(setting) or f"no {setting}"
            raise WrongUsage(
                f"`{word}` is in {other}, and `{release.name}` in {own or f'no {setting}'}: its network is another"
            )
    if not found.get("cluster") or not found.get("service"):
        raise WrongUsage(f"the overlay names no service for `{word}`: set `aws.cluster` and `aws.service`")
    return found["cluster"], found["service"]


def gather_settings(
    clients: Clients, order: Order, release: Release, wish: Wish
) -> tuple[RunSettings, tuple[Finding, ...]]:
    """Gather the settings of a run from options, the task of `--like`, the overlay, and its own service."""
    document = to_value(release.side.document)
    options = read_settings(dict(wish.settings))
    if options.network != RunSettings().network and document.get("networkMode") != AWSVPC:
        mode = document.get("networkMode") or "bridge"
        raise WrongUsage(f"`{release.name}` has the network mode `{mode}`, so it has no subnets or security groups")
    overlay = read_settings(order.planned.find_places(release.environment).find_run())
    like = find_like(order, release, wish.like) if wish.like else None
    others = [overlay]
    found: list[Finding] = []
    for place in filter(None, (like, None if like else (release.cluster, release.service))):
        if not place[1] or (not like and is_whole(join_settings(options, overlay), document)):
            continue
        served, missing = ask_service(clients, release, *place)
        others = [served, overlay] if like else [overlay, served]
        found += missing
    settings = fit_settings(join_settings(options, *others), document)
    return settings, (*found, *(() if found else find_missing(release, settings, document)))


def is_whole(settings: RunSettings, document: Value) -> bool:
    """Whether no setting is left that a service could have."""
    fitted = fit_settings(settings, document)
    launched = fitted.launch.type or fitted.launch.providers
    network = settings.network.subnets or document.get("networkMode") != AWSVPC
    return bool(network and launched) and not list_launch_volumes(document)


def ask_service(
    clients: Clients, release: Release, cluster: str, service: str
) -> tuple[RunSettings, tuple[Finding, ...]]:
    """Ask how a service runs its tasks; raises an error if there is none, or no cluster."""
    within = clients.within(release.region)
    try:
        settings = find_run_settings(within, cluster, service)
    except AwsError as error:
        if error.code != "ClusterNotFoundException":
            raise
        return RunSettings(), (say_no_cluster(release, cluster, within.region),)
    if settings is not None:
        return settings, ()
    message = f"there is no service `{service}` in the cluster `{cluster}`, whose network `{release.name}` would use"
    return RunSettings(), (say_at(release, "service", "no-service", message),)


def say_no_cluster(release: Release, cluster: str, region: str) -> Finding:
    return say_at(release, "cluster", "no-cluster", f"there is no cluster `{cluster}` in {region}")


def find_missing(release: Release, settings: RunSettings, document: Value) -> Iterator[Finding]:
    """Find missing settings of a run."""
    environment, name = release.environment, release.name
    wanted = document.get("requiresCompatibilities", ())
    if document.get("networkMode") == AWSVPC and not settings.network.subnets:
        message = f"no subnets are set for `{name}`"
        help = (
            f"set `aws.run` with `subnets` in the overlay of `{environment}`, or pass `--subnets` or `--like ENV/TASK`"
        )
        yield Finding("unknown-subnets", "error", message, help=help, environments=(environment,))
    if [*wanted] == ["MANAGED_INSTANCES"] and not settings.launch.providers:
        message = f"`{name}` runs on managed instances, and no capacity provider is set"
        help = (
            f"set `aws.run` with `capacity_provider` in the overlay of `{environment}`, or pass `--capacity-provider`"
        )
        yield Finding("unknown-capacity-provider", "error", message, help=help, environments=(environment,))
    if settings.launch.type and wanted and settings.launch.type not in wanted:
        message = f"`{name}` is to run on {settings.launch.type}, and its task definition is for {', '.join(wanted)}"
        yield Finding("wrong-launch-type", "error", message, environments=(environment,))
    known = {volume for volume, _ in settings.volumes}
    for volume in list_launch_volumes(document):
        if volume not in known:
            message = f"the volume `{volume}` of `{name}` is configured at launch, and no service configures it"
            help = "name a task with `--like ENV/TASK` whose service configures it"
            yield Finding("unknown-volume", "error", message, help=help, environments=(environment,))
