"""What may stand in a body: elements and attributes, by name. All else is left out, its text is kept."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEXT = _words(
    """
    a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
    details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd
    li main mark nav ol p picture pre q rp rt ruby s samp section small span strike strong sub summary sup
    table tbody td tfoot th thead time tr tt u ul var wbr
    """
)
CONTROLS = _words(
    """
    button datalist dialog dir fieldset form frameset hgroup label legend map menu meter noframes optgroup
    option output progress search select textarea
    """
)
"""Known, so that their words stay apart from those around them; they themselves go."""

INLINE = _words(
    """
    a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong
    sub sup tt u var
    """
)
PLAYERS = _words("audio embed iframe object source video")
MATH = _words(
    """
    annotation maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    none semantics
    """
)
DRAWING = _words(
    """
    circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline
    radialGradient rect stop svg symbol text textPath title tspan use
    """
)
OTHER_DRAWING = _words(
    """
    animate animateMotion animateTransform annotation-xml discard filter foreignObject metadata mlabeledtr
    mpath set switch view
    """
)
"""Parts of drawings and formulas that do not come in."""

CONTENT_MATH = _words(
    """
    abs and apply approx arccos arccosh arccot arccoth arccsc arccsch arcsec arcsech arcsin arcsinh arctan
    arctanh arg bind bvar card cartesianproduct cbytes ceiling cerror ci cn codomain complexes compose
    condition conjugate cos cosh cot coth cs csc csch csymbol curl declare degree determinant diff
    divergence divide domain domainofapplication emptyset eq equivalent eulergamma exists exp exponentiale
    factorial factorof false floor fn forall gcd geq grad gt ident imaginary imaginaryi implies in
    infinity int integers intersect interval inverse lambda laplacian lcm leq limit list ln log logbase
    lowlimit lt maligngroup malignmark matrix matrixrow max mean median mglyph min minus mlongdiv mode
    moment momentabout mscarries mscarry msgroup msline msrow mstack naturalnumbers neq not notanumber
    notin notprsubset notsubset or otherwise outerproduct partialdiff pi piece piecewise plus power primes
    product prsubset quotient rationals real reals reln rem root scalarproduct sdev sec sech selector sep
    setdiff share sin sinh subset sum tan tanh tendsto times transpose true union uplimit variance vector
    vectorproduct xor
    """
)
"""What formulas are made of that say what they mean: a post has such names by chance, as in `list<max>`."""

WITHOUT_CONTENT = {"script", "style", "template"}
VOID = _words("area br col embed hr img input source wbr")
SPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}

_OF_DRAWINGS = _words(
    """
    clip-path clip-rule cx cy d display dominant-baseline dx dy fill fill-opacity fill-rule font-family
    font-size font-style font-weight fx fy gradientTransform gradientUnits height href letter-spacing
    marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask offset opacity orient
    overflow patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY role
    rx ry spreadMethod startOffset stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform
    viewBox visibility width x x1 x2 xlink:href y y1 y2
    """
)
_OF_MATH = _words(
    """
    accent accentunder alttext columnalign columnspan depth display displaystyle encoding fence form height
    linethickness lspace mathvariant maxsize minsize movablelimits notation rowalign rowspan rspace
    scriptlevel separator stretchy symmetric voffset width
    """
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "xml:lang", "dir", "title", "style", "align"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "role"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "input": {"type", "checked"},
    "pre": {"data-language"},
    "span": {"data-index"},
    **{player: {"src", "data", "title"} for player in PLAYERS},
    **{tag: set(_OF_MATH) for tag in MATH},
    **{tag: set(_OF_DRAWINGS) for tag in DRAWING},
}

SCHEMES = {"http", "https", "mailto", "tel", "ftp"}
"""Where a link in a book may lead."""

HEARD_OF = SCHEMES | {
    "about", "blob", "data", "file", "filesystem", "ftps", "geo", "gopher", "irc", "javascript", "livescript",
    "magnet", "news", "resource", "sftp", "skype", "sms", "ssh", "urn", "vbscript", "view-source", "ws",
    "wss", "xmpp", "chrome", "feed", "intent", "itms", "jar", "mocha", "callto", "whatsapp", "tg",
    "doi", "nntp",
}  # fmt: skip
"""Schemes that come through cleaning, so that what is done about them can be said."""
