"""Microdata and RDFa as objects: scopes within scopes, values of every sort of element."""

from litbase.formats.page import itemprops, markup


def things(html: str) -> tuple[dict[str, object], ...]:
    return itemprops.things(markup.parse_text(html))


def test_an_item_within_another_is_its_value() -> None:
    [item] = things(
        '<div itemscope itemtype="http://schema.org/ScholarlyArticle"><h1 itemprop="name headline"> Small  rooms</h1>'
        '<span itemprop="author" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Ann Roe</b></span>'
        '<time itemprop="datePublished" datetime="2010-02-03">then</time><meta itemprop="issueNumber" content="4">'
        '<a itemprop="url" href="https://x.org/1">here</a><a itemprop="publisher" href="/press">The Press</a></div>'
    )
    assert item == {
        "@type": ["http://schema.org/ScholarlyArticle"], "name": "Small rooms", "headline": "Small rooms",
        "author": {"@type": ["http://schema.org/Person"], "name": "Ann Roe"}, "datePublished": "2010-02-03",
        "issueNumber": "4", "url": "https://x.org/1", "publisher": "The Press",
    }  # fmt: skip


def test_repeated_properties_are_lists_and_neighbours_are_items() -> None:
    first, second = things(
        '<p itemscope itemtype="A"><i itemprop="name">x</i><i itemprop="name">y</i></p>'
        '<p itemscope><i itemprop="name">z</i></p>'
    )
    assert (first["name"], second["name"]) == (["x", "y"], "z")


def test_rdfa_gives_the_same() -> None:
    [item] = things(
        '<div vocab="http://schema.org/" typeof="Book" resource="#b"><span property="name">Rooms</span>'
        '<span property="schema:author" typeof="Person"><span property="name">Ann Roe</span></span></div>'
    )
    assert item == {"@type": ["Book"], "@id": "#b", "name": "Rooms", "author": {"@type": ["Person"], "name": "Ann Roe"}}


def test_open_graph_in_the_head_is_no_property_of_an_item() -> None:
    assert (
        things('<html typeof="WebPage"><head><meta property="og:title" content="x"></head><body></body></html>') == ()
    )
