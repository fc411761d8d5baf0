package io.jenkins.plugins.hss;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connections as configuration as code reads and writes them. */
@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {
    @TempDir
    private Path folder;

    @Test
    @ConfiguredWithCode("configuration-as-code.yaml")
    void connectionsAreReadWrittenAndChecked(JenkinsConfiguredWithCodeRule j) throws Exception {
        List<HssConnection> connections = HssGlobalConfiguration.get().getConnections();
        assertEquals(4, connections.size());
        HssConnection prod = connections.get(0);
        assertEquals("prod", prod.getName());
        assertEquals("cn-north-4", prod.getRegion());
        assertEquals("77b6a44cba5143ab91d13ab9a8ff44fd", prod.getProjectId());
        assertEquals("all_granted_eps", prod.getEnterpriseProjectId());
        assertEquals("hss", prod.getCredentialsId());
        assertEquals(5, prod.getCallsPerMinute());
        assertNull(prod.getEndpoint());
        assertNull(prod.getIamEndpoint());
        assertNull(prod.getIamDomain());
        HssConnection acme = connections.get(1);
        assertEquals("https://hss.example.com:8443", acme.getEndpoint());
        assertEquals("https://iam.example.com", acme.getIamEndpoint());
        assertEquals("acme", acme.getIamDomain());
        assertEquals(60, acme.getCallsPerMinute());
        assertNull(acme.getRegion());
        HssConnection all = connections.get(2);
        assertEquals("all \"of\" <it> 全部", all.getName());
        assertEquals("eu-west-101", all.getRegion());
        assertEquals("https://hss.example.com", all.getEndpoint());
        assertEquals("https://iam.example.com:8443", all.getIamEndpoint());
        assertEquals("p7", all.getProjectId());
        assertEquals("0", all.getEnterpriseProjectId());
        assertEquals("hss-user", all.getCredentialsId());
        assertEquals("acme", all.getIamDomain());
        assertEquals(1, all.getCallsPerMinute());

        String exported = exported();
        assertEquals("""
                connections:
                - credentialsId: "hss"
                  enterpriseProjectId: "all_granted_eps"
                  name: "prod"
                  projectId: "77b6a44cba5143ab91d13ab9a8ff44fd"
                  region: "cn-north-4"
                - callsPerMinute: 60
                  credentialsId: "hss-user"
                  endpoint: "https://hss.example.com:8443"
                  iamDomain: "acme"
                  iamEndpoint: "https://iam.example.com"
                  name: "acme"
                - callsPerMinute: 1
                  credentialsId: "hss-user"
                  endpoint: "https://hss.example.com"
                  enterpriseProjectId: "0"
                  iamDomain: "acme"
                  iamEndpoint: "https://iam.example.com:8443"
                  name: "all \\"of\\" <it> 全部"
                  projectId: "p7"
                  region: "eu-west-101"
                - name: "later"
                  region: "cn-north-4"
                defaultConnection: "acme"
                """, exported);

        HssGlobalConfiguration.get().setConnections(List.of());
        configure(exported.indent(4));
        assertEquals(exported, exported());
        assertEquals("acme", HssGlobalConfiguration.get().getDefaultConnection());
        assertEquals(
                connections.stream().map(WebForms::fields).toList(),
                HssGlobalConfiguration.get().getConnections().stream()
                        .map(WebForms::fields)
                        .toList());

        refuses("[{name: a, region: cn-north-4}, {name: a, region: cn-north-1}]", "two connections 'a'");
        refuses("[{name: '', region: cn-north-4}]", "A connection needs a name");
        refuses("[{name: a}]", "Connection 'a' needs a region or an endpoint");
        refuses("[{name: a, region: Mars}]", "\"Mars\" is not the name of a region");
        refuses("[{name: a, endpoint: 'http://hss.example.com'}]", "would send credentials unprotected. Use https");
        refuses("[{name: a, endpoint: 'https://u:p@hss.example.com'}]", "is not an endpoint");
        refuses("[{name: a, region: cn-north-4, callsPerMinute: 0}]", "callsPerMinute must be 1 to 600, but is 0");
        refuses(
                "[{name: a, region: cn-north-4, callsPerMinute: 6000}]",
                "callsPerMinute must be 1 to 600, but is 6000");
        refuses("[{name: a, region: cn-north-4, password: x}]", "password");
        assertEquals(exported, exported());
    }

    static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return toYamlString(getUnclassifiedRoot(context).get("huaweiCloudHss"));
    }

    private void configure(String yaml) throws Exception {
        Path file = folder.resolve("jenkins.yaml");
        Files.writeString(file, "unclassified:\n  huaweiCloudHss:\n" + yaml, StandardCharsets.UTF_8);
        ConfigurationAsCode.get().configureWith(YamlSource.of(file));
    }

    private void refuses(String connections, String message) {
        Exception refusal =
                assertThrows(ConfiguratorException.class, () -> configure("    connections: " + connections + "\n"));
        StringBuilder told = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            told.append(cause.getMessage()).append('\n');
        }
        assertThat(told.toString(), containsString(message));
    }
}
