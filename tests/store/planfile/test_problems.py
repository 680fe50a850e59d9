"""Each problem of a plan file is told in one sentence, with its line, column and key."""

import pytest

from tests.store.planfile.files import ACTION, HEAD, INDICATOR, TREE, told

ONE_PROBLEM = {
    "field-misspelt": (
        HEAD + "  titel: x\n",
        "7:3: plan: `titel` is not a field of the section `plan`. Did you mean `title`?",
    ),
    "section-misspelt": (
        HEAD + "valeus: []\n",
        "7:1: valeus: `valeus` is not a field of a plan file. Did you mean `values`?",
    ),
    "field-of-another-part": (
        TREE + "    due: 2024-01-01\n",
        "13:5: o: `due` is a field of an action or a milestone, not of an objective; move or remove it.",
    ),
    "field-of-nothing": (
        HEAD + "vision: {statement: Be good., colour: red}\n",
        "7:31: vision: `colour` is not a field of this section; remove it, or use one of statement.",
    ),
    "required-field-missing": (
        HEAD + "values:\n- key: care\n  title: Care\n",
        "8:3: care: `statement` is missing; a value needs it. Add it.",
    ),
    "plan-missing": (
        "vision: {statement: Be good.}\n",
        ("1:1: plan: `plan` is missing; a plan file needs it. Add it."),
    ),
    "key-missing": (
        HEAD + "background:\n- title: Scan\n",
        "8:3: background 1: `key` is missing; a background entry needs it. Add it.",
    ),
    "duplicate-key": (
        ACTION + "    - {key: a-01, title: Again}\n",
        (
            "16:13: a-01: The key a-01 is already that of the action on line 14 (there A-01; the case "
            "of letters does not "
            "count); give one of them another key."
        ),
    ),
    "key-of-the-plan": (
        HEAD + "values:\n- {key: p, title: P, statement: p}\n",
        "8:9: p: The key p is already that of the plan itself on line 2; give one of them another key.",
    ),
    "reserved-key": (
        HEAD + "background:\n- {key: Actions, title: Actions}\n",
        "8:9: Actions: `Actions` is the name of a section and cannot be a key; choose another.",
    ),
    "malformed-key": (
        HEAD + "background:\n- {key: town hall, title: Town Hall}\n",
        (
            "8:9: town hall: A key cannot be `town hall`; use letters a to z, digits, hyphens, dots and "
            "underscores only, "
            "and begin with a letter or digit."
        ),
    ),
    "malformed-plan-key": (
        HEAD.replace("key: p", "key: My Plan"),
        "2:8: plan: The plan's key cannot be `My Plan`; use small letters a to z, digits and hyphens only.",
    ),
    "long-key": (
        HEAD + f"background:\n- {{key: {'k' * 81}, title: K}}\n",
        f"8:9: {'k' * 81}: `key` may have at most 80 characters; shorten it.",
    ),
    "field-given-twice": (
        HEAD + "  title: Again\n",
        "7:3: plan: `title` is given twice here, first on line 3; keep one.",
    ),
    "percentage-too-high": (
        ACTION + "      percent: 101\n",
        "16:16: A-01: `percent` cannot be `101`; write a whole number from 0 to 100, without a % sign.",
    ),
    "percentage-below-zero": (
        ACTION + "      percent: -1\n",
        "16:16: A-01: `percent` cannot be `-1`; write a whole number from 0 to 100, without a % sign.",
    ),
    "percentage-with-a-sign": (
        ACTION + "      updates: [{date: 2024-01-01, percent: 40%}]\n",
        "16:45: A-01: `percent` cannot be `40%`; write a whole number from 0 to 100, without a % sign.",
    ),
    "percentage-that-yaml-versions-read-differently": (
        ACTION + "      percent: 010\n",
        "16:16: A-01: `percent` cannot be `010`; write a whole number from 0 to 100, without a % sign.",
    ),
    "not-a-day": (
        ACTION + "      due: 2023-02-30\n",
        "16:12: A-01: `due` is 2023-02-30, which is not a day of the calendar; mend it.",
    ),
    "day-in-another-order": (
        ACTION + "      due: 30/06/2024\n",
        "16:12: A-01: `due` cannot be `30/06/2024`; write a day as year-month-day, such as 2026-12-31.",
    ),
    "number-for-a-day": (
        ACTION + "      due: 20240630\n",
        "16:12: A-01: `due` cannot be `20240630`; write a day as year-month-day, such as 2026-12-31.",
    ),
    "time-for-a-day": (
        ACTION + "      due: 2024-06-30 17:00:00\n",
        "16:12: A-01: `due` cannot be `2024-06-30 17:00:00`; write a day as year-month-day, such as 2026-12-31.",
    ),
    "due-before-start": (
        ACTION + "      start: 2024-06-30\n      due: 2024-06-29\n",
        "17:12: A-01: The action is due on 2024-06-29, before it starts on 2024-06-30; correct one of the two.",
    ),
    "period-ends-before-it-starts": (
        HEAD + "  period: {start: 2024-06-30, end: 2024-06-29}\n",
        "7:36: plan: The period ends on 2024-06-29, before it starts on 2024-06-30; correct one of the two.",
    ),
    "updates-newest-first": (
        ACTION + "      updates:\n      - date: 2024-02-01\n      - date: 2024-01-01\n",
        (
            "18:15: A-01: Updates are listed oldest first, and this one of 2024-01-01 comes after that "
            "of 2024-02-01 (line 17); "
            "move it up."
        ),
    ),
    "malformed-owner": (
        ACTION + "      owners: [Dana]\n",
        (
            "16:16: A-01: `Dana` is neither a Slack user id nor an e-mail address; write U02AB3CD4 (in "
            "Slack: profile, Copy "
            "member ID) or owner@example.org."
        ),
    ),
    "malformed-author": (
        ACTION + "      updates: [{date: 2024-01-01, author: '@dana'}]\n",
        (
            "16:44: A-01: `@dana` is neither a Slack user id nor an e-mail address; write U02AB3CD4 (in "
            "Slack: profile, Copy "
            "member ID) or owner@example.org."
        ),
    ),
    "owners-not-a-list": (
        ACTION + "      owners: U02AB3CD4\n",
        "16:15: A-01: `owners` has to be a list, not `U02AB3CD4`; write [one, another], or one a line after a dash.",
    ),
    "list-left-empty": (
        ACTION + "      owners:\n",
        "16:14: A-01: `owners` is empty; fill in its list, write [] or leave it out.",
    ),
    "status-misspelt": (
        ACTION + "      status: on track\n",
        (
            "16:15: A-01: `status` cannot be `on track`; write one of not-started, on-track, at-risk, "
            "off-track, complete, "
            "cancelled. Did you mean on-track?"
        ),
    ),
    "status-like-nothing": (
        ACTION + "      status: 5\n",
        (
            "16:15: A-01: `status` cannot be `5`; write one of not-started, on-track, at-risk, "
            "off-track, complete, cancelled."
        ),
    ),
    "time-zone-misspelt": (
        HEAD.replace("UTC", "America/Toranto"),
        (
            "6:13: plan: `America/Toranto` is not an IANA time zone name such as America/Toronto; "
            "correct it. Did you mean "
            "America/Toronto?"
        ),
    ),
    "time-zone-a-city": (
        HEAD.replace("UTC", "Winnipeg"),
        (
            "6:13: plan: `Winnipeg` is not an IANA time zone name such as America/Toronto; correct it. Did you mean "
            "America/Winnipeg?"
        ),
    ),
    "title-that-yaml-reads-as-no": (
        HEAD.replace("title: P", "title: No"),
        '3:10: plan: YAML reads No as yes or no, and `title` has to be text; put it in quotes: "No".',
    ),
    "title-that-is-a-number": (
        HEAD.replace("title: P", "title: 2025"),
        '3:10: plan: YAML reads 2025 as a number, and `title` has to be text; put it in quotes: "2025".',
    ),
    "title-with-a-colon-in-braces": (
        HEAD.replace("title: P", "title: {a: b}"),
        "3:10: plan: `title` has to be one text, not a group of fields; put the text in quotes.",
    ),
    "title-empty": (HEAD.replace("title: P", "title:"), "3:9: plan: `title` is empty; write its text."),
    "title-blank": (HEAD.replace("title: P", 'title: "  "'), "3:10: plan: `title` is empty; write its text."),
    "alias-blank": (
        TREE + "    aliases: ['']\n",
        "13:15: o: One of `aliases` is empty; write its text or leave it out.",
    ),
    "section-not-a-group": (
        HEAD + "vision: Be good.\n",
        "7:9: vision: `vision` has to be a group of fields (statement), not `Be good.`.",
    ),
    "entry-not-a-group": (
        HEAD + "values: [care]\n",
        "7:10: value 1: One of `values` has to be a group of fields (key, title, statement, aliases), not `care`.",
    ),
    "nature-unknown": (
        INDICATOR + "      nature: numeric\n",
        "16:15: I-1: `nature` cannot be `numeric`; write one of quantitative, qualitative.",
    ),
    "quantitative-with-text": (
        INDICATOR + "      nature: quantitative\n      target: {value: fifty, date: 2026-12-31}\n",
        (
            "17:23: I-1: A quantitative indicator has numbers, and `fifty` is text; write a number, and "
            "put all else into "
            "`unit` or a note."
        ),
    ),
    "quantitative-in-quotes": (
        INDICATOR + "      nature: quantitative\n      measurements: [{value: '54', date: 2026-12-31}]\n",
        "17:30: I-1: A quantitative indicator has numbers, and `54` is text; write a number, without quotes.",
    ),
    "quantitative-not-a-number": (
        INDICATOR + "      nature: quantitative\n      target: {value: .nan, date: 2026-12-31}\n",
        (
            "17:23: I-1: A quantitative indicator has numbers, and `.nan` is text; write a number, and put all else "
            "into `unit` or a note."
        ),
    ),
    "quantitative-infinite": (
        INDICATOR + "      nature: quantitative\n      target: {value: 1.0e+400, date: 2026-12-31}\n",
        (
            "17:23: I-1: A quantitative indicator has numbers, and `1.0e+400` is text; write a number, "
            "and put all else into "
            "`unit` or a note."
        ),
    ),
    "qualitative-with-a-number": (
        INDICATOR + "      nature: qualitative\n      baseline: {value: 5, date: 2026-12-31}\n",
        "17:25: I-1: A qualitative indicator is told in words, and 5 is a number; write text, in quotes if need be.",
    ),
    "qualitative-with-a-unit": (
        INDICATOR + "      nature: qualitative\n      unit: points\n",
        "17:7: I-1: A qualitative indicator has no `unit`; remove it, or make the nature quantitative.",
    ),
    "qualitative-with-a-direction": (
        INDICATOR + "      nature: qualitative\n      better: lower\n",
        "17:7: I-1: A qualitative indicator has no `better`; remove it, or make the nature quantitative.",
    ),
    "value-that-is-neither": (
        INDICATOR + "      nature: quantitative\n      target: {value: yes, date: 2026-12-31}\n",
        "17:23: I-1: `value` cannot be `yes`; write a number, or text if the indicator is qualitative.",
    ),
    "milestone-done-in-words": (
        ACTION + "      milestones: [{title: Half, done: almost}]\n",
        "16:40: A-01: `done` cannot be `almost`; write true or false, without quotes.",
    ),
    "a-list-instead-of-a-plan": (
        "- plan\n",
        "1:1: A plan file is a group of fields: plan, vision, mission, values and so on; this is a list.",
    ),
    "a-word-instead-of-a-plan": (
        "plan\n",
        "1:1: A plan file is a group of fields: plan, vision, mission, values and so on; this is `plan`.",
    ),
}


@pytest.mark.parametrize(("text", "problem"), ONE_PROBLEM.values(), ids=ONE_PROBLEM)
def test_a_problem_is_told_with_its_line_its_key_and_what_to_do(text: str, problem: str) -> None:
    assert told(text) == [problem]
