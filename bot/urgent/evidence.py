"""What the cues found, as names that the classifier has learnt weights for."""

from __future__ import annotations

from bot.urgent.cues import Reading
from bot.urgent.frames import Strength
from bot.urgent.signs import signs

_STRENGTHS = {Strength.TOPIC: "topic", Strength.EVENT: "event", Strength.EMERGENCY: "emergency"}
_FRAMES = ("asks", "specific", "pretended", "closed", "worrying")


def evidence(reading: Reading) -> tuple[str, ...]:
    """Names of what stands in a message, each once: cues by strength and trigger, and what is around them.

    Examples: "event", "event child-disclosure", "some specific", "none pretended", "sign closed".
    """
    found: dict[str, None] = {}
    for hit in reading.hits:
        strength = _STRENGTHS[hit.strength]
        found.update(dict.fromkeys((strength, f"{strength} {hit.trigger_id}")))
        if hit.closed:
            found["cue closed"] = None
        if hit.asks:
            found["cue asked"] = None
    if not reading.hits:
        found["no cue"] = None
    for name in _FRAMES:
        some = any(getattr(frames, name) for frames in reading.frames)
        found[f"{'some' if some else 'none'} {name}"] = None
    if reading.frames and reading.frames[0].asks:
        found["begins asking"] = None
    if reading.frames and all(frames.asks for frames in reading.frames):
        found["only asks"] = None
    found.update(signs(tuple(frames.sentence for frames in reading.frames)))
    return tuple(found)
