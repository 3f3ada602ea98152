"""A visitor of the demo: what they type and press on each phone, and what they then see on it."""

from __future__ import annotations

import re

from playwright.async_api import FilePayload, Locator, Page, expect

# A small machine that does other things too still answers well within this.
PATIENCE = 15_000


class Phone:
    """One phone on the page, by its owner's name. `says`, `presses` and `keys` are done as by a hand."""

    def __init__(self, page: Page, owner: str) -> None:
        self.place = page.locator(".place", has=page.get_by_role("heading", name=owner, include_hidden=True))
        self._tab = page.locator(".tab", has_text=owner)

    async def tries(self, suggestion: str) -> None:
        """One of the phrases that stand below the phone."""
        await self.place.locator(".try", has_text=suggestion).click()

    async def says(self, words: str) -> None:
        box = self.place.locator("textarea:visible")
        await box.fill(words)
        await box.press("Enter")

    async def presses(self, label: str | re.Pattern[str]) -> None:
        """The latest button in the chat whose label holds these words."""
        await self.place.locator(".choice:visible", has_text=label).last.click()

    async def taps(self, key: str) -> None:
        """One of the keys that rest below the chat."""
        await self.place.locator(".answers:visible").get_by_role("button", name=key, exact=True).click()

    async def keys(self, signs: str) -> None:
        """On the old phone: each sign by its key, then the key that sends."""
        for sign in signs:
            await self.place.locator(".keys").get_by_role("button", name=sign, exact=True).click()
        await self.place.get_by_role("button", name="发送").click()

    async def hears(self, *words: str) -> None:
        """The latest message holds all of these words, each given as a pattern."""
        for each in words:
            await expect(self.received.last).to_contain_text(re.compile(each, re.DOTALL), timeout=PATIENCE)

    async def has_heard(self, words: str) -> None:
        """Some message on the screen holds these words."""
        await expect(self.received.filter(has_text=re.compile(words, re.DOTALL)).first).to_be_attached(
            timeout=PATIENCE
        )

    async def blocks_the_bot(self) -> None:
        await self.place.get_by_role("button", name="更多").click()
        await self.place.locator(".drop").get_by_role("button", name="停用机器人").click()
        await expect(self.place.locator(".stopped:visible")).to_contain_text("你已停用机器人")

    async def is_switched(self, how: str) -> None:
        """关机 or 开机, by the key on the phone itself or in the middle of its dark screen."""
        await self.place.get_by_role("button", name=how).first.click()

    async def was_written_to(self, *ways: str) -> None:
        """What stands below the phone: by which door its last messages came, or why they did not."""
        await expect(self.place.locator(".ways li")).to_have_text(list(ways), timeout=4 * PATIENCE)

    async def turns_to(self, thread: str) -> None:
        await self.place.get_by_role("tab", name=thread).click()

    async def taken_in_hand(self) -> None:
        """On a narrow screen: its tab is chosen, and the other phones are put away."""
        await self._tab.click()
        await expect(self.place).to_be_visible()

    async def attaches(self, name: str, content: bytes) -> None:
        """Sends a file by the paperclip of the composer."""
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        await self.place.locator(".write input[type=file]").set_input_files(file)

    async def calls_for_attention(self) -> None:
        """On a narrow screen: its tab says that something came."""
        await expect(self._tab.locator(".badge")).to_be_visible(timeout=PATIENCE)

    @property
    def received(self) -> Locator:
        """What came in, on the thread that is open."""
        return self.place.locator(".message:not(.mine):visible, .slip:not(.mine):visible")


class Visitor:
    """Looks at the page and never reloads it. `page` is open on the demo."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.joined = Phone(page, "石远帆")
        self.newcomer = Phone(page, "柳一禾")
        self.old_phone = Phone(page, "贺长根")
        self.liaison = Phone(page, "孟知夏")
        self.secretary = Phone(page, "祝文澜")

    async def winds(self, step: str) -> Locator:
        """Winds the clock by the button with this label; what happened meanwhile, as it is told."""
        button = self.page.get_by_role("button", name=step)
        await button.click()
        await expect(button).to_be_disabled()
        await expect(button).to_be_enabled(timeout=4 * PATIENCE)
        return self.page.locator(".toast")

    async def brings(self, office: str, unit: str) -> Phone:
        """Asks somebody of the district on to the stage, by office and unit."""
        await self.page.get_by_role("button", name="请人上台").first.click()
        await self.page.get_by_placeholder("姓名").fill(unit)
        chosen = self.page.locator(".pick-phone", has_text=office).first
        name = await chosen.locator("span").inner_text()
        await chosen.click()
        guest = Phone(self.page, name)
        await expect(guest.place).to_be_visible()
        return guest

    async def turns_the_gateway(self, mood: str) -> None:
        """By the switch on the bar, with this label."""
        await self.page.get_by_label("短信网关").select_option(mood)

    async def passes_the_invitation_on(self) -> None:
        """Takes the link on the secretary's phone, and the phone that the page proposes for it."""
        await self.secretary.place.locator(".link").click()
        await self.page.locator(".pick-phone:focus").click()


async def sends_a_lesson(phone: Phone, title: str, when: str = "现在") -> None:
    """A liaison or secretary sends a lesson, as far as its confirmation."""
    await phone.says("发课")
    await phone.presses(title)
    await phone.hears("什么时候")
    await phone.presses(when)
    await phone.hears("聊天.*短信")
    await phone.presses("确认")
