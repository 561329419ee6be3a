"""Who wants to hear how far a run is: the terminal sets a listener, the flows tell it.

Comes in: steps of studies from the flows. Goes out: calls of the listener. Without one (a scheduled run) nothing
happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

STEPS = ("waiting", "reading", "checking", "done", "failed")


@dataclass(frozen=True)
class Step:
    """One study has reached a step of STEPS; is_cached: its result was taken from the cache."""

    study_id: str
    step: str
    is_cached: bool = False


Listener = Callable[[Step], None]
_listeners: list[Listener] = []


@contextmanager
def listen(listener: Listener) -> Iterator[None]:
    """A context in which the listener hears every step."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def tell(study_id: str, step: str, is_cached: bool = False) -> None:
    """Nothing; every listener hears the step."""
    for listener in tuple(_listeners):
        listener(Step(study_id, step, is_cached))
