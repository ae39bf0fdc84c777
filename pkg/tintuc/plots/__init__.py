"""Who appears with whom, when, and how often: from documents or a table of mentions to a graph or a picture.

Needs `pip install 'tintuc[plot]'` (networkx for graphs, matplotlib for pictures). Counting alone needs neither.

>>> from tintuc import plots
>>> graph = plots.cooccurrence(docs, labels=("PER",))
>>> plots.plot_graph(graph)
"""

from tintuc.plots.counting import Count, counts, mentions_over_time
from tintuc.plots.drawing import plot_counts, plot_timeline
from tintuc.plots.graph_drawing import plot_graph
from tintuc.plots.mentions import Place
from tintuc.plots.network import cooccurrence

__all__ = ["Count", "Place", "cooccurrence", "counts", "mentions_over_time", "plot_counts", "plot_graph", "plot_timeline"]
