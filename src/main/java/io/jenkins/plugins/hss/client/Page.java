package io.jenkins.plugins.hss.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.List;

/**
 * A page of a list.
 *
 * @param total the number of rows in the whole list
 * @param rows the rows of this page
 * @param clockOffset how far HSS's clock is ahead of ours by the header {@code Date}, in whole seconds rounded down; null
 *     where there was none
 */
public record Page<T>(
        long total, List<T> rows, @CheckForNull Duration clockOffset) {}
