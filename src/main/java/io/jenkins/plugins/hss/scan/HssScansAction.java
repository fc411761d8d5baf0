package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Functions;
import hudson.model.Api;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.hss.config.Blocking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The scans of a build: its environment, the summary on its page, the pages of their findings, its remote API. */
@ExportedBean(defaultVisibility = 2)
public final class HssScansAction implements RunAction2, EnvironmentContributingAction {
    /** Replaced as a whole, since the build may be saved at any time. */
    private volatile ArrayList<ScanRecord> scans = new ArrayList<>();

    private transient ReentrantLock lock;
    private transient Run<?, ?> run;
    private transient FindingsFiles files;

    /** Returns the action of a build, which gets one if it has none yet. */
    static HssScansAction of(Run<?, ?> run) {
        synchronized (run) {
            HssScansAction action = run.getAction(HssScansAction.class);
            if (action == null) {
                action = new HssScansAction();
                run.addAction(action);
            }
            return action;
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
        lock = new ReentrantLock();
        files = new FindingsFiles(r);
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        onAttached(r);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    FindingsFiles files() {
        return files;
    }

    /** Adds the scan of the next number, to be saved with its first {@link #update}. */
    int add(IntFunction<ScanRecord> scan) {
        lock.lock();
        try {
            ArrayList<ScanRecord> next = new ArrayList<>(scans);
            int number = next.size() + 1;
            next.add(scan.apply(number));
            scans = next;
            return number;
        } finally {
            lock.unlock();
        }
    }

    @CheckForNull
    ScanRecord get(int number) {
        List<ScanRecord> all = scans;
        return number < 1 || number > all.size() ? null : all.get(number - 1);
    }

    /** Replaces the record of a scan without saving it, and returns the old one. */
    ScanRecord replace(int number, UnaryOperator<ScanRecord> change) {
        lock.lock();
        try {
            ArrayList<ScanRecord> next = new ArrayList<>(scans);
            ScanRecord before = next.set(number - 1, change.apply(next.get(number - 1)));
            scans = next;
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the record of a scan; where it can't be saved, the old one stays. */
    void update(int number, UnaryOperator<ScanRecord> change) throws IOException {
        ScanRecord before = replace(number, change);
        boolean saved = false;
        try {
            Blocking.finish(() -> {
                run.save();
                return null;
            });
            saved = true;
        } finally {
            if (!saved) {
                replace(number, changed -> before);
            }
        }
    }

    /** Replaces the record of a scan, saved or not: the build may save it later. */
    void end(int number, UnaryOperator<ScanRecord> change) throws IOException {
        replace(number, change);
        update(number, UnaryOperator.identity());
    }

    /** Returns the scans in the order in which they were begun. */
    @Exported(inline = true)
    public List<ScanRecord> getScans() {
        return run.isBuilding()
                ? scans
                : scans.stream().map(ScanRecord::asAbandoned).toList();
    }

    /** Returns the address of a scan's findings: absolute where Jenkins knows its own. */
    String url(int number) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + getUrlName() + "/" + number + "/";
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> r, @NonNull EnvVars env) {
        List<ScanRecord> all = getScans();
        if (!all.isEmpty()) {
            ScanRecord latest = all.get(all.size() - 1);
            ScanVariables.put(env, latest, url(latest.getNumber()));
        }
    }

    /** Returns whether the reader may see the findings, not only how many there are. */
    public boolean isReadable() {
        return !Functions.isArtifactsPermissionEnabled() || run.hasPermission(Run.ARTIFACTS);
    }

    /** Returns the page of a scan. */
    @CheckForNull
    public FindingsPage getDynamic(String number, StaplerRequest2 request) {
        ScanRecord scan = number.matches("[1-9]\\d{0,5}") ? get(Integer.parseInt(number)) : null;
        return scan == null
                ? null
                : new FindingsPage(this, run.isBuilding() ? scan : scan.asAbandoned(), FindingsQuery.of(request));
    }

    public Api getApi() {
        return new Api(this);
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return "symbol-hss plugin-huaweicloud-hss";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.HssScansAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "hss-findings";
    }
}
