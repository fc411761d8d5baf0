package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Functions;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The exports of a build: its environment, the summary on its page, its remote API. */
@ExportedBean(defaultVisibility = 2)
public final class HssExportsAction implements RunAction2, EnvironmentContributingAction {
    private transient Run<?, ?> run;
    private transient AtomicReference<NavigableMap<Integer, ExportRecord>> exports;

    /** Returns the action of a build, which gets one if it has none yet. */
    static HssExportsAction of(Run<?, ?> run) throws IOException {
        HssExportsAction action;
        synchronized (run) {
            action = run.getAction(HssExportsAction.class);
            if (action != null) {
                return action;
            }
            action = new HssExportsAction();
            run.addAction(action);
        }
        run.save();
        return action;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
        exports = new AtomicReference<>();
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        onAttached(r);
    }

    private NavigableMap<Integer, ExportRecord> exports() {
        if (exports.get() == null) {
            ExportFiles files = new ExportFiles(run);
            if (!run.isBuilding()) {
                files.deleteLeftovers();
            }
            exports.compareAndSet(null, new ConcurrentSkipListMap<>(files.read()));
        }
        return exports.get();
    }

    /** Adds an export and returns its number in this build. */
    int add(ExportRecord export) throws IOException {
        int number = 1;
        while (exports().putIfAbsent(number, export) != null) {
            number++;
        }
        new ExportFiles(run).write(number, export, false);
        return number;
    }

    @CheckForNull
    ExportRecord get(int number) {
        return exports().get(number);
    }

    /** Replaces the record of an export; only the thread of the export does. */
    void update(int number, UnaryOperator<ExportRecord> change) throws IOException {
        update(number, change, false);
    }

    /** Replaces the record of an export, so that the new one survives a crash of the machine. */
    void updateForced(int number, UnaryOperator<ExportRecord> change) throws IOException {
        update(number, change, true);
    }

    private void update(int number, UnaryOperator<ExportRecord> change, boolean force) throws IOException {
        ExportRecord record = exports().computeIfPresent(number, (same, export) -> change.apply(export));
        if (record != null) {
            new ExportFiles(run).write(number, record, force);
        }
    }

    /** Returns the exports in the order in which they were begun. */
    @Exported(inline = true)
    public Collection<ExportRecord> getExports() {
        Collection<ExportRecord> known = exports().values();
        return run.isBuilding()
                ? known
                : known.stream().map(ExportRecord::asAbandoned).toList();
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> r, @NonNull EnvVars env) {
        getExports().stream()
                .filter(export -> export.getTaskId() != null)
                .sorted(Comparator.comparing(ExportRecord::getSubmittedAt))
                .forEach(export -> {
                    env.put(TaskIdVariable.LATEST, export.getTaskId());
                    env.put(TaskIdVariable.ofReportType(export.getReportType()), export.getTaskId());
                    Long records = export.getRecords();
                    if (records != null) {
                        env.put(TaskIdVariable.recordsOfReportType(export.getReportType()), records.toString());
                    }
                    if (export.getTaskIdVariable() != null) {
                        env.put(export.getTaskIdVariable(), export.getTaskId());
                    }
                });
    }

    /** Returns whether the reader may download the reports. */
    public boolean isDownloadable() {
        return !Functions.isArtifactsPermissionEnabled() || run.hasPermission(Run.ARTIFACTS);
    }

    @Override
    public String getIconFileName() {
        return null;
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
}
