"""PyYAML's C loader on the same definitions as YAML: nested dictionaries of text, nothing checked or proved."""

from collections.abc import Callable, Sequence
from typing import Any

import yaml

from bench.workload import Spec


def text(specs: Sequence[Spec]) -> str:
    return "".join(_item(place, spec) for place, spec in enumerate(specs))


def _item(place: int, spec: Spec) -> str:
    tolerance = f"{spec.share}% of target" if spec.share is not None else f"{spec.tolerance} points"
    return (
        f'{spec.reference}:\n  title: "Measure number {place} of the plan, as published"\n  unit: percent\n'
        f"  polarity: {spec.kind}\n  target: {spec.target}\n  high: {spec.high}\n  tolerance: {tolerance}\n"
        f'  travel: [short, long]\n  owner: "Department {place % 17}"\n  tags: [plan, part-{place % 9}]\n'
    )


def prepare(specs: Sequence[Spec]) -> Callable[[], Any]:
    written = text(specs)
    return lambda: yaml.load(written, Loader=yaml.CSafeLoader)
