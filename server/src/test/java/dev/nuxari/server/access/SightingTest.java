package dev.nuxari.server.access;

import static dev.nuxari.server.access.AccessFixtures.account;
import static dev.nuxari.server.access.AccessFixtures.entitlement;
import static dev.nuxari.server.access.AccessFixtures.holds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.server.access.Observation.Counts;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.redaction.Redactor;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SightingTest {
    private static final ConnectorId CONNECTOR = new ConnectorId(new UUID(0, 1));
    private static final Redactor REDACTOR = new Redactor(() -> new byte[32]);

    @Test
    void whatIsSeenTwiceCountsOnce() {
        var observed = new Observed(
                List.of(account("ann"), account("ann")),
                List.of(entitlement("wiki"), entitlement("wiki")),
                List.of(holds("ann", "wiki"), holds("ann", "wiki")));

        assertThat(Sighting.of(observed, REDACTOR).counts()).isEqualTo(new Counts(1, 1, 1));
    }

    @Test
    void assignmentOfSomethingThatWasNotListedIsDropped() {
        var observed = new Observed(
                List.of(account("ann")),
                List.of(entitlement("wiki")),
                List.of(holds("ann", "wiki"), holds("bob", "wiki"), holds("ann", "payroll")));

        assertThat(Sighting.of(observed, REDACTOR).assignments()).hasSize(1);
    }

    @Test
    void orderOfTheAnswerDoesNotChangeTheSummaryHash() {
        var one = new Observed(
                List.of(account("ann"), account("bob")),
                List.of(entitlement("wiki"), entitlement("payroll")),
                List.of(holds("ann", "wiki"), holds("bob", "payroll")));
        var other = new Observed(
                one.accounts().reversed(),
                one.entitlements().reversed(),
                one.assignments().reversed());

        assertThat(Sighting.of(one, REDACTOR).summaryHash(CONNECTOR))
                .isEqualTo(Sighting.of(other, REDACTOR).summaryHash(CONNECTOR));
    }

    @Test
    void secretInWordsOfTheSystemIsNotKeptAndWhatIdentifiesIs() {
        var ref = new EntitlementRef("group", "cn=password=Cedar!7719x");
        var observed = new Observed(
                List.of(new Observed.Account("ann", "Ann (pw: Cedar!7719x)", null, true)),
                List.of(new Observed.Entitlement(ref, "wiki", "bind with password=Cedar!7719x")),
                List.of());

        Sighting sighting = Sighting.of(observed, REDACTOR);

        assertThat(sighting.entitlements().firstEntry().getValue().description().text())
                .startsWith("bind with password=[redacted:password:");
        assertThat(sighting.accounts().values())
                .singleElement()
                .satisfies(account -> assertThat(account.displayName().text()).doesNotContain("Cedar"));
        assertThat(sighting.entitlements().firstKey().nativeId()).isEqualTo(ref.nativeId());
    }

    @Test
    void everythingThatWasSeenIsInTheSummaryHash() {
        var one = new Observed(List.of(account("ann")), List.of(entitlement("wiki")), List.of());
        var other = new Observed(List.of(account("ann")), List.of(entitlement("wiki")), List.of(holds("ann", "wiki")));

        assertThat(Sighting.of(one, REDACTOR).summaryHash(CONNECTOR))
                .isNotEqualTo(Sighting.of(other, REDACTOR).summaryHash(CONNECTOR));
    }
}
