#!/usr/bin/env python3
"""Reads what Chalkbox leaves behind, without Chalkbox. Needs Python 3 and the program zstd, nothing else.

python3 recovery.py FOLDER      backups in a folder: what each learner could do
python3 recovery.py FILE.j …    files of the journal: which events are whole
"""
import hashlib, json, pathlib, struct, subprocess, sys

STATES = [None, "learning", "credited", "mastered", "secure", "refresh", "resting"]


def volume(path):
    """The records of one backup, after comparing it with its own last line."""
    text = subprocess.run(["zstd", "-dcq", path], check=True, stdout=subprocess.PIPE).stdout
    *lines, last = text.rstrip(b"\n").split(b"\n")
    end = json.loads(last)
    sha256 = hashlib.sha256(b"\n".join(lines) + b"\n").hexdigest()
    if end["sha256"] != sha256 or end["count"] != len(lines) - 1:
        sys.exit(f"{path} is damaged: take another copy")
    return [json.loads(line) for line in lines]


def skills(folder):
    records, there = {}, {}
    for path in sorted(folder.glob("backup-*.jsonl.zst")):
        header, *lines = volume(path)
        there.setdefault(header["box"], []).append((header["from"], header["to"]))
        for record in lines:
            if "lost" in record:
                print("lost for ever:", header["box"], record["lost"]["from"], "to", record["lost"]["to"])
            elif "erased" in record:
                records[record["id"]] = record  # wins over an older backup
            else:
                records.setdefault(record["id"], record)
    for box, ranges in there.items():
        next_number = 1
        for first, last in sorted(ranges):
            if first > next_number:
                closed = any(r.get("carried_from") == first and r["id"].startswith(box) for r in records.values())
                print("left out with closed years:" if closed else "not in these files:", box, next_number, "to", first - 1)
            next_number = max(next_number, last + 1)

    def order(event):
        box, number = event["id"].split("-")
        return event["hlc"], box, int(number)

    names, answered, known = {}, set(), {}
    ids = {hashlib.sha256(r["skill"].encode()).digest()[:4]: r["skill"] for r in records.values() if "skill" in r}
    for event in sorted((r for r in records.values() if "hlc" in r), key=order):
        if event["type"] == "profile-set":
            names[event["profile"]] = event["display_name"]
        elif event["type"] == "answered" and (event["learner"], event["item"]) not in answered:
            answered.add((event["learner"], event["item"]))
            if event["state"]:
                known[event["learner"], event["skill"]] = event["state"], event["mastery"]
        elif event["type"] == "carried":
            for key, row in ([bytes.fromhex(text) for text in pair] for pair in event["rows"]):
                learner, skill = key[1:17].hex(), ids.get(key[17:21], key[17:21].hex())
                if key[:1] == b"L" and row[:1] == b"{":
                    names[learner] = json.loads(row)["display_name"]
                elif key[:1] == b"K" and row[:1] == b"\x01" and len(row) == 36 and row[1]:
                    known.setdefault((learner, skill), (STATES[row[1]], struct.unpack_from("<d", row, 12)[0]))
    for (learner, skill), (state, mastery) in sorted(known.items()):
        print(names.get(learner, learner), skill, state, mastery, sep="\t")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def journal(path):
    data = path.read_bytes()
    if data[:8] != b"\x89CHALKJ\n" or crc32c(data[:36]) != struct.unpack_from("<I", data, 36)[0]:
        print(path.name, "header", "DAMAGED", sep="\t")
    at, kinds = 40, {b"ev": "event", b"sl": "seal", b"gp": "lost", b"cl": "closed"}
    while (begin := data.find(b"\xff", at)) >= 0:
        if data[at:begin].strip(b"\0"):
            print(path.name, f"byte {at}", "DAMAGED", sep="\t")
        length, number = struct.unpack_from("<IQ", data.ljust(begin + 30, b"\0"), begin + 4)
        frame, at = data[begin : begin + 30 + length], begin + 1
        if frame[3:4] == b"\xfe" and 0 < length <= 65536 and len(frame) == 30 + length:
            if crc32c(frame[:26] + frame[30:]) == struct.unpack_from("<I", frame, 26)[0]:
                print(path.name, kinds.get(frame[1:3], "other"), number, "OK", sep="\t")
                at = begin + len(frame)
                continue
        print(path.name, f"byte {begin}", "DAMAGED", sep="\t")


for argument in map(pathlib.Path, sys.argv[1:]):
    (skills if argument.is_dir() else journal)(argument)
