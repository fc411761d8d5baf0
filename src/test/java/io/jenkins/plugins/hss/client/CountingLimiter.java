package io.jenkins.plugins.hss.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Grants every permit, and keeps a book of them. */
final class CountingLimiter implements RateLimiter {
    private final List<BookedPermit> permits = new ArrayList<>();

    @Override
    public synchronized Permit acquire(Operation operation, CallContext context) {
        BookedPermit permit = new BookedPermit();
        permits.add(permit);
        return permit;
    }

    /** Returns how each permit has ended: the first word counts, as with the real ones. */
    synchronized List<String> ends() {
        return permits.stream().map(permit -> permit.end).toList();
    }

    private final class BookedPermit implements Permit {
        private String end = "open";

        @Override
        public void consume() {
            end("consumed");
        }

        @Override
        public void throttled(Duration pause) {
            end("throttled for " + pause.toSeconds());
        }

        @Override
        public void close() {
            end("unused");
        }

        private void end(String how) {
            synchronized (CountingLimiter.this) {
                if (end.equals("open")) {
                    end = how;
                }
            }
        }
    }
}
