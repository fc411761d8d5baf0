package io.jenkins.plugins.hss.fake;

/** Ends a call with an error of the service. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    Refusal(Reply reply) {
        super(null, null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
