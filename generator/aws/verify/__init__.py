"""What a task definition takes for granted in an account, and whether it is there. Pure: asks nobody, and reads answers as values."""

from generator.aws.verify.judging import judge
from generator.aws.verify.questions import Home, Question, Reference, Verdict
from generator.aws.verify.referring import list_references

__all__ = ["Home", "Question", "Reference", "Verdict", "judge", "list_references"]
