package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A call and the means to answer it. */
public final class Exchange {
    private final Call call;
    private final Wire wire;
    private final Supplier<Reply> behaviour;
    private final CountDownLatch closing;
    private final String date;
    private Duration latency;
    private boolean last;

    /** Takes the call and what its answer is like; the date is that of the header, or null. */
    Exchange(
            Call call,
            Wire wire,
            Supplier<Reply> behaviour,
            CountDownLatch closing,
            Duration latency,
            String date,
            boolean last) {
        this.call = call;
        this.wire = wire;
        this.behaviour = behaviour;
        this.closing = closing;
        this.latency = latency;
        this.date = date;
        this.last = last;
    }

    public Call call() {
        return call;
    }

    /** Does what the service would do, and returns what it would say. */
    public Reply behave() {
        return behaviour.get();
    }

    public void send(Reply reply) throws IOException {
        head(reply, reply.content().length());
        reply.content().writeTo(output());
        output().flush();
    }

    void head(Reply reply, long length) throws IOException {
        head(reply, "Content-Length: " + length);
    }

    void head(Reply reply, String framing) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(call.path().startsWith("/v3/") ? "X-IAM-Trace-Id" : "X-Request-Id", requestId());
        if (date != null) {
            headers.put("Date", date);
        }
        headers.putAll(reply.headers());
        if (last) {
            headers.put("Connection", "close");
        } else {
            last = "close".equalsIgnoreCase(headers.get("Connection"));
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " \r\n" + framing + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        output().write(head.append("\r\n").toString().getBytes(UTF_8));
    }

    private static String requestId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Where the answer goes; the first to ask waits for the latency to pass. */
    OutputStream output() {
        Duration due = latency;
        latency = Duration.ZERO;
        pause(due);
        return wire.out();
    }

    public void close() throws IOException {
        last = true;
        wire.close();
    }

    public void reset() throws IOException {
        last = true;
        wire.reset();
    }

    /** Waits, without a word, until the client leaves or the fake is closed. */
    public void stall() throws IOException {
        last = true;
        wire.in().transferTo(OutputStream.nullOutputStream());
    }

    /** Waits so long, or until the fake is closed. */
    public void pause(Duration duration) {
        try {
            closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isLast() {
        return last;
    }
}
