"""Let each allocation of the interpreter fail, one after the other, in each public call; run by test_nomemory.py.

    python nomemory_main.py FOLDER one|on NAME...

"one": that allocation alone fails; "on": every one after it too. Prints a line "NAME FAILED" a call, FAILED being how many
allocations gave MemoryError; anything else than MemoryError or the right answer ends the process."""

import faulthandler
import sys

import _testcapi
import public_calls

TRIES_MAX, QUIET = 3000, 12  # so many calls in a row without an error: the last allocation is passed


def fail_each(call, alone):
    """How many allocations failed."""
    failed = quiet = n = 0
    while quiet < QUIET and n < TRIES_MAX:
        n += 1
        error = None
        _testcapi.set_nomemory(n - 1, n if alone else 0)
        try:
            call()
        except MemoryError as caught:
            error = caught
        except SystemError as caught:  # the interpreter's own, where it has no memory for the frame of a function in Python
            if "error return without exception set" not in str(caught):
                raise
            error = caught
        finally:
            _testcapi.remove_mem_hooks()
        quiet = quiet + 1 if error is None else 0
        failed += error is not None
    assert n < TRIES_MAX, "it never ends"
    call()
    return failed


def main():
    faulthandler.enable()
    folder, how, *names = sys.argv[1:]
    calls = public_calls.calls(folder)
    for name in names:
        calls[name]()
        print(name, fail_each(calls[name], how == "one"), flush=True)


if __name__ == "__main__":
    main()
