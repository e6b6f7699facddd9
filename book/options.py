"""What several commands take alike: `--json`, what comes in when it is asked for, options by name."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from book.errors import BookError


class _Source(click.Path):
    """What posts are gathered from: a path, or an address, which stays text."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        is_address = isinstance(value, str) and value.lower().startswith(("http://", "https://"))
        return value if is_address else super().convert(value, param, ctx)


SOURCE = _Source(path_type=Path)


def reporting(command: Callable[..., Mapping[str, Any]]) -> Callable[..., None]:
    """Give a command `--json`: what it returns is printed as one JSON document, and its BookErrors too."""

    @click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON on stdout.")
    @wraps(command)
    def run(*, as_json: bool, **given: Any) -> None:
        try:
            document = command(**given, quiet=as_json)
        except BookError as error:
            if as_json:
                from book.report import notices

                click.echo(json.dumps({"errors": notices(error.notices)}, indent=2))
            raise
        if as_json:
            click.echo(json.dumps(document, indent=2))
        if any(finding["severity"] == "error" for finding in document.get("findings", ())):
            sys.exit(1)

    return run


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for what comes in only when it is asked for, put together as `asked`."""

    @click.option("--drafts", is_flag=True, help="Bring in drafts and scheduled posts too, as drafts.")
    @click.option("--private", is_flag=True, help="Bring in what only some could read, or by a password.")
    @click.option("--pages", is_flag=True, help="Bring in pages too, for front and back matter.")
    @click.option("--recover", is_flag=True, help="Bring in what can be had of a broken file.")
    @wraps(command)
    def run(*, drafts: bool, private: bool, pages: bool, recover: bool, **given: Any) -> Any:
        wishes = {"drafts": drafts, "private": private, "pages": pages, "recover": recover}
        return command(asked=tuple(name for name, asked in wishes.items() if asked), **given)

    return run


def picturing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where pictures, and feeds, may be looked for."""
    folder = click.Path(path_type=Path)
    words = "Look in this folder for pictures that an export only names."
    media = click.option("--media", metavar="FOLDER", type=folder, multiple=True, help=words)
    fetch = click.option(
        "--fetch", is_flag=True, help="Look for missing pictures, and feeds, in the network."
    )
    words = "Fetch from this private machine too."
    private = click.option("--fetch-from", metavar="HOST:PORT", multiple=True, help=words)
    return media(fetch(private(command)))


def named_options(given: tuple[str, ...]) -> dict[str, Any]:
    """Read `NAME=VALUE`s; `true`, `false` and whole numbers are what they look like."""
    options: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"`{one}` is not NAME=VALUE", param_hint="--option")
        number = int(value) if value.isascii() and value.isdigit() else value
        options[name] = {"true": True, "false": False}.get(value, number)
    return options
