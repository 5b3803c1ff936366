"""Words that invented talk is made of: endings, streets, shops, sounds that are misheard."""

SOUNDS = (
    "mor kil tar bel an dal fin ver lo cas tre wen har bri sul nor dun rav est pol cor mel".split()
)
ENDS = "more ton ford wick dale ley by gate well field side haven brook burn mount lea".split()
ORG_LAST = (
    "Project House Centre Center Trust Association Services Collective Housing Support Care Living "
    "Advocacy Network Partnership Foundation Alliance Hub Homes Carers Choices Voices Together "
    "Connections Families Outreach Ministries Options Futures Pathways Neighbors Society Initiative"
).split()
ORG_FIRST = (
    "New Second Open First Common Bright Northern Southern Eastern High Clear True Good Safe Own "
    "Better United Community Family People Independent Supported Silver Golden Green Blue"
).split()
ORG_NOUN = (
    "Hope Door Doors Bridge Lantern Harbor Harbour Light Lights Circle Path Step Steps Horizon Roots "
    "Branch River Ridge Valley Star Anchor Beacon Compass Thistle Heather Rowan Oak Cedar Plains "
    "Prairie Prospect Haven Hearth Threshold Table Garden Kestrel Heron Falcon Meadow Summit Porch "
    "Road Project Room Kitchen House Start Landing Commons Row Chair Mercy Welcome Gate Yard Loom "
    "Clubhouse Mast Vine Well Shore Place Corner Bench Lamp Kettle Quilt Ferry Mill Forge"
).split()
SHOPS = (
    "Tesco Asda Morrisons Lidl Aldi Greggs Boots Walmart Kroger Target Costco Walgreens CVS "
    "McDonald's Wendy's Amazon Uber Safeway Meijer Publix Wetherspoons Ikea Argos B&Q"
).split()
PAPERS = "Herald Gazette Courier Record Advertiser Observer Tribune Star Times Chronicle".split()
STATE_BODIES = (
    "Department of Human Services",
    "Department of Children and Families",
    "Health Care Authority",
    "Department of Mental Health",
    "Housing Authority",
    "Department of Corrections",
    "Department of Developmental Services",
    "Office of Aging",
    "Department of Social Services",
)
STREETS = "Street Road Avenue Terrace Drive Lane Way Crescent Place Boulevard Court Gardens".split()
STATES = (
    "Minnesota Ohio Georgia Texas Oklahoma Michigan Maine Kentucky Tennessee Alabama Oregon "
    "Wisconsin Illinois Virginia Florida Arizona Kansas Iowa Nevada Montana Vermont Louisiana"
).split()
ABROAD = (
    "Lagos Enugu Nigeria Mogadishu Kismayo Somalia Lahore Karachi Pakistan Punjab Gdańsk Warsaw "
    "Poland Kraków Białystok Laos Vientiane Saigon Vietnam Oaxaca Puebla Mexico Ponce Guatemala "
    "Honduras Syria Damascus Romania Ghana Accra Kenya Nairobi Haiti Jamaica Kingston"
).split()
RANKS = (
    "Reverend Rev Pastor Bishop Deacon Father Sister Brother Judge Sheriff Officer Sergeant Coach "
    "Councillor Councilman Senator Doctor Nurse Captain Major Elder Chief"
).split()
BUSINESS = (
    "Motors Bakery Diner Cafe Bar Hardware Pharmacy Barbers Salon Grocery Garage Butchers Autos "
    "Laundry Pizza Cabs Books Florist Bakers Taxis"
).split()
WORDS_THAT_ARE_NAMES = (
    "Hope Grace Will Mark Rob Bill Faith Joy Rose Dawn April May June Summer Autumn Precious "
    "Blessing Sunday Angel Destiny Patience Comfort Charity Sunny Misty Ray Art Frank Gene Dean "
    "Drew Chuck Pat Rich Miles Chase Hunter Paige Penny Iris Ivy Olive Ginger Heather Holly Violet "
    "Daisy Jewel Pearl Ruby Crystal Amber Star Skye King Prince Duke Guy Buddy Sandy Rusty Cliff "
    "Glen Dale Wade Lance Grant Ward Reed Forest Rock Jack Victor Earl Honor Mercy Chance Lucky "
    "Major Sue Carol Bob Nick Pete Don Iona Ross Dallas Austin Georgia Virginia Carolina Melody "
    "Harmony Serenity Trinity Treasure Bishop Deacon Winter Sky Rain River Cash Sonny Junior Gay"
).split()
TITLES = "Mr Mrs Ms Miss Dr Mr. Mrs. Ms. Dr. Councillor Professor Rev Reverend".split()
HEARD = (
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "y"),
    ("ai", "ay"),
    ("ea", "ee"),
    ("oo", "u"),
    ("ll", "l"),
    ("nn", "n"),
    ("tt", "t"),
    ("ss", "s"),
    ("c", "k"),
    ("k", "c"),
    ("y", "i"),
    ("i", "e"),
    ("e", "a"),
    ("o", "u"),
    ("v", "b"),
    ("z", "s"),
    ("m", "n"),
    ("d", "t"),
)
FILLERS = ["um,", "uh,", "you know,", "like,", "em,", "I mean,", "so,", "aye,", "well,"]
