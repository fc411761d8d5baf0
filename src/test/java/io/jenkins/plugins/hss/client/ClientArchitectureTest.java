package io.jenkins.plugins.hss.client;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of the house point one way. */
class ClientArchitectureTest {
    private static final String PLUGIN = "io.jenkins.plugins.hss";
    private static final String ANY_ROOM = PLUGIN + "..";
    private static final String CLIENT = PLUGIN + ".client..";
    private static final String ENGINE = PLUGIN + ".engine..";
    private static final String CONFIG = PLUGIN + ".config..";
    private static final String EXPORT = PLUGIN + ".export..";
    private static final String SCAN = PLUGIN + ".scan..";

    private static JavaClasses plugin;

    @BeforeAll
    static void readClasses() {
        // ArchUnit's own DoNotIncludeTests knows target/test-classes only, not the other build's directory.
        ImportOption withoutTests = location -> !location.contains("/test-classes/");
        plugin = new ClassFileImporter().withImportOption(withoutTests).importPackages(PLUGIN);
    }

    @Test
    void clientAndEngineHoldNoJenkinsType() {
        noClasses()
                .that()
                .resideInAnyPackage(CLIENT, ENGINE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..")
                        // An annotation on the generated messages.
                        .and(not(resideInAPackage("org.kohsuke.accmod.."))))
                .check(plugin);
    }

    @Test
    void theClientKnowsNoOtherRoom() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat(resideInAPackage(ANY_ROOM).and(not(resideInAPackage(CLIENT))))
                .check(plugin);
    }

    @Test
    void theEngineKnowsOnlyTheClient() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(resideInAPackage(ANY_ROOM).and(not(resideInAnyPackage(ENGINE, CLIENT))))
                .check(plugin);
    }

    @Test
    void theConfigurationKnowsNoBuilds() {
        noClasses()
                .that()
                .resideInAPackage(CONFIG)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PLUGIN, EXPORT, SCAN, ENGINE)
                // The build of client and engine alone has no configuration.
                .allowEmptyShould(true)
                .check(plugin);
    }

    @Test
    void exportsAndScansDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(EXPORT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SCAN)
                .allowEmptyShould(true)
                .check(plugin);
        noClasses()
                .that()
                .resideInAPackage(SCAN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXPORT)
                .allowEmptyShould(true)
                .check(plugin);
    }

    @Test
    void theRoomsAreFreeOfCycles() {
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(plugin);
    }

    /** Each package is a room, the root one too. */
    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
