"""The numbers by which detection decides, and the scores that its rules give, in one place.

Scores lie between 0 and 1. Those of names are what a name is worth before `confidence` weighs all
that speaks for it; those of identifiers, dates and ages stay. Most were set by hand: no decision
record has a figure for each by itself. Those of the model come from its calibration
(docs/decisions/008).
"""

from __future__ import annotations

# What is believed.
LEAST = {"high": 0.05, "balanced": 0.2, "precise": 0.5}  # by the policy's recall: a name's score
MORE_LIKELY_THAN_NOT = 0.5
HIGHEST = 0.99  # no mention is certain, and none is certainly nothing
NO_NAME, ALL_NAME = 0.001, 0.999  # log-odds stay finite
MODEL_LEAST = 0.25  # a word less probable than this is in no name that the model sees
MODEL_LEAST_SMALL = 0.9  # where names have capitals, a word without one must be very probable
OTHER_KIND = 0.0  # log-odds by which another kind must be likelier than the one that was found
KIND_LEAST = 0.01  # a word less probable says nothing of a name's kind
MODEL_PLAIN = 0.9  # from here on the model alone tells a name without case from talk
PRESIDIO_LEAST = 0.35  # its weak patterns count only where their context words stand near
MOSTLY_OF_ONE_GENDER = 0.9  # share of women (or men) from which a given name says so

# What a person or the transcript's structure says.
ROSTER = 0.99
STRUCTURE = 0.95
TITLED = 0.8  # behind a title or a kin word

# Forms that hardly anything else has.
CHECKED_IDENTIFIER = 0.95  # its check digit or date fits
IDENTIFIER_FORM = 0.85
IDENTIFIER_BY_CONTEXT = 0.75  # the form alone says too little
LEAST_REFERENCE = 0.5  # of a number that no rule takes: training/references.py
REFERENCE_SHAPE = 0.5  # of no known form: below all that has one
POSTCODE = 0.6  # as sure as an identifier gets; Presidio scores it for use with context
DAY_LEVEL_DATE = 0.9
EXACT_AGE = 0.85
LEAST_AGE = 0.3  # of a number that no frame calls an age: training/ages.py
LEAST_OF_COMPANY = 0.8  # of an age that speaks for the numbers beside it
AGE_IN_COMPANY = 0.7  # of a number in a list of which another is an age
LEAST_AGE_IN_A_FRAME = 0.1  # of one in a frame that sizes and hours have too ("at fifty-one")
STREET_ADDRESS = 0.8
WEB_ADDRESS = 0.9
PHONE_SHAPE = 0.7
POSSIBLE_PHONE = 0.55  # digits that no plan assigns, behind a word such as "ring"

# What is said letter by letter and digit by digit.
SPELLED_OUT = 0.8
SPOKEN_NUMBER = 0.85  # seven digits or more
SPOKEN_SHORT_NUMBER = 0.7  # four to six, where a word says what they are
SPOKEN_E_MAIL_ADDRESS = 0.9
SPOKEN_LOCAL_PART = 0.7  # "mara dot quill", and the rest is not said
SPOKEN_WEB_ADDRESS = 0.75
SPOKEN_HANDLE = 0.75

# Known places.
PLACE_OF_WORDS = 0.8  # two words and more, each with its capital
PLACE_LOCATED = 0.8  # "in Leith"
PLACE_ALONE = 0.6
PLACE_FIRST = 0.55  # first in its sentence, where every word has a capital
PLACE_OR_NAME_LOCATED = 0.7  # a word or a person's name as well
PLACE_SMALL_LOCATED = 0.7  # without case
PLACE_SMALL_OF_WORDS = 0.7
PLACE_SMALL_ALONE = 0.5  # without case only a town of some size

# People and organisations by what stands around them.
FULL_NAME = 0.8
FULL_NAME_SMALL = 0.75
FULL_NAME_SMALL_ORDINARY = 0.65  # the given name is a word too
INTRODUCED = 0.75
GIVEN_NAME = 0.7
GIVEN_NAME_FIRST = 0.6  # first in its sentence
GIVEN_NAME_SMALL = 0.6
ORGANISATION = 0.7
ORGANISATION_SMALL = 0.65

# The corpus as evidence, and the last net: a person should look.
CORPUS = 0.8
CORPUS_DOUBTFUL = 0.6  # a word too
CORPUS_LEAST_CASELESS = 0.05  # below it 298 of 347 finds without case were wrong (talk tuned on)
MOSTLY_SAID_SHORT = 0.2  # mean share of a name of "the road", over a study without case
SAID_SHORT, NO_SHORT_NAME = 0.2, 0.01  # at a place: of any such word, of one that mostly is a name
SMALL_LEAST = 0.3  # written small beside capitals; below it 28 of 28 were wrong (talk tuned on)
# Of what one view alone says, on talk tuned on: spaCy of words that no table knows as names (52 of
# 56 such finds were wrong without case, 13 of 13 with it), a bare capital (7 of 7).
TAGGER_ALONE_LEAST = 0.2
CAPITAL_ALONE_LEAST = 0.1
OPENING_LEAST = 0.03  # of a word that the study writes small, where it opens a sentence
NEAR_A_NAME = 0.5
CAPITAL_AFTER_THE = 0.5
CAPITAL = 0.45
PROPER_NOUN = 0.45
