"""Bands that are drawn in place of a target: on numbers and on labels."""

from kpirules.testing.drafted_targets import LABELS
from kpirules.testing.writer import Writer


def _label_bands(writer: Writer) -> None:
    parted = writer.whole_number(1, 3)
    better, worse = (", ".join(f'"{label}"' for label in part) for part in (LABELS[:parted], LABELS[parted:]))
    writer.say("bands {", f"  good is {better}", f"  poor is {worse}", "}")


def bands(writer: Writer) -> None:
    """Bands from best to worst, each edge of which belongs to one side."""
    if writer.unit == "scale":
        _label_bands(writer)
        return
    polarity = writer.plan.polarity
    names = ["excellent", "good", "fair", "poor"][-writer.whole_number(2, 4) :]
    best = writer.number()
    cuts = [best]
    way = 1 if polarity == "lower" else -1
    for _ in names[2:]:
        cuts.append(writer.kept(cuts[-1] + way * writer.amount()))
    owned = [writer.toss() for _ in cuts]  # by the better band
    shown = [writer.shown(cut) for cut in cuts]
    up = polarity != "lower"
    first = f"{shown[0]} and {'above' if up else 'below'}" if owned[0] else f"{'above' if up else 'below'} {shown[0]}"
    said = [f"  {names[0]} {first}"]
    for place, name in enumerate(names[1:-1]):
        # From the better cut to the worse one; the better is left out where the band before owns it.
        better = (shown[place], not owned[place])
        worse = (shown[place + 1], owned[place + 1])
        (low, low_in), (high, high_in) = (worse, better) if up else (better, worse)
        said.append(f"  {name} {'' if low_in else 'above '}{low} to {'' if high_in else 'below '}{high}")
    last = f"{'below' if up else 'above'} {shown[-1]}" if owned[-1] else f"{shown[-1]} and {'below' if up else 'above'}"
    said.append(f"  {names[-1]} {last}")
    writer.say("bands {", *said, "}")
