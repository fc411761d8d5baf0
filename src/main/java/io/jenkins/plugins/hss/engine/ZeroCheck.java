package io.jenkins.plugins.hss.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.BaselineStatistic;
import io.jenkins.plugins.hss.client.CicdImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds lists that say 0 against what else HSS says of the image: an empty list by itself proves nothing. */
final class ZeroCheck {
    /** Of these the row of the image has no count. */
    private static final List<FindingType> WITHOUT_COUNT =
            List.of(FindingType.SENSITIVE_INFO, FindingType.NON_COMPLIANT_APP, FindingType.BUILD_COMMAND_RISKS);

    private final Reads reads;
    private final CicdImage image;
    private final Map<FindingType, TypeFindings> findings;
    private final List<String> notes = new ArrayList<>();
    private BaselineStatistic baseline;

    ZeroCheck(Reads reads, CicdImage image, Map<FindingType, TypeFindings> findings) {
        this.reads = reads;
        this.image = image;
        this.findings = findings;
    }

    /**
     * Checks the lists, and returns what people should know.
     *
     * @throws ScanException.Unsettled when something contradicts a list that says 0
     */
    List<String> run() throws IOException, InterruptedException {
        check(FindingType.VULNERABILITY, image.vulnerabilities());
        check(FindingType.MALWARES, image.maliciousFiles());
        if (isZero(FindingType.RISK_CONFIG) && isAbove0(image.unsafeSettings()) && isExplainedByPasswords()) {
            notes.add(Messages.ZeroCheck_passwords(baseline().passwords()));
        } else {
            check(FindingType.RISK_CONFIG, image.unsafeSettings());
        }
        if (isZero(FindingType.VULNERABILITY)) {
            checkStatistic(FindingType.VULNERABILITY);
        }
        for (FindingType type : WITHOUT_COUNT) {
            if (isZero(type) && !isSecure()) {
                checkStatistic(type);
            }
        }
        checkLevel();
        return notes;
    }

    private boolean isSecure() {
        return "Security".equals(image.severityLevel());
    }

    private boolean isZero(FindingType type) {
        TypeFindings read = findings.get(type);
        return read != null && read.total() == 0;
    }

    private static boolean isAbove0(@CheckForNull Long number) {
        return number != null && number > 0;
    }

    private void check(FindingType type, @CheckForNull Long number) throws ScanException {
        if (!isZero(type)) {
            return;
        }
        if (isAbove0(number)) {
            throw new ScanException.Unsettled(Messages.ZeroCheck_row(type.word(), number));
        }
        if (number == null) {
            notes.add(Messages.ZeroCheck_none(type.word()));
        }
    }

    private void checkStatistic(FindingType type) throws IOException, InterruptedException {
        long counted = reads.read(hss -> hss.count(type.word(), image));
        if (counted > 0) {
            throw new ScanException.Unsettled(Messages.ZeroCheck_statistic(type.word(), counted));
        }
    }

    /** An image whose level is not Security has something. */
    private void checkLevel() throws IOException, InterruptedException {
        String level = image.severityLevel();
        if (!FindingType.DEFAULT.stream().allMatch(this::isZero) || isSecure()) {
            return;
        }
        if (level == null) {
            notes.add(Messages.ZeroCheck_noLevel());
        } else {
            explainLevel(level);
        }
    }

    private void explainLevel(String level) throws IOException, InterruptedException {
        checkStatistic(FindingType.MALWARES);
        List<String> reasons = new ArrayList<>();
        if (isExplainedByPasswords()) {
            reasons.add(Messages.ZeroCheck_passwords(baseline().passwords()));
        }
        for (FindingType type : List.of(FindingType.NON_COMPLIANT_APP, FindingType.BUILD_COMMAND_RISKS)) {
            long rows = rows(type);
            if (rows > 0) {
                reasons.add(Messages.ZeroCheck_other(type.word(), rows));
            }
        }
        if (reasons.isEmpty()) {
            throw new ScanException.Unsettled(Messages.ZeroCheck_level(level));
        }
        notes.add(Messages.ZeroCheck_levelExplained(level, String.join("; ", reasons)));
    }

    private long rows(FindingType type) throws IOException, InterruptedException {
        TypeFindings read = findings.get(type);
        return read != null
                ? read.total()
                : reads.read(hss ->
                        hss.findings(FindingRows.list(type), image, Map.of(), 0).total());
    }

    private boolean isExplainedByPasswords() throws IOException, InterruptedException {
        return baseline().passwords() > 0 && baseline().settings() == 0;
    }

    private BaselineStatistic baseline() throws IOException, InterruptedException {
        if (baseline == null) {
            baseline = reads.read(hss -> hss.baselineStatistic(image));
        }
        return baseline;
    }
}
