"""What all tests share: databases to work on, and no way out to the network."""

import ipaddress
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import settings

from store.database import Database
from tests.databases import Files, Server, postgresql

# How fast a machine is says nothing about whether the code is right.
settings.register_profile("planbot", deadline=None)
settings.load_profile("planbot")


def _refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        _require_loopback(arguments[0])
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if isinstance(address, tuple):
            _require_loopback(address[0])


def _require_loopback(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        if ipaddress.ip_address(str(name)).is_loopback:
            return
    except ValueError:
        pass
    raise RuntimeError(f"a test tried to reach {name}; tests stay on this machine")


sys.addaudithook(_refuse_the_network)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """SQLite files."""
    return Files(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this test run, started when the first test needs it."""
    with postgresql() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database with nothing in it: the test runs once on SQLite and once on PostgreSQL."""
    name = "files" if request.param == "sqlite" else "server"
    databases: Files | Server = request.getfixturevalue(name)
    return databases.migrated()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a schema, once of SQLite and once of PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("files").empty()
        return
    with request.getfixturevalue("server").empty() as url:
        yield url


@pytest.fixture
def sqlite_url(files: Files) -> str:
    """A migrated SQLite file of the test's own, for what does not depend on the database."""
    return files.migrated()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of the test's own, open: once SQLite, once PostgreSQL."""
    opened = Database.at(database_url)
    yield opened
    await opened.close()
