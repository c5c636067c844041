from hebi_charity.office.models.dated_setting import DatedSetting
from hebi_charity.office.models.form_key import FormKey
from hebi_charity.office.models.number_series import NumberSeries
from hebi_charity.office.models.organisation import Organisation
from hebi_charity.office.models.period import Period

__all__ = ["DatedSetting", "FormKey", "NumberSeries", "Organisation", "Period"]
