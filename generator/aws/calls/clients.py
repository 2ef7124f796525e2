"""The way to AWS: one session, a client a service, and calls whose failures are told in a line. Knows nothing of task definitions."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from threading import Lock

from generator import __version__
from generator.aws.calls.errors import THROTTLED, refuse_answer, tell_answer, tell_failure
from generator.model.account import Access
from generator.model.account_events import FamilyBusy, OnAccountEvent, RequestThrottled, ignore_account_event
from generator.model.findings import InputError
from generator.model.nodes import Value
from generator.model.records import Record
from generator.model.secrets.scanning import hide_credentials

ACCOUNT_DIGITS = 12
ATTEMPTS = 12
"""How often a request is made that AWS throttles: for some 75 seconds on the average, as botocore waits longer each time."""

LOST = 4
"""How often a request is made that nobody answers: then it is rather the address or the network than the moment."""

ONCE = ("RegisterTaskDefinition", "UpdateService")
"""What makes something new each time it is asked for."""

BUSY = "Too many concurrent attempts to create a new revision of the specified family"
"""ECS's message, in a ClientException that no SDK retries, while another caller registers (hashicorp/terraform-provider-aws issue 9777)."""

LONGEST = 20.0
"""Seconds between two attempts at most, as botocore has it too."""

CONNECT, READ = 10, 60
"""Seconds that AWS gets to accept a connection, and to answer."""


class Caller(Record):
    """Who AWS takes us for."""

    account: str
    arn: str


class Clients:
    """Clients of one session, made when they are first needed; safe to be used by several threads."""

    def __init__(self, access: Access, *, on_event: OnAccountEvent = ignore_account_event) -> None:
        """Open a session, for the region that option, environment or profile choose; without one, `within` says where to go.

        `on_event` hears when a request has to wait.
        """
        try:
            import boto3
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError

            from generator.aws.calls.answers import make_session
        except ImportError as error:
            message = f"this command needs boto3, which is not installed ({error.name})"
            raise InputError(message, "install the extra `aws`: `pip install '.[aws]'` in a clone of taskdef") from None
        self.access = access
        self.on_event = on_event
        self.lock = Lock()
        self.clients: dict[tuple[str, str], Value] = {}
        self.config = Config(
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            user_agent_extra=f"taskdef/{__version__}",
            connect_timeout=CONNECT,
            read_timeout=READ,
        )
        try:
            chosen = access.region or access.usual_region
            self.core = make_session()
            self.session = boto3.session.Session(
                profile_name=access.profile, region_name=chosen, botocore_session=self.core
            )
            self.chosen_region = self.session.region_name or ""
            self.region_source = name_source(access, self.chosen_region)
        except BotoCoreError as error:
            raise tell_failure(error, "") from None
        self.region = self.chosen_region

    def within(self, region: str) -> Clients:
        """Give the same clients with another region to go to, unless the caller chose one; an empty one is none."""
        if region == self.region or self.chosen_region:
            return self
        other = copy(self)
        other.region = region
        return other

    def get(self, service: str, region: str = "") -> Value:
        """Get the client of a service, in the session's region or another."""
        key = (service, region or self.region)
        with self.lock:
            if key not in self.clients:
                self.clients[key] = self.make(*key)
            return self.clients[key]

    def make(self, service: str, region: str) -> Value:
        """Make the client of a service that says when it has to wait."""
        from botocore.exceptions import BotoCoreError

        try:
            client = self.session.client(
                service, region_name=region or None, endpoint_url=self.access.endpoint_url, config=self.config
            )
        except (BotoCoreError, ValueError) as error:  # an endpoint that is no address is a ValueError
            raise self.refuse_client(error, service, region) from None
        event = f"needs-retry.{client.meta.service_model.service_id.hyphenize()}"
        client.meta.events.register_first(f"{event}.RegisterTaskDefinition", wait_for_others)
        client.meta.events.register_first(event, give_up)
        for operation in ONCE:
            client.meta.events.register_first(f"{event}.{operation}", keep_from_doing_twice)
        client.meta.events.register(event, partial(report_wait, self.on_event))
        return client

    def refuse_client(self, error: Exception, service: str, region: str) -> InputError:
        """State why there can be no client, and what gave the address or the region that is none."""
        from botocore.exceptions import BotoCoreError, InvalidRegionError

        if isinstance(error, InvalidRegionError):
            source = self.region_source if region == self.chosen_region else "an overlay sets it"
            return InputError(f"`{region}` is not the name of a region, and {source}")
        if isinstance(error, BotoCoreError):
            return tell_failure(error, service)
        address, source = find_endpoint(self.access, self.core.get_service_model(service).service_id)
        said = f"`{address}` is not a valid address" if address else "the address is not valid"
        return InputError(hide_credentials(f"{said}, and {source}: {error}"))

    def call(self, service: str, operation: str, /, *, region: str = "", **parameters: Value) -> Value:
        """Make a request, as `call("ecs", "DescribeServices", cluster=…)`, and give the answer. What fails is an AwsError."""
        from botocore import xform_name

        with telling(f"{service}:{operation}"):
            return getattr(self.get(service, region), xform_name(operation))(**parameters)

    def list(
        self,
        service: str,
        operation: str,
        member: str,
        /,
        *,
        region: str = "",
        most: int | None = None,
        **parameters: Value,
    ) -> list[Value]:
        """Make a request as often as it has further pages, and give what all have under a member, or as much as is wanted."""
        from botocore import xform_name

        config = {} if most is None else {"PaginationConfig": {"MaxItems": most}}
        with telling(f"{service}:{operation}"):
            pages = self.get(service, region).get_paginator(xform_name(operation)).paginate(**parameters, **config)
            return [item for page in pages for item in page.get(member, ())]

    def turn_pages(
        self, service: str, operation: str, /, *, member: str = "nextToken", **parameters: Value
    ) -> Iterator[Value]:
        """Request all pages of an operation for which botocore has no paginator. A token that comes again is refused: it has no end."""
        seen: set[str] = set()
        following: dict[str, str] = {}
        while True:
            answer = self.call(service, operation, **parameters, **following)
            new = answer.get(member, "")
            if new in seen:
                raise refuse_answer(f"{service}:{operation}")
            yield answer
            if not new:
                return
            seen.add(new)
            following = {member: new}

    def find_caller(self) -> Caller:
        """Ask who we are. An account has 12 digits; one that has not is no answer of AWS, and may be anything."""
        answer = self.call("sts", "GetCallerIdentity")
        account, arn = str(answer.get("Account", "")), str(answer.get("Arn", ""))
        if account and not (len(account) == ACCOUNT_DIGITS and account.isascii() and account.isdigit()):
            raise refuse_answer("sts:GetCallerIdentity")
        return Caller(account, arn)


