"""Lines of a Keycloak event log, as text and as ECS JSON in turns."""

import random
from collections.abc import Iterator

_TYPES = ("LOGIN", "LOGIN", "LOGIN_ERROR", "LOGOUT", "REFRESH_TOKEN", "CODE_TO_TOKEN", "CODE_TO_TOKEN")


def lines(count: int) -> Iterator[str]:
    """That many lines, without their ends, the same each time."""
    chance = random.Random(7)  # noqa: S311 - a seeded example, no secret
    for number in range(count):
        kind = chance.choice(_TYPES)
        user, octet = chance.randrange(5000), chance.randrange(1, 255)
        second = f"{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
        event = (
            f'type="{kind}", realmId="0f3b7c1e-55aa-4c0e-9a41-2f6f1d0c9e11", realmName="firm", clientId="web-trade", '
            f'userId="u-{user:05d}", ipAddress="192.0.2.{octet}", auth_method="openid-connect", username="user{user:05d}"'
        )
        if number % 2:
            yield f"2026-11-20 {second},{number % 1000:03d} INFO  [org.keycloak.events] (executor-thread-{user % 40}) {event}"
        else:
            quoted = event.replace('"', '\\"')
            yield (
                f'{{"@timestamp":"2026-11-20T{second}.{number % 1000:03d}Z","log.logger":"org.keycloak.events","log.level":"INFO",'
                f'"message":"{quoted}","process.thread.name":"executor-thread-{user % 40}","host.hostname":"kc1","ecs.version":"1.12.2"}}'
            )
