from donations.forms.acts import ArrivalForm, ReasonForm
from donations.forms.filters import DonationFilterForm
from donations.forms.gift import GiftForm

__all__ = ["ArrivalForm", "DonationFilterForm", "GiftForm", "ReasonForm"]
