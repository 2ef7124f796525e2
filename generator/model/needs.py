"""What the settings of a service say about the task definitions that it can run, as values. Judges none."""

from __future__ import annotations

from generator.model.records import Record


class LoadBalancer(Record):
    """The container and port that a service gives to a target group; a Classic Load Balancer has none, and that is empty."""

    target_group: str
    container: str
    port: int


class Registry(Record):
    """The container and port that a service gives to a service registry; `container` is empty and `port` 0 where it names none."""

    arn: str
    container: str
    port: int


class PortProtocol(Record):
    """What a named port of the running revision speaks."""

    port: str
    app: str
    transport: str


class Needs(Record):
    """What a service has that its task definition has to fit.

    `launch_types` are those of the service, or its capacity providers; none is that ECS does not tell. `networked` is whether the service
    has a network configuration. `connected` and `lattice` are names of ports, `volumes` of volumes that are configured at launch. None is
    that ECS does not tell. `target_types` are those of the target groups, by their ARN, and `protocols` those of `connected` in what runs.
    """

    service: str = ""
    launch_types: tuple[str, ...] = ()
    networked: bool | None = None
    load_balancers: tuple[LoadBalancer, ...] = ()
    registries: tuple[Registry, ...] = ()
    connected: tuple[str, ...] = ()
    lattice: tuple[str, ...] = ()
    volumes: tuple[str, ...] | None = None
    platform_version: str = ""
    platform_family: str = ""
    executes: bool = False
    target_types: tuple[tuple[str, str], ...] = ()
    protocols: tuple[PortProtocol, ...] = ()
