"""Where the tasks of an environment run: its cluster and services, as its overlays name them. Knows not which of them exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.findings import Finding, Note, finding_at
from generator.model.nodes import Scalar, is_yaml_null
from generator.model.project import Overlay
from generator.model.records import Record

MOST_TOLD = 20
"""Clusters and services that a message names."""


class Places:
    """The cluster of an environment, and the services of the tasks that it has. `chain` are its overlays, parent first."""

    def __init__(self, chain: Sequence[Overlay], tasks: Sequence[str]) -> None:
        self.chain = chain
        self.own = chain[-1].services if chain else {}
        self.tasks = tasks

    @property
    def sharing(self) -> list[str]:
        """The tasks of which the overlay does not say by name whether a service runs them."""
        return [task for task in self.tasks if task not in self.own]

    def find_service(self, task: str) -> Scalar | None:
        """Find the service that runs as a task; None if nothing says so, no service does, or it is said of several."""
        alone = task in self.own or len(self.sharing) < 2
        service = self.own.get(task, self.own.get("")) if alone else None
        return None if service is None or is_yaml_null(service) else service

    def find_null(self, task: str) -> Scalar | None:
        """Find the null that says that no service runs a task; None if nothing says so."""
        service = self.own.get(task, self.own.get(""))
        return service if service is not None and is_yaml_null(service) else None

    def find_cluster(self) -> Scalar | None:
        """Find the cluster that tasks run in: the environment's own, or that of an abstract overlay."""
        named = find_cluster(overlay for overlay in self.chain if overlay.abstract or overlay is self.chain[-1])
        return None if named is None or is_yaml_null(named) else named

    def list_previous_families(self) -> tuple[str, ...]:
        """List the families that the services may run until they are deployed to, as the environment's own overlay names them."""
        return tuple(scalar.text for scalar in self.chain[-1].previous_families) if self.chain else ()

    def find_run(self) -> dict[str, tuple[str, ...]]:
        """Find how tasks are started that no service runs: as the environment itself says, and abstract overlays before it."""
        if not any(overlay.run for overlay in self.chain):
            return {}
        from generator.ecs.runs import EXCLUSIVE  # only if an overlay says something

        found: dict[str, tuple[str, ...]] = {}
        for overlay in self.chain:
            if overlay.abstract or overlay is self.chain[-1]:
                if any(key in overlay.run for key in EXCLUSIVE):  # one takes the place of the other
                    found = {key: texts for key, texts in found.items() if key not in EXCLUSIVE}
                found |= {key: tuple(each.text for each in scalars) for key, scalars in overlay.run.items()}
        return found

    def find_misplaced(self) -> Finding | None:
        """Find that several tasks have the same service (E133), or that tasks would run where another environment does (E136).

        Else find that an ARN is of another place than the environment (E139).
        """
        service = self.own.get("")
        if service is not None and not is_yaml_null(service) and len(self.sharing) > 1:
            return report_shared_service(self.chain[-1].name, service, self.sharing)
        inherited = find_inherited(self.chain, self.tasks) if len(self.chain) > 1 and self.tasks else ()
        return report_inherited(self.chain, inherited) if inherited else self.find_elsewhere()

    def find_elsewhere(self) -> Finding | None:
        """Find that the ARN of the cluster or of a service is of another account, region or cluster than the overlays name (E139)."""
        named = {kind: scalar for overlay in self.chain for kind, scalar in overlay.aws.items()}
        cluster = self.find_cluster()
        services = [each for each in self.own.values() if not is_yaml_null(each)]
        for kind, scalar in (("cluster", cluster), *(("service", each) for each in services)):
            for setting, theirs in read_home(scalar.text if scalar is not None else "").items():
                own = cluster if setting == "cluster" else named.get(setting)
                if scalar is not None and own is not None and theirs != own.text.rpartition("/")[2]:
                    return report_elsewhere(self.chain[-1].name, kind, scalar, setting, theirs, own)
        return None


def merge_services(chain: Iterable[Overlay]) -> dict[str, Scalar]:
    """Find which service runs as each task. Under the empty name stands the one that an overlay names without saying of which task."""
    services: dict[str, Scalar] = {}
    for overlay in chain:
        if "" in overlay.services:  # takes the place of those by task
            services.clear()
        services |= overlay.services
    return services


def find_cluster(chain: Iterable[Overlay]) -> Scalar | None:
    """Find the cluster that the last overlay of some names."""
    named = [overlay.cluster for overlay in chain if overlay.cluster is not None]
    return named[-1] if named else None


