package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the last builds of a job exported, with the numbers of records side by side. */
@ExportedBean
public final class HssTrendAction implements Action {
    private static final int MOST_BUILDS = 25;

    private final Job<?, ?> job;

    private HssTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Returns those of the last 25 builds that exported something, the latest first. */
    @Exported(inline = true)
    public List<Entry> getBuilds() {
        return StreamSupport.stream(job.getBuilds().spliterator(), false)
                .limit(MOST_BUILDS)
                .map(Entry::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the largest number of records among those builds, which a bar is drawn in proportion to; 1 at least. */
    public long getMostRecords() {
        return getBuilds().stream()
                .flatMap(build -> build.getExports().stream())
                .map(ExportRecord::getRecords)
                .filter(Objects::nonNull)
                .reduce(1L, Long::max);
    }

    public Api getApi() {
        return new Api(this);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        boolean exported = Stream.of(job.getLastBuild(), job.getLastCompletedBuild())
                .anyMatch(build -> build != null && build.getAction(HssExportsAction.class) != null);
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

        public Run<?, ?> getBuild() {
            return build;
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

    /** Gives every job its page of exports. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            return Set.of(new HssTrendAction(job));
        }
    }
}
