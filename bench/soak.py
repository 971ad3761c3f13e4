"""Batches arrive, are read and published while processes are killed and a reader asks; at the end the rows are those of one clean run.

    python bench/soak.py POOL [--batches 200] [--seconds 600] [--kills 25] [--readers 2]

Batches of pool documents, folders and JSON lines in turn, are dropped into an inbox piece by piece. The inbox is looked into as
Dagster's sensor does it; some processes read what has settled, one publishes, and one asks the published file without a pause.
Processes that read or publish are killed (SIGKILL) at random moments and started again. Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.soak_feed import documents_of, feed
from orchestration import inbox as settling
from orchestration.inbox import Inbox, Looks
from orchestration.sensors import look_into
from orchestration.store import Store

LOOK_SECONDS, PUBLISH_SECONDS, TICK_SECONDS = 2.0, 10.0, 0.1
PATIENCE_SECONDS = 3600.0


class Worker:
    """A process that does one thing after the other; killed, it is started again and told the same thing."""

    def __init__(self, role: str, store: Store) -> None:
        self.role, self.store = role, store
        self.task: str | None = None
        self.begun = 0.0
        self._start()

    def _start(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("soak_worker.py")), self.role, str(self.store.out)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.said: deque[str] = deque()
        threading.Thread(target=_listen, args=[self.process, self.said], daemon=True).start()
        self.is_ready = False

    def give(self, task: str) -> None:
        """Tell it what to do."""
        assert self.process.stdin is not None
        self.task, self.begun = task, time.monotonic()
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()

    def answer(self) -> str | None:
        """What it says to its task, once it does; a process that has died begins anew with the task that it had."""
        if self.process.poll() is not None:
            self._start()
        if self.said and not self.is_ready:
            self.said.popleft()
            self.is_ready = True
            if self.task is not None:
                self.give(self.task)
        elif self.said:
            self.task = None
            return self.said.popleft()
        return None

    def is_free(self) -> bool:
        """Whether it waits for a task."""
        return self.is_ready and self.task is None and self.process.poll() is None

    def end(self) -> str:
        """Close its standard input and hear its last words."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        time.sleep(TICK_SECONDS)
        return self.said[-1] if self.said else ""


def _listen(process: subprocess.Popen[str], said: deque[str]) -> None:
    assert process.stdout is not None
    said.extend(line.rstrip("\n") for line in iter(process.stdout.readline, ""))


class Soak:
    """One soak below a folder: an inbox, a store, and the processes over them."""

    def __init__(self, folder: Path, readers: int, kills: list[float], dice: random.Random) -> None:
        self.inbox, self.store = Inbox(folder / "inbox"), Store(folder / "out")
        self.readers = [Worker("run", self.store) for _ in range(readers)]
        self.publisher = Worker("run", self.store)
        self.kills, self.dice = deque(sorted(kills)), dice
        self.queue: deque[str] = deque()
        self.keys: set[str | None] = set()
        self.looks = Looks(None)
        self.killed = {"reading": 0, "publishing": 0}
        self.read, self.published, self.refused = 0, 0, list[str]()

    def go(self, feeder: threading.Thread) -> None:
        """Look, hand out, kill, until all that arrived is read, then publish once more.

        Raises:
            TimeoutError: it does not come to its end.
        """
        begun = looked = time.monotonic()
        feeder.start()
        while feeder.is_alive() or self.queue or self.looks.arriving() or any(worker.task for worker in self.readers):
            now = time.monotonic()
            if now - begun > PATIENCE_SECONDS:
                msg = f"Still in the queue: {list(self.queue)}; arriving: {self.looks.arriving()}"
                raise TimeoutError(msg)
            if now - looked > LOOK_SECONDS:
                looked = now
                self._look(now)
            self._hand_out()
            if self.kills and now - begun > self.kills[0] and self._kill():
                self.kills.popleft()
            time.sleep(TICK_SECONDS)
        while self.publisher.task is not None or not self.store.is_published():
            self._hand_out()
            time.sleep(LOOK_SECONDS)

    def _look(self, now: float) -> None:
        """What Dagster's sensor would ask for, each run key once."""
        tick = look_into(self.inbox, self.store, self.looks, now)
        for request in tick.run_requests or []:
            if request.run_key not in self.keys:
                self.keys.add(request.run_key)
                self.queue.append(str(request.partition_key))

    def _hand_out(self) -> None:
        for worker in self.readers:
            batch = worker.task
            if (answer := worker.answer()) is not None:
                self.read += answer == "done"
                if answer != "done":
                    self.queue.append(str(batch))
                    self.refused.append(answer)
            if worker.is_free() and self.queue:
                worker.give(self.queue.popleft())
        if (answer := self.publisher.answer()) is not None:
            self.published += answer == "done"
            if answer != "done":
                self.refused.append(answer)
        is_due = self.publisher.is_free() and time.monotonic() > self.publisher.begun + PUBLISH_SECONDS
        if is_due and self.store.batches() and not self.store.is_published():
            self.publisher.give("")

    def _kill(self) -> bool:
        """Kill a process that is at work, as often one that publishes as one that reads; False where none is at work."""
        reading = [worker for worker in self.readers if worker.task is not None]
        publishing = [self.publisher] if self.publisher.task is not None else []
        wanted, other = self.dice.sample([reading, publishing], 2)
        if not (at_work := wanted or other):
            return False
        victim = self.dice.choice(at_work)
        self.killed["publishing" if victim is self.publisher else "reading"] += 1
        victim.process.kill()
        return True


