"""The form of a record on a telephone: the boxes of a person say what goes into them."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import emptied

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    yield made
    made.close()


@pytest.mark.parametrize("width", [320, 375])
def test_the_boxes_of_a_person_are_named_above_them(editing, width):
    page = editing("/new", width=width)
    for name in ("Family name or group", "Given names"):
        head = page.locator(".author-head span", has_text=name)
        expect(head).to_be_visible()
        said, box = head.bounding_box(), page.get_by_label(name).first.bounding_box()
        assert abs(said["x"] - box["x"]) < 3
        assert said["y"] + said["height"] <= box["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
