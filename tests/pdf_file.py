"""Small PDFs for tests, written by hand: text in Latin and Chinese, pictures, locks."""

from collections.abc import Sequence

_CHINESE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/MSung/Encoding/UniCNS-UTF16-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/MSung/CIDSystemInfo<</Registry(Adobe)/Ordering(CNS1)/Supplement 0>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/MSung/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>"
)
_PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x7f\nendstream"


def line(text: str, *, at: tuple[int, int], size: int = 12) -> str:
    """Operators that print a line at a place."""
    if text.isascii():
        shown, font = f"({text})", "F1"
    else:
        shown, font = f"<{text.encode('utf-16-be').hex()}>", "F2"
    return f"BT /{font} {size} Tf {at[0]} {at[1]} Td {shown} Tj ET\n"


PICTURE = "q 595 0 0 842 0 0 cm /I1 Do Q\n"
"""Operators that put a picture over the whole page."""


def pdf(pages: Sequence[str], *, title: str = "", locked: bool = False) -> bytes:
    """A PDF of these pages, A4, each given by its operators."""
    fonts = b"<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</I1 5 0 R>>>>"
    kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        _CHINESE,
        _PICTURE,
        b"<</Title<feff" + title.encode("utf-16-be").hex().encode() + b">>>",
    ]
    for index, drawn in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources"
            + fonts
            + f"/Contents {8 + 2 * index} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream".encode())
    if locked:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>")
    return _written(objects, locked=locked)


def _written(objects: list[bytes], *, locked: bool) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + content + b"endobj\n"
    begin = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects) if locked else b""
    return bytes(
        data
        + b"trailer<</Size %d/Root 1 0 R/Info 6 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, lock, begin)
    )
