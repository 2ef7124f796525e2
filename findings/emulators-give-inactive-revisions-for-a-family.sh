#!/usr/bin/env bash
# moto 5.2.5 and ministack 1.5.33, asked by botocore 1.44.5, seen 2026-11-29.
#
# Guess before looking: DescribeTaskDefinition for a family without a number gives the latest ACTIVE revision, as its documentation
# says ("the latest ACTIVE revision in that family"), in emulators too.
# Seen: both give the newest revision, though it was deregistered, and an older one is ACTIVE.
#
# Matters to whoever compares "the newest revision" with what is to be registered: a task cannot be started from an INACTIVE one.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
for peer in moto ministack; do
    python3 -m venv "$folder/$peer"
done
"$folder/moto/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' botocore==1.44.5
"$folder/ministack/bin/pip" install --quiet --disable-pip-version-check ministack==1.5.33

cat > "$folder/ask.py" <<'PY'
import sys
import time

import botocore.session
from botocore.exceptions import EndpointConnectionError

port = sys.argv[1]
client = botocore.session.get_session().create_client(
    "ecs", "us-east-1", endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="x", aws_secret_access_key="x"
)
for _ in range(300):
    try:
        client.list_task_definitions()
        break
    except EndpointConnectionError:
        time.sleep(0.1)
for _ in range(2):
    client.register_task_definition(family="app", containerDefinitions=[{"name": "a", "image": "a", "memory": 128}])
client.deregister_task_definition(taskDefinition="app:2")
told = client.describe_task_definition(taskDefinition="app")["taskDefinition"]
print(f"{sys.argv[2]:9} gives app:{told['revision']}, {told['status']}")
sys.exit((told["revision"], told["status"]) != (2, "INACTIVE"))
PY

ask() { # name, port, command
    env BIND_HOST=127.0.0.1 GATEWAY_PORT="$2" IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 SERVICES=ecs TMPDIR="$folder" "${@:3}" \
        > "$folder/$1.txt" 2>&1 &
    server=$!
    "$folder/moto/bin/python" "$folder/ask.py" "$2" "$1"
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}
ask moto 14572 "$folder/moto/bin/moto_server" -H 127.0.0.1 -p 14572
ask ministack 14573 "$folder/ministack/bin/ministack"
