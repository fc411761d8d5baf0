package io.jenkins.plugins.hss.engine;

import io.jenkins.plugins.hss.client.CicdImage;

/** Rows of ListCicdImages for tests: {@code shop/web:42}, scanned well, without a finding. */
final class Rows {
    static final String DIGEST = "sha256:" + "74ddd0ec08fa43dd".repeat(4);

    private String imageId = "image-1";
    private String digest = DIGEST;
    private String cicdName = "shop-pipeline";
    private String namespace = "shop";
    private String name = "web";
    private String version = "42";
    private String status = "success";
    private String failureCode;
    private Long scannedAt = 1_000_000L;
    private Long updatedAt = 900_000L;

    private Rows() {}

    static Rows row() {
        return new Rows();
    }

    Rows id(String other) {
        imageId = other;
        return this;
    }

    Rows digest(String other) {
        digest = other;
        return this;
    }

    Rows cicdName(String other) {
        cicdName = other;
        return this;
    }

    Rows namespace(String other) {
        namespace = other;
        return this;
    }

    Rows name(String other) {
        name = other;
        return this;
    }

    Rows version(String other) {
        version = other;
        return this;
    }

    Rows status(String other) {
        status = other;
        return this;
    }

    Rows failureCode(String other) {
        failureCode = other;
        return this;
    }

    Rows scannedAt(Long other) {
        scannedAt = other;
        return this;
    }

    Rows updatedAt(Long other) {
        updatedAt = other;
        return this;
    }

    CicdImage build() {
        return new CicdImage(
                imageId,
                digest,
                cicdName,
                null,
                namespace,
                name,
                version,
                status,
                failureCode,
                null,
                scannedAt,
                updatedAt,
                0L,
                0L,
                0L,
                "Security");
    }
}
