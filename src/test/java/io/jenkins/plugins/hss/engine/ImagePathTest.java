package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Generated;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePathTest {
    @ParameterizedTest
    @CsvSource({
        "/usr/bin/nmap, usr/bin/nmap",
        "//usr/./bin//nmap/, usr/bin/nmap",
        "../../etc/passwd, etc/passwd",
        "/a/../../b/.., .",
        "/, .",
        ", .",
        "/a b/c:d?e#f%2e, a%20b/c%3Ad%3Fe%23f%252e",
        "/漏洞/<img>, %E6%BC%8F%E6%B4%9E/%3Cimg%3E",
        "C:\\x, C%3A%5Cx",
        "http://example.com, http%3A/example.com"
    })
    void pathIsRelativeToTheRoot(String path, String uri) {
        assertEquals(uri, ImagePath.uri(path));
    }

    @Test
    void noPathLeavesTheImage() {
        List<String> parts = List.of("/", "..", ".", "a", "%2e", "\\", ":", "\u202e", "\ud800", " ");
        URI root = URI.create("file:///image/");
        Generated.forAny(300, random -> {
            StringBuilder path = new StringBuilder();
            random.ints(random.nextInt(20), 0, parts.size()).forEach(part -> path.append(parts.get(part)));

            URI uri = URI.create(ImagePath.uri(path.toString()));

            assertEquals(null, uri.getScheme());
            assertTrue(root.resolve(uri).normalize().getRawPath().startsWith("/image/"), uri.toString());
        });
    }
}
