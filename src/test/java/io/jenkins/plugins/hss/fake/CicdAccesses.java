package io.jenkins.plugins.hss.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The CI/CD accesses of the account. */
final class CicdAccesses {
    private record Access(String id, String name, int images) {
        private Map<String, Object> json() {
            return Json.object(
                    "cicd_id", id, "cicd_name", name, "associated_images_num", images, "associated_config_num", 1);
        }
    }

    private volatile List<Access> accesses = List.of();

    void set(String... names) {
        List<Access> list = new ArrayList<>();
        for (String name : names) {
            list.add(new Access(UUID.randomUUID().toString().replace("-", ""), name, 3 + list.size()));
        }
        accesses = List.copyOf(list);
    }

    List<String> ids() {
        return accesses.stream().map(Access::id).toList();
    }

    /** A page of those whose names contain the text. */
    Map<String, Object> list(String text, int offset, int limit) {
        List<Access> matching =
                accesses.stream().filter(access -> access.name().contains(text)).toList();
        return Json.object(
                "total_num",
                matching.size(),
                "data_list",
                matching.stream().skip(offset).limit(limit).map(Access::json).toList());
    }
}
