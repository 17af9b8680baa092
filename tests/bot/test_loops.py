"""Loops: no trouble ends them, they wait when there is nothing to do, and they can be woken and stopped."""

from __future__ import annotations

import threading

from bot.loops import Guard, Loop


def test_a_loop_goes_on_after_any_trouble() -> None:
    done = threading.Event()
    calls: list[int] = []

    def step() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise KeyError("trouble")
        done.set()
        return False

    loop = Loop("test", step, pause=0.001)
    loop.start()
    assert done.wait(5)
    loop.stop()


def test_a_loop_that_waits_is_woken() -> None:
    came = threading.Semaphore(0)
    loop = Loop("test", came.release, pause=60)
    loop.start()
    assert came.acquire(timeout=5)
    loop.wake()
    assert came.acquire(timeout=5)
    loop.stop()


def test_failures_in_a_row_make_the_pause_longer_up_to_a_minute() -> None:
    def fail() -> None:
        raise OSError

    guard = Guard("test", fail, pause=0.0)
    for _ in range(3):
        assert not guard.attempt()
    guard.pause = 1.0
    assert guard.wait == 8.0
    guard.pause = 30.0
    assert guard.wait == 60.0


def test_what_failed_is_left_alone_for_a_while() -> None:
    calls: list[int] = []

    def fail() -> None:
        calls.append(1)
        raise OSError

    guard = Guard("test", fail, pause=30)
    guard.attempt()
    guard.attempt()
    assert len(calls) == 1
