"""The lessons: one that is written wrong is not sent, and nobody would miss it."""

from __future__ import annotations

from bot.doctor.finding import Finding, Patient
from content.lessons.library import all_lessons, faults_on_the_shelf


async def lessons(patient: Patient) -> list[Finding]:
    t = patient.t
    if faults := faults_on_the_shelf():
        names = t.say("、").join(sorted({fault.name for fault in faults}))
        told = t.say("有的课写错了，发不了：{names}。", names=names)
        todo = t.say("看哪里要改，运行：python -m bot lesson check content/lessons")
        return [Finding("lessons", "wrong", told, todo)]
    return [Finding("lessons", "ok", t.say("课都能发，共 {n} 课。", n=len(all_lessons())))]
