"""Pictures of plants as one offline HTML page. plotly is imported here; its JavaScript goes into the page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from plantsim.engine.evaluate import Solved
from plantsim.engine.operating import points_of
from plantsim.library import Library
from plantsim.processes import load
from plantsim.report.plants import point_words
from plantsim.vocabulary.case import Plant
from plantsim.vocabulary.messages import in_language
from plantsim.vocabulary.status import OK
from plantsim.vocabulary.tables import Picture

OFFLINE = {
    "displaylogo": False,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
}  # nothing leaves the page
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, Arial, sans-serif"


def write_pictures(
    out: Path, results: Mapping[str, tuple[list[Plant], Solved]], lib: Library, lang: str, point: str = ""
) -> list[Path]:
    """Write the pictures of all solved plants beside ``out`` as <stem>-pictures.html; return what was written.

    Nothing is written when no process of the case draws pictures. point: which operating points (engine.operating), the
    first one of each plant by default. The page is the same for the same results: no identifiers are drawn at random.
    """
    drawn: list[tuple[str, Picture]] = []
    for process, (plants, solved) in results.items():
        pictures = load(process).pictures
        if pictures is None:
            continue
        for i, plant in enumerate(plants):
            for k in points_of(point, solved, i):
                if solved.y["status"][k] != OK:
                    continue
                said = (in_language(plant.name, lang, plant.id), point_words(solved, i, k, lib)[lang])
                made = pictures(solved.x[i], solved.d[i], solved.year.o[k], solved.y[k])
                drawn += [(" - ".join(w for w in said if w), picture) for picture in made]
    if not drawn:
        return []
    path = out.with_name(out.stem + "-pictures.html")
    path.write_text(page(drawn, lang), encoding="utf-8", newline="\n")
    return [path]


def page(drawn: list[tuple[str, Picture]], lang: str) -> str:
    """Return the HTML page of pictures, each with its plant's name."""
    from plotly.offline import get_plotlyjs

    parts = [
        f"<h2>{escape(name)}</h2>\n{figure_html(picture, lang, n)}" for n, (name, picture) in enumerate(drawn)
    ]
    head = (
        f'<meta charset="utf-8"><title>plantsim</title><style>body{{font-family:{FONT};margin:2em}}</style>'
    )
    script = f"<script>{get_plotlyjs()}</script>"
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head>{head}{script}</head>\n<body>\n{body}\n</body></html>\n'
    )


def figure_html(picture: Picture, lang: str, number: int) -> str:
    """Return one picture as a block of HTML, without the library's JavaScript."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for s in picture.series:
        figure.add_trace(
            go.Scatter(
                x=list(s.x),
                y=list(s.y),
                name=in_language(s.label, lang),
                text=list(s.text) or None,
                textposition="top right",
                mode="lines+markers+text" if s.text else "lines",
                line={"dash": "dash"} if s.dashed else {},
            )
        )
    figure.update_layout(
        title=in_language(picture.title, lang),
        xaxis_title=in_language(picture.x_label, lang),
        yaxis_title=in_language(picture.y_label, lang),
        template="simple_white",
        font={"family": FONT, "size": 14},
        width=1000,
        height=640,
    )
    return figure.to_html(
        full_html=False, include_plotlyjs=False, div_id=f"{picture.key}-{number}", config=OFFLINE
    )
