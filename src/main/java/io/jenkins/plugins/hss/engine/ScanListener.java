package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;
import java.io.IOException;

/** Is told how far the reading of a scan's result has come. */
public interface ScanListener {
    /** No scan of the image that counts is there yet; the reason is for people, and told when it changes. */
    void waiting(String reason);

    /** HSS has scanned the image. */
    void scanned(CicdImage image, boolean byTagOnly) throws IOException;

    /** So many rows of one type have been read. */
    void reading(FindingType type, long rows, long total);

    /** Something that people should know, in words. */
    void note(String text);
}
