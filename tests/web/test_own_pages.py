"""What the operator gives: name, tagline, logo, contact and pages; wrong files are told, hostile ones do nothing."""

import os
from dataclasses import replace

import pytest

from litbase.errors import LibraryError
from litbase.library import branding, open_library
from litbase.settings import FILES, Settings, is_email, load
from litbase.web import CSP, create_app
from tests.web.conftest import RECORDS, emptied, fill
from tests.web.every import PAGES
from tests.web.test_xss import VECTORS

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'


@pytest.fixture
def folder(tmp_path):
    """A library folder with files in it, and one beside it."""
    library = tmp_path / "library"
    (library / "pages").mkdir(parents=True)
    (library / "logo.png").write_bytes(PNG)
    (library / "logo.svg").write_bytes(SVG)
    (library / "pages" / "imprint.md").write_text("# Imprint of the Library\n\nMain Street 1  \nTown\n", "utf-8")
    (library / "big.png").write_bytes(PNG + b"\0" * (20 << 20))
    (library / "page.md").write_bytes(b"\xff\xfe\x00")
    (library / "liar.png").write_bytes(SVG)
    (tmp_path / "outside.png").write_bytes(PNG)
    (tmp_path / "outside.md").write_text("secret", "utf-8")
    return library


@pytest.fixture
def served(folder):
    """served(**settings) is a client of the library in that folder with these settings."""
    opened = []

    def make(**settings):
        library = open_library(folder, replace(Settings(), **settings), create=True)
        opened.append(library)
        return create_app(library).test_client()

    yield make
    for library in opened:
        library.close()


@pytest.mark.parametrize(
    ("setting", "told"),
    {
        "a logo that is missing": ('logo = "none.png"', "logo names a file that is not there"),
        "a logo of 20 MB": ('logo = "big.png"', "logo must have at most 524,288 bytes"),
        "a logo outside the folder": ('logo = "../outside.png"', "logo must be a file in the library folder"),
        "an absolute path": ('logo = "/etc/passwd"', "logo must be a file in the library folder"),
        "a folder": ('logo = "pages"', "logo must end in .svg"),
        "another kind of file": ('logo = "page.md"', "logo must end in .svg"),
        "a null byte": ('logo = "a\\u0000.png"', "logo must be a file in the library folder"),
        "a logo that is no text": ("logo = 3", "logo must be str"),
        "a page outside the folder": ('imprint = "../outside.md"', "imprint must be a file in the library folder"),
        "a page that is missing": ('about = "pages/about.md"', "about names a file that is not there"),
        "a page that is a picture": ('privacy = "logo.png"', "privacy must end in .md, .txt"),
        "a contact that is nothing": ('contact = "somebody"', "contact must be an e-mail address or a web address"),
        "a contact that runs": ('contact = "javascript:alert(1)"', "contact must be"),
        "a switch that is no switch": ('debug = "maybe"', "debug must be true or false"),
    }.values(),
)
def test_a_wrong_setting_is_told_when_the_library_is_opened(folder, setting, told):
    (folder / "litbase.toml").write_text(setting + "\n", "utf-8")
    with pytest.raises(LibraryError, match=told) as raised:
        load(folder, environ={})
    assert "litbase.toml" in str(raised.value)


def test_a_link_out_of_the_folder_is_not_followed(folder):
    os.symlink(folder.parent / "outside.png", folder / "linked.png")
    with pytest.raises(LibraryError, match="must be a file in the library folder"):
        load(folder, {"logo": "linked.png"}, {})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"logo": "liar.png"}, "logo must be the image/png that its name says"),
        ({"imprint": "page.md"}, "imprint must be text in UTF-8"),
        ({"logo": "gone.png"}, "logo cannot be read"),
        ({"logo": "../outside.png"}, "logo must be a file in the library folder"),
        ({"logo": "big.png"}, "logo must have at most"),
    ],
)
def test_what_is_wrong_inside_a_file_is_told_when_the_server_starts(served, settings, told):
    with pytest.raises(LibraryError, match=told):
        served(**settings)


