"""The tags that a revision gets when we register it."""

from __future__ import annotations

HASH_TAG, COMMIT_TAG, VERSION_TAG = "taskdef:hash", "taskdef:commit", "taskdef:version"
"""Tags that a revision gets when it is registered: what its artifact hashes to, git's commit, and what `git describe` says of it."""

CONTENT_TAG = "taskdef:content"
"""The tag with the fingerprint of what is registered. ECS can be asked for that again, so it shows whether the other tags still fit."""

DIRTY = "-dirty"
"""How the commit of a revision ends whose artifact was registered from uncommitted changes."""

OWN_TAGS = (HASH_TAG, COMMIT_TAG, VERSION_TAG, CONTENT_TAG)
