package io.jenkins.plugins.hss.client;

import org.jvnet.localizer.Localizable;

/** What the plugin asks of the service; the service limits the calls of each apart. */
public enum Operation {
    SUBMIT(Messages._Operation_submit()),
    STATUS(Messages._Operation_status()),
    DOWNLOAD(Messages._Operation_download()),
    STATISTIC(Messages._Operation_statistic()),
    CICD(Messages._Operation_cicd()),
    TOKEN(Messages._Operation_token()),
    PROJECT(Messages._Operation_project()),
    IMAGES(Messages._Operation_images()),
    VULNERABILITIES(Messages._Operation_vulnerabilities()),
    CHECK_RULES(Messages._Operation_checkRules()),
    MALWARES(Messages._Operation_malwares()),
    SENSITIVE_INFO(Messages._Operation_sensitiveInfo()),
    NON_COMPLIANT_APPS(Messages._Operation_nonCompliantApps()),
    BUILD_COMMANDS(Messages._Operation_buildCommands()),
    BASELINE_STATISTIC(Messages._Operation_baselineStatistic());

    private final Localizable displayName;

    Operation(Localizable displayName) {
        this.displayName = displayName;
    }

    /** Returns the operation as messages name it, such as "Submitting the export". */
    public String displayName() {
        return displayName.toString();
    }

    /** Returns whether it reads what scans have found. */
    boolean readsResults() {
        return compareTo(IMAGES) >= 0;
    }
}
