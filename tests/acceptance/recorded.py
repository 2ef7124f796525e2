"""A server that plays AWS from a script: for what moto does not do, like slow deployments, circuit breakers and throttling.

A scenario is data: for each operation the steps that it goes through, the last of which stays.

    play({
        "sts:GetCallerIdentity": [{"Account": "123456789012", "Arn": "arn:…", "UserId": "AIDA"}],
        "ecs:DescribeServices": [
            Step({"services": [before]}, until="ecs:UpdateService"),
            Step(Refusal("ThrottlingException", "Rate exceeded"), seconds=30),
            Step({"services": [during]}, times=3),
            {"services": [after]},
        ],
        "ecs:DescribeTaskDefinition": describe,     # a function of the parameters
    })

Each answer is checked against botocore's model when the scenario is made, but for a `Raw` one, which is bytes. What a scenario does not
have is answered by 501, which no client tries again, and is kept in `surprises`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple, Self, TypeAlias

from generator.model.nodes import Value
from tests.acceptance.running import Ecs
from tests.acceptance.wire import Reply, Request, encode_answer, encode_error, find_operation, read_request


class Refusal(NamedTuple):
    """An error, as AWS gives it."""

    code: str
    message: str
    status: int = 400


class Lost(NamedTuple):
    """An answer that does not arrive: what was asked for is done, and the connection ends."""


class Raw(NamedTuple):
    """An answer that AWS would never give: bytes as they are, checked against nothing."""

    body: bytes
    status: int = 200


Answer: TypeAlias = dict[str, Value] | Refusal | Lost | Raw
"""AWS reports: an answer as botocore would give it, with times as texts, an error, nothing, or on purpose nonsense."""

NOTHING = Reply(0, {}, b"")
"""What is written where the answer is lost."""


class Step(NamedTuple):
    """An answer, and for how long it is given: until an operation is called, so many seconds, or so many calls."""

    answer: Answer
    times: int = 1
    seconds: float | None = None
    until: str | None = None


Steps: TypeAlias = Sequence[Answer | Step] | Callable[[Value], Answer]
Scenario: TypeAlias = Mapping[str, Steps]


class Played(NamedTuple):
    """A step that has been written as bytes."""

    reply: Reply
    times: int
    seconds: float | None
    until: str | None


def encode(operation: str, answer: Answer) -> Reply:
    """Write an answer or an error as bytes."""
    if isinstance(answer, Lost):
        return NOTHING
    if isinstance(answer, Raw):
        return Reply(answer.status, {"Content-Type": "application/x-amz-json-1.1"}, answer.body)
    if isinstance(answer, Refusal):
        return encode_error(operation, answer.status, answer.code, answer.message)
    return encode_answer(operation, answer)


def prepare(operation: str, steps: Sequence[Answer | Step]) -> list[Played]:
    """Write each step as bytes, which checks it too."""
    assert steps, f"{operation} has no step"
    made = [Step(each) if isinstance(each, dict | Refusal | Lost | Raw) else each for each in steps]
    for step in made:
        assert step.until is None or find_operation(step.until)
    return [Played(encode(operation, step.answer), *step[1:]) for step in made]


class Part:
    """The steps of one operation, and which one is being played."""

    def __init__(self, steps: list[Played], speed: float) -> None:
        self.steps = steps
        self.speed = speed
        self.calls = 0
        self.began: float | None = None
        self.mark = 0

    def advance(self, counts: Counter[str]) -> Reply:
        """Give the answer to the next call; `counts` is how often each operation has been called so far."""
        while len(self.steps) > 1 and self.is_over(self.steps[0], counts):
            del self.steps[0]
            self.calls, self.began = 0, None
            self.mark = counts[self.steps[0].until or ""]
        self.began = monotonic() if self.began is None else self.began
        self.calls += 1
        return self.steps[0].reply

    def is_over(self, step: Played, counts: Counter[str]) -> bool:
        """Tell whether a step has been played for as long as it is given."""
        if step.until is not None:
            return counts[step.until] > self.mark
        if step.seconds is not None:
            return self.began is not None and (monotonic() - self.began) * self.speed >= step.seconds
        return self.calls >= step.times


class Recorded:
    """The server: plays one scenario after the other, and keeps what it was asked.

    A context manager: it listens on loopback inside of it.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.surprises: list[str] = []
        self.parts: dict[str, Part] = {}
        self.functions: dict[str, Callable[[Value], Answer]] = {}
        self.lock = Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), make_handler(self))
        self.server.daemon_threads = True
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        """What makes a client of AWS talk to this server."""
        return Ecs(self.url).environment

    def play(self, scenario: Scenario, *, speed: float = 1) -> None:
        """Play a scenario from its beginning; its seconds pass `speed` times as fast."""
        parts: dict[str, Part] = {}
        functions: dict[str, Callable[[Value], Answer]] = {}
        for operation, steps in scenario.items():
            find_operation(operation)
            if callable(steps):
                functions[operation] = steps
            else:
                parts[operation] = Part(prepare(operation, steps), speed)
        with self.lock:
            self.parts, self.functions = parts, functions
            self.requests.clear()
            self.surprises.clear()

    def list_calls(self, *operations: str) -> list[Value]:
        """List the parameters with which an operation, or each of several, was called, in their order."""
        return [each.parameters for each in self.requests if each.operation in operations]

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer one request. Whatever goes wrong is a mistake of the test, and is kept for it."""
        with self.lock:
            try:
                request = read_request(method, target, headers, body)
                self.requests.append(request)
                return self.choose(request)
            except (AssertionError, KeyError, ValueError, TypeError) as error:
                self.surprises.append(f"{type(error).__name__}: {error}")
                return Reply(501, {}, str(error).encode())

    def choose(self, request: Request) -> Reply:
        """Choose the answer to a request."""
        function = self.functions.get(request.operation)
        if function is not None:
            return encode(request.operation, function(request.parameters))
        assert request.operation in self.parts, f"the scenario has no {request.operation}, with {request.parameters}"
        return self.parts[request.operation].advance(Counter(each.operation for each in self.requests))


def make_handler(recorded: Recorded) -> type[BaseHTTPRequestHandler]:
    """Make what `http.server` makes for every request."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = recorded.answer(self.command, self.path, headers, body)
            if reply is NOTHING:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "content-length" not in {name.lower() for name in reply.headers}:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - what `http.server` calls

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing on stderr: the requests are kept."""

    return Handler
