"""What AWS, or the way to it, answers instead of doing what it was asked: in one line, with what to do. Retries nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.aws.calls.denials import Denial, advise_denied, read_denial
from generator.model.findings import InputError
from generator.model.secrets.scanning import hide_credentials

if TYPE_CHECKING:
    from botocore.exceptions import BotoCoreError, ClientError

EXPIRED = frozenset(("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"))
UNKNOWN = frozenset(
    (
        "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException",
        "InvalidAccessKeyId", "AuthFailure", "MissingAuthenticationToken", "IncompleteSignature",
    )
)  # fmt: skip
DENIED = frozenset(("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized", "OptInRequired"))
THROTTLED = frozenset(
    (
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "PriorRequestNotComplete", "LimitExceededException",
    )
)  # fmt: skip
"""Error codes by what they mean for the caller. Source: the common errors of the AWS query protocol and of ECS's API reference, and what
botocore 1.44.5 retries (`retries/standard.py`), read 2026-11-26."""

NO_CREDENTIALS = frozenset(
    (
        "NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError", "SSOTokenLoadError",
        "UnauthorizedSSOTokenError", "SSOError", "LoginError", "LoginRefreshRequired", "LoginTokenLoadError",
    )
)  # fmt: skip
UNREACHABLE = frozenset(
    (
        "EndpointConnectionError", "ConnectionClosedError", "ConnectTimeoutError", "ReadTimeoutError", "HTTPClientError",
        "ProxyConnectionError", "SSLError", "ConnectionError", "ResponseStreamingError",
    )
)  # fmt: skip
"""Names of botocore's exceptions, by what they mean for the caller; its classes are not imported for that."""

BROKEN = frozenset(("InternalError", "InternalFailure", "InternalServerError", "ServerException", "ServiceUnavailable"))
"""Error codes that are AWS's own fault, so that the same request may do later. Source: as above."""

ADDRESSED = re.compile(r"<[\w.]+ object at 0x[0-9A-Fa-f]+>(?:: )?")
"""How urllib3 names the connection that failed: by its address in memory, which is another one on each run."""

SIGN_IN = "sign in again, for instance with `aws sso login`, or name another `--profile`"
SIGN_IN_ACTION = "signin:CreateOAuth2Token"
"""What `aws login` needs. Source: `LoginInsufficientPermissions` in botocore 1.44.5."""

NAMED = re.compile(r"\baws (?:sso )?login\b")
INSTALLED = re.compile(r"pip install \"?(?P<name>[\w-]+\[[\w,]+\])\"?")
"""Commands that messages of botocore 1.44.5 name: to sign in, and to install what is missing."""

NOT_SIGNED_UP = "OptInRequired"


class AwsError(InputError):
    """AWS, or the way to it, did not do what it was asked. `code` is AWS's error code, empty if the request did not get there.

    `operation` is what was asked, as IAM spells it: `ecs:RegisterTaskDefinition`; of a `denied` request, what AWS states that it
    denied. `unreachable` says that nobody answered, `unreadable` that the answer tells nothing, and `absent` that there are no credentials.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        operation: str = "",
        help: str | None = None,
        unreachable: bool = False,
        unreadable: bool = False,
        denied: bool = False,
        absent: bool = False,
    ) -> None:
        super().__init__(hide_credentials(message), help)
        self.code = code
        self.operation = operation
        self.unreachable = unreachable
        self.unreadable = unreadable
        self.denied = denied or code in DENIED
        self.absent = absent

    @property
    def expired(self) -> bool:
        """Whether the caller's credentials are not valid any more."""
        return self.code in EXPIRED

    @property
    def unsure(self) -> bool:
        """Whether what was asked for may have been done all the same."""
        return self.unreachable or self.unreadable

    @property
    def passing(self) -> bool:
        """Whether the same request may do later, without anybody doing anything about it."""
        return self.unreachable or self.code in THROTTLED or self.code in BROKEN


