"""What somebody else did to a record while its form was open: both versions are shown, and one chooses."""

from litbase.library.duplicates import merge
from litbase.library.editing import edit
from tests.web.conftest import CHAPTER, post
from tests.web.edit.conftest import FORM, ID, changed, fields, form, opened


def test_two_editors_at_once(ann, ben, library):
    hers, his = form(ann, FORM, title="Hers", volume="21"), form(ben, FORM, title="His", note="Only his")
    assert post(ben, FORM, his).status_code == 303
    answer = post(ann, FORM, hers)
    page = opened(answer)
    assert answer.status_code == 409
    assert "Ben changed it" in page.text("[role=alert]")
    rows = {
        each.select_one("th")["id"]: [" ".join(td.p.get_text().split()) for td in each.select("td")]
        for each in page.all("tbody tr")
    }
    assert list(rows) == ["r-title", "r-volume", "r-note"]
    assert rows["r-note"] == ["empty", "Only his", "empty"]
    assert [each.get_text() for each in page.all("#r-title ~ td ins")] == ["Hers", "His"]
    checked = {each["name"]: each["value"] for each in page.all("input[type=radio][checked]")}
    assert checked == {"choose-title": "mine", "choose-volume": "mine", "choose-note": "theirs"}
    assert library.store.get(ID).version == 2
    assert post(ann, FORM, changed(fields(page))).status_code == 303
    record = library.store.get(ID).record
    assert (library.store.get(ID).version, record.title, record.volume, record.note) == (3, "Hers", "21", "Only his")


def test_the_other_version_can_be_taken(ann, ben, library):
    hers = form(ann, FORM, title="Hers", volume="21")
    post(ben, FORM, form(ben, FORM, title="His"))
    page = opened(post(ann, FORM, hers))
    post(ann, FORM, changed(fields(page), **{"choose-title": "theirs"}))
    record = library.store.get(ID).record
    assert (record.title, record.volume) == ("His", "21")


def test_going_on_editing_carries_the_new_version_and_the_choices(ann, ben):
    hers = form(ann, FORM, title="Hers", abstract="A\r\n\r\nB")
    post(ben, FORM, form(ben, FORM, title="His", volume="9"))
    page = opened(post(ann, FORM, {**changed(fields(opened(post(ann, FORM, hers)))), "do": "continue"}))
    again = changed(fields(page))
    assert (again["version"], again["title"], again["volume"], again["abstract"]) == (
        ["2"],
        ["Hers"],
        ["9"],
        ["A\r\n\r\nB"],
    )


def test_a_third_change_meanwhile_is_shown_too(ann, ben, library):
    hers = form(ann, FORM, title="Hers")
    post(ben, FORM, form(ben, FORM, title="His"))
    page = opened(post(ann, FORM, hers))
    edit(library, ID, {"volume": "99"}, who="Cem")
    answer = post(ann, FORM, changed(fields(page)))
    page = opened(answer)
    assert answer.status_code == 409
    assert [each["id"] for each in page.all("tbody th[id]")] == ["r-title", "r-volume"]
    post(ann, FORM, changed(fields(page)))
    record = library.store.get(ID).record
    assert (record.title, record.volume) == ("Hers", "99")


def test_a_record_that_was_merged_meanwhile(ann, library):
    other = next(s.id for s in library.store.scan() if s.record.title == CHAPTER.title)
    hers = form(ann, f"/record/{other}/edit", title="Hers", note="N")
    merge(library, [other], ID, who="Ben")
    answer = post(ann, f"/record/{other}/edit", hers)
    page = opened(answer)
    assert answer.status_code == 409
    assert f"Ben merged {other} into {ID}" in page.text("[role=alert]")
    assert page.one("#edit")["action"] == FORM
    post(ann, FORM, changed(fields(page)))
    record = library.store.get(ID).record
    assert (record.title, record.note) == ("Hers", "N")
    assert ann.get(f"/record/{other}/edit").headers["Location"] == FORM


def test_a_record_that_was_withdrawn_meanwhile(ann, library):
    hers = form(ann, FORM, title="Hers")
    library.store.set_state(ID, "withdrawn", "Ben", "Twice")
    page = opened(post(ann, FORM, hers))
    assert "Ben withdrew it" in page.text("[role=alert]")
    assert "Twice" in page.text("[role=alert]")
    assert post(ann, FORM, changed(fields(page))).headers["Location"] == FORM
    assert library.store.get(ID).record.title == "Hers"