class Inherited(Record):
    """A cluster, or the service of all tasks or of one, that an environment would take from another overlay."""

    kind: str
    scalar: Scalar
    task: str = ""

    def __str__(self) -> str:
        return f"the {self.kind} `{self.scalar.text}`" + (f" of `{self.task}`" if self.task else "")


def find_inherited(chain: Sequence[Overlay], tasks: Iterable[str]) -> tuple[Inherited, ...]:
    """Find what an environment would inherit of where other environments run: their cluster, and their services of its own tasks.

    A cluster may come from an abstract overlay. A service may not come from anywhere: it runs one revision at a time, so that it is of
    one environment.
    """
    *parents, own = chain
    found: dict[Inherited, None] = {}
    owners = {overlay.source: overlay for overlay in parents}
    cluster = find_cluster(parents) if own.cluster is None else None
    if cluster is not None and not is_yaml_null(cluster) and not owners[cluster.place.source].abstract:
        found[Inherited("cluster", cluster)] = None
    services = merge_services(parents)
    for task in tasks if "" not in own.services else ():
        service = services.get(task, services.get(""))
        if service is not None and task not in own.services and not is_yaml_null(service):
            found[Inherited("service", service, task if task in services else "")] = None
    return tuple(found)


def report_inherited(chain: Sequence[Overlay], inherited: Sequence[Inherited]) -> Finding:
    """Report that an environment would run where another does (E136)."""
    own = chain[-1]
    assert own.extends is not None, "it has parents"
    message = f"`{own.name}` would inherit {' and '.join(str(each) for each in inherited[:MOST_TOLD])}"
    places = [each.scalar.place for each in inherited[:MOST_TOLD]]
    notes = tuple(
        Note(f"the {each.kind} is set in {place.location}", place.location)
        for each, place in zip(inherited, places, strict=False)
    )
    tasks = [each.task for each in inherited if each.task][:MOST_TOLD]
    services = f"service: {{{', '.join(f'{task}: NAME' for task in tasks)}}}" if tasks else "service: NAME"
    kinds = dict.fromkeys(each.kind for each in inherited)
    lines = " and ".join(f"`{services if kind == 'service' else 'cluster: NAME'}`" for kind in kinds)
    help = f"write {lines} under `aws` in `{own.source.path}`, or `null` where there is none"
    return finding_at(own.extends.place, "E136", message, notes=notes, help=help)


def report_shared_service(environment: str, service: Scalar, sharing: Sequence[str]) -> Finding:
    """Report one service for several tasks: it would run now this one, now that (E133)."""
    names = f"{', '.join(f'`{task}`' for task in sharing[:-1])} and `{sharing[-1]}`"
    message = f"`aws.service` is one service, and `{environment}` would have {names} run as it"
    meant = find_namesake(service.text, sharing)
    others = [f"{task}: null" for task in sharing if task != meant]
    rest = f", {others[0]}" if len(others) == 1 else ""
    help = f"name the task that it runs, and write `null` for what no service runs: `service: {{{meant}: {service.text}{rest}}}`"
    return finding_at(service.place, "E133", message, help=help)


ARN_PARTS = 6
"""Parts of an ARN, with `:` between them: `arn`, partition, service, region, account and the rest."""


def read_home(text: str) -> dict[str, str]:
    """Read the account and region of the ARN of a cluster or service, and the cluster of a service; nothing of a name alone."""
    parts = text.split(":", ARN_PARTS - 1)
    if len(parts) < ARN_PARTS:
        return {}
    kind, *path = parts[5].split("/")
    within = {"cluster": path[0]} if kind == "service" and len(path) > 1 else {}
    return {"account": parts[4], "region": parts[3], **within}


def report_elsewhere(environment: str, kind: str, scalar: Scalar, setting: str, theirs: str, own: Scalar) -> Finding:
    """Report an ARN of another account, region or cluster than the environment (E139)."""
    message = f"`{environment}` names a {kind} in the {setting} `{theirs}`, and its {setting} is `{own.text.rpartition('/')[2]}`"
    note = Note(f"the {setting} is set in {own.place.location}", own.place.location)
    help = f"name the {kind} of `{environment}`, or set its `aws.{setting}`"
    return finding_at(scalar.place, "E139", message, notes=(note,), help=help)


def find_namesake(service: str, tasks: Sequence[str]) -> str:
    """Find the task whose name a service has, or has in its own; the longest of several, and the first where none is."""
    name = service.rpartition("/")[2]
    return max(tasks, key=lambda task: (task == name, len(task) if task in name else 0))
