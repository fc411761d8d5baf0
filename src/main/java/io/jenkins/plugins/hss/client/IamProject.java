package io.jenkins.plugins.hss.client;

/**
 * The project that a token is to be for.
 *
 * @param property by what IAM finds it: {@code id} or {@code name}
 * @param value the ID or the name
 */
public record IamProject(String property, String value) {
    public static IamProject withId(String id) {
        return new IamProject("id", id);
    }

    /** Returns a region's own project, which has the region's name. */
    public static IamProject ofRegion(String region) {
        return new IamProject("name", region);
    }
}
