package io.jenkins.plugins.hss.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "web:42, -, web, 42",
                "shop/web:42, -, shop/web, 42",
                "a/b/c:1.0-rc.1, -, a/b/c, 1.0-rc.1",
                "localhost/web:42, localhost, web, 42",
                "localhost:5000/web:42, localhost:5000, web, 42",
                "swr.cn-north-4.myhuaweicloud.com/shop/web:42, swr.cn-north-4.myhuaweicloud.com, shop/web, 42",
                "registry:443/shop/web:42, registry:443, shop/web, 42",
                "商店/网站:四十二, -, 商店/网站, 四十二"
            })
    void theFirstSegmentIsARegistryWhereItLooksLikeAHost(String text, String registry, String path, String tag) {
        ImageReference image = ImageReference.parse(text);

        assertEquals(registry, image.registry());
        assertEquals(path, image.path());
        assertEquals(tag, image.tag());
        assertNull(image.digest());
        assertEquals(text, image.toString());
    }

    @Test
    void aDigestMayStandAloneOrBehindTheTag() {
        ImageReference alone = ImageReference.parse("shop/web@" + DIGEST);
        ImageReference both = ImageReference.parse("r.io:5000/shop/web:42@" + DIGEST);

        assertNull(alone.tag());
        assertEquals(DIGEST, alone.digest());
        assertEquals("42", both.tag());
        assertEquals("shop/web", both.path());
        assertEquals(DIGEST, both.digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                "shop/web",
                "localhost:5000/web",
                "web:",
                ":42",
                "/web:42",
                "shop//web:42",
                "shop/:42",
                "web 1:42",
                "web:4 2",
                "web:42@",
                "web:42@sha256:abc",
                "web:42@md5:0123",
                "web@x@sha256:0",
                "web:42\n"
            })
    void whatIsNoImageWithATagOrADigestIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ImageReference.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "web:42, -, web",
                "shop/web:42, shop, web",
                "shop/web:42, -, shop/web",
                "a/b/c:42, a, b/c",
                "a/b/c:42, a/b, c",
                "r.io:5000/shop/web:42, r.io:5000/shop, web",
                "r.io:5000/shop/web:42, -, r.io:5000/shop/web",
                "r.io:5000/shop/web:42, shop, web"
            })
    void aRowMatchesInEachWayThePathCanBeSplit(String text, String namespace, String name) {
        assertTrue(ImageReference.parse(text)
                .matches(Rows.row().namespace(namespace).name(name).build()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "web:42, shop, web",
                "shop/web:42, -, web",
                "shop/web:42, shop, web2",
                "shop/web:42, shop, Web",
                "shop/web:42, sho, p/web",
                "shop/web:42, r.io/shop, web",
                "r.io/shop/web:42, other.io/shop, web",
                "shop/web:4, shop, web",
                "shop/web:420, shop, web"
            })
    void noOtherRowMatches(String text, String namespace, String name) {
        assertFalse(ImageReference.parse(text)
                .matches(Rows.row().namespace(namespace).name(name).build()));
    }

    @Test
    void withADigestOnlyRowsWithThatDigestMatch() {
        ImageReference image = ImageReference.parse("shop/web:42@" + DIGEST);

        assertTrue(image.matches(Rows.row().digest(DIGEST).build()));
        assertFalse(image.matches(Rows.row().digest(null).build()));
        assertFalse(image.matches(Rows.row().digest(DIGEST.replace('0', '1')).build()));
        assertFalse(image.matches(Rows.row().digest(DIGEST).version("43").build()));
    }
}
