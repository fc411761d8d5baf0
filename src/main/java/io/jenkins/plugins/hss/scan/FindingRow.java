package io.jenkins.plugins.hss.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.engine.Finding;
import io.jenkins.plugins.hss.engine.Severity;
import io.jenkins.plugins.hss.engine.VisibleText;
import io.jenkins.plugins.hss.engine.WebLink;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A finding as it may be shown: whoever built the image wrote its texts. */
@ExportedBean(defaultVisibility = 2)
public final class FindingRow {
    private final Finding finding;

    FindingRow(Finding finding) {
        this.finding = finding;
    }

    @CheckForNull
    private static String visible(@CheckForNull String text) {
        return text == null ? null : VisibleText.of(text);
    }

    @Exported
    public String getType() {
        return finding.type().word();
    }

    @Exported
    public String getId() {
        return VisibleText.of(finding.id());
    }

    @Exported
    public String getSeverity() {
        return finding.severity().word();
    }

    /** Returns the severity in the person's language. */
    public String getSeverityLabel() {
        return label(finding.severity());
    }

    /** Returns a severity in the person's language. */
    static String label(Severity severity) {
        return switch (severity) {
            case HIGH -> Messages.Severity_high();
            case MEDIUM -> Messages.Severity_medium();
            case LOW -> Messages.Severity_low();
            case NONE -> Messages.Severity_none();
        };
    }

    /** Returns HSS's own word for the severity, null where HSS gives none. */
    @Exported
    @CheckForNull
    public String getSeverityWord() {
        return visible(finding.severityWord());
    }

    @Exported
    @CheckForNull
    public String getTitle() {
        return visible(finding.title());
    }

    @Exported
    @CheckForNull
    public String getPackageName() {
        return visible(finding.packageName());
    }

    @Exported
    @CheckForNull
    public String getVersion() {
        return visible(finding.version());
    }

    @Exported
    @CheckForNull
    public String getPath() {
        return visible(finding.path());
    }

    @Exported
    @CheckForNull
    public String getLayer() {
        return visible(finding.layer());
    }

    @Exported
    @CheckForNull
    public String getSolution() {
        return visible(finding.solution());
    }

    /** Returns the address of the advisory, whatever it is. */
    @Exported
    @CheckForNull
    public String getUrl() {
        return visible(finding.url());
    }

    /** Returns the address of the advisory where it may become a link. */
    @CheckForNull
    public String getLink() {
        return WebLink.of(finding.url());
    }

    /** Returns whether somebody has handled the finding in HSS's console, null where HSS doesn't say. */
    @Exported
    @CheckForNull
    public Boolean getHandled() {
        return finding.handled();
    }

    /** Returns why the build ignores the finding, null where it doesn't. */
    @Exported
    @CheckForNull
    public String getIgnored() {
        return visible(finding.ignored());
    }
}
