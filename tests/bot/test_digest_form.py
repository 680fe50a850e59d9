"""A digest is set up and changed in a form, by choosing all that can be typed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.console.workspace import Answer, Channel, Person, View, Workspace
from tests.bot.forming import at_work, texts
from tests.bot.running import load, open_workspace, planbot
from tests.bot.subscriptions import listed, newer, subscribe
from tests.bot.test_holding import is_nothing_held, left_behind


async def new_form(person: Person, channel: Channel | None = None) -> View:
    """The form of a new digest."""
    form = (await person.clicks(await listed(person, channel), "New digest")).view
    assert form is not None
    return form


async def change_form(person: Person, channel: Channel) -> View:
    """The form of the first digest of the channel."""
    form = (await person.clicks(await listed(person, channel), "Change")).view
    assert form is not None
    return form


def held(form: View, field: str) -> Any:
    """What a field holds."""
    element = next(iter(form.values[field].values()))
    chosen = next((value for key, value in element.items() if key != "type"), None)
    return chosen["text"]["text"] if isinstance(chosen, Mapping) else chosen


async def done(person: Person, channel: Channel, form: View, values: Mapping[str, Any], begin: str = "Done: ") -> str:
    """What is said where the form began, of what was handed in."""
    is_done = newer(person, channel, begin)
    answer = await person.submits(form, values)
    assert answer.closed, answer.errors
    return (await person.sees(is_done, channel=channel)).text


async def test_a_digest_is_set_up_by_choosing(carter: Person, plan_channel: Channel) -> None:
    form = await new_form(carter, plan_channel)
    assert (held(form, "every"), held(form, "weekday"), held(form, "time")) == ("Every week", "Monday", "09:00")
    assert (held(form, "zone"), held(form, "scope")) == ("America/Winnipeg", "The whole plan")
    chosen = {
        "How often": "Every month, on the last such day",
        "Day": "Friday",
        "Time": "15:30",
        "Time zone": "Europe/Berlin",
        "About": "Calm Our Roads",
        "Owners": ["yes"],
    }
    told = await done(carter, plan_channel, form, chosen)
    assert "Calm Our Roads on the last Friday of every month at 15:30 (Europe/Berlin)" in told
    assert "Owners whom it names are mentioned" in told
    await plan_channel.shows("<@U02CARTER> set up a digest of Calm Our Roads")


async def test_a_digest_of_a_department_comes_every_other_week(carter: Person, plan_channel: Channel) -> None:
    chosen = {"How often": "Every other week", "About": "Traffic"}
    told = await done(carter, plan_channel, await new_form(carter, plan_channel), chosen)
    assert "the department Traffic every other Monday at 09:00 (America/Winnipeg)" in told


async def test_the_form_of_a_digest_holds_it_as_it_is(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "third thursday 16:45 Asia/Kolkata department patrol mention owners")
    form = await change_form(carter, plan_channel)
    assert "This channel gets the digest of the department Patrol on the third Thursday" in form.words
    assert (held(form, "every"), held(form, "weekday")) == ("Every month, on the third such day", "Thursday")
    assert (held(form, "time"), held(form, "zone"), held(form, "scope")) == ("16:45", "Asia/Kolkata", "Patrol")
    assert [one["value"] for one in held(form, "mentions:0")] == ["yes"]


async def test_a_digest_is_changed_and_stays_itself(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00 mention owners")
    before = next(one.action_id for one in (await listed(carter, plan_channel)).controls if one.label == "Change")
    changed = {"Day": "Wednesday", "Time": "07:15", "About": "Patrol", "Owners": []}
    told = await done(carter, plan_channel, await change_form(carter, plan_channel), changed, "Changed: ")
    assert "the department Patrol every Wednesday at 07:15" in told
    assert "mentioned" not in told
    found = await listed(carter, plan_channel)
    assert "This channel gets 1 digest" in found.text
    assert next(one.action_id for one in found.controls if one.label == "Change") == before
    assert len([one for one in plan_channel.messages if "set up a digest" in one.text]) == 1


async def test_what_is_paused_stays_so_when_it_is_changed(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00")
    await carter.types("/digest pause", channel=plan_channel)
    form = await change_form(carter, plan_channel)
    assert "It is paused, and stays so" in form.words
    assert "It is paused" in await done(carter, plan_channel, form, {"Time": "10:00"}, "Changed: ")
    assert "at 10:00 (America/Winnipeg), set up by <@U02CARTER>; paused" in (await listed(carter, plan_channel)).text


async def test_the_typed_words_open_the_forms(carter: Person, plan_channel: Channel) -> None:
    assert (await carter.types("/digest new", channel=plan_channel)).view is not None
    assert "nothing to change" in (await carter.types("/digest change", channel=plan_channel)).text
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly friday 09:00 traffic")
    which = (await carter.types("/digest change", channel=plan_channel)).message
    assert which is not None
    assert "Change which of the 2 digests?" in which.text
    form = (await carter.types("/digest change traffic", channel=plan_channel)).view
    assert form is not None
    assert held(form, "scope") == "Traffic"


async def test_what_the_channel_has_already_is_said_at_the_field(carter: Person, plan_channel: Channel) -> None:
    await subscribe(carter, plan_channel, "weekly monday 09:00", "weekly monday 09:00 traffic")
    refused = await carter.submits(await change_form(carter, plan_channel), {"About": "Traffic"})
    assert "already" in refused.errors["scope"]


async def test_a_time_that_was_taken_out_is_asked_for(carter: Person, plan_channel: Channel) -> None:
    refused = await carter.submits(await new_form(carter, plan_channel), {"Time": None})
    assert set(refused.errors) == {"time"}


async def test_what_the_plan_lost_meanwhile_is_said_at_the_field(
    carter: Person, plan_channel: Channel, sqlite_url: str, tmp_path: Path
) -> None:
    form = await new_form(carter, plan_channel)
    scope = next(one for one in form.fields if one.action_id == "scope")
    gone = dict(next(one for one in scope.options if one["text"]["text"] == "Patrol"))
    text = (Path(__file__).parents[2] / "plans" / "riverbend-2025-2028.yml").read_text(encoding="utf-8")
    changed = tmp_path / "changed.yml"
    changed.write_text(text.replace("department: Patrol", "department: Traffic"), encoding="utf-8")
    await load(sqlite_url, changed)
    refused = await carter.submits(form, {"About": gone["value"]})
    assert "no longer has that" in refused.errors["scope"]


async def test_a_form_handed_in_twice_is_done_once(slack: Workspace, carter: Person, plan_channel: Channel) -> None:
    await done(carter, plan_channel, await new_form(carter, plan_channel), {"About": "Traffic"})
    handed_in = await slack.delivered("view_submission")
    await subscribe(carter, plan_channel, "weekly friday 16:00 traffic")
    await slack.deliver_again(handed_in)
    await slack.rests()
    found = (await listed(carter, plan_channel)).text
    assert "1 digest:" in found
    assert "every Friday at 16:00" in found
    assert len([one for one in plan_channel.messages if "set up a digest" in one.text]) == 1


async def test_what_was_stopped_is_not_brought_back_by_a_form_that_comes_again(
    slack: Workspace, carter: Person, plan_channel: Channel
) -> None:
    await done(carter, plan_channel, await new_form(carter, plan_channel), {})
    handed_in = await slack.delivered("view_submission")
    assert "Stopped" in (await carter.types("/digest off", channel=plan_channel)).text
    await slack.deliver_again(handed_in)
    await slack.rests()
    assert "no digest" in (await listed(carter, plan_channel)).text


async def test_the_zones_of_the_plan_and_of_the_person_come_first(slack: Workspace, plan_channel: Channel) -> None:
    ines = slack.member("Ines", tz="Europe/Lisbon")
    plan_channel.add(ines)
    form = await new_form(ines, plan_channel)
    offered = [one["value"] for one in await ines.looks_up(form, "Time zone")]
    assert offered[:2] == ["America/Winnipeg", "Europe/Lisbon"]
    assert len(offered) == len(set(offered)) > 40


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        pytest.param("kathmandu", "Asia/Kathmandu", id="a city"),
        pytest.param("eastern", "America/Toronto", id="what a clock is called"),
        pytest.param("ist", "Asia/Kolkata", id="an abbreviation for several"),
        pytest.param("melborne", "Australia/Melbourne", id="a misspelt city"),
        pytest.param("africa/", "Africa/Windhoek", id="a region"),
        pytest.param("UTC", "UTC", id="UTC"),
    ],
)
async def test_a_zone_is_found_by_typing(carter: Person, plan_channel: Channel, typed: str, zone: str) -> None:
    found = await carter.looks_up(await new_form(carter, plan_channel), "Time zone", typed)
    assert zone in [one["value"] for one in found]


def big(priorities: int, objectives: int, title: str) -> dict[str, Any]:
    """A plan with that many priorities and objectives, whose titles are long."""
    about = {
        "key": "p",
        "title": "Plan",
        "organization": "Riverbend",
        "status": "adopted",
        "timezone": "America/Toronto",
    }
    rows = [
        {
            "key": f"pr-{at}",
            "title": f"Priority {at} {title}",
            "objectives": [
                {
                    "key": f"o-{at}-{number}",
                    "title": f"Objective {at}.{number} {title}",
                    "actions": [
                        {
                            "key": f"A-{at}-{number}",
                            "title": f"Action {at}.{number}",
                            "owners": ["U02CARTER"],
                            "department": f"Department {at} {title}",
                        }
                    ],
                }
                for number in range(objectives)
            ],
        }
        for at in range(priorities)
    ]
    return {"plan": about, "priorities": rows}


LONG = "of everything that anybody could ever want to know about 交通安全 & <roads>, *bridges* and `culverts` 🚧🚧🚧🚧"


async def test_of_many_scopes_one_is_found_by_typing(tmp_path: Path, sqlite_url: str) -> None:
    async with at_work(tmp_path, sqlite_url, big(30, 5, LONG)) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        form = await new_form(carter, channel)
        assert held(form, "scope") == "The whole plan"
        assert len(await carter.looks_up(form, "About")) == 100
        found = await carter.looks_up(form, "About", "objective 27.3")
        assert found[0]["text"]["text"].startswith("Objective 27.3 of everything")
        assert found[0]["description"]["text"].startswith("Priority 27")
        is_done = newer(carter, channel, "Done: ")
        assert (await carter.submits(form, {"About": dict(found[0])})).closed
        assert "Objective 27.3 of everything" in (await carter.sees(is_done, channel=channel)).text
        assert held(await change_form(carter, channel), "scope").startswith("Objective 27.3")


async def test_long_titles_fit_into_every_message(tmp_path: Path, sqlite_url: str) -> None:
    async with at_work(tmp_path, sqlite_url, big(10, 3, LONG * 3)) as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        form = await new_form(carter, channel)
        assert len(texts(form, "About")) == 51
        await subscribe(carter, channel, *(f"weekly monday 09:00 o-{at}-1" for at in range(10)))
        found = await listed(carter, channel)
        assert found.buttons.count("Stop") == 10
        for typed in ("off", "preview", "change"):
            assert "which of the 10 digests?" in (await carter.types(f"/digest {typed}", channel=channel)).text


async def test_from_the_messages_with_the_bot_the_channel_is_chosen(carter: Person, plan_channel: Channel) -> None:
    form = await new_form(carter)
    told = await done(carter, carter.dm, form, {"Channel": plan_channel.id, "Time": "08:00"})
    assert f"<#{plan_channel.id}> gets the digest of the whole plan every Monday at 08:00" in told
    await plan_channel.shows("set up a digest")


async def test_app_home_opens_the_form_for_any_channel(carter: Person, plan_channel: Channel) -> None:
    home = await carter.opens_home()
    assert home is not None
    form = (await carter.clicks(home, "New digest")).view
    assert form is not None
    told = await done(carter, carter.dm, form, {"Channel": plan_channel.id})
    assert f"<#{plan_channel.id}> gets the digest of the whole plan" in told


async def test_without_a_channel_it_comes_to_oneself(carter: Person) -> None:
    told = await done(carter, carter.dm, await new_form(carter), {})
    assert "Done: you get the digest of the whole plan every Monday" in told
    assert "You get 1 digest" in (await listed(carter)).text


@pytest.mark.parametrize("wrong", ["archived", "private"])
async def test_a_channel_that_the_bot_cannot_post_in_is_refused_at_the_field(
    slack: Workspace, carter: Person, wrong: str
) -> None:
    channel = slack.channel("#elsewhere", members=[carter], private=wrong == "private", with_app=False)
    if wrong == "archived":
        channel.archive(carter)
    refused: Answer = await carter.submits(await new_form(carter), {"Channel": channel.id})
    assert ("/invite @planbot" if wrong == "private" else "archived") in refused.errors["channel"]


async def test_a_private_channel_with_the_bot_in_it_may_be_chosen(slack: Workspace, carter: Person) -> None:
    channel = slack.channel("#closed", members=[carter], private=True)
    assert f"<#{channel.id}> gets" in await done(carter, carter.dm, await new_form(carter), {"Channel": channel.id})
    await channel.shows("set up a digest")


async def test_a_form_in_hand_survives_the_process(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await carter.submits(await new_form(carter, channel), {"About": "Traffic"})
        async with planbot(slack, sqlite_url):
            assert await is_nothing_held(sqlite_url)
            assert "the department Traffic" in (await listed(carter, channel)).text
    assert len([one for one in channel.messages if "set up a digest" in one.text]) == 1


async def test_what_is_kept_is_not_told_to_be_refused_when_it_is_confirmed_late(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        channel = slack.channel("#plan", members=[carter])
        async with planbot(slack, sqlite_url):
            await done(carter, channel, await new_form(carter, channel), {"About": "Traffic"})
        handed_in = await slack.delivered("view_submission")
        channel.archive(carter)
        is_told = newer(carter, channel, "Done: ")
        await left_behind(sqlite_url, {**handed_in.payload}, kind="form")
        async with planbot(slack, sqlite_url):
            await carter.sees(is_told, channel=channel)
            assert await is_nothing_held(sqlite_url)
