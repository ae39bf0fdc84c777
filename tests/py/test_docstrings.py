"""Whatever is public says what it is: modules, functions with their parameters, classes with their members."""

import importlib
import inspect

import pytest
import tintuc

MODULES = ["tintuc", "tintuc.plots", "tintuc.exchange"]
PUBLIC = {
    f"{module}.{name}": getattr(importlib.import_module(module), name)
    for module in MODULES
    for name in importlib.import_module(module).__all__
}
DATA = {"tintuc.MAX_BYTES", "tintuc.__version__"}  # numbers and strings cannot have one


def parameters(function):
    """All but self and a lone argument, which the first line speaks of."""
    try:
        names = [name for name in inspect.signature(function).parameters if name != "self"]
    except (TypeError, ValueError):
        return []
    return names if len(names) > 1 else []


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - DATA))
def test_has_a_docstring(name):
    thing = PUBLIC[name]
    text = inspect.getdoc(thing) or ""
    assert len(text) > 20
    if inspect.isfunction(thing):
        assert [one for one in parameters(thing)[1:] if one not in text] == []


@pytest.mark.parametrize("name", sorted(name for name, thing in PUBLIC.items() if inspect.isclass(thing)))
def test_members_have_docstrings(name):
    thing = PUBLIC[name]
    inherited = set(dir(BaseException)) | set(dir(tuple)) | set(dir(object))
    members = [member for member in dir(thing) if not member.startswith("_") and member not in inherited]
    assert [member for member in members if not inspect.getdoc(getattr(thing, member))] == []


def test_these_are_data():
    assert isinstance(tintuc.MAX_BYTES, int) and isinstance(tintuc.__version__, str)
