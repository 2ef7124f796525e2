#!/usr/bin/env bash
# botocore 1.44.5 (the service model of ECS), seen 2026-11-29.
#
# Guess before looking: each stage at which a lifecycle hook can run is one that a service deployment can be at, so that a deployment that
# a hook holds has the hook's stage as its `lifecycleStage`.
# Seen: hooks may run at PRE_PRODUCTION_TRAFFIC_SHIFT, and no service deployment is ever at a stage of that name. The other way round,
# SCALE_UP, BAKE_TIME and CLEAN_UP are stages without hooks.
#
# Matters to programs that tell at which stage a PAUSE hook holds a deployment: the stage is a text to quote, and no member of a closed set.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check botocore==1.44.5
"$folder/venv/bin/python" - <<'PY'
import botocore.session

model = botocore.session.get_session().get_service_model("ecs")
hooks = set(model.shape_for("DeploymentLifecycleHookStage").enum)
stages = set(model.shape_for("ServiceDeploymentLifecycleStage").enum)
print("stages of hooks alone:", sorted(hooks - stages))
print("stages of deployments alone:", sorted(stages - hooks))
expected = ({"PRE_PRODUCTION_TRAFFIC_SHIFT"}, {"SCALE_UP", "BAKE_TIME", "CLEAN_UP"})
raise SystemExit(0 if (hooks - stages, stages - hooks) == expected else "changed")
PY