def name_source(access: Access, region: str) -> str:
    """Name what chose the region: the option goes before the environment, and that before the profile."""
    if access.region:
        return "the option `--region` sets it"
    if access.usual_region:
        return "`AWS_REGION` sets it"
    if os.environ.get("AWS_DEFAULT_REGION") == region:
        return "`AWS_DEFAULT_REGION` sets it"
    return f"the profile `{access.profile or os.environ.get('AWS_PROFILE', 'default')}` sets it"


def find_endpoint(access: Access, service: str) -> tuple[str, str]:
    """Find the address that a client of a service, by its id, is given, as far as it is known here, and name what chose it.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html (2026-11-29): the option goes before the variables, the
    service's own before that of all, and these before the profile.
    """
    if access.endpoint_url is not None:
        return access.endpoint_url, "the option `--endpoint-url` sets it"
    for name in (f"AWS_ENDPOINT_URL_{service.upper().replace(' ', '_')}", "AWS_ENDPOINT_URL"):
        if address := os.environ.get(name):
            return address, f"`{name}` sets it"
    return "", "the AWS configuration sets it"


@contextmanager
def telling(operation: str) -> Iterator[None]:
    """Report what a request fails of as an AwsError."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except ClientError as error:
        raise tell_answer(error, operation) from None
    except BotoCoreError as error:
        raise tell_failure(error, operation) from None
    except ResponseParserError:
        raise refuse_answer(operation) from None


def give_up(response: Value, attempts: int, **_: Value) -> bool | None:
    """Tell botocore not to try again what was not answered so many times."""
    return False if response is None and attempts >= LOST else None


def keep_from_doing_twice(response: Value, caught_exception: Value = None, **_: Value) -> bool | None:
    """Tell botocore not to try again what may have been done already, though nobody answered."""
    from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError

    unsent = isinstance(caught_exception, ConnectTimeoutError | EndpointConnectionError)
    return False if response is None and not unsent else None


def wait_for_others(response: Value, attempts: int, **_: Value) -> float | None:
    """Tell botocore to try again, and when, while another caller registers a revision of the same family."""
    if response is None or attempts >= ATTEMPTS:
        return None
    said = response[1].get("Error", {})
    if said.get("Code") != "ClientException" or BUSY not in said.get("Message", ""):
        return None
    return random.uniform(0, min(LONGEST, 2.0**attempts))  # noqa: S311 - so that two callers do not meet again


def report_wait(on_event: OnAccountEvent, response: Value, attempts: int, operation: Value, **_: Value) -> None:
    """Report that a request has to be made again."""
    if response is None or attempts >= ATTEMPTS:
        return
    said = response[1].get("Error", {})
    asked = f"{operation.service_model.service_name}:{operation.name}"
    if said.get("Code") in THROTTLED:
        on_event(RequestThrottled(asked, attempts, ATTEMPTS))
    elif BUSY in said.get("Message", ""):
        on_event(FamilyBusy(attempts, ATTEMPTS))
