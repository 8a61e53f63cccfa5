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
