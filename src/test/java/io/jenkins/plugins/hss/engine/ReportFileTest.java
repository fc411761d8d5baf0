package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.fake.Zips;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    private static final int LONGEST_COMMENT = 0xffff;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("report.zip");
    }

    @Test
    void firstTwentyNamesAreTold() throws Exception {
        List<String> names = IntStream.range(0, 25).mapToObj(i -> "报告-" + i).toList();
        write(StandardCharsets.UTF_8, "", names);

        assertEquals(names.subList(0, 20), ReportFile.names(file));
    }

    @Test
    void namesInGb18030AreRead() throws Exception {
        write(Charset.forName("GB18030"), "", List.of("恶意文件.csv"));

        assertEquals(List.of("恶意文件.csv"), ReportFile.names(file));
    }

    @Test
    void nameCannotForgeALine() throws Exception {
        write(StandardCharsets.UTF_8, "", List.of("a\nb\u001b[8m"));

        assertEquals(1, ReportFile.names(file).get(0).lines().count());
    }

    @Test
    void longestCommentHidesNothing() throws Exception {
        write(StandardCharsets.UTF_8, "x".repeat(LONGEST_COMMENT), List.of("a"));

        assertEquals(List.of("a"), ReportFile.names(file));
    }

    @Test
    void hugeDirectoryIsNotRead() throws Exception {
        String longName = "x".repeat(60_000);
        write(
                StandardCharsets.UTF_8,
                "",
                IntStream.range(0, 80).mapToObj(i -> longName + i).toList());

        assertEquals(List.of(), ReportFile.names(file));
    }

    @Test
    void emptyZipIsAReport() throws Exception {
        write(StandardCharsets.UTF_8, "", List.of());

        assertEquals(List.of(), ReportFile.names(file));
    }

    @Test
    void whatIsNoWholeZipIsRefused() throws Exception {
        byte[] zip = Zips.of("a", "findings");
        for (int length = 0; length < zip.length; length++) {
            Files.write(file, Arrays.copyOf(zip, length));
            assertThrows(ZipException.class, () -> ReportFile.names(file), "of " + length + " bytes");
        }
        Files.writeString(file, "<html>".repeat(20_000));
        assertThrows(ZipException.class, () -> ReportFile.names(file));
    }

    private void write(Charset charset, String comment, List<String> names) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, charset)) {
            zip.setComment(comment);
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
    }
}
