package io.jenkins.plugins.hss.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first vector is Huawei Cloud's own, the others were computed with Python's hmac and hashlib. */
class SignerTest {
    private static final String ACCESS_KEY = "QTWAOYTTINDUT2QVKYUC";
    private static final String SECRET_KEY = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
    private static final String PROJECT = "77b6a44cba5143ab91d13ab9a8ff44fd";
    private static final byte[] NO_BODY = {};

    private final Signer signer = new Signer(ACCESS_KEY, SECRET_KEY);

    @Test
    void signsThePublishedVector() {
        Map<String, String> headers = signer.sign(
                "GET",
                "/v1/" + PROJECT + "/vpcs",
                "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                Map.of("content-type", "application/json", "host", "service.region.example.com"),
                NO_BODY,
                Instant.parse("2019-11-15T03:36:55Z"));

        assertEquals(
                Map.of(
                        "X-Sdk-Date",
                        "20191115T033655Z",
                        "Authorization",
                        "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, "
                                + "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"),
                headers);
    }

    @Test
    void signsABodyInUtf8AndTheProject() {
        Map<String, String> headers = signer.sign(
                "POST",
                "/v5/" + PROJECT + "/image/security-report/export-tasks",
                "enterprise_project_id=all_granted_eps",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Host",
                        "hss.cn-north-4.myhuaweicloud.com",
                        "X-Project-Id",
                        PROJECT),
                ("{\"export_size\":100,\"security_report_type\":\"malwares\","
                                + "\"operate_all\":true,\"cicd_name\":\"支付流水线\"}")
                        .getBytes(UTF_8),
                Instant.parse("2026-11-24T04:15:00Z"));

        assertSigned(
                ACCESS_KEY,
                "content-type;host;x-project-id;x-sdk-date",
                "1353a5447bc32a8fc1b2bb19c91a33a280dabb4ece10acbf7623cf3da6c23d38",
                headers);
    }

    @Test
    void signsAHostWithItsPortOnALeapDay() {
        Map<String, String> headers = new Signer("FAKEACCESSKEY0000001", "fake-secret/+=~!")
                .sign(
                        "GET",
                        "/v3/projects",
                        "name=cn-north-4",
                        Map.of("Host", "127.0.0.1:8181"),
                        NO_BODY,
                        Instant.parse("2024-02-29T23:59:59.999Z"));

        assertEquals("20240229T235959Z", headers.get("X-Sdk-Date"));
        assertSigned(
                "FAKEACCESSKEY0000001",
                "host;x-sdk-date",
                "625feeaba474edd7d52696615431c819129f98882418801ed1bb7c6e059ae8e9",
                headers);
    }

    @Test
    void signsWhatNeedsEncodingAndTrimming() {
        Map<String, String> headers = signer.sign(
                "GET",
                "/v5/" + ApiRequest.encode("a b*c~d/é") + "/image/cicd/configurations",
                "Zeta=&cicd_name=" + ApiRequest.encode("a b*c~d+e&f=g/支付") + "&limit=200&offset=0&z_=%2520",
                Map.of("Host", "hss.cn-north-4.myhuaweicloud.com", "region", " cn-north-4 "),
                NO_BODY,
                Instant.parse("2030-01-01T00:00:00Z"));

        assertSigned(
                ACCESS_KEY,
                "host;region;x-sdk-date",
                "5533f45cafafc9c325779019cdbf159c9f3e6c169b1e0e49e89b6aad12ea4ca2",
                headers);
    }

    @Test
    void signsWithASecretInUtf8() {
        Map<String, String> headers = new Signer("AK", "密钥🔑")
                .sign(
                        "POST",
                        "/v5/" + PROJECT + "/image/security-report/statistic",
                        "security_report_type=sensitive-info",
                        Map.of(
                                "Host",
                                "hss.eu-west-101.myhuaweicloud.eu:8443",
                                "X-Project-Id",
                                PROJECT,
                                "region",
                                "eu-west-101",
                                "Content-Type",
                                "application/json"),
                        "{\"operate_all\":false,\"image_id_list\":[\"a\"]}".getBytes(UTF_8),
                        Instant.parse("2026-12-31T23:59:59Z"));

        assertSigned(
                "AK",
                "content-type;host;region;x-project-id;x-sdk-date",
                "a41276f3ab11668d3e355efac33f9c0a41fa90b53624e4e556c4eb51cdf738b1",
                headers);
    }

    @Test
    void signsTheRootAndAnyBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        Map<String, String> headers = signer.sign(
                "DELETE", "/", "", Map.of("host", "example.com"), bytes, Instant.parse("1999-12-31T23:59:59Z"));

        assertSigned(
                ACCESS_KEY,
                "host;x-sdk-date",
                "3255e5e2d51d6213309aeee364893377d27b10f3ba2de4ef9b5d8f555f1b3a87",
                headers);
    }

    private static void assertSigned(
            String accessKey, String signedHeaders, String signature, Map<String, String> headers) {
        assertEquals(
                "SDK-HMAC-SHA256 Access=" + accessKey + ", SignedHeaders=" + signedHeaders + ", Signature=" + signature,
                headers.get("Authorization"));
        assertFalse(headers.toString().contains(SECRET_KEY));
    }
}
