package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Describable;
import io.jenkins.plugins.hss.config.HssConnection;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** Calls web methods as forms do. */
final class WebForms {
    private WebForms() {}

    /** Returns where a web method of a form is called, relative to a job or to Jenkins. */
    static String url(Class<? extends Describable<?>> form, String method) {
        return "descriptorByName/" + form.getName() + "/" + method;
    }

    static WebClient client(JenkinsRule j, String user) throws Exception {
        return j.createWebClient().withThrowExceptionOnFailingStatusCode(false).withBasicApiToken(user);
    }

    static WebResponse get(JenkinsRule j, String user, String url) throws Exception {
        return client(j, user)
                .getPage(new WebRequest(new URL(j.getURL(), url), HttpMethod.GET))
                .getWebResponse();
    }

    static WebResponse post(JenkinsRule j, String user, String url, Map<String, String> parameters) throws Exception {
        WebClient client = client(j, user);
        WebRequest request = new WebRequest(client.createCrumbedUrl(url), HttpMethod.POST);
        request.setRequestParameters(parameters.entrySet().stream()
                .map(entry -> new NameValuePair(entry.getKey(), entry.getValue()))
                .toList());
        return client.getPage(request).getWebResponse();
    }

    /** Returns a good answer as people read it. */
    static String text(WebResponse response) {
        assertEquals(200, response.getStatusCode(), response::getContentAsString);
        return response.getContentAsString().replace("&#039;", "'").replace("&quot;", "\"");
    }

    /** Returns what the form of a connection sends to have it tested. */
    static Map<String, String> fields(HssConnection connection) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", connection.getName());
        fields.put("region", typed(connection.getRegion()));
        fields.put("endpoint", typed(connection.getEndpoint()));
        fields.put("iamEndpoint", typed(connection.getIamEndpoint()));
        fields.put("projectId", typed(connection.getProjectId()));
        fields.put("enterpriseProjectId", typed(connection.getEnterpriseProjectId()));
        fields.put("credentialsId", typed(connection.getCredentialsId()));
        fields.put("iamDomain", typed(connection.getIamDomain()));
        fields.put("callsPerMinute", Integer.toString(connection.getCallsPerMinute()));
        return fields;
    }

    private static String typed(String value) {
        return value == null ? "" : value;
    }
}
