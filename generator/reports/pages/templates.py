"""Pages of errors in templates: E101 to E109."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

TEMPLATES: dict[str, Page] = {
    "E101": Page(
        title="a template is not valid Jinja",
        text="""\
A tag or an expression is not closed, a tag, filter or test does not exist, or an expression cannot be read. This is
found before anything is rendered, in every template that the task reaches by `include`, `import` or `extends`.

All of Jinja's filters work except `random`, `pprint`, `urlize` and `xmlattr`; so do `break` and `continue`.
There is no `autoescape`: every value is escaped for the place in the JSON where it stands.""",
        case="E101-loop-never-closed",
        source="[Template Designer Documentation](https://jinja.palletsprojects.com/en/stable/templates/), Jinja 3.1",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {% for name in ["web", "api"] %}
    {"name": "{{ name }}", "image": "nginx:1.29"},
    {% endfor %}
  ]
}
"""
        },
    ),
    "E102": Page(
        title="a template uses a name that nothing defines",
        text="""\
A template sees the variables of its environment (`vars` of the overlay, of those it extends and of the task),
`env`, `task`, `aws`, the helpers `secret`, `ssm`, `role` and `ecr`, and what it sets itself. A name that is none of
these would render as nothing, and an image without a tag or a secret without a name would be registered; so it is
an error, and all of them are found in one run.

Use `is defined` or `default(…)` for a name that may be missing; neither counts as a use. A partial that
is imported sees no variables unless it is imported `with context`. The helpers need `aws.account` and `aws.region`.""",
        case="E102-a-variable-nobody-sets",
        source="[Undefined Types](https://jinja.palletsprojects.com/en/stable/api/#undefined-types), Jinja 3.1",
        passes={
            WEB: """\
{
  "family": "web-{{ env }}",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:{{ image_tag }}",
      "environment": [
        {"name": "LOG_LEVEL", "value": "{{ log_level }}"},
        {"name": "TEAM", "value": "{{ team | default('nobody') }}"}
      ]
    }
  ]
}
"""
        },
    ),
    "E103": Page(
        title="a value does not fit where a template prints it",
        text="""\
What an expression prints is written as JSON where a value is expected, and as the content of a string between
quotes. In a string, text, numbers and `true` or `false` have one spelling; a list, a mapping or null has none.
Where a value is expected, all JSON values fit, and objects of Python, such as a macro that is not called, do not.

Punctuation is part of the template: a printed `","` is a text like any other. A `,` before `]` or `}` is accepted,
so a loop can end each round with one.""",
        case="E103-list-in-a-string",
        source="[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), section 3: the values of JSON",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "environment": [{"name": "HOSTS", "value": "{{ hosts | join(',') }}"}]
    }
  ]
}
"""
        },
    ),
    "E104": Page(
        title="what a template renders is not JSON",
        text="""\
The template itself is read back as JSON, with each printed value in its place, so the finding is at the line of the
template, not of a rendered text. A value cannot be the cause: every value is escaped.

One thing is accepted beyond JSON: a `,` before `]` or `}`, because loops and conditionals leave one behind.
Comments are Jinja's, `{# … #}`.""",
        case="E104-comma-missing-in-a-loop",
        source="[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), sections 2 to 7",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "environment": [
        {% for name in names %}
        {"name": "{{ name }}", "value": "on"},
        {% endfor %}
      ]
    }
  ]
}
"""
        },
    ),
    "E105": Page(
        title="a template fails while it is rendered",
        text="""\
A filter, an operator or a helper got a value that it cannot use, or the template did something that templates may not
do: change a value, or access Python behind it. Templates run in Jinja's immutable sandbox, so
rendering has no effect but its result.

Values of `vars` are typed by how they are written: `256` is a number, `"256"` is text.""",
        case="E105-text-plus-a-number",
        source="[Sandbox](https://jinja.palletsprojects.com/en/stable/sandbox/), Jinja 3.1",
        passes={DEV: "vars:\n  base: 256\n"},
    ),
    "E106": Page(
        title="a member is in one JSON object twice",
        text="""\
JSON parsers silently keep the last of two members with the same name, so one of the two lines has no effect, and
nobody knows which one was intended.""",
        case="E106-member-twice",
        source="[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), section 4: names should be unique",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29"}
  ],
  "networkMode": "awsvpc"
}
"""
        },
    ),
    "E107": Page(
        title="a partial is not there, or includes itself",
        text="""\
`include`, `import` and `extends` find templates below the folder of templates and nowhere else: by the name in that
folder, or beside the template that asks. `include … ignore missing` asks for one that need not be there. A partial
that includes itself on every path never ends.""",
        case="E107-partial-misspelt",
        source="[Template Designer Documentation](https://jinja.palletsprojects.com/en/stable/templates/#include), Jinja 3.1",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {% include "_sidecar.j2" %}
    {"name": "web", "image": "nginx:1.29"}
  ]
}
"""
        },
    ),
    "E108": Page(
        title="a text has half of a surrogate pair",
        text="""\
`\\ud83d` alone is not a character: UTF-16 writes those beyond U+FFFF as a pair of such codes. UTF-8, in which
artifacts are written, cannot write one half.""",
        case="E108-half-an-emoji",
        source="[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), section 8.2: behaviour for a lone surrogate is unpredictable",
        passes={
            WEB: r"""{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "environment": [{"name": "BANNER", "value": "ready \ud83d\ude80"}]
    }
  ]
}
"""
        },
    ),
    "E109": Page(
        title="a template or an overlay goes beyond a limit",
        text="""\
Every run ends, even with hostile files. The limits of one render: 16 million steps, 100 000 rounds of all loops, 1 MiB of
text at once, numbers of 65 536 bits, macros 60 and partials 30 levels deep; documents nest at most 100 levels. ECS
accepts 64 KiB and needs eight levels, so a run that reaches a limit usually has a mistake in a loop. The tags of one template
have at most 50 000 names, values and signs, and 100 000 with all that it includes. A render reports 100 names that are
not defined. The values of `$render` in one task of one environment count as part of the same render: together they have at most
1 MiB and 100 000 names, values and signs. A value counts at each place where an alias puts it.
In an import, the functions of a CloudFormation template make at most 1 MiB of text together.

Steps are counted, not timed, so they are the same on every machine: about one for each character that is made, one for
16 that are read, 16 for each member of a list or mapping that is made, ten for each part of an expression or tag each
time it runs, 100 for a filter, a test or a call, and 500 for an `include` or `import`. They are counted before the work
is done. A list that holds another one twice counts it twice.

At most 1000 findings of rules are reported for one task definition.""",
        case="E109-loop-too-long",
        source="[Service quotas](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html): "
        "the size of a task definition is 64 KiB",
        passes={
            WEB: """\
{
  "family": "web",
  "memory": "512",
  "containerDefinitions": [
    {% for number in range(2) %}
    {"name": "web-{{ number }}", "image": "nginx:1.29"},
    {% endfor %}
  ]
}
"""
        },
    ),
}
