package io.jenkins.plugins.hss.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What may come instead of the answer of a service. */
public record Fault(String name, Meaning meaning, Happening happening) {
    public static final String LARGE = "200, 100 MiB";
    public static final String UNTRUSTED = "TLS certificate that Java does not trust";

    /** Brings a fault about for the next call of an API. */
    public interface Happening {
        void prepare(FakeHss service, Api api);
    }

    /** What a fault means for whoever called. */
    public enum Meaning {
        /** Odd, yet a whole answer. */
        FINE,
        /** The call has certainly had no effect, and may be repeated. */
        NOT_TAKEN,
        /** The connection ended before an answer began; whoever only reads, Java's HTTP client asks once more itself. */
        DROPPED,
        /** Nobody knows whether the call had an effect; a read may be repeated. */
        UNKNOWN,
        /** The service has decided. */
        REFUSED,
        /** The service has acted, yet nobody understands its answer. */
        BROKEN,
        /** Nobody can be reached, however often it is tried. */
        UNREACHABLE
    }

    public Fault(String name, Meaning meaning, Answer answer) {
        this(name, meaning, (service, api) -> service.next(api, answer));
    }

    /**
     * Returns all of them.
     *
     * @param stranger whom Jenkins doesn't trust
     */
    public static List<Fault> all(SSLContext stranger) {
        List<Fault> faults = new ArrayList<>();
        faults.add(onTheWay("connection refused", FakeHss::refuseConnections));
        faults.add(onTheWay(UNTRUSTED, service -> service.identify(stranger)));
        faults.add(new Fault("no length told beforehand (chunked)", Meaning.FINE, Answers.chunked()));
        faults.add(new Fault("slow drip, whole in time", Meaning.FINE, Answers.drip(Duration.ofMillis(2))));
        faults.add(new Fault("more bytes than announced", Meaning.BROKEN, Answers.tooLong()));
        faults.add(new Fault("reset before the request was read", Meaning.DROPPED, Answers.resetBeforeReading()));
        faults.add(new Fault("reset after the request", Meaning.DROPPED, Answers.resetAfterReading()));
        faults.add(new Fault("closed after the request", Meaning.DROPPED, Answers.closeAfterReading()));
        faults.add(new Fault("answer lost", Meaning.DROPPED, Answers.closeAfterReadingButAct()));
        faults.add(new Fault("silence", Meaning.UNKNOWN, Answers.stall()));
        faults.add(new Fault("silence within the answer", Meaning.UNKNOWN, Answers.stallWithin()));
        faults.add(new Fault("cut within the answer", Meaning.UNKNOWN, Answers.cut()));
        faults.add(new Fault("no HTTP at all", Meaning.UNKNOWN, Answers.garbage()));
        faults.add(new Fault("200, HTML", Meaning.BROKEN, Answers.html(200, "<html>Log in</html>")));
        faults.add(new Fault("200, empty", Meaning.BROKEN, Answers.empty(200)));
        faults.add(new Fault("200, no JSON", Meaning.BROKEN, Answers.status(200, "{\"task_id\":")));
        faults.add(new Fault("200, nothing expected in it", Meaning.BROKEN, Answers.status(200, "{\"a\":1}")));
        faults.add(new Fault("200, nulls", Meaning.BROKEN, Answers.status(200, properties("null"))));
        faults.add(new Fault("200, wrong types", Meaning.BROKEN, Answers.status(200, properties("{\"a\":[]}"))));
        faults.add(new Fault("200, 10,000 levels deep", Meaning.BROKEN, Answers.deep(10_000)));
        faults.add(new Fault(LARGE, Meaning.BROKEN, Answers.huge(100L * (1 << 20))));
        faults.add(new Fault("302 to another host", Meaning.REFUSED, Answers.redirect(302, "http://127.0.0.1:9/")));
        for (String code : List.of("0001", "0002", "0010", "0011", "0013")) {
            faults.add(hss(400, "HSS." + code));
        }
        for (int status : List.of(401, 403, 404)) {
            faults.add(hss(status, "HSS.1000"));
        }
        faults.add(hss(500, "HSS.0003"));
        faults.add(gateway(404, "APIGW.0101"));
        faults.add(gateway(400, "APIGW.0201"));
        faults.add(gateway(413, "APIGW.0201"));
        faults.add(gateway(414, "APIGW.0201"));
        faults.add(gateway(401, "APIGW.0301"));
        faults.add(gateway(401, "APIG.0301"));
        faults.add(gateway(401, "APIGW.0307"));
        for (String code : List.of("0302", "0306", "0310", "0802")) {
            faults.add(gateway(403, "APIGW." + code));
        }
        faults.add(new Fault(
                "429, APIGW.0308, Retry-After: 1",
                Meaning.NOT_TAKEN,
                Answers.gateway(429, "APIGW.0308", "throttled").withHeader("Retry-After", "1")));
        faults.add(new Fault("429, APIGW.0308", Meaning.NOT_TAKEN, Answers.gateway(429, "APIGW.0308", "throttled")));
        faults.add(gateway(500, "APIGW.0601"));
        faults.add(gateway(500, "APIGW.0606"));
        faults.add(gateway(502, "APIGW.0610"));
        faults.add(new Fault("503, APIGW.0613", Meaning.NOT_TAKEN, Answers.gateway(503, "APIGW.0613", "unavailable")));
        for (int status : List.of(400, 401, 403, 404, 500, 503)) {
            faults.add(new Fault(
                    status + ", IAM",
                    status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                    Answers.iam(status, "IAM says no")));
        }
        faults.add(new Fault("403, HTML of a proxy", Meaning.REFUSED, Answers.html(403, "<html>forbidden</html>")));
        faults.add(new Fault("407, empty, of a proxy", Meaning.REFUSED, Answers.empty(407)));
        faults.add(new Fault("502, HTML of a proxy", Meaning.UNKNOWN, Answers.html(502, "<html>bad gateway</html>")));
        faults.add(new Fault("504, empty, of a proxy", Meaning.UNKNOWN, Answers.empty(504)));
        return faults;
    }

