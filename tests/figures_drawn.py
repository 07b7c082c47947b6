"""What tests of figures ask of the picture that was drawn."""


def is_whole(ax):
    """Whether all that is drawn lies inside the figure, once the layout is done."""
    figure = ax.get_figure()
    figure.canvas.draw()
    drawn = figure.get_tightbbox()  # inches
    width, height = figure.get_size_inches()
    return min(drawn.x0, drawn.y0) >= 0 and drawn.x1 <= width and drawn.y1 <= height
