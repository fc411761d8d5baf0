package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.CicdImage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSelectionTest {
    private static final Instant AFTER = Instant.ofEpochMilli(1_000_000);
    private static final long BEFORE = AFTER.toEpochMilli() - 1;
    private static final long LATER = AFTER.toEpochMilli() + 1;

    @Test
    void aScanThatEndedInTimeCounts() throws Exception {
        CicdImage row = Rows.row().build();

        assertEquals(row, select(row).image());
        assertTrue(select(row).hasSucceeded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"success", "failed", "download_failed", "image_oversized"})
    void anOlderScanDoesNotCountWhateverItsEnd(String status) throws Exception {
        ImageSelection selection =
                select(Rows.row().status(status).scannedAt(BEFORE).build());

        assertNull(selection.image());
        assertTrue(selection.reason().contains("scannedAfter"), selection.reason());
    }

    @Test
    void aScanWithoutATimeDoesNotCount() throws Exception {
        assertNull(select(Rows.row().scannedAt(null).build()).image());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "download_failed", "image_oversized"})
    void aFailedScanIsToldInHssWords(String status) throws Exception {
        ImageSelection selection = select(
                Rows.row().status(status).failureCode("response_timed_out").build());

        assertTrue(selection.hasFailed());
        assertEquals(status + ", response_timed_out", selection.reason());
    }

    @Test
    void aSuccessWithAFailureCodeHasFailed() throws Exception {
        assertTrue(select(Rows.row().failureCode("failed_to_scan_vulnerability").build())
                .hasFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scanning", "waiting_for_scan", "unscan", "a word of tomorrow"})
    void anUnfinishedScanIsWaitedForEvenWhereAnotherHasEnded(String status) throws Exception {
        ImageSelection selection = select(
                Rows.row().build(),
                Rows.row()
                        .id("image-2")
                        .status(status)
                        .scannedAt(null)
                        .updatedAt(LATER)
                        .build());

        assertNull(selection.image());
        assertTrue(selection.reason().contains(status), selection.reason());
    }

    @Test
    void aMissingStatusIsWaitedFor() throws Exception {
        assertNull(select(Rows.row().status(null).build()).image());
    }

    @Test
    void aRowThatIsOldAndNotYetScannedDoesNotCount() throws Exception {
        CicdImage scanned = Rows.row().build();
        CicdImage forgotten = Rows.row()
                .id("image-2")
                .status("unscan")
                .scannedAt(null)
                .updatedAt(BEFORE)
                .build();

        assertEquals(scanned, select(scanned, forgotten).image());
    }

    @Test
    void ofOneImageTheLastScanCounts() throws Exception {
        CicdImage first = Rows.row().scannedAt(LATER).build();
        CicdImage second =
                Rows.row().id("image-2").status("failed").scannedAt(LATER + 1).build();

        assertTrue(select(second, first).hasFailed());
        assertTrue(select(first, second).hasFailed());
    }

    @Test
    void ofTwoScansThatEndedAtOnceTheFailedOneCounts() throws Exception {
        CicdImage good = Rows.row().build();
        CicdImage bad = Rows.row().id("image-2").status("failed").build();

        assertTrue(select(good, bad).hasFailed());
        assertTrue(select(bad, good).hasFailed());
    }

    @Test
    void withoutADigestTheImageIdTellsImagesApart() throws Exception {
        CicdImage one = Rows.row().digest(null).build();

        assertEquals(
                one,
                select(one, Rows.row().digest(null).scannedAt(BEFORE).build()).image());
        assertThrows(
                ScanException.class,
                () -> select(one, Rows.row().digest(null).id("image-2").build()));
    }

    @Test
    void moreThanOneImageIsRefusedWithWhatTellsThemApart() {
        CicdImage other = Rows.row().digest("sha256:other").build();
        CicdImage elsewhere = Rows.row().cicdName("other-pipeline").build();

        String digests = assertThrows(
                        ScanException.class, () -> select(Rows.row().build(), other))
                .getMessage();
        String accesses = assertThrows(
                        ScanException.class, () -> select(Rows.row().build(), elsewhere))
                .getMessage();

        assertTrue(digests.contains("sha256:other") && digests.contains(Rows.DIGEST), digests);
        assertTrue(accesses.contains("other-pipeline") && accesses.contains("cicdName"), accesses);
    }

    @Test
    void theNameOfTheAccessPartsThem() throws Exception {
        CicdImage mine = Rows.row().build();
        CicdImage elsewhere = Rows.row().cicdName("other-pipeline").build();

        assertEquals(
                mine,
                ImageSelection.of(List.of(mine, elsewhere), options("shop/web:42", "shop-pipeline"), AFTER)
                        .image());
    }

    @Test
    void withoutARowTheReasonNamesOthersOfThatName() throws Exception {
        String none = select().reason();
        String others = select(Rows.row().version("41").build()).reason();

        assertTrue(none.contains("shop/web:42"), none);
        assertTrue(others.contains("tag 41"), others);
        assertFalse(
                select(Rows.row().name("api").version("41").build()).reason().contains("tag 41"));
    }

    private static ImageSelection select(CicdImage... rows) throws ScanException {
        return ImageSelection.of(List.of(rows), options("shop/web:42", null), AFTER);
    }

    private static ScanOptions options(String image, String cicdName) {
        return new ScanOptions(
                ImageReference.parse(image),
                cicdName,
                AFTER,
                false,
                EnumSet.copyOf(FindingType.DEFAULT),
                List.of(),
                true,
                List.of(),
                1000,
                Duration.ofMinutes(30));
    }
}
