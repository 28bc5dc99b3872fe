package dev.nuxari.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.nuxari.kernel.Claim;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.RestController;

/** The rules of {@code docs/style.md} that class files can show. */
class NuxariArchitectureTest {
    private static final String SERVER = "dev.nuxari.server";
    private static final String PERMIT = SERVER + ".workflow.ExecutionPermit";
    private static final String GATE = SERVER + ".workflow.ExecutionGate";
    private static final String ORDER = SERVER + ".connectors.Order";
    private static final String DOORKEEPER = SERVER + ".tenancy.Doorkeeper";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nuxari");

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(NuxariServer.class).verify();
    }

    @Test
    void controllersAndStoresStayInsideTheirModule() {
        Stream.of(RestController.class, Repository.class)
                .forEach(role ->
                        check(classes().that().areAnnotatedWith(role).should().bePackagePrivate()));
        check(classes()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .haveNameMatching(".*(Controller|Store|Config)")
                .should()
                .bePackagePrivate());
    }

    @Test
    @Claim({"T1", "T4"})
    void onlyTenancyOpensTransactionsAndSpeaksSql() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .resideOutsideOfPackage("..tenancy..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.springframework\\.jdbc\\..*(Client|Template|Operations).*"
                        + "|org\\.springframework\\.transaction\\.(?!.*Exception).*"));
    }

    @Test
    @Claim({"T1", "T4"})
    void onlyTenancyHoldsConnectionsToTheServersDatabase() {
        // The PostgreSQL connector talks to governed systems, the timers to their own table with a role of their own.
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .resideOutsideOfPackages("..tenancy..", "..connectors..")
                .and()
                .haveNameNotMatching(".*\\.workflow\\.Timer.*")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.sql\\.(Connection|DriverManager|.*Statement)|javax\\.sql\\..*"));
    }

    @Test
    @Claim("T2")
    void onlyTheAuthenticationLayerAndTheTimersAskTheDoorkeeper() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..tenancy..", "..identity..")
                .and()
                .haveNameNotMatching(".*\\.workflow\\.(Timer|.*Dispatcher).*")
                .and()
                // Whoever holds a share link or an invitation is authenticated by it, and by nothing else.
                .haveNameNotMatching(".*\\.(shares\\.Openings|invites\\.InviteLinks)")
                .and()
                // Whoever holds the token of a directory speaks in its name, and so does what is done for it
                // afterwards.
                .haveNameNotMatching(".*\\.scim\\.DirectoryDoor")
                .and()
                // An agent is authenticated by its token and its key.
                .haveNameNotMatching(".*\\.agents\\.AgentDoor")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(DOORKEEPER));
    }

    /** So whoever is admitted was judged by the terms of the organization. */
    @Test
    @Claim({"I2", "I6"})
    void onlyOnePlaceAdmitsMembers() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .haveNameNotMatching(".*\\.identity\\.Entries")
                .should()
                .callMethodWhere(target(owner(name(DOORKEEPER))).and(target(name("admitMember")))));
    }

    @Test
    @Claim("A3")
    void onlyTheGateMakesPermits() {
        check(constructors()
                .that()
                .areDeclaredInClassesThat()
                .haveFullyQualifiedName(PERMIT)
                .should()
                .bePackagePrivate());
        check(noClasses()
                .that()
                .haveNameNotMatching(GATE.replace(".", "\\.") + "(\\$.*)?")
                .should()
                .callConstructorWhere(target(owner(name(PERMIT)))));
    }

    @Test
    @Claim("A3")
    void connectorsTakeNoOrderWithoutAPermit() {
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("..connectors..")
                .and()
                .areNotPrivate()
                .and()
                .haveName("execute")
                .and(describe("take an order", method -> takes(method, ORDER)))
                .should(ArchCondition.from(describe("take a permit", method -> takes(method, PERMIT)))));
    }

    @Test
    void kernelProofsAndFormatsKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.nuxari.kernel..", "dev.nuxari.transparency..", "dev.nuxari.protocol..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "java.sql.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Manager", "Helper", "Util", "Utils", "Impl", "Dto"})
    void namesSayWhatAThingIs(String filler) {
        check(noClasses().should().haveSimpleNameEndingWith(filler));
    }

    @Test
    void theUnitOfIsolationIsCalledOrganization() {
        check(noClasses().should().haveNameMatching("(?i).*tenant.*"));
        check(noMembers().should().haveNameMatching("(?i).*tenant.*"));
    }

    @Test
    void timeComesFromTheClock() {
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
        check(noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .doNotHaveSimpleName("NuxariServer")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes()
                .that()
                .haveSimpleName("package-info")
                .and()
                .resideInAPackage("dev.nuxari..")
                .should()
                .beAnnotatedWith(NullMarked.class));
    }

    private static boolean takes(JavaMethod method, String type) {
        return method.getRawParameterTypes().stream().anyMatch(parameter -> parameter.isAssignableTo(type));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCTION);
    }
}
