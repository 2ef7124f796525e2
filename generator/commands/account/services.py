"""Finds the service and cluster of each release. Asks ECS whether they exist, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import name_family
from generator.aws.calls.services import find_service
from generator.build.services import read_home
from generator.commands.account.orders import Order
from generator.model.account import Access, Service, name_revision
from generator.model.findings import Finding, WrongUsage, finding_at
from generator.model.releases import Release


def spell_command(
    command: str, name: str, root: str, access: Access, *, cluster: str | None, service: str | None, more: str = ""
) -> str:
    """Write the command line for one task with the same options."""
    given = {
        "--project": None if root == "." else root,
        "--cluster": cluster,
        "--service": service,
        "--profile": access.profile,
        "--region": access.region,
        "--endpoint-url": access.endpoint_url,
    }
    options = [word for option, value in given.items() if value is not None for word in (option, quote(value))]
    return " ".join(filter(None, ("taskdef", command, name, more, *options)))


def place_order(order: Order, cluster: str | None, service: str | None) -> Order:
    """Set the cluster and service of each release from the options; find releases without one."""
    if service is not None and len(order.releases) > 1:
        names = ", ".join(f"`{release.name}`" for release in order.releases)
        raise WrongUsage(f"`--service` is one service, and there are {len(order.releases)} tasks: {names}")
    placed = [place_release(each, cluster, service) for each in order.releases]
    found = [finding for release in placed for finding in (*find_unplaced(release), *find_elsewhere(release))]
    return order._replace(releases=tuple(placed), findings=(*order.findings, *found))


def place_release(release: Release, cluster: str | None, service: str | None) -> Release:
    """Apply the options that name the destination of a release; its place in an overlay no longer counts."""
    given = [name for name, value in (("cluster", cluster), ("service", service)) if value is not None]
    return release._replace(
        cluster=release.cluster if cluster is None else cluster,
        service=release.service if service is None else service,
        places=tuple(each for each in release.places if each[0] not in given),
    )


def set_aside(order: Order, words: Sequence[str], service: str | None) -> tuple[Order, tuple[Release, ...]]:
    """Separate the tasks that no service runs, if a whole environment is named and services run others."""
    unserved = tuple(each for each in order.releases if each.unserved and each.name not in words and service is None)
    served = tuple(each for each in order.releases if each not in unserved)
    return (order._replace(releases=served), unserved) if served else (order, ())


def say_unserved(release: Release) -> Finding:
    """Report that a task is only registered, since no service runs it."""
    message = f"no service runs `{release.name}`, so it is only registered"
    finding = finding_at(release.find_place("service"), "no-service-runs", message, severity="note")
    return finding._replace(environments=(release.environment,), task=release.task)


def find_unplaced(release: Release) -> Iterator[Finding]:
    """Find which settings of its place a release lacks."""
    if release.unserved and not release.service:
        message = f"no service runs `{release.name}`, so there is nothing to deploy"
        register = f"`taskdef register {release.name}` registers it, then name the revision where the task is started"
        help = f"{register}; if a service runs it, name the service there, or pass `--service`"
        yield say_at(release, "service", "no-service-runs", message)._replace(help=help)
        return
    for setting in ("cluster", "service"):
        if not getattr(release, setting):
            message = f"no {setting} is set for `{release.name}`"
            help = f"set `aws.{setting}` in the overlay of `{release.environment}`, or pass `--{setting}`"
            yield Finding(f"unknown-{setting}", "error", message, help=help, environments=(release.environment,))


def find_elsewhere(release: Release) -> Iterator[Finding]:
    """Find options with the ARN of a cluster or service in another place than the release; for overlays, see E139."""
    for kind, text in (("cluster", release.cluster), ("service", release.service)):
        for setting, theirs in read_home(text).items():
            own = str(getattr(release, setting)).rpartition("/")[2]
            if own and theirs != own:
                message = f"the {kind} `{text}` is in the {setting} `{theirs}`, and `{release.name}` is in `{own}`"
                yield say_at(release, kind, "elsewhere", message)._replace(help=f"name a {kind} in `{own}`")


def find_shared(releases: Sequence[Release], services: Mapping[str, Service]) -> Iterator[Finding]:
    """Find releases with the same service, which can run only one of them. A cluster may have its name or its ARN."""
    by_arn: dict[str, list[str]] = {}
    for name, service in services.items():
        by_arn.setdefault(service.arn, []).append(name)
    for release in releases:
        sharing = by_arn[services[release.name].arn] if release.name in services else []
        others = ", ".join(f"`{name}`" for name in sharing if name != release.name)
        if others:
            message = f"`{release.name}` goes to the service `{release.service}`, and so does {others}"
            yield say_at(release, "service", "shared-service", message)


def find_services(order: Order, clients: Clients) -> tuple[dict[str, Service], tuple[Finding, ...]]:
    """Find the service of each release, by the release's name, and why some cannot be updated."""
    services: dict[str, Service] = {}
    found: list[Finding] = []
    for release in order.releases:
        within = clients.within(release.region)
        try:
            service = find_service(within, release.cluster, release.service)
        except AwsError as error:
            if error.code != "ClusterNotFoundException":
                raise
            message = f"there is no cluster `{release.cluster}` in {within.region}"
            found.append(say_at(release, "cluster", "no-cluster", message))
            continue
        if service is None or service.status == "INACTIVE":
            message = f"there is no service `{release.service}` in the cluster `{release.cluster}`"
            found.append(say_at(release, "service", "no-service", message))
            continue
        found += check_service(release, service)
        services[release.name] = service
    found += find_shared(order.releases, services)
    return services, tuple(dict.fromkeys(found))  # the tasks of an environment share its cluster


def check_service(release: Release, service: Service) -> Iterator[Finding]:
    """Find why ECS cannot update a service to another revision."""
    if service.status != "ACTIVE":
        message = f"the service `{service.name}` is {service.status}: it no longer accepts deployments"
        yield say_at(release, "service", "ending-service", message)
    elif service.controller != "ECS":
        who = {"CODE_DEPLOY": "CodeDeploy", "EXTERNAL": "a controller outside of ECS"}.get(
            service.controller, service.controller
        )
        message = f"the service `{service.name}` is deployed by {who}, and ECS lets nobody else change its revision"
        help = "`taskdef register` registers the revision; the rest is up to that controller"
        yield say_at(release, "service", "foreign-controller", message)._replace(help=help)


def find_other_families(
    releases: Sequence[Release], services: Mapping[str, Service], allowed: Sequence[str] = ()
) -> Iterator[Finding]:
    """Find services that run another family so far, so that they may be the wrong ones.

    A family that was renamed is `allowed`, or its old name stands in the overlay.
    """
    for release in releases:
        service = services[release.name]
        family = name_family(service.revision)
        if family and family not in (release.family, *release.previous_families, *allowed):
            message = f"the service `{service.name}` runs `{name_revision(service.revision)}`, and `{release.name}` is `{release.family}`"
            renamed = f"if its family was renamed, pass `--previous-family {family}`, or set `aws.previous_family`"
            help = f"name the service of `{release.environment}`; {renamed}"
            yield say_at(release, "service", "other-family", message)._replace(help=help)


def say_at(release: Release, setting: str, code: str, message: str) -> Finding:
    """Make an error about the destination of a release, at the line of the overlay that sets it, if any."""
    place = release.find_place(setting)
    finding = finding_at(place, code, message, severity="error")
    return finding._replace(environments=(release.environment,))
