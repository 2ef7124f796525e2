"""The tags that a revision gets when we register it."""

from __future__ import annotations

HASH_TAG, COMMIT_TAG, VERSION_TAG = "taskdef:hash", "taskdef:commit", "taskdef:version"
"""Tags that a revision gets when it is registered: what its artifact hashes to, git's commit, and what `git describe` says of it."""

DIRTY = "-dirty"
"""How the commit of a revision ends whose artifact was not what is committed there."""

OWN_TAGS = (HASH_TAG, COMMIT_TAG, VERSION_TAG)
