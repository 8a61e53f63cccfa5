"""The history tells of merges and of sources that disagree; both are taken back or settled there."""

import pytest

from litbase.library import bring_level
from litbase.library.duplicates import merge
from litbase.library.editing import edit
from litbase.library.reading import add
from tests.web.conftest import post
from tests.web.duplicates.conftest import XSS, A, B, state


def test_the_history_tells_what_was_merged_in_and_takes_it_out(editor, library, opened):
    edit(library, B, {"publisher": "Town Press"}, who="Ben", why="as printed")
    merge(library, [B], A, who="Ben", why="one work")
    page = opened(editor.get(f"/record/{A}/history"))
    section = page.one("[aria-labelledby=in-h]")
    told = " ".join(section.get_text(" ").split())
    assert "Merged by Ben" in told
    assert "one work" in told
    assert f"{B} merged into this record by Ben" in page.text(".timeline")
    own = opened(editor.get(section.a["href"]))
    assert f"merged into {A}" in own.text(".note")
    assert "as printed" in own.text(".timeline")
    assert f"Merged into {A} by Ben" in own.text(".timeline")
    form = section.form
    answer = post(editor, form["action"], {one["name"]: one["value"] for one in form.select("input")})
    assert answer.headers["Location"] == f"/record/{A}/history"
    assert state(library, B) == "public"
    assert not opened(editor.get(f"/record/{A}/history")).all("[aria-labelledby=in-h]")


@pytest.mark.parametrize("side", [A, B])
def test_a_merge_is_undone_from_either_side(editor, library, opened, side):
    merge(library, [B], A, who="Ben")
    page = opened(editor.get(f"/record/{side}/history"))
    form = page.all(".timeline form[action$=undo]")[0]
    assert post(editor, form["action"], {one["name"]: one["value"] for one in form.select("input")}).status_code == 303
    assert state(library, B) == "public"


def test_readers_see_the_history_of_a_merged_record_and_no_buttons(app, library, opened):
    merge(library, [B], A, who="Ben")
    reader = app.test_client()
    page = opened(reader.get(f"/record/{B}/history"))
    assert f"Merged into {A}" in page.text()
    assert not page.all("main form")
    assert reader.get(f"/record/{B}").status_code == 301
    library.store.set_state(A, "withdrawn", "Ben", "wrong")
    assert reader.get(f"/record/{B}/history").status_code in (301, 410)


@pytest.fixture
def disputed(library, tmp_path):
    """A record of which Ann decided the volume before its source said another."""
    for number in ("1", "3"):
        path = tmp_path / "roe.bib"
        path.write_text(
            f"@article{{roe, title={{Roads}}, author={{Roe, Ann}}, year=2001, volume={number}, doi={{10.5555/roads}}}}"
        )
        [found] = add(library, [str(path)])
        if number == "1":
            edit(library, found.id, {"volume": f"2{XSS}"}, who="Ann", why="as printed")
    bring_level(library)
    return found.id


@pytest.mark.parametrize("place", ["", "/history"])
@pytest.mark.parametrize(("verb", "left"), [("keep", f"2{XSS}"), ("take", "3")])
def test_a_source_that_disagrees_is_told_and_settled(editor, app, library, opened, disputed, place, verb, left):
    page = opened(editor.get(f"/record/{disputed}{place}"))
    told = page.text(".disputes")
    assert "Volume: a source disagrees with Ann." in told
    assert "as printed" in told
    assert XSS not in page.html.replace("application/ld+json", "")
    form = page.one(".disputes form")
    fields = {one["name"]: one["value"] for one in form.select("input")}
    answer = post(editor, form["action"], {**fields, "do": verb})
    assert answer.headers["Location"] == f"/record/{disputed}{place}"
    assert library.store.get(disputed).record.volume == left
    assert not opened(editor.get(f"/record/{disputed}{place}")).all(".disputes")
    assert post(editor, form["action"], {**fields, "do": verb}).status_code in (400, 409)
    assert not opened(app.test_client().get(f"/record/{disputed}{place}")).all(".disputes")


def test_a_dispute_seen_in_another_version_is_not_settled(editor, library, disputed):
    form = {"field": "volume", "do": "take", "seen": 1}
    assert post(editor, f"/record/{disputed}/history/settle", form).status_code == 409
    assert post(editor, f"/record/{disputed}/history/settle", {**form, "seen": "x"}).status_code == 400
