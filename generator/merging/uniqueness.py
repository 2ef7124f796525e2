"""What must be unique in a whole task definition once all layers are in. Reports; changes nothing."""

from __future__ import annotations

from generator.diagnostics import Finding, Note, Place, finding_at
from generator.model import Keyed, Mapping, Scalar


def check_unique(document: Mapping) -> tuple[Finding, ...]:
    """Report names of containers, volumes and port mappings that stand twice (E212)."""
    containers = list_items(document, "containerDefinitions")
    findings = check_names("a container", containers, "containerDefinitions")
    findings += check_names("a volume", list_items(document, "volumes"), "volumes")
    ports = [
        (f"containerDefinitions[{identity}].portMappings[{port}]", mapping)
        for identity, container in containers
        for port, mapping in list_items(container, "portMappings")
    ]
    return tuple(findings + check_names("a port mapping", ports, ""))


def list_items(parent: Mapping, member: str) -> list[tuple[str, Mapping]]:
    """The items of a keyed list, with their identities; none where the list is absent or of another kind."""
    keyed = parent.items.get(member)
    return [(item.identity, item.node) for item in keyed.items] if isinstance(keyed, Keyed) else []


def check_names(what: str, items: list[tuple[str, Mapping]], parent: str) -> list[Finding]:
    """Report each `name` that an earlier item has already."""
    first: dict[str, Place] = {}
    findings = []
    for identity, node in items:
        name = node.items.get("name")
        if not isinstance(name, Scalar):
            continue
        if name.text in first:
            other = first[name.text].location
            findings.append(
                finding_at(
                    name.place,
                    "E212",
                    f"{what} named `{name.text}` is already in this task definition",
                    path=f"{parent}[{identity}].name" if parent else f"{identity}.name",
                    notes=(Note(f"the other is named in {other}", other),),
                    help="give one of them another name",
                )
            )
        first.setdefault(name.text, name.place)
    return findings