def tell_answer(error: ClientError, operation: str) -> AwsError:
    """Find an error that AWS answered."""
    said = error.response.get("Error", {})
    code, text = str(said.get("Code", "")), " ".join(str(said.get("Message", "")).split()).rstrip(".")
    text = "" if text.startswith("<") else text  # a page, from something between AWS and us
    if code in EXPIRED:
        return AwsError("the AWS credentials have expired", code=code, operation=operation, help=SIGN_IN, absent=True)
    if code in UNKNOWN:
        message = f"AWS does not know these credentials: {text or code}"
        return AwsError(message, code=code, operation=operation, help="run `aws sts get-caller-identity`")
    denial = read_denial(text)
    if denial is not None or code in DENIED:
        return refuse_denied(denial or Denial(), code, text, operation)
    if code in THROTTLED:
        attempts = error.response.get("ResponseMetadata", {}).get("RetryAttempts", 0) + 1
        message = f"AWS still throttles `{operation}` after {attempts} attempts: {text or code}"
        return AwsError(message, code=code, operation=operation, help="try again later")
    return AwsError(f"`{operation}` failed: {text or code}", code=code, operation=operation)


def refuse_denied(denial: Denial, code: str, text: str, operation: str) -> AwsError:
    """Refuse a request that AWS denies, by the name of what it denies: that may be another action than the one that was asked for."""
    asked = operation.replace("efs:", "elasticfilesystem:").replace(
        "elbv2:", "elasticloadbalancing:"
    )  # as IAM calls it
    if code == NOT_SIGNED_UP:
        message, help = f"AWS denies `{asked}`: {text or code}", "let the account sign up for that service"
        return AwsError(message, code=code, operation=asked, help=help, denied=True)
    action = denial.action or asked
    needing = f", which `{asked}` needs" if action.lower() != asked.lower() else ""
    message = f"AWS denies `{action}`{needing}: {text or code}"
    return AwsError(message, code=code, operation=action, help=advise_denied(denial, action), denied=True)


def refuse_answer(operation: str) -> AwsError:
    """Refuse an answer that nobody can read."""
    message = f"the answer to `{operation}` does not look like one from AWS"
    help = "check `--endpoint-url`, or the proxy in between"
    return AwsError(message, operation=operation, help=help, unreadable=True)


def tell_failure(error: BotoCoreError, operation: str) -> AwsError:
    """Report what kept a request from being sent or answered."""
    name, text = type(error).__name__, " ".join(ADDRESSED.sub("", str(error)).split()).rstrip(".")
    if name in NO_CREDENTIALS:
        message = "there are no AWS credentials" if name == "NoCredentialsError" else f"no AWS credentials: {text}"
        return AwsError(message, operation=operation, help=advise_signing_in(text), absent=True)
    if name == "ProfileNotFound":
        return AwsError(text[:1].lower() + text[1:], help="`aws configure list-profiles` lists them")
    if name == "ConfigParseError":
        mend = "correct that file, or set `AWS_CONFIG_FILE` to another"
        return AwsError(f"the AWS configuration cannot be read: {text[:1].lower()}{text[1:]}", help=mend)
    if name == "MissingDependencyException":
        message = f"these credentials need a library that is not installed: {text.removeprefix('Missing Dependency: ')}"
        return AwsError(message, operation=operation, help=advise_missing(text), absent=True)
    if name == "LoginInsufficientPermissions":
        allow = advise_denied(Denial(SIGN_IN_ACTION), SIGN_IN_ACTION)
        return AwsError(f"no AWS credentials: {text}", operation=operation, help=allow, absent=True)
    if name == "NoRegionError":
        return AwsError("no AWS region is set", help="set `aws.region` in the overlay, or `--region`")
    if name in UNREACHABLE:
        return AwsError(f"cannot reach AWS for `{operation}`: {text}", operation=operation, unreachable=True)
    if name == "ParamValidationError":
        text = re.sub(r", value: .*?(?=, (?:type|valid))", "", text)  # which may be a secret
        message = f"the installed botocore refuses the parameters of `{operation}`: {text}"
        help = "a newer member needs a newer boto3" if "Unknown parameter" in text else None
        return AwsError(message, operation=operation, help=help)
    what = f"`{operation}` failed" if operation else "no AWS session can be opened"
    return AwsError(f"{what}: {text}", operation=operation)


def advise_signing_in(text: str) -> str:
    """State how to get credentials: by the command that botocore names, if it names one."""
    named = NAMED.search(text)
    return f"sign in again with `{named[0]}`, or name another `--profile`" if named else SIGN_IN


def advise_missing(text: str) -> str | None:
    """State what to install: the extra has it, and so has the package that botocore names."""
    named = INSTALLED.search(text)
    return f'`pip install "{named["name"]}"`, or install the extra `aws` of taskdef again' if named else None
