package io.jenkins.plugins.hss;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** A fake HSS in a process of its own, where what it costs can't be taken for what the plugin costs. */
final class StandIn implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;
    private final String url;

    StandIn() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandIn.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(process.getOutputStream(), true, UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        url = answer();
    }

    String url() {
        return url;
    }

    /** The time that all tasks take, running ones too. */
    void exportsTake(Duration duration) throws IOException {
        order(duration.toString());
    }

    /** The number of export tasks created. */
    int tasks() throws IOException {
        return order("");
    }

    private synchronized int order(String duration) throws IOException {
        orders.println(duration);
        return Integer.parseInt(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new EOFException("the stand-in has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        process.destroy();
    }

    /** Tells where it is; then reads how long tasks take, or an empty line, and tells how many there are. */
    public static void main(String[] args) throws IOException {
        try (FakeHss hss = new FakeHss().token(HssJenkins.TOKEN);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println(hss.url());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (!order.isEmpty()) {
                    hss.exportsTake(Duration.parse(order));
                }
                System.out.println(hss.tasks());
            }
        }
    }
}
