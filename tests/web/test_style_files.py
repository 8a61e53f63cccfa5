"""Style files of a library in addresses."""

import pytest

from tests.formats.csl_style.written import full, kept


@pytest.fixture
def styles(web_library):
    """The folder of style files of the library, gone afterwards."""
    folder = web_library.folder / "styles"
    folder.mkdir()
    yield folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def test_an_address_names_a_style_file(client, styles):
    kept(styles, full('<text variable="title" prefix="HOUSE "/>'), "house.csl")
    assert client.get("/record/EJ1223055.txt?style=house").get_data(as_text=True).startswith("HOUSE ")
    lines = client.get("/search.txt?type=report&style=house").get_data(as_text=True).splitlines()
    assert len(lines) == 30
    assert all(line.startswith("HOUSE ") for line in lines)


def test_a_path_in_an_address_is_no_style(client, styles):
    path = kept(styles, full("<text value='OWN'/>"), "house.csl")
    for style in (str(path), "house.csl", "../styles/house"):
        answer = client.get("/record/EJ1223055.txt", query_string={"style": style})
        assert answer.get_data(as_text=True) == client.get("/record/EJ1223055.txt").get_data(as_text=True)


def test_a_bad_style_file_is_a_bad_request(client, styles):
    kept(styles, "<!DOCTYPE x>" + full(), "house.csl")
    assert client.get("/record/EJ1223055.txt?style=house").status_code == 400


def test_a_style_is_called_by_its_title(read, styles):
    kept(styles, full().replace(">T<", ">House &lt;b&gt; style<"), "house.csl")
    kept(styles, full().replace(">T<", ">Twice<"), "one.csl")
    kept(styles, full().replace(">T<", ">Twice<"), "two.csl")
    kept(styles, full().replace(">T<", ">APA 7<"), "ours.csl")
    page = read("/record/EJ1223055/cite")
    assert page.link("House <b> style").startswith("/record/EJ1223055/cite?style=house")
    for label in ("Twice (one)", "Twice (two)", "APA 7 (ours)", "APA 7"):
        assert page.link(label)


def test_a_list_is_a_bibliography_in_a_style_of_the_library(app, opened, styles):
    kept(styles, full('<text variable="title" prefix="HOUSE "/>').replace(">T<", ">House<"), "house.csl")
    client = app.test_client()
    client.post(
        "/list/add", data={"id": ["EJ1223055", "ED100001", "ED100002"]}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    page = opened(client.get("/list"))
    assert page.texts("#f-style option")[-1] == "House"
    assert not [text for text in page.texts(".biblio p") if text.startswith("HOUSE")]  # that would start the engine
    page = opened(client.get("/list?style=house"))
    assert [text[:6] for text in page.texts(".biblio p")] == ["HOUSE "] * 3
    assert "in the style House" in page.text(".lede")
    text = client.get(page.link("Text file")).get_data(as_text=True)
    assert [line[:6] for line in text.splitlines()] == ["HOUSE "] * 3
    kept(styles, "<!DOCTYPE x>" + full(), "house.csl")
    assert client.get("/list?style=house").status_code == 400
