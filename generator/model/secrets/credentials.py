"""What credentials of well-known kinds look like, as data. Knows nothing of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrets.pieces import split_into_pieces

# The kinds are rules of gitleaks (`aws-access-token`, `private-key`, `gitlab-pat`, `slack-*`, `stripe-access-token`, `gcp-api-key`,
# `sendgrid-api-token`, `jwt`, and those whose tokens begin with a text of their own) and plugins of Yelp/detect-secrets (`basic_auth`
# for addresses, `keyword` for connection strings); read 2026-11. The expressions are our own. What a placeholder would be is none.


class Kind(Record):
    """What a credential is called, its expression, and of which texts one is in each that has it: to look for them takes little time."""

    name: str
    pattern: Pattern
    signs: tuple[str, ...]


def make_kind(name: str, expression: str, *signs: str) -> Kind:
    return Kind(name, Pattern(expression, re.ASCII), signs)


GITLAB = ("pat", "rt", "dt", "cbt", "ptt", "ft", "oas", "agent", "soat")
KINDS = {
    "aws": make_kind(
        "an AWS access key", r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?!\w{9}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9])", "AKIA", "ASIA"
    ),
    "pem": make_kind(
        "a private key",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?s:.*?)(?:-----END [A-Z0-9 ]+-----|\Z)",
        "PRIVATE KEY",
    ),
    "gitlab": make_kind(
        "a token of GitLab", rf"\bgl(?:{'|'.join(GITLAB)})-[\w-]{{20,}}", *[f"gl{each}-" for each in GITLAB]
    ),
    "slack": make_kind(
        "a token of Slack",
        r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}|\bxapp-\d-[0-9A-Za-z-]{10,}|https://hooks\.slack\.com/(?:services/T\w+/B\w+/\w{16,}"
        r"|(?:workflows|triggers)/\w+/[\w/]{16,})",
        "xox",
        "xapp-",
        "hooks.slack",
    ),
    "stripe": make_kind("a key of Stripe", r"\b[rs]k_(?:live|test)_[0-9A-Za-z]{10,}", "k_live_", "k_test_"),
    "google": make_kind("a key of Google", r"\bAIza[\w-]{35}(?![\w-])", "AIza"),
    "sendgrid": make_kind("a key of SendGrid", r"\bSG\.[\w-]{22}\.[\w-]{43}", "SG."),
    "jwt": make_kind("a signed token", r"(?<![\w-])eyJ[\w-]{10,}+\.eyJ[\w-]{10,}+\.[\w-]{10,}", "eyJ"),
    "url": make_kind("a password", r"""(?<=://)[^\s:/@"'?#]*+:(?![$<{*%]|x+@|\d{1,5}[?#])[^\s/"'<>{}]+(?=@)""", "@"),
    "pair": make_kind(
        "a password",
        r"""(?<![A-Za-z])(?i:password|pwd|accountkey|sharedaccesskey)=(?![$<{*%]|x+\b)[^\s;&,"'<>{}]{3,}+""",
        "=",
    ),
    "terraform": make_kind("a token of Terraform", r"\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}", ".atlasv1."),
    "azure": make_kind("a secret of Azure", r"(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])", "Q~"),
    "telegram": make_kind("a token of Telegram", r"(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])", ":AA"),
}
"""By kind, those that need an expression of their own."""

