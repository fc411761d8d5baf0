package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;
import java.util.List;

/**
 * What is known of an image that was scanned.
 *
 * @param image the row of the image
 * @param byTagOnly whether the image was found by its tag, without a digest
 * @param findings one entry for each type that was read, in the order of the types
 * @param gates one result for each gate, in the order of the gates
 * @param notes what people should know beside the numbers, in words
 */
public record ScanResult(
        CicdImage image,
        boolean byTagOnly,
        List<TypeFindings> findings,
        List<QualityGate.Result> gates,
        List<String> notes) {

    /** Returns what the gates say together: the worst. */
    public Verdict verdict() {
        return gates.stream()
                .map(QualityGate.Result::verdict)
                .max(Verdict::compareTo)
                .orElse(Verdict.PASSED);
    }
}
