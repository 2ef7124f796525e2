#!/usr/bin/env bash
# awscli 1.46.3 (PyPI) and @aws-sdk/client-ecs 3.1164.0 (npm), seen 2026-11-29.
#
# Guess before looking: a newer release of the AWS command line knows at least the members that an older one knows, since both go by
# the botocore that is installed beside them; and a client that is given a member which it does not know refuses it, in every language.
# Seen: awscli 1.46.3 brings a copy of botocore of its own (awscli/botocore, 1.43.62), older than the 1.43.64 that awscli 1.45.64
# demands, and does not look at the one that is installed beside it. It refuses unknown members before it calls anybody. The client for
# JavaScript leaves them out of the call without a word, and the call succeeds without them.
#
# Matters to everyone who registers a task definition with a new member through one of these: one of them stops, the other loses it.
# Needs pip, npm and node. Nothing is called: the client's transport is replaced, and the command line only makes a skeleton of its input.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check awscli==1.46.3 botocore==1.44.5
venv/bin/python - <<'PY'
import botocore
from pathlib import Path

import awscli

own = Path(awscli.__file__).parent / "botocore" / "__init__.py"
text = own.read_text()
version = text.partition("__version__ = '")[2].partition("'")[0]
print(f"awscli {awscli.__version__}: brings botocore {version}, beside it is {botocore.__version__}")
assert (version, botocore.__version__) == ("1.43.62", "1.44.5")
PY
status=0
AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=y venv/bin/aws ecs register-task-definition --region eu-west-1 \
    --endpoint-url http://127.0.0.1:9 --cli-input-json \
    '{"family": "f", "containerDefinitions": [], "trustedExecutionConfiguration": {}}' > aws.txt 2>&1 || status=$?
printf 'aws: status %s, %s\n' "$status" "$(grep -o 'Unknown parameter in input: "[^"]*"' aws.txt)"
grep -q 'Unknown parameter in input: "trustedExecutionConfiguration"' aws.txt

npm init -y > npm.txt
npm install --silent --no-audit --no-fund @aws-sdk/client-ecs@3.1164.0 > npm.txt 2>&1
cat > sent.js <<'JS'
const { ECSClient, RegisterTaskDefinitionCommand } = require("@aws-sdk/client-ecs");
const requestHandler = {
  handle: async (request) => {
    const sent = Buffer.from(request.body).toString();
    console.log(`client-ecs 3.1164.0 sends ${sent}`);
    process.exit(sent === '{"family":"f","containerDefinitions":[]}' ? 0 : 1);
  },
};
const credentials = { accessKeyId: "x", secretAccessKey: "y" };
const client = new ECSClient({ region: "eu-west-1", credentials, requestHandler });
client.send(
  new RegisterTaskDefinitionCommand({ family: "f", containerDefinitions: [], trustedExecutionConfiguration: {} }),
);
JS
node sent.js 2> node.txt
