package io.jenkins.plugins.hss.client;

/**
 * What HSS's baseline checks have found in an image, as ShowImageBaselineStatistic gives it.
 *
 * @param passwords weak passwords and password policies that are too weak
 * @param settings unsafe settings
 */
public record BaselineStatistic(long passwords, long settings) {}
