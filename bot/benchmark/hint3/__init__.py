"""`sharewell bench hint3`: how well the product's pipeline understands public data, beside Rasa's default with DIET.
The command line imports it, and nothing else does."""

from bot.benchmark.hint3.dataset import BOTS, read
from bot.benchmark.hint3.result import Hint3Report
from bot.benchmark.hint3.running import measure

__all__ = ["BOTS", "Hint3Report", "measure", "read"]
