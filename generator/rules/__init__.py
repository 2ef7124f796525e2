"""What ECS refuses, what does not start, what is bad practice: checks of plain values that have the right shape. Changes nothing."""

from generator.rules.index import LINT_ONLY, RULES, Rule
from generator.rules.running import run_rules
from generator.rules.task import Target, Task, read_task

__all__ = ["LINT_ONLY", "RULES", "Rule", "Target", "Task", "read_task", "run_rules"]