@pytest.mark.parametrize(("text", "good"), [("true", True), ("1", True), ("off", False), ("", False)])
def test_a_switch_comes_from_the_environment_too(folder, text, good):
    assert load(folder, environ={"LITBASE_DEBUG": text}).debug is good


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@b.de", True),
        ("a.b+c@sub.example.org", True),
        ("a@b", False),
        ("a b@c.de", False),
        ("a@b.de\n", False),
        ("@b.de", False),
        ("a@b.de?x", False),
    ],
)
def test_an_address_is_told_from_other_text(text, is_one):
    assert is_email(text) is is_one


def test_the_logo_stands_beside_the_name_at_an_address_of_its_own(served, opened):
    client = served(logo="logo.png", name="Reading room")
    page = opened(client.get("/"))
    image = page.one(".brand img")
    assert image["alt"] == ""
    assert page.text(".brand") == "Reading room"
    answer = client.get(image["src"])
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", PNG)
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/logo.png?v=old").headers["Cache-Control"] == "no-cache"
    assert client.get("/logo.svg").status_code == 404
    assert opened(client.get("/")).all(".brand svg") == []


def test_a_logo_with_a_script_is_inert(served):
    answer = served(logo="logo.svg").get("/logo.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_without_a_logo_there_is_the_shipped_sign(served, opened):
    client = served()
    page = opened(client.get("/"))
    assert page.all(".brand img") == []
    assert page.all(".brand svg") != []
    assert client.get("/logo.png").status_code == 404
    assert client.get("/").headers["Content-Security-Policy"] == CSP


def test_pages_are_in_the_footer_only_when_they_are_there(served, opened):
    page = opened(served().get("/"))
    links = page.texts(".site-foot a")
    assert "Privacy" in links
    assert {"Imprint", "About", "Contact"} & set(links) == set()
    client = served(imprint="pages/imprint.md", contact="desk@library.example")
    page = opened(client.get("/"))
    assert {"Imprint", "Contact", "Privacy", "Accessibility"} <= set(page.texts(".site-foot a"))
    assert page.link("Contact") == "mailto:desk@library.example"
    imprint = opened(client.get(page.link("Imprint")))
    assert imprint.text("h1") == "Imprint of the Library"
    assert [str(p) for p in imprint.all(".prose p")] == ["<p>Main Street 1<br/>Town</p>"]
    assert client.get("/about").status_code == 404
    assert opened(served(contact="https://library.example/desk").get("/privacy")).link("Contact").startswith("https:")


def test_a_privacy_page_of_the_operator_stands_in_place_of_ours(served, folder, opened):
    (folder / "privacy.txt").write_text("We keep nothing.\nWrite to desk@library.example", "utf-8")
    page = opened(served(privacy="privacy.txt").get("/privacy"))
    assert page.text("h1") == "Privacy"
    assert page.text(".prose") == "We keep nothing.Write to desk@library.example"
    assert page.link("desk@library.example") == "mailto:desk@library.example"


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("off", "logs neither the pages you read nor the words you search for"),
        ("path", "neither the words you search for"),
        ("query", "The address holds the words you search for"),
    ],
)
def test_the_privacy_page_says_what_is_logged(served, opened, mode, told):
    page = opened(served(access_log=mode).get("/privacy"))
    assert told in page.text(".prose")


def test_the_privacy_page_names_every_cookie(client, read):
    """What the application sets, and nothing it does not."""
    set_by = [
        client.post(address, data=data, headers={"Sec-Fetch-Site": "same-origin"}).headers.getlist("Set-Cookie")
        for address, data in (("/settings/theme", {"theme": "dark"}), ("/list/add", {"id": "EJ1223055"}))
    ]
    names = {cookie.partition("=")[0] for some in set_by for cookie in some}
    assert names == set(read("/privacy").texts(".prose li > code"))


