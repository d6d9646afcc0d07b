"""Words of which a detail that may point to one person is made, as alternatives of a pattern."""

from __future__ import annotations

SOMEBODY = (
    "girl|boy|child|lad|lass|kid|pupil|student|daughter|son|sister|brother|twin|woman|man|lady|mother|father|mum|"
    "dad|resident|patient|client|male|female|teenager|baby|toddler|granddaughter|grandson|niece|nephew|stepson|"
    "stepdaughter"
)
ARTICLE = r"(?P<article>\b(?:an?|the|this|that|his|her|their|our|my)\s+)?"
NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2]"
DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun"
    "|jul|aug|sept?|oct|nov|dec)"
)
PEOPLES = (
    "afghan|albanian|algerian|arabic|bangladeshi|bengali|brazilian|bulgarian|cantonese|chinese|czech|eritrean|"
    "ethiopian|filipino|ghanaian|greek|gujarati|hungarian|indian|iranian|iraqi|jamaican|kosovan|kurdish|latvian|"
    "lithuanian|mandarin|moroccan|nepalese|nepali|nigerian|pakistani|pashto|polish|portuguese|punjabi|romanian|"
    "russian|slovak|somali|sudanese|syrian|tamil|tigrinya|turkish|ukrainian|urdu|vietnamese|yemeni|zimbabwean|"
    "roma|romany|gypsy|traveller|jewish|muslim|sikh|hindu|buddhist|mormon|jehovah's witness|asylum[- ]seeking|"
    "refugee"
)
ONE_OF_A_KIND = (
    "head ?teacher|head ?mistress|head ?master|deputy head|vicar|priest|imam|rabbi|pastor|bishop|nun|mayor|"
    "councillor|member of parliament|magistrate|chief inspector|police inspector|sergeant|detective|"
    "football coach|swimming coach|gymnastics coach|dance teacher|piano teacher|scout leader|guide leader|"
    "cub leader|school governor|chair of governors|caretaker|lollipop (?:lady|man)|publican|landlord of the pub|"
    "shopkeeper|farmer|lighthouse keeper|undertaker|town clerk|school cook|bus driver|footballer|celebrity|actor|"
    "singer|jockey|boxer"
)
RARE = (
    "down'?s syndrome|cystic fibrosis|muscular dystrophy|cerebral palsy|spina bifida|"
    "sickle cell(?: disease| anaemia)?|tourette'?s(?: syndrome)?|haemophilia|leukaemia|motor neurone disease|"
    "huntington'?s(?: disease)?|prader[- ]willi(?: syndrome)?|fragile x(?: syndrome)?|albinism|dwarfism|"
    "brittle bones?(?: disease)?|foetal alcohol (?:syndrome|spectrum disorder)|locked[- ]in syndrome|hiv"
)
SENSES = "deaf ?blind|deaf|blind|wheelchair user|amputee|paraplegic|quadriplegic"
THE = "(?:the|a|an|that|this|our|her|his|their|my)"
PUBLIC = "(?:in|on|all over) (?:the |our |local |national )+(?:news(?:paper)?s?|papers?|press|telly|tv)"
NO_PLACES = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    "Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Year|English|Children|Adult|Social|Police|Health|"
    "Education|Early|Reception|Section|Working|Urdu|Polish|Welsh|The"
)
ONE = "(?:one|person|family|child|pupil|girl|boy|woman|man|resident|teacher)"
FEW = "(?:family|child|pupil|girl|boy|resident|teacher)"
