"""Blocks of figures, tables and charts, and what Slack lets each of them be."""

from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, FiniteFloat, model_validator

from bot.blocks import limits
from bot.blocks.markup import size
from bot.blocks.texts import BlockId, Part, Unlike, counted, most

ChartLabel = Annotated[str, AfterValidator(most(limits.CHART_LABEL))]
AxisLabel = Annotated[str, AfterValidator(most(limits.AXIS_LABEL))]


class Cell(Part):
    """A cell of a table. Numbers are told as text: how Slack draws `raw_number` is not settled."""

    type: Literal["raw_text"]
    text: Annotated[str, AfterValidator(most(limits.TABLE_TEXT))]


class ColumnSettings(Part):
    """How a column stands."""

    align: Literal["left", "center", "right"] | None = None
    is_wrapped: bool | None = None


Row = Annotated[list[Cell], AfterValidator(counted(1, limits.TABLE_COLUMNS))]
DataRow = Annotated[list[Cell], AfterValidator(counted(1, limits.DATA_TABLE_COLUMNS))]


def _see_rows(rows: list[list[Cell]], characters: int) -> None:
    if len({len(row) for row in rows}) > 1:
        raise ValueError("has rows of different lengths")
    total = sum(size(cell.text) for cell in chain.from_iterable(rows))
    if total > characters:
        raise ValueError(f"has {total:,} characters in all its cells, not at most {characters:,}")


class Table(Part):
    """A table; its first row is its header."""

    type: Literal["table"]
    rows: Annotated[list[Row], AfterValidator(counted(1, limits.TABLE_ROWS))]
    column_settings: (
        Annotated[list[ColumnSettings], AfterValidator(counted(1, limits.TABLE_COLUMNS))] | None
    ) = None
    block_id: BlockId | None = None

    @model_validator(mode="after")
    def see_rows(self) -> Self:
        """Itself, if its rows are alike and not too much."""
        _see_rows(self.rows, limits.TABLE_TEXT)
        return self


class DataTable(Part):
    """A table that can be sorted, shown a page at a time."""

    type: Literal["data_table"]
    caption: Annotated[str, AfterValidator(most(limits.TEXT))]
    rows: Annotated[
        list[DataRow],
        AfterValidator(counted(limits.DATA_TABLE_LEAST_ROWS, limits.DATA_TABLE_ROWS)),
    ]
    page_size: Annotated[int, Field(ge=1, le=limits.DATA_TABLE_PAGE)] | None = None
    row_header_column_index: Annotated[int, Field(ge=0)] | None = None
    block_id: BlockId | None = None

    @model_validator(mode="after")
    def see_rows(self) -> Self:
        """Itself, if its rows are alike and not too much."""
        _see_rows(self.rows, limits.DATA_TABLE_TEXT)
        if (self.row_header_column_index or 0) >= len(self.rows[0]):
            raise ValueError("has no such column to head its rows")
        return self


class Point(Part):
    """The value of a series at a category."""

    label: ChartLabel
    value: FiniteFloat


class Series(Part):
    """One line of a chart, or its bars of one colour."""

    name: ChartLabel
    data: Annotated[list[Point], AfterValidator(counted(1, limits.CATEGORIES))]


class Axes(Part):
    """What stands along a chart's axes."""

    categories: Annotated[
        list[ChartLabel],
        AfterValidator(counted(1, limits.CATEGORIES)),
        AfterValidator(Unlike("label")),
    ]
    x_label: AxisLabel | None = None
    y_label: AxisLabel | None = None


class AxisChart(Part):
    """A chart of one or more series over the same categories."""

    type: Literal["line", "bar", "area"]
    series: Annotated[
        list[Series],
        AfterValidator(counted(1, limits.SERIES)),
        AfterValidator(Unlike("name")),
    ]
    axis_config: Axes

    @model_validator(mode="after")
    def see_points(self) -> Self:
        """Itself, if every series has one value at each category, in order."""
        for one in self.series:
            if [point.label for point in one.data] != self.axis_config.categories:
                raise ValueError(f"{one.name} has not one value at each category")
        return self


class Segment(Part):
    """A slice of a pie."""

    label: ChartLabel
    value: Annotated[FiniteFloat, Field(gt=0)]


class PieChart(Part):
    """Parts of a whole."""

    type: Literal["pie"]
    segments: Annotated[list[Segment], AfterValidator(counted(1, limits.SEGMENTS))]


class DataVisualization(Part):
    """A chart that Slack draws by itself."""

    type: Literal["data_visualization"]
    title: Annotated[str, AfterValidator(most(limits.CHART_TITLE))]
    chart: Annotated[AxisChart | PieChart, Field(discriminator="type")]
    block_id: BlockId | None = None
