"""What credentials of well-known kinds look like, as data. Knows nothing of names."""

from __future__ import annotations

import re

from generator.model.patterns import Pattern

# The kinds are rules of gitleaks (`aws-access-token`, `private-key`, `github-pat`, `github-fine-grained-pat`, `gitlab-pat`, `slack-*`,
# `stripe-access-token`, `gcp-api-key`, `sendgrid-api-token`, `npm-access-token`, `jwt`) and plugins of Yelp/detect-secrets (`basic_auth`
# for addresses, `keyword` for connection strings); read 2026-11. The expressions are our own. What a placeholder would be is none.
KINDS = {
    "aws": ("an AWS access key", r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?!\w{9}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])"),
    "pem": ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?s:.*?)(?:-----END [A-Z ]+-----|\Z)"),
    "github": ("a token of GitHub", r"\b(?:gh[opsru]_[A-Za-z0-9]{36,}|github_pat_\w{40,})"),
    "gitlab": ("a token of GitLab", r"\bglpat-[\w-]{20,}"),
    "slack": (
        "a token of Slack",
        r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}|https://hooks\.slack\.com/services/T\w+/B\w+/\w{16,}",
    ),
    "stripe": ("a key of Stripe", r"\b[rs]k_(?:live|test)_[0-9A-Za-z]{10,}"),
    "google": ("a key of Google", r"\bAIza[\w-]{35}(?![\w-])"),
    "sendgrid": ("a key of SendGrid", r"\bSG\.[\w-]{22}\.[\w-]{43}"),
    "npm": ("a token of npm", r"\bnpm_[A-Za-z0-9]{36}\b"),
    "jwt": ("a signed token", r"(?<![\w-])eyJ[\w-]{10,}+\.eyJ[\w-]{10,}+\.[\w-]{10,}"),
    "url": ("a password", r"""(?<=://)[^\s:/@"'?#]*+:(?![$<{*%]|x+@)[^\s/@"'<>{}]++(?=@[^\s/@])"""),
    "pair": (
        "a password",
        r"""(?<![A-Za-z])(?i:password|pwd|accountkey|sharedaccesskey)=(?![$<{*%]|x+\b)[^\s;&,"'<>{}]{3,}+""",
    ),
}
"""By kind: what it is called, and the expression for it."""

ANY = Pattern("|".join(f"(?P<{kind}>{expression})" for kind, (_, expression) in KINDS.items()), re.ASCII)
SIGNS = (
    "@", "=", "AKIA", "ASIA", "PRIVATE KEY", "gho_", "ghp_", "ghr_", "ghs_", "ghu_", "github_pat_", "glpat-", "xox", "hooks.slack",
    "k_live_", "k_test_", "AIza", "SG.", "npm_", "eyJ",
)  # fmt: skip
"""Of these a text has at least one if it has a credential: to look for them takes a tenth of the time."""


def may_hold_credential(text: str) -> bool:
    """Whether it is worth to look closer."""
    return any([sign in text for sign in SIGNS])  # noqa: C419 - faster than a generator


def find_credential(text: str) -> str | None:
    """Find what a text looks to hold, if it is a credential of a kind that can be told by itself."""
    match = ANY.search(text) if may_hold_credential(text) else None
    return KINDS[match.lastgroup][0] if match and match.lastgroup else None


def find_credential_spans(text: str) -> list[tuple[int, int]]:
    """Find all such credentials in a text, or what is left of them."""
    return [match.span() for match in ANY.finditer(text)]


def list_credentials(text: str) -> list[str]:
    """List such credentials without what stands before a password: a user, or a name."""
    found = []
    for match in ANY.finditer(text) if may_hold_credential(text) else ():
        mark = {"url": ":", "pair": "="}.get(match.lastgroup or "")
        found.append(match[0].partition(mark)[2] if mark else match[0])
    return found
