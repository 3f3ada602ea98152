"""The lesson an operator names by its slug; who is wrong reads which there are."""

from __future__ import annotations

import click

from content.lessons.library import Lesson, all_lessons


def lesson_known(slug: str) -> Lesson:
    found = all_lessons().get(slug)
    if found is None:
        known = "\n".join(f"  {one.slug}  {one.chinese.title}" for one in all_lessons().values())
        raise click.ClickException(
            f"没有叫“{slug}”的课。现有的课：\nThere is no lesson “{slug}”. Known are:\n{known}"
        )
    return found
