"""What the database holds of every document of money in, each rule with its sentence, and what it is found by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from donations.models.name_grams import NameGrams
from hebi_charity.core.local_day import LocalDay

INDEXES = [
    models.Index(fields=["-donated_on", "-id"], name="donation_list"),
    models.Index(fields=["-amount", "-id"], name="donation_by_amount"),
    models.Index(fields=["donor", "-donated_on"], name="donation_by_donor"),
    models.Index(fields=["booked_on", "id"], condition=Q(booked_on__isnull=False), name="donation_booked"),
    models.Index(fields=["campaign", "donated_on"], name="donation_by_campaign"),
    models.Index(fields=["state", "id"], condition=~Q(state="reviewed"), name="donation_open_work"),
    GinIndex(NameGrams("name_key", Value(0)), name="donation_name_grams"),
    models.Index(fields=["voucher_no"], condition=~Q(voucher_no=""), name="donation_voucher"),
    models.Index(
        fields=["loose_key"],
        condition=Q(loose_key__isnull=False, reversal__isnull=True),
        name="donation_loose",
    ),
]

RULES = [
    models.CheckConstraint(
        condition=Q(amount__gt=0),
        name="donation_amount_positive",
        violation_error_message=_("The amount must be greater than 0."),
    ),
    models.CheckConstraint(
        condition=Q(currency="CNY", foreign_amount__isnull=True, booked_rate__isnull=True)
        | Q(
            ~Q(currency="CNY"),
            currency__regex="^[A-Z]{3}$",
            foreign_amount__isnull=False,
            booked_rate__isnull=False,
            foreign_amount__gt=0,
            booked_rate__gt=0,
            amount=Round(F("foreign_amount") * F("booked_rate"), 2, output_field=models.DecimalField()),
        ),
        name="donation_foreign_amount_matches",
        violation_error_message=_(
            "A gift in foreign currency needs its amount and rate, and the yuan must equal amount times rate."
        ),
    ),
    models.CheckConstraint(
        condition=Q(shape="pool", donor__isnull=True, order_count__isnull=False, order_count__gt=0)
        | Q(shape="single", order_count__isnull=True, orders_digest=""),
        name="donation_pool_has_orders",
        violation_error_message=_("A pool has orders and no donor; a single gift has no orders."),
    ),
    models.CheckConstraint(
        condition=Q(shape="pool") | Q(kind="donation", donor__isnull=False) | ~Q(kind="donation"),
        name="donation_gift_has_donor",
        violation_error_message=_("A gift needs a donor; choose 匿名 when nobody is to be named."),
    ),
    models.CheckConstraint(
        condition=Q(kind="donation") | Q(donor__isnull=True, public_mode="none", person_times=0),
        name="donation_other_income_has_no_donor",
        violation_error_message=_("Only gifts have donors and person-times."),
    ),
    models.CheckConstraint(
        condition=Q(payer_relation="", payer_name="") | (~Q(payer_relation="") & ~Q(payer_name="")),
        name="donation_payer_has_relation",
        violation_error_message=_("Say who paid and whether the money was passed on or given on behalf."),
    ),
    models.CheckConstraint(
        condition=(Q(public_mode="custom") & ~Q(public_name="")) | (~Q(public_mode="custom") & Q(public_name="")),
        name="donation_custom_public_name",
        violation_error_message=_("Give the public name the donor wishes, or choose another way."),
    ),
    models.CheckConstraint(
        condition=Q(arrival__in=["arrived"], received_on__isnull=False)
        | Q(arrival__in=["pending", "bounced", "platform"], received_on__isnull=True),
        name="donation_arrived_has_day",
        violation_error_message=_("Money that arrived has the day it was received; other money has none yet."),
    ),
    models.CheckConstraint(
        condition=Q(received_on__isnull=True) | Q(received_on__gte=F("donated_on")),
        name="donation_received_after_given",
        violation_error_message=_("The money cannot be received before it was given."),
    ),
    models.CheckConstraint(
        condition=Q(donated_at__isnull=True) | Q(donated_on=LocalDay("donated_at")),
        name="donation_given_same_day",
        violation_error_message=_("The day and the moment of the gift do not agree."),
    ),
    models.CheckConstraint(
        condition=(Q(state="reviewed", reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(seal=""))
        | (
            ~Q(state="reviewed") & Q(reviewed_by__isnull=True, reviewed_at__isnull=True, seal="", reversal__isnull=True)
        ),
        name="donation_reviewed_has_reviewer",
        violation_error_message=_("A reviewed gift names its reviewer and is sealed."),
    ),
    models.CheckConstraint(
        condition=Q(state="reviewed", arrival="arrived", booked_on__isnull=False)
        | ((~Q(state="reviewed") | ~Q(arrival="arrived")) & Q(booked_on__isnull=True)),
        name="donation_booked_when_reviewed_and_arrived",
        violation_error_message=_("A gift is booked when it is reviewed and its money has arrived."),
    ),
    models.CheckConstraint(
        condition=Q(booked_on__isnull=True) | Q(booked_on__gte=F("received_on")),
        name="donation_booked_after_received",
        violation_error_message=_("A gift cannot be booked before it was received."),
    ),
    models.CheckConstraint(
        condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("recorded_by")),
        name="donation_maker_is_not_checker",
        violation_error_message=_("The person who recorded a gift cannot review it. Ask a colleague."),
    ),
    models.CheckConstraint(
        condition=Q(arrival_by__isnull=True) | ~Q(arrival_by=F("recorded_by")),
        name="donation_arrival_by_another",
        violation_error_message=_(
            "The person who recorded a gift cannot record its arrival. Ask the cashier or the accountant."
        ),
    ),
    models.CheckConstraint(
        condition=(Q(state="voided", voided_by__isnull=False, voided_at__isnull=False) & ~Q(void_reason=""))
        | (~Q(state="voided") & Q(voided_by__isnull=True, voided_at__isnull=True, void_reason="")),
        name="donation_voided_has_reason",
        violation_error_message=_("Give the reason for voiding."),
    ),
    models.CheckConstraint(
        condition=Q(state="returned") & ~Q(returned_reason="") | ~Q(state="returned"),
        name="donation_returned_has_reason",
        violation_error_message=_("Say what is to be changed."),
    ),
    models.UniqueConstraint(
        fields=["content_key", "occurrence"],
        condition=Q(reversal__isnull=True, content_key__isnull=False) & ~Q(state="voided"),
        name="donation_content_once",
        violation_error_message=_("This row of a list is known already."),
    ),
    models.UniqueConstraint(
        fields=["source_import", "import_row"],
        name="donation_import_row_once",
        violation_error_message=_("This line of the file is a gift already."),
    ),
    models.UniqueConstraint(
        fields=["source_import", "donated_on"],
        condition=Q(shape="pool"),
        name="donation_one_pool_a_day_per_import",
        violation_error_message=_("The file has a pool for this day already."),
    ),
    models.CheckConstraint(
        condition=Q(source_import__isnull=True, import_row__isnull=True)
        | Q(source_import__isnull=False, shape="pool", import_row__isnull=True)
        | Q(source_import__isnull=False, shape="single", import_row__isnull=False),
        name="donation_import_and_row",
        violation_error_message=_("A gift from a file names the import and its line, a pool the import."),
    ),
    models.CheckConstraint(
        condition=~Q(state="merging") | Q(shape="pool", source_import__isnull=False),
        name="donation_merging_is_pool",
        violation_error_message=_("Only a pool of an import can be in the course of being merged."),
    ),
]
