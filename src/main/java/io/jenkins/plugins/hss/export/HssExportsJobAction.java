package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The exports of a job's last builds, with the numbers of records side by side. */
@ExportedBean
public final class HssExportsJobAction implements Action {
    private static final int MAX_BUILDS = 25;
    private static final int MAX_BAR_PIXELS = 160;

    private final Job<?, ?> job;

    private HssExportsJobAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Returns those of the last 25 builds that exported something, the latest first. */
    @Exported(inline = true)
    public List<Entry> getBuilds() {
        return lastBuilds().map(Entry::of).filter(Objects::nonNull).toList();
    }

    private Stream<? extends Run<?, ?>> lastBuilds() {
        return StreamSupport.stream(job.getBuilds().spliterator(), false).limit(MAX_BUILDS);
    }

    /** Returns the exports by their report type: their numbers can't be compared across types. */
    public Collection<Group> getGroups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Entry entry : getBuilds()) {
            for (ExportRecord export : entry.exports) {
                groups.computeIfAbsent(export.getReportType(), type -> new Group(export.getReportTypeLabel()))
                        .rows
                        .add(new Row(entry.build, export));
            }
        }
        return groups.values();
    }

    public Api getApi() {
        return new Api(this);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        boolean exported = lastBuilds().anyMatch(build -> build.getAction(HssExportsAction.class) != null);
        return exported ? "symbol-hss plugin-huaweicloud-hss" : null;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.HssExportsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "hss-exports";
    }

    /** The exports of one report type. */
    public static final class Group {
        private final String label;
        private final List<Row> rows = new ArrayList<>();

        private Group(String label) {
            this.label = label;
        }

        public String getLabel() {
            return label;
        }

        public List<Row> getRows() {
            return rows;
        }

        /** Returns the length of a row's bar in pixels, in proportion to the largest number of the group. */
        public long barPixels(Row row) {
            long max = rows.stream()
                    .map(other -> other.export.getRecords())
                    .filter(Objects::nonNull)
                    .reduce(1L, Long::max);
            Long records = row.export.getRecords();
            return records == null ? 0 : Math.round((double) MAX_BAR_PIXELS * records / max);
        }
    }

    /** One export and its build. */
    public static final class Row {
        private final Run<?, ?> build;
        private final ExportRecord export;

        private Row(Run<?, ?> build, ExportRecord export) {
            this.build = build;
            this.export = export;
        }

        public Run<?, ?> getBuild() {
            return build;
        }

        public ExportRecord getExport() {
            return export;
        }
    }

    /** One build and its exports. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Entry {
        private final Run<?, ?> build;
        private final Collection<ExportRecord> exports;

        private Entry(Run<?, ?> build, Collection<ExportRecord> exports) {
            this.build = build;
            this.exports = exports;
        }

        @CheckForNull
        private static Entry of(Run<?, ?> build) {
            HssExportsAction action = build.getAction(HssExportsAction.class);
            return action == null ? null : new Entry(build, action.getExports());
        }

        @Exported
        public int getNumber() {
            return build.getNumber();
        }

        @Exported
        public Date getTime() {
            return build.getTime();
        }

        @Exported(inline = true)
        public Collection<ExportRecord> getExports() {
            return exports;
        }
    }

    /** Adds the page to every job. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Class<? extends Action> actionType() {
            return HssExportsJobAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            return Set.of(new HssExportsJobAction(job));
        }
    }
}
