"""Text marked up as HTML or Markdown, or with entities beside it, comes out as Telegram shows it."""

from __future__ import annotations

import base64

import pytest
from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, LinkPreviewOptions, MessageEntity
from aiogram.utils.formatting import Bold, Code, Text, TextLink
from conftest import Hands

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
HTML = (
    '<b>注意<i>😀安全</i></b> &lt;工地&gt; <a href="https://12333.gov.cn/a?b=1&amp;c=2">热线</a> '
    '<code>QD</code> <pre><code class="language-python">x = 1</code></pre> <s>旧</s><u>新</u> '
    '<span class="tg-spoiler">答案</span><blockquote expandable>原话</blockquote>'
)
MARKDOWN = (
    "*注意_😀安全_* <工地\\> [热线](https://12333.gov.cn/a?b=1&c=2) `QD` ```python\nx = 1```"
    " ~旧~__新__ ||答案||\n>原话\n>再一句||"
)


SHOWN = [
    ("bold", "注意😀安全"),
    ("italic", "😀安全"),
    ("text_link", "热线"),
    ("code", "QD"),
    ("pre", "x = 1"),
    ("strikethrough", "旧"),
    ("underline", "新"),
    ("spoiler", "答案"),
]


def parts(entities: list[MessageEntity] | None, text: str) -> list[tuple[str, str]]:
    return [(entity.type, entity.extract_from(text)) for entity in entities or ()]


async def test_html_is_shown_without_its_tags(bot: Bot, hands: Hands, welder: int) -> None:
    sent = await bot.send_message(welder, HTML, parse_mode=ParseMode.HTML)
    assert sent.text == "注意😀安全 <工地> 热线 QD x = 1 旧新 答案原话"
    assert (await hands.last(phone=welder))["text"] == sent.text
    assert parts(sent.entities, sent.text) == [
        *SHOWN,
        ("expandable_blockquote", "原话"),
    ]
    assert sent.entities[2].url == "https://12333.gov.cn/a?b=1&c=2"
    assert sent.entities[4].language == "python"


async def test_markdown_v2_is_shown_without_its_signs(bot: Bot, welder: int) -> None:
    sent = await bot.send_message(welder, MARKDOWN, parse_mode=ParseMode.MARKDOWN_V2)
    assert sent.text == "注意😀安全 <工地> 热线 QD x = 1 旧新 答案\n原话\n再一句"
    assert parts(sent.entities, sent.text) == [
        *SHOWN,
        ("expandable_blockquote", "原话\n再一句"),
    ]


async def test_the_older_markdown_is_still_taken(bot: Bot, welder: int) -> None:
    text = "*粗* _斜_ `QD` [热线](https://a.cn/b) a\\_b"
    sent = await bot.send_message(welder, text, parse_mode=ParseMode.MARKDOWN)
    assert sent.text == "粗 斜 QD 热线 a_b"
    assert [entity.type for entity in sent.entities or ()] == ["bold", "italic", "code", "text_link"]


async def test_what_aiogram_wrote_comes_back_as_it_was(bot: Bot, welder: int) -> None:
    said = Text("请 ", Bold("今天"), " 回 ", Code("QD"), "，看 ", TextLink("这里", url="https://a.cn/b"))
    sent = await bot.send_message(welder, **said.as_kwargs())
    assert sent.html_text == said.as_html()
    again = await bot.send_message(welder, said.as_html(), parse_mode=ParseMode.HTML)
    assert again.entities == sent.entities
    third = await bot.send_message(welder, said.as_markdown(), parse_mode=ParseMode.MARKDOWN_V2)
    assert third.entities == sent.entities


async def test_what_telegram_finds_by_itself(bot: Bot, welder: int) -> None:
    text = "/help 找 @liandong_sandbox_bot，信箱 a.b@c.cn，话题 #报平安，网址 https://a.cn/@x"
    sent = await bot.send_message(welder, text, link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert parts(sent.entities, text) == [
        ("bot_command", "/help"),
        ("mention", "@liandong_sandbox_bot"),
        ("email", "a.b@c.cn"),
        ("hashtag", "#报平安"),
        ("url", "https://a.cn/@x"),
    ]
    assert sent.link_preview_options and sent.link_preview_options.is_disabled


async def test_captions_and_edits_are_marked_up_too(bot: Bot, welder: int) -> None:
    dot = BufferedInputFile(PIXEL, "dot.png")
    photo = await bot.send_photo(welder, dot, caption="<b>三月</b>", parse_mode="HTML")
    assert photo.caption == "三月" and photo.caption_entities[0].type == "bold"
    edited = await bot.edit_message_caption(
        chat_id=welder, message_id=photo.message_id, caption="_四月_", parse_mode="MarkdownV2"
    )
    assert edited.caption == "四月" and edited.caption_entities[0].type == "italic"
    page = await bot.send_message(welder, "第1页")
    bold = await bot.edit_message_text(
        "<b>第1页</b>", chat_id=welder, message_id=page.message_id, parse_mode="HTML"
    )
    assert bold.entities[0].type == "bold"


@pytest.mark.parametrize(
    ("mode", "text", "says"),
    [
        ("HTML", "<b>粗", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "粗</b>", "Unexpected end tag at byte offset 3"),
        (
            "HTML",
            "<b>粗</i>",
            'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
        ),
        ("HTML", "1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("MarkdownV2", "好.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "1-2", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "粗*体", "Can't find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "[a](http://b.c", "Can't find end of a URL at byte offset 4"),
        ("Markdown", "a_b", "Can't find end of the entity starting at byte offset 1"),
    ],
)
async def test_bad_marking_is_named(bot: Bot, welder: int, mode: str, text: str, says: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(welder, text, parse_mode=mode)
    assert refused.value.message == f"Bad Request: can't parse entities: {says}"


async def test_the_limit_counts_what_is_shown(bot: Bot, welder: int) -> None:
    sent = await bot.send_message(welder, f"<b>{'长' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text) == 4096
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(welder, f"<b>{'长' * 4097}</b>", parse_mode="HTML")
