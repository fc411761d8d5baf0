package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.hss.client.Page;
import io.jenkins.plugins.hss.client.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowListTest {
    private final List<Long> offsets = new ArrayList<>();

    @Test
    void allPagesAreReadToTheEnd() throws Exception {
        List<Row> rows = rows(IntStream.range(0, 3_000));

        RowList list = RowList.read(pages(rows), wanted -> wanted, (read, total) -> {});

        assertEquals(rows, list.rows());
        assertEquals(0, list.missing());
        assertEquals(15, offsets.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 200})
    void noMorePagesThanNeededAreRead(long max) throws Exception {
        RowList list = RowList.read(pages(rows(IntStream.range(0, 450))), wanted -> max, (read, total) -> {});

        assertEquals(List.of(0L), offsets);
        assertEquals(450, list.total());
        assertEquals(250, list.missing());
    }

    @Test
    void anEmptyListIsOneCall() throws Exception {
        assertEquals(
                0,
                RowList.read(pages(List.of()), wanted -> 1000, (read, total) -> {})
                        .total());
        assertEquals(List.of(0L), offsets);
    }

    @Test
    void rowsAlikeOnOnePageAreOneFinding() throws Exception {
        RowList list = RowList.read(pages(rows(IntStream.of(1, 2, 2, 2, 3))), wanted -> 1000, (read, total) -> {});

        assertEquals(3, list.total());
        assertEquals(3, list.rows().size());
        assertEquals(0, list.missing());
    }

    @Test
    void rowsThatShiftBetweenPagesAreReadAgainAndPutTogether() throws Exception {
        List<Row> rows = rows(IntStream.range(0, 300));
        List<Page<Row>> answers = List.of(
                page(300, rows.subList(0, 200)),
                // The last row of the first page has moved here, and row 200 to the first page.
                page(300, concat(rows.subList(199, 200), rows.subList(201, 300))),
                page(300, concat(rows.subList(0, 199), rows.subList(200, 201))),
                page(300, concat(rows.subList(199, 200), rows.subList(201, 300))));

        RowList list = RowList.read(of(answers), wanted -> wanted, (read, total) -> {});

        assertEquals(300, list.rows().size());
        assertEquals(0, list.missing());
    }

    @Test
    void aRowThatIsNeverSeenIsStillCounted() throws Exception {
        List<Row> rows = rows(IntStream.range(0, 300));
        Page<Row> first = page(300, rows.subList(0, 200));
        Page<Row> second = page(300, concat(rows.subList(199, 200), rows.subList(201, 300)));

        RowList list = RowList.read(
                of(List.of(first, second, first, second, first, second)), wanted -> wanted, (read, total) -> {});

        assertEquals(300, list.total());
        assertEquals(1, list.missing());
    }

    @Test
    void aTotalThatChangesBetweenPagesIsRefused() {
        List<Row> rows = rows(IntStream.range(0, 300));

        assertThrows(
                ScanException.Unsettled.class,
                () -> RowList.read(
                        of(List.of(page(300, rows.subList(0, 200)), page(299, rows.subList(200, 299)))),
                        wanted -> wanted,
                        (read, total) -> {}));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 150})
    void fewerRowsThanTheListSaysAreRefused(int given) {
        assertThrows(
                ScanException.Unsettled.class,
                () -> RowList.read(
                        of(List.of(page(200, rows(IntStream.range(0, given))), page(200, List.of()))),
                        wanted -> 1000,
                        (read, total) -> {}));
    }

    @Test
    void moreRowsThanTheListSaysAreRefused() {
        assertThrows(
                ScanException.Unsettled.class,
                () -> RowList.read(
                        of(List.of(page(0, rows(IntStream.range(0, 5))))), wanted -> 1000, (read, total) -> {}));
    }

    private RowList.Pages pages(List<Row> rows) {
        return offset -> {
            offsets.add(offset);
            int from = (int) Math.min(offset, rows.size());
            return page(rows.size(), rows.subList(from, Math.min(from + 200, rows.size())));
        };
    }

    private RowList.Pages of(List<Page<Row>> answers) {
        return offset -> {
            offsets.add(offset);
            return answers.get(offsets.size() - 1);
        };
    }

    private static Page<Row> page(long total, List<Row> rows) {
        return new Page<>(total, rows, null);
    }

    private static List<Row> rows(IntStream numbers) {
        return numbers.mapToObj(number -> new Row(Map.of("n", "" + number), "hash-" + number))
                .toList();
    }

    @SafeVarargs
    private static List<Row> concat(List<Row>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toList();
    }
}
