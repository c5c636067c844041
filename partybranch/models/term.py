from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Lasting, LastingQuerySet, once_at_a_time
from partybranch.models.branch import Body, Branch
from partybranch.models.person import Person

GROUP_POSTS = ("group_leader", "group_member")
SINGLE_POSTS = ("secretary", "organisation", "publicity", "discipline")


class TermQuerySet(LastingQuerySet):
    def in_groups(self) -> Self:
        return self.filter(post__in=GROUP_POSTS)

    def offices(self) -> Self:
        """Posts to which somebody is elected: all but the plain members of groups."""
        return self.exclude(post=Term.Post.GROUP_MEMBER)


class Term(Lasting):
    """A person holds a post of the branch, or belongs to a group, from a day to a day.

    A branch without a committee has its secretary all the same (支部工作条例): then there is no body.
    """

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("secretary of the branch")
        DEPUTY = "deputy", _("deputy secretary")
        ORGANISATION = "organisation", _("committee member for organisation")
        PUBLICITY = "publicity", _("committee member for publicity")
        DISCIPLINE = "discipline", _("committee member for discipline")
        COMMITTEE_MEMBER = "committee", _("committee member")
        GROUP_LEADER = "group_leader", _("group leader")
        GROUP_MEMBER = "group_member", _("member of the group")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms")
    branch = models.ForeignKey(Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="terms")
    body = models.ForeignKey(
        Body,
        verbose_name=_("body of the branch"),
        on_delete=models.PROTECT,
        related_name="terms",
        null=True,
        blank=True,
    )
    post = models.CharField(_("post"), max_length=12, choices=Post)
    due_on = models.DateField(_("term ends by rule on"), null=True, blank=True)
    basis = models.CharField(_("resolution or paper"), max_length=200, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("term of office")
        default_permissions = ()
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["person", "starts_on"], condition=NOT_WITHDRAWN, name="term_of_person"),
            models.Index(fields=["branch", "starts_on"], condition=NOT_WITHDRAWN, name="term_of_branch"),
        ]
        constraints = [
            *Lasting.Meta.constraints,
            *(
                once_at_a_time(
                    f"term_one_{post}",
                    each="branch",
                    condition=Q(post=post),
                    message=_(
                        "Somebody holds this post on these days already. Please record the end of that term first."
                    ),
                )
                for post in SINGLE_POSTS
            ),
            once_at_a_time(
                "term_one_leader",
                each="body",
                condition=Q(post="group_leader"),
                message=_("The group has a leader on these days already. Please record the end of that term first."),
            ),
            once_at_a_time(
                "term_one_group",
                each="person",
                condition=Q(post__in=GROUP_POSTS),
                message=_("This person is in a group on these days already. Please record the end of that first."),
            ),
            models.CheckConstraint(
                condition=~Q(post__in=GROUP_POSTS) | Q(body__isnull=False),
                name="term_of_group_has_group",
                violation_error_message=_("Choose the group."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gt=F("starts_on")),
                name="term_due_after_start",
                violation_error_message=_("The end of the term by rule must lie after its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
