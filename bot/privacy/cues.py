"""The words around a name: titles, relations, verbs of speaking, and what speaks against a person."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set("mr mrs mx mister missus sir madam master")
# Titles that are also words or roles: the next word must be a possible name.
WEAK_TITLES = _set(
    """
    miss ms dr doctor prof professor nurse sister auntie aunty aunt uncle nana nanny granny grandma grandad
    grandpa gran nan pc pcso sgt dc ds di inspector constable officer sergeant rev reverend imam pastor father
    rabbi lady lord dame cllr councillor judge coach teacher"""
)
# Titles in front of a surname alone.
SURNAME_TITLES = _set("dr prof professor ms pc miss cllr")
RELATIONS = _set(
    """
    mum mums mam mom mother mother's dad dads dad's father parent parents son sons daughter daughters brother
    brothers sister sisters sibling siblings twin nan nana nanny gran granny grandma grandad grandpa grandmother
    grandfather grandparent grandparents aunt auntie aunty uncle cousin cousins niece nephew stepdad stepmum
    stepfather stepmother stepson stepdaughter stepbrother stepsister partner boyfriend girlfriend bf gf husband
    wife ex fiance fiancee family carer carers foster teacher teachers tutor keyworker worker nurse midwife
    doctor neighbour neighbours friend friends mate mates baby babies child children kid kids guardian godmother
    godfather household landlord stepmom step mams moms fam ma pa hubby"""
)
BELONGINGS = _set(
    """
    house home flat address phone number email mobile bedroom room school class nursery college gp doctor
    doctors sw dsl solicitor social file files case record records notes consent name details information info
    situation needs behaviour disclosure statement assessment referral plan review meeting injuries injury
    bruises bruise burns burn arm arms leg legs face head body hand hands back death birth birthday attendance
    safety welfare wellbeing health mental care medication diagnosis bag coat book homework drinking drug story
    account version wishes views feelings voice behalf place side parents' key support bail contact placement
    adoption job boss manager employer age capacity competence risk foster health older younger eldest youngest
    little big new biological birth adoptive real step teeth tooth hair eyes eye ear ears nose mouth lip lips skin
    chest tummy stomach foot feet toe toes finger fingers knee knees shoulder wrist wrists neck cheek forehead shoes
    clothes uniform trousers nappy nappies lunch lunchbox bottle pram bike car van tablet ipad laptop messages texts
    pics photos photo videos insta snap facebook tiktok bank card money wallet pin prescription meds insulin inhaler
    blood scan appointment appt pregnancy psychiatrist therapist counsellor dentist ehcp dog cat tattoo belt"""
)
PEOPLE = _set(
    """
    child baby toddler user tutee mentee boy girl lad lass man woman lady gentleman bloke chap fella geezer kid teen
    pupil student client patient resident victim perpetrator perp suspect witness person yp adult tenant teenager
    neighbour learner apprentice volunteer guy colleague mum dad nan brother sister son daughter uncle aunt
    cousin friend mate partner boyfriend girlfriend husband wife ex carer teacher nurse doctor worker sw gp
    mother father someone somebody niece nephew stepdad stepmum twin sibling unborn grandson granddaughter bf gf
    manager headteacher tutor coach"""
)
# "told X", "rang X": what follows is a person or a body.
TOLD = _set(
    """
    told telling rang phoned texted emailed messaged visited met asked informed interviewed seen hugged fostered
    rung whatsapped dm'd grabbed hit slapped punched kicked raped assaulted abused groomed touched bullied hurt
    threatened collected suspended adopted knows named"""
)
TOLD_LOOSE = _set(
    """
    tell ring phone text email message visit meet ask inform interview contact contacted called call see saw
    know supporting support believe believed seeing took take brought pick picked dropped leave left named
    removed remove met assess assessed refer referred with hit love loves hates watching watched heard"""
)
TO_WITH = _set("to with")
SPOKE = _set(
    """
    spoke spoken speak speaking talked talk talking chatted chat chatting met meeting meet lives living lived
    stays staying stay wrote written write working worked work works said listened listening visit visits
    disclosed engaged engaging allocated assigned contact session sessions married engaged sleeping argued argue
    arguing email emailed text texted explained explain mentioned related apologised lied happened"""
)
NAMERS = _set("named called nicknamed aka alias")
CONCERN = _set("about for from re regarding concerning against by of and or & + with than like named is was")
SAYS = _set(
    """
    said says told tells disclosed discloses rang phoned texted emailed lives lived cried alleged alleges
    admitted admits denied denies refused refuses confided stated explained mentioned reported reports turned
    turns wants wanted came went goes comes attended attends presented arrived ran started feels felt moved
    messaged sent asked asks thinks appeared appears seems seemed doesnt doesn't wont won't didnt didn't isnt
    isn't hasnt hasn't wasn't keeps kept gets got looks looked hates loves likes stays stayed sleeps slept self
    lost hurt hit hits threatened threatens broke claims claimed whispered shouted screamed knows believes needs
    needed left cuts showed shows stopped missed"""
)
# Of these, the ones that only a person can do: enough for a name that is also a word.
SAYS_SURELY = _set(
    """
    said says told disclosed rang phoned texted emailed cried alleged admitted denied refused confided explained
    lives mentioned messaged confirmed whispered shouted thinks wants hates loves asked went came"""
)
# Words that follow a person who was told something, and never an adjective.
BEHIND_A_PERSON = _set(
    "to that about i he she we it not what why how today tomorrow yesterday again twice and but when if"
)
DONE_TO = _set("sent taken seen hit hurt left found born told beaten raped brought put lost")
# Abbreviations that are no role, and so may be initials in capitals: "AM's mum", but not "GP's mum".
NO_ROLE = _set("am pm ta tx dx hx px ra cp cc as at an ad ac na la ma pa al ok od ot dc ds di ec jc")
# Things that neither feelings nor months do.
REFUSES = _set("wont doesnt didnt hasnt isnt refuses keeps")
# What people hope for or believe in: "faith is growing" speaks of nobody.
ABSTRACT = _set(
    "peace love trust honour liberty serenity unity courage wisdom faith hope joy grace charity justice mercy "
    "glory honesty patience peace victory chance promise harmony art"
)
# No council or country does these.
DOES_AS_A_PERSON = _set("disclosed cried alleged confided lives hates loves thinks whispered screamed wets cuts")
# The most common surnames that are words: behind a given name, they are the surname even in lower case.
LIKELY_SURNAMES = _set(
    """
    brown king walker cooper baker carter parker turner ward hill hall wood woods knight mason fox hart bell
    shaw ford marsh stone webb webster porter barker gardner chapman spencer fisher palmer miller mills bishop
    wells marshall hunter banks bird barnes cole cox burns rose lane potter butcher chambers sutton poole
    woodward nash hudson"""
)
IS = _set("is was has had isnt wasnt hasnt gets got can could should does did will might would may who whos")
AGE_WORDS = _set("aged age yo yrs yr years year y/o")
CLAUSE_STARTS = _set(
    """
    and but because cos coz bc that when if so then after as today yesterday where while since what hi hello
    think thinks or although though before until unless says said know tonight earlier hey yes no ok also
    believe"""
)
DETERMINERS = _set(
    """
    the a an this that these those my his her our your their its no any some every each what which another more
    most much many new old good bad great best first last next own such same all both either neither of in on at
    by under two three four five little big very too so only not"""
)
OWNERS = _set("my his her their our your the mum's dad's her's childs child's girls boys client's clients")
PRONOUNS = _set("i we he she they it you u me him us them this that there anyone someone everyone nobody somebody")
OWNED = _set("mine yours hers ours theirs")
MODALS = _set("will may can might")
NOT_AFTER_MODAL = PRONOUNS | _set(
    """
    be have not never need want also still still the a an my his her their our your go get do say see share tell
    ask help only just always then contact work make take give come find happen"""
)
# Names that say what somebody or something is like: never a name in lower case without a title or a given name.
ADJECTIVAL = _set(
    """
    young black white grey gray brown green rich happy royal noble christian frank rusty sandy rocky roman long
    short little new small bright sunny honest major lucky gay dusty blaze raven easter art cash bay bear back
    extended wider whole foster birth own nuclear immediate adoptive traveller host same entire chosen blended
    single supportive tiny"""
)
MONTH_NAMES = _set("may april june august summer autumn winter sunday easter")
PLACE_CUES = _set("in near around across outside inside within throughout at into via beyond towards visiting")
PLACE_BEHIND = _set(
    """
    council county city borough town road street station hospital university police safeguarding team area court
    fc united airport college school schools based services service social board partnership procedures protocol
    north south east west line region island centre children's childrens and border families guidance policy"""
)
ABSTRACT_BEHIND = {
    "mark": _set("on of it as them around marks my the this under near where which that everything all"),
    "hope": _set("of for that is this to so"),
    "faith": _set("in is school schools group groups based community leader leaders background"),
    "grace": _set("period of"),
    "joy": _set("of in"),
    "rose": _set("to up from"),
    "chase": _set("up it them the this up"),
    "bill": _set("for of to"),
    "sue": _set("for us me them him her the you"),
    "pat": _set("on down"),
    "rob": _set("him her them people a the"),
    "frank": _set("conversation about discussion talk and with in discussions chat words"),
    "summer": _set("holidays holiday term break school camp club"),
    "amber": _set("alert rated rag rating flag light risk"),
    "art": _set("therapy club teacher class group room work"),
    "justice": _set("system for board"),
    "drew": _set("up on a pictures picture"),
    "gene": _set("therapy test testing"),
    "page": _set("of is"),
    "dean": _set("of"),
    "charity": _set("commission worker workers shop trustee"),
    "miles": _set("away from"),
    "chance": _set("of to that"),
    "trinity": _set("college"),
    "june": _set("the"),
    "mercy": _set("of"),
    "victory": _set("for"),
    "harmony": _set("with"),
    "reason": _set("to for why is"),
    "olive": _set("skinned skin oil branch oils complexion green"),
    "will": _set("power"),
    "holly": _set("berries berry bush tree wreath leaves"),
    "poppy": _set("seed seeds appeal field fields day wreath"),
    "robin": _set("redbreast"),
    "jack": _set("russell russells daniels cheese o plug"),
    "nick": _set("her his my the their it stuff things money"),
    "chuck": _set("him her it out them me us away stuff"),
    "bob": _set("haircut hair cut style"),
    "jay": _set("walking walker walk"),
    "martin": _set("birds nest"),
    "charlie": _set("as coke"),
    "molly": _set("as pills"),
    "mandy": _set("as ket"),
    "tina": _set("as aka"),
    "stella": _set("cans artois drinker by"),
    "harley": _set("davidson street bike"),
    "cherry": _set("lips red pie picked picker tree vape flavour"),
    "mason": _set("jar jars"),
    "bay": _set("window windows tree"),
    "king": _set("size sized"),
    "barney": _set("with over about"),
    "joey": _set("on in"),
    "rusty": _set("nails nail pipes car tap"),
    "kelly": _set("bag"),
    "jimmy": _set("the it open"),
    "penny": _set("pinching black"),
    "daisy": _set("chain chains"),
    "ruby": _set("wedding red ring murray"),
    "jade": _set("ring necklace green"),
    "heather": _set("moor"),
    "ivy": _set("on walls league growing"),
    "pearl": _set("necklace earrings"),
    "crystal": _set("meth clear ball"),
    "dawn": _set("raid raids visit"),
    "eve": _set("of"),
    "mercedes": _set("van outside car parked driver benz sprinter"),
    "lucy": _set("in"),
    "cn": _set("i we u you he she they it ya"),
    "guy": _set("who fawkes"),
    "joe": _set("public"),
    "tel": _set("or and first no number numbers nos details"),
    "van": _set("driver drivers full parked outside door doors man with"),
    "mac": _set("or laptop book"),
    "al": _set("the of my"),
    "hung": _set("up out on over around"),
    "easter": _set("break holiday holidays weekend egg eggs term contact service assembly bunny"),
    "lovely": _set("family mum dad girl lad lady man kids day to people person couple home lass boy child and but"),
    "wonder": _set("if what why how whether who when about"),
    "praise": _set("for and from the him her them"),
    "glory": _set("of to"),
    "iris": _set("referral training service advocate programme"),
}
# What is said of a nickname, and what stands there instead of one.
NICKNAMES = _set("nickname nicknamed alias aka monicker moniker")
SELVES = _set("himself herself themselves themself hisself")
CALLS = _set("calls call called calling")
NICKNAME_RANK = 150
INSULT_RANK = 3_000
NO_NICKNAME = _set(
    """
    the a an of and or in on at to for from with by is was not no name names him her them it bus car train foot taxi law
    rules book bike plane boat numbers that this what who another many several different"""
)
INSULTS = _set(
    """
    stupid fat ugly useless lazy thick worthless slag slut whore bitch cow liar mental psycho paki gay dumb idiot
    retard retarded freak weirdo names horrible disgusting nasty smelly pathetic spastic spaz lezzer poof faggot
    dyke tramp gypo chav nonce perv paedo crazy mad selfish spoilt dramatic manipulative evil nuts dirty skank
    slapper frigid mong violent vulnerable creepy aggressive difficult challenging naughty clingy needy hysterical
    bossy moody sensitive fragile unstable dangerous predatory
    """
)
# Letters that, behind a given name, are the first of a surname: "lewis p"; the others are shorthand ("n", "u", "x").
SURNAME_LETTERS = _set("b d e f g h j l m p q s t v w z")
# Words in front of a value, which some people are called too.
LABELS = _set(
    """
    tel reg mac nat ip mo cy al id di rex van val cal ref art dob ext mob acc gamertag psn athena niche emis rio
    serial imei datix landline upn urn link crn uln mrn lcs ehm plate iban sort pin sat rego vin"""
)
PUBLIC_PLACES = _set("police station council library magistrates supporters fans airport")
NO_SURNAMES = _set("upstairs downstairs next opposite whatsit thingy mop nobody right wrong bossy grumpy nosy pepper")
ACRONYMS = _set("elsa tia dapo iris ava eva ada ira ina mia pia sia lia dee ned tess alma nina gina sara carla")
LABEL_LINKS = _set("ext starts begins is was no num number nr plate ref id ins insurance : = # ends ending starts name")
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
BEFORE_A_TIME = _set(
    """
    from in by since until till til last next this early late mid every each during before after of on end start
    beginning around over between early-"""
)
SENT_BY = _set("text texts message messages letter email call heard disclosure referral complaint note visit")
COUNTRIES = _set(
    """
    jordan chad israel georgia india china kenya cuba mali malta cyprus niger lebanon holland ireland asia africa
    sierra guinea jersey guernsey florida virginia carolina london york lincoln"""
)
TRAVELS = _set(
    """
    go goes going gone went travel travels travelling travelled fly flies flying flown flew flight flights trip moving
    move moved holiday holidays sent send back taken take trafficked born citizen return returned returning fled flee
    visa family wedding came come arrived deported emigrated refugees refugee people kids children families war conflict
    here over"""
)
BEFORE_A_QUALITY = _set(
    "for of with in no some more have has had their his her any lost lose losing little much without gives give bring"
)
COMPARED = _set(
    "older younger old young new another other some random nice bad big same white black strange any married"
)
BRANDS = _set(
    """
    mcdonald sainsbury morrison wetherspoon prince princess levi kellogg cadbury barnardo tommy ladbroke boot asda
    children morrisons domino wendy nando john martha clare sarah helen claire harry lloyd barclay waterstone"""
)
