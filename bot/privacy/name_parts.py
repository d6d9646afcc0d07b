"""The little words beside a name that belong to it, and those that do not: "van der", "big", "young"."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Little words that belong to a surname, and what stands in front of them there.
PARTICLES = _set(
    "de da dos das do di del della van von der den la las los le el al bin binti bint ibn ap ab st mac mc bat ter du"
)
PAIRS_OF_PARTICLES = frozenset(
    tuple(pair.split("-")) for pair in "van-der van-den van-de von-der de-la de-las de-los de-le".split()
)
# Of these, the ones that begin a message only as part of a surname: "de souza file".
OPENING_PARTICLES = _set("de da dos do di del della van von der bin ibn mac mc")
NAMES_BEFORE = _set("mr mrs ms miss dr the der de la called named is")
# Little words of what somebody is called ("big Dave") tell nothing that the guidance needs: they go with the name.
# Words of kinship ("uncle", "gran") and of age ("little", "young", "baby", "old") stay readable, because danger is
# looked for in the masked text, and rests on who did it to whom and how old they are.
PET_WORDS = _set("big wee lil mad fat skinny")
AGES = _set("young little old baby")
# These are kinship only behind an owner: "my nanny Jean" keeps the relation, "Nanny Jean" is what she is called.
PET_KIN = _set("nana nanny granny nonna papa gramps grampy grampa nannie")
# Words that "and" joins to a name without being one, though people are called so.
NOT_JOINED = _set("may can king queen young green brown black white grey long little summer winter autumn")