def clean_run(inbox: Inbox, folder: Path) -> Store:
    """The same batches read once and published once, by a process that nobody disturbs."""
    store = Store(folder / "clean")
    worker = Worker("run", store)
    for task in [*(store.register(inbox.address / name) for name in sorted(inbox.look())), ""]:
        while not worker.is_free():
            worker.answer()
            time.sleep(TICK_SECONDS)
        worker.give(task)
        while (answer := worker.answer()) is None:
            time.sleep(TICK_SECONDS)
        assert answer == "done", answer
    worker.end()
    return store


def contents(published: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the run log."""
    with duckdb.connect(str(published), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'run_log'").fetchall()]
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for name in sorted(names)}


def main() -> int:
    """Soak as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path, help="a file of JSON lines with id, title and text")
    parser.add_argument("--batches", type=int, default=200)
    parser.add_argument("--documents", type=int, default=12, help="in a batch")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--readers", type=int, default=2, help="processes that read")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    settling.SETTLE_SECONDS = LOOK_SECONDS
    dice, begun = random.Random(args.seed), time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        kills = [dice.uniform(min(5.0, args.seconds / 2), args.seconds) for _ in range(args.kills)]
        feeding = (documents_of(args.pool), folder / "inbox", args.batches, args.documents, args.seconds, random.Random(args.seed))
        (folder / "out").mkdir()
        soak, asker = Soak(folder, args.readers, kills, dice), Worker("ask", Store(folder / "out"))
        soak.go(threading.Thread(target=feed, args=feeding, daemon=True))
        answers, errors, first = asker.end().split("\t")
        for worker in [*soak.readers, soak.publisher]:
            worker.end()
        took = time.monotonic() - begun
        rows, clean = contents(soak.store.published), contents(clean_run(soak.inbox, folder).published)
    differ = sorted(name for name in rows.keys() | clean.keys() if rows.get(name) != clean.get(name))
    print(f"{args.batches} batches over {args.seconds:.0f} s, done after {took:.0f} s")
    print(f"killed: {', '.join(f'{count} {doing}' for doing, count in soak.killed.items())}")
    print(f"runs that ended well: {soak.read} reading, {soak.published} publishing; refused meanwhile: {len(soak.refused)}")
    print(*(f"  {count} x {words}" for words, count in counted(soak.refused)), sep="\n")
    print(f"the reader asked {answers} times and saw {errors} errors {first}")
    print(f"rows: {sum(map(len, rows.values())):,} in {len(rows)} tables; other than in a clean run: {', '.join(differ) or 'none'}")
    return 1 if differ or errors != "0" else 0


def counted(words: list[str]) -> list[tuple[str, int]]:
    """Each word once, with its number, most frequent first."""
    return sorted(((word, words.count(word)) for word in set(words)), key=lambda pair: -pair[1])[:5]


if __name__ == "__main__":
    sys.exit(main())
