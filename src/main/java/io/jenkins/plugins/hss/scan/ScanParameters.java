package io.jenkins.plugins.hss.scan;

import hudson.model.Result;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.engine.ScanOptions;

/**
 * What a build asks for, checked and with its variables replaced.
 *
 * @param options which scan to find and how to judge it
 * @param overrides where and as whom
 * @param notScanned what the build becomes when no scan of the image was found, or it failed: {@link Result#FAILURE} or
 *     {@link Result#UNSTABLE}
 * @param archiveFindings whether the findings become artifacts
 */
public record ScanParameters(
        ScanOptions options, ConnectionOverrides overrides, Result notScanned, boolean archiveFindings) {}
