"""Pictures of an event: added to its page, turned by a tap, taken away while it is open."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.forms import PicturesForm
from partybranch.models import LifePicture
from partybranch.services import pictures
from partybranch.services.broken_rules import AlreadyFiled, BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.asking import AsksFirst
from partybranch.views.life import LifeActView, LifeDetailView
from partybranch.views.records import RECORDS


class AddPicturesView(LifeDetailView):
    """Keeps the good ones; what is refused is said beside the choice on the event's own page, which follows."""

    permission_required = RECORDS
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = PicturesForm(request.POST, request.FILES)
        if form.is_valid():
            self.add(form)
        if not form.errors:
            return HttpResponseRedirect(f"{self.object.get_absolute_url()}#pictures")
        form.data = form.data.copy()
        form.data["form_key"] = str(uuid4())  # what is chosen next is another act
        return self.render_to_response(self.get_context_data(pictures_form=form), status=422)

    def add(self, form: PicturesForm) -> None:
        data, user = form.cleaned_data, self.request.user
        try:
            stored = pictures.store_pictures(data["kind"], form.chosen("pictures"), by=user)
            for refusal in stored.refusals:
                form.add_error("pictures", refusal)
            added = pictures.add_pictures(
                self.object, stored.kept, by=user, form_key=form.form_key, caption=data["caption"]
            )
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one to record another."))
        else:
            self.tell(len(added), len(stored.kept) - len(added))

    def tell(self, added: int, known: int) -> None:
        if added:
            words = ngettext("%(count)d picture was added.", "%(count)d pictures were added.", added)
            messages.success(self.request, words % {"count": added})
        if known:
            words = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
            messages.info(self.request, words % {"count": known})


class PictureActView(LifeActView):
    model = LifePicture


class TurnPictureView(PictureActView):
    done = gettext_lazy("Turned by a quarter.")

    def act(self, row, data):
        pictures.turn_picture(row, by=self.request.user)


class RemovePictureView(AsksFirst, PictureActView):
    title = gettext_lazy("Take this picture away?")
    button = gettext_lazy("Take the picture away")
    consequence = gettext_lazy("It is no longer shown and does not come into the filed record. It cannot be put back.")
    done = gettext_lazy("The picture is taken away.")

    def rows(self):
        return super().rows().select_related("event", "attachment")

    def hindrance(self, row):
        if row.removed_at:
            return sentence_of(pictures.AlreadyRemoved())
        return sentence_of(AlreadyFiled()) if row.event.is_filed() else ""

    def facts(self, row):
        facts = [(_("what the picture shows"), row.get_kind_display()), (_("topic"), row.event.topic)]
        return [*facts, (_("caption"), row.caption)] if row.caption else facts

    def picture(self, row):
        return row.attachment.thumbnail_url

    def act(self, row, data):
        pictures.remove_picture(row, by=self.request.user)
