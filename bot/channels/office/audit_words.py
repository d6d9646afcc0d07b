"""What the page of the audit report says besides the report itself. A test holds it to the reading limits."""

from __future__ import annotations

SINCE_LABEL = "From"
UNTIL_LABEL = "To"
SHOW_BUTTON = "Show the report"
PDF_BUTTON = "Save the report as PDF"
CHART = "Chart: {title}. The table below says the same in words."
TOO_LONG = "That is more than a year. Choose fewer days."
NEEDS_BOTH = "Give both days."
NOT_COUNTED = "The numbers of questions cannot be read now. The rest of the report is whole."
