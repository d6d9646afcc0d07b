# ruff: noqa: E501  (word lists: a row holds what belongs together)
"""Short ways of writing, opened out before cues are looked for. Keys have no apostrophe unless the word needs it to be told apart."""

from __future__ import annotations

MASKED_PERSON = "namedperson"
"""Stands for what the privacy gate masked, such as [name]."""

_NOT = {
    "ain": "is", "aren": "are", "isn": "is", "wasn": "was", "weren": "were", "hasn": "has", "haven": "have", "hadn": "had",
    "don": "do", "doesn": "does", "didn": "did", "couldn": "could", "shouldn": "should", "wouldn": "would",
}  # fmt: skip

CONTRACTIONS = {
    **{f"{stem}t": f"{verb} not" for stem, verb in _NOT.items()},
    "cant": "can not", "cannot": "can not", "wont": "will not",
    "hes": "he is", "shes": "she is", "theyre": "they are", "theyve": "they have", "im": "i am", "ive": "i have",
    "weve": "we have", "youre": "you are", "youve": "you have", "whats": "what is", "whos": "who is", "wheres": "where is",
    "hows": "how is", "theres": "there is", "thats": "that is", "it's": "it is", "he'd": "he would", "she'd": "she would",
    "he'll": "he will", "she'll": "she will", "they'll": "they will", "theyll": "they will", "i'll": "i will", "we're": "we are",
    "gonna": "going to", "gunna": "going to", "wanna": "want to", "tryna": "trying to", "gotta": "got to", "innit": "is it not",
    "someones": "someone is", "somethings": "something is", "nobodys": "nobody is", "everyones": "everyone is",
    "childs": "child", "kids's": "kids", "babys": "baby", "didnt've": "did not have",
}  # fmt: skip

SHORT_FORMS = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "pls": "", "plz": "", "please": "", "bf": "boyfriend", "gf": "girlfriend", "yr": "year",
    "yrs": "years", "yo": "year old", "ppl": "people", "abt": "about", "bc": "because", "cos": "because", "coz": "because",
    "cuz": "because", "cus": "because", "becuase": "because", "tonite": "tonight", "2nite": "tonight", "2day": "today",
    "2moro": "tomorrow", "tmrw": "tomorrow", "rn": "right now", "atm": "now", "asap": "now", "yday": "yesterday",
    "txt": "text", "txted": "texted", "msg": "message", "msgs": "messages", "msging": "messaging", "msged": "messaged",
    "mam": "mum", "mom": "mum", "mums": "mum", "moms": "mum", "mams": "mum", "dads": "dad", "mummys": "mum", "daddys": "dad",
    "mummy": "mum", "daddy": "dad", "mother": "mum", "father": "dad", "mothers": "mum", "fathers": "dad", "wives": "wife",
    "stepdad": "stepdad", "stepdads": "stepdad", "hubby": "husband", "husbands": "husband", "boyfriends": "boyfriend",
    "wk": "week", "wks": "weeks", "mth": "month", "mths": "months", "hrs": "hours", "hr": "hour", "srsly": "", "omg": "", "help": "help",
    "tho": "though", "dont've": "do not have", "thro": "through", "thru": "through", "wiv": "with", "dat": "that", "da": "the",
    "defo": "definitely", "safegaurding": "safeguarding", "lil": "little", "yp": "young person", "lo": "baby", "bby": "baby", "preg": "pregnant",
    "cutted": "cut", "meds": "tablets", "rly": "really", "hav": "have", "wen": "when", "wot": "what", "wat": "what", "hurtin": "hurting",
    "wanting": "wants", "tht": "that", "thn": "then", "thier": "their", "som1": "someone", "sum1": "someone", "any1": "anyone", "no1": "nobody",
}  # fmt: skip