    /** What befalls all connections from now on, those of the calls that come first excepted. */
    private static Fault onTheWay(String name, Consumer<FakeHss> change) {
        return new Fault(name, Meaning.UNREACHABLE, (service, api) -> {
            switch (api) {
                case STATUS, STATISTIC -> service.next(Api.SUBMIT, lastBefore(service, change));
                case DOWNLOAD -> service.next(Api.STATUS, lastBefore(service, change));
                default -> change.accept(service);
            }
        });
    }

    private static Answer lastBefore(FakeHss service, Consumer<FakeHss> change) {
        return exchange -> {
            change.accept(service);
            exchange.send(exchange.behave().withHeader("Connection", "close"));
        };
    }

    private static Fault hss(int status, String code) {
        return new Fault(
                status + ", " + code,
                status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                exchange -> exchange.send(
                        Answers.hss(status, code, "参数错误 <b>" + secret(exchange.call()) + "</b>\n\tat java")));
    }

    private static Fault gateway(int status, String code) {
        return new Fault(
                status + ", " + code,
                status < 500 ? Meaning.REFUSED : Meaning.UNKNOWN,
                exchange -> exchange.send(
                        Answers.gateway(status, code, "The gateway says no to " + secret(exchange.call()))));
    }

    /** Returns what nobody may see of a call, for the answer to blurt out. */
    private static String secret(Call call) {
        return call.api() == Api.TOKEN ? call.body() : call.header("x-auth-token");
    }

    private static String properties(String value) {
        return Stream.of("task_id", "task_status", "file_id", "total_num", "data_list", "token", "projects")
                .map(name -> "\"" + name + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
