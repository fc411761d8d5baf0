package io.jenkins.plugins.hss.config;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import jenkins.model.Jenkins;

/** Virtual threads that run as SYSTEM and hold no class loader of a build. */
public final class HssThreads {
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual()
            .name("Huawei Cloud HSS ", 1)
            .inheritInheritableThreadLocals(false)
            .factory();

    private HssThreads() {}

    /** Starts a thread. */
    public static void start(Runnable task) {
        newThread(task).start();
    }

    /** Returns an executor with a thread for each task. */
    public static ExecutorService newExecutor() {
        return Executors.newThreadPerTaskExecutor(HssThreads::newThread);
    }

    private static Thread newThread(Runnable task) {
        return VIRTUAL.newThread(() -> {
            Thread.currentThread().setContextClassLoader(Jenkins.class.getClassLoader());
            try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            }
        });
    }
}
