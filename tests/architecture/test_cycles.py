"""No module imports itself through others, and no package its sibling in a circle; imports for types and within functions count."""

from __future__ import annotations

import grimp


def find_cycle(graph: grimp.ImportGraph) -> set[str]:
    """Find the imports between modules that are part of a cycle."""
    imports = [(name, other) for name in graph.modules for other in graph.find_modules_directly_imported_by(name)]
    return {f"{name} -> {other}" for name, other in imports if graph.chain_exists(other, name)}


def find_cycle_of_packages(graph: grimp.ImportGraph) -> set[str]:
    """Find the imports without which no packages beside each other would import each other, what is inside them included."""
    packages = [name for name in graph.modules if graph.find_children(name)]
    breakers = (pair for name in packages for pair in graph.nominate_cycle_breakers(name))
    return {f"{name} -> {other}" for name, other in breakers}


def make_graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    graph.add_module("house")
    for name, other in imports:
        graph.add_import(importer=name, imported=other)
    return graph


def test_a_cycle_of_a_package_and_a_module_in_it_is_found() -> None:
    ring = (("house.room", "house.room.one"), ("house.room.one", "house.room.two"), ("house.room.two", "house.room"))
    graph = make_graph(*ring, ("house.room.one", "house.below"))
    assert find_cycle(graph) == {f"{name} -> {other}" for name, other in ring}


def test_a_cycle_of_packages_whose_modules_make_none_is_found() -> None:
    graph = make_graph(("house.room.one", "house.hall.one"), ("house.hall.two", "house.room.two"))
    graph.add_module("house.room")
    graph.add_module("house.hall")
    assert find_cycle(graph) == set()
    assert len(find_cycle_of_packages(graph)) == 1


def test_no_import_is_part_of_a_cycle() -> None:
    graph = grimp.build_graph("generator", exclude_type_checking_imports=False, cache_dir=None)
    assert "generator.build.rendering.sandbox" in graph.modules
    assert (find_cycle(graph), find_cycle_of_packages(graph)) == (set(), set())
