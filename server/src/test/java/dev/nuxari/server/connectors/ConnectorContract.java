package dev.nuxari.server.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.connectors.Observed.Account;
import dev.nuxari.server.connectors.Observed.Assignment;
import dev.nuxari.server.connectors.Observed.Entitlement;
import dev.nuxari.server.connectors.Order.Disable;
import dev.nuxari.server.connectors.Order.Grant;
import dev.nuxari.server.connectors.Order.Revoke;
import dev.nuxari.server.vault.Secret;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.FailureClass;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Permits;
import dev.nuxari.server.workflow.PlannedStep;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every connector promises, asked of a real system. A new connector adds a subclass, not a new set of tests. */
public abstract class ConnectorContract {
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0, 1));
    private static final ConnectorId CONNECTOR = new ConnectorId(new UUID(0, 2));
    private static final Duration SOON = Duration.ofSeconds(5);

    protected abstract GovernedSystem system();

    @Test
    void probeOfAHealthySystemSaysNothing() {
        system().connector().probe(system().settings(), system().observe());
    }

    @Test
    void observationIsComplete() {
        String ann = system().account(unique("ann"));
        String bob = system().account(unique("bob"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        EntitlementRef shop = system().entitlement(unique("shop"));
        execute(new Grant(ann, wiki));
        execute(new Grant(ann, shop));
        execute(new Grant(bob, shop));
        execute(new Disable(bob));

        Observed observed = observe();

        assertThat(observed.accounts())
                .filteredOn(account ->
                        account.nativeId().equals(ann) || account.nativeId().equals(bob))
                .extracting(Account::nativeId, Account::enabled)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(ann, true),
                        org.assertj.core.groups.Tuple.tuple(bob, false));
        assertThat(observed.entitlements()).extracting(Entitlement::ref).contains(wiki, shop);
        assertThat(observed.assignments())
                .filteredOn(assignment ->
                        assignment.account().equals(ann) || assignment.account().equals(bob))
                .containsExactlyInAnyOrder(
                        new Assignment(ann, wiki), new Assignment(ann, shop), new Assignment(bob, shop));
    }

    @Test
    void observationNamesEverythingOnceAndNothingThatIsNotInIt() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));

        Observed observed = observe();

        assertThat(observed.accounts()).extracting(Account::nativeId).doesNotHaveDuplicates();
        assertThat(observed.entitlements()).extracting(Entitlement::ref).doesNotHaveDuplicates();
        assertThat(observed.assignments()).doesNotHaveDuplicates();
        var accounts = observed.accounts().stream().map(Account::nativeId).toList();
        var entitlements =
                observed.entitlements().stream().map(Entitlement::ref).toList();
        assertThat(observed.assignments()).allSatisfy(assignment -> {
            assertThat(accounts).contains(assignment.account());
            assertThat(entitlements).contains(assignment.entitlement());
        });
    }

    @Test
    void grantedEntitlementIsHeld() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        assertThat(look(ann, wiki)).isEqualTo(new Sight(true, true, false));

        assertThat(execute(new Grant(ann, wiki))).isEqualTo(Outcome.CHANGED);

        assertThat(look(ann, wiki)).isEqualTo(new Sight(true, true, true));
        assertThat(system().holds(ann, wiki)).isTrue();
    }

    @Test
    void repeatedGrantChangesNothing() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));

        assertThat(execute(new Grant(ann, wiki))).isEqualTo(Outcome.UNCHANGED);
        assertThat(system().holds(ann, wiki)).isTrue();
    }

    @Test
    void revokedEntitlementIsNotHeld() {
        String ann = system().account(unique("ann"));
        String bob = system().account(unique("bob"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));
        execute(new Grant(bob, wiki));

        assertThat(execute(new Revoke(ann, wiki))).isEqualTo(Outcome.CHANGED);

        assertThat(look(ann, wiki).held()).isFalse();
        assertThat(system().holds(ann, wiki)).isFalse();
        assertThat(system().holds(bob, wiki)).isTrue();
    }

    @Test
    void lastHolderCanBeRevoked() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));

        assertThat(execute(new Revoke(ann, wiki))).isEqualTo(Outcome.CHANGED);

        assertThat(system().holds(ann, wiki)).isFalse();
        assertThat(execute(new Grant(ann, wiki))).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void revokingWhatIsNotHeldChangesNothing() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));

        assertThat(execute(new Revoke(ann, wiki))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void disabledAccountLetsNobodyIn() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        execute(new Grant(ann, wiki));
        assertThat(system().letsIn(ann)).isTrue();

        assertThat(execute(new Disable(ann))).isEqualTo(Outcome.CHANGED);

        assertThat(system().letsIn(ann)).isFalse();
        assertThat(look(ann, wiki)).isEqualTo(new Sight(true, false, true));
        assertThat(execute(new Disable(ann))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void unknownAccountIsAnAnswerToLooking() {
        EntitlementRef wiki = system().entitlement(unique("wiki"));

        assertThat(look(system().unknownAccount(), wiki)).isEqualTo(Sight.NOTHING);
        assertThat(look(system().unknownAccount(), null)).isEqualTo(Sight.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "..", "../..", "%2e%2e", "*", "*)(objectClass=*", "'; --", "\u0000", "cn=", "a,b"})
    void nameThatNoAccountCanHaveIsUnknownOrMisconfigured(String name) {
        EntitlementRef wiki = system().entitlement(unique("wiki"));

        try {
            assertThat(look(name, wiki)).isEqualTo(Sight.NOTHING);
        } catch (ConnectorFailure failure) {
            assertThat(failure.failureClass()).isEqualTo(FailureClass.CONFIGURATION);
        }
        assertFailure(() -> execute(new Grant(name, wiki)), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Disable(name)), FailureClass.CONFIGURATION);
    }

    @Test
    void orderForAnUnknownAccountIsAFailureOfConfiguration() {
        EntitlementRef wiki = system().entitlement(unique("wiki"));

        assertFailure(() -> execute(new Grant(system().unknownAccount(), wiki)), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Disable(system().unknownAccount())), FailureClass.CONFIGURATION);
    }

    @Test
    void unknownEntitlementIsAFailureOfConfiguration() {
        String ann = system().account(unique("ann"));

        assertFailure(() -> look(ann, system().unknownEntitlement()), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Grant(ann, system().unknownEntitlement())), FailureClass.CONFIGURATION);
        assertFailure(() -> execute(new Revoke(ann, system().unknownEntitlement())), FailureClass.CONFIGURATION);
    }

    @Test
    void entitlementOfAnotherKindIsAFailureOfConfiguration() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        var renamed = new EntitlementRef("spell", wiki.nativeId());

        assertFailure(() -> execute(new Grant(ann, renamed)), FailureClass.CONFIGURATION);
    }

    @Test
    void wrongCredentialIsAFailureOfPermission() {
        GovernedSystem system = system();

        assertFailure(() -> system.connector().observe(system.settings(), system.wrong()), FailureClass.PERMISSION);
        assertFailure(() -> system.connector().probe(system.settings(), system.wrong()), FailureClass.PERMISSION);
    }

    @Test
    void observingCredentialChangesNothing() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));

        assertFailure(() -> execute(new Grant(ann, wiki), system().observe()), FailureClass.PERMISSION);
        assertFailure(() -> execute(new Disable(ann), system().observe()), FailureClass.PERMISSION);

        assertThat(system().holds(ann, wiki)).isFalse();
        assertThat(system().letsIn(ann)).isTrue();
    }

    @Test
    void credentialWithoutItsFieldsIsAFailureOfConfiguration() {
        assertFailure(
                () -> system().connector().probe(system().settings(), Secret.of(Map.of("token", "x"))),
                FailureClass.CONFIGURATION);
    }

    @Test
    @Timeout(10)
    void systemThatIsDownIsNoticedQuickly() {
        GovernedSystem system = system();
        long start = System.nanoTime();

        assertFailure(
                () -> system.connector().observe(system.settingsOfASystemThatIsDown(), system.observe()),
                FailureClass.CONNECTOR);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void failureTellsNoSecret() {
        GovernedSystem system = system();
        var failure = catchThrowableOfType(
                ConnectorFailure.class, () -> system.connector().observe(system.settings(), system.wrong()));

        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String told = String.valueOf(cause.getMessage());
            system.wrong().names().stream()
                    .filter(name -> name.toLowerCase(java.util.Locale.ROOT).matches(".*(password|secret).*"))
                    .forEach(name -> assertThat(told)
                            .doesNotContain(system.wrong().reveal(name).orElseThrow()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien",
                "say \"hi\"",
                "a\"; DROP ROLE x; --",
                "*)(cn=*",
                "a/../b",
                "50% off?",
                "näme-名前-🙂",
                "a,b=c+d",
                "#sharp",
                "back\\slash",
                "tab\tin",
                "a;b"
            })
    void hostileNamesAreNamesAndNothingElse(String name) {
        EntitlementRef hostile = system().entitlement(unique(name));
        String ann = system().account(unique("ann"));
        String bystander = system().account(unique("bob"));

        assertThat(execute(new Grant(ann, hostile))).isEqualTo(Outcome.CHANGED);

        assertThat(look(ann, hostile).held()).isTrue();
        assertThat(look(bystander, hostile).held()).isFalse();
        assertThat(observe().assignments()).contains(new Assignment(ann, hostile));
        assertThat(execute(new Revoke(ann, hostile))).isEqualTo(Outcome.CHANGED);
        assertThat(system().holds(ann, hostile)).isFalse();
    }

    @Test
    @Claim("A3")
    void orderThatDiffersFromThePermitIsRefused() {
        String ann = system().account(unique("ann"));
        EntitlementRef wiki = system().entitlement(unique("wiki"));
        ExecutionPermit permit = permit(new Revoke(ann, wiki));

        assertThatThrownBy(() -> system().connector()
                        .execute(permit, system().settings(), system().execute(), new Grant(ann, wiki)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(system().holds(ann, wiki)).isFalse();
    }

    @Test
    void misspeltSettingIsAFailureOfConfiguration() {
        GovernedSystem system = system();
        var misspelt = new Settings(system.settings().json().with("prot", 1));

        assertFailure(() -> system.connector().check(misspelt), FailureClass.CONFIGURATION);
    }

    protected final Observed observe() {
        return system().connector().observe(system().settings(), system().observe());
    }

    protected final Sight look(String account, @Nullable EntitlementRef entitlement) {
        return system().connector().look(system().settings(), system().observe(), account, entitlement);
    }

    protected final Outcome execute(Order order) {
        return execute(order, system().execute());
    }

    protected final Outcome execute(Order order, Secret credential) {
        return system().connector().execute(permit(order), system().settings(), credential, order);
    }

    /** A name that nobody else uses. */
    protected static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    protected static void assertFailure(ThrowingCallable call, FailureClass failureClass) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ConnectorFailure.class,
                        failure -> assertThat(failure.failureClass()).isEqualTo(failureClass));
    }

    private static ExecutionPermit permit(Order order) {
        return switch (order) {
            case Grant(String account, EntitlementRef entitlement) -> permit(Operation.GRANT, account, entitlement);
            case Revoke(String account, EntitlementRef entitlement) -> permit(Operation.REVOKE, account, entitlement);
            case Disable(String account) -> permit(Operation.DISABLE, account, null);
        };
    }

    private static ExecutionPermit permit(Operation operation, String account, @Nullable EntitlementRef entitlement) {
        var step = new PlannedStep(
                1,
                CONNECTOR,
                "test",
                operation,
                new PlannedStep.Account(account, account),
                entitlement == null
                        ? null
                        : new PlannedStep.Entitlement(
                                entitlement.kind(), entitlement.nativeId(), entitlement.nativeId()));
        return Permits.forged(ORGANIZATION, step);
    }
}
