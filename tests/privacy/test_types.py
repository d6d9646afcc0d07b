"""Every type of identifier, in several of the forms in which people type it."""

from __future__ import annotations

import pytest

from bot.privacy import TYPES, Gate

CAUGHT: dict[str, list[tuple[str, str]]] = {
    "email": [
        ("write to jo.bloor@nhs.net", "jo.bloor@nhs.net"),
        ("its jo at nhs dot net", "jo at nhs dot net"),
        ("jo dot bloor at nhs dot net", "jo dot bloor at nhs dot net"),
        ("jo (at) gmail (dot) com", "jo (at) gmail (dot) com"),
        ("jo_1@gmail", "jo_1@gmail"),
    ],
    "phone": [
        ("07700900123", "07700900123"),
        ("ring 07700 900123", "07700 900123"),
        ("0770 090 0123 is mums", "0770 090 0123"),
        ("01388 496012", "01388 496012"),
        ("(0191) 498 0123", "(0191) 498 0123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("+40 721 555 123", "+40 721 555 123"),
        ("oh seven seven double oh nine oh oh one two three", "oh seven seven double oh nine oh oh one two three"),
        ("tel: 496012", "496012"),
    ],
    "nhs_number": [
        ("nhs 943 476 5919", "943 476 5919"),
        ("9434765919", "9434765919"),
        ("943-476-5918", "943-476-5918"),
        ("nhs number is 943 476 591", "943 476 591"),
    ],
    "national_insurance": [
        ("AB123456C", "AB123456C"),
        ("ni ab 12 34 56 c", "ab 12 34 56 c"),
        ("nino QQ123456", "QQ123456"),
    ],
    "postcode": [
        ("DH1 5UF", "DH1 5UF"),
        ("dh15uf", "dh15uf"),
        ("sw1a 1aa", "sw1a 1aa"),
        ("lives in DH1", "DH1"),
    ],
    "address": [
        ("she gave Rose Cottage, Church Lane as an address", "Rose Cottage, Church Lane"),
        ("at the old forge, church lane", "the old forge, church lane"),
        ("186 old tannery road", "186 old tannery road"),
        ("fled to two hundred and six wharfedale road", "two hundred and six wharfedale road"),
        ("flat 6, 210 northgate", "flat 6, 210 northgate"),
        ("14 elm road", "14 elm road"),
        ("flat 2, 14 Elm Rd", "flat 2, 14 Elm Rd"),
        ("lives at rose cottage", "rose cottage"),
        ("16 the green", "16 the green"),
        ("he is on moss lane", "moss lane"),
        ("flat 3b again", "flat 3b"),
        ("addr: 6 Balnagask", "6 Balnagask"),
        ("new addr is 9 Lon y Coed dont tell", "9 Lon y Coed"),
        ("fled to 18 Drumossie with kids", "18 Drumossie"),
    ],
    "date_of_birth": [
        ("she'll be 16 on 2 december", "2 december"),
        ("his 18th is on 3rd february", "3rd february"),
        ("dob not known but thinks sept 2008", "sept 2008"),
        ("shes 4.7.09", "4.7.09"),
        ("dob 3/4/12", "3/4/12"),
        ("born on 3rd April 2012", "3rd April 2012"),
        ("her birthday is 3rd April", "3rd April"),
        ("born on the third of april two thousand and twelve", "the third of april two thousand and twelve"),
        ("d.o.b. 2012-04-03", "2012-04-03"),
        ("dob 03.04.2012", "03.04.2012"),
        ("dob 030412", "030412"),
        ("dob oh three oh four twelve", "oh three oh four twelve"),
        ("3/4/2012 is her birthday", "3/4/2012"),
        ("born in march 2012", "march 2012"),
    ],
    "date": [
        ("03/04/2012", "03/04/2012"),
        ("2012-04-03", "2012-04-03"),
        ("baby arrived 30/12/25", "30/12/25"),
        ("he hit her on 2nd of january 2026", "2nd of january 2026"),
    ],
    "vehicle": [
        ("AB12 CDE", "AB12 CDE"),
        ("the van is ab12cde", "ab12cde"),
        ("reg A123 BCD", "A123 BCD"),
        ("number plate abz 1234", "abz 1234"),
    ],
    "passport": [("passport number 123456789", "123456789"), ("passport is AB1234567", "AB1234567")],
    "driving_licence": [("MORGA657054SM9IJ", "MORGA657054SM9IJ")],
    "bank": [
        ("sc 20 44 91", "20 44 91"),
        ("his pin is 4471", "4471"),
        ("sort code 20-00-00", "20-00-00"),
        ("account number 12345678", "12345678"),
        ("4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
    ],
    "handle": [
        ("he is darkwolf#4471", "darkwolf#4471"),
        ("who is qzee.mandem", "qzee.mandem"),
        ("snap = tay.x.tay", "tay.x.tay"),
        ("a man called ThePhotoMan55", "ThePhotoMan55"),
        ("@kay_x", "@kay_x"),
        ("insta: kay.x", "kay.x"),
        ("snapchat is kayx99", "kayx99"),
        ("username is moonbeam", "moonbeam"),
    ],
    "link": [
        ("bit.ly/3xYzabC", "bit.ly/3xYzabC"),
        ("https://news.example/2026/mum-of-four-jailed", "https://news.example/2026/mum-of-four-jailed"),
        ("drive.google.com/file/d/1AbC", "drive.google.com/file/d/1AbC"),
        ("facebook.com/kay.x", "facebook.com/kay.x"),
        ("https://www.instagram.com/kay_x/", "https://www.instagram.com/kay_x/"),
        ("https://example.org/profile/991", "https://example.org/profile/991"),
    ],
    "device": [("192.168.10.4", "192.168.10.4"), ("00:1b:44:11:3a:b7", "00:1b:44:11:3a:b7")],
    "reference": [
        ("W10233 is the datix", "W10233"),
        ("the log is 347 of 11th", "347 of 11th"),
        ("from the met 2604417/26", "2604417/26"),
        ("case ref AB/12345", "AB/12345"),
        ("LCS 123456", "123456"),
        ("crime number 123/45678/26", "123/45678/26"),
        ("Mosaic 123456", "123456"),
        ("URN 1234567", "1234567"),
        ("hospital number K123456", "K123456"),
        ("A123456789012", "A123456789012"),
        ("case number 4471", "4471"),
        ("hospital number RX4 771203", "RX4 771203"),
        ("patient no: HX2 551830", "HX2 551830"),
    ],
    "school": [
        ("attends our lady of lourdes", "our lady of lourdes"),
        ("year 8 at park view", "park view"),
        ("nursery is giggles", "giggles"),
        ("queen elizabeths grammar rang", "queen elizabeths grammar"),
        ("at St Mary's Primary", "St Mary's Primary"),
        ("goes to oakfield academy", "oakfield academy"),
        ("Sunny Days Nursery rang", "Sunny Days Nursery"),
        ("she attends sunny days nursery", "sunny days nursery"),
        ("he is at st bedes", "st bedes"),
        ("Netherby C of E primary rang", "Netherby C of E primary"),
        ("at St Chad's C. of E. Academy", "St Chad's C. of E. Academy"),
        ("St Wilfrid's RC rang", "St Wilfrid's RC"),
    ],
    "setting": [
        ("staff from the agency Gentle Hands rang", "Gentle Hands"),
        ("she sees willowbank cmht", "willowbank cmht"),
        ("Ward 4 at Royal Oak hospital", "Ward 4 at Royal Oak hospital"),
        ("in Elm Lodge care home", "Elm Lodge care home"),
        ("seen at Northgate surgery", "Northgate surgery"),
        ("hmp northfield", "hmp northfield"),
        ("the 3rd Marwood Brownies", "3rd Marwood Brownies"),
        ("the cubs at Thornley drill hall", "Thornley drill hall"),
        ("Busy Bees rang to say he has a bruise", "Busy Bees"),
        ("Silver Birches staff dont log falls", "Silver Birches"),
        ("marsh lane boxing club asked", "marsh lane boxing club"),
        ("Dr Oyelaran & Partners wont fax it", "Dr Oyelaran & Partners"),
    ],
    "name": [
        ("spoke to kayleigh today", "kayleigh"),
        ("Mr Patel said no", "Mr Patel"),
        ("mohammed's teacher", "mohammed"),
        ("the Okonkwo family", "Okonkwo"),
        ("the Bridges family, do they have a worker", "Bridges"),
        ("unborn baby Hale, meeting on tuesday", "Hale"),
        ("Dr Rabbit wont disclose", "Dr Rabbit"),
        ("lil smokes hangs round the gates", "lil smokes"),
        ("his surname is Vance", "Vance"),
        ("Danuta W. left the kids alone", "Danuta W."),
        ("child: Amelie R, yr2", "Amelie R"),
        ("ask V about contact", "V"),
        ("Jesus is 14, spanish boy", "Jesus"),
        ("told siobhan", "siobhan"),
        ("kayleighs mum", "kayleighs"),
        ("k a y l e i g h", "k a y l e i g h"),
        ("k-a-y-l-e-i-g-h", "k-a-y-l-e-i-g-h"),
        ("S.M.I.T.H", "S.M.I.T.H"),
        ("k4yleigh", "k4yleigh"),
        ("ka\u200byleigh", "ka\u200byleigh"),
        ("\uff2b\uff41\uff59\uff4c\uff45\uff49\uff47\uff48", "\uff2b\uff41\uff59\uff4c\uff45\uff49\uff47\uff48"),
        ("k\u0430yleigh", "k\u0430yleigh"),
        ("ZOË is here", "ZOË"),
        ("Zoe\u0308 is here", "Zoe\u0308"),
        ("rang o'connor", "o'connor"),
        ("ella-mae rang", "ella-mae"),
        ("spoke to kayliegh", "kayliegh"),
        ("Sarah Jane Smith", "Sarah Jane Smith"),
        ("John R. Smith", "John R. Smith"),
        ("my name is hope", "hope"),
        ("Spoke to Zbigniew Brzozowicz", "Zbigniew Brzozowicz"),
        ("kayleigh\u2019s mum", "kayleigh"),
        ("Whitfield, Marcus moved out", "Whitfield, Marcus"),
        ("mum Ines da Costa agrees", "Ines da Costa"),
        ("the van den Heuvel twins", "van den Heuvel"),
        ("Sean Mac Mahon left", "Sean Mac Mahon"),
        ("Omar bin Saleh rang", "Omar bin Saleh"),
        ("letter from P. Ndlovu", "P. Ndlovu"),
        ("Granny Pat has him", "Granny Pat"),
        ("big tony hits her", "big tony"),
        ("lil' mo has a knife", "lil' mo"),
        ("her uncle Terry rang", "Terry"),
        ("young connor is 8", "connor"),
        ("Whizz and his mates robbed her", "Whizz"),
        ("Guru is his brothers name", "Guru"),
        ("his sisters name is Blue", "Blue"),
        ("storm slapped by stepdad", "storm"),
        ("Jesus Ortega rang", "Jesus Ortega"),
        ("K.McD said no", "K.McD"),
        ("spoke to Kayleigh Ashgrove on friday", "Kayleigh Ashgrove"),
    ],
    "initials": [
        ("JB's mum", "JB"),
        ("child K.L. is 7", "K.L."),
        ("spoke to TJ", "TJ"),
        ("child M.O'D rang", "M.O'D"),
        ("D.St.J refuses", "D.St.J"),
        ("A.B-C. is 9", "A.B-C."),
    ],
}


@pytest.mark.parametrize(
    ("kind", "text", "expected"), [(kind, *case) for kind, cases in CAUGHT.items() for case in cases]
)
def test_is_caught_whole_under_its_type(gate: Gate, kind: str, text: str, expected: str) -> None:
    assert [(text[span.start : span.end], span.type) for span in gate.scan(text)] == [(expected, kind)]


def test_a_written_date_directly_behind_a_name_is_a_date_of_birth(gate: Gate) -> None:
    assert [span.type for span in gate.scan("kayleigh brown, 3 april 2012")] == ["name", "date_of_birth"]


def test_every_type_has_a_case() -> None:
    assert set(CAUGHT) == set(TYPES)


@pytest.mark.parametrize(("kind", "text"), [(kind, case[0]) for kind, cases in CAUGHT.items() for case in cases])
def test_reason_is_one_line_and_never_repeats_the_detail(gate: Gate, kind: str, text: str) -> None:
    for span in gate.scan(text):
        assert span.why and "\n" not in span.why
        assert text[span.start : span.end].lower() not in span.why.lower()


def test_placeholders_are_bracketed_and_told_apart() -> None:
    placeholders = [info.placeholder for info in TYPES.values()]
    assert len(set(placeholders)) == len(placeholders)
    assert all(one.startswith("[") and one.endswith("]") for one in placeholders)
    assert all(info.label and info.advice for info in TYPES.values())
