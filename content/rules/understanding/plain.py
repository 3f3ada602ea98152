"""A message made plain: one width, one script, the input method's commonest slips put right."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2_000  # characters read; nobody's news is longer, and time stays bounded

_TRADITIONAL = str.maketrans(
    "簽換號電話機課積黨費東廠個來後點說們無幫發還這聯絡訂搬遷學費應該鄉區縣證補離職進報幾萬車傷錢員單開關時間從對",
    "签换号电话机课积党费东厂个来后点说们无帮发还这联络订搬迁学费应该乡区县证补离职进报几万车伤钱员单开关时间从对",
) | str.maketrans("啦喽咯", "了了了")
# What pinyin and handwriting input put in the place of the word that was meant.
_SLIPS = {
    "地止": "地址", "地只": "地址", "弟址": "地址", "般家": "搬家", "般到": "搬到", "扳家": "搬家",
    "换浩": "换号", "换好码": "换号码", "工做": "工作", "手几": "手机", "积份": "积分", "党废": "党费",
    "补可": "补课", "补刻": "补课", "退定": "退订", "推订": "退订", "签个到": "签到", "签一下到": "签到",
    "签下到": "签到", "从新开始": "重新开始", "工姿": "工资", "没法工资": "没发工资", "报平按": "报平安",
}  # fmt: skip
_SLIP = re.compile("|".join(sorted(_SLIPS, key=len, reverse=True)))
_CHECK_IN_SLIP = re.compile(
    r"(?<![\u4e00-\u9fff\d])(?:千|迁|前|签|谦)(?:到|道|倒|倒了)(?=$|[^\u4e00-\u9fff]|[了啦哈])"
)
# GZ木工, gz。快递员, SJ，139…: the code word and what it is about, however they are put together.
_CODE = re.compile(r"^(qd|dz|gz|sj|qz|td|hf)[\s,.:;!、。…~-]*(?=[^a-z\s,.:;!?、。…~-])")
_CODE_AS_WRITTEN = re.compile(r"^\s*(?:qd|dz|gz|sj|qz|td|hf)(?![a-z])[\s\W]*(?=\w)", re.IGNORECASE)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_NO_WORD = re.compile(r"[^\w\u4e00-\u9fff①-⑳]|_")
_PICTURES = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")
_THUMBS = re.compile(r"[👍👌🆗✅🙏]")


def plain(text: str) -> str:
    """Half-width, lower case, simplified in the words we look for, without pictures."""
    folded = unicodedata.normalize("NFKC", _THUMBS.sub("收到", text[:LONGEST]))
    folded = _PICTURES.sub("", folded).translate(_TRADITIONAL).lower().strip()
    folded = _SLIP.sub(lambda slip: _SLIPS[slip[0]], folded)
    return _CODE.sub(r"\1 ", _CHECK_IN_SLIP.sub("签到", folded))


def without_code_word(text: str) -> str:
    """日本东京 of DZ日本东京, as it was written."""
    return _CODE_AS_WRITTEN.sub("", text, count=1)


def without_quotes(text: str) -> str:
    """What is quoted was said by somebody else; a message that is all quotes is taken as it stands."""
    kept: list[str] = []
    depth = 0
    for character in text:
        depth += character in "“「『《"
        if not depth:
            kept.append(character)
        depth -= character in "”」』》" and depth > 0
    outside = "".join(kept)
    return outside if outside.strip(" ,。.!:") else text.strip("“”「」『』")


def bare(text: str) -> str:
    """Only letters, digits and characters: for messages that are one word."""
    return _NO_WORD.sub("", text)


def joined(text: str) -> str:
    """Without the spaces inside Chinese text: 签 到."""
    return _SPACED.sub("", text)
