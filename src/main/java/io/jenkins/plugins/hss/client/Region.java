package io.jenkins.plugins.hss.client;

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A region of Huawei Cloud.
 *
 * @param name such as {@code cn-north-4}; well-formed names of regions unknown today will do
 * @see <a href="https://developer.huaweicloud.com/intl/en-us/endpoint">Regions and endpoints</a>
 */
public record Region(String name) {
    /** The names known today, sorted. */
    public static final List<String> KNOWN = List.of("""
            ae-ad-1 af-north-1 af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 \
            ap-southeast-5 cn-east-2 cn-east-3 cn-east-4 cn-east-5 cn-north-1 cn-north-2 cn-north-4 \
            cn-north-9 cn-north-11 cn-north-12 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 \
            cn-southwest-3 eu-west-101 la-north-2 la-south-2 me-east-1 my-kualalumpur-1 na-mexico-1 \
            ru-moscow-1 sa-brazil-1 tr-west-1""".split(" "));

    // It becomes a part of a host name that secrets are sent to: one label, whatever else may be well-formed.
    private static final Predicate<String> NAME =
            Pattern.compile("[a-z]{2}-[a-z]{1,30}-[0-9]{1,4}").asMatchPredicate();

    /**
     * Takes a region's name.
     *
     * @throws IllegalArgumentException with a message for people where it is malformed
     */
    public Region {
        if (!NAME.test(name)) {
            throw new IllegalArgumentException(Messages.Region_malformed(SafeText.of(name, List.of())));
        }
    }

    public URI hss() {
        return endpoint("hss");
    }

    public URI iam() {
        return endpoint("iam");
    }

    private URI endpoint(String service) {
        // The regions of the European company have a domain of their own.
        String domain = name.startsWith("eu-west-1") ? "myhuaweicloud.eu" : "myhuaweicloud.com";
        return URI.create("https://" + service + "." + name + "." + domain);
    }

    @Override
    public String toString() {
        return name;
    }
}
