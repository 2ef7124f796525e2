"""What a span of a template goes through before it is a value: the tags around it, and the names it takes. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from jinja2 import nodes

from generator.build.rendering.helpers import HELPERS
from generator.build.rendering.sources import Sources
from generator.build.rendering.syntax import find_start
from generator.build.rendering.trees import (
    Site,
    Tree,
    climb,
    find_node,
    has_macro,
    list_constants,
    list_targets,
    map_tree,
)
from generator.model.findings import Place
from generator.model.records import Record

Kind = Literal["loop", "condition", "macro", "call", "include", "set"]

AWS = {"role": ("aws.account", "aws.region"), "ecr": ("aws.account", "aws.region")}
AWS |= {"secret": ("aws.account", "aws.region"), "ssm": ("aws.account", "aws.region")}
"""What the helpers take besides their arguments."""


class Hop(Record):
    """One tag of a template that a value comes through. `name` is that of the macro, the partial or the name that is set.

    It is not `sure` where several calls or includes may be meant.
    """

    kind: Kind
    name: str
    place: Place
    sure: bool = True


class Bearings(Record):
    """What tells one call of a macro from another: a value's calls lie in what the value is a part of, and name what that is named.

    `around` are the places of what it is a part of, `own` the names of these items, `others` those of all other items.
    """

    around: tuple[Place, ...] = ()
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


class Way(Record):
    """How a span of a template becomes a value: the tags around it, innermost first, and the names that are given from outside.

    A member of `aws` is named as `aws.region`. `own` are the names that the span itself takes, and `around` those that decide
    whether it is there.
    """

    hops: tuple[Hop, ...]
    names: tuple[str, ...]
    own: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


class Follower:
    """The templates that one task reaches, and how their spans become values. All of them must have been rendered without a fault."""

    def __init__(self, sources: Sources, root: str) -> None:
        self.sources = sources
        self.trees: dict[str, Tree] = {}
        names = [root]
        for name in names:
            self.trees[name] = map_tree(name, sources.read(name))
            for reference in sources.read(name).references:
                found = (self.sources.find_name(target, name) for target in reference.names)
                names += [target for target in found if target and target not in names]
        self.root = root
        self.texts: dict[str, Follower] = {}
        self.branching = len(self.trees) > 1 or any(map(has_macro, self.trees.values()))
        self.straight: dict[Place, Way] = {}

    def find_follower(self, text: str) -> Follower:
        """Find the follower of a text of an overlay, which is a root of its own."""
        if text not in self.texts:
            self.texts[text] = Follower(self.sources, text)
        return self.texts[text]

    def is_straight(self, place: Place) -> bool:
        """Whether there is one way from a span, whatever its bearings are: neither macros nor partials are in reach."""
        text = self.sources.find_text(place)
        return not (self if text is None else self.find_follower(text)).branching

    def follow_straight(self, place: Place) -> Way:
        """Follow a span from which there is one way, once."""
        if place not in self.straight:
            self.straight[place] = self.follow(place)
        return self.straight[place]

    def follow(self, place: Place, bearings: Bearings = Bearings()) -> Way:  # noqa: B008 - it is a value
        """Follow a span of a template, or a whole text of an overlay."""
        text = self.sources.find_text(place)
        if text is not None:
            return self.find_follower(text).follow_root(bearings)
        name = self.sources.by_path.get(place.source.path, "")
        if name not in self.trees:
            return Way((), ())
        walk = Walk(self, bearings)
        tree = self.trees[name]
        for load in tree.loads:
            if place.start <= load.lineno < place.end:
                walk.resolve(tree, load.name, load)
        around = Walk(self, bearings)
        node = find_node(tree, place)
        if node is not None:
            around.surround(tree, node)
        further = (hop for key, hop in around.hops.items() if key not in walk.hops)
        names = {**walk.names, **around.names}
        return Way((*walk.hops.values(), *further), tuple(names), tuple(walk.names), tuple(around.names))

    def follow_root(self, bearings: Bearings) -> Way:
        """Follow all of the root."""
        walk, tree = Walk(self, bearings), self.trees[self.root]
        for load in tree.loads:
            walk.resolve(tree, load.name, load)
        return Way(tuple(walk.hops.values()), tuple(walk.names), tuple(walk.names))

    def list_uses(self, texts: Iterable[str] = ()) -> dict[str, tuple[Place, ...]]:
        """List the tags that take each name that is given from outside, those of some texts of overlays too."""
        uses: dict[str, dict[Place, None]] = {}
        for text in texts:
            for name, found in self.find_follower(text).list_uses().items():
                uses.setdefault(name, {}).update(dict.fromkeys(found))
        for tree in self.trees.values():
            for load in tree.loads:
                walk = Walk(self, Bearings())
                names = () if walk.is_local(tree, load.name, load) else name_outside(tree, load.name, load)
                for name in names:
                    uses.setdefault(name, {})[self.find_tag(tree, load)] = None
        return {name: tuple(places) for name, places in uses.items()}

    def find_definitions(self, name: str) -> tuple[Place, ...]:
        """Find the tags in these templates that define a name: `{% set %}` and macros."""
        return tuple(self.find_tag(tree, node) for tree in self.trees.values() for node in tree.defined.get(name, ()))

    def find_tag(self, tree: Tree, node: nodes.Node) -> Place:
        """Find the place of the tag that a node stands in."""
        offset = find_start(node) if isinstance(node, nodes.Expr) else node.lineno
        return self.sources.find_tag(tree.name, offset)

    def find_target(self, tree: Tree, template: nodes.Expr, name: str) -> bool:
        """Whether an include or import names a template."""
        parts = template.items if isinstance(template, (nodes.List, nodes.Tuple)) else [template]
        texts = [part.value for part in parts if isinstance(part, nodes.Const) and isinstance(part.value, str)]
        return any(self.sources.find_name(text, tree.name) == name for text in texts)

    def find_includes(self, name: str) -> list[Site]:
        """Find where a partial is included."""
        return [
            Site(tree, node)
            for tree in self.trees.values()
            for node in tree.root.find_all(nodes.Include)
            if self.find_target(tree, node.template, name)
        ]

    def find_calls(self, name: str, macro: str) -> list[Site]:
        """Find where a macro of a template is called, there or where it was imported."""
        return [
            Site(tree, call)
            for tree in self.trees.values()
            for call in tree.root.find_all(nodes.Call)
            if (name, macro) in self.name_callee(tree, call.node)
        ]

    def name_callee(self, tree: Tree, callee: nodes.Node) -> list[tuple[str, str]]:
        """Name the templates and macros that an expression may mean."""
        if isinstance(callee, nodes.Name):
            imported = self.find_imported(tree, callee.name)
            return imported or [(tree.name, callee.name)]
        if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
            return [
                (name, callee.attr)
                for node in tree.imports
                for name in self.trees
                if node.target == callee.node.name and self.find_target(tree, node.template, name)
            ]
        return []

    def find_imported(self, tree: Tree, name: str) -> list[tuple[str, str]]:
        """Find what `{% from … import … %}` means by a name: a template, and the name there."""
        return [
            (target, pair[0])
            for node in tree.from_imports
            for pair in ((each, each) if isinstance(each, str) else each for each in node.names)
            for target in self.trees
            if pair[1] == name and self.find_target(tree, node.template, target)
        ]


class Walk:
    """One way from a span outwards, gathering tags and names."""

    def __init__(self, follower: Follower, bearings: Bearings) -> None:
        self.follower = follower
        self.bearings = bearings
        self.hops: dict[tuple[Kind, str, int], Hop] = {}
        self.names: dict[str, None] = {}
        self.seen: set[tuple[str, int, str]] = set()

    def hop(self, kind: Kind, name: str, tree: Tree, node: nodes.Node, *, sure: bool = True) -> None:
        place = self.follower.find_tag(tree, node)
        self.hops.setdefault((kind, place.source.path, place.start), Hop(kind, name, place, sure))

    # The tags around.

    def surround(self, tree: Tree, node: nodes.Node) -> None:
        """Gather the tags around a node, up to the task's own template."""
        if self.was_here(tree, node, ""):
            return
        macro: nodes.Macro | None = None
        for child, parent in climb(tree, node):
            if isinstance(parent, nodes.For) and child is not parent.iter:
                self.hop("loop", "", tree, parent)
                self.resolve_all(tree, parent.iter)
            elif isinstance(parent, (nodes.If, nodes.CondExpr)) and child is not parent.test:
                if isinstance(parent, nodes.If):
                    self.hop("condition", "", tree, parent)
                    self.resolve_all(tree, parent.test)
            elif isinstance(parent, nodes.Macro):
                self.hop("macro", parent.name, tree, parent)
                macro = parent
        if macro is not None:
            sites = keep_near(self.follower, self.bearings, self.follower.find_calls(tree.name, macro.name))
            for site in sites:
                self.hop("call", macro.name, *site, sure=len(sites) == 1)
                self.surround(*site)
        elif tree.name != self.follower.root:
            sites = keep_near(self.follower, self.bearings, self.follower.find_includes(tree.name))
            for site in sites:
                self.hop("include", tree.name, *site, sure=len(sites) == 1)
                self.surround(*site)

    # The names taken.

    def resolve_all(self, tree: Tree, node: nodes.Node) -> None:
        """Resolve every name in an expression, or in what a tag encloses."""
        names = [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)
        for name in names:
            if name.ctx == "load":
                self.resolve(tree, name.name, name)

    def resolve(self, tree: Tree, name: str, node: nodes.Node) -> None:
        """Find what gives a name at a node: a tag of the template, or an overlay."""
        if self.was_here(tree, node, name):
            return
        if not self.resolve_around(tree, name, node) and not self.resolve_set(tree, name, node):
            self.resolve_outside(tree, name, node)

    def resolve_around(self, tree: Tree, name: str, node: nodes.Node) -> bool:
        """Find a tag around a node that gives a name: a loop, a macro's parameter, `with`."""
        for child, parent in climb(tree, node):
            if isinstance(parent, nodes.For) and child is not parent.iter and name in (*list_targets(parent), "loop"):
                self.hop("loop", name, tree, parent)
                self.resolve_all(tree, parent.iter)
                return True
            if isinstance(parent, (nodes.Macro, nodes.CallBlock)):
                names = [each.name for each in parent.args]
                if name in names and isinstance(parent, nodes.Macro):
                    self.resolve_argument(tree, parent, names.index(name))
                if name in (*names, "caller", "varargs", "kwargs"):
                    return True
            if isinstance(parent, nodes.With):
                for target, value in zip(parent.targets, parent.values, strict=True):
                    if isinstance(target, nodes.Name) and target.name == name and child not in parent.values:
                        self.hop("set", name, tree, parent)
                        self.resolve_all(tree, value)
                        return True
        return False

    def resolve_argument(self, tree: Tree, macro: nodes.Macro, index: int) -> None:
        """Follow a parameter to what the calls give for it, or to its default."""
        name = macro.args[index].name
        self.hop("macro", macro.name, tree, macro)
        sites = keep_near(self.follower, self.bearings, self.follower.find_calls(tree.name, macro.name))
        for site in sites:
            call = site.node
            assert isinstance(call, nodes.Call)
            self.hop("call", macro.name, *site, sure=len(sites) == 1)
            given = next((each.value for each in call.kwargs if each.key == name), None)
            given = call.args[index] if index < len(call.args) else given
            if given is not None:
                self.resolve_all(site.tree, given)
        first = len(macro.args) - len(macro.defaults)
        if index >= first:
            self.resolve_all(tree, macro.defaults[index - first])

    def resolve_set(self, tree: Tree, name: str, node: nodes.Node) -> bool:
        """Find a `{% set %}` or a macro of a name, here or imported."""
        found = self.take_defined(tree, name)
        for target, inner in self.follower.find_imported(tree, name):
            found = self.take_defined(self.follower.trees[target], inner) or found
        above = tree.above.get(id(node))
        if isinstance(above, nodes.Getattr):
            for target, inner in self.follower.name_callee(tree, above):
                found = self.take_defined(self.follower.trees[target], inner) or found
        return found

    def take_defined(self, tree: Tree, name: str) -> bool:
        """Follow what a template itself defines under a name."""
        for node in tree.defined.get(name, ()):
            self.hop("macro" if isinstance(node, nodes.Macro) else "set", name, tree, node)
            for part in [node.node] if isinstance(node, nodes.Assign) else node.body:
                self.resolve_all(tree, part)
        return name in tree.defined

    def resolve_outside(self, tree: Tree, name: str, node: nodes.Node) -> None:
        """Find a name where the partial is included, else take it for one that is given from outside."""
        sites = (
            keep_near(self.follower, self.bearings, self.follower.find_includes(tree.name))
            if tree.name != self.follower.root
            else []
        )
        local = [site for site in sites if self.is_local(site.tree, name, site.node)]
        for site in local:
            self.resolve(site.tree, name, site.node)
        if not local:
            self.names.update(dict.fromkeys(name_outside(tree, name, node)))

    def is_local(self, tree: Tree, name: str, node: nodes.Node) -> bool:
        """Whether a tag of a template gives a name, rather than an overlay."""
        trial = Walk(self.follower, self.bearings)
        if trial.resolve_around(tree, name, node) or trial.resolve_set(tree, name, node):
            return True
        sites = self.follower.find_includes(tree.name) if tree.name != self.follower.root else []
        return any(
            site.tree is not tree
            and not self.was_here(site.tree, site.node, name)
            and self.is_local(site.tree, name, site.node)
            for site in sites
        )

    def was_here(self, tree: Tree, node: nodes.Node, name: str) -> bool:
        key = (tree.name, id(node), name)
        known = key in self.seen
        self.seen.add(key)
        return known


def name_outside(tree: Tree, name: str, node: nodes.Node) -> tuple[str, ...]:
    """Name what a name that is given from outside takes: a helper takes members of `aws`."""
    above = tree.above.get(id(node))
    if name in HELPERS:
        return AWS[name]
    return (f"aws.{above.attr}",) if name == "aws" and isinstance(above, nodes.Getattr) else (name,)


def keep_near(follower: Follower, bearings: Bearings, sites: list[Site]) -> list[Site]:
    """Keep the sites that can be meant, by where they are and what they name; all of them where that tells nothing."""
    near = [site for site in sites if is_near(follower, bearings, site)] or sites
    named = [site for site in near if bearings.own & list_constants(site.node)]
    return named or [site for site in near if not bearings.others & list_constants(site.node)] or near


def is_near(follower: Follower, bearings: Bearings, site: Site) -> bool:
    """Whether a site is inside of all that a value is a part of, as far as that is in the same template."""
    tag = follower.find_tag(*site)
    same = [place for place in bearings.around if place.source.path == tag.source.path]
    return all(place.start <= tag.start and tag.end <= place.end for place in same)
