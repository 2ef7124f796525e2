"""`taskdef rules`: every rule with its level in this project, or the page of one code. The only command that loads pages."""

from __future__ import annotations

from generator.model.answers import Rules, Weight
from generator.model.findings import SEVERITIES, WrongUsage, did_you_mean
from generator.model.project import Settings
from generator.model.result import Result
from generator.project.loading import load_settings
from generator.reports.pages import PAGES
from generator.rules import LINT_ONLY, RULES


def rules(root: str, *, code: str | None = None) -> Result:
    """List the rules with the levels that the settings of a project give them, or show the page of a code."""
    settings, findings = load_settings(root)
    if findings:
        return Result("rules", findings, 1, judging=True)
    codes = sorted(RULES) if code is None else [find_code(code)]
    weights = tuple(weigh(each, settings) for each in codes)
    return Result("rules", (), 0, answer=Rules(weights, page=code is not None))


def find_code(word: str) -> str:
    """Find the code that a word names."""
    code = word.upper()
    if code in PAGES:
        return code
    digits = code[:1] + code[1:].replace("O", "0").replace("I", "1")
    near = digits if digits in PAGES else did_you_mean(code, sorted(PAGES))
    raise WrongUsage(f"there is no code `{word}`" + (f"; did you mean `{near}`?" if near else ""))


def weigh(code: str, settings: Settings) -> Weight:
    """Find how much a code weighs in a project, and the environments in which it weighs something else."""
    if code in LINT_ONLY:
        lint = settings.find_levels().get(code, LINT_ONLY[code])
        return Weight(code, SEVERITIES[code[0]], fixed=True, lint=lint)
    if code not in RULES:
        return Weight(code, SEVERITIES[code[0]], fixed=True)
    level = settings.find_levels().get(code, RULES[code].level)
    own = {name: settings.find_levels(name).get(code) for name, _ in settings.environment_levels}
    return Weight(code, level, tuple((name, each) for name, each in own.items() if each and each != level))
