package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExportFieldTest {
    private static String refusal(ExportField field, Object value) {
        return assertThrows(IllegalArgumentException.class, () -> field.check(value))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPORT_SIZE | 0          | exportSize must be 1 to 200000, but is 0",
                "EXPORT_SIZE | -1         | exportSize must be 1 to 200000, but is -1",
                "EXPORT_SIZE | 200001     | exportSize must be 1 to 200000, but is 200001",
                "IMAGE_SIZE  | -1         | imageSize must be 0 to 2147483547, but is -1",
                "IMAGE_SIZE  | 2147483548 | imageSize must be 0 to 2147483547, but is 2147483548",
                "IMAGE_SIZE  | 9223372036854775807 | imageSize must be 0 to 2147483547, but is 9223372036854775807",
                "START_LATEST_UPDATE_TIME | -1 | updatedAfter must be a time after 1970, but is -1",
                "END_LATEST_UPDATE_TIME   | -1 | updatedBefore must be a time after 1970, but is -1",
                "START_LATEST_SCAN_TIME   | -1 | scannedAfter must be a time after 1970, but is -1",
                "END_LATEST_SCAN_TIME     | -1 | scannedBefore must be a time after 1970, but is -1",
            })
    void aNumberOutOfItsRangeIsNamed(ExportField field, long value, String message) {
        assertEquals(message, refusal(field, value));
    }

    @ParameterizedTest
    @CsvSource({"EXPORT_SIZE, 1", "EXPORT_SIZE, 200000", "IMAGE_SIZE, 0", "IMAGE_SIZE, 2147483547"})
    void theEndsOfARangeBelongToIt(ExportField field, long value) {
        field.check(value);
    }

    @ParameterizedTest
    @CsvSource({
        "SECURITY_REPORT_TYPE, 65535",
        "IMAGE_TYPE, 65535",
        "SCAN_STATUS, 65535",
        "NAMESPACE, 65535",
        "IMAGE_NAME, 65535",
        "IMAGE_VERSION, 65535",
        "IMAGE_ID, 128",
        "SEVERITY_LEVEL, 65535",
        "INSTANCE_NAME, 128",
        "CICD_NAME, 128",
        "BUILD_COMMAND_RISK_LEVEL, 65535",
        "BUILD_COMMAND_RISK_NAME, 128"
    })
    void aTextHasACharacterAtLeastAndNoMoreThanTheApiAllows(ExportField field, int longest) {
        String name = field.parameter();
        field.check("\uD83D\uDC33".repeat(longest));

        assertEquals(
                name + " must have 1 to " + longest + " characters, but has " + (longest + 1),
                refusal(field, "\uD83D\uDC33".repeat(longest + 1)));
        assertEquals(name + " must have 1 to " + longest + " characters, but has 0", refusal(field, ""));
        assertEquals(name + " contains a lone surrogate, which is not a character", refusal(field, "a\uD83D"));
    }

    @ParameterizedTest
    @CsvSource({"IMAGE_ID_LIST, 256", "BUILD_COMMAND_RULE_ID_LIST, 64"})
    void aListHasAnItemAtLeastAndNoMoreThanTheApiAllows(ExportField field, int longest) {
        String name = field.parameter();
        field.check(Collections.nCopies(200, "a".repeat(longest)));

        assertEquals(name + " must have 1 to 200 items, but has 0", refusal(field, List.of()));
        assertEquals(name + " must have 1 to 200 items, but has 201", refusal(field, Collections.nCopies(201, "a")));
        assertEquals(
                name + "[1] must have 1 to " + longest + " characters, but has 0", refusal(field, List.of("a", "")));
        assertEquals(
                name + "[0] must have 1 to " + longest + " characters, but has " + (longest + 1),
                refusal(field, List.of("a".repeat(longest + 1))));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                arguments(ExportField.EXPORT_SIZE, "10", "exportSize must be a whole number, but is 10"),
                arguments(ExportField.EXPORT_SIZE, 1.5, "exportSize must be a whole number, but is 1.5"),
                arguments(ExportField.IMAGE_SIZE, true, "imageSize must be a whole number, but is true"),
                arguments(
                        ExportField.END_LATEST_SCAN_TIME, "now", "scannedBefore must be a time after 1970, but is now"),
                arguments(ExportField.RISKY, "true", "risky must be true or false, but is true"),
                arguments(ExportField.HAS_VUL, 0, "hasVul must be true or false, but is 0"),
                arguments(ExportField.CICD_NAME, 7, "cicdName must be a string, but is 7"),
                arguments(ExportField.SEVERITY_LEVEL, List.of(), "severityLevel must be a string, but is []"),
                arguments(ExportField.IMAGE_ID_LIST, "a", "imageIds must be a list of strings, but is a"),
                arguments(ExportField.IMAGE_ID_LIST, List.of(1), "imageIds[0] must be a string, but is 1"),
                arguments(
                        ExportField.IMAGE_ID_LIST,
                        Arrays.asList("a", null),
                        "imageIds[1] must be a string, but is null"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aValueOfAnotherTypeIsNamed(ExportField field, Object value, String message) {
        assertEquals(message, refusal(field, value));
    }
}
