package io.jenkins.plugins.hss.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Answers the requests of a connection, as the service would or as a test has planned. */
final class Responder {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Service service;
    private final Plan plan;
    private final CountDownLatch closing;
    volatile InstantSource clock = InstantSource.system();
    /** What the header Date tells; null for none. */
    volatile InstantSource date = () -> clock.instant();

    volatile Duration latency = Duration.ZERO;
    volatile boolean stale;

    Responder(Service service, Plan plan, CountDownLatch closing) {
        this.service = service;
        this.plan = plan;
        this.closing = closing;
    }

    void serve(Wire wire) throws IOException {
        boolean last = false;
        for (boolean first = true; !last && wire.hasMore() && (first || !stale); first = false) {
            last = answer(wire, Request.read(wire));
        }
    }

    /** Answers a request; true when the connection ends with that. */
    private boolean answer(Wire wire, Request request) throws IOException {
        Api api = Api.of(request.method(), request.path());
        Answer answer = api == null ? unknown(request) : plan.take(api);
        byte[] body = answer.readsBody() ? request.body() : new byte[0];
        Call call = new Call(
                api,
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                new String(body, UTF_8),
                clock.instant(),
                wire.number());
        if (api != null) {
            service.journal.add(call);
        }
        Exchange exchange =
                new Exchange(call, wire, () -> service.answer(call, body), closing, latency, date(), request.isLast());
        try {
            answer.give(exchange);
        } catch (RuntimeException e) {
            service.journal.violation(call.method() + " " + call.path() + ": " + e);
            throw e;
        }
        return exchange.isLast();
    }

    private String date() {
        InstantSource source = date;
        return source == null ? null : HTTP_DATE.format(source.instant());
    }

    private Reply unknown(Request request) {
        service.journal.violation("no such API: " + request.method() + " " + request.path());
        return Answers.gateway(404, "APIGW.0101", "The API does not exist or has not been published");
    }
}
