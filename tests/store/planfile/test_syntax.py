"""Where YAML itself breaks off, or could be abused, the line is told in plain words."""

import pytest

from tests.store.planfile.files import HEAD, told

BROKEN = {
    "tab": (HEAD + "vision:\n\tstatement: x\n", "8:1: p: YAML does not allow a tab for indentation; use spaces."),
    "colon-in-a-value": (
        HEAD + "vision: {statement: x}\nmission:\n  statement: Serve: always\n",
        (
            "9:19: p: A colon followed by a space cannot stand here. Put the value in quotes if the colon belongs to "
            "it; otherwise check the spaces before this line."
        ),
    ),
    "indentation": (
        HEAD + "values:\n- key: a\n  title: A\n statement: b\n",
        (
            "10:2: a: This line does not fit the lines above it: check the spaces before it, the dash "
            "of a list, and the colon "
            "and space after a field's name."
        ),
    ),
    "dash-forgotten": (
        HEAD + "values:\n- key: a\nkey: b\n- key: c\n",
        (
            "10:1: c: This line does not fit the lines above it: check the spaces before it, the dash "
            "of a list, and the colon "
            "and space after a field's name."
        ),
    ),
    "no-colon": (
        HEAD + "values:\n- key: a\n  title\n  statement: b\n",
        "9:3: a: A field's name without a colon: write `name: value`, and check the spaces before the line.",
    ),
    "quote-never-closed": (
        HEAD + "vision:\n  statement: 'x\nmission:\n  statement: y\n",
        "8:14: p: The quotation mark that opens here is never closed.",
    ),
    "bracket-never-closed": (
        HEAD + "values: [\n- key: a\n",
        "8:1: a: ",
    ),
    "at-sign": (
        HEAD + "background:\n- key: a\n  title: @home\n",
        "9:10: a: A value cannot begin with @ in YAML; put it in quotes.",
    ),
    "asterisk": (
        HEAD + "vision:\n  statement: * star\n",
        "8:15: p: A value that begins with * or & refers to another; put it in quotes if text is meant.",
    ),
    "escape": (
        HEAD + 'vision:\n  statement: "C:\\q"\n',
        (
            "8:17: p: In double quotes a backslash begins a sign such as \\n, and this one is unknown; write \\\\ "
            "for a backslash, or use single quotes."
        ),
    ),
    "two-documents": (HEAD + "---\n" + HEAD, "7:1: p: A second document begins here (---); a file holds one plan."),
}
FLAWED = {
    "undefined-alias": (
        HEAD + "vision: {statement: *goal}\n",
        "7:21: vision: *goal refers to &goal, which is nowhere above; quote it if text is meant.",
    ),
    "alias-before-its-anchor": (
        HEAD + "vision: {statement: *x}\nmission: {statement: &x Serve.}\n",
        "7:21: vision: *x refers to &x, which is nowhere above; quote it if text is meant.",
    ),
    "alias-of-itself": (
        HEAD + "values: &all [*all]\n",
        "7:15: values: *all repeats the very part that it stands in; write out what is meant.",
    ),
    "merge": (
        HEAD + "vision: &v {statement: x}\nmission: {<<: *v, statement: y}\n",
        "8:11: mission: Merging with << is not read in a plan file; write the fields out.",
    ),
    "tag": (
        HEAD + "vision: {statement: !!python/object:os.system x}\n",
        "7:21: vision: The tag !!python/object:os.system has no meaning in a plan file; leave it out.",
    ),
    "tag-on-a-list": (
        HEAD + "values: !!set []\n",
        "7:9: values: The tag !!set has no meaning in a plan file; leave it out.",
    ),
    "list-as-a-name": (
        HEAD + "? [a, b]\n: c\n",
        "7:3: plan: The name of a field has to be a word, not a list or a group of fields.",
    ),
    "entry-repeated-by-alias": (
        HEAD + "values: [&a {key: a, title: A, statement: a}, *a]\n",
        "7:19: a: The value with the key a is repeated by an alias (*); write out each, with its own key.",
    ),
    "nul-escaped": (
        HEAD + 'vision: {statement: "a\\0b"}\n',
        "7:21: vision: This text holds a character that cannot be kept (such as \\0); remove it.",
    ),
}


@pytest.mark.parametrize(("text", "problem"), BROKEN.values(), ids=BROKEN)
def test_where_yaml_breaks_off_that_one_problem_is_told(text: str, problem: str) -> None:
    (only,) = told(text)
    assert only.startswith(problem)


@pytest.mark.parametrize(("text", "problem"), FLAWED.values(), ids=FLAWED)
def test_yaml_that_has_no_place_in_a_plan_is_told(text: str, problem: str) -> None:
    assert problem in told(text)


def test_aliases_that_unfold_to_millions_of_fields_are_refused() -> None:
    layers = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (only,) = told("\n".join(layers))
    assert "repeat more than 200,000 fields" in only


def test_aliases_that_unfold_to_a_deep_tree_are_refused() -> None:
    layers = ["a: &a0 [x]", *(f"b{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]
    (only,) = told("\n".join(layers))
    assert "nested more than 40 deep" in only


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["list", "group", "dashes", "names"])
def test_fields_nested_without_end_are_refused(opening: str) -> None:
    (only,) = told(opening * 100_000)
    assert "nested more than 40 deep" in only
