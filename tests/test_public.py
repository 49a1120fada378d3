"""The public surface: complete, documented, light."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

import cleartitle

MODULES = sorted(m.name for m in pkgutil.walk_packages(cleartitle.__path__, "cleartitle.") if "__main__" not in m.name)


def test_all_names_are_sorted_and_there() -> None:
    names = cleartitle.__all__
    assert names == sorted(names, key=lambda n: (not n.isupper(), n[0].islower() or n.startswith("_"), n))
    for name in names:
        assert getattr(cleartitle, name) is not None
    assert dir(cleartitle) == sorted(names)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = cleartitle.nothing_like_it


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_and_says_what_it_is(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for public, value in vars(module).items():
        if not public.startswith("_") and getattr(value, "__module__", None) == name and isinstance(value, type):
            assert value.__doc__, f"{name}.{public} has no docstring"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, cleartitle; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("attr", "cattrs", "rich", "click", "huggingface_hub", "yaml", "pycountry", "license_expression"):
        assert f"'{heavy}'" not in loaded
