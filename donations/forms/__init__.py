from donations.forms.acts import ArrivalForm, ReasonForm
from donations.forms.donor import DonorChangeForm, DonorForm
from donations.forms.filters import DonationFilterForm, DonorFilterForm, OrderFilterForm
from donations.forms.fund import CampaignChangeForm, CampaignForm, FundChangeForm, FundForm, IncomeKindRuleForm
from donations.forms.gift import GiftForm
from donations.forms.other_income import OtherIncomeForm

__all__ = [
    "ArrivalForm",
    "CampaignChangeForm",
    "CampaignForm",
    "DonationFilterForm",
    "DonorChangeForm",
    "DonorFilterForm",
    "DonorForm",
    "FundChangeForm",
    "FundForm",
    "GiftForm",
    "IncomeKindRuleForm",
    "OrderFilterForm",
    "OtherIncomeForm",
    "ReasonForm",
]