PREFIXES = {
    "gho_": ("GitHub", 36), "ghp_": ("GitHub", 36), "ghr_": ("GitHub", 36), "ghs_": ("GitHub", 36), "ghu_": ("GitHub", 36),
    "github_pat_": ("GitHub", 40), "npm_": ("npm", 36), "pypi-AgE": ("PyPI", 50), "rubygems_": ("RubyGems", 40),
    "hf_": ("Hugging Face", 30), "sk-ant-": ("Anthropic", 20), "sk-proj-": ("OpenAI", 20), "sk-svcacct-": ("OpenAI", 20),
    "sk-or-v1-": ("OpenRouter", 20), "gsk_": ("Groq", 40), "pplx-": ("Perplexity", 40), "xai-": ("xAI", 40),
    "r8_": ("Replicate", 30), "sk-lf-": ("Langfuse", 20), "lsv2_pt_": ("LangSmith", 20), "lsv2_sk_": ("LangSmith", 20),
    "tvly-": ("Tavily", 20), "dckr_pat_": ("Docker", 20), "dckr_oat_": ("Docker", 20), "dop_v1_": ("DigitalOcean", 40),
    "doo_v1_": ("DigitalOcean", 40), "dor_v1_": ("DigitalOcean", 40), "hvs.": ("Vault", 20), "hvb.": ("Vault", 20),
    "hvr.": ("Vault", 20), "shpat_": ("Shopify", 30), "shpca_": ("Shopify", 30), "shppa_": ("Shopify", 30),
    "shpss_": ("Shopify", 30), "sq0atp-": ("Square", 20), "sq0csp-": ("Square", 40),
    "whsec_": ("Stripe", 20), "glsa_": ("Grafana", 30), "glc_": ("Grafana", 32), "sntrys_": ("Sentry", 40),
    "sntryu_": ("Sentry", 40), "NRAK-": ("New Relic", 20), "NRII-": ("New Relic", 20), "NRRA-": ("New Relic", 20),
    "dt0c01.": ("Dynatrace", 40), "lin_api_": ("Linear", 30), "ntn_": ("Notion", 40),
    "dp.pt.": ("Doppler", 30), "dp.st.": ("Doppler", 30), "dapi": ("Databricks", 32), "ATATT3": ("Atlassian", 40),
    "ATBB": ("Bitbucket", 28), "ATCTT3": ("Atlassian", 40), "PMAK-": ("Postman", 40), "pul-": ("Pulumi", 40),
    "pscale_tkn_": ("PlanetScale", 30), "pscale_pw_": ("PlanetScale", 30), "pscale_oauth_": ("PlanetScale", 30),
    "sbp_": ("Supabase", 40), "sb_secret_": ("Supabase", 20), "bkua_": ("Buildkite", 40), "CCIPAT_": ("CircleCI", 40),
    "CCIPRJ_": ("CircleCI", 40), "fm2_": ("Fly.io", 60), "FlyV1 ": ("Fly.io", 40), "figd_": ("Figma", 36),
    "tskey-": ("Tailscale", 20), "GOCSPX-": ("Google", 20), "ya29.": ("Google", 30), "xkeysib-": ("Brevo", 60),
    "ops_eyJ": ("1Password", 60), "ico-": ("Infracost", 32), "pnu_": ("Prefect", 30),
    "LTAI": ("Alibaba Cloud", 16), "CFPAT-": ("Contentful", 40), "EZAK": ("EasyPost", 50), "FLWSECK": ("Flutterwave", 12),
    "rdme_": ("ReadMe", 60), "tfp_": ("Typeform", 40), "AGE-SECRET-KEY-1": ("age", 50), "AKCp": ("Artifactory", 60),
    "HRKU-": ("Heroku", 36), "nfp_": ("Netlify", 36),
    "phx_": ("PostHog", 40), "snyk_uat.": ("Snyk", 20), "squ_": ("SonarQube", 36), "sqp_": ("SonarQube", 36),
    "sqa_": ("SonarQube", 36), "ABSK": ("Amazon Bedrock", 100),
    "duffel_live_": ("Duffel", 40), "duffel_test_": ("Duffel", 40), "lmf-": ("Lemon Squeezy", 40), "pat-na1-": ("HubSpot", 30),
    "pat-eu1-": ("HubSpot", 30), "patrn_": ("Patreon", 30), "EAACEd": ("Facebook", 60), "mlsn.": ("MailerSend", 40),

}  # fmt: skip
"""By what a token begins with: whose it is, and the fewest characters behind that."""
SIGNS = tuple(dict.fromkeys((*[sign for kind in KINDS.values() for sign in kind.signs], *PREFIXES)))


WITHIN = ("@", "=", ".atlasv1.", "Q~", ":AA", "PRIVATE KEY", "k_live_", "k_test_")
"""Signs that may occur anywhere. All others are at the beginning of a word."""
ONLY_WORDS = bytes(byte if byte < 128 and chr(byte).isalnum() else ord(" ") for byte in range(256))
BEGINNINGS = frozenset(sign.encode().translate(ONLY_WORDS).split()[0][:3] for sign in SIGNS if sign not in WITHIN)
"""The first three characters of the words that signs begin with."""
cut_beginning = itemgetter(slice(3))


def may_hold_credential(text: str) -> bool:
    """Report whether a text may hold a credential. Most texts have no word that begins like a sign."""
    if any([sign in text for sign in WITHIN]):  # noqa: C419 - faster than a generator
        return True
    return any(map(has_beginning, split_into_pieces(text))) and any([sign in text for sign in SIGNS])  # noqa: C419


def has_beginning(text: str) -> bool:
    """Report whether a word of a text begins like a sign."""
    words = text.encode("utf-8", "surrogatepass").translate(ONLY_WORDS).split()
    return not BEGINNINGS.isdisjoint(map(cut_beginning, words))


def find_matches(text: str) -> Iterator[tuple[int, int, str]]:
    """Find credentials in a text, kind by kind, with what each is; an expression is compiled where a text has a sign of it."""
    for kind, (_, pattern, signs) in KINDS.items():
        if any([sign in text for sign in signs]):  # noqa: C419
            yield from ((*match.span(), kind) for match in pattern.finditer(text))
    for prefix, (_, least) in PREFIXES.items():
        if prefix in text:
            for match in re.finditer(
                rf"(?<![A-Za-z0-9]){re.escape(prefix)}([A-Za-z0-9_.~+/=-]{{{least - 1},}}[A-Za-z0-9_~+/=-])", text
            ):
                if match[1].strip("xX"):  # else it is a placeholder
                    yield (*match.span(), prefix)


def find_credential(text: str) -> str | None:
    """Find what a text looks to hold, if it is a credential of a kind that can be told by itself; of several the first one."""
    found = min(find_matches(text), default=None) if may_hold_credential(text) else None
    if found is None:
        return None
    kind = found[2]
    return KINDS[kind].name if kind in KINDS else f"a token of {PREFIXES[kind][0]}"


def find_credential_spans(text: str) -> list[tuple[int, int]]:
    """Find all such credentials in a text, or what is left of them."""
    return [(start, end) for start, end, _ in sorted(find_matches(text))] if may_hold_credential(text) else []


def list_credentials(text: str) -> list[str]:
    """List such credentials without what stands before a password: a user, or a name."""
    found = []
    for start, end, kind in sorted(find_matches(text)) if may_hold_credential(text) else ():
        mark = {"url": ":", "pair": "="}.get(kind)
        credential = text[start:end]
        found.append(credential.partition(mark)[2] if mark else credential)
    return found
