"""Names that keep their capitals in a title in small letters: places, peoples, languages, and people that titles name.

Sources: ISO 3166 short names, the states of the USA, names of languages and peoples.
"""

from typing import Final

PROPER: Final = frozenset(
    # continents, countries
    "Africa America Asia Europe Oceania Antarctica Scandinavia Balkans Caribbean Afghanistan Albania Algeria Angola "
    "Argentina "
    "Armenia Australia Austria Azerbaijan Bahrain Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia "
    "Bosnia "
    "Botswana Brazil Britain Brunei Bulgaria Burundi Cambodia Cameroon Canada Chad Chile China Colombia Congo "
    "Croatia Cuba "
    "Cyprus Czechia Denmark Ecuador Egypt England Eritrea Estonia Eswatini Ethiopia Fiji Finland France Gabon "
    "Gambia Germany "
    "Ghana Greece Greenland Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran "
    "Iraq Ireland "
    "Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Korea Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho "
    "Liberia "
    "Libya Liechtenstein Lithuania Luxembourg Macedonia Madagascar Malawi Malaysia Maldives Mali Malta Mauritania "
    "Mauritius "
    "Mexico Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger "
    "Nigeria "
    "Norway Oman Pakistan Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda "
    "Samoa "
    "Scotland Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria "
    "Taiwan "
    "Tajikistan Tanzania Thailand Tibet Togo Tonga Tunisia Turkmenistan Uganda Ukraine Uruguay Uzbekistan Vanuatu "
    "Venezuela "
    "Vietnam Wales Yemen Zambia Zimbabwe "
    # states of the USA
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois "
    "Indiana "
    "Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana "
    "Nebraska "
    "Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming "
    # peoples and languages
    "African American Arab Arabic Asian Australian Austrian Belgian Brazilian British Canadian Catalan Chicano "
    "Chinese Czech "
    "Danish Dutch Egyptian English Estonian European Finnish French German Greek Hebrew Hindi Hispanic Hungarian "
    "Icelandic "
    "Indian Indonesian Irish Israeli Italian Japanese Jewish Kenyan Korean Latin Latina Latino Latinx Malay "
    "Mandarin Maori "
    "Māori Mexican Muslim Navajo Nigerian Norwegian Persian Polish Portuguese Punjabi Romanian Russian Scandinavian "
    "Scottish "
    "Serbian Slovak Somali Spanish Swahili Swedish Swiss Tamil Thai Turkish Ukrainian Urdu Vietnamese Welsh Yiddish "
    "Zulu "
    "Christian Catholic Protestant Islam Islamic Buddhist Confucian Hindu Bologna Montessori Bourdieu Foucault "
    "Dewey Piaget "
    "Vygotsky Freire Rasch Likert Bayesian Google Facebook Twitter Wikipedia".split()
)  # fmt: skip
"""Single words."""
PAIRS: Final = frozenset((
    "United States", "United Kingdom", "United Nations", "United Arab", "New York", "New Jersey", "New Mexico",
    "New Hampshire",
    "New Zealand", "New England", "New Orleans", "North Carolina", "South Carolina", "North Dakota", "South Dakota",
    "North America", "South America", "Latin America", "West Virginia", "Rhode Island", "Hong Kong", "Sri Lanka",
    "Saudi Arabia",
    "South Africa", "South Korea", "North Korea", "Costa Rica", "Puerto Rico", "El Salvador", "Burkina Faso",
    "Sierra Leone",
    "Cape Verde", "Northern Ireland", "Los Angeles", "San Francisco", "European Union", "Soviet Union", "Middle East",
))  # fmt: skip
"""Names of two words, of which neither alone is a name."""
