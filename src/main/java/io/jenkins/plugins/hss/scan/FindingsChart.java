package io.jenkins.plugins.hss.scan;

import hudson.model.Run;
import io.jenkins.plugins.hss.engine.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The findings of one image in several builds by severity: a column for each build, the oldest first. */
public final class FindingsChart {
    private static final int COLUMN_WIDTH = 18;
    private static final int BAR_WIDTH = 14;
    private static final int HEIGHT = 120;
    private static final int MIN_COLUMNS = 10;

    private final String image;
    private final List<String> images;
    private final List<Column> columns;
    private final long max;

    FindingsChart(String image, List<String> images, List<Column> columns) {
        this.image = image;
        this.images = images;
        this.columns = columns;
        this.max = columns.stream().mapToLong(Column::getCount).reduce(1, Math::max);
    }

    public String getImage() {
        return image;
    }

    /** Returns the images to choose from. */
    public List<String> getImages() {
        return images;
    }

    public List<Column> getColumns() {
        return columns;
    }

    public int getWidth() {
        return Math.max(MIN_COLUMNS, columns.size()) * COLUMN_WIDTH;
    }

    public int getHeight() {
        return HEIGHT;
    }

    public int getColumnWidth() {
        return COLUMN_WIDTH;
    }

    public int getBarWidth() {
        return BAR_WIDTH;
    }

    public int x(Column column) {
        return columns.indexOf(column) * COLUMN_WIDTH;
    }

    /** Returns the bars of a column from the ground upwards, the worst lowest. */
    public List<Bar> bars(Column column) {
        List<Bar> bars = new ArrayList<>();
        double top = HEIGHT;
        for (Severity severity : Severity.values()) {
            double height = (double) HEIGHT * column.count(severity) / max;
            top -= height;
            if (height > 0) {
                bars.add(new Bar(severity, top, height));
            }
        }
        return bars;
    }

    /** Returns what the colours mean. */
    public List<Bar> getLegend() {
        return Stream.of(Severity.values())
                .map(severity -> new Bar(severity, 0, 0))
                .toList();
    }

    /** The findings of one severity in one build. */
    public static final class Bar {
        private final Severity severity;
        private final double y;
        private final double height;

        private Bar(Severity severity, double y, double height) {
            this.severity = severity;
            this.y = y;
            this.height = height;
        }

        /** Returns the severity in the person's language. */
        public String getLabel() {
            return FindingRow.label(severity);
        }

        /** Returns a colour of core's, which has a light and a dark one. */
        public String getColour() {
            return switch (severity) {
                case HIGH -> "var(--red)";
                case MEDIUM -> "var(--orange)";
                case LOW -> "var(--yellow)";
                case NONE -> "var(--text-color-secondary)";
            };
        }

        public double getY() {
            return y;
        }

        public double getHeight() {
            return height;
        }
    }

    /** One build and its scan. */
    public static final class Column {
        private final Run<?, ?> build;
        private final ScanRecord scan;

        Column(Run<?, ?> build, ScanRecord scan) {
            this.build = build;
            this.scan = scan;
        }

        public Run<?, ?> getBuild() {
            return build;
        }

        public ScanRecord getScan() {
            return scan;
        }

        /** Returns whether the findings are known. */
        public boolean isKnown() {
            return !scan.getCounts().isEmpty();
        }

        public long getHigh() {
            return count(Severity.HIGH);
        }

        public long getMedium() {
            return count(Severity.MEDIUM);
        }

        public long getLow() {
            return count(Severity.LOW);
        }

        public long getNone() {
            return count(Severity.NONE);
        }

        long getCount() {
            return scan.getCounts().stream().mapToLong(TypeCounts::getCount).sum();
        }

        private long count(Severity severity) {
            return scan.getCounts().stream()
                    .map(type -> type.count(severity))
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .sum();
        }

        /** Returns the numbers in words. */
        public String getTitle() {
            return isKnown()
                    ? Messages.FindingsChart_title(build.getDisplayName(), getHigh(), getMedium(), getLow(), getNone())
                    : Messages.FindingsChart_unknown(build.getDisplayName(), scan.getResultLabel());
        }
    }
}
