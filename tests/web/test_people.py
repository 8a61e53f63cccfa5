"""The pages of people: one's own account, every account, the audit log."""

import html5lib
import pytest

from litbase.library import accounts, auditing
from litbase.library.accounts import actor_of
from litbase.record.record import Record
from litbase.record.text import clean
from tests.web.conftest import Page, emptied, fill, incoming, post, served, sign_in, signed_in
from tests.web.vectors import vectors

pytestmark = pytest.mark.usefixtures("quick_hashes")
PASSWORD = "a few plain words"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    accounts.add_account(made, "Ann", "admin", PASSWORD, who="tester")
    accounts.add_account(made, "Ben", "editor", PASSWORD, who="tester")
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def ann(app, library):
    return signed_in(app, library, "admin", "Ann")


@pytest.fixture
def ben(app, library):
    return signed_in(app, library, "editor", "Ben")


def read(client, address="/account", status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.get_data(as_text=True))


# one's own account


def test_the_account_says_who_and_where(ben, library):
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    accounts.sign_in(library, "Ben", PASSWORD, origin="198.51.100.7", agent=agent)
    page = read(ben)
    assert page.text("h1") == "Ben"
    assert "Your role is editor" in page.text()
    rows = page.texts(".entries li")
    assert len(rows) == 2
    html5lib.HTMLParser(strict=True).parse(page.html)
    assert any("Edge on Windows" in row and "198.51.100.7" in row for row in rows)
    assert any("This one" in row and "192.0.2.7" in row for row in rows)
    told = ben.get("/account.json").get_json()
    assert (told["name"], told["others"], len(told["sessions"])) == ("Ben", 1, 2)
    assert PASSWORD not in str(told)
    assert "scrypt" not in str(told)


def test_a_session_is_ended_alone_or_with_all_others(ben, app, library):
    others = [app.test_client() for _ in range(3)]
    for other in others:
        sign_in(other, library, name="Ben")
    page = read(ben)
    assert post(ben, "/account/sessions", {"end": page.all("main [name=end]")[1]["value"]}).status_code == 303
    assert sum(other.get("/account").status_code == 200 for other in others) == 2
    post(ben, "/account/sessions", {"end": "others"})
    assert sum(other.get("/account").status_code == 200 for other in others) == 0
    assert len(read(ben).all(".entries li")) == 1


def test_nobody_ends_the_session_of_somebody_else(ann, ben):
    (theirs,) = ann.get("/account.json").get_json()["sessions"]
    post(ben, "/account/sessions", {"end": theirs["id"]})
    assert ann.get("/account").status_code == 200


def test_the_password_is_changed_by_who_knows_it(ben, app, library):
    other = app.test_client()
    sign_in(other, library, name="Ben")
    before = ben.get_cookie("litbase").value
    new = {"old": PASSWORD, "new": "other plain words", "again": "other plain words"}
    assert post(ben, "/account/password", new).status_code == 303
    assert ben.get_cookie("litbase").value != before
    assert not actor_of(library, before).is_signed_in
    assert ben.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert accounts.sign_in(library, "Ben", "other plain words", origin="")


WRONG = {
    "the old one": ({"old": "wrong"}, 403, "The old password is not right"),
    "not the same twice": ({"again": "something else"}, 400, "not the same"),
    "too short": ({"new": "short", "again": "short"}, 400, "at least 12"),
    "easy": ({"new": "password1234", "again": "password1234"}, 400, "among the first"),
    "one's name": ({"new": "ben ben ben ben", "again": "ben ben ben ben"}, 400, "little more than a name"),
    "the same again": ({"new": PASSWORD, "again": PASSWORD}, 400, "the password you have"),
    "nothing": ({"old": "", "new": "", "again": ""}, 403, "The old password"),
}


