package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The zip files that exports end in. */
final class Report {
    private static final LocalDateTime TIME = LocalDateTime.of(2025, 8, 15, 12, 0);
    private static final byte[] LINES = "shop/web,1.4.2,openssl,3.0.11-1~deb12u2,高危,CVE-2024-0001,open\n"
            .repeat(1024)
            .getBytes(UTF_8);
    private static final List<String> OF_ANY_TYPE =
            List.of("镜像名称,镜像版本,结果", "shop/web,1.4.2,可疑", "shop/api,2.0.0,suspicious");

    /** For each report type the header of its table and some findings to repeat. */
    private static final Map<String, List<String>> SHEETS = Map.of(
            "malwares",
            List.of(
                    "镜像名称,镜像版本,恶意文件名称,文件路径,文件大小,风险等级",
                    "shop/web,1.4.2,Trojan.Linux.CoinMiner,/tmp/.cache/kworkerd,2310144,高危",
                    "shop/api,2.0.0,Backdoor.PHP.Webshell,/var/www/html/上传/shell.php,1873,高危"),
            "apps",
            List.of(
                    "镜像名称,镜像版本,软件名称,软件版本,漏洞数量",
                    "shop/web,1.4.2,openssl,3.0.11-1~deb12u2,2",
                    "shop/api,2.0.0,log4j-core,2.14.1,4"),
            "files",
            List.of(
                    "镜像名称,镜像版本,文件总数,文件总大小,路径",
                    "shop/web,1.4.2,1203,73400320,/usr/share/nginx",
                    "shop/api,2.0.0,88,15728640,/opt/应用/lib"),
            "sensitive-info",
            List.of(
                    "镜像名称,镜像版本,敏感信息,文件路径,风险等级",
                    "shop/web,1.4.2,RSA private key,/root/.ssh/id_rsa,高危",
                    "shop/api,2.0.0,数据库口令,/opt/应用/config.yml,中危"),
            "non-compliant-app",
            List.of(
                    "镜像名称,镜像版本,软件名称,软件版本,不合规原因",
                    "shop/web,1.4.2,telnetd,0.17,禁止使用的软件",
                    "shop/api,2.0.0,vsftpd,3.0.3,禁止使用的软件"),
            "build-command-risks",
            List.of(
                    "镜像名称,镜像版本,风险名称,构建指令,风险等级",
                    "shop/web,1.4.2,以root用户运行,USER root,high",
                    "shop/api,2.0.0,\"使用ADD指令\",\"ADD https://example.com/a.tgz /opt\",medium"));

    private Report() {}

    /** The name of the report, without an extension. */
    static String name(String type) {
        return "image-" + type.replaceAll("[^A-Za-z0-9-]", "_");
    }

    /** A table of findings: UTF-8 with a byte order mark, as spreadsheets like it. */
    static Content findings(String type, long rows) {
        List<String> sheet = SHEETS.getOrDefault(type, OF_ANY_TYPE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(entry(name(type) + ".csv"));
            zip.write(("\uFEFF" + sheet.get(0) + "\r\n").getBytes(UTF_8));
            for (long row = 0; row < rows; row++) {
                String finding = sheet.get(1 + (int) (row % (sheet.size() - 1)));
                zip.write((finding + "\r\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Content.of(bytes.toByteArray());
    }

    /** A zip of exactly so many bytes, less than 4 GiB, made while it is sent. */
    static Content ofSize(long bytes) {
        long overhead = stored(0).length;
        long size = bytes - overhead;
        if (size < 0 || bytes > 0xFFFF_0000L) {
            throw new IllegalArgumentException("no zip of " + bytes + " bytes");
        }
        long crc = crc(size);
        return new Content() {
            @Override
            public long length() {
                return bytes;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writeStored(out, size, crc);
            }
        };
    }

    private static byte[] stored(long size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeStored(bytes, size, crc(size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeStored(OutputStream out, long size, long crc) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipEntry entry = entry("image-files.csv");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(crc);
        zip.putNextEntry(entry);
        for (long left = size; left > 0; left -= LINES.length) {
            zip.write(LINES, 0, (int) Math.min(left, LINES.length));
        }
        zip.finish();
    }

    private static long crc(long size) {
        CRC32 crc = new CRC32();
        for (long left = size; left > 0; left -= LINES.length) {
            crc.update(LINES, 0, (int) Math.min(left, LINES.length));
        }
        return crc.getValue();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
