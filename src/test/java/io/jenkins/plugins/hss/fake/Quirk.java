package io.jenkins.plugins.hss.fake;

/** What only a live server could tell of scan results; unless asked for, the fake does the opposite. */
public enum Quirk {
    /** Vulnerabilities of an empty namespace are refused, and listed where the namespace is not sent. */
    EMPTY_NAMESPACE_REFUSED,
    /** An empty namespace has no vulnerabilities; they are listed where the namespace is not sent. */
    EMPTY_NAMESPACE_FINDS_NOTHING,
    /** Images without the time of a scan come where the newest are, not where the oldest are. */
    UNSCANNED_ARE_NEWEST,
    /** The filters by name take a part of the name for the whole. */
    NAMES_MATCH_IN_PART
}
