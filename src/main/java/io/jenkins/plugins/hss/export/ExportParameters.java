package io.jenkins.plugins.hss.export;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.hss.client.ExportRequest;
import io.jenkins.plugins.hss.config.ConnectionOverrides;
import io.jenkins.plugins.hss.engine.ExportOptions;

/**
 * What a build asks for, checked and with its variables replaced.
 *
 * @param request what to export
 * @param options what to do with the task
 * @param overrides where and as whom
 * @param cicdName the name of the CI/CD access; null for none
 * @param taskIdVariable one more environment variable for the task's ID; null for none
 */
public record ExportParameters(
        ExportRequest request,
        ExportOptions options,
        ConnectionOverrides overrides,
        @CheckForNull String cicdName,
        @CheckForNull String taskIdVariable) {}
