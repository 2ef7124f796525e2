#!/usr/bin/env bash
# ecs-deploy 1.17.0 with moto 5.2.5's server, seen 2026-11-29.
#
# Guess before looking: `ecs update FAMILY --image CONTAINER IMAGE` registers a revision with the other image. Tags of the old revision
# are left out, since they are no part of a task definition, and the old revision stays.
# Seen: the new revision has all tags of the old one, so tags with a commit, version or hash describe something else. The old revision
# is deregistered unless `--no-deregister` is given, though a service may run it.
#
# Matters to whoever reads from a tag what a revision is, or goes back to an earlier one.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
for peer in moto ecs-deploy; do
    python3 -m venv "$folder/$peer"
done
"$folder/moto/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' botocore==1.44.5
"$folder/ecs-deploy/bin/pip" install --quiet --disable-pip-version-check ecs-deploy==1.17.0
export AWS_ENDPOINT_URL=http://127.0.0.1:14574 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1
"$folder/moto/bin/moto_server" -H 127.0.0.1 -p 14574 > "$folder/moto.txt" 2>&1 &
server=$!

cat > "$folder/ask.py" <<'PY'
import sys
import time

import botocore.session
from botocore.exceptions import EndpointConnectionError

client = botocore.session.get_session().create_client("ecs")
if sys.argv[1] == "register":
    for _ in range(300):
        try:
            client.list_task_definitions()
            break
        except EndpointConnectionError:
            time.sleep(0.1)
    client.register_task_definition(
        family="app",
        containerDefinitions=[{"name": "app", "image": "app:v1", "memory": 128}],
        tags=[{"key": "version", "value": "v1"}],
    )
    sys.exit()
told = [client.describe_task_definition(taskDefinition=f"app:{number}", include=["TAGS"]) for number in (1, 2)]
seen = [
    (each["taskDefinition"]["containerDefinitions"][0]["image"], each["taskDefinition"]["status"], each["tags"][0]["value"])
    for each in told
]
for number, (image, status, version) in enumerate(seen, 1):
    print(f"app:{number} has the image {image}, is {status}, and is tagged version={version}")
sys.exit(seen != [("app:v1", "INACTIVE", "v1"), ("hotfix:1", "ACTIVE", "v1")])
PY
"$folder/moto/bin/python" "$folder/ask.py" register
"$folder/ecs-deploy/bin/ecs" update app --image app hotfix:1 > "$folder/update.txt"
"$folder/moto/bin/python" "$folder/ask.py" look
