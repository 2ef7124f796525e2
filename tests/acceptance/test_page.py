"""The page of `taskdef matrix --html` in a real Chromium: filtered, opened, linked to, and asked for what it should not do.

Without a Chromium these tests are skipped, and say so; in continuous integration (`CI` is set) they fail.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.acceptance.running import Runner
from tests.browsers import open_browser

ENVIRONMENTS, CONTAINERS, VARIABLES = 40, 8, 48
"""As large as the page is made for: 40 environments, and 401 rows."""

ROWS = CONTAINERS * (VARIABLES + 2) + 1

HOSTILE = "</script><img src=//example.com/x onerror=alert(1)>"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


class Tab(NamedTuple):
    """A page that is open, every request it made, and what it complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]

    def list_paths(self) -> list[str]:
        """List the rows that are to be seen, by path."""
        links = self.page.locator("tr[data-row]:not([hidden]) th a")
        return [str(name) for name in links.evaluate_all("links => links.map(link => link.ariaLabel)")]


def open_page(browser: Browser, file: Path, *, fragment: str = "", width: int = 1280, dark: bool = False) -> Tab:
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab = Tab(page, [], [])
    page.on("request", lambda request: tab.requests.append(request.url))
    page.on("console", lambda message: tab.complaints.append(message.text))
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    page.goto(file.as_uri() + fragment)
    page.wait_for_selector("tbody td")
    return tab


@pytest.fixture
def made(runner: Runner) -> Path:
    """The page of this repository's own task, with a secret and a hostile value in it."""
    overlay = runner.folder / "environments" / "prod.yaml"
    text = overlay.read_text(encoding="utf-8").replace("vars:", "vars:\n  given: correct-horse-battery", 1)
    assert "correct-horse" in text
    overlay.write_text(text, encoding="utf-8")
    extra = f"vars: {{given: x}}\npatch:\n  containerDefinitions:\n    trading-bot:\n      environment: {{EVIL: '{HOSTILE}'}}\n"
    (runner.folder / "environments" / "dev").mkdir()
    (runner.folder / "environments" / "dev" / "trading-bot-task.yaml").write_text(extra, encoding="utf-8")
    template = runner.folder / "templates" / "trading-bot-task.json.j2"
    source = template.read_text(encoding="utf-8")
    secret = '"environment": [{% if env == "prod" %}{"name": "DB_PASSWORD", "value": "{{ given }}"},{% endif %}'
    assert source.count('"environment": [') == 1
    template.write_text(source.replace('"environment": [', secret), encoding="utf-8")
    runner.demand("taskdef", "matrix", "--html", "page.html")
    return runner.folder / "page.html"


