package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.model.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Jenkinsfile asks for in vain: each mistake is named before any call, without a stack trace. */
class RefusedParametersTest extends SharedJenkins {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdname: 'x'                        | Unknown parameter 'cicdname' for hssImageReportExport. Valid parameters: archiveReport, cicdName,
            fliter: [imageName: 'x']             | Unknown parameter 'fliter' for hssImageReportExport
            imageName: 'x'                       | Unknown parameter 'imageName' for hssImageReportExport
            filter: [imagename: 'x']             | Unknown parameter 'imagename' for filter. Valid parameters: buildCommandRiskLevel,
            filter: [image_name: 'x']            | Unknown parameter 'image_name' for filter
            filter: [cicdName: 'x']              | Unknown parameter 'cicdName' for filter
            """)
    void unknownName(String parameter, String message) throws Exception {
        refuses(parameter, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdName: 5                          | cicdName must be a string, but is 5
            cicdName: ['x']                      | cicdName must be a string, but is [x]
            connection: true                     | connection must be a string, but is true
            imageType: 1                         | imageType must be a string, but is 1
            projectId: 123                       | projectId must be a string, but is 123
            exportSize: 'ten'                    | exportSize must be a whole number, but is ten
            exportSize: 1.5                      | exportSize must be a whole number, but is 1.5
            exportSize: '1e3'                    | exportSize must be a whole number, but is 1e3
            exportSize: true                     | exportSize must be a whole number, but is true
            exportSize: ''                       | exportSize must be a whole number
            imageIds: 'x'                        | imageIds must be a list of strings, but is x
            imageIds: [1, 2]                     | imageIds must be a list of strings, but is [1, 2]
            imageIds: [null]                     | imageIds must be a list of strings, but is [null]
            filter: 'x'                          | filter must be a map such as [imageName: 'app'], but is x
            filter: ['x']                        | filter must be a map such as [imageName: 'app'], but is [x]
            filter: [latestVersion: 'maybe']     | latestVersion must be true or false, but is maybe
            filter: [risky: 'TRUE']              | risky must be true or false, but is TRUE
            filter: [hasVul: '']                 | hasVul must be true or false, but is
            filter: [hasUnsafeSetting: 1]        | hasUnsafeSetting must be true or false, but is 1
            filter: [hasMaliciousFile: 'no']     | hasMaliciousFile must be true or false, but is no
            filter: [imageName: true]            | imageName must be a string, but is true
            filter: [imageVersion: 2]            | imageVersion must be a string, but is 2
            filter: [imageSize: 'big']           | imageSize must be a whole number, but is big
            filter: [imageSize: 1.5]             | imageSize must be a string, but is 1.5
            filter: [buildCommandRuleIds: 'r']   | buildCommandRuleIds must be a list of strings, but is r
            filter: [updatedAfter: 'yesterday']  | updatedAfter must be a time such as 2026-01-31T08:00:00Z, milliseconds since 1970,
            filter: [updatedBefore: '2026-01-31']| updatedBefore must be a time such as
            filter: [scannedAfter: '-PT1H']      | scannedAfter must be a time such as
            filter: [scannedBefore: 'PT-1H']     | scannedBefore must be a time such as
            filter: [scannedBefore: -1]          | scannedBefore must be a time
            filter: [scannedBefore: true]        | scannedBefore must be a string, but is true
            """)
    void wrongType(String parameter, String message) throws Exception {
        refuses(parameter, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdName: null                       | cicdName is null. Leave it out to ask for nothing
            imageType: null                      | imageType is null
            exportSize: null                     | exportSize is null
            imageIds: null                       | imageIds is null
            filter: null                         | filter is null
            filter: [imageName: null]            | imageName is null
            filter: [hasVul: null]               | hasVul is null
            filter: [scannedAfter: null]         | scannedAfter is null
            filter: [buildCommandRuleIds: null]  | buildCommandRuleIds is null
            """)
    void nullThatWouldAskForMoreThanMeant(String parameter, String message) throws Exception {
        refuses(parameter, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            exportSize: 0                                     | exportSize must be 1 to 200000, but is 0
            exportSize: -1                                    | exportSize must be 1 to 200000, but is -1
            exportSize: 200001                                | exportSize must be 1 to 200000, but is 200001
            exportSize: 4294967297                            | exportSize is too large: 4294967297
            imageIds: []                                      | imageIds must have 1 to 200 items, but has 0
            imageIds: (1..201).collect { "i${it}" }           | imageIds must have 1 to 200 items, but has 201
            imageIds: ['ok', '']                              | imageIds[1] must have 1 to 256 characters, but has 0
            imageIds: ['x' * 257]                             | imageIds[0] must have 1 to 256 characters, but has 257
            imageType: 'x' * 65536                            | imageType must have 1 to 65535 characters, but has 65536
            cicdName: ''                                      | cicdName must have 1 to 128 characters, but has 0
            cicdName: 'x' * 129                               | cicdName must have 1 to 128 characters, but has 129
            projectId: 'x' * 257                              | The projectId must have 1 to 256 of the characters
            projectId: '..'                                   | The projectId must have
            projectId: 'a/b'                                  | The projectId must have
            enterpriseProjectId: 'x' * 257                    | enterpriseProjectId must have 1 to 256 characters, but has 257
            filter: [scanStatus: '']                          | scanStatus must have 1 to 65535 characters, but has 0
            filter: [namespace: '']                           | namespace must have 1 to 65535 characters, but has 0
            filter: [namespace: 'x' * 65536]                  | namespace must have 1 to 65535 characters, but has 65536
            filter: [imageName: '']                           | imageName must have 1 to 65535 characters, but has 0
            filter: [imageName: 'x' * 65536]                  | imageName must have 1 to 65535 characters, but has 65536
            filter: [imageVersion: 'x' * 65536]               | imageVersion must have 1 to 65535 characters, but has 65536
            filter: [imageId: 'x' * 129]                      | imageId must have 1 to 128 characters, but has 129
            filter: [imageSize: -1]                           | imageSize must be 0 to 2147483547, but is -1
            filter: [imageSize: 2147483548]                   | imageSize must be 0 to 2147483547, but is 2147483548
            filter: [updatedAfter: '1969-12-31T23:59:59Z']    | updatedAfter must be a time after 1970, but is -1000
            filter: [updatedBefore: 'P40000D']                | updatedBefore must be a time after 1970
            filter: [updatedAfter: 'PT1H', updatedBefore: 'PT2H'] | updatedAfter is later than updatedBefore
            filter: [scannedAfter: '2026-02-01T00:00:00Z', scannedBefore: '2026-01-31T00:00:00Z'] | scannedAfter is later than scannedBefore
            filter: [severityLevel: '']                       | severityLevel must have 1 to 65535 characters, but has 0
            filter: [instanceName: 'x' * 129]                 | instanceName must have 1 to 128 characters, but has 129
            filter: [buildCommandRiskLevel: '']               | buildCommandRiskLevel must have 1 to 65535 characters, but has 0
            filter: [buildCommandRiskName: '']                | buildCommandRiskName must have 1 to 128 characters, but has 0
            filter: [buildCommandRiskName: 'x' * 129]         | buildCommandRiskName must have 1 to 128 characters, but has 129
            filter: [buildCommandRuleIds: []]                 | buildCommandRuleIds must have 1 to 200 items, but has 0
            filter: [buildCommandRuleIds: (1..201).collect { 'r' }]  | buildCommandRuleIds must have 1 to 200 items, but has 201
            filter: [buildCommandRuleIds: ['x' * 65]]         | buildCommandRuleIds[0] must have 1 to 64 characters, but has 65
            filter: [imageName: 'a\\uD800']                    | imageName contains a lone surrogate
            """)
    void brokenRange(String parameter, String message) throws Exception {
        refuses(parameter, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1ST             | taskIdVariable must be a name of letters, digits and underscores that does not begin with a digit, but is 1ST
            MY-TASK         | taskIdVariable must be a name of letters
            PATH+HSS        | taskIdVariable must be a name of letters
            """)
    void variableThatIsNoName(String variable, String message) throws Exception {
        refuses("taskIdVariable: '" + variable + "'", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            connection: 'other'                             | Could not find connection 'other'. Configured connections: fake
            connection: 'fake', region: 'cn-north-4'        | Give either connection ('fake') or region ('cn-north-4'), not both
            region: 'cn-north-4'                            | region 'cn-north-4' without a connection needs credentialsId
            region: 'evil.example.com/', credentialsId: 'x' | "evil.example.com/" is not the name of a region
            region: 'cn-north-4', credentialsId: 'hss-token'| Credentials 'hss-token' hold a token, which needs projectId
            """)
    void placeThatIsNone(String parameters, String message) throws Exception {
        refuses(parameters, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cicdName: 'x'           | reportType is required
            reportType: null        | reportType is null
            reportType: 5           | reportType must be a string, but is 5
            reportType: ''          | reportType must have 1 to 65535 characters, but has 0
            """)
    void reportTypeMissing(String parameters, String message) throws Exception {
        fails("hssImageReportExport " + parameters, message);
    }

    private void refuses(String parameters, String message) throws Exception {
        fails("hssImageReportExport reportType: 'malwares', " + parameters, message);
    }

    private void fails(String script, String message) throws Exception {
        String log = HssJenkins.log(hss.runs(Result.FAILURE, script));

        assertThat(log, containsString("ERROR: " + message));
        assertThat(log, not(containsString("Exporting")));
        hss.assertNoCall();
    }
}
