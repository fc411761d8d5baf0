package io.jenkins.plugins.hss.client;

import io.jenkins.plugins.hss.fake.FakeHss;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A caller whose headers come from the test. */
record GivenHeaders(Source source) implements Authentication {
    /** Where the headers come from. */
    interface Source {
        Map<String, String> get(CallContext context) throws IOException, InterruptedException;
    }

    /** Returns the headers of the token {@code given}, after something has happened. */
    static GivenHeaders after(Runnable happening) {
        return new GivenHeaders(context -> {
            happening.run();
            return Map.of("X-Auth-Token", "given");
        });
    }

    @Override
    public Map<String, String> headers(ApiRequest request, CallContext context)
            throws IOException, InterruptedException {
        return source.get(context);
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        throw new IllegalStateException("no renewal");
    }

    @Override
    public String projectId(CallContext context) {
        return FakeHss.PROJECT;
    }

    @Override
    public String refusedHint() {
        return "";
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }
}