@pytest.mark.parametrize(("form", "status", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_password_is_said(ben, form, status, said):
    answer = post(ben, "/account/password", {"old": PASSWORD, "new": "other words", "again": "other words"} | form)
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == status
    assert said in page.text("#problem")
    assert "other words" not in page.html
    assert ben.get("/account").status_code == 200


def test_guessing_the_old_password_is_slowed_down(ben):
    form = {"old": "wrong", "new": "other plain words", "again": "other plain words"}
    assert post(ben, "/account/password", form).status_code == 403
    assert [post(ben, "/account/password", form).status_code for _ in range(8)][-1] == 429


# every account


def test_admins_see_every_account(ann, library):
    accounts.add_account(library, "Pat", "reader", "", who="tester")
    page = read(ann, "/users")
    html5lib.HTMLParser(strict=True).parse(page.html)
    assert [text.split()[0] for text in page.texts(".entries h2")] == ["Ann", "Ben", "Pat"]
    assert page.texts(".entries h2")[0] == "Ann You"
    assert "No password" in page.texts(".entries h2")[2]
    told = ann.get("/users.json").get_json()
    assert [user["role"] for user in told["users"]] == ["admin", "editor", "reader"]
    assert "scrypt" not in str(told)


def test_a_role_is_changed_and_the_account_signed_out(ann, ben, library):
    assert post(ann, "/users/change", {"name": "Ben", "do": "role", "role": "admin"}).status_code == 303
    assert accounts.account(library, "Ben").role == "admin"
    assert ben.get("/account").status_code == 302


def test_an_account_is_disabled_enabled_and_signed_out(ann, ben, library):
    post(ann, "/users/change", {"name": "Ben", "do": "end"})
    assert ben.get("/account").status_code == 302
    post(ann, "/users/change", {"name": "Ben", "do": "disable"})
    assert "Disabled" in read(ann, "/users").texts(".entries h2")[1]
    post(ann, "/users/change", {"name": "Ben", "do": "enable"})
    assert accounts.sign_in(library, "Ben", PASSWORD, origin="")
    assert [row.action for row in auditing.page(library, 3, who="Ann", subject="Ben")] == [
        "account-state", "account-state", "sessions-ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"name": "Ann", "do": "disable"}, 400),
        ({"name": "ANN", "do": "role", "role": "reader"}, 400),
        ({"name": "Zoe", "do": "disable"}, 404),
        ({"name": "Ben", "do": "role", "role": "emperor"}, 400),
        ({"name": "Ben", "do": "explode"}, 400),
        ({"name": "Ben"}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_changed_is_a_page_that_says_so(ann, library, form, status):
    assert post(ann, "/users/change", form).status_code == status
    assert [(one.role, one.state) for one in accounts.every(library)] == [("admin", "active"), ("editor", "active")]


def test_editors_and_readers_see_neither_accounts_nor_log(ben, app):
    for address in ("/users", "/users.json", "/audit", "/audit.json"):
        assert ben.get(address).status_code == 403
        assert app.test_client().get(address).status_code == 302
    assert post(ben, "/users/change", {"name": "Ann", "do": "disable"}).status_code == 403


def test_no_page_tells_a_stranger_which_accounts_there_are(app, ann):
    client = app.test_client()
    for address in ("/", "/login", "/account", "/users", "/stats", "/privacy", "/healthz"):
        text = client.get(address).get_data(as_text=True)
        assert "Ann" not in text
        assert "Ben" not in text


# the log


@pytest.fixture
def logged(library):
    (id,) = fill(library, (incoming(Record(title="One"), "eric", "one"),))
    library.store.edit(id, {"title": "Two"}, who="Ben", why="<i>a slip</i>")
    return id


def test_the_log_is_read_by_person_action_and_subject(ann, library, logged):
    page = read(ann, "/audit")
    assert page.texts("tbody tr")[1:2] != []
    assert "why: <i>a slip</i>" in page.text("table")
    assert page.link(logged) == f"/record/{logged}/history"
    assert set(read(ann, "/audit?who=Ben").texts("tbody td:nth-child(3)")) == {"Ben"}
    assert len(read(ann, "/audit?action=edit").all("tbody tr")) == 1
    assert len(read(ann, f"/audit?subject={logged}&action=edit").all("tbody tr")) == 1
    assert "Nothing of this kind" in read(ann, "/audit?who=Zoe").text()
    told = ann.get("/audit.json?action=edit").get_json()
    assert (told["rows"][0]["who"], told["rows"][0]["subject"]) == ("Ben", logged)
    assert told["head"] == auditing.head(library)[1]


def test_the_log_is_paged_to_its_beginning(ann, library):
    for n in range(120):
        library.store.audit.note("Ben", "noted", str(n))
    seen, address = [], "/audit?who=Ben"
    while address:
        page = read(ann, address)
        seen += page.texts("tbody td:first-child")
        address = page.link("Older") if "Older" in page.texts("main a") else ""
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize(
    "query",
    ["before=x", "before=-1", f"before={'9' * 40}", "before=999999999999999", "action=%00", "who=" + "x" * 9000],
)
def test_a_wrong_choice_is_no_fault(ann, query):
    assert ann.get(f"/audit?{query}").status_code == 200


def test_hostile_text_stays_text_on_every_page_of_people(ann, library):
    pages = ("/account", "/users", "/audit")
    library.store.audit.note("Ben", "noted", "x", why="y")
    accounts.sign_in(library, "Ann", PASSWORD, origin="192.0.2.8", agent="plain")
    before = {address: shape(read(ann, address))[0] for address in pages}
    for vector in vectors()[::10]:
        library.store.audit.note(vector, vector, vector, **{vector: vector})
    for vector in vectors()[::10]:
        library.store.accounts.add(vector, "reader", "", vector)
        accounts.sign_in(library, "Ann", PASSWORD, origin=vector, agent=vector)
    for address in pages:
        names, running = shape(read(ann, address))
        assert running == [], address
        assert names - before[address] <= {"select", "option"}, address
    found = {row["origin"] for row in ann.get("/account.json").get_json()["sessions"]}
    assert clean(vectors()[0]) in found


def shape(page):
    """The elements of a page, and what would run in it."""
    every = page.soup.find_all(True)
    running = [each for each in every if each.name == "script" and not each.get("src")]
    running += [each for each in every if any(name.startswith("on") for name in each.attrs)]
    running += [each for each in every if str(each.get("href", "")).lower().startswith(("javascript:", "data:"))]
    return {each.name for each in every}, running


def test_control_characters_in_names_make_no_line_of_their_own(library):
    library.store.audit.note("Ann\r\n5\tforged", "signed-in", "x\x1b[31m\ny")
    row = auditing.page(library, 1)[0]
    assert (row.who, row.subject) == ("Ann 5 forged", "x[31m y")


# what is noted


def test_a_large_export_is_noted_and_a_small_one_is_not(app, library, monkeypatch):
    fill(library, tuple(incoming(Record(title=f"Title {n}"), "eric", f"k{n}") for n in range(4)))
    monkeypatch.setattr(auditing, "MANY", 3)
    client = app.test_client()
    for suffix in ("bib", "csv", "jsonl"):
        client.get(f"/search.{suffix}").get_data()
        client.head(f"/search.{suffix}")
        client.get(f"/search.{suffix}?q=%22Title+1%22").get_data()
    rows = auditing.page(library, 10, action="exported")
    assert [(row.who, row.subject, row.origin) for row in rows] == [("", "/search", "127.0.0.1")] * 3
    assert '"records":4' in rows[0].detail
    sign_in(client, library, name="Ben")
    client.get("/search.ris?sort=title").get_data()
    assert [(row.who, row.subject) for row in auditing.page(library, 1, action="exported")] == [
        ("Ben", "/search?sort=title")
    ]
