"""The real `yaml-language-server`, driven as an editor drives it: by JSON-RPC over stdin and stdout."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple, Self

from generator.model.nodes import Value

CURSOR = "‸"
"""Stands in a text where the cursor is."""

ABILITIES: Value = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}

SETTINGS: Value = {
    "yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}},
}
"""What the server is told when it asks; no catalogue is fetched."""


class Answers(NamedTuple):
    """What the server says of a text: problems with their lines and columns; and at the cursor what may follow, and what is there."""

    problems: tuple[str, ...]
    completions: dict[str, str]
    hover: str


class LanguageServer:
    """One process, for as long as the block lasts."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.process = subprocess.Popen(
            ["node", program, "--stdio"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.folder = folder
        self.asked = 0
        self.opened = 0
        self.problems: dict[str, Value] = {}

    def __enter__(self) -> Self:
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": ABILITIES})
        self.send({"method": "initialized", "params": {}})
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def send(self, message: Value) -> None:
        """Send a message."""
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def read(self) -> Value:
        """Read a message, and answer it if it is a question."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [SETTINGS.get(item["section"], {}) for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": wanted})
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method: str, asked: Value) -> Value:
        """Ask something, and wait for the answer."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": asked})
        while (message := self.read()).get("id") != self.asked or "method" in message:
            pass
        return message["result"]

    def open(self, file: Path, text: str) -> Answers:
        """Open a file with a text, and ask what may follow where the cursor is, and what is there."""
        before, cursor, after = text.partition(CURSOR)
        uri = file.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self.opened += 1
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self.problems:
            self.read()
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        here = {"textDocument": {"uri": uri}, "position": position}
        completion = self.ask("textDocument/completion", here) if cursor else None
        hover = self.ask("textDocument/hover", here) if cursor else None
        self.send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
        return Answers(
            tuple(spell_problem(each) for each in sorted(self.problems.pop(uri), key=find_start)),
            {each["label"]: each["textEdit"]["newText"] for each in (completion or {"items": []})["items"]},
            (hover or {"contents": {"value": ""}})["contents"]["value"].rpartition("\n\nSource: ")[0],
        )


def find_start(problem: Value) -> tuple[int, int]:
    """Find where a problem begins."""
    start = problem["range"]["start"]
    return start["line"] + 1, start["character"] + 1


def spell_problem(problem: Value) -> str:
    """Spell a problem with its line and column, as our findings have them."""
    line, column = find_start(problem)
    return f"{line}:{column}: {problem['message']}"
