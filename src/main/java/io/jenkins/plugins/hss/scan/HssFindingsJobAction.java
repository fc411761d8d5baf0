package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** The findings of a job's last builds by severity, on the main page of the job. */
public final class HssFindingsJobAction implements Action {
    private static final int MAX_BUILDS = 25;

    private final Job<?, ?> job;

    private HssFindingsJobAction(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns the chart of the image that the request names, else of the one scanned last; null without scans. */
    @CheckForNull
    public FindingsChart getChart() {
        Map<String, List<FindingsChart.Column>> columns = new LinkedHashMap<>();
        int builds = 0;
        for (Run<?, ?> build : job.getBuilds()) {
            if (++builds > MAX_BUILDS) {
                break;
            }
            HssScansAction action = build.getAction(HssScansAction.class);
            if (action != null) {
                latest(action.getScans())
                        .forEach((image, scan) -> columns.computeIfAbsent(image, name -> new ArrayList<>())
                                .add(new FindingsChart.Column(build, scan)));
            }
        }
        if (columns.isEmpty()) {
            return null;
        }
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String asked = request == null ? null : Util.fixEmpty(request.getParameter("hssImage"));
        String image = columns.containsKey(asked) ? asked : latestKnown(columns);
        List<FindingsChart.Column> oldestFirst = new ArrayList<>(columns.get(image));
        Collections.reverse(oldestFirst);
        return new FindingsChart(image, List.copyOf(columns.keySet()), oldestFirst);
    }

    /** Returns the image scanned last of which something is known, else the one that was last waited for. */
    private static String latestKnown(Map<String, List<FindingsChart.Column>> columns) {
        String first = null;
        for (Map.Entry<String, List<FindingsChart.Column>> image : columns.entrySet()) {
            if (image.getValue().stream().anyMatch(FindingsChart.Column::isKnown)) {
                return image.getKey();
            }
            first = first == null ? image.getKey() : first;
        }
        return first;
    }

    /** Returns the last scan of each image in a build, the latest first. */
    private static Map<String, ScanRecord> latest(List<ScanRecord> scans) {
        Map<String, ScanRecord> latest = new LinkedHashMap<>();
        for (int i = scans.size() - 1; i >= 0; i--) {
            latest.putIfAbsent(scans.get(i).getImageName(), scans.get(i));
        }
        return latest;
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.HssScansAction_displayName();
    }

    @CheckForNull
    @Override
    public String getUrlName() {
        return null;
    }

    /** Adds the chart to every job. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Class<? extends Action> actionType() {
            return HssFindingsJobAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            return Set.of(new HssFindingsJobAction(job));
        }
    }
}
