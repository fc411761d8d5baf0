package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import hudson.model.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Jenkinsfile asks of a scan in vain: each mistake is named before any call, without a stack trace. */
class ScanRefusedParametersTest extends SharedJenkins {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            qualityGate: []                                 | Unknown parameter 'qualityGate' for hssImageScanResult. Valid parameters: archiveFindings, cicdName, connection,
            onlyFixed: true                                 | Unknown parameter 'onlyFixed' for hssImageScanResult
            qualityGates: [[thresold: 1]]                   | Unknown parameter 'thresold' for qualityGates[0]. Valid parameters: criticality, severity, threshold, type
            qualityGates: [[threshold: 1], [threshold: 1, sevrity: 'high']] | Unknown parameter 'sevrity' for qualityGates[1]
            ignore: [[type: 'malwares', id: '/x', reason: 'y', packge: 'z']] | Unknown parameter 'packge' for ignore[0]. Valid parameters: id, package, path, reason, type, until
            """)
    void unknownName(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            qualityGates: [[threshold: 1, type: 'secrets']]    | qualityGates[0]: "secrets" is no type of findings; the types are vulnerability, risk-config, malwares,
            qualityGates: [[threshold: 1, type: 'Malwares']]   | qualityGates[0]: "Malwares" is no type of findings
            qualityGates: [[threshold: 1, type: '']]           | qualityGates[0]: "" is no type of findings
            qualityGates: [[threshold: 1, severity: 'critical']] | qualityGates[0]: severity must be one of high, medium, low, none, but is critical
            qualityGates: [[threshold: 1, severity: '']]       | qualityGates[0]: severity must be one of high, medium, low, none, but is
            qualityGates: [[threshold: 1, type: 'vulnerability', severity: 'critical']] | qualityGates[0]: "critical" is no severity of vulnerability; HSS's vulnerability have high, medium, low
            qualityGates: [[threshold: 1, type: 'malwares', severity: 'low']] | qualityGates[0]: "low" is no severity of malwares
            qualityGates: [[threshold: 1], [threshold: 1, criticality: 'ERROR']] | qualityGates[1]: criticality must be one of FAILURE, UNSTABLE, but is ERROR
            types: ['malwares', 'secrets']                     | "secrets" is no type of findings; the types are vulnerability,
            ignore: [[type: 'cve', id: 'x', reason: 'y']]      | ignore[0]: "cve" is no type of findings
            notScanned: 'SUCCESS'                              | notScanned must be one of FAILURE, UNSTABLE, but is SUCCESS
            notScanned: 'unstable'                             | notScanned must be one of FAILURE, UNSTABLE, but is unstable
            handled: 'skip'                                    | handled must be one of count, ignore, but is skip
            """)
    void unknownWord(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            qualityGates: [[type: 'malwares']]                 | qualityGates[0]: threshold is required
            qualityGates: [[:]]                                | qualityGates[0]: threshold is required
            qualityGates: [[threshold: '']]                    | qualityGates[0]: threshold is empty
            qualityGates: [[threshold: 0]]                     | qualityGates[0]: threshold must be 1 or more, but is 0
            qualityGates: [[threshold: -1]]                    | qualityGates[0]: threshold must be 1 or more, but is -1
            qualityGates: [[threshold: 'ten']]                 | qualityGates[0]: threshold must be a whole number, but is ten
            qualityGates: [[threshold: 1.5]]                   | qualityGates[0]: threshold must be a whole number, but is 1.5
            qualityGates: [[threshold: true]]                  | qualityGates[0]: threshold must be a whole number, but is true
            qualityGates: [threshold: 1]                       | qualityGates must be a list of maps such as [[type: 'malwares']], but is {threshold=1}
            qualityGates: 'high'                               | qualityGates must be a list of maps
            qualityGates: ['high']                             | qualityGates must be a list of maps
            qualityGates: [null]                               | qualityGates must be a list of maps
            qualityGates: [[threshold: 1, type: 5]]            | type must be a string, but is 5
            ignore: 'RHSA-1'                                   | ignore must be a list of maps
            ignore: [[id: 'x', reason: 'y']]                   | ignore[0]: type is required
            ignore: [[type: 'malwares', reason: 'y']]          | ignore[0]: id is required
            ignore: [[type: 'malwares', id: 'x']]              | ignore[0]: reason is required
            ignore: [[type: 'malwares', id: 'x', reason: ' ']] | ignore[0]: reason is empty
            ignore: [[type: 'malwares', id: 'x', reason: 'y', package: '']] | ignore[0]: package is empty
            ignore: [[type: 'malwares', id: 'x', reason: 'y', path: '']]    | ignore[0]: path is empty
            ignore: [[type: 'malwares', id: 'x', reason: 'y', until: 'soon']] | ignore[0]: until must be a date such as 2026-12-31, but is soon
            ignore: [[type: 'malwares', id: 'x', reason: 'y', until: '2026-02-30']] | ignore[0]: until must be a date
            types: []                                          | types is empty. Leave it out to read the usual types
            types: 'malwares'                                  | types must be a list of strings, but is malwares
            scannedAfter: 'yesterday'                          | scannedAfter must be a time such as
            scannedAfter: 'PT-1H'                              | scannedAfter must be a time such as
            scannedAfter: '1960-01-01T00:00:00Z'               | scannedAfter must be a time after 1970
            cicdName: ''                                       | cicdName must have 1 to 128 characters, but has 0
            maxFindings: 0                                     | maxFindings must be 1 to 10000, but is 0
            maxFindings: 10001                                 | maxFindings must be 1 to 10000, but is 10001
            timeoutMinutes: 10081                              | timeoutMinutes must be 1 to 10080, but is 10081
            archiveFindings: 'yes'                             | archiveFindings must be true or false, but is yes
            """)
    void missingOrWrongValue(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdName: null                                     | cicdName is null. Leave it out to ask for nothing
            scannedAfter: null                                 | scannedAfter is null
            types: null                                        | types is null
            qualityGates: null                                 | qualityGates is null
            ignore: null                                       | ignore is null
            qualityGates: [[threshold: 1, type: null]]         | type is null
            qualityGates: [[threshold: null]]                  | threshold is null
            ignore: [[type: 'malwares', id: 'x', reason: 'y', package: null]] | package is null
            ignore: [[type: 'malwares', id: 'x', reason: 'y', until: null]]   | until is null
            """)
    void nullThatWouldJudgeLessThanMeant(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdName: 'x'              | image is required
            image: null                | image is required
            image: ''                  | image is empty
            image: 5                   | image must be a string, but is 5
            image: 'shop/web'          | "shop/web" has no tag and no digest
            image: 'shop//web:1'       | "shop//web:1" is not the name of an image
            image: 'web@sha256:12'     | "sha256:12" is no digest
            """)
    void imageThatIsNone(String parameters, String message) throws Exception {
        fails("hssImageScanResult " + parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            connection: 'other'                      | Could not find connection 'other'. Configured connections: fake
            connection: 'fake', region: 'cn-north-4' | Give either connection ('fake') or region ('cn-north-4'), not both
            region: 'cn-north-4'                     | region 'cn-north-4' without a connection needs credentialsId
            """)
    void placeThatIsNone(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    private void refuses(String parameters, String message) throws Exception {
        fails("hssImageScanResult image: 'shop/web:42', " + parameters, message);
    }

    private void fails(String script, String message) throws Exception {
        String log = HssJenkins.log(hss.runs(Result.FAILURE, script));

        assertThat(log, containsString("ERROR: " + message));
        hss.assertNoCall();
    }
}
