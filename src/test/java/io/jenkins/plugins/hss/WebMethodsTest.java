package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.hss.config.HssConnection;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the forms ask of the server: answers for those who may configure, nothing for others, and never to a GET. */
class WebMethodsTest extends SharedJenkins {
    private static final List<Class<?>> FORMS = List.of(
            ImageReportExport.class,
            ImageFilter.class,
            ImageScanResult.class,
            ScanQualityGate.class,
            IgnoredFinding.class,
            HssConnection.class);
    private static FreeStyleProject job;

    @BeforeAll
    static void secure() throws Exception {
        job = j.createFreeStyleProject();
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.CONFIGURE)
                .onItems(job)
                .to("configurer"));
    }

    /** A web method, and where it is called. */
    record WebMethod(String url, String name) {
        @Override
        public String toString() {
            return url;
        }
    }

    /** Finds every one there is, so that none is forgotten. */
    static Stream<WebMethod> webMethods() {
        List<WebMethod> found = new ArrayList<>();
        for (Class<?> form : FORMS) {
            for (Method method : Jenkins.get()
                    .getDescriptorOrDie(form.asSubclass(hudson.model.Describable.class))
                    .getClass()
                    .getMethods()) {
                if (method.getName().matches("do[A-Z].*")
                        && method.getDeclaringClass().getName().startsWith(WebMethodsTest.class.getPackageName())) {
                    String name = method.getName().substring(2, 3).toLowerCase()
                            + method.getName().substring(3);
                    found.add(new WebMethod(
                            (form == HssConnection.class ? "" : job.getUrl()) + "descriptorByName/" + form.getName()
                                    + "/" + name,
                            name));
                    if (form != HssConnection.class) {
                        found.add(new WebMethod("descriptorByName/" + form.getName() + "/" + name, name));
                    }
                }
            }
        }
        return found.stream();
    }

    @Test
    void allOfThemAreFound() {
        List<String> names = webMethods().map(WebMethod::name).toList();
        assertTrue(
                names.containsAll(List.of(
                        "fillReportTypeItems",
                        "fillCicdNameItems",
                        "checkImageSize",
                        "fillCredentialsIdItems",
                        "checkName",
                        "testConnection")),
                names.toString());
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void getIsRefused(WebMethod method) throws Exception {
        assertThat(WebForms.get(j, "admin", method.url() + "?value=x").getStatusCode(), oneOf(404, 405));
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void nothingIsRevealedToWhoMayNotConfigure(WebMethod method) throws Exception {
        hss.service().cicd("pipeline-a");
        // Something that is no valid value of any field.
        Map<String, String> parameters = Map.of("value", "a b/c");

        WebResponse forReader = post("reader", method.url(), parameters);
        assertRevealsNothing(forReader);
        if (!method.url().startsWith("job/")) {
            assertRevealsNothing(post("configurer", method.url(), parameters));
        }
        // It was the permission that made the difference.
        WebResponse forAdmin = post("admin", method.url(), parameters);
        assertEquals(200, forAdmin.getStatusCode());
        if (forReader.getStatusCode() == 200 && method.name().startsWith("fill")) {
            assertThat(forAdmin.getContentAsString(), not(is(forReader.getContentAsString())));
        }
    }

    private static void assertRevealsNothing(WebResponse response) {
        String answer = response.getContentAsString();
        if (response.getStatusCode() != 403) {
            assertEquals(200, response.getStatusCode());
            // No finding, and no option but one for "nothing".
            assertTrue(
                    answer.equals("<div/>")
                            || answer.equals("[]")
                            || answer.matches(".*\"values\":\\[(\\{[^{}]*\"value\":\"\"})?]}"),
                    answer);
        }
        for (String word :
                List.of(HssJenkins.CONNECTION, HssJenkins.CREDENTIALS, "malwares", "cn-north-4", "pipeline-a")) {
            assertThat(answer, not(containsString(word)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ImageReportExport | fillReportTypeItems            |                        | {"name":"Malicious files","selected":false,"value":"malwares"}
            ImageReportExport | fillReportTypeItems            | reportType=secrets     | {"name":"secrets","selected":false,"value":"secrets"}
            ImageReportExport | fillImageTypeItems             |                        | {"name":"CI/CD images","selected":false,"value":"cicd"}
            ImageReportExport | fillImageTypeItems             |                        | "value":""}
            ImageReportExport | fillConnectionItems            |                        | {"name":"(default: fake)","selected":false,"value":""}
            ImageReportExport | fillConnectionItems            | connection=gone        | "value":"gone"}
            ImageReportExport | fillCredentialsIdItems         |                        | "value":"hss-token"}
            ImageReportExport | fillCredentialsIdItems         | credentialsId=gone     | "value":"gone"}
            ImageFilter       | fillScanStatusItems            |                        | {"name":"(any)","selected":false,"value":""}
            ImageFilter       | fillSeverityLevelItems         |                        | "value":"Security"}
            ImageFilter       | fillBuildCommandRiskLevelItems |                        | "value":"critical"}
            ImageScanResult   | fillConnectionItems            |                        | {"name":"(default: fake)","selected":false,"value":""}
            ImageScanResult   | fillNotScannedItems            |                        | "value":"UNSTABLE"}
            ImageScanResult   | fillNotScannedItems            | notScanned=ABORTED     | "value":"ABORTED"}
            ImageScanResult   | fillHandledItems               |                        | "value":"ignore"}
            ScanQualityGate   | fillTypeItems                  |                        | {"name":"(any)","selected":false,"value":""}
            ScanQualityGate   | fillTypeItems                  |                        | {"name":"Malicious files","selected":false,"value":"malwares"}
            ScanQualityGate   | fillSeverityItems              |                        | "value":"high"}
            ScanQualityGate   | fillCriticalityItems           |                        | "value":"FAILURE"}
            IgnoredFinding    | fillTypeItems                  | type=secrets           | {"name":"secrets","selected":false,"value":"secrets"}
            """)
    void dropDownListOffers(String form, String method, String parameters, String option) throws Exception {
        assertThat(asConfigurer(form, method, parameters), containsString(option));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ImageReportExport | checkReportType           | value=secrets                | warning | Unrecognized value 'secrets' for reportType
            ImageReportExport | checkCicdName             | value=LONG                   | error   | cicdName must have 1 to 128 characters, but has 129
            ImageReportExport | checkExportSize           | value=ten                    | error   | exportSize must be a whole number, but is ten
            ImageReportExport | checkExportSize           | value=200001                 | error   | exportSize must be 1 to 200000, but is 200001
            ImageReportExport | checkImageIds             | value=ok%0AEVENLONGER        | error   | imageIds[1] must have 1 to 256 characters, but has 258
            ImageReportExport | checkConnection           | value=gone                   | error   | Could not find connection 'gone'
            ImageReportExport | checkConnection           | value=fake&region=cn-north-4 | error   | Give either a connection or a region
            ImageReportExport | checkRegion               | value=Mars                   | error   | "Mars" is not the name of a region
            ImageReportExport | checkRegion               | value=cn-moon-1              | warning | Unrecognized region 'cn-moon-1'
            ImageReportExport | checkCredentialsId        | value=gone                   | error   | Could not find credentials 'gone' in the context of this job
            ImageReportExport | checkTaskIdVariable       | value=1st                    | error   | taskIdVariable must be a name
            ImageFilter       | checkImageId              | value=LONG                   | error   | imageId must have 1 to 128 characters, but has 129
            ImageFilter       | checkImageSize            | value=big                    | error   | imageSize must be a whole number, but is big
            ImageFilter       | checkImageSize            | value=2147483548             | error   | imageSize must be 0 to 2147483547, but is 2147483548
            ImageFilter       | checkUpdatedAfter         | value=yesterday              | error   | updatedAfter must be a time such as
            ImageFilter       | checkUpdatedBefore        | value=2026-01-31             | error   | updatedBefore must be a time such as
            ImageFilter       | checkScannedAfter         | value=1960-01-01T00:00:00Z   | error   | scannedAfter must be a time after 1970
            ImageFilter       | checkScannedBefore        | value=PT-1H                  | error   | scannedBefore must be a time such as
            ImageFilter       | checkScannedBefore        | value=2026-01-31T08:00:00Z   | ok      | 2026-01-31T08:00:00Z
            ImageFilter       | checkInstanceName         | value=LONG                   | error   | instanceName must have 1 to 128 characters, but has 129
            ImageFilter       | checkBuildCommandRiskName | value=LONG                   | error   | buildCommandRiskName must have 1 to 128 characters
            ImageFilter       | checkBuildCommandRuleIds  | value=LONG                   | error   | buildCommandRuleIds[0] must have 1 to 64 characters
            ImageScanResult   | checkImage                | value=shop/web               | error   | "shop/web" has no tag and no digest
            ImageScanResult   | checkCicdName             | value=LONG                   | error   | cicdName must have 1 to 128 characters, but has 129
            ImageScanResult   | checkScannedAfter         | value=yesterday              | error   | scannedAfter must be a time such as
            ImageScanResult   | checkTypes                | value=malwares%0Asecrets     | error   | "secrets" is no type of findings; the types are vulnerability,
            ImageScanResult   | checkMaxFindings          | value=10001                  | error   | maxFindings must be 1 to 10000, but is 10001
            ImageScanResult   | checkTimeoutMinutes       | value=0                      | error   | timeoutMinutes must be 1 to 10080, but is 0
            ImageScanResult   | checkConnection           | value=gone                   | error   | Could not find connection 'gone'
            ScanQualityGate   | checkThreshold            | value=0                      | error   | threshold must be 1 or more, but is 0
            ScanQualityGate   | checkSeverity             | value=low&type=malwares      | error   | "low" is no severity of malwares
            IgnoredFinding    | checkUntil                | value=tomorrow               | error   | until must be a date such as 2026-12-31, but is tomorrow
            """)
    void mistakeIsToldAsOneTypes(String form, String method, String parameters, String kind, String message)
            throws Exception {
        String answer = asConfigurer(form, method, parameters);

        assertThat(answer, containsString("class=\"" + kind + "\""));
        assertThat(answer, containsString(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ImageReportExport | checkReportType     | value=malwares
            ImageReportExport | checkExportSize     | value=200000
            ImageReportExport | checkExportSize     | value=${SIZE}
            ImageReportExport | checkConnection     | value=fake
            ImageReportExport | checkConnection     | value=
            ImageReportExport | checkConnection     | value=$CONNECTION
            ImageReportExport | checkConnection     | value=&region=cn-north-4
            ImageReportExport | checkCredentialsId  | value=hss-token
            ImageReportExport | checkCredentialsId  | value=${CREDENTIALS}
            ImageReportExport | checkRegion         | value=cn-north-4
            ImageReportExport | checkTaskIdVariable | value=MY_TASK
            ImageFilter       | checkImageSize      | value=0
            ImageFilter       | checkScannedAfter   | value=${TIME}
            ImageFilter       | checkScannedAfter   | value=
            ImageScanResult   | checkImage          | value=registry.example.com:5000/shop/web:42
            ImageScanResult   | checkImage          | value=shop/web:${BUILD_NUMBER}
            ImageScanResult   | checkTypes          | value=malwares%0Asensitive-info
            ScanQualityGate   | checkSeverity       | value=none&type=risk-config
            ScanQualityGate   | checkSeverity       | value=low&type=
            IgnoredFinding    | checkUntil          | value=2026-12-31
            """)
    void whatIsRightOrOnlyKnownLaterIsNotCriticised(String form, String method, String parameters) throws Exception {
        assertEquals("<div/>", asConfigurer(form, method, parameters));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            fillRegionItems        |                             | cn-north-4
            fillCredentialsIdItems |                             | hss-token
            checkName              | value=                      | A connection needs a name
            checkRegion            | value=Mars                  | "Mars" is not the name of a region
            checkRegion            | value=&endpoint=            | Give a region, or an endpoint under Advanced
            checkEndpoint          | value=http://example.com    | would send credentials unprotected. Use https
            checkEndpoint          | value=https://a.b/path      | 'https://a.b/path' is not an endpoint
            checkIamEndpoint       | value=ftp://example.com     | would send credentials unprotected. Use https
            """)
    void connectionIsCheckedForAdministrators(String method, String parameters, String words) throws Exception {
        String url = "descriptorByName/" + HssConnection.class.getName() + "/" + method;

        assertThat(WebForms.text(post("admin", url, read(parameters))), containsString(words));
    }

    @Test
    void regionsAreLeftOutForWhoMayOnlyReadTheConfiguration() throws Exception {
        String url = "descriptorByName/" + HssConnection.class.getName() + "/fillRegionItems";

        WebResponse answer = post("reader", url, Map.of());

        assertEquals(200, answer.getStatusCode());
        assertEquals("[]", answer.getContentAsString());
    }

    private String asConfigurer(String form, String method, String parameters) throws Exception {
        String url = job.getUrl() + "descriptorByName/" + getClass().getPackageName() + "." + form + "/" + method;
        return WebForms.text(post("configurer", url, read(parameters)));
    }

    private static Map<String, String> read(String parameters) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String parameter : parameters == null ? new String[0] : parameters.split("&")) {
            String[] parts = parameter.split("=", 2);
            read.put(
                    parts[0],
                    parts[1].replace("%0A", "\n")
                            .replace("EVENLONGER", "x".repeat(258))
                            .replace("LONG", "x".repeat(129)));
        }
        return read;
    }

    private static WebResponse post(String user, String url, Map<String, String> parameters) throws Exception {
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("value", "", "region", "", "credentialsId", "", "endpoint", "", "type", ""));
        all.putAll(parameters);
        return WebForms.post(j, user, url, all);
    }
}
