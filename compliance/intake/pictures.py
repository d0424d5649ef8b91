"""Pictures looked into: whether they can be shown, and what else than the picture they carry.

What is not needed to show a picture is left out of it and the picture's own bytes stay as
they are: a list of what is wanted is short, a list of where a position can hide (GPS tags,
XMP, maker notes, captions, a second picture or a film behind the first) is not. May import
nothing of the project; Pillow is imported where used.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from io import BytesIO
from typing import Any, Final

PIXELS: Final = 70_000_000
"""Largest number of pixels of a picture: phones take up to 64 million."""

_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, LookupError, struct.error, zlib.error)
"""What Pillow raises for damaged files, by format and by kind of damage."""

# EXIF tags kept: make, model, orientation, time of change; time taken and its offset.
_TOP: Final = (0x010F, 0x0110, 0x0112, 0x0132)
_TAKEN: Final = (0x9003, 0x9011)
_ORIENTATION: Final = 0x0112
_INNER: Final = 0x8769  # the block of the tags in _TAKEN
_PLAIN: Final = re.compile(r"[ -~]{1,64}")

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    (b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT").split()
)
_WEBP_KEPT: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_JPEG_KEPT: Final = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
# Frames, tables of Huffman, arithmetic coding and quantising, scans, lines, restarts.
_JPEG_DRAWING: Final = frozenset((*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD))
_JPEG_MARK: Final = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")  # not a stuffed byte, no restart


class Picture(str, Enum):
    """The formats kept as evidence; the value is the file's ending."""

    JPEG = ".jpg"
    PNG = ".png"
    WEBP = ".webp"


class Broken(ValueError):
    """The picture is damaged or cut off."""


class TooManyPixels(ValueError):
    """The picture would fill the memory."""


def picture(data: bytes) -> Picture | None:
    """The format that the content says, whatever the file is called; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return Picture.JPEG
    if data.startswith(_PNG_SIGNATURE):
        return Picture.PNG
    return Picture.WEBP if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def is_heic(data: bytes) -> bool:
    """Whether this is a HEIF picture, as some phones take them."""
    brands = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
    return data[4:8] == b"ftyp" and data[8:12] in brands


def look(data: bytes, kind: Picture) -> bytes:
    """Decode the whole picture once; the EXIF block that it is to keep, empty where none.

    Raises Broken where the picture cannot be shown and TooManyPixels over PIXELS.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=(kind.name,)) as image:
                if image.width * image.height > PIXELS:
                    raise TooManyPixels
                image.draft("L", (1, 1))  # a JPEG is read to its end and drawn at an eighth
                image.load()
                return _exif(image)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise TooManyPixels from error
        except TooManyPixels:
            raise
        except _BROKEN as error:
            raise Broken from error


def _exif(image: Any) -> bytes:
    """When and with what it was taken and which way is up, as an EXIF block."""
    from PIL import Image

    try:
        found = image.getexif()
        top, taken = dict(found), dict(found.get_ifd(_INNER))
    except (*_BROKEN, TypeError):
        return b""  # what cannot be read cannot be kept; the picture itself is sound
    kept = Image.Exif()
    for tag in _TOP:
        if tag in top and _fit(tag, top[tag]):
            kept[tag] = top[tag]
    if inner := {tag: taken[tag] for tag in _TAKEN if tag in taken and _fit(tag, taken[tag])}:
        kept[_INNER] = inner
    return bytes(kept.tobytes()).removeprefix(b"Exif\0\0") if kept else b""


def _fit(tag: int, value: object) -> bool:
    if tag == _ORIENTATION:
        return isinstance(value, int) and 2 <= value <= 8
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


def bare(data: bytes, kind: Picture, exif: bytes) -> bytes:
    """The picture with nothing beside it but the block `exif`; its own bytes are unchanged.

    Doing it twice changes nothing. Raises Broken where the file's parts do not add up.
    """
    try:
        return b"".join(_PARTS[kind](data, exif))
    except (IndexError, struct.error) as error:
        raise Broken from error


def _jpeg(data: bytes, exif: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, waiting = 2, exif
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise Broken
        mark = data[at + 1]
        if mark == 0xD9:
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        first = mark == 0xE0 and data[at + 4 : end].startswith(b"JFIF\0")
        if waiting and not first:  # a JFIF header, where there is one, stays in front
            yield b"\xff\xe1" + struct.pack(">H", len(waiting) + 8) + b"Exif\0\0" + waiting
            waiting = b""
        if mark == 0xDA:
            following = _JPEG_MARK.search(data, end)
            end = following.start() if following else len(data)
        if _jpeg_keeps(mark, data[at + 4 : at + 20]):
            yield _jpeg_part(mark, data[at:end])
        if end >= len(data):
            break  # cut off behind its last line: readers show it, and an end is added
        at = end
    yield b"\xff\xd9"


def _jpeg_part(mark: int, part: bytes) -> bytes:
    """A part that is kept; of those of a known length no more than that.

    A JFIF header may have a small picture behind it, and a wrong length may take in the part
    that follows, with the position in it.
    """
    length = {0xE0: 16, 0xEE: 14}.get(mark)
    if length is None:
        return part
    if len(part) < length + 2:
        raise Broken
    own = part[4 : length + 2]
    return part[:2] + struct.pack(">H", length) + (own[:-2] + b"\0\0" if mark == 0xE0 else own)


def _jpeg_keeps(mark: int, start: bytes) -> bool:
    if 0xE0 <= mark <= 0xEF:
        return any(mark == kept and start.startswith(name) for kept, name in _JPEG_KEPT)
    if mark not in _JPEG_DRAWING and mark != 0xFE:  # a comment
        raise Broken  # no part of a picture; a reader that passes over it shows what it hides
    return mark != 0xFE


def _png(data: bytes, exif: bytes) -> Iterator[bytes]:
    yield _PNG_SIGNATURE
    at, name = len(_PNG_SIGNATURE), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if name in _PNG_KEPT:
            yield data[at:end]
        if name == b"IHDR" and exif:
            chunk = b"eXIf" + exif
            yield struct.pack(">I", len(exif)) + chunk + struct.pack(">I", zlib.crc32(chunk))
        at = end


def _webp(data: bytes, exif: bytes) -> Iterator[bytes]:
    parts = []
    at, stop = 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= stop:
        name, size = struct.unpack_from("<4sI", data, at)
        part = data[at : at + 8 + size]
        if name == b"VP8X":
            flags = part[8] & ~0x0C | (0x08 if exif else 0)
            part = part[:8] + bytes((flags,)) + part[9:]
        if name in _WEBP_KEPT:
            parts.append(part + b"\0" * (size % 2))
        at += 8 + size + size % 2
    # Only the extended form of a file, which begins with VP8X, has room for EXIF.
    if exif and parts and parts[0].startswith(b"VP8X"):
        parts.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2))
    body = b"WEBP" + b"".join(parts)
    yield b"RIFF" + struct.pack("<I", len(body)) + body


_PARTS: Final[Mapping[Picture, Callable[[bytes, bytes], Iterator[bytes]]]] = {
    Picture.JPEG: _jpeg,
    Picture.PNG: _png,
    Picture.WEBP: _webp,
}
