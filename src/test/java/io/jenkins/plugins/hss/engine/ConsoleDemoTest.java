package io.jenkins.plugins.hss.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo without Jenkins shows. */
class ConsoleDemoTest {
    @TempDir
    private static Path folder;

    private static List<String> lines;
    private static Duration time;

    @BeforeAll
    static void run() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long start = System.nanoTime();
        try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
            ConsoleDemo.run(folder.resolve("demo"), out);
        }
        time = Duration.ofNanos(System.nanoTime() - start);
        lines = bytes.toString(UTF_8).lines().toList();
    }

    private static void assertShows(long times, String regex) {
        Pattern pattern = Pattern.compile(regex);
        assertEquals(
                times,
                lines.stream().filter(line -> pattern.matcher(line).matches()).count(),
                () -> regex + " in\n" + String.join("\n", lines));
    }

    @Test
    void followsEachTaskToItsEnd() {
        assertShows(3, "   Task      [0-9a-f-]{36}");
        assertShows(3, "   Status    (running( \\.)+ )?success");
        assertShows(3, "   Records   42");
    }

    @Test
    void showsProgressOnOneLine() {
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("   Status    running( \\.){2,} success")),
                lines::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"malwares", "sensitive-info", "apps"})
    void keepsEveryReport(String type) throws Exception {
        Path report = folder.resolve("demo").resolve(type + ".zip");

        assertEquals(List.of("image-" + type + ".csv"), ReportFile.names(report));
        assertShows(
                1,
                "   Report    "
                        + Pattern.quote(report + ", " + Files.size(report) + " bytes, with image-" + type + ".csv"));
    }

    @Test
    void refusesOneOfThreeGates() {
        assertShows(2, "   Verdict   PASSED, as 42 records are not more than 100");
        assertShows(1, "   Verdict   FAILED, as 42 records are more than 10");
        assertShows(1, "   This is what fails the build; .*");
    }

    @Test
    void ridesOutFaultsAndMakesNoSecondTask() {
        assertShows(1, "   Refused   HTTP 429, APIGW\\.0308: nothing was created, next try in 1 s");
        assertShows(1, "   Both were repeated: 4 submits, 4 downloads, yet 3 tasks\\.");
    }

    @Test
    void judgesAScan() throws Exception {
        assertShows(1, "   Findings  vulnerability: 37 \\(high 3, medium 20, low 14\\)");
        assertShows(1, "   Gate      vulnerability, high and above: 3, and 1 .*");
        assertShows(1, "   Gate      malwares: 0, .*");
        assertShows(1, "   Verdict   FAILED");
        Path sarif = folder.resolve("demo").resolve("shop-web-42.sarif");
        assertShows(1, "   SARIF     " + Pattern.quote(sarif + ", " + Files.size(sarif) + " bytes"));
        assertTrue(Files.readString(sarif).contains("RHSA-2026:1037"));
    }

    @Test
    void isShort() {
        assertTrue(time.compareTo(Duration.ofSeconds(20)) < 0, time::toString);
        assertTrue(lines.size() <= 45, lines.size() + " lines");
    }
}
