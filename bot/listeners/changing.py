"""Administrators change what the plan promised, with a reason; everybody reads what was decided."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from bot.blocks.changes import (
    CHOOSE,
    FORM,
    OPEN,
    ChangePurpose,
    Owners,
    change_form,
    choose_entry,
    decided,
    which_entry,
)
from bot.blocks.decisions import ON_A_PAGE, PAGE, decisions_shown
from bot.blocks.message import Message
from bot.blocks.mistakes import field_mistakes
from bot.deciding import owners_of, tell_owners
from bot.listeners.payloads import person_of, reply_to, whole
from bot.service import Service
from bot.slack import SLACK_FAILURES, Reply, error_code
from commands.changing import (
    FilledChange,
    Wanted,
    change,
    changed_since,
    facts_now,
    holds,
    meant,
    merged,
    node_with,
    read_change,
)
from commands.mistakes import AdministratorsOnly, InvalidFields
from store.addresses import known_addresses
from store.amending import Amended, Facts
from store.decisions import decisions_in_force, last_decisions
from store.departures import gone_people
from store.handled import first_time
from store.plan import Node

CHANGE = "change"
DECISIONS = "decisions"
REFUSED = frozenset({"invalid_arguments", "invalid_blocks", "user_not_found", "users_not_found"})
"""What Slack may say of a form in which somebody is chosen whom it does not know."""
LOOK_UP_SECONDS = 1.5
"""How long the form waits to hear whether new owners are people; Slack waits 3 seconds for its answer."""


class ChangingListeners:
    """Changes of the plan."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what administrators change and for who reads on."""
        app.action(CHOOSE)(self.choose_entry)
        app.action(re.compile(rf"^{OPEN}:\d+$"))(self.open_entry)
        app.view(FORM)(self.decide)
        app.action(re.compile(rf"^{PAGE}:\d+$"))(self.turn_page)

    async def does(self, typed: str, command: dict[str, Any], reply: Reply) -> bool:
        """Whether what follows the plan command is about changing it, or decisions; does what it asks for.

        Raises AdministratorsOnly.
        """
        first, _, rest = typed.partition(" ")
        if typed.casefold() == DECISIONS:
            await reply(await self._page(0))
            return True
        if first.casefold() != CHANGE:
            return False
        current, rest = await self._service.current(), rest.strip()
        nodes = meant(rest, current.plan, await current.at_hand()) if rest else ()
        if not self._service.people.is_administrator(person_of(command)):
            if rest and (len(nodes) != 1 or rest.casefold() != nodes[0].key.casefold()):
                return False  # a question that begins with the word, such as one about change management
            raise AdministratorsOnly
        if not rest:
            await reply(choose_entry(current.plan, self._service.names))
        elif len(nodes) == 1:
            await self._open(nodes[0], command)
        else:
            await reply(which_entry(rest, nodes, self._service.names))
        return True

    async def choose_entry(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """An entry chosen from the list: its form."""
        await self._open_chosen(ack, body, (action.get("selected_option") or {}).get("value") or "")

    async def open_entry(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """An entry chosen among the likely ones: its form."""
        await self._open_chosen(ack, body, action["value"])

    async def _open_chosen(self, ack: AsyncAck, body: dict[str, Any], key: str) -> None:
        await ack()

        async def work() -> None:
            self._require_administrator(person_of(body))
            await self._open(node_with(key, (await self._service.current()).plan), body)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _open(self, node: Node, body: dict[str, Any]) -> None:
        now = await self._facts(node.key)
        owners, url = await self._owners(now), body.get("response_url") or ""
        try:
            form = change_form(node, now, now, owners, response_url=url)
            await self._service.slack.open_view(body["trigger_id"], form)
        except SlackApiError as error:
            if error_code(error) not in REFUSED or not owners.users:
                raise
            # A user id of the plan may be nobody's here, and Slack takes no such one as chosen.
            strangers = Owners(others={ref: ref for ref in _refs(now)})
            form = change_form(node, now, now, strangers, response_url=url)
            await self._service.slack.open_view(body["trigger_id"], form)

    async def decide(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The form handed in: what is wrong is shown in its place, and so is what others changed meanwhile.

        That can only be told in the ack, so the record is looked at before it.
        """
        purpose, filled = ChangePurpose.read(view["private_metadata"]), _filled(view)
        self._require_administrator(person_of(body))
        node = node_with(purpose.key, (await self._service.current()).plan)
        now = await self._facts(node.key)
        try:
            wanted = await self._read(node, now, filled, purpose)
        except InvalidFields as mistake:
            block_of = {block.partition(":")[0]: block for block in view["state"]["values"]}
            wrong = field_mistakes(mistake).items()
            await ack(response_action="errors", errors={block_of[name]: words for name, words in wrong})
            return
        meanwhile = changed_since(now, purpose.seen)
        if meanwhile and not holds(now, wanted):
            await ack(response_action="update", view=await self._anew(node, now, wanted, purpose, meanwhile))
            return
        await ack()
        body = {**body, "response_url": purpose.response_url}
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            await self._decide(node.key, now, wanted, person_of(body), reply)

        self._service.after_ack(work, reply)

    async def _read(self, node: Node, now: Facts, filled: FilledChange, purpose: ChangePurpose) -> Wanted:
        people = await self._people()
        known = {people.get(str(ref).casefold(), str(ref)) for ref in _refs(now)}
        strangers = await self._strangers([one for one in filled.owners if one not in known])
        return read_change(node, now, filled, people, seen=purpose.seen, strangers=strangers)

    async def _anew(
        self, node: Node, now: Facts, wanted: Wanted, purpose: ChangePurpose, meanwhile: Sequence[str]
    ) -> dict[str, Any]:
        """The form once more, with what others changed since it was opened."""
        shown = merged(now, wanted.facts, purpose.seen)
        plan = (await self._service.current()).plan
        async with self._service.database.reading() as session:
            last = await decisions_in_force(session, self._service.workspace, plan.about.key)
        told = [last[node.key.casefold(), name] for name in meanwhile if (node.key.casefold(), name) in last]
        return change_form(
            node,
            shown,
            now,
            await self._owners(shown),
            response_url=purpose.response_url,
            reason=wanted.reason,
            meanwhile=told,
        )

    async def _decide(self, key: str, seen: Facts, wanted: Wanted, by: str, reply: Reply) -> None:
        async with self._service.writing() as (session, current):
            before, now = owners_of(key, current.plan), self._service.now()
            made = await change(session, self._service.workspace, key, seen=seen, wanted=wanted, by=by, now=now)
        is_told = await self._tell_owners_once(made, wanted.reason, by, before)
        await self._service.confirm(
            reply, decided(made, wanted.reason, is_owner_told=is_told, names=self._service.names)
        )

    async def _tell_owners_once(self, made: Amended, reason: str, by: str, before: Sequence[str]) -> bool:
        """Tell the owners, however often the form comes; whether anybody was told."""
        key = f"decided:{max(one.id for one in made.decisions)}"
        async with self._service.database.sessions.begin() as session:
            if not await first_time(session, self._service.workspace, key, self._service.now()):
                return True
        return await tell_owners(self._service, made, reason, by=by, before=before)

    async def turn_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Another page of decisions, in the place of the one that is shown."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            await reply(await self._page(int(action["value"])))

        self._service.after_ack(work, reply)

    async def _page(self, page: int) -> Message:
        zone = (await self._service.current()).plan.about.zone
        async with self._service.database.reading() as session:
            found = await last_decisions(session, self._service.workspace, ON_A_PAGE + 1, skipped=page * ON_A_PAGE)
        more = len(found) > ON_A_PAGE
        return decisions_shown(found[:ON_A_PAGE], page, self._service.names, zone, has_more=more)

    async def _facts(self, key: str) -> Facts:
        async with self._service.database.reading() as session:
            return await facts_now(session, self._service.workspace, key)

    async def _people(self) -> dict[str, str]:
        async with self._service.database.reading() as session:
            return await known_addresses(session, self._service.workspace)

    async def _owners(self, facts: Facts) -> Owners:
        """The owners as the form shows them."""
        people = await self._people()
        async with self._service.database.reading() as session:
            gone = await gone_people(session, self._service.workspace)
        named = {ref: people.get(ref.casefold(), ref) for ref in _refs(facts)}
        others = {ref: gone.get(user) or ref for ref, user in named.items() if "@" in user or user in gone}
        return Owners(tuple(dict.fromkeys(user for ref, user in named.items() if ref not in others)), others)

    async def _strangers(self, users: Sequence[str]) -> tuple[str, ...]:
        """Those of `users` who cannot own anything; where Slack does not say so in time, nobody."""

        async def is_stranger(user: str) -> bool:
            try:
                async with asyncio.timeout(LOOK_UP_SECONDS):
                    found = await self._service.people.colleague(user)
            except SLACK_FAILURES:
                return False
            return found is None or found.is_bot or found.is_gone

        said = await asyncio.gather(*map(is_stranger, users))
        return tuple(user for user, is_one in zip(users, said, strict=True) if is_one)

    def _require_administrator(self, user: str) -> None:
        if not self._service.people.is_administrator(user):
            raise AdministratorsOnly


def _refs(facts: Facts) -> tuple[str, ...]:
    owners = facts.get("owners")
    return tuple(map(str, owners)) if isinstance(owners, tuple) else ()


def _filled(view: Mapping[str, Any]) -> FilledChange:
    fields = {
        block.partition(":")[0]: next(iter(elements.values())) for block, elements in view["state"]["values"].items()
    }

    def typed(name: str) -> str:
        return whole(fields.get(name, {}).get("value") or "")

    def day(name: str) -> str:
        return fields.get(name, {}).get("selected_date") or ""

    chosen = fields.get("addresses", {}).get("selected_options") or ()
    return FilledChange(
        title=typed("title"),
        reason=typed("reason"),
        owners=tuple(fields.get("owners", {}).get("selected_users") or ()),
        addresses=tuple(option["value"] for option in chosen),
        due=day("due"),
        department=typed("department"),
        milestones=tuple(
            fields[f"milestone-{at}"].get("selected_date") for at in range(len(fields)) if f"milestone-{at}" in fields
        ),
        value=typed("value"),
        value_day=day("value_day"),
    )
