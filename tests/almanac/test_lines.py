"""A line that is a date is read, whatever its language and form; any other line is not."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from babel.dates import format_date, format_datetime
from babel.localedata import locale_identifiers

from book.almanac import Reading, readings
from book.model import When

DAY = date(2017, 10, 7)
NOON = datetime(2017, 10, 7, 14, 5)
UNREADABLE = {"bo", "kgp", "mn", "nnh", "sid", "vai", "yo"}
"""Languages whose months CLDR numbers or writes in a way of their own."""

MAJOR = re.findall(
    r"\w+",
    "ar ar_MA ar_SY bg bn ca cs da de de_AT el en en_GB es es_MX et eu fa fi fr fr_CA ga he hi hr hu id is "
    "it ja ko lt lv mk ms nb nl pl pt pt_PT ro ru sk sl sr sv sw ta th tr uk ur vi zh zh_Hant",
)


def whens(line: str) -> set[When | None]:
    return {reading.when for reading in readings(line)}


def one(line: str) -> Reading:
    found = readings(line)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("Saturday, 7 October 2017", DAY),
        ("October 7, 2017", DAY),
        ("OCTOBER 7TH, 2017", DAY),
        ("Sat 7th of October 2017", DAY),
        ("7 Oct 2017", DAY),
        ("7-Oct-17", DAY),
        ("2017-10-07", DAY),
        ("2017/10/7", DAY),
        ("20171007", DAY),
        ("## 7 October 2017", DAY),
        ("--- 2017-10-07 ---", DAY),
        ("[7 October 2017]", DAY),
        ("2017-10-07 14:05", NOON),
        ("2017-10-07T14:05:00.000", NOON),
        ("Saturday, October 7, 2017 at 2:05 PM", NOON),
        ("October 7, 2017, 2:05 p.m. EST", NOON),
        ("October 7, 2017 12:05 am", datetime(2017, 10, 7, 0, 5)),
        ("2017-10-07T14:05:00+02:00", NOON.replace(tzinfo=timezone(timedelta(hours=2)))),
        ("samedi 7 octobre 2017", DAY),
        ("Samedi 7 octobre 2017 à 14h05", NOON),
        ("Le 1er août 2017", date(2017, 8, 1)),
        ("1 aout 2017", date(2017, 8, 1)),
        ("Samstag, den 7. Oktober 2017, 14.05 Uhr", NOON),
        ("3. Jänner 2017", date(2017, 1, 3)),
        ("sábado, 7 de octubre de 2017", DAY),
        ("6 de marzo de 2017", date(2017, 3, 6)),
        ("1.º de septiembre de 2017", date(2017, 9, 1)),
        ("1º de outubro de 2017", date(2017, 10, 1)),
        ("7 de outubro de 2017 às 14:05", NOON),
        ("السبت، ٧ أكتوبر ٢٠١٧", DAY),
        ("٧ تشرين الأول ٢٠١٧", DAY),
        ("شنبه، ۱۵ مهر ۱۳۹۶", DAY),
        ("۱۳۹۶/۰۷/۱۵", DAY),
        ("سه\u200cشنبه ۳ اکتبر ۲۰۱۷", date(2017, 10, 3)),
        ("سه شنبه 3 اكتبر 2017", date(2017, 10, 3)),
        ("2017年10月7日 星期六", DAY),
        ("2017年10月7日（土）", DAY),
        ("２０１７年１０月７日", DAY),
        ("二〇一七年十月七日", DAY),
        ("二○一七年十月七日", DAY),
        ("二〇一七年十二月三十一日", date(2017, 12, 31)),
        ("平成29年10月7日", DAY),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("2017/10/7 (土) 午後2時5分", NOON),
        ("2017年10月7日 下午2:05", NOON),
        ("2017년 10월 7일 토요일 오후 2:05", NOON),
        ("суббота, 7 октября 2017 г.", DAY),
        ("2017. október 7., szombat", DAY),
        ("lauantai 7. lokakuuta 2017 klo 14.05", NOON),
        ("วันเสาร์ที่ 7 ตุลาคม พ.ศ. 2560", DAY),
        ("יום שבת, 7 באוקטובר 2017", DAY),
        ("2017(e)ko urriaren 7(a)", DAY),
    ],
)
def test_usual_forms(line: str, when: When) -> None:
    assert whens(line) == {when}


@pytest.mark.parametrize("width", ["full", "long", "medium"])
def test_what_cldr_writes_is_read(width: str) -> None:
    days = [date(2017, month, month + 3) for month in range(1, 13)]
    failed = {
        (locale, line)
        for locale in locale_identifiers()
        if "_" not in locale and locale not in UNREADABLE
        for day in days
        if day not in whens(line := format_date(day, width, locale=locale))
    }
    assert not failed


@pytest.mark.parametrize("locale", MAJOR)
def test_days_with_their_times_are_read(locale: str) -> None:
    for hour in (0, 9, 12, 14, 23):
        moment = NOON.replace(hour=hour)
        for width in ("full", "long", "medium"):
            clock = format_datetime(moment, "HH:mm", locale=locale)
            line = f"{format_date(moment, width, locale=locale)} {clock}"
            assert moment in whens(line), line


@pytest.mark.parametrize("locale", MAJOR)
def test_the_language_is_among_those_it_may_be(locale: str) -> None:
    line = format_date(DAY, "full", locale=locale)
    assert any(locale.partition("_")[0] in reading.languages for reading in readings(line)), line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7",
        "2017",
        "May 2017",
        "14:05",
        "1.2.3",
        "On Saturday 7 October 2017 I went home",
        "7 October 2017: a good day",
        "“7 October 2017”",
        "In 2017, 10 of 7",
        "May I",
        "3 March 4 2017",
        "Monday Tuesday 7 October 2017",
        "192.168.10.7",
        "Saturday, 7 October 2017" + " " * 5 + "x" * 80,
        "1" * 60,
    ],
)
def test_other_lines_are_no_dates(line: str) -> None:
    assert readings(line) == ()


def test_numbers_may_be_read_in_two_ways() -> None:
    assert {(r.order, r.date) for r in readings("03/04/2017")} == {
        ("dmy", date(2017, 4, 3)),
        ("mdy", date(2017, 3, 4)),
    }
    assert one("13/04/2017").order == "dmy"
    assert one("04/13/2017").order == "mdy"


def test_words_may_mean_other_months_elsewhere() -> None:
    found = {reading.month: reading.languages for reading in readings("7. listopad 2017")}
    assert "cs" in found[11]
    assert "hr" in found[10]


def test_a_weekday_is_compared_with_its_day() -> None:
    assert one("Saturday, 7 October 2017").agrees is True
    assert one("Monday, 7 October 2017").agrees is False
    assert one("7 October 2017").agrees is None


@pytest.mark.parametrize(
    "line", ["31 September 2017", "2017-02-30", "2017-13-01", "32/01/2017", "45 May 2017"]
)
def test_a_day_that_does_not_exist_is_seen(line: str) -> None:
    assert {reading.date for reading in readings(line)} == {None}


def test_the_year_may_be_missing() -> None:
    found = one("Saturday, October 7")
    assert (found.year, found.month, found.day, found.weekday, found.date) == (None, 10, 7, 5, None)
