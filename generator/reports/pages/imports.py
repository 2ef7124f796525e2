"""Pages of values and task definitions that `taskdef import` cannot find in a file of another tool: E137 and E138."""

from __future__ import annotations

from generator.reports.pages.page import Page

FUNCTIONS = "AWS CloudFormation Template Reference, Intrinsic function reference"
TERRAFORM = "Terraform, JSON Output Format and JSON Configuration Syntax"

IMPORTS: dict[str, Page] = {
    "E137": Page(
        title="a file names a value that only CloudFormation or Terraform knows",
        text="""\
A template of CloudFormation has names of parameters and resources, but not their values. A configuration of Terraform lacks the value of
`${var.image}`, and a plan lacks values that are known after apply. `taskdef import` lists all missing values in one run, and imports
nothing. `--set NAME=VALUE` sets a value, by the name in the message; `--set prod:NAME=VALUE` sets it for one environment.
The default of a parameter is shown in the help, but never used on its own: the stack may have another value.

`Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join` and `Fn::ImportValue` are evaluated with these values. Other functions, and those of Terraform,
are not: write the value that the stack has into a copy of the template, or import the registered revision (`--env prod=web:7`). For
Terraform, import the output of `terraform show -json` for the state: it has every value.""",
        case="E137-parameter-of-a-template",
        source=f"{FUNCTIONS}; {TERRAFORM}; read 2026-11-30",
        passes={},
        run="taskdef import --env prod=stack.yaml --set Image=nginx:1.29",
    ),
    "E138": Page(
        title="a file has several task definitions, or not the named one",
        text="""\
Each environment has one task definition for a task. If a template of CloudFormation, or a state, plan or configuration of Terraform, has
several, `--env prod=stack.yaml#Web` names one: by its logical id, or by its address
(`state.json#module.web.aws_ecs_task_definition.this`).""",
        case="E138-two-task-definitions",
        source="a decision of this project: nothing in a file is chosen silently",
        passes={},
        run="taskdef import --env prod=stack.yaml#Web",
    ),
}
