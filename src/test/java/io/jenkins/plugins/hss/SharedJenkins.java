package io.jenkins.plugins.hss;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One Jenkins for all tests of a class (its start is what takes the time), and a fresh fake HSS for each of them. */
@WithJenkins
abstract class SharedJenkins {
    static JenkinsRule j;
    HssJenkins hss;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void connect() throws Exception {
        hss = new HssJenkins(j);
    }

    @AfterEach
    void disconnect() {
        hss.close();
    }

    @AfterAll
    static void stop() throws Exception {
        // The extension ends a Jenkins only where it began it for a single test.
        j.after();
    }
}
