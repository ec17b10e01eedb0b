"""Nothing that is attached says where it was made, and nothing that is seen or heard is lost."""

from __future__ import annotations

import random
import struct

import pytest

from fieldnotes.domain.attachments import media_of
from fieldnotes.intake.exif import only_orientation, orientation
from fieldnotes.intake.whereabouts import Cleaned, Place, without_place
from tests.photos import PLACE, a_photo, exif, opened, pixels

FORMS = ["JPEG", "PNG", "WEBP", "AVIF"]


def cleaned(content: bytes) -> Cleaned:
    return without_place(content, media_of("", content))


@pytest.mark.parametrize("form", FORMS)
def test_no_place_is_left_in_a_photo(form: str) -> None:
    photo = a_photo(form)
    assert PLACE in photo
    made = cleaned(photo)
    assert made.place is Place.REMOVED
    assert PLACE not in made.content
    told = opened(made.content)
    assert not told.getexif().get_ifd(0x8825)
    assert b"GPS" not in made.content
    assert set(told.getexif()) <= {0x0112}
    assert not told.info.get("xmp", b"").strip()


@pytest.mark.parametrize("form", FORMS)
def test_a_photo_looks_as_before(form: str) -> None:
    photo = a_photo(form)
    assert pixels(cleaned(photo).content) == pixels(photo)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("side", [1, 3, 6, 8])
def test_a_photo_keeps_its_upright_side(form: str, side: int) -> None:
    assert opened(cleaned(a_photo(form, side)).content).getexif().get(0x0112, 1) == side


@pytest.mark.parametrize("form", FORMS)
def test_what_was_cleaned_is_clean(form: str) -> None:
    once = cleaned(a_photo(form)).content
    assert cleaned(once).content == once


@pytest.mark.parametrize("form", FORMS)
def test_whatever_the_bytes_are_nothing_is_raised_and_nothing_grows(form: str) -> None:
    """Flipped, cut and shuffled photos: cleaned, or said to be as they were."""
    chance, photo = random.Random(form), a_photo(form)
    for _ in range(400):
        hurt = bytearray(
            photo[: chance.randrange(8, len(photo))] if chance.random() < 0.4 else photo
        )
        for _ in range(chance.choice((1, 3, 30))):
            hurt[chance.randrange(4, len(hurt))] = chance.choice(
                (0, 1, 8, 255, chance.randrange(256))
            )
        made = without_place(bytes(hurt), media_of("", photo))
        assert len(made.content) <= len(hurt) + 64
        assert made.place is Place.REMOVED or made.content == bytes(hurt)


def test_a_photo_that_cannot_be_read_is_not_called_clean() -> None:
    photo = a_photo()
    assert without_place(photo[:40], "image/jpeg").place is Place.KEPT
    assert without_place(b"\xff\xd8\xff" + PLACE, "image/jpeg").place is Place.KEPT


@pytest.mark.parametrize("name", ["offer.pdf", "call.mp3", "offer.docx", "letter.eml", "unknown"])
def test_what_cannot_be_cleaned_says_so(name: str) -> None:
    assert without_place(b"whatever", media_of(name, b"whatever")) == Cleaned(
        b"whatever", Place.KEPT
    )


def test_plain_text_has_no_place_of_its_own() -> None:
    assert without_place(b"hello", media_of("notes.txt", b"hello")).place is Place.NONE


# --- films and sound ----------------------------------------------------------------------------


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def a_recording(handler: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    media = box(b"mdia", box(b"mdhd", bytes(24)), box(b"hdlr", bytes(8), handler, bytes(12)))
    track = box(b"trak", box(b"tkhd", bytes(84)), media, box(b"udta", PLACE))
    told = box(b"udta", box(b"\xa9xyz", PLACE)), box(b"meta", PLACE), box(b"free", PLACE)
    movie = box(b"moov", box(b"mvhd", bytes(100)), track, *told)
    return box(b"ftyp", brand, bytes(4)) + box(b"mdat", b"sound" * 9) + movie + box(b"uuid", PLACE)


def test_a_voice_memo_loses_its_place_and_nothing_moves() -> None:
    memo = a_recording()
    made = cleaned(memo)
    assert made.place is Place.REMOVED
    assert PLACE not in made.content
    assert len(made.content) == len(memo)
    assert made.content[:61] == memo[:61]  # type and sound


def test_a_film_with_a_track_of_places_is_not_called_clean() -> None:
    assert cleaned(a_recording(b"meta", b"mp42")).place is Place.KEPT


def test_a_table_that_would_take_for_ever_is_given_up() -> None:
    """An `iloc` whose entries take no room, so that any number of them fit."""
    info = box(b"iinf", bytes(4), struct.pack(">H", 1), box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0"))
    places = box(b"iloc", bytes(4), bytes(2), struct.pack(">HHHH", 9, 1, 0, 65535), bytes(60))
    picture = box(b"ftyp", b"heic", bytes(4)) + box(b"meta", bytes(4), info, places)
    assert without_place(picture, "image/heic").place is Place.KEPT


def test_only_the_upright_side_is_left_of_exif() -> None:
    told = exif(8).tobytes().removeprefix(b"Exif\0\0")
    assert orientation(told) == 8
    assert PLACE not in only_orientation(told)
    assert orientation(only_orientation(told)) == 8
    assert only_orientation(exif(1).tobytes()[6:]) == b""
