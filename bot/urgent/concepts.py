# ruff: noqa: E501  (word lists: a row holds what belongs together)
"""Word lists that cue phrases name as `<name>`. Alternatives are parted by spaces; `_` joins the words of one alternative.

These are ways of writing, not guidance: what is urgent, and what to do, stands in knowledge/urgent/.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

CONCEPTS: Final = MappingProxyType(
    {
        # people
        "he": "he she they who namedperson it",
        "them": "him her them namedperson each_other me us himself herself",
        "their": "his her their my our namedperson the a this that",
        "parent": "dad mum parent parents stepdad stepmum stepfather stepmother step_dad step_mum foster_carer foster_dad foster_mum uncle aunt "
        "auntie grandad grandfather grandpa nan gran grandma nana granny brother brothers stepbrother step_brother sister sisters cousin cousins uncles aunts grandparents nans relatives siblings parents_in_law mums_boyfriend "
        "mum_boyfriend dad_girlfriend mums_partner mum_partner family papa guardian childminder",
        "child": "child children kid kids baby babies infant newborn toddler toddlers boy boys girl girls son sons daughter daughters pupil "
        "pupils student students teenager teenagers teen teens lad lass little_one little_ones young_person youngster schoolgirl schoolboy "
        "niece nephew grandchild grandson granddaughter grandchildren minor schoolchild little_lad little_girl little_boy bairn bairns bab "
        "neice neices year_old %under13 %teenager",
        "littlechild": "baby babies infant newborn toddler toddlers %under13 little_boy little_girl little_ones",
        "adult": "client patient resident tenant lady gentleman man woman neighbour pensioner service_user customer elderly %adult old_lady old_man "
        "wife husband partner adult bloke fella gent learning_disability learning_disabilities learning_disabled residents patients clients",
        "partner": "husband wife partner boyfriend girlfriend ex ex_husband ex_wife ex_partner ex_boyfriend fella bloke missus spouse fiance",
        "relative": "<parent> <partner> son daughter nephew niece grandson granddaughter in_laws mother_in_law father_in_law relative relatives neighbour friend lodger",
        "person": "<he> <child> <adult> <parent> <partner> someone somebody anyone person people individual victim nobody_else mate friend",
        "staff": "staff carer carers care_worker care_assistant teacher teachers teaching_assistant ta nurse nurses doctor coach volunteer volunteers "
        "support_worker social_worker colleague colleagues coworker co_worker youth_worker keyworker key_worker manager headteacher head_teacher head "
        "priest vicar imam tutor driver escort caretaker worker hca healthcare_assistant nursery_worker dinner_lady lunchtime_supervisor "
        "foster_carer childminder night_staff agency_worker member_of_staff staff_member gp scout_leader lecturer instructor supervisor cleaner",
        "harmer": "he she they who namedperson somebody someone <relative> <parent> <partner> <adult> <child> <staff> people man men lads gang abuser perpetrator",
        "harmed": "him her them namedperson me us each_other <child> <adult> <parent> <relative> someone a_woman sibling siblings the_kids people",
        "service": "client patient service_user tenant resident dad mum parent father mother he she they boyfriend partner husband brother namedperson man ex <child>",
        # harm
        "hit": "hit hits hitting beat beats beating beaten beaten_up beat_up beats_up beating_up punch punches punched punching slap slaps slapped "
        "slapping kick kicks kicked kicking smack smacks smacked smacking whack whacks whacked whacking wallop walloped wallops thump "
        "thumps thumped thumping batter batters battered battering belt belts belted belting strangle strangles strangled strangling "
        "choke chokes choked choking throttle throttled throttles throttling headbutt headbutted stab stabs stabbed stabbing bite bites bitten biting burn "
        "burns burned burnt burning scald scalded scalds scalding shake shakes shook shaken shaking attack attacks attacked attacking assault assaults "
        "assaulted assaulting push_down pushed shoved shove shoves shoving pushes pushing throw_at throws threw_down drag drags dragged pin pins pinned drags dragging "
        "whip whips whipped whipping cane caned pinned_down pins_down held_down smother smothered smothering suffocate suffocated suffocating drown "
        "drowned drowning poison poisoned poisoning poisons lash lashed leathered leathers knock_about knocks_about knocked_about knocking_about laid_into "
        "lays_into thrash thrashed thrashing thrashes rough_up roughed_up clout clouted clouts hurt hurts hurting harm harms harmed harming "
        "injured injures injuring lay_hands lays_hands laid_hands raised_his_hand went_for spat_at pulls_hair pulled_hair twisted_arm grabs grabbed "
        "grabbing pinches pinched pinching torture tortured torturing tortures",
        "beaten": "hit beaten beaten_up punched slapped kicked smacked whacked walloped thumped battered belted strangled choked throttled "
        "headbutted stabbed bitten burned burnt scalded shaken attacked assaulted pushed shoved dragged whipped caned smothered suffocated "
        "poisoned thrashed roughed_up hurt harmed injured pinched beat_up jumped knocked_about knocked_out shot mugged robbed tortured raped "
        "molested touched abused mistreated ill_treated bullied threatened starved neglected groomed exploited trafficked locked_in locked_up tied_up drugged "
        "restrained sexually_abused sexually_assaulted physically_abused emotionally_abused",
        "abused": "abused abusing abuses abuse_of molested molesting molests neglected neglecting neglects mistreated mistreating mistreats "
        "ill_treated exploited exploiting exploits raped raping rapes rape groomed grooming grooms trafficked trafficking sexually_abused "
        "sexually_abusing sexually_assaulted sexually_assaulting fiddled fiddling interfered interfering touched_up touching_up starved starving tortured",
        "touch": "touches touched touching touch rapes raped raping rape rapped molests molested molesting fondles fondled fondling gropes groped groping kisses kissed "
        "kissing has_sex had_sex having_sex sleeps_with slept_with sleeping_with abuses abused abusing fiddles fiddled fiddling interferes "
        "interfered interfering gets_in_bed got_in_bed gets_into_bed comes_in_her_bed comes_into comes_in exposes exposed flashes flashed "
        "put_his_hand puts_his_hand put_his_hands puts_his_hands undresses undressed films filmed licks licked rubs rubbed",
        "private": "private privates private_parts private_part bits willy penis vagina fanny bum bottom down_there breasts boobs between_her_legs between_his_legs in_her_bed "
        "in_his_bed in_my_bed sexual sexually inappropriately in_a_bad_way genitals under_her_clothes under_his_clothes knickers pants",
        "sex": "sex sexual sexually_active shagging having_it_off sleeping_with slept_with sleeping_together sexual_intercourse intercourse pregnant pregnancy "
        "contraception contraceptive contraceptives condom condoms the_pill morning_after_pill emergency_contraception sti std chlamydia "
        "gonorrhoea abortion termination lost_her_virginity expecting the_coil the_implant",
        "images": "nudes nude nude_pics nude_photos naked naked_pics naked_photos naked_pictures nude_pictures topless topless_photo sexting sext sexts indecent_images indecent_photos explicit_photos "
        "explicit_images explicit_pics explicit_videos sex_video sex_videos sex_tape sexual_photos sexual_pictures dirty_pics dirty_photos rude_pictures dick_pics dick_pic intimate_photos "
        "intimate_images intimate_pictures underwear_photos upskirt upskirting",
        "marks": "bruise bruises bruised bruising black_eye black_eyes marks mark burns burn cigarette_burns cigarette_burn welts weals bite_marks bite_mark "
        "fingermarks finger_marks fingerprints grip_marks handprint hand_print belt_marks scald scalds cuts slap_mark injuries injury "
        "scratches split_lip fat_lip broken_arm broken_leg broken_rib broken_ribs fractures fracture fractured swollen_face wounds pressure_sores "
        "bedsores bed_sores torn_frenulum head_injury rope_marks ligature_marks strangulation_marks busted_lip lash_marks whip_marks",
        "weapon": "knife knives gun guns machete machetes blade hammer axe bat baseball_bat bottle acid sword crowbar screwdriver firearm shotgun "
        "petrol weapon weapons scissors razor crossbow glass poker chain",
        "kill": "kill kills killing murder murdering stab stabbing shoot shooting strangle drown finish finish_off slit_her_throat slit_his_throat batter hurt do_in burn",
        "threat": "threatened threatens threatening threat threats threatning said_he_will says_he_will said_she_will says_she_will said_he_would "
        "said_she_would says_he_would warned promised vowed swore swears keeps_saying_he_will said_they_will says_they_will",
        "suicide": "suicide suicidal kill_himself kill_herself kill_themselves kill_themself killing_himself killing_herself killing_themselves "
        "end_it_all end_his_life end_her_life end_their_life ending_it end_it take_his_own_life take_her_own_life take_their_own_life "
        "top_himself top_herself hang_himself hang_herself hung_himself hung_herself hanging_himself hanging_herself hanged_himself hanged_herself "
        "hang_themselves drown_herself drown_himself shoot_himself shoot_herself suicide_note suicide_attempt attempted_suicide end_things jump_off throw_herself "
        "throw_himself slit_wrists slit_her_wrists slit_his_wrists cut_her_wrists cut_his_wrists od overdose overdosed overdosing overdoses "
        "kms kys unalive take_an_overdose took_an_overdose taken_an_overdose gas_himself gas_herself harm_himself harm_herself hurt_himself hurt_herself",
        "selfharm": "self_harm self_harms self_harmed self_harming selfharm selfharming selfharmed cutting_herself cutting_himself cuts_herself cuts_himself "
        "cut_herself cut_himself cutting_her_arms cutting_his_arms cutting_her_wrists burning_herself burning_himself hurting_herself hurting_himself "
        "harming_herself harming_himself harming_themselves cutting_themselves hurting_themselves harms_herself harms_himself",
        "tablets": "tablets tablet pills pill paracetamol paracetamols ibuprofen antidepressants sleeping_tablets sleeping_pills medication bleach insulin codeine "
        "morphine methadone antifreeze weedkiller co_codamol diazepam tramadol",
        "drugs": "heroin crack cocaine coke drugs ketamine ket spice meth methadone weed cannabis crystal_meth using dealing injecting injects injected "
        "smoking_crack drinking drunk alcohol vodka booze alcoholic pissed off_her_face off_his_face high stoned relapsed relapse wasted steaming",
        "dying": "not_breathing stopped_breathing barely_breathing can_not_breathe struggling_to_breathe not_breathing_properly stopped_breathin unconscious passed_out "
        "collapsed unresponsive will_not_wake_up can_not_wake not_waking_up will_not_wake not_waking bleeding bleeding_out bleeding_badly blood_everywhere pouring_blood covered_in_blood dying "
        "turning_blue gone_blue gone_limp limp fitting having_a_fit having_a_seizure seizure heart_attack having_a_stroke cardiac_arrest "
        "drowning choking suffocating hanging_from dead stopped_responding no_pulse lifeless going_blue overdosed overdosing",
        "now": "now right_now tonight today just this_morning this_afternoon this_evening last_night yesterday again as_we_speak at_the_moment currently "
        "this_week last_week this_weekend any_minute still happening in_front_of_me on_his_way",
        "danger": "danger immediate_danger at_risk high_risk serious_risk grave_danger unsafe not_safe in_danger risk_of_harm risk_of_significant_harm risk_of_serious_harm "
        "real_danger serious_danger danger_now immediate_risk at_serious_risk at_high_risk at_immediate_risk",
        "worry": "worried worry worries concern concerned concerns suspect suspects suspected suspecting suspicion suspicions think reckon fear fears scared believe "
        "afraid feeling sure convinced wondering noticed seen saw found looks_like seems heard hearing told told_me says said disclosed disclosure "
        "alleged allegation alleges claims reported reports admitted pretty_sure gut_feeling alarmed frightened panicking spotted witnessed",
        "telling": "told tells telling disclosed disclosing disclosed_to said says saying confided confides opened_up whispered whispers revealed admitted "
        "let_slip mentioned shared wrote written drew came_to_me came_out_with spoke_about talks_about talked_about talking_about blurted let_on confessed reports reported alleges alleged claims",
        "gone": "missing gone_missing run_away ran_away running_away runaway disappeared vanished absconded abducted kidnapped snatched gone_off not_come_home did_not_come_home has_not_come_home "
        "not_been_seen not_seen has_not_been_seen have_not_seen no_one_has_seen nobody_has_seen not_turned_up did_not_turn_up unaccounted_for",
        "refuse": "refuses refused refusing declines declined declining withdraws withdrew withdrawn withdrawing disengaged disengaging disengages stopped stops stopping "
        "dropped_out drops_out pulled_out will_not_take will_not_engage not_engaging will_not_let will_not_answer missed missing missing_all not_taking no_longer_taking "
        "came_off come_off discharged_himself discharged_herself cancelled cancelling walked_out not_attending will_not_see avoiding turned_away will_not_accept "
        "not_letting will_not_open keeps_missing does_not_want gave_up given_up cut_off turning_down turned_down",
        "treatment": "treatment medication tablets help support care services rehab detox appointments appointment visits visit meds therapy drug_service contact work "
        "mental_health_team crisis_team hospital antipsychotics methadone_programme engage engaging plan us in access door injection depot social_worker nurse counselling programme",
        "consent": "consent permission agreement ask asking asked signed_form signature approval signed_consent form_signed sign_off go_ahead",
        "agencies": "agency agencies social_care childrens_services social_services health police team teams school camhs gp hospital housing adult_services mental_health "
        "social_workers social_worker hub mash they",
        "money": "money cash savings pension benefits bank_card cash_card bank_account card account jewellery purse wallet house inheritance pip pin ring",
        "alarm": "<hit> <abused> <marks> <weapon> <suicide> <selfharm> <dying> <images> <danger> drag drags cigarette blood bloody bleeding scream screams screaming screamed shouting shouts yelling "
        "swollen sobbing cowering cowers flinch flinches flinching trembling terrified frightened petrified scared scared_of afraid afraid_of fear_of violent violence violently aggressive rage "
        "threat threats threaten threatens threatened threatening kill killed killing murder die dies died dead death punching smashing smashed smash broke_in broken_into stalking stalker followed_her "
        "harass harassing harassed blackmail blackmailing fire arson petrol acid locked locked_in locked_out trapped chained tied tied_up imprisoned captive kidnapped snatched missing gone_missing "
        "naked undressed no_clothes undress touching touched touches kissed kissing groped fondled raped rape sleep_with sleeping_with made_to_sleep sex sexual paedophile predator groomer grooming "
        "made_to force forced forcing forces coerced controlling controls pressured pimped passed_round passed_around trafficked sold_for prostitution exploiting exploited slave "
        "starving starved malnourished underweight lost_loads not_feed not_fed not_feeding not_eating not_eaten not_eat skinny emaciated dehydrated hungry no_food no_coat no_shoes no_heating freezing snow "
        "filthy stinking soaked_in soiled lice maggots rotting squalor infested mould faeces urine bedsores left_alone left_on home_alone unsupervised abandoned dumped left_in left_her left_him left_them left_the_kids left_the_children "
        "drunk drunken wasted off_his_face off_her_face passed_out heroin crack cocaine meth spice injecting needles overdose tablets pills sedated drugged extra_tablets extra_sleeping "
        "thrown_out kicked_out homeless run_away ran_away runaway ran_off abscond not_safe unsafe not_feel_safe not_feeling_safe at_risk danger dangerous in_danger harm harmed harming hurt hurts hurting injured injury "
        "whats_the_point what_is_the_point no_point hopeless worthless give_up given_up end_it not_want_to_live want_to_die psychotic voices possessed hallucinating paranoid manic "
        "stole stealing stolen robbed scammed drained borrows_money lends_money takes_her_money takes_his_money conned fraud beaten bullied bullying humiliated humiliates spat spits mocked degraded "
        "goes_through_her goes_through_his times_her times_him tracks tracking checks_her_phone checks_his_phone isolates isolated not_allowed_out will_not_let not_let "
        "honour ceremony fgm circumcised cut_down_there forced_marriage married_off somalia gang gangs dealing dealer county_lines cuckooed hairdryer plugged_in ledge bridge noose ligature rope jump jumping goodbye "
        "eat_off_the_floor off_the_floor dog_bowl dog_food cage shed garage cellar cupboard out_in_the thoughts_of_hurting shaking_him shaking_her crying_for_help shouting_for_help calling_for_help cries_for_help restrained dangling swinging_at lunged chased chasing grabbed punched_walls broke_her broke_his broken_nose broken_jaw "
        "fractured concussion unconscious collapsed limp blue vomiting_blood bitten bites climbed_in climbed_into got_into_bed in_his_bed in_her_bed shared_a_bed secret_game vulnerable_to exploited_by mans_house man_house older_man older_men strange_man strangers perv creep creepy inappropriate inappropriately exposed flashing flashed miscarried pregnant_by",
        "signs": "in_tears crying cries cried sobs weeping upset_and distraught hysterical in_a_state withdrawn_and quiet_and hides hiding hid curled_up rocking wetting wets wet_himself wet_herself soiling bedwetting nightmares "
        "bandaged bandages sores sore rash limping limps thin pale black_and_blue puffy bald_patches lost_weight losing_weight weight_loss missed_periods missed_two_periods missed_her_period late_period love_bite love_bites hickey "
        "roof rooftop railway tracks motorway main_road busy_road in_the_road wandering wandered river canal cliff "
        "no_bedding on_the_floor rats rat mice droppings needles_on smell stench fleas cockroaches no_bed no_electric no_electricity no_gas no_water no_toilet dog_mess wet_bed in_a_wet mattress dirty_nappy dirty_clothes same_clothes bare_feet barefoot no_socks "
        "passport one_way_ticket wed married marry bride wages documents 18_hours long_hours no_pay not_paid debt debts owes lodger gets_into comes_into_her_room comes_into_his_room in_her_room_at_night in_his_room_at_night alone_with "
        "pictures_of_kids pictures_of_children images_of_children indecent downloading sex_stuff sexual_stuff dirty_talk rude_messages send_pics sends_pics sent_pics sending_pics send_photos sends_photos webcam snapchat lift_home lifts in_his_car "
        "buys_her buys_him bought_her bought_him gifts vapes vape fags weed packages parcels running_for carry_packages cash_and burner hotel hotels parties "
        "nasty slams takes_it_out_on took_it_out_on loses_it lost_it loses_his_temper loses_her_temper lost_his_temper temper angry aggressive kicks_off kicked_off kicking_off throws_things threw_things smashing_up raging screaming_at screams_at shouts_at shouted_at shouting_at swears_at calls_her_names calls_him_names "
        "punishment punished punishes punishing made_to_stand shaved cold_shower cold_bath soap_in locked_out shut_in shut_out sent_to_bed_without no_dinner poked poke pokes slammed yanked yank yanks shoved squeezed twisted stamped stamped_on elbowed kneed "
        "hand_over_mouth over_the_mouth over_his_mouth over_her_mouth pulled_a_mum pulled_off force_fed force_feeding make_her_sleep make_him_sleep to_make_her_sleep to_make_him_sleep something_to_make crushed_tablets laced spiked "
        "get_in_through break_in breaking_in trying_to_get_in banging_on_the_door at_the_door_shouting outside_her_house outside_my_house waiting_for_me followed follows following turns_up_at watching_her watching_me ex_is_outside "
        "not_answered not_answering not_answer no_answer no_reply not_opened not_heard_from phone_off not_turned_up no_one_has_seen nobody_has_seen not_come_in no_adult no_adults nobody_ever_comes on_their_own on_his_own on_her_own all_night by_herself by_himself "
        "cant_take_it can_not_take not_cope can_not_cope not_coping when_i_am_gone when_she_is_gone when_he_is_gone when_shes_gone letter_to_her_kids said_goodbye giving_away given_away wants_out want_out off_his_tablets off_her_tablets not_taking_his not_taking_her devil satan demons "
        "arrested charged got_done_for done_for_kids convicted offender registered_offender prison released bail tag "
        "going_black gangrene infected septic not_changed unchanged untreated not_seen_a_doctor refusing_doctor no_medication not_given not_been_given without_insulin denied_food denied_water rationed "
        "cash_machine cash_card bank_card pin changed_her_will changed_his_will power_of_attorney sold_her_house sold_his_house signed_over loan_shark doorstep rogue_trader on_purpose rough_with rough_handled roughly pinched "
        "been_drinking drinking_again had_a_drink broken_collarbone broken_wrist broken_ankle broken_finger broken_skull broken_tooth broken_teeth knocked_out_teeth broken_bone broken_bones dislocated can_not_explain can_explain unexplained "
        "pinned pinned_down held_her_down held_him_down laughed_at filmed_it begging scavenging bins stealing_food no_money_for_food nothing_left nothing_to_live train_line train_tracks train_station under_a_bus under_a_train in_front_of_a "
        "refusing_insulin insulin refusing_blood refusing_chemo be_sorry watch_your_back watch_my_back regret_it knows_where jail broke_the_door kicked_the_door broke_the_window smashed_the_window dealers drug_dealers never_leaves never_goes_out never_alone being_watched "
        "vanish vanishes vanished disappear disappears something_not_right does_not_feel_right something_wrong_with not_right stay_behind shower_with showering_with massage massages tickles tickling sits_on_his_lap sit_on_his_lap special_friend "
        "11pm midnight 2am 3am 4am 1am middle_of_the_night living_with_the_kids back_living_with still_living_with did_it_with going_with wants_to_hurt wants_to_kill push_someone overdosing swallowed drank_bleach battery_swallowed poisoned "
        "sleeping_rough in_the_car_with_no car_with_no_seatbelt speeding crashed_with gave_him_a_slap gave_her_a_slap gave_him_a_clout a_good_hiding good_hiding the_belt the_slipper the_stick wooden_spoon clip_round backhander backhanded clobbered decked lamped twatted leathering pasting kicking_in head_in knocks_lumps lumps_out marks_up hiding_bruises long_sleeves makeup_over",
        "steal": "steal steals stealing stole stolen nick nicks nicking nicked taking taken takes took rob robs robbed robbing robbin pinching pinched pinch drained draining "
        "emptied emptying helping_himself helping_herself withdrawing spending spent missing gone_missing scammed conned fleeced bleeding_her_dry "
        "bleeding_him_dry controls controlling pocketing pocketed swindled swindling disappearing vanished",
    }
)

IDIOMS: Final = (
    "kill|kills|murder|murders me ~ if|when ~ late|miss|missed|forget|forgot|forgotten|lose|lost|do_not|mess", "killing|kill|kills time|it|two", "kill two birds", "feet|back|head|shoes|legs are|is killing me",
    "is|are killing me", "dying|die to know|for|of_laughter|laughing|of_embarrassment|of_boredom|out", "could|would murder|kill a|an|for ~ brew|coffee|tea|drink|cuppa|biscuit|pint|sandwich|nap|break|holiday", "dead against|set|tired|line|easy|simple|busy|nice|keen|funny",
    "drowning|drowned|drown|buried|swamped in|under paperwork|emails|work|admin|forms|cases|notes|referrals", "phone|battery|laptop|ipad|tablet|screen|computer|printer|signal|internet|wifi|app is|was|will|has|just|going? about? to? die|dying|dead|died|burst|crashed",
    "battery|line|link|phone|laptop|signal|deadline", "hit|hits|hitting our|the|my|a|your target|targets|deadline|deadlines|wall|button|road|link|ground|nail|send|enter|reply|jackpot|buffers|key", "hit me|us|her|him that|up|with_a_question|hard_that",
    "shoot me|us|you a|an|over|the|your", "shoot|shot|stab in the dark", "take|have|had|taking a|another stab|bash|shot|crack at", "beating|hammering in|at supervision|court|meeting|football|panel", "doing my head in", "beat|beating|beats the|around|about traffic|bush|clock|deadline|rush|queue",
    "i am starving", "we are starving", "starving back", "under fire|the_cosh", "strangled|choked|choking|suffocating by|in|on|with red_tape|paperwork|admin|bureaucracy|emails", "fighting over|for the|a|my ipad|remote|toys|toy|tablet|telly|tv|xbox",
    "page|pages|form|forms|signature|file|files|paragraph|section|attachment|field|info|information|details|date|link|box|document|documents|paperwork|record|records|letter|word|button|answer|question is|are|was|were|has|have|gone|got? missing|lost|gone_missing",
    "missing a|the|an|from|my ~ signature|page|form|protocol|file|document|date|section|link|attachment|field", "missed the|a|my|our|your meeting|deadline|training|module|call|point|lesson", "burning question|desire|the_candle|the_midnight_oil|calories", "burnt|burned|burning out",
    "crash course", "knife edge", "punch above", "punching above", "data|drug|substance abuse policy", "abuse of the system|process|power_of_words", "hurt|hurts to ask|know|try", "no harm in|involved|done|asking", "any harm in|asking", "blood pressure|test|tests|results|sugar|type",
    "threatening|threatened|threatens to sue|complain|report_me|report_us|resign|go_to_the_press|take_legal|walk_out", "help|helps me|us decide|with|work|think|understand|to|choose|out", "stress|heat|cold|hunger is killing", "smash|smashed|smashing the_quiz|my_targets|this", "slap|slapped on the wrist", "slap_dash", "kick|kicks|kicking off at|the meeting|project|half|match|game", "kick|kicked the habit|bucket_list", "bite the bullet", "bite|bit to eat|off more", "grab|grabbing lunch|coffee|a_coffee|some_lunch|five",
    "push|pushed|pushing back the|our|my meeting|deadline|date", "throw|threw|throwing a|some light|party|idea|question", "shake|shook|shaking hands|up", "hang|hanging on|around|up|fire", "i am a|an <staff>|health_visitor|midwife|housing_officer|social_worker", "bleeding|bled|bleeds|bleed her|him|them dry", "cut|cuts|cutting corners|costs|down|to_the_chase|and_paste|it_short", "funding|budget|council|benefit cuts|cut", "high|under pressure job|week",
    "marks|mark out|off|my|your|scheme|for ~ quiz|essay|homework|test|module", "full|top|good marks", "mark|marks as|it|this|the read|done|complete|message", "question|quotation|exclamation mark|marks",
)  # fmt: skip
"""Ways of speaking that use alarming words and mean nothing alarming; their words are taken out of a sentence first."""

KEY_TERMS: Final = tuple(
    "suicide suicidal overdose overdosed overdosing paracetamol tablets strangled strangling strangle choking choked unconscious unresponsive bruise bruises "
    "bruised bruising bleeding abuse abused abusing abusive neglect neglected neglecting threatened threatening threatens stabbed stabbing grooming groomed "
    "exploited exploitation exploiting trafficked trafficking hitting hurting kicking kicked punched punching slapped slapping kidnapped abducted pregnant danger dangerous breathing "
    "assaulted assault molested molesting starving starved drowning disclosed emergency violent violence machete coerced coercion forced forcing touching touched "
    "collapsed missing frightened terrified pressured stealing slavery sexual sexually injured injuries burning knife killing murder beating battered attacked raping consent "
    "immediate tonight toddler children husband boyfriend controlling allegation whistleblowing referral safeguarding domestic cutting harming hanging".split()
)
