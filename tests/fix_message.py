"""How tests write FIX messages: fields in, bytes with the right BodyLength and CheckSum out."""

HEADER = {"34": "7", "49": "DESK", "52": "20260304-01:23:45.118", "56": "FIRM"}
ORDER = {"11": "A1", "1": "98001", "55": "2330", "54": "1", "38": "1000", "40": "2", "44": "612.5", "59": "0"}
FILL = {
    "11": "A1",
    "17": "X1",
    "150": "F",
    "55": "2330",
    "54": "2",
    "31": "612.50",
    "32": "500",
    "60": "20260304-01:23:46",
}


def message(
    kind: str, fields: dict[str, str], *, version: str = "FIX.4.4", mark: str = "\x01", extra: str = ""
) -> bytes:
    """One message. A field set to None in `fields` is left out; `extra` is put in front of CheckSum as it is, SOH for marks."""
    present = {name: value for name, value in (HEADER | fields).items() if value is not None}
    body = f"35={kind}\x01" + "".join(f"{name}={value}\x01" for name, value in present.items()) + extra
    encoded = body.encode()
    start = f"8={version}\x019={len(encoded)}\x01".encode() + encoded
    return (start + f"10={sum(start) % 256:03}\x01".encode()).replace(b"\x01", mark.encode())


def order(mark: str = "\x01", **changes: str | None) -> bytes:
    """A new order; `t44="1"` changes tag 44."""
    return message("D", ORDER | {name[1:]: value for name, value in changes.items()}, mark=mark)


def fill(**changes: str | None) -> bytes:
    """A report of a fill; `t32="1"` changes tag 32."""
    return message("8", FILL | {name[1:]: value for name, value in changes.items()})
