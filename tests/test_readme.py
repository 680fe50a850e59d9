"""The README is true: its transcript is what the console shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_transcript_is_what_the_console_shows(tmp_path: Path) -> None:
    transcript = README.partition("```text\n")[2].partition("\n```")[0]
    typed = re.findall(r"^\w+> (.+)$", transcript, re.MULTILINE)
    ran = subprocess.run(
        [sys.executable, "-c", "from bot.cli.app import main; main()", "chat"],
        input="\n".join(typed),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=True,
    )
    assert len(typed) >= 4
    assert transcript in ran.stdout


def test_the_two_commands_are_in_its_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "make demo" in first_screen
    assert "make test" in first_screen
