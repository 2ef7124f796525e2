"""The part `run` of an overlay's section `aws`: where tasks are started that no service runs. Knows the shapes, and not what exists."""

from __future__ import annotations

from generator.documents.parsing.sections import Reader, describe
from generator.documents.parsing.yaml import is_refused
from generator.ecs.runs import EXCLUSIVE, SETTINGS
from generator.model.nodes import ListNode, MapNode, Node, Scalar, is_yaml_null


def read_run(reader: Reader, aws: MapNode) -> dict[str, tuple[Scalar, ...]]:
    """Read the settings, each as one value or several."""
    section = reader.read_section(aws, "run", "aws.run")
    if section is None:
        return {}
    reader.check_keys(section, tuple(SETTINGS), "`aws.run`")
    found = {key: read_setting(reader, key, node) for key, node in section.items.items() if key in SETTINGS}
    one, other = EXCLUSIVE
    if found.get(one) and found.get(other):
        reader.report(section.keys[other], "E125", f"`aws.run` has `{one}` too, and a task runs by one of both")
    return {key: scalars for key, scalars in found.items() if scalars}


def read_setting(reader: Reader, key: str, node: Node) -> tuple[Scalar, ...]:
    """Read the values of one setting; none where one of them has another shape, which is reported."""
    setting = SETTINGS[key]
    if is_refused(node):
        return ()
    items = node.items if isinstance(node, ListNode) and setting.most > 1 else (node,)
    for item in items:
        if not isinstance(item, Scalar) or is_yaml_null(item) or not setting.pattern.fullmatch(item.text):
            written = f"`{item.text}`" if isinstance(item, Scalar) else describe(item)
            reader.report(item.place, "E125", f"`aws.run.{key}` is {setting.words}, not {written}")
            return ()
    if not 0 < len(items) <= setting.most:
        reader.report(node.place, "E125", f"`aws.run.{key}` is {setting.words}, not a list of {len(items)}")
        return ()
    return tuple(item for item in items if isinstance(item, Scalar))
