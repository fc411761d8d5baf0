package io.jenkins.plugins.hss.client;

import java.util.List;

/**
 * The CI/CD accesses of an account.
 *
 * @param total how many there are in all
 * @param names the names of the first of them
 */
public record CicdAccesses(long total, List<String> names) {}
