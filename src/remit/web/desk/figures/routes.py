"""The addresses of figures and of what is said of them."""

from __future__ import annotations

from django.urls import path

from remit.web.desk.figures import made_pages, pages, remarks, saying
from remit.web.keys import KEY

_OF = "figures/of/<str:code>/"

urlpatterns = [
    path("figures/", pages.figures, name="figures"),
    path(_OF, pages.figures_of_one, name="figures_of"),
    path(f"{_OF}<str:metric>/", pages.figure, name="figure"),
    path(f"{_OF}<str:metric>/say/", saying.figure_say, name="figure_say"),
    path("figures/said/<int:number>/", saying.figure_said, name="figure_said"),
    path("figures/pages/<path:path>", made_pages.site_page, name="figures_pages"),
    path("figures/report/<str:code>/<path:path>", made_pages.report_page, name="figures_report"),
    path("comments/", remarks.remarks, name="remarks"),
    path("comments/board.csv", remarks.remarks_file, name="remarks_file"),
    path(f"comments/ask/<{KEY}:ask_id>/", saying.ask_remark, name="ask_remark"),
    path(f"comments/action/<{KEY}:action_id>/", saying.action_remark, name="action_remark"),
]
