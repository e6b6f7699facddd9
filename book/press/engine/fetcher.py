"""One door for bytes: WeasyPrint gets what the book registered, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


class BookFetcher(URLFetcher):  # type: ignore[misc]
    """Knows the addresses in `assets` and `data:`; remembers in `refused` what else was asked for."""

    def __init__(self, assets: Mapping[str, tuple[Path, str]]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Return the bytes behind `url`; raise ValueError for one that is not the book's."""
        if url in self._assets:
            path, media_type = self._assets[url]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        if url not in self.refused:
            self.refused.append(url)
        raise ValueError("it is not one of the book's own files")
