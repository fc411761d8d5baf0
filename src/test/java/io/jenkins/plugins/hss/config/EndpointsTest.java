package io.jenkins.plugins.hss.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator may give as an endpoint. */
class EndpointsTest {
    private static final String FIPS = "jenkins.security.FIPS140.COMPLIANCE";

    @ParameterizedTest
    @CsvSource({
        "https://hss.cn-north-4.myhuaweicloud.com, https://hss.cn-north-4.myhuaweicloud.com",
        "https://hss.example.com/, https://hss.example.com",
        "HTTPS://hss.example.com:8443, https://hss.example.com:8443",
        "http://127.0.0.1:8181, http://127.0.0.1:8181",
        "http://localhost, http://localhost",
        "http://[::1]:8181/, http://[::1]:8181"
    })
    void takesSchemeHostAndPort(String text, URI endpoint) {
        assertEquals(endpoint, Endpoints.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "http://hss.example.com, would send credentials unprotected",
        "http://127.0.0.1.example.com, would send credentials unprotected",
        "http://127.0.0.2, would send credentials unprotected",
        "http://0.0.0.0, would send credentials unprotected",
        "ftp://hss.example.com, would send credentials unprotected",
        "//hss.example.com, would send credentials unprotected",
        "hss.example.com, is not an endpoint",
        "https://, is not an endpoint",
        "https:hss.example.com, is not an endpoint",
        "https://user:pw@hss.example.com, is not an endpoint",
        "https://hss.example.com/v5, is not an endpoint",
        "https://hss.example.com?x=1, is not an endpoint",
        "https://hss.example.com#x, is not an endpoint",
        "https://hss.example .com, is not an endpoint",
        "https://hss.example.com//, is not an endpoint",
        "https://hss_example.com:x, is not an endpoint"
    })
    void refusesAnythingElseWithTheReason(String text, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> Endpoints.parse(text))
                .getMessage();

        assertTrue(message.contains(reason), message);
    }

    @Test
    void takesNoPlainHttpAtAllInFipsMode() throws Exception {
        String usual = System.getProperty(FIPS);
        System.setProperty(FIPS, "true");
        // Jenkins reads the property when the class is loaded: here by classes of its own.
        try (URLClassLoader classes = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Method parse = classes.loadClass(Endpoints.class.getName()).getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);

            assertEquals(URI.create("https://127.0.0.1:8443"), parse.invoke(null, "https://127.0.0.1:8443"));
            Throwable refusal = assertThrows(
                            InvocationTargetException.class, () -> parse.invoke(null, "http://127.0.0.1:8181"))
                    .getCause();
            assertTrue(refusal.getMessage().contains("not for FIPS mode"), refusal::toString);
        } finally {
            if (usual == null) {
                System.clearProperty(FIPS);
            } else {
                System.setProperty(FIPS, usual);
            }
        }
    }

    private static URL[] classPath() throws Exception {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = new File(entries[i]).toURI().toURL();
        }
        return urls;
    }
}
