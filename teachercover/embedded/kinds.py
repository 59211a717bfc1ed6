"""The two clusters: the demo's, which is kept, and the tests', which may be thrown away at any time."""

from dataclasses import dataclass

from schools.tenancy import roles


@dataclass(frozen=True, slots=True)
class Kind:
    """What a cluster is for, and so how careful it is and who signs in to it."""

    name: str
    durable: bool
    """Whether its data must survive a crash of the machine; else it may be made anew when it is broken."""
    logins: tuple[roles.Login, ...]
    web: roles.Login
    worker: roles.Login
    migrate: roles.Login

    def logins_by_purpose(self) -> dict[str, roles.Login]:
        """Purpose (`web`, `worker`, `migrate` and, where it exists, `test`) → login."""
        purposes = {"web": roles.WEB, "worker": roles.WORKER, "migrate": roles.MIGRATE, "test": roles.TEST}
        return {purpose: login for purpose, login in purposes.items() if login in self.logins}

    def preparation_sql(self, passwords: dict[str, str]) -> str:
        """What a superuser runs before anybody else signs in; may be run again."""
        parts = [roles.groups_sql()]
        parts += [roles.login_sql(login, password=passwords[login.name]) for login in self.logins]
        if not self.durable:
            parts.append(roles.test_rights_sql())
        parts.append(_unless_it_exists(roles.database_sql()))
        return "\n".join(parts)


def _unless_it_exists(create_database: str) -> str:
    # CREATE DATABASE has no IF NOT EXISTS and no place in a DO block; psql's \gexec runs a query's answer.
    statement = create_database.rstrip(";")
    return (
        f"SELECT '{statement}' WHERE NOT EXISTS "  # noqa: S608  constants of this program
        f"(SELECT FROM pg_database WHERE datname = '{roles.DATABASE}') \\gexec"
    )


DEMO = Kind("demo", True, roles.PRODUCTION_LOGINS, roles.WEB, roles.WORKER, roles.MIGRATE)
TEST = Kind("test", False, (*roles.PRODUCTION_LOGINS, roles.TEST), roles.TEST, roles.TEST, roles.TEST)

KINDS = {kind.name: kind for kind in (DEMO, TEST)}
