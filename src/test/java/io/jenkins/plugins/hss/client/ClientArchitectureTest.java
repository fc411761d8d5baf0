package io.jenkins.plugins.hss.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClientArchitectureTest {
    private static final String PLUGIN = "io.jenkins.plugins.hss..";
    private static final String CLIENT = "io.jenkins.plugins.hss.client..";
    private static final String CONFIG = "io.jenkins.plugins.hss.config..";
    private static final String RUN = "io.jenkins.plugins.hss.run..";

    private static JavaClasses plugin;

    @BeforeAll
    static void readClasses() {
        // ArchUnit's own DoNotIncludeTests knows target/test-classes only, not the other build's directory.
        ImportOption withoutTests = location -> !location.contains("/test-classes/");
        plugin = new ClassFileImporter().withImportOption(withoutTests).importPackages("io.jenkins.plugins.hss");
    }

    @Test
    void theClientKnowsNoJenkins() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke.stapler..", "org.jenkinsci..")
                .check(plugin);
    }

    @Test
    void theClientKnowsNothingElseOfThePlugin() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat(resideInAPackage(PLUGIN).and(not(resideInAPackage(CLIENT))))
                .check(plugin);
    }

    @Test
    void theConfigurationKnowsNoRuns() {
        noClasses()
                .that()
                .resideInAPackage(CONFIG)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RUN)
                // The build of the client alone has no configuration.
                .allowEmptyShould(true)
                .check(plugin);
    }
}
