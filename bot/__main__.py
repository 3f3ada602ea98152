"""The command line: `python -m bot`."""

from bot.commands import liandong

if __name__ == "__main__":
    liandong()
