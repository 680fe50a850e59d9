"""What becomes of a report: kept, asked about, taken back, corrected; and by whom alone. On both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.guard import guard
from commands.member import Member
from commands.mistakes import MemberMistake
from commands.progress.doubts import Choice, PercentFalls
from commands.progress.keeping import Asked, Draft, decide, keep, keep_or_ask
from commands.progress.looking import page_of, to_correct
from commands.progress.mistakes import (
    DraftGone,
    NotSaved,
    NotYourUpdate,
    OfPlanFile,
    ReplacedAlready,
    TooLateToUndo,
)
from commands.progress.reading import Figures, Report
from commands.progress.recording import MeasurementReceipt, Receipt
from commands.progress.undoing import Ref, receipt_of, ref_of, undo, undo_last
from store import plans, workspaces
from store.database import Database
from store.drafts import keep_draft
from store.plan import Plan, Status
from store.updates import Via
from tests.commands.progress.plan import PLAN

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
DANA, ERIN = Member("U0DANA"), Member("U0ERIN")
ADA = Member("U0ADA", is_administrator=True)
FALLING, RISING = Report("A-01", percent=30, note="less"), Report("A-01", percent=60, note="more")


class Record:
    """The record, and what people do to it."""

    def __init__(self, database: Database, workspace: int) -> None:
        self._database = database
        self._workspace = workspace

    async def plan(self) -> Plan:
        """The plan as it stands."""
        async with self._database.reading() as session:
            return await plans.load_plan(session, self._workspace)

    async def reports(
        self, said: Report | Figures, by: Member = DANA, key: str | None = None, corrects: int | None = None
    ) -> Receipt | MeasurementReceipt | Asked:
        """Somebody reports."""
        draft, plan = Draft(said, Via.COMMAND, key, corrects), await self.plan()
        async with self._database.sessions.begin() as session:
            return await keep_or_ask(session, self._workspace, plan, draft, guard(), by=by, now=NOW)

    async def kept(
        self, said: Report | Figures, by: Member = DANA, corrects: int | None = None
    ) -> Receipt | MeasurementReceipt:
        """Somebody reports, and is not asked."""
        plan = await self.plan()
        async with self._database.sessions.begin() as session:
            return await keep(session, self._workspace, plan, Draft(said, Via.COMMAND, None, corrects), by=by, now=NOW)

    async def decides(self, asked: Asked, choice: Choice, by: Member = DANA) -> Receipt | MeasurementReceipt | None:
        """Somebody answers a question."""
        plan, key = await self.plan(), asked.draft.key
        async with self._database.sessions.begin() as session:
            return await decide(session, self._workspace, plan, asked.token, key, choice, guard(), by=by, now=NOW)

    async def undoes(self, ref: Ref, by: Member = DANA, later: timedelta = timedelta()) -> Receipt | MeasurementReceipt:
        """Somebody takes something back."""
        plan = await self.plan()
        async with self._database.sessions.begin() as session:
            return await undo(session, self._workspace, plan, ref, by=by, now=NOW + later)

    async def undoes_last(self, by: Member = DANA) -> Receipt | MeasurementReceipt:
        """Somebody takes the last one back."""
        plan = await self.plan()
        async with self._database.sessions.begin() as session:
            return await undo_last(session, self._workspace, plan, by=by, key=None, now=NOW)

    async def shares(self, ref: Ref, by: Member) -> Receipt | MeasurementReceipt:
        """Somebody wants to share or edit what is under a receipt."""
        plan = await self.plan()
        async with self._database.reading() as session:
            return await receipt_of(session, self._workspace, plan, ref, by=by, now=NOW)

    async def corrects(self, ref: Ref, by: Member) -> Receipt | MeasurementReceipt:
        """Somebody wants to correct something."""
        plan = await self.plan()
        async with self._database.reading() as session:
            return await to_correct(session, self._workspace, plan, ref, by=by, now=NOW)

    async def length(self) -> int:
        """How many updates there are of A-01."""
        entry = (await self.plan()).actions()[0]
        async with self._database.reading() as session:
            return (await page_of(session, self._workspace, entry, 1, by=DANA)).total


@pytest.fixture
async def record(database: Database) -> Record:
    """The fictional plan on record."""
    async with database.sessions.begin() as session:
        workspace = await workspaces.default(session)
        await plans.import_plan(session, workspace, PLAN, NOW - timedelta(hours=1))
    return Record(database, workspace)


async def test_a_doubtful_report_waits_for_its_author(record: Record) -> None:
    asked = await record.reports(FALLING, key="command:1")
    assert isinstance(asked, Asked)
    assert asked.doubts == (PercentFalls(40, 30),)
    assert await record.length() == 0
    with pytest.raises(DraftGone):
        await record.decides(asked, Choice.SAVE, by=ERIN)
    kept = await record.decides(asked, Choice.SAVE)
    assert kept is not None
    assert not kept.kept.is_repeat
    again = await record.decides(asked, Choice.SAVE)
    assert again is not None
    assert again.kept.id == kept.kept.id
    assert await record.length() == 1


async def test_what_was_dropped_is_not_saved_by_a_later_press(record: Record) -> None:
    asked = await record.reports(FALLING, key="command:1")
    assert isinstance(asked, Asked)
    assert await record.decides(asked, Choice.DROP) is None
    with pytest.raises(NotSaved):
        await record.decides(asked, Choice.SAVE)
    assert await record.length() == 0


async def test_a_report_on_the_record_is_not_asked_about_when_it_comes_again(record: Record) -> None:
    asked = await record.reports(FALLING, key="command:1")
    assert isinstance(asked, Asked)
    await record.decides(asked, Choice.SAVE)
    again = await record.reports(Report("A-01", percent=20), key="command:1")
    assert isinstance(again, Receipt)
    assert again.kept.is_repeat


async def test_a_draft_of_another_version_is_as_if_forgotten_and_shows_its_words_to_nobody(
    database: Database, record: Record
) -> None:
    asked = await record.reports(FALLING, key="command:1")
    assert isinstance(asked, Asked)
    async with database.sessions.begin() as session:
        workspace = await workspaces.default(session)
        token = await keep_draft(session, workspace, DANA.id, '{"note": "call 905-555-0142"}', NOW)
    with pytest.raises(DraftGone) as gone:
        await record.decides(replace(asked, token=token, draft=replace(asked.draft, key=None)), Choice.SAVE)
    assert gone.value.__suppress_context__


@pytest.mark.parametrize("said", [RISING, Figures("crime-severity", 53.1)], ids=["update", "measurement"])
async def test_only_who_recorded_something_takes_it_back_and_shares_it(record: Record, said: Report | Figures) -> None:
    ref = ref_of(await record.kept(said))
    for stranger in (ERIN, ADA):
        with pytest.raises(NotYourUpdate):
            await record.undoes(ref, by=stranger)
        with pytest.raises(NotYourUpdate):
            await record.shares(ref, by=stranger)
    assert (await record.shares(ref, by=DANA)).kept.id == ref.id
    assert (await record.undoes(ref)).kept.corrects == ref.id


async def test_only_who_recorded_something_and_administrators_correct_it(record: Record) -> None:
    ref = ref_of(await record.kept(RISING))
    with pytest.raises(NotYourUpdate):
        await record.corrects(ref, by=ERIN)
    assert (await record.corrects(ref, by=DANA)).kept.id == ref.id
    corrected = await record.kept(
        Report("A-01", percent=55), by=ADA, corrects=(await record.corrects(ref, ADA)).kept.id
    )
    assert isinstance(corrected, Receipt)
    assert (corrected.kept.author, corrected.kept.on_behalf_of) == ("U0ADA", "U0DANA")
    with pytest.raises(ReplacedAlready):
        await record.corrects(ref, by=DANA)


async def test_a_stranger_cannot_write_a_correction(record: Record) -> None:
    ref = ref_of(await record.kept(RISING))
    with pytest.raises(MemberMistake):
        await record.kept(Report("A-01", percent=55), by=ERIN, corrects=ref.id)
    assert await record.length() == 1


async def test_what_a_plan_file_says_is_mended_there(database: Database, record: Record) -> None:
    told = PLAN.model_dump(by_alias=True)
    told["priorities"][0]["objectives"][0]["actions"][0]["updates"] = [
        {"date": NOW.date(), "author": "U0DANA", "status": Status.AT_RISK, "percent": 45}
    ]
    async with database.sessions.begin() as session:
        workspace = await workspaces.default(session)
        await plans.import_plan(session, workspace, Plan.model_validate(told), NOW)
    entry = (await record.plan()).actions()[0]
    async with database.reading() as session:
        page = await page_of(session, workspace, entry, 1, by=ADA)
    assert not any(one.may_correct for one in page.told)
    with pytest.raises(OfPlanFile):
        await record.corrects(Ref.parse(f"update:{page.told[0].recorded.id}"), by=ADA)


async def test_undo_is_for_fifteen_minutes(record: Record) -> None:
    ref = ref_of(await record.kept(RISING))
    with pytest.raises(TooLateToUndo):
        await record.undoes(ref, later=timedelta(minutes=15, seconds=1))


async def test_undoing_an_edit_brings_back_what_it_replaced(record: Record) -> None:
    first = ref_of(await record.kept(RISING))
    await record.kept(Report("A-01", percent=90, note="edited"), corrects=first.id)
    undone = await record.undoes_last()
    assert isinstance(undone, Receipt)
    assert undone.brings_back
    assert (undone.after.percent, undone.kept.note) == (60, "more")
    assert (await record.plan()).actions()[0].progress == 60
    once_more = await record.undoes_last()
    assert not once_more.brings_back
    assert (await record.plan()).actions()[0].progress == 40


async def test_an_undo_confirms_nothing(record: Record) -> None:
    ref = ref_of(await record.kept(Report("A-02", status=Status.ON_TRACK, day=(NOW - timedelta(days=9)).date())))
    await record.undoes(ref_of(await record.kept(Report("A-02", percent=50))))
    latest = next(one for one in (await record.plan()).actions() if one.key == "A-02").latest
    assert latest is not None
    assert latest.date == (NOW - timedelta(days=9)).date()
    assert ref.id
