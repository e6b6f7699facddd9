"""WeasyPrint, taken apart: the only place that imports it, and all of it that Octavo relies on.

WeasyPrint lays out a document, numbers its pages and paints them in one go. The
press needs three things by themselves, for a part of the book at a time:

- the bodies of pages, laid out and painted before anybody knows their folios;
  folios that stand in the text are handed in as known values (`Engine.lay_out`);
- heads, folios and page backgrounds, made for a list of pages without their
  bodies (`Engine.heads`);
- fonts, embedded once for all that the parts used of them (`Engine.embed`).

That takes more than WeasyPrint promises to keep. `CONTRACT` names the versions
that this package was written against, and its test says what changed in another.
"""

from __future__ import annotations

CONTRACT = "70."
