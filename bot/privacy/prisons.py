"""Names of prisons: what stands behind "HMP", up to three words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

# "HMP wont tell us", "hmp visiting hours": the only words that name no prison. How frequent a word is says nothing,
# since prisons are called Full, Long, New or High something.
_NO_NAMES = frozenset(
    """
    able about absolute according account across act address admin advice after again against ago agree agreed
    agreement all allow allowed allows already also although always and answer answered any anyone apparently
    appointment approved are arent ask asked asking asks assault assessment attack authorities authority back bail
    based because been before behind being between both breach bring bringing brought but call called calling calls
    can cannot cant category cause cell cells centre change changed chaplain charge check children claim claimed
    come comes coming committee concerns conditions confirm confirmed consent contact contacted contacting
    contraband convicted cost could court custody data date dates day days death deaths decide decided decides
    decision describes details did didnt discharge discharged does doesnt doing done dont drug drugs during duty
    education either else email emailed emailing emails employee employees enough estate etc ever every evidence
    explain fact families family file files finally find first for form forms found friend from gave generally get
    gets getting give gives giving goes going gone good got governor governors group guard guards guidance guys had
    has hasnt have havent having health healthcare hear heard hearing help her here him his hold holding holds
    hospital hours how however immediately incident induction info inform information informed inmate inmates inside
    inspection instead intake intelligence into involved isnt its job jobs joined just keep keeping keeps kept knew
    know knows land last lawyer leave leaver leavers led left legal let lets letter letters licence licences life
    like likely line list listener listeners lost made mail make makes making management manager maybe mean means
    medical meet meeting meetings members mental met might miss move moved moves moving much must near need needed
    needing needs never news next nobody not now number numbers nurse off offence offender offending offer offered
    offers officer officers often ombudsman once one only open order orders our out over own panel paper papers
    parole pass passed pay paying people person phone phonecall phoned phones phoning pin place plan plans please
    police policy population post prison prisoner prisoners probation procedure procedures process professionals
    programme protocol provide provided psychology put question rang rather recall recalled receive received
    recently record recorded records refuse refused refuses refusing regarding regime regular release released
    releases releasing remand reply report reported reports request requested requests require required resettlement
    respond responded response responsible return returned review reviews rights ring ringing rings risk rule rules
    run runs safeguarding safer safety said saw say saying says search secretary security see senior sentence
    sentenced sentences served service services serving session several shall share shared shares sharing she should
    side since sister site situation skype social solicitor some someone soon sort spoke staff start started stay
    stays still stop stopped stuff sure suspect system take taken takes taking talk teacher teachers team telephone
    tell telling tells term terms than that the their them then there they thing things think thinks this though
    thought through time today together told tomorrow too took training transfer transferred treat treatment tried
    try trying type unable under unit units unless until upon use used uses using usually very vetting via victim
    violence visit visited visiting visitor visitors visits vulnerable wait waiting want wanted wants warden warders
    was wasnt week well went were what whatever whats when where whether which while who whos whose why wife will
    wing with within without wont work worker workers working would write writes writing wrong wrote year years yes
    yesterday yet yoi you your youth
    """.split()
)
# "HMP send the file" has a verb, "HMP Send rang" a name.
_SENT = frozenset(
    "a an anything everything him his info information it letters me my our out over people records reports someone "
    "stuff that the their them things this to us you your her".split()
)
_PLACED = re.compile(r"\b(?:at|in|from|of|near|inside)\s$")
_PRISON = re.compile(
    r"\b(?:hmp|hmyoi|yoi|hm prison)(?:\s?(?:[/&]|and)?\s?yoi)?"
    r"\s(?P<one>[a-z]{3,20})(?:\s(?P<two>[a-z]{3,20}))?(?:\s(?P<three>[a-z]{3,20}))?(?!\w)"
)
_SECOND = frozenset(
    "bank camp down end farm ford grange green hall heath hill house isle lartin lea marsh moor newton park sands "
    "scrubs sutton wells wood".split()
)
_FREQUENT = 1_000
_RARE = 99_999


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """The title and the whole name of each prison."""
    for hit in _PRISON.finditer(view.lower):
        one, two, three = hit.group("one"), hit.group("two") or "", hit.group("three") or ""
        if one in _NO_NAMES:
            continue
        if one == "send" and two in _SENT and not _PLACED.search(view.lower[max(0, hit.start() - 8) : hit.start()]):
            continue
        last = "one"
        # A first word that says nothing by itself ("long", "east") has its noun behind it.
        whole = one == "send" or one in lexicon.places
        opens = not whole and lexicon.rank.get(one, _RARE) < _FREQUENT and two not in _NO_NAMES
        if two and (opens or two in _SECOND):
            last = "three" if three in _SECOND else "two"
        yield Finding(hit.start(), hit.end(last), "setting", "looks like the name of a prison")
