"""What two port mappings of a task both want: the same port, or ports that overlap."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from generator.ecs.network import PORTS, SHARED
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.records import Record

RANGE = Pattern(r"([0-9]{1,9})-([0-9]{1,9})")


class Wanted(Record):
    """Ports that a mapping wants; `order` is its number among all mappings, `path` leads to the port or range."""

    first: int
    last: int
    order: int
    protocol: str
    path: Path

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def check_shared(mappings: Sequence[tuple[Path, Value]], mode: str) -> Iterator[Problem]:
    """Check mappings, with their paths, against each other.

    In a network that the containers of a task share, all their ports are one group. Else those of the host are one, and those of each
    container another, in which only ranges have to keep to themselves: a port twice is accepted (aws/aws-cli issue 7288).
    """
    if are_apart(mappings):
        return
    shared = mode in SHARED
    inside: dict[Hashable, list[Wanted]] = {}
    outside: dict[Hashable, list[Wanted]] = {}
    for order, (path, mapping) in enumerate(mappings):
        wanted = read_wanted(order, path, mapping)
        if wanted is not None:
            group = wanted.protocol if shared else (wanted.protocol, path[1])
            inside.setdefault(group, []).append(wanted)
            host_port = mapping.get("hostPort", 0)
            if host_port and not shared:
                host = Wanted(host_port, host_port, order, wanted.protocol, (*path, "hostPort"))
                outside.setdefault(wanted.protocol, []).append(host)
    for other, wanted in find_overlaps(inside.values()):
        if other.first != other.last or wanted.first != wanted.last:
            yield report_overlap(other, wanted)
        elif shared:
            yield report_port(other, wanted, mode)
        elif not share_host_port(mappings[other.order][1], mappings[wanted.order][1]):
            yield report_twice(other, wanted)
    for other, wanted in find_overlaps(outside.values()):
        yield report_host_port(other, wanted)
    yield from check_protocols(inside.values())


def are_apart(mappings: Sequence[tuple[Path, Value]]) -> bool:
    """Whether the ports of mappings are so plain and so different that no two of them can meet."""
    ports = {mapping.get("containerPort") for _, mapping in mappings}
    hosts = [port for _, mapping in mappings if (port := mapping.get("hostPort"))]
    return None not in ports and len(ports) == len(mappings) and len(set(hosts)) == len(hosts)


def read_range(text: str) -> tuple[int, int] | None:
    """Read the first and last port of a range; None if it is none by its form."""
    matched = RANGE.fullmatch(text)
    return (int(matched[1]), int(matched[2])) if matched else None


def read_wanted(order: int, path: Path, mapping: Value) -> Wanted | None:
    """Read what a mapping wants inside of its container; None if that is told to be wrong already."""
    protocol = mapping.get("protocol", "tcp")
    if "containerPortRange" in mapping:
        first, last = read_range(mapping["containerPortRange"]) or (0, 0)
        right = first in PORTS and last in PORTS and first < last
        return Wanted(first, last, order, protocol, (*path, "containerPortRange")) if right else None
    port = mapping.get("containerPort", 0)
    return Wanted(port, port, order, protocol, (*path, "containerPort")) if port in PORTS else None


def find_overlaps(groups: Iterable[list[Wanted]]) -> Iterator[tuple[Wanted, Wanted]]:
    """Find pairs of a group that overlap, the one that was written first in front."""
    for group in groups:
        group.sort()
        reaching = group[0]
        for wanted in group[1:]:
            if wanted.first <= reaching.last:
                yield (reaching, wanted) if reaching.order < wanted.order else (wanted, reaching)
            reaching = max(reaching, wanted, key=lambda each: each.last)


def report_overlap(other: Wanted, wanted: Wanted) -> Problem:
    return Problem(
        "E435",
        wanted.path,
        f"`{HERE}` is {wanted}, which overlaps with {other}",
        (Fact(f"`{HERE}` is {other}", other.path),),
        "map each port once",
    )


def report_port(other: Wanted, wanted: Wanted, mode: str) -> Problem:
    here = other.path[1] == wanted.path[1]
    return Problem(
        "E447",
        wanted.path,
        f"port {wanted}/{wanted.protocol} is mapped twice, and with the network mode `{mode}` the containers share one network",
        (Fact(f"the other is `{HERE}`", other.path),),
        "delete one of the two" if here else "let one of the two containers listen on another port",
    )


def share_host_port(one: Value, other: Value) -> bool:
    """Report whether two mappings want the same port of the instance, which is said of that port."""
    return bool(one.get("hostPort")) and one.get("hostPort") == other.get("hostPort")


def report_twice(other: Wanted, wanted: Wanted) -> Problem:
    """Report a port of one container that goes to two ports of the instance."""
    return Problem(
        "W624",
        wanted.path,
        f"port {wanted}/{wanted.protocol} of a container is mapped twice, and ECS attaches no load balancer to such a port",
        (Fact(f"the other is `{HERE}`", other.path),),
    )


def report_host_port(other: Wanted, wanted: Wanted) -> Problem:
    return Problem(
        "E447",
        wanted.path,
        f"port {wanted}/{wanted.protocol} of the instance is mapped twice",
        (Fact(f"the other is `{HERE}`", other.path),),
        "remove one `hostPort` to get a free port",
    )


def check_protocols(groups: Iterable[list[Wanted]]) -> Iterator[Problem]:
    """Report a port of a container that is mapped for one protocol and then for the other."""
    seen: dict[tuple[int | str, int], Wanted] = {}
    single = (wanted for group in groups for wanted in group if wanted.first == wanted.last)
    for wanted in sorted(single, key=lambda each: each.order):
        other = seen.setdefault((wanted.path[1], wanted.first), wanted)
        if other.protocol != wanted.protocol:
            yield Problem(
                "W624",
                wanted.path,
                f"port {wanted} of a container is mapped for both {other.protocol} and {wanted.protocol}, "
                "and ECS attaches no load balancer to such a port",
                (Fact(f"the other is `{HERE}`", other.path),),
            )
