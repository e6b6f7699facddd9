"""Loads all that setting pages needs: what a process can do before it is told what to set."""

from book.press.engine import loading

loading.load()

from book.press import bench  # noqa: E402, F401
from book.press.engine import engine, fetcher, heads, setlines, words, writing  # noqa: E402, F401
