package io.jenkins.plugins.hss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.FakeHss;
import io.jenkins.plugins.hss.fake.ScannedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.TestExtension;

/** Every Jenkinsfile and every configuration in the documentation does what it says, and the reference is complete. */
class DocumentationTest extends SharedJenkins {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|.*$", Pattern.MULTILINE);

    @TempDir
    private Path commands;

    /** A block of code on a page. */
    private record Block(Path page, int number, String code) {
        @Override
        public String toString() {
            return page.getFileName() + " #" + number;
        }
    }

    @BeforeEach
    void quickly() {
        System.setProperty("io.jenkins.plugins.hss.firstPollMillis", "20");
        System.setProperty("io.jenkins.plugins.hss.imagePollMillis", "20");
    }

    @AfterEach
    void usually() {
        System.clearProperty("io.jenkins.plugins.hss.firstPollMillis");
        System.clearProperty("io.jenkins.plugins.hss.imagePollMillis");
    }

    @TestFactory
    @DisabledOnOs(OS.WINDOWS)
    Stream<DynamicTest> jenkinsfilesRun() throws Exception {
        List<Block> scripts = blocks("groovy");
        assertFalse(scripts.isEmpty());
        twoConnections();
        dockerIsACommand();
        hss.service().records(0);
        // Scanned for each build, whenever it begins: the first one of its job.
        Instant later = Instant.now().plus(Duration.ofHours(1));
        hss.service()
                .images(
                        ScannedImage.of("shop/web:1").scanned(later),
                        ScannedImage.of("shop/shop-db:1").scanned(later));
        return scripts.stream()
                .map(script -> dynamicTest(script.toString(), () -> {
                    int before = exportsAndScans();
                    // What a shared library defines is called as a Jenkinsfile would.
                    String call = script.code().startsWith("def call(") ? "call 'shop-pipeline'" : "";
                    hss.runs(Result.SUCCESS, script.code() + call);
                    hss.assertKept();
                    assertTrue(exportsAndScans() > before, "nothing was exported, and no scan read");
                }));
    }

    private int exportsAndScans() {
        return hss.service().tasks() + hss.service().calls(Api.VULNERABILITIES).size();
    }

    @TestFactory
    Stream<DynamicTest> configurationsApply() throws Exception {
        List<Block> configurations = blocks("yaml");
        assertFalse(configurations.isEmpty());
        return configurations.stream()
                .map(yaml -> dynamicTest(yaml.toString(), () -> {
                    Path file = Files.writeString(commands.resolve("jenkins.yaml"), yaml.code());
                    ConfigurationAsCode.get().configureWith(YamlSource.of(file));
                    assertEquals(
                            Pattern.compile("- name: \"([^\"]+)\"\\n +(?:region|endpoint):")
                                    .matcher(yaml.code())
                                    .results()
                                    .map(match -> match.group(1))
                                    .toList(),
                            HssGlobalConfiguration.get().getConnections().stream()
                                    .map(HssConnection::getName)
                                    .toList());
                }));
    }

    @Test
    void referenceHasEveryParameterAndFilter() throws Exception {
        String reference = Files.readString(Path.of("docs/reference.md"));
        assertEquals(
                parameters(HssImageReportExportStep.class),
                rows(reference.substring(reference.indexOf("## Parameters"), reference.indexOf("### Report types"))));
        assertEquals(
                parameters(ImageFilter.class),
                rows(reference.substring(
                        reference.indexOf("### Filters"),
                        reference.indexOf("\n## ", reference.indexOf("### Filters")))));
    }

    @Test
    void scanResultsHaveEveryParameter() throws Exception {
        String page = Files.readString(Path.of("docs/scan-results.md"));
        assertEquals(parameters(HssImageScanResultStep.class), rows(section(page, "## Parameters")));
        assertEquals(parameters(ScanQualityGate.class), rows(section(page, "### Quality gates")));
        assertEquals(parameters(IgnoredFinding.class), rows(section(page, "### Ignored findings")));
    }

    private static String section(String page, String heading) {
        int begin = page.indexOf("\n" + heading + "\n") + 1;
        assertTrue(begin > 0, heading);
        return page.substring(begin, page.indexOf("\n##", begin));
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        List<String> dead = new ArrayList<>();
        Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
        for (Path page : pages()) {
            Matcher links = link.matcher(Files.readString(page));
            while (links.find()) {
                Path target = Optional.ofNullable(page.getParent())
                        .orElse(Path.of(""))
                        .resolve(links.group(1));
                if (!Files.exists(target)) {
                    dead.add(page + ": " + links.group(1));
                }
            }
        }
        assertEquals(List.of(), dead);
    }

    private static Set<String> parameters(Class<?> type) {
        return new DescribableModel<>(type)
                .getParameters().stream()
                        .map(DescribableParameter::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rows(String section) {
        return ROW.matcher(section).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of(""))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = BLOCK.matcher(Files.readString(page));
            for (int number = 1; matcher.find(); number++) {
                if (matcher.group(1).equals(language)) {
                    blocks.add(new Block(page, number, matcher.group(2)));
                }
            }
        }
        return blocks;
    }

    private void twoConnections() {
        List<HssConnection> connections = new ArrayList<>();
        for (String name : List.of("beijing", "dublin")) {
            HssConnection connection = new HssConnection(name);
            connection.setEndpoint(hss.service().url().toString());
            connection.setProjectId(FakeHss.PROJECT);
            connection.setCredentialsId(HssJenkins.CREDENTIALS);
            connection.setCallsPerMinute(600);
            connections.add(connection);
        }
        HssGlobalConfiguration.get().setConnections(connections);
        HssGlobalConfiguration.get().setDefaultConnection("beijing");
        HssJenkins.credentials(
                HssJenkins.token(CredentialsScope.GLOBAL, HssJenkins.CREDENTIALS, HssJenkins.TOKEN),
                HssJenkins.token(CredentialsScope.GLOBAL, "hss-cicd-id", "id-of-the-access"));
    }

    private void dockerIsACommand() throws Exception {
        Files.createFile(
                commands.resolve("docker"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(commands.resolve("docker"), "#!/bin/sh\necho docker \"$@\"\n");
        j.jenkins
                .getGlobalNodeProperties()
                .replace(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("PATH+DOCKER", commands.toString())));
    }

    /** Tells the secrets that the configurations ask for. */
    @TestExtension
    public static final class Secrets extends SecretSource {
        @Override
        public Optional<String> reveal(String secret) {
            return Optional.of("value-of-" + secret);
        }
    }
}
