package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.SafeText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Looks at a downloaded report without unpacking it. */
final class ReportFile {
    private static final int MAX_NAMES = 20;
    /** The end of a zip file: a record of 22 bytes and a comment of up to 65,535. */
    private static final int MAX_END = 22 + 0xffff;

    private static final int END_SIGNATURE = 0x06054b50;
    /** Java reads the whole directory of a zip file into memory. */
    private static final long MAX_DIRECTORY = 4 << 20;

    private static final Charset CHINESE = Charset.forName("GB18030");

    private ReportFile() {}

    /**
     * Returns the names of the first 20 files in a report; none where its directory is huge.
     *
     * @throws ZipException when it is empty, cut, or no zip file at all
     */
    static List<String> names(Path file) throws IOException {
        if (directorySize(file) > MAX_DIRECTORY) {
            return List.of();
        }
        try {
            return names(file, StandardCharsets.UTF_8);
        } catch (ZipException e) {
            // Names that are no UTF-8 are Chinese, if anything; a file that is broken fails either way.
            return names(file, CHINESE);
        }
    }

    private static List<String> names(Path file, Charset charset) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), charset)) {
            return zip.stream()
                    .limit(MAX_NAMES)
                    .map(entry -> SafeText.of(entry.getName(), List.of()))
                    .toList();
        }
    }

    private static long directorySize(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(MAX_END, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = end.length - 22; at >= 0; at--) {
                if (bytes.getInt(at) == END_SIGNATURE) {
                    return Integer.toUnsignedLong(bytes.getInt(at + 12));
                }
            }
        }
        throw new ZipException(Messages.ReportFile_noZip());
    }
}
