"""Looks values of an environment up by name: the layers that set them, the templates that use or define them. Edits nothing."""

from __future__ import annotations

from generator.build.layering import Plan
from generator.build.pipeline import Trace, trace
from generator.build.planning import PlannedProject
from generator.build.rendering.following import Follower
from generator.documents.parsing.overlay import fold_variables
from generator.documents.tree import find_node
from generator.documents.variables import find_variables
from generator.ecs.paths import Step, first_step, format_path
from generator.model.findings import Finding, InputError, Place, WrongUsage, did_you_mean
from generator.model.nodes import MapNode, Node, Scalar, describe_kind
from generator.model.project import TASK_SUFFIX
from generator.review.set.names import ELSEWHERE, PATCH, VARIABLES, Leg, Name, parse_member, parse_variable
from generator.review.set.placing import Overlays


class NotBuilt(Exception):
    """The values of an environment cannot be found, because of errors in the project: `findings`."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__()
        self.findings = findings


class Look:
    """One look at an environment of a project. Each result is computed once."""

    def __init__(self, planned: PlannedProject, environment: str) -> None:
        self.planned = planned
        self.environment = environment
        self.overlays = Overlays(planned)
        plans = planned.list_plans([environment], planned.project.tasks)
        self.plans: dict[str, Plan] = {plan.task: plan for plan in plans}
        self.traces: dict[str, Trace] = {}
        self.followers: dict[str, Follower] = {}

    def trace(self, task: str) -> Trace:
        """Build a task and keep its stages."""
        if task not in self.traces:
            found = trace(self.planned, self.environment, task)
            assert found is not None, "the environment has the task"
            self.traces[task] = found
        return self.traces[task]

    def trace_stages(self, task: str) -> Trace:
        """Build a task, which must have a document."""
        found = self.trace(task)
        if not found.stages:
            raise NotBuilt(select_errors(found.findings))
        return found

    def follow(self, task: str) -> Follower:
        """Read the templates of a task, which must have no fault."""
        if task not in self.followers:
            sources, root = self.planned.templates.sources, task + TASK_SUFFIX
            reached = [root]
            for name in reached:
                parsed = sources.read(name)
                if parsed.tree is None:
                    raise NotBuilt(select_errors(self.trace(task).findings))
                found = (
                    sources.find_name(target, name) for reference in parsed.references for target in reference.names
                )
                reached += [each for each in found if each is not None and each not in reached]
            self.followers[task] = Follower(sources, root)
        return self.followers[task]

    # Names.

    def read_name(self, text: str, tasks: tuple[str, ...]) -> Name:
        """Read the name of a variable or a member. Raises WrongUsage if the name is neither, or could be both."""
        if text.partition(".")[0] in ELSEWHERE:
            raise WrongUsage(f"`{text}` is not a value that can be set by name: edit the overlay")
        allow = self.planned.project.settings.allow_members
        section, dot, rest = text.partition(".")
        if dot and section == PATCH:
            return parse_member(rest, allow=allow)
        if dot and section == VARIABLES:
            variable = parse_variable(rest)
            if variable is None:
                raise WrongUsage(f"`{rest}` cannot be the name of a variable")
            return variable
        variable = parse_variable(text)
        if variable is None or not self.list_tasks(variable, tasks):
            return self.read_member(text, tasks)
        return self.prefer_variable(variable, tasks)

    def read_member(self, text: str, tasks: tuple[str, ...]) -> Name:
        """Read the path of a member. Raises WrongUsage, with names that are near, if there is no such member."""
        try:
            return parse_member(text, allow=self.planned.project.settings.allow_members)
        except WrongUsage as error:
            if not str(error).startswith("there is no"):
                raise
            raise WrongUsage(self.state_unknown(text, tasks)) from None

    def prefer_variable(self, variable: Name, tasks: tuple[str, ...]) -> Name:
        """Choose the variable. Raises WrongUsage if a patch sets a member of the same name."""
        try:
            member = parse_member(variable.text, allow=self.planned.project.settings.allow_members)
        except WrongUsage:
            return variable
        if any(self.overlays.list_hits(self.environment, task, member) for task in tasks):
            name = variable.text
            raise WrongUsage(f"`{name}` is a variable and a member: write `vars.{name}` or `patch.{name}`")
        return variable

    def state_unknown(self, text: str, tasks: tuple[str, ...]) -> str:
        """State that a name is unknown here, with names that are near."""
        paths = [path for task in tasks for path in self.list_paths(task)]
        inside = list(dict.fromkeys(path for path in paths if path.endswith((f".{text}", f"[{text}]"))))
        head = f"no template uses a variable `{text}`, and no task definition has a member `{text}`"
        if inside:
            return f"{head}; there is {', '.join(f'`{path}`' for path in inside[:3])}"
        variables = sorted({name for task in tasks for name in fold_variables(self.plans[task].variables).items})
        near = did_you_mean(text, [*variables, *paths])
        return head + (f"; did you mean `{near}`?" if near else "")

    def list_paths(self, task: str) -> list[str]:
        """List the paths of a task, as far as it can be built."""
        from generator.review.explain import list_paths  # only if a name is wrong

        return [*list_paths(self.trace(task))]

    # Tasks.

    def list_tasks(self, name: Name, tasks: tuple[str, ...]) -> tuple[str, ...]:
        """List those of some tasks that have a value."""
        concerns = self.takes if name.section == VARIABLES else self.has_place
        return tuple(task for task in tasks if concerns(name, task))

    def takes(self, name: Name, task: str) -> bool:
        """Whether a variable is set for a task, or its templates use it or define it themselves."""
        head = name.legs[0].key
        if head in fold_variables(self.plans[task].variables).items:
            return True
        follower = self.follow(task)
        texts = self.planned.list_texts(self.plans[task])
        return head in follower.list_uses(texts) or bool(follower.find_definitions(head))

    def has_place(self, name: Name, task: str) -> bool:
        """Whether a task has the container or volume that a member is in. Setting a value does not create these."""
        document = self.trace_stages(task).stages[-1].document
        strict = [number for number, leg in enumerate(name.legs) if leg.is_item and is_strict(leg)]
        return not strict or find_node(document, spell_path(name.legs[: strict[-1] + 1])) is not None

    # Values.

    def find_value(self, name: Name, task: str) -> Node | None:
        """Find the value of a name for a task, wherever it is set."""
        if name.section == VARIABLES:
            return find_way(self, name, task)[-1]
        return find_node(self.trace_stages(task).stages[-1].document, spell_path(name.legs))

    def find_definitions(self, name: Name, tasks: tuple[str, ...]) -> tuple[Place, ...]:
        """Find the tags of templates that define a variable themselves."""
        return tuple(place for task in tasks for place in self.follow(task).find_definitions(name.legs[0].key))


def find_way(look: Look, name: Name, task: str) -> list[Node | None]:
    """Find the nodes on the way to a value of a variable, from the variable itself on. None stands for an absent node."""
    way: list[Node | None] = [fold_variables(look.plans[task].variables)]
    for leg in name.legs:
        above = way[-1]
        way.append(above.items.get(leg.key) if isinstance(above, MapNode) else None)
    return way[1:]


def find_single(look: Look, name: Name, task: str) -> Node | None:
    """Find a value, which must be absent or a single one. A mapping or a list is refused, since it cannot be replaced by a value."""
    *above, node = find_way(look, name, task) if name.section == VARIABLES else [look.find_value(name, task)]
    single = next((each for each in above if each is not None and not isinstance(each, MapNode)), None)
    if single is not None:
        raise InputError(f"`{name.text}` cannot be set: {single.place.location} has {describe_kind(single)}")
    if node is not None and not isinstance(node, Scalar):
        what = "name one of its values" if isinstance(node, MapNode) else "edit the file to change it"
        raise InputError(f"`{name.text}` is {describe_kind(node)}, in {node.place.location}", what)
    return node


def refuse_template(look: Look, name: Name, task: str) -> None:
    """Refuse a member that the template sets, unless a layer overrides it. The message names its place and its variables."""
    node = find_node(look.trace_stages(task).stages[0].document, spell_path(name.legs))
    if node is None or look.overlays.list_hits(look.environment, task, name):
        return
    where = node.place.location
    found = find_variables(node.place, fold_variables(look.plans[task].variables))
    if found:
        names = " and ".join(f"`{each.name}`" for each in found)
        message = f"`{name.text}` is set by the template, in {where}, from {names}"
        raise InputError(message, f"set {names}, or override the template with `--override`")
    message = f"`{name.text}` is set by the template, in {where}, for all environments"
    raise InputError(message, "change it there, or override it in this environment with `--override`")


def is_strict(leg: Leg) -> bool:
    """Whether an item is a container or a volume."""
    return leg.above is not None and leg.above.row is not None and leg.above.row.strict


def spell_path(legs: tuple[Leg, ...]) -> str:
    """Spell the path of a member."""
    steps: list[Step] = [leg.step for leg in legs if leg.step is not None]
    return format_path([first_step(), *steps])


def select_errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity == "error")
