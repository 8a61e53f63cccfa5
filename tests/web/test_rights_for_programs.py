"""What a source's display right keeps back is in no address that programs fetch, whole or in its hidden part."""

import pytest

from litbase.formats import FORMATS
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import emptied, fill, incoming

SHOWN = "Teachers learn from each other when they are given time. "
HIDDEN = "Zymurgy is the last word of it."
WORK = Record(
    type="article-newspaper", genre="Opinion", title="Kept back", container_title="The Paper",
    body=SHOWN * 8 + HIDDEN, url="https://paper.example/kept-back",
)  # fmt: skip
SESSION = Record(type="paper-conference", genre="Symposium", title="A session", event_title="ECER",
                 contribution=SHOWN * 8 + HIDDEN, method=HIDDEN, outcomes=HIDDEN)  # fmt: skip
SECRETS = {"full": (), "snippet": ("last word of it",), "none": ("last word of it", "given time")}


@pytest.fixture(scope="module", params=SECRETS)
def opened(request, tmp_path_factory):
    """A client, the words it must not see, and the ids."""
    rules = {"edweek": request.param, "ecer": request.param}
    library = emptied(tmp_path_factory.mktemp("rights") / "library", display=rules)
    ids = fill(library, (incoming(WORK, "edweek", WORK.url), incoming(SESSION, "ecer", "1")))
    yield create_app(library).test_client(), SECRETS[request.param], ids
    library.close()


def addresses(ids):
    yield from ("/", "/search", "/search?q=zymurgy", "/search?q=given", "/search.json?q=zymurgy", "/search.atom",
                "/search.atom?q=zymurgy", "/feed.atom", "/opensearch.json?q=zymurgy")  # fmt: skip
    yield from (f"/search{format.suffix}?q=" for format in FORMATS)
    for id in ids:
        yield from (f"/record/{id}", f"/record/{id}.json", f"/record/{id}/cite", f"/record/{id}/history")
        yield from (f"/record/{id}{format.suffix}" for format in FORMATS)
        yield from (f"/unapi?id={id}&format={name}" for name in ("ris", "bibtex"))


def test_no_address_gives_what_is_kept_back(opened):
    client, secrets, ids = opened
    leaks = []
    for address in addresses(ids):
        with client.get(address) as answer:
            assert answer.status_code == 200, address
            said = (answer.get_data(as_text=True) + str(answer.headers)).lower()
        leaks += [(address, secret) for secret in secrets if secret in said]
    assert leaks == []


def test_it_is_found_all_the_same(opened):
    client, _, _ = opened
    assert client.get("/search.json?q=zymurgy").get_json()["total"] == 2


def test_the_head_and_the_feed_give_what_may_be_given(opened):
    client, secrets, ids = opened
    page, feed = (client.get(address).get_data(as_text=True) for address in (f"/record/{ids[0]}", "/feed.atom"))
    expected = "given time" not in secrets
    assert ("Teachers learn from each other" in page) == ("Teachers learn from each other" in feed) == expected
