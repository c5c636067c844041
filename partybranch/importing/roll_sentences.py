"""What is wrong with a line of a roll, and what to do; what a person should look at although it is taken in."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "roll_not_a_name": (
        _("no name"),
        _("“%(value)s” in line %(row)s is not the name of a person. Delete the line where it is none of the roll."),
    ),
    "roll_branch_missing": (
        _("no branch"),
        _("Line %(row)s names no branch. Fill it in, or choose the branch for all rows when the table is looked at."),
    ),
    "roll_branch_unknown": (
        _("branch not recorded"),
        _(
            "The branch “%(value)s” in line %(row)s is not recorded here; recorded are: %(known)s. Correct it, or"
            " record the branch first."
        ),
    ),
    "roll_group_unknown": (
        _("group not recorded"),
        _(
            "“%(branch)s” has no group “%(value)s” (line %(row)s). Correct it, or record the group first under “Branch"
            " and groups”."
        ),
    ),
    "roll_branch_not_on_day": (
        _("branch did not exist"),
        _("“%(branch)s” was founded on %(founded)s; on %(day)s (line %(row)s) it did not exist. Check the day."),
    ),
    "roll_identifier_wrong": (
        _("identity card wrong"),
        _("The identity card “%(value)s” in line %(row)s is not right: its check digit or its day of birth is wrong."),
    ),
    "roll_phone_wrong": (
        _("telephone wrong"),
        _("The telephone “%(value)s” in line %(row)s is not right. Correct it, or leave it empty."),
    ),
    "roll_stage_missing": (
        _("stage not clear"),
        _("Line %(row)s does not say whether a full or a probationary member is meant. Write 正式党员 or 预备党员."),
    ),
    "roll_day_missing": (
        _("day missing"),
        _("Line %(row)s says %(stage)s, but “%(field)s” is empty. Please fill it in."),
    ),
    "roll_confirmed_missing": (
        _("confirmation missing"),
        _(
            "Line %(row)s says full member, admitted on %(admitted)s, but has no day of confirmation. Fill in 转正时间;"
            " of somebody still on probation write 预备党员."
        ),
    ),
    "roll_confirmed_before_admitted": (
        _("confirmed before admitted"),
        _("In line %(row)s the confirmation (%(confirmed)s) lies before the admission (%(admitted)s). Check both."),
    ),
    "roll_probationary_confirmed": (
        _("probationary with confirmation"),
        _(
            "Line %(row)s says probationary member and has a day of confirmation (%(confirmed)s). Write 正式党员, or"
            " delete the day."
        ),
    ),
    "roll_days_out_of_order": (
        _("days not in order"),
        _("The days in line %(row)s are not in their order: %(days)s. Check them."),
    ),
    "roll_too_young": (
        _("too young"),
        _("Line %(row)s says %(day)s of somebody born in %(born)s. Check the month of birth and the day."),
    ),
    "roll_twice_in_file": (
        _("twice in the table"),
        _("Line %(row)s has the same identity card as line %(other)s. Delete one of them, or correct the card."),
    ),
    "roll_in_other_branch": (
        _("belongs to another branch"),
        _(
            "%(name)s (line %(row)s) belongs to “%(branch)s” on %(day)s. Record the transfer out there first, or"
            " correct the day."
        ),
    ),
    "roll_has_left": (
        _("recorded and gone"),
        _(
            "%(name)s (line %(row)s) is recorded already and left “%(branch)s” on %(day)s. Record the transfer in on"
            " the page of the person."
        ),
    ),
    "roll_month_only": (
        "",
        _(
            "In %(count)s rows a day is given as a month only (lines %(rows)s). The first of the month is taken, and"
            " the record says so."
        ),
    ),
    "roll_birth_differs": (
        "",
        _(
            "In %(count)s rows the month of birth is not that of the identity card (lines %(rows)s). The month of the"
            " table is taken, as the file of the person may say otherwise."
        ),
    ),
    "roll_retired_day": (
        "",
        _(
            "%(count)s people are retired without a day (lines %(rows)s). They count as retired from their first day"
            " in the branch."
        ),
    ),
}
WORDS = {
    "headings": "姓名、党员类别、入党时间",
    "doubts": _(
        "These people have the same name and month of birth, or the same name in the branch, as somebody who is"
        " recorded already. Please say of each who is meant. Nobody is recorded twice, and nobody is left out, without"
        " your word."
    ),
    "undo": _(
        "Everything this table recorded is withdrawn: stays, stages, circumstances and places in groups. It stays"
        " readable with your reason; the corrected table can be loaded afterwards."
    ),
}
