package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/** The answers that a test may ask for. */
public final class Answers {
    private Answers() {}

    // Whole answers

    public static Reply status(int status, String json) {
        return bytes(status, "application/json", json.getBytes(UTF_8));
    }

    public static Reply html(int status, String html) {
        return bytes(status, "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    public static Reply bytes(int status, String contentType, byte[] body) {
        return Reply.of(status, contentType, Content.of(body));
    }

    public static Reply empty(int status) {
        return Reply.of(status, null, Content.of(""));
    }

    public static Reply redirect(int status, String location) {
        return empty(status).withHeader("Location", location);
    }

    /** An error as the service words it. */
    public static Reply hss(int status, String code, String message) {
        return Reply.json(status, Json.object("error_code", code, "error_msg", message, "error_description", message));
    }

    /** An error of the gateway before the service. */
    public static Reply gateway(int status, String code, String message) {
        String id = UUID.randomUUID().toString().replace("-", "");
        return Reply.json(status, Json.object("error_code", code, "error_msg", message, "request_id", id))
                .withHeader("X-Request-Id", id);
    }

    /** An error of IAM. */
    public static Reply iam(int status, String message) {
        String title =
                switch (status) {
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 503 -> "Service Unavailable";
                    default -> "Internal Server Error";
                };
        return Reply.json(
                status, Json.object("error", Json.object("code", status, "message", message, "title", title)));
    }

    /** A correct JSON object of so many bytes, made while it is sent. */
    public static Reply huge(long bytes) {
        return Reply.of(200, "application/json", Content.padded("{\"task_id\":\"", "\"}", bytes));
    }

    /** JSON nested so many levels deep. */
    public static Reply deep(int levels) {
        return status(200, "{\"deep\":" + "[".repeat(levels) + "]".repeat(levels) + "}");
    }

    public static Reply truncatedZip() {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try {
            Report.findings("malwares", 100).writeTo(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes(200, "application/zip", Arrays.copyOf(zip.toByteArray(), zip.size() / 2));
    }

    public static Reply notAZip() {
        return bytes(200, "application/zip", "<html><body>Sign in</body></html>".getBytes(UTF_8));
    }

    // What the service does, and what becomes of its answer

    /** No fault at all: for the calls between two faults. */
    public static Answer behave() {
        return exchange -> exchange.send(exchange.behave());
    }

    /** The service acts and answers without telling the length beforehand. */
    public static Answer chunked() {
        return exchange -> {
            Reply reply = exchange.behave();
            exchange.head(reply, "Transfer-Encoding: chunked");
            Outputs.Chunked chunks = new Outputs.Chunked(exchange.output());
            reply.content().writeTo(chunks);
            chunks.finish();
        };
    }

    /** The service acts; its body arrives byte by byte. */
    public static Answer drip(Duration betweenBytes) {
        return exchange -> {
            Reply reply = exchange.behave();
            exchange.head(reply, reply.content().length());
            exchange.output().flush();
            reply.content().writeTo(new Outputs.Dripping(exchange, betweenBytes));
        };
    }

    /** The service acts; of its answer only the headers and half of the body arrive, and the connection stays open. */
    public static Answer stallWithin() {
        return exchange -> {
            half(exchange);
            exchange.stall();
        };
    }

    /** The service acts; the connection ends in the middle of its answer. */
    public static Answer cut() {
        return exchange -> {
            half(exchange);
            exchange.close();
        };
    }

    /** The service acts; its answer is longer than its Content-Length says. */
    public static Answer tooLong() {
        return exchange -> {
            Reply reply = exchange.behave();
            exchange.head(reply, reply.content().length() / 2);
            reply.content().writeTo(exchange.output());
            exchange.close();
        };
    }

    /** The lost answer: the service acts, and the connection ends. */
    public static Answer closeAfterReadingButAct() {
        return exchange -> {
            exchange.behave();
            exchange.close();
        };
    }

    /** The held answer: the service acts, and is silent until the client leaves or the fake is closed. */
    public static Answer stallButAct() {
        return exchange -> {
            exchange.behave();
            exchange.stall();
        };
    }

    private static void half(Exchange exchange) throws IOException {
        Reply reply = exchange.behave();
        long length = reply.content().length();
        exchange.head(reply, length);
        reply.content().writeTo(new Outputs.Limited(exchange.output(), length / 2));
        exchange.output().flush();
    }

    // No answer

    /** The connection is reset when only the head of the request has been read. */
    public static Answer resetBeforeReading() {
        return new Answer() {
            @Override
            public void give(Exchange exchange) throws IOException {
                exchange.reset();
            }

            @Override
            public boolean readsBody() {
                return false;
            }
        };
    }

    public static Answer resetAfterReading() {
        return Exchange::reset;
    }

    public static Answer closeAfterReading() {
        return Exchange::close;
    }

    /** Silence until the client leaves or the fake is closed. */
    public static Answer stall() {
        return Exchange::stall;
    }

    /** Something that isn't HTTP. */
    public static Answer garbage() {
        return raw("220 mail.example.com ESMTP ready\r\n".getBytes(UTF_8));
    }

    /** These bytes in place of a whole HTTP response. */
    public static Answer raw(byte[] bytes) {
        return exchange -> {
            OutputStream out = exchange.output();
            out.write(bytes);
            exchange.close();
        };
    }
}
