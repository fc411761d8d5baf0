package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.hss.client.Generated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @Test
    void hiddenCharactersBecomeEscapes() {
        assertEquals("a\\u202Egpj.exe", VisibleText.of("a\u202egpj.exe"));
        assertEquals("\\u0000\\u000A\\u001B[31m\\u0085\\u2028", VisibleText.of("\u0000\n\u001b[31m\u0085\u2028"));
        assertEquals("\\uD800x\\uDFFF", VisibleText.of("\ud800x\udfff"));
        assertEquals("\\uDB40\\uDC01", VisibleText.of(Character.toString(0xe0001)));
    }

    @Test
    void textThatCanBeSeenStays() {
        String text = "漏洞 Ünïcode 😀 <b>\"\\";
        assertSame(text, VisibleText.of(text));
    }

    @Test
    void nothingHiddenIsLeftInAnyText() {
        Generated.forAny(300, random -> {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(50), 0, 0x10000).forEach(unit -> text.append((char) unit));
            assertTrue(VisibleText.of(text.toString()).codePoints().noneMatch(VisibleText::isHidden));
        });
    }

    @Test
    void webAddressesMayBecomeLinks() {
        assertEquals("https://example.com/a?b=c#d", WebLink.of("https://example.com/a?b=c#d"));
        assertEquals("HTTP://example.com:8080", WebLink.of(" HTTP://example.com:8080\n"));
        assertEquals("https://example.com/%E2%80%AE", WebLink.of("https://example.com/\u202e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//example.com",
                "example.com",
                "https:",
                "https:///path",
                "https://huaweicloud.com@example.com/",
                "https://example.com/\"onclick=\"alert(1)",
                "https://example.com/<img>",
                "java\nscript:alert(1)",
                ""
            })
    void nothingElseBecomesALink(String text) {
        assertNull(WebLink.of(text));
    }
}
