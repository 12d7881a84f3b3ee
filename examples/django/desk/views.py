"""The pages of the desk."""

from django import forms
from django.contrib import messages
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ugettext_lazy
from django.views.decorators.http import require_POST

# In memory: all threads of the container share it, and it is gone at the next start.
enquiries = []


class Enquiry(forms.Form):
    name = forms.CharField(label="Your name", max_length=40)
    email = forms.EmailField(label=ugettext_lazy("Email address"))
    attachment = forms.FileField(required=False)


def desk(request):
    form = Enquiry(request.POST or None, request.FILES or None)
    if form.is_valid():
        attachment = form.cleaned_data["attachment"]
        enquiries.append(
            {
                "name": form.cleaned_data["name"],
                "file": attachment and attachment.name,
                "bytes": attachment and sum(map(len, attachment.chunks())),
            }
        )
        request.session["name"] = form.cleaned_data["name"]
        messages.success(request, u"Thank you, %(name)s." % form.cleaned_data)
        return redirect("desk")
    return render(request, "desk/desk.html", {"form": form, "enquiries": enquiries})


def sender(request, name):
    found = [enquiry for enquiry in enquiries if enquiry["name"] == name]
    if not found:
        raise Http404(u"Nothing came from %s." % name)
    return JsonResponse({"enquiries": found})


def exported(request):
    rows = (u"%(name)s;%(bytes)s\r\n" % enquiry for enquiry in enquiries)
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")


def share(request, people):
    """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
    return JsonResponse({"part": 1.0 / int(people)})


@require_POST
def forget(request):
    request.session.flush()
    return redirect("desk")
