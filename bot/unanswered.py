"""What administrators read of reminders: which stay unanswered, and what is no longer its owner's."""

from datetime import UTC, date, datetime

from bot.blocks.message import Block
from bot.blocks.reminder_wishes import reminders_for_administrators
from bot.service import Service
from commands.reminding import NEEDS_NOTICE
from store.reminder_wishes import disowned
from store.reminders import unanswered


async def reminder_notices(service: Service, today: date) -> tuple[Block, ...]:
    """As blocks, for App Home and for the digest that an administrator gets; nothing where there is nothing to tell."""
    async with service.database.reading() as session:
        silent = await unanswered(session, service.workspace, NEEDS_NOTICE, datetime.now(UTC))
        orphaned = await disowned(session, service.workspace)
    return reminders_for_administrators(silent, orphaned, today, service.names)
