"""驗證一項缺失的證明檔：不需要 Chahe，也不需要網路。 Verifies the proof of a finding without Chahe and without a network.

    python3 verify_proof.py PROOF [--key VERIFIER-KEY] [--witness VERIFIER-KEY]... [--files FOLDER]

Needs Python 3.9 and nothing else. --key is the log's key as you had it from elsewhere than this file; without it the key in the
file is believed, and said. --files holds raw files of the firm, told by their SHA-256, that the proof does not enclose. Checked are:
(0) that the key given as --key led to the one that signs now, (1) the checkpoint's signature, (2) the witnesses', (3) that the
audit is in the log, (4) that the finding is in the audit, (5) that each raw file is in the log, (6) that the finding names the
record, (7) that what is shown is a whole line of that file. That it is the line of that number can be checked where the whole file
is enclosed or under --files.
C2SP signed-note, tlog-checkpoint, tlog-cosignature; RFC 9162 §2.1.3.2; RFC 8032 §5.1.7.
"""

import argparse
import gzip
import json
import sys
from base64 import b64decode
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, BLOCK = -121665 * pow(121666, P - 2, P) % P, 16_384
Point = tuple[int, int, int, int]


def need(true: object, zh: str, en: str) -> None:
    if not true:
        sys.exit(f"不成立 REFUTED: {zh} ({en})")


def point(data: bytes) -> Point:
    """A point of edwards25519 from its 32 bytes, in extended coordinates."""
    y, odd = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and (x * x - square) % P == 0 and (x or not odd), "不是曲線上的點", "no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def times(n: int, p: Point) -> Point:
    total = (0, 1, 1, 0)
    while n:
        total, p, n = (add(total, p) if n & 1 else total), add(p, p), n >> 1
    return total


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519: [S]B = R + [k]A."""
    s, base = int.from_bytes(signature[32:], "little"), point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, base), add(point(signature[:32]), times(k, point(key)))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    return len(signature) == 64 and s < L and same


def signatures(note: str, verifier_key: str, kind: int) -> tuple[bytes, list[bytes]]:
    """The public key (of kind 1: a log's, 4: a witness's), and what its owner put under the note."""
    name, key_id, rest = verifier_key.split("+", 2)
    data = b64decode(rest, validate=True)
    true = data[0] == kind and len(data) == 33 and sha256(f"{name}\n".encode() + data).hexdigest()[:8] == key_id
    need(true, "驗證金鑰的格式不符", f"{verifier_key} is no verifier key of this kind")
    lines = [line.split(" ") for line in note.rpartition("\n\n")[2].splitlines()]
    blobs = [b64decode(line[2], validate=True) for line in lines if line[:2] == ["—", name]]
    return data[1:], [blob[4:] for blob in blobs if blob[:4].hex() == key_id]


def root_from(data: bytes, index: int, size: int, path: list[str]) -> str:
    """The root that the inclusion path of a leaf's data leads to."""
    found, last = sha256(b"\x00" + data).digest(), size - 1
    need(0 <= index < size, "位置超出範圍", f"index {index} of {size}")
    for step in map(bytes.fromhex, path):
        need(last, "路徑過長", "the path is too long")
        left = index & 1 or index == last
        found = sha256(b"\x01" + (step + found if left else found + step)).digest()
        while left and index and not index & 1:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    need(last == 0, "路徑過短", "the path is too short")
    return found.hex()


def led(key: str, proof: dict[str, Any]) -> str:
    """The key that signs now, where the log's own entries lead from this one to it."""
    for step in proof.get("successions", []):
        note, entry = step["checkpoint"], json.loads(step["entry"])
        if key == proof["key"] or entry["kind"] != "key" or entry["former"] != key:
            continue
        body = note.rpartition("\n\n")[0] + "\n"
        public, found = signatures(note, key, 1)
        size, root = int(body.split("\n")[1]), b64decode(body.split("\n")[2]).hex()
        true = any(signed(public, body.encode(), one) for one in found)
        true = true and root_from(step["entry"].encode(), step["index"], size, step["path"]) == root
        need(true, "金鑰的更替不成立", "this change of keys is not what the former key signed")
        print(f"金鑰更替 key changed at entry {step['index']}: {entry['key']}")
        key = entry["key"]
    return key