def test_hostile_settings_are_shown_as_text(tmp_path, opened):
    """Name, tagline and every own page, with two hundred pieces of hostile text."""
    folder = tmp_path / "library"
    folder.mkdir()
    hostile = [
        f"{before}{vector}{after}"
        for vector in VECTORS
        for before, after in (
            ("", ""),
            ("**", "**"),
            ("`", "`"),
            ("[", "](javascript:alert(1))"),
            ("[x](", ")"),
            ("<", ">"),
            ("# ", ""),
            ("- ", ""),
            ("1. ", ""),
            ("_", "_"),
            ("https://x.example/", ""),
            ("mailto:", ""),
        )
    ]
    assert len(hostile) > 200
    (folder / "about.md").write_text("\n\n".join(hostile), "utf-8")
    (folder / "imprint.txt").write_text("\n".join(hostile), "utf-8")
    library = emptied(
        folder,
        name=VECTORS[0],
        tagline=VECTORS[3],
        about="about.md",
        imprint="imprint.txt",
        contact='https://x.example/"><script>',
    )
    client = create_app(library).test_client()
    for address in ("/about", "/imprint", "/", "/stats", "/help", "/privacy", "/accessibility"):
        page = opened(client.get(address))
        scripts = [script.get("src", "") for script in page.all("script")]
        assert all("/static/" in src for src in scripts), address
        assert page.all("iframe, img, math, object, embed, main svg[onload], main b b") == [], address
        assert [t.name for t in page.soup.find_all(True) if any(a.startswith("on") for a in t.attrs)] == [], address
        assert [
            a["href"]
            for a in page.all("a[href]")
            if not a["href"].startswith(("/", "#", "https://", "http://ok", "mailto:"))
        ] == []
    for number in range(0, len(VECTORS)):
        named = create_app(
            replace(library, settings=replace(library.settings, name=VECTORS[number], tagline=VECTORS[number]))
        )
        page = opened(named.test_client().get("/"))
        assert page.text("h1") == " ".join(VECTORS[number].split())
        assert page.text(".brand") == " ".join(VECTORS[number].split())
    library.close()


def test_no_page_says_education_unless_the_settings_do(tmp_path, opened):
    library = emptied(tmp_path / "library")
    client = create_app(library).test_client()
    for address in ("/", "/stats", "/privacy", "/accessibility", "/search"):
        assert "education" not in opened(client.get(address)).text("body").lower(), address
    named = replace(library, settings=replace(library.settings, tagline="Find what has been written on education"))
    assert "education" in opened(create_app(named).test_client().get("/")).text("h1")
    library.close()


def test_components_are_shown_only_for_designers(tmp_path, opened):
    library = emptied(tmp_path / "library", debug=True)
    page = opened(create_app(library).test_client().get("/components"))
    assert len(page.all("h1")) == 1
    assert len(page.all(".iconlist li")) > 50
    for part in (
        ".type",
        ".badge.warn",
        ".chip",
        ".btn.primary",
        ".note.bad",
        ".rel li",
        ".chart",
        ".bars",
        ".heat",
        ".blank",
        "mark",
    ):
        assert page.all(part), part
    plain = replace(library, settings=replace(library.settings, debug=False))
    assert create_app(plain).test_client().get("/components").status_code == 404
    library.close()


def test_every_setting_that_names_a_file_has_its_limits():
    assert set(FILES) == {"logo", *branding.PAGES}
    assert set(branding.TYPES) == set(FILES["logo"][0])


def test_the_accessibility_statement_claims_only_what_tests_do(read):
    from tests.web.browser.conftest import RULES

    told = read("/accessibility").text(".prose")
    assert "axe-core" in told
    assert {"wcag2aa", "wcag22aa", "best-practice"} <= set(RULES)
    assert {"/stats", "/accessibility", "/privacy", "/help", "/"} <= set(PAGES)
    assert "No person has tested" in told


def test_the_first_page_has_the_four_commonest_types(tmp_path, opened):
    library = emptied(tmp_path / "library", tagline="All of it")
    fill(library, RECORDS)
    page = opened(create_app(library).test_client().get("/"))
    assert page.text("h1") == "All of it"
    assert len(page.all(".types a")) == 4
    assert page.texts(".types b")[0] == "Reports"
    assert page.link("All types") == "/facet/type"
    assert len(page.all(".rel li")) == 5
    assert len(page.all(".tries a")) == 4
    library.close()
