from donations.forms.acts import ArrivalForm, ReasonForm
from donations.forms.donor import DonorChangeForm, DonorForm, RevealForm
from donations.forms.filters import DonationFilterForm, DonorFilterForm
from donations.forms.gift import GiftForm

__all__ = [
    "ArrivalForm",
    "DonationFilterForm",
    "DonorChangeForm",
    "DonorFilterForm",
    "DonorForm",
    "GiftForm",
    "ReasonForm",
    "RevealForm",
]
