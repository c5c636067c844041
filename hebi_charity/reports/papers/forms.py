"""What a button that prints sends."""

from django import forms


class PaperForm(forms.Form):
    """Hidden fields of the button: a page of ours filled them in."""

    form_key = forms.UUIDField()
    subject = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    key = forms.CharField(required=False, max_length=40)
    anew = forms.BooleanField(required=False)
