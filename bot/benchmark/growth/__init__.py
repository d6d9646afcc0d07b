"""`sharewell bench growth`: whether a turn takes longer where there are more topics, up to ten times all there are.
The command line imports it, and nothing else does."""

from bot.benchmark.growth.running import measure

__all__ = ["measure"]
