"""Schools, halls and groups that are known by a church, a saint, or their number: "3rd Netherton Brownies"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

_EVERYDAY_RANK = 1_500
# The church that a school belongs to stands between its name and its kind: "Netherby C of E primary".
OF_A_CHURCH = r"(?:c\.? of e\.?|church (?:in wales|of england)|ciw|r\.c\.)(?: \(?v[ac]\)?)?"
# Groups for children that are counted in their town: "3rd Netherton Brownies".
_GROUP = re.compile(
    r"(?<!\w)\d{1,3}(?:st|nd|rd|th)\s(?P<names>[a-z][a-z'\-]{2,20}(?:\s[a-z][a-z'\-]{2,20}){0,2})\s(?:sea |air )?"
    r"(?:brownies?|guides|rangers|rainbows|scouts?|cubs?|beavers|squirrels|explorers|boys'? brigade|girls'? brigade|"
    r"cadets?)(?:\s(?:group|troop|pack|unit|colony))?(?!\w)"
)
# Names that only churches, and the schools and hospitals beside them, have.
_DEVOTION = re.compile(
    r"(?<![\w'])(?:our lady(?:'?s)?(?: (?:of|and|queen|star|immaculate|&) (?:(?:the|st|saint|all|perpetual|good) )"
    r"?[a-z]{3,12}){0,2}|"
    r"(?:holy (?:trinity|family|cross|rosary|spirit|name|rood|innocents|child)|sacred heart|corpus christi|christ "
    r"the king|"
    r"christ ?church|all saints|all souls|all hallows|english martyrs|blessed (?:sacrament|hugh|edward|trinity|"
    r"dominic)|immaculate conception|"
    r"st mary magdalene?|the annunciation|the assumption|guardian angels|good shepherd))"
    r"(?:\s(?:rc|ce|cofe|c of e|catholic|community|voluntary aided|va))*"
    r"(?:\s(?:primary|academy|school|high|infants?|juniors?|nursery|college|hospital|church|hospice|parish|hall|"
    r"centre)){0,2}(?!\w)"
)
_NOT_DEVOTION = frozenset(("holy spirit", "holy name", "holy family", "good shepherd"))
_WELSH_SCHOOL = re.compile(
    r"(?<!\w)(?:ysgol|coleg|meithrinfa|masjid|jamia|madrasah)\s[a-z]{2,14}(?:\s(?:y|yr|a|o|al|ul)\s[a-z]{2,14})"
    r"{0,2}(?:\s(?:mawr|bach|uchaf|isaf|mor))?(?!\w)"
)
_SAINT_OF_A_CHURCH = re.compile(
    rf"(?<![\w'])(?:st\.?|saint)\s[a-z]{{3,15}}(?:'s|s')?\s(?:{OF_A_CHURCH}|rc|ce|cofe)(?!\w)"
)
_SAINT_ALONE = re.compile(
    r"\b(?:at|attends|attend|to|from|school is|school,?)\s(?P<name>(?:st\.?|saint)\s[a-z]{3,15}(?:'s|s')?)(?!\w)"
    r"(?!\s(?:day|john ambulance))"
)


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """Names of churches and of what belongs to them, and of groups for children."""
    for hit in _GROUP.finditer(view.lower):
        if any(_is_rare(name, lexicon) for name in hit.group("names").split()):
            yield Finding(hit.start(), hit.end(), "setting", "looks like the name of a group for children")
    for hit in _DEVOTION.finditer(view.lower):
        if hit.group() not in _NOT_DEVOTION:
            yield Finding(hit.start(), hit.end(), "school", "looks like a school or a church by its name")
    for hit in _SAINT_OF_A_CHURCH.finditer(view.lower):
        yield Finding(hit.start(), hit.end(), "school", "looks like the name of a school")
    for hit in _WELSH_SCHOOL.finditer(view.lower):
        yield Finding(hit.start(), hit.end(), "school", "looks like the name of a school or a place of worship")
    for hit in _SAINT_ALONE.finditer(view.lower):
        yield Finding(hit.start("name"), hit.end("name"), "school", "looks like the name of a school")


def _is_rare(word: str, lexicon: Lexicon) -> bool:
    return lexicon.rank.get(word.replace("'", ""), _EVERYDAY_RANK) >= _EVERYDAY_RANK and word not in lexicon.jargon
