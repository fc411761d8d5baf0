package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The build without Jenkins uses what the plugin's own build uses. */
class StandalonePomTest {
    private static final Path STANDALONE = Path.of(".ci", "standalone.pom.xml");

    @Test
    void versionsAreThoseOfThePlugin() throws Exception {
        Map<String, String> plugin = versions(Path.of("pom.xml"), "dependency", "plugin");
        Map<String, String> standalone = versions(STANDALONE, "dependency", "plugin");
        standalone.keySet().retainAll(plugin.keySet());
        plugin.keySet().retainAll(standalone.keySet());
        assertFalse(standalone.isEmpty());
        assertEquals(plugin, standalone);
    }

    /** In the plugin's build this compares with what its parent, Jenkins and other plugins bring; patches may differ. */
    @Test
    void librariesAreThoseOfTheClassPath() throws Exception {
        List<String> different = new ArrayList<>();
        versions(STANDALONE, "dependency").forEach((name, version) -> {
            String artifact = name.substring(name.indexOf(':') + 1);
            String jar = Pattern.quote(artifact) + "-(\\d.*)\\.jar";
            String minor = version.substring(0, version.lastIndexOf('.') + 1);
            classPath().stream()
                    .filter(file -> file.matches(jar) && !file.startsWith(artifact + "-" + minor))
                    .forEach(file -> different.add(name + ":" + version + ", but " + file));
        });
        assertEquals(List.of(), different);
    }

    private static List<String> classPath() {
        String files = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(files.split(Pattern.quote(File.pathSeparator))).stream()
                .map(file -> new File(file).getName())
                .toList();
    }

    /** Returns the versions that the elements of a POM name, by group and artifact. */
    private static Map<String, String> versions(Path pom, String... elements) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        Map<String, String> versions = new TreeMap<>();
        for (String element : elements) {
            NodeList nodes = project.getElementsByTagName(element);
            for (int index = 0; index < nodes.getLength(); index++) {
                Map<String, String> children = children(nodes.item(index));
                String version = children.get("version");
                if (version != null) {
                    versions.put(
                            children.getOrDefault("groupId", "org.apache.maven.plugins") + ":"
                                    + children.get("artifactId"),
                            version);
                }
            }
        }
        return versions;
    }

    private static Map<String, String> children(Node parent) {
        Map<String, String> children = new TreeMap<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getFirstChild() != null) {
                children.put(child.getNodeName(), child.getTextContent().trim());
            }
        }
        return children;
    }
}