def test_it_filters_as_one_types(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    assert "family" in tab.list_paths() and "networkMode" not in tab.list_paths()
    tab.page.get_by_label("Differences only").uncheck()
    assert "networkMode" in tab.list_paths()
    tab.page.get_by_label("Filter").press_sequentially("image TRADING")
    assert tab.list_paths() == ["containerDefinitions[trading-bot].image"]
    tab.page.get_by_label("Filter").fill("no such thing")
    assert (tab.list_paths(), tab.page.get_by_role("status").inner_text()[:5]) == ([], "0 of ")


def test_a_cell_tells_where_its_value_comes_from(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    tab.page.get_by_role("row", name="containerDefinitions[trading-bot].image").get_by_role("gridcell").nth(1).click()
    dialog = tab.page.get_by_role("dialog")
    assert dialog.get_by_role("heading", level=2).inner_text() == "containerDefinitions[trading-bot].image in prod"
    assert "templates/trading-bot-task.json.j2:" in dialog.inner_text()
    assert "environments/prod.yaml:" in dialog.inner_text()
    tab.page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_it_can_be_used_by_keyboard_alone(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    focused = (
        "document.activeElement.closest('tr').querySelector('a').ariaLabel + ' ' + document.activeElement.cellIndex"
    )
    tab.page.locator("td[tabindex='0']").focus()
    assert tab.page.evaluate(focused) == "family 1"
    for key in ("ArrowDown", "ArrowRight"):
        tab.page.keyboard.press(key)
    assert tab.page.evaluate(focused) == "cpu 2"
    tab.page.keyboard.press("Enter")
    assert tab.page.get_by_role("dialog").get_by_role("heading", level=2).inner_text() == "cpu in prod"
    tab.page.keyboard.press("Escape")
    assert tab.page.evaluate(focused) == "cpu 2"


def test_a_link_leads_to_its_row(browser: Browser, made: Path) -> None:
    path = "containerDefinitions[trading-bot].environment[LOG_LEVEL].value"
    for name in (path, "networkMode"):  # one that differs, and one that is hidden at first
        tab = open_page(browser, made, fragment=f"#{name}")
        assert tab.page.evaluate("document.activeElement.ariaLabel") == name
        assert name in tab.list_paths()


def test_a_column_can_be_pinned(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    tab.page.get_by_role("button", name="test").click()
    assert tab.page.get_by_role("button", name="test").get_attribute("aria-pressed") == "true"
    assert tab.page.locator("thead th").all_inner_texts() == ["Path", "dev", "prod", "test"], "each keeps its place"


def test_a_pinned_column_stays_in_view(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made, width=760)
    inside = "(cell => cell.left >= 0 && cell.right <= innerWidth)(document.querySelectorAll('thead th')[3].getBoundingClientRect())"
    assert not tab.page.evaluate(inside), "the window is too narrow"
    tab.page.get_by_role("button", name="test").click()
    for left in (10_000, 0):
        tab.page.locator("#frame").evaluate(f"frame => frame.scrollLeft = {left}")
        assert tab.page.evaluate(inside)


@pytest.mark.parametrize("width", [2400, 1280, 900])
def test_the_table_uses_the_width_that_there_is(browser: Browser, made: Path, width: int) -> None:
    tab = open_page(browser, made, width=width)
    gap = "document.querySelector('#frame').clientWidth - document.querySelector('table').offsetWidth"
    assert tab.page.evaluate(gap) <= 1
    if width > 1000:
        assert tab.page.evaluate(gap) >= -1, "nothing to scroll to"


def test_values_are_cut_where_they_are_alike(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made, width=3200)
    image = tab.page.get_by_role("row", name="image").get_by_role("gridcell")
    whole = image.all_inner_texts()
    assert all(text.startswith("123456789012.dkr.ecr.") for text in whole)
    tab.page.set_viewport_size({"width": 1000, "height": 800})
    cut = image.all_inner_texts()
    assert all(text.startswith("…") and long.endswith(text[1:]) for text, long in zip(cut, whole, strict=True))


def test_the_colours_are_explained(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    colour = "element => getComputedStyle(element).backgroundColor"
    cells = tab.page.get_by_role("row", name="LOG_LEVEL").get_by_role("gridcell")
    assert tab.page.locator("#colours .v1").evaluate(colour) in cells.evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell).backgroundColor)"
    )


def test_findings_stand_in_their_cells(browser: Browser, made: Path) -> None:
    tab = open_page(browser, made)
    tab.page.get_by_label("With findings only").check()
    assert tab.list_paths() == [  # a secret in the open; both are in one environment only
        "containerDefinitions[trading-bot].environment[DB_PASSWORD].value",
        "containerDefinitions[trading-bot].environment[EVIL].value",
    ]
    marks = tab.page.get_by_role("row", name="DB_PASSWORD").get_by_role("gridcell").nth(1).locator(".mark")
    assert "W602" in marks.all_inner_texts()
    tab.page.locator("summary").click()
    tab.page.locator("#findings a").first.click()
    assert tab.page.evaluate("location.hash").startswith("#containerDefinitions")


def test_nothing_leaves_the_page_and_nothing_in_it_runs(browser: Browser, made: Path) -> None:
    text = made.read_text(encoding="utf-8")
    assert "correct-horse" not in text and HOSTILE not in text
    tab = open_page(browser, made, fragment="#containerDefinitions[trading-bot].environment[EVIL].value")
    tab.page.get_by_role("row", name="EVIL").get_by_role("gridcell").first.click()
    assert HOSTILE in tab.page.get_by_role("dialog").inner_text()
    assert [url.partition("#")[0] for url in tab.requests] == [made.as_uri()]
    assert tab.complaints == []
    assert tab.page.evaluate("fetch('https://example.com').then(() => 'sent', () => 'refused')") == "refused"


@pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (1280, True), (390, False)], ids=["light", "dark", "narrow"]
)
def test_everybody_can_read_it(browser: Browser, made: Path, tmp_path: Path, width: int, dark: bool) -> None:
    tab = open_page(browser, made, width=width, dark=dark)
    for name in ("table", "cell"):
        found = Axe().run(tab.page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
        tab.page.screenshot(path=tmp_path / f"{name}.png")
        if name == "table":
            tab.page.get_by_role("row", name="memory").get_by_role("gridcell").last.click()


@pytest.fixture
def many(runner: Runner) -> Path:
    """A page of forty environments and four hundred rows."""
    shutil.rmtree(runner.folder / "environments")
    shutil.rmtree(runner.folder / "templates")
    value = '{"name": "V{{ number }}", "value": "{{ env }} {{ number }}"},'
    container = (
        '{"name": "app{{ index }}", "image": "app:v1", "memory": 128, "environment": ['
        f"{{% for number in range({VARIABLES}) %}}{value}{{% endfor %}}]}},"
    )
    loop = f"{{% for index in range({CONTAINERS}) %}}{container}{{% endfor %}}"
    files = {f"environments/env{number:02}.yaml": "vars: {}\n" for number in range(ENVIRONMENTS)}
    files["templates/web.json.j2"] = f'{{"family": "web", "containerDefinitions": [{loop}]}}\n'
    for name, text in files.items():
        (runner.folder / name).parent.mkdir(exist_ok=True)
        (runner.folder / name).write_text(text, encoding="utf-8")
    runner.demand("taskdef", "matrix", "--all", "--html", "page.html")
    return runner.folder / "page.html"


def test_forty_environments_and_four_hundred_rows_are_no_burden(browser: Browser, many: Path) -> None:
    tab = open_page(browser, many)
    assert tab.page.get_by_role("status").inner_text() == f"{ROWS} of {ROWS} rows"
    filtering = """() => {
        const field = document.getElementById("filter"), start = performance.now();
        field.value = "V7"; field.dispatchEvent(new Event("input")); document.getElementById("frame").scrollHeight;
        return performance.now() - start;
    }"""
    loaded = tab.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    filtered = tab.page.evaluate(filtering)
    assert (loaded < 5_000, filtered < 1_000) == (True, True), (
        loaded,
        filtered,
    )  # 400 and 60 ms where nothing else runs
    assert tab.page.get_by_role("status").inner_text() == f"{CONTAINERS} of {ROWS} rows"


def test_rows_are_drawn_as_far_as_somebody_looks(browser: Browser, many: Path) -> None:
    name = max(f"V{number}" for number in range(VARIABLES))
    last = f"containerDefinitions[app{CONTAINERS - 1}].environment[{name}].value"
    tab = open_page(browser, many)
    drawn = tab.page.locator("tr[data-row]")
    begun = drawn.count()
    assert 0 < begun < ROWS
    tab.page.locator("#frame").evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
    tab.page.wait_for_function(f"document.querySelectorAll('tr[data-row]').length > {begun}")
    tab.page.get_by_label("Filter").fill("v")
    assert drawn.count() == begun
    tab.page.locator("td[tabindex='0']").focus()
    tab.page.keyboard.press("Control+End")
    focused = "document.activeElement.closest('tr').querySelector('a').ariaLabel"
    assert tab.page.evaluate(focused) == last
    assert open_page(browser, many, fragment=f"#{last}").page.evaluate(focused) == last
    printed = open_page(browser, many).page
    printed.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert printed.locator("tr[data-row]").count() == ROWS
