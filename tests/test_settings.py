"""Settings: the file, then the environment, then the command line; what is wrong says where."""

from pathlib import Path

import pytest

from litbase.errors import LibraryError
from litbase.settings import load


def settings_file(folder: Path, text: str) -> Path:
    (folder / "litbase.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path):
    settings_file(tmp_path, 'name = "file"\ntagline = "file"\nport = 1\n')
    found = load(tmp_path, {"port": 3, "name": None}, {"LITBASE_PORT": "2", "LITBASE_TAGLINE": "environment"})
    assert (found.name, found.tagline, found.port) == ("file", "environment", 3)


@pytest.mark.parametrize(
    ("given", "public_url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"port": 8001}, "http://127.0.0.1:8001"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80"),
        ({"port": 8001, "public_url": "https://library.example.org/"}, "https://library.example.org"),
    ],
)
def test_links_lead_to_the_port_that_is_served_unless_they_are_set(tmp_path, given, public_url):
    assert load(tmp_path, given, {}).public_url == public_url


def test_display_rights_are_added_to_those_there_are(tmp_path):
    found = load(settings_file(tmp_path, '[display]\nvufind = "none"\n'), environ={})
    assert found.display == {"edweek": "snippet", "webpage": "snippet", "vufind": "none"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("port = many", "expected TOML"),
        ('port = "many"', "port must be a number"),
        ("colour = 1", "there is no setting 'colour'"),
        ("name = 3", "name must be str"),
        ('key_pattern = "{famly}{year}"', r"key_pattern .* no placeholder \{famly\}; the placeholders are \{family\}"),
        ('fetch_inside = "repository.example"', "fetch_inside must name hosts with their ports"),
        ("key_pattern = 3", "key_pattern must be str"),
        ('sso_header = "X_Remote_User"', "sso_header must be the name of a header"),
        ('sso_from = "proxy.example"', "sso_from must be addresses or networks"),
        ('sso_from = " "', "sso_from must be addresses or networks"),
        ('sso_role = "admin"', "sso_role must be reader, editor or empty"),
        ('insecure_login = "perhaps"', "insecure_login must be true or false"),
    ],
)
def test_a_wrong_setting_names_the_file_and_what_was_expected(tmp_path, text, told):
    with pytest.raises(LibraryError, match=told) as raised:
        load(settings_file(tmp_path, text), environ={})
    assert "litbase.toml" in str(raised.value)
