"""The pages of the admin that links do not surely lead to, and why: they are asked for first.

The values in braces are what `tests.operations.crawled_site.build` says.
"""

from typing import Final

UNLINKED: Final = {
    "a script puts the address together": (
        "bulk/wagtailcore/page/delete/?id={page}",
        "choose-page/chosen-multiple/?id={page}",
        "documents/chooser/chosen-multiple/?id={document}",
        "embeds/chooser/",
        "images/chooser/chosen-multiple/?id={image}",
        "images/chooser/{image}/select_format/",
        "pages/workflow/collect_action_data/{course}/approve/{task_state}/",
        "pages/{page}/move/{target}/confirm/",
        "snippets/choose/cms/university/chosen-multiple/?id={university}",
        "tag-autocomplete/taggit/tag/?term=a",
        "translations/results/",
        "translations/missing/results/",
    ),
    "forms are sent there; opened by hand, it shows the form": (
        "documents/chooser/create/",
        "embeds/chooser/upload/",
        "images/chooser/create/",
        "snippets/choose/cms/university/create/",
        "snippets/choose/courses/developmentstage/create/",
        "workflows/task_chooser/create/",
    ),
    "Wagtail brings it, and nothing here uses it": (
        "documents/add/",
        "images/add/",
        "images/{image}/preview/max-165x165/",
        "groups/usage/{group}/",
        "sites/results/",
        "sites/history/{site}/",
        "sites/history-results/{site}/",
        "sites/usage/{site}/",
        "snippets/choose/courses/developmentstage/",
        "snippets/choose/courses/developmentstage/results/",
        "snippets/choose/courses/developmentstage/chosen/{stage}/",
        "snippets/choose/courses/developmentstage/chosen-multiple/?id={stage}",
        "test404/",
    ),
    "a step of signing in": (
        "account/confirm/",
        "login/cancelled/",
        "password_reset/sent/",
        "password_reset/done/",
        "password_reset/{user}-key/",
    ),
    "linked to for those who have a passkey, or single sign-on": (
        "account/second-factor/keys/",
        "account/connected/",
    ),
    "linked to from some objects, which need not be the first that are looked at": (
        "pages/{page}/history/",
        "pages/workflow/confirm_cancellation/{course}/",
        "tasks/my-drafts/",
        "users/history/{user}/",
        "users/history-results/{user}/",
        "users/usage/{user}/",
    ),
}
