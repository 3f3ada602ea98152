"""What is written down of the settings: in the environment, and in the file that it names."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bot.settings_wrong import PREFIX, SettingsWrong, no_such_file, not_toml, shut, unknown, unknown_in_file

CONFIG = PREFIX + "CONFIG"
FILE_NAME = "liandong.toml"


def written_down(environ: Mapping[str, str], folder: Path, fields: Collection[str]) -> dict[str, Any]:
    """By field, the environment before the file. SettingsWrong where there is something that is no field.

    An empty variable counts as not set.
    """
    return _in_file(environ, folder, fields) | _in_environment(environ, fields)


def _in_environment(environ: Mapping[str, str], fields: Collection[str]) -> dict[str, Any]:
    ours = {name: value for name, value in environ.items() if name.startswith(PREFIX) and name != CONFIG}
    known = {PREFIX + field.upper(): field for field in fields}
    if strange := ours.keys() - known.keys():
        raise SettingsWrong(unknown(name, known) for name in sorted(strange))
    return {known[name]: value for name, value in ours.items() if value.strip()}


def _in_file(environ: Mapping[str, str], folder: Path, fields: Collection[str]) -> dict[str, Any]:
    named = environ.get(CONFIG, "")
    path = folder / (named or FILE_NAME)
    try:
        if not path.is_file():
            if named:
                raise SettingsWrong([no_such_file(CONFIG)])
            return {}
        written = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise SettingsWrong([shut(path)]) from None
    except ValueError:
        raise SettingsWrong([not_toml(path.name)]) from None
    if strange := written.keys() - set(fields):
        raise SettingsWrong(unknown_in_file(name, fields) for name in sorted(strange))
    return written
