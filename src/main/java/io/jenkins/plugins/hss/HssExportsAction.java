package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build exported: its environment, the summary on its page, its remote API. */
@ExportedBean(defaultVisibility = 2)
public final class HssExportsAction implements RunAction2, EnvironmentContributingAction {
    private transient Run<?, ?> run;
    private transient NavigableMap<Integer, ExportRecord> exports;

    /** Returns the action of a build, which gets one if it has none yet. */
    static HssExportsAction of(Run<?, ?> run) throws IOException {
        synchronized (run) {
            HssExportsAction action = run.getAction(HssExportsAction.class);
            if (action != null) {
                return action;
            }
            action = new HssExportsAction();
            run.addAction(action);
        }
        run.save();
        return run.getAction(HssExportsAction.class);
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    private synchronized NavigableMap<Integer, ExportRecord> exports() {
        if (exports == null) {
            exports = new ConcurrentSkipListMap<>(new ExportFiles(run).read());
        }
        return exports;
    }

    /** Adds an export and returns its number in this build. */
    int add(ExportRecord export) throws IOException {
        int number;
        synchronized (this) {
            number = exports().isEmpty() ? 1 : exports().lastKey() + 1;
            exports().put(number, export);
        }
        new ExportFiles(run).write(number, export);
        return number;
    }

    ExportRecord get(int number) {
        return exports().get(number);
    }

    /** Changes what is known of an export; the change survives the process from then on. */
    void update(int number, UnaryOperator<ExportRecord> change) throws IOException {
        exports().compute(number, (same, export) -> change.apply(export));
        ExportRecord written;
        do {
            // Whoever wrote in between may have written something older.
            written = get(number);
            new ExportFiles(run).write(number, written);
        } while (written != get(number));
    }

    /** Returns the exports in the order in which they were begun. */
    @Exported(inline = true)
    public Collection<ExportRecord> getExports() {
        return exports().values();
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> r, @NonNull EnvVars env) {
        getExports().stream()
                .filter(export -> export.getTaskId() != null)
                .sorted(Comparator.comparing(ExportRecord::getSubmittedAt))
                .forEach(export -> {
                    env.put(TaskIdVariable.LATEST, export.getTaskId());
                    env.put(TaskIdVariable.ofReportType(export.getReportType()), export.getTaskId());
                    if (export.getRecords() != null) {
                        env.put(
                                TaskIdVariable.recordsOfReportType(export.getReportType()),
                                export.getRecords().toString());
                    }
                    if (export.getTaskIdVariable() != null) {
                        env.put(export.getTaskIdVariable(), export.getTaskId());
                    }
                });
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
