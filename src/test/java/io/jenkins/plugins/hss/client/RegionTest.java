package io.jenkins.plugins.hss.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {
    static final List<String> KNOWN = Region.KNOWN;

    @Test
    void givesTheEndpointsOfARegion() {
        Region region = new Region("cn-north-4");

        assertEquals(URI.create("https://hss.cn-north-4.myhuaweicloud.com"), region.hss());
        assertEquals(URI.create("https://iam.cn-north-4.myhuaweicloud.com"), region.iam());
    }

    @Test
    void givesTheEuropeanDomainToTheEuropeanRegionsOnly() {
        assertEquals(URI.create("https://hss.eu-west-101.myhuaweicloud.eu"), new Region("eu-west-101").hss());
        assertEquals(URI.create("https://iam.eu-west-101.myhuaweicloud.eu"), new Region("eu-west-101").iam());
        assertEquals(URI.create("https://hss.eu-west-0.myhuaweicloud.com"), new Region("eu-west-0").hss());
    }

    @ParameterizedTest
    @FieldSource("KNOWN")
    void takesEveryKnownRegion(String name) {
        Region region = new Region(name);

        assertTrue(region.hss().getHost().startsWith("hss." + name + ".myhuaweicloud."));
        assertEquals(name, region.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-kualalumpur-1", "eu-west-101", "zz-somewhere-7", "cn-north-99"})
    void takesRegionsThatMayCome(String name) {
        assertEquals(name, new Region(name).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "cn",
                "cn-north",
                "cn-north-",
                "cn-north-4 ",
                " cn-north-4",
                "cn-north-4\n",
                "CN-NORTH-4",
                "cn_north_4",
                "cn-north-4.evil.example",
                "evil.example/cn-north-4",
                "cn-north-4/",
                "cn-north-4@evil.example",
                "user@cn-north-4",
                "cn-north-4:8443",
                "cn-north-4#",
                "cn-north-4?x=1",
                "cn-north-4%2eevil",
                "cn-north-4\\",
                "cn-north-\u0664",
                "cn-north-\uff14",
                "\u0441n-north-4",
                "cn-\u00f1orth-4",
                "cn-north-4\u3002evil",
                "cn-north--4",
                "cn-north-4-5",
                "cnn-north-4",
                "cn-north-12345",
                "cn-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1"
            })
    void takesNothingThatCouldLeaveTheDomain(String name) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> new Region(name));

        assertTrue(refusal.getMessage().contains("is not the name of a region"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
    }

    @Test
    void offersNoRegionTwice() {
        assertEquals(List.copyOf(Region.KNOWN), Region.KNOWN.stream().distinct().toList());
    }
}
