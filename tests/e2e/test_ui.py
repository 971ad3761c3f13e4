"""Dagster's user interface over a finished run, as people see it in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.e2e.conftest import processes_with
from warehouse.blueprint import relations

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the user interface was NOT looked at"),
]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
EDGES = {
    ("documents", "mentions"),
    ("documents", "observations"),
    ("documents", "quality"),
    ("documents", "star"),
    ("mentions", "observations"),
    ("mentions", "quality"),
    ("observations", "quality"),
    ("quality", "star"),
    ("star", "marts"),
}


class Served(NamedTuple):
    """A running user interface, and the folder of the run that it shows."""

    port: int
    out: Path

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("DAGSTER_HOME", "CHITIEU_OUT", "CHITIEU_PUBLISH_CRON")}


def chitieu(*words: object) -> list[str]:
    return [sys.executable, "-m", "orchestration.cli", *map(str, words)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(server: subprocess.Popen[bytes], served: Served, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(served.address("/server_info")) as answer:
                assert json.load(answer)["dagster_webserver_version"]
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"The user interface does not answer:\n{log.read_text(encoding='utf-8')}")


def stop(server: subprocess.Popen[bytes], out: Path) -> list[int]:
    """What is left after Ctrl-C in a terminal, which every process of the group is told; it is killed."""
    os.killpg(server.pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (server.poll() is None or processes_with("CHITIEU_OUT", out)) and time.monotonic() < deadline:
        time.sleep(0.1)
    left = processes_with("CHITIEU_OUT", out)
    for process in left:
        os.kill(process, signal.SIGKILL)
    server.wait()
    return left


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`chitieu run` over the sample articles, then `chitieu ui`."""
    folder = tmp_path_factory.mktemp("ui")
    served = Served(free_port(), folder / "out")
    subprocess.run(chitieu("run", "seeds/documents", "--out", served.out), cwd=ROOT, env=environment(), check=True, capture_output=True)
    with (folder / "log.txt").open("wb") as log:
        command = chitieu("ui", "--out", served.out, "--port", served.port)
        server = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until_it_answers(server, served, folder / "log.txt")
        yield served
    finally:
        left = stop(server, served.out)
    assert left == [], "processes of the user interface outlive it"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that may take its time, and must ask nobody but this machine; its last state is kept where UI_SCREENSHOTS says."""
    asked: set[str | None] = set()
    page = browser.new_page(viewport={"width": 1600, "height": 1000}, base_url=served.address("/"))
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    page.on("websocket", lambda socket: asked.add(urlsplit(socket.url).hostname))
    yield page
    if folder := os.environ.get("UI_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{request.node.name}.png")
    page.close()
    assert asked - {None} == {"127.0.0.1"}, "None is of what a page makes itself: data: and blob:"


def rooms_and_edges(graph: Locator) -> tuple[set[str], set[tuple[str, str]]]:
    """Names of the groups that are drawn, and which are joined by an arrow: it leaves at the right of one and ends left of another."""
    boxes = {}
    for box in graph.locator("foreignObject").all():
        x, y, width, height = (float(box.get_attribute(name) or "nan") for name in ("x", "y", "width", "height"))
        boxes[box.locator("[data-tooltip]").first.inner_text()] = (x, x + width, y + height / 2)

    def nearest(side: int, x: float, y: float) -> str:
        return min(boxes, key=lambda name: abs(boxes[name][side] - x) + abs(boxes[name][2] - y))

    edges = set()
    for arrow in graph.locator("path[marker-end]").all():
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", arrow.get_attribute("d") or "")]
        edges.add((nearest(1, *numbers[:2]), nearest(0, *numbers[-2:])))
    return set(boxes), edges


def test_lineage_leads_through_all_six_rooms(page: Page) -> None:
    page.goto("/asset-groups")
    graph = page.locator("svg:has(foreignObject)")
    for room in ("documents", "mentions", "observations", "quality", "star", "marts"):
        expect(graph.get_by_text(room, exact=True)).to_be_visible()
    rooms, edges = rooms_and_edges(graph)
    assert rooms == {"documents", "mentions", "observations", "quality", "star", "marts"}
    assert edges == EDGES


def test_both_runs_succeeded(page: Page) -> None:
    page.goto("/runs")
    expect(page.get_by_text("Success", exact=True)).to_have_count(2)
    expect(page.get_by_text("process"), "the tag of the process is nothing for people").to_have_count(0)
    for job in ("read_batch", "publish"):
        page.goto(f"/locations/chitieu/jobs/{job}/runs")
        expect(page.get_by_text("Success", exact=True)).to_have_count(1)
        page.locator("a[href^='/runs/']").filter(has_text=re.compile("^[0-9a-f]{8}$")).click()
        expect(page.get_by_text(f'Finished execution of run for "{job}".')).to_be_visible()


def test_checks_passed_and_suspicions_are_warnings(page: Page) -> None:
    page.goto("/assets/quality/verdict?view=checks&checkDetail=no_suspicion")
    expect(page.get_by_text("Checks (3)")).to_be_visible()
    expect(page.get_by_text("Succeeded", exact=True)).to_have_count(2)
    expect(page.get_by_text("Nothing in the data looks wrong")).to_be_visible()
    expect(page.get_by_label("warning_outline").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"rules fails?, with the number of rows: .*ambiguous_numeral \([0-9]+\)"))).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("failing rows?, first .*: «")).first).to_be_visible()


def test_the_audit_is_shown_on_the_fact_table(page: Page) -> None:
    page.goto("/assets/star/fact_observation?view=checks&checkDetail=fact_in_text")
    expect(page.get_by_text("This is a blocking asset check.")).to_be_visible()
    told = "A sentence stands in the text of its document at its offsets"
    # The paragraph says it all; a cell of the list may show its beginning as well.
    expect(page.get_by_role("paragraph").filter(has_text=told)).to_be_visible()
    expect(page.get_by_text("foreign_keys").first).to_be_visible()
    expect(page.get_by_text("Failed", exact=True)).to_have_count(0)


def test_the_fact_table_is_described_down_to_its_columns_and_shows_its_evidence(page: Page, served: Served) -> None:
    fact = next(relation for relation in relations() if relation.name == "fact_observation")
    with duckdb.connect(str(served.out / "chitieu.duckdb"), read_only=True) as connection:
        rows = int(connection.sql("SELECT count(*) AS n FROM fact_observation").pl().item())
    page.goto("/assets/star/fact_observation")
    expect(page.get_by_text(fact.description)).to_be_visible()
    expect(page.get_by_text("Row count").locator("..")).to_contain_text(str(rows))
    for column in fact.columns:
        row = page.get_by_role("row").filter(has=page.get_by_role("cell", name=column.name, exact=True))
        expect(row.first).to_contain_text(column.description.replace("`", ""))
    expect(page.get_by_role("cell", name="industrial_output_value").first).to_be_visible()
    evidence = page.get_by_role("row").filter(has=page.get_by_role("cell", name="evidence", exact=True)).last
    evidence.scroll_into_view_if_needed()
    expect(evidence.get_by_text("30.640 tỷ đồng", exact=True)).to_be_visible()
    expect(evidence).to_contain_text("→ 30,640,000,000,000 VND · Giá trị sản xuất công nghiệp · level · Hà Nam > Thanh Liêm")


def test_the_daily_schedule_and_the_sensors_are_there_and_off(page: Page) -> None:
    page.goto("/automation")
    for name in ("publish_daily", "new_batches", "changed_batches", "failed_runs"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_text("At 05:00 AM GMT+7")).to_be_visible()
    switches = page.locator("input[type=checkbox]")
    expect(switches, "one to select all; one to select and one to switch for each").to_have_count(9)
    for switch in switches.all():
        expect(switch).not_to_be_checked()


def test_nobody_else_is_served_and_nobody_is_told(page: Page, served: Served) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served.port))  # this machine, by another address than the one it listens on
    page.goto("/overview")
    expect(page.get_by_role("link", name="Automation")).to_be_visible()
    settings = json.loads(page.locator("#initialization-data").inner_text())
    assert settings["telemetryEnabled"] is False
