"""Lines of systemd's journal in JSON: SSH sign-ins, sudo, and services that say other things."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends, the same each time."""
    chance = random.Random(13)  # noqa: S311 - a seeded example, no secret
    for number in range(count):
        user, octet, port = chance.randrange(300), chance.randrange(1, 255), chance.randrange(1024, 65535)
        program, message = chance.choice(
            (
                (
                    "sshd",
                    f"Accepted publickey for user{user} from 192.0.2.{octet} port {port} ssh2: ED25519 SHA256:q1w2e3r4",
                ),
                ("sshd", f"Failed password for invalid user user{user} from 192.0.2.{octet} port {port} ssh2"),
                ("sshd", f"pam_unix(sshd:session): session opened for user user{user}(uid={user}) by (uid=0)"),
                (
                    "sudo",
                    f"user{user} : TTY=pts/{octet} ; PWD=/home/user{user} ; USER=root ; COMMAND=/usr/bin/systemctl status",
                ),
                ("systemd", f"Started Session {number} of User user{user}."),
                ("kernel", f"eth0: link up, {octet} Mbps"),
            )
        )
        yield (
            f'{{"__CURSOR":"s=0f1e2d3c4b5a;i={number:x};b=8c7d","__REALTIME_TIMESTAMP":"{1_795_136_400_000_000 + number * 1000}",'
            f'"__MONOTONIC_TIMESTAMP":"{number * 1000}","_BOOT_ID":"8c7d0a1b2c3d4e5f","PRIORITY":"6","_UID":"0","_GID":"0",'
            f'"_COMM":"{program}","_HOSTNAME":"db{octet % 8}","SYSLOG_IDENTIFIER":"{program}","_PID":"{port}","MESSAGE":"{message}"}}'
        )
