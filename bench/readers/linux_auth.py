"""A Linux sign-in log: four parts sign-ins with keys or passwords, four parts refused ones, one sudo, one session's end."""

import random
from collections.abc import Iterator


def lines(count: int) -> Iterator[str]:
    """As three hosts would write them in a day."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    for number in range(count):
        second = number * 86_400 // count
        head = f"Nov 21 {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} core{number % 3 + 1} "
        peer = f"10.1.{chance.randrange(256)}.{chance.randrange(256)} port {chance.randrange(1024, 65536)} ssh2"
        user, pid = f"user{chance.randrange(300)}", chance.randrange(1000, 99_999)
        said = chance.randrange(10)
        if said < 4:
            yield f"{head}sshd[{pid}]: Accepted {chance.choice(('password', 'publickey'))} for {user} from {peer}\n"
        elif said < 8:
            yield f"{head}sshd[{pid}]: Failed password for {chance.choice(('', 'invalid user '))}{user} from {peer}\n"
        elif said < 9:
            yield f"{head}sudo[{pid}]:  {user} : TTY=pts/0 ; PWD=/home/{user} ; USER=root ; COMMAND=/usr/bin/id\n"
        else:
            yield f"{head}sshd[{pid}]: pam_unix(sshd:session): session closed for user {user}\n"
