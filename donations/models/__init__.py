from donations.models.campaign import Campaign
from donations.models.daily_summary import DailySummary
from donations.models.donation import Donation
from donations.models.donor import Donor
from donations.models.fund import Fund, FundAllocation
from donations.models.income_kind import IncomeKind, IncomeKindRule
from donations.models.platform_order import PlatformOrder
from donations.models.reversal import Reversal

__all__ = [
    "Campaign",
    "DailySummary",
    "Donation",
    "Donor",
    "Fund",
    "FundAllocation",
    "IncomeKind",
    "IncomeKindRule",
    "PlatformOrder",
    "Reversal",
]
