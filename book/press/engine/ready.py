"""Loads all that setting pages needs: what a process can do before it is told what to set."""

import gc

from book.press.engine import loading

gc.disable()  # as it is when pages are set; there is nothing to collect yet
loading.load()

from book.press import bench  # noqa: E402, F401
from book.press.engine import engine, fetcher, heads, setlines, words, writing  # noqa: E402, F401
