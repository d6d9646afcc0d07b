"""Who an adviser is, from what the account of a person says in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.consultations.model import EVERY_AREA, Adviser, Subject

_EVERYWHERE = {"", "all", "all areas", "every area", EVERY_AREA}
_WORDS = {subject.value.replace("-", " "): subject for subject in Subject}


def adviser_from(account_id: str, area: str, subjects: Iterable[str], areas: Mapping[str, str], shared: str) -> Adviser:
    """An adviser of the areas that `area` names, by id or by name, with commas between; an empty one means every area.

    `areas` are the names of areas by id. `shared` is the area of those who chose none: every adviser answers there.
    What names no subject of ours is left out, and whoever has none answers nothing.
    """
    named = [_plain(part) for part in area.split(",")]
    known = {_plain(text): area_id for area_id, name in areas.items() for text in (area_id, name)}
    found = tuple(dict.fromkeys(known[part] for part in named if part in known))
    everywhere = all(not part for part in named) or any(part in _EVERYWHERE for part in named if part)
    about = tuple(dict.fromkeys(_WORDS[_plain(text)] for text in subjects if _plain(text) in _WORDS))
    return Adviser(account_id, (EVERY_AREA,) if everywhere else (*found, shared), about)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
