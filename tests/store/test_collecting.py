"""Nothing looks for garbage while much is made that stays."""

import gc

from store.collecting import uncollected


def test_the_search_rests_while_the_block_runs_and_goes_on_after_it() -> None:
    with uncollected():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_the_search_goes_on_when_the_first_of_two_blocks_that_overlap_ends() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()

    first.__exit__(None, None, None)
    assert gc.isenabled()

    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_where_the_search_was_off_before_it_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
