"""Pictures of which a post gives the name alone are found where the website's templates look for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.sources.markdown import gather

POST = "---\ntitle: Salt\ndate: 2020-01-02\n---\n\n"


def blog(root: Path, post: str, pictures: dict[str, bytes]) -> Path:
    """Make a blog of one post and its pictures."""
    files = {"_posts/2020-01-02-salt.md": post.encode(), **pictures}
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


@pytest.mark.parametrize("address", ["salt.jpg", "/2020/SALT.jpg"])
@pytest.mark.parametrize("copy", [{}, {"docs/pics/2020/salt.jpg": b"salt"}], ids=["one", "copied"])
def test_a_picture_is_found_by_the_end_of_its_path(
    tmp_path: Path, address: str, copy: dict[str, bytes]
) -> None:
    root = blog(tmp_path, f"{POST}![Salt]({address})", {"_assets/pics/2020/salt.jpg": b"salt", **copy})
    found = gather(root)
    [(name, path)] = found.media.items()
    assert isinstance(path, Path)
    assert path.read_bytes() == b"salt"
    assert name in found.drafts[0].body
    assert not found.warnings


def test_a_picture_that_a_header_names_is_found_too(tmp_path: Path) -> None:
    root = blog(
        tmp_path, POST.replace("title", "image: salt.jpg\ntitle") + "Text.", {"pics/salt.jpg": b"salt"}
    )
    assert gather(root).drafts[0].body.startswith("![](pics/salt.jpg)")


@pytest.mark.parametrize(
    "pictures",
    [
        {"pics/a/1.jpg": b"a", "pics/b/1.jpg": b"b"},
        {"_posts/pepper/1.jpg": b"a", "_posts/pepper.md": POST.encode()},
        {"notes/1.jpg": b"a", "notes/pepper.md": POST.encode()},
    ],
    ids=["several", "of a post's folder", "beside another post"],
)
def test_what_may_be_another_picture_is_not_taken(tmp_path: Path, pictures: dict[str, bytes]) -> None:
    found = gather(blog(tmp_path, POST + "![](1.jpg)", pictures))
    assert found.media == {"1.jpg": None}
    assert [one.message for one in found.warnings] == ["there is no picture `1.jpg` in this folder"]


def test_the_folders_that_an_address_names_are_heeded(tmp_path: Path) -> None:
    found = gather(blog(tmp_path, POST + "![](/2019/1.jpg)", {"pics/2020/1.jpg": b"a"}))
    assert found.media == {"/2019/1.jpg": None}


@pytest.mark.parametrize(
    ("home", "address", "is_found"),
    [
        ("https://salt.example/", "http://www.salt.example/a%20b/1.jpg?w=600", True),
        ("https://salt.example/blog", "https://salt.example/blog/a%20b/1.jpg", True),
        ("https://salt.example/", "https://pepper.example/a%20b/1.jpg", False),
        ("https://salt.example/", "https://salt.example/2.jpg", False),
    ],
)
def test_whole_addresses_on_the_website_itself_are_found(
    tmp_path: Path, home: str, address: str, is_found: bool
) -> None:
    root = blog(tmp_path, f"{POST}![]({address})", {"static/a b/1.jpg": b"a"})
    (root / "hugo.toml").write_text(f'baseURL = "{home}"\n')
    found = gather(root)
    assert list(found.media) == (["static/a%20b/1.jpg"] if is_found else [address])
    assert not found.warnings
