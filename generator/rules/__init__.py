"""What ECS refuses, what does not start, what is bad practice: checks of plain values that have the right shape. Changes nothing."""

from generator.rules.index import RULES, Rule
from generator.rules.running import find_off, run_rules
from generator.rules.task import Target

__all__ = ["RULES", "Rule", "Target", "find_off", "run_rules"]
