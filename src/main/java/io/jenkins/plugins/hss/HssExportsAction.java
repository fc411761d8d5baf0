package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    /** When an earlier process last saved where the Pipeline stands; the largest number where there was none. */
    private transient long programSavedAt;
    /** The exports that an earlier process began after that: a Pipeline that goes on begins them again. */
    private transient List<Integer> unknownToProgram;

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
        programSavedAt = Long.MAX_VALUE;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
        long saved = new File(r.getRootDir(), "program.dat").lastModified();
        programSavedAt = saved == 0 ? Long.MAX_VALUE : saved;
    }

    private synchronized NavigableMap<Integer, ExportRecord> exports() {
        if (exports == null) {
            exports = new ConcurrentSkipListMap<>(new ExportFiles(run).read());
            unknownToProgram = new ArrayList<>();
            for (Map.Entry<Integer, ExportRecord> export : exports.entrySet()) {
                if (export.getValue().getStartedAt().getTime() > programSavedAt) {
                    unknownToProgram.add(export.getKey());
                }
            }
        }
        return exports;
    }

    /**
     * Finds the export that a Pipeline begins a second time, because Jenkins was killed before it had saved that it had
     * begun it: sent again, it would be a second task.
     *
     * @return its number in this build, null where there is none
     */
    @CheckForNull
    synchronized Integer begunBefore(ExportRecord again) {
        for (Integer number : exports().keySet()) {
            if (unknownToProgram.contains(number) && again.isLike(get(number))) {
                unknownToProgram.remove(number);
                return number;
            }
        }
        return null;
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
        Collection<ExportRecord> known = exports().values();
        return run.isBuilding() ? known : known.stream().map(ExportRecord::left).toList();
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