def line_of(record: dict[str, Any], held: dict[str, Any]) -> bytes:
    """The record's line, out of blocks that are proved to be the file's (what lies beside them stands from left to right)."""
    first, last = record["blocks"]["first"], record["blocks"]["last"]
    data, begin, end = b64decode(record["data"]), record["begin"] - first * BLOCK, record["end"] - first * BLOCK
    beside = iter(map(bytes.fromhex, record["blocks"]["beside"]))

    def joined(low: int, high: int) -> bytes:
        if high <= first or low > last:
            return next(beside, b"")
        if high - low == 1:
            return sha256(b"\x00" + data[(low - first) * BLOCK : (low - first + 1) * BLOCK]).digest()
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        left = joined(low, middle)
        return sha256(b"\x01" + left + joined(middle, high)).digest()

    right = len(data) == min(held["size"], (last + 1) * BLOCK) - first * BLOCK
    right = right and joined(0, -(-held["size"] // BLOCK)).hex() == held["blocks"]
    need(right and next(beside, None) is None, "原始檔的區塊不符", "the blocks are not of this file")
    starts = data[begin - 1 : begin] == b"\n" if begin else first == 0
    stops = data[end : end + 1] == b"\n" if end < len(data) else record["end"] == held["size"]
    need(0 <= begin <= end <= len(data) and starts and stops, "附上的不是完整的一行", "what is shown is no whole line")
    return data[begin:end]


def shown(record: dict[str, Any], held: dict[str, Any], files: list[Path]) -> str:
    """What the record says, as far as it can be shown, once it is proved."""
    digest, _, place = record["row_id"].partition("#")
    if "blocks" in record:
        return line_of(record, held).decode("utf-8", "replace")
    found = [b64decode(record["whole"])] if "whole" in record else []
    found += [file.read_bytes() for file in files if file.stat().st_size == held["size"]]
    data = next((data for data in found if sha256(data).hexdigest() == digest), None)
    need(data is not None or "whole" not in record, "附上的原始檔已被更改", "the enclosed file was altered")
    if data is None:
        return (
            f"（未附原始檔，請索取後以 --files 核對 not enclosed, ask for it） SHA-256 {digest}, {held['size']} bytes"
        )
    lines = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).split(b"\n")
    if record["lines"] and int(place) <= len(lines):
        return lines[int(place) - 1].decode("utf-8", "replace")
    return f"（檔案相符，請以其程式開啟，位置 the file is proved; open it at） {place}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("proof", type=Path)
    asked.add_argument("--key")
    asked.add_argument("--witness", action="append", default=[])
    asked.add_argument("--files", type=Path)
    told = asked.parse_args()
    proof = json.loads(told.proof.read_text("utf-8"))
    need(proof["format"] == "chahe-proof-1", "不認得的證明檔格式", f"unknown format {proof['format']}")
    note, key = proof["checkpoint"], led(told.key or proof["key"], proof)  # (0)
    body = note.rpartition("\n\n")[0] + "\n"
    origin, size, root = body.split("\n")[0], int(body.split("\n")[1]), b64decode(body.split("\n")[2]).hex()
    public, found = signatures(note, key, 1)  # (1)
    good = any(signed(public, body.encode(), one) for one in found)
    need(good, "檢核點不是這把金鑰簽的", "the checkpoint is not signed by this key")
    print(f"檢核點 checkpoint: {origin}, {size} 筆 entries, {root}\n簽章金鑰 key: {key}")
    print("" if told.key else "（金鑰取自證明檔，請與另外取得的比對 compare it with the key you were given）\n", end="")
    for witness in told.witness:  # (2)
        public, found = signatures(note, witness, 4)
        seen = [(int.from_bytes(one[:8], "big"), one[8:]) for one in found]
        seen = [(at, one) for at, one in seen if signed(public, f"cosignature/v1\ntime {at}\n{body}".encode(), one)]
        need(seen, "沒有這位見證人的副署", f"no cosignature of {witness}")
        print(f"見證 witnessed: {witness}, Unix time {seen[0][0]}")

    def logged(part: dict[str, Any], kind: str) -> dict[str, Any]:
        entry: dict[str, Any] = json.loads(part["entry"])
        true = entry["kind"] == kind and root_from(part["entry"].encode(), part["index"], size, part["path"]) == root
        need(true, "這筆紀錄不在證據庫中", f"entry {part['index']} is not in the log")
        return entry

    audit, finding = logged(proof["audit"], "audit"), proof["finding"]  # (3)
    leads = root_from(finding["leaf"].encode(), finding["index"], audit["findings"]["count"], finding["path"])
    need(leads == audit["findings"]["root"], "缺失不在這次查核中", "the finding is not of this audit")  # (4)
    said = json.loads(finding["leaf"])
    print(f"查核 audit: {audit['audit']}\n缺失 finding: {said['finding']}", *said["message"], sep="\n  ")
    for record in proof["records"]:
        entry, row_id = logged(record["ingest"], "ingest"), record["row_id"]  # (5)
        need(row_id in said["row"].values(), "缺失沒有指到這筆紀錄", "the finding does not name this record")  # (6)
        need(entry["object"]["sha256"] == row_id[:64], "不是缺失所指的檔案", "another file than the finding names")
        text = shown(record, entry["object"], sorted(told.files.iterdir()) if told.files else [])  # (7)
        text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
        print(f"紀錄 record: {entry['path']} # {row_id.partition('#')[2]}\n  {text}")
    print(f"成立 VERIFIED: {len(proof['records'])} 筆紀錄 records")


if __name__ == "__main__":
    main()
