package io.jenkins.plugins.hss.fake;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The projects of the account, each in its region. */
final class Projects {

    /** A project, named like its region. */
    record Project(String id, String region) {
        Map<String, Object> json() {
            return Json.object("id", id, "name", region);
        }
    }

    private final List<Project> projects = new CopyOnWriteArrayList<>();

    void add(String region, String id) {
        projects.add(new Project(id, region));
    }

    List<Project> in(String region) {
        return projects.stream()
                .filter(project -> project.region().equals(region))
                .toList();
    }

    List<Project> withId(String id) {
        return projects.stream().filter(project -> project.id().equals(id)).toList();
    }
}
