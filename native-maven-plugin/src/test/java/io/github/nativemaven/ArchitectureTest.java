package io.github.nativemaven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the rules of the house: who may use whom, and how long a goal may be. */
class ArchitectureTest {
    private static final String ROOT = "io.github.nativemaven.";

    /** Each room, and the rooms that may use it. */
    private static final Map<String, String[]> USED_BY = new TreeMap<>(Map.ofEntries(
            room("mojo"),
            room("service", "mojo"),
            room("testing", "service", "mojo"),
            room("sdist", "service", "mojo"),
            room("install", "service", "mojo"),
            room("check", "service", "mojo"),
            room("wheel", "sdist", "install", "check", "service", "mojo"),
            room("build", "wheel", "testing", "service", "mojo"),
            room("project", "build", "stubs", "wheel", "sdist", "testing", "service", "mojo"),
            room("stubs", "wheel", "service", "mojo"),
            room("binary", "stubs", "wheel", "check", "mojo"),
            room("watch", "service", "mojo"),
            room("archive", "wheel", "sdist", "install", "check", "service", "mojo"),
            room("cargo", "project", "build", "wheel", "sdist", "testing", "service", "mojo"),
            room(
                    "python", "project", "build", "stubs", "wheel", "sdist", "install", "check", "testing", "service",
                    "mojo"),
            room(
                    "system", "archive", "cargo", "python", "project", "build", "stubs", "wheel", "sdist", "install",
                    "check", "testing", "watch", "service", "mojo")));

    private static JavaClasses house;

    @BeforeAll
    static void open() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.nativemaven");
    }

    private static Map.Entry<String, String[]> room(String name, String... users) {
        return Map.entry(name, users);
    }

    @Test
    void onlyGoalsKnowMaven() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "mojo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..", "javax.inject..")
                .check(house);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("io.github.nativemaven.(*)..")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    @Test
    void roomsAreUsedByTheirNeighboursOnly() {
        LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String room : USED_BY.keySet()) {
            rooms = rooms.layer(room).definedBy(ROOT + room + "..");
        }
        for (Map.Entry<String, String[]> room : USED_BY.entrySet()) {
            rooms = room.getValue().length == 0
                    ? rooms.whereLayer(room.getKey()).mayNotBeAccessedByAnyLayer()
                    : rooms.whereLayer(room.getKey()).mayOnlyBeAccessedByLayers(room.getValue());
        }
        rooms.check(house);
    }

    @Test
    void platformStandsOnNothing() {
        classes()
                .that()
                .resideInAPackage(ROOT + "platform..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "platform..", "java..")
                .check(house);
    }

    @Test
    void nobodyReadsSystemPropertiesDeepInside() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "mojo..", ROOT + "platform..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "system.ProcessRunner")
                .should()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .check(house);
    }

    @Test
    void everyGoalIsOneScreen() throws Exception {
        for (JavaClass goal : house) {
            if (goal.getSimpleName().endsWith("Mojo")
                    && !goal.getSimpleName().equals("RustMojo")
                    && !goal.getSimpleName().equals("HelpMojo")) {
                Path source = Path.of("src/main/java", goal.getName().replace('.', '/') + ".java");
                assertThat(Files.readAllLines(source)).as(goal.getSimpleName()).hasSizeLessThanOrEqualTo(90);
            }
        }
    }
}
