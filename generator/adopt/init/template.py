"""The template of a new project: one container behind a port, on Fargate or on EC2, with comments."""

from __future__ import annotations

import re

from generator.model.new_project import NewProject

HEAD = """\
{{#
  The task definition {name} for all environments: JSON with Jinja in it. `taskdef render` writes rendered/ENV/{name}.json.

  Overlays, environments/ENV.yaml, set what differs. `vars` there are the variables here. `env` is the name of the environment, `aws.region`
  and `aws.account` are its region and account. role(), ecr(), ssm() and secret() write ARNs and addresses with these. A variable that no
  overlay sets is an error. Commas before a bracket do no harm.
#}}
"""

TASK = """\
{{
  "family": "{name}-{{{{ env }}}}",
  {{# What the application may do. #}}
  "taskRoleArn": "{{{{ role('{name}-' ~ env ~ '-task') }}}}",
  {{# What ECS may do for it: pull the image, read the secrets, write the logs. #}}
  "executionRoleArn": "{{{{ role('{name}-' ~ env ~ '-execution') }}}}",
"""

FARGATE = """\
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "runtimePlatform": {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"},
  {# CPU units, 1024 for one vCPU, and MiB. Fargate has these in certain pairs only; `taskdef check` knows them. #}
  "cpu": 256,
  "memory": 512,
"""

EC2 = """\
  {# Each task gets a network interface and security groups of its own. With "bridge" it shares those of its instance. #}
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["EC2"],
"""

CONTAINER = """\
  "containerDefinitions": [
    {{
      "name": "{name}",
      "image": "{{{{ ecr('{repository}', tag=image_tag) }}}}",
"""

EC2_SIZE = """\
      {# CPU units, 1024 for one vCPU, and MiB: what it reserves on the instance, and what it may use. #}
      "cpu": 256,
      "memoryReservation": 256,
      "memory": 512,
"""

MEMBERS = """\
      "essential": true,
      "portMappings": [{{"name": "http", "containerPort": 8080, "protocol": "tcp"}}],
      "environment": [
        {{"name": "ENVIRONMENT", "value": "{{{{ env }}}}"}},
        {{"name": "LOG_LEVEL", "value": "INFO"}},
      ],
      {{# Only the ARN of a secret stands here, never its value. With Secrets Manager: secret('{name}-' ~ env, key='DATABASE_PASSWORD'). #}}
      "secrets": [
        {{"name": "DATABASE_PASSWORD", "valueFrom": "{{{{ ssm('/' ~ env ~ '/{name}/DATABASE_PASSWORD') }}}}"}},
      ],
      "logConfiguration": {{
        "logDriver": "awslogs",
        "options": {{
          "awslogs-group": "/ecs/{name}-{{{{ env }}}}",
          "awslogs-region": "{{{{ aws.region }}}}",
          "awslogs-stream-prefix": "{name}",
        }},
      }},
      "healthCheck": {{
        {{# taskdef: ignore[W604] the image needs curl for this: without it, write another command, or null in place of the health check #}}
        "command": ["CMD-SHELL", "curl --fail --silent http://localhost:8080/health || exit 1"],
        "interval": 30,
        "timeout": 5,
        "retries": 3,
        "startPeriod": 60,
      }},
    }},
  ],
}}
"""


def write_template(project: NewProject) -> str:
    """Write the template."""
    fargate = project.launch_type == "fargate"
    names = {"name": project.name, "repository": name_repository(project.name)}
    head, task, container, members = (part.format(**names) for part in (HEAD, TASK, CONTAINER, MEMBERS))
    return "".join((head, task, FARGATE if fargate else EC2, container, "" if fargate else EC2_SIZE, members))


def name_repository(name: str) -> str:
    """Name the repository of a task's image: ECR takes lower case, and no two signs after each other."""
    return re.sub(r"[._-]{2,}", "-", name.lower()).strip("._-")
