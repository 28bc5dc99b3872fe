package dev.nuxari.server.access;

import static dev.nuxari.server.access.AccessFixtures.account;
import static dev.nuxari.server.access.AccessFixtures.entitlement;
import static dev.nuxari.server.access.AccessFixtures.holding;
import static dev.nuxari.server.access.AccessFixtures.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.access.Assignment.Drift;
import dev.nuxari.server.access.Baseline.Accepted;
import dev.nuxari.server.access.Baseline.Refused;
import dev.nuxari.server.access.Observation.Completed;
import dev.nuxari.server.access.Observation.Counts;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The two books on a real database: what goes in, what comes out, and where they differ. */
@ServerTest
class BooksModuleTest {
    @Autowired
    Books books;

    @Autowired
    Catalogue catalogue;

    @Autowired
    ObservedSystem system;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.fresh();

    @SuppressWarnings("NullAway.Init")
    private Caller admin;

    @SuppressWarnings("NullAway.Init")
    private ConnectorId connector;

    @BeforeEach
    void givenSystem() {
        organization = TestOrganization.fresh();
        admin = organization.caller(doorkeeper, Role.ADMIN);
        connector = system.connect(organization.id(), "Directory");
    }

    @Test
    void twoThousandAssignmentsAreWrittenAtOnce() {
        Observed many = holding(IntStream.range(0, 2000)
                .mapToObj(n -> holds("person-" + n % 200, "group-" + n / 50))
                .toList());

        Completed observation = system.observe(admin, connector, many);

        assertThat(observation.counts()).isEqualTo(new Counts(200, 40, 2000));
        assertThat(all(Book.OBSERVED))
                .hasSize(2000)
                .allMatch(assignment -> assignment.drift() == Drift.UNAPPROVED_ACCESS);
        assertThat(summary()).isEqualTo(new ConnectorSummary(connector, 200, 40, 0, 2000, 2000));
    }

    @Test
    void whatIsHeldStillKeepsItsTimeAndWhatIsNotIsGone() {
        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"), holds("ann", "payroll"))));
        Assignment before = observed("ann", "wiki");

        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"), holds("bob", "wiki"))));

        assertThat(names(Book.OBSERVED)).containsExactlyInAnyOrder("ann wiki", "bob wiki");
        assertThat(observed("ann", "wiki").since()).isEqualTo(before.since());
    }

    @Test
    void vanishedAccountIsAbsentAndComesBackUnderItsId() {
        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"), holds("bob", "wiki"))));
        AccountId bob = observed("bob", "wiki").account();

        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        assertThat(state(bob)).isEqualTo(Account.State.ABSENT);

        system.observe(admin, connector, holding(List.of(holds("bob", "wiki"))));
        assertThat(state(bob)).isEqualTo(Account.State.ENABLED);
        assertThat(observed("bob", "wiki").account()).isEqualTo(bob);
    }

    @Test
    void vanishedEntitlementLeavesTheCatalogueAndItsAssignmentIsMissing() {
        Completed first = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        books.acceptBaseline(organization.id(), admin, connector, proposal(first));

        system.observe(admin, connector, new Observed(List.of(account("ann")), List.of(), List.of()));

        assertThat(catalogue
                        .entitlements(
                                organization.id(), admin, new EntitlementFilter(null, null, null), PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(all(Book.DRIFT)).extracting(Assignment::drift).containsExactly(Drift.MISSING_ACCESS);
    }

    @Test
    void baselineMakesEverythingThatWasSeenApproved() {
        Completed first =
                system.observe(admin, connector, holding(List.of(holds("ann", "wiki"), holds("bob", "payroll"))));

        Baseline baseline = books.acceptBaseline(organization.id(), admin, connector, proposal(first));

        assertThat(baseline).isEqualTo(new Accepted(2));
        assertThat(names(Book.APPROVED)).containsExactlyInAnyOrder("ann wiki", "bob payroll");
        assertThat(all(Book.DRIFT)).isEmpty();
        assertThat(outcomes("baseline.accept")).containsExactly("succeeded");
    }

    @Test
    void baselineIsAcceptedOnce() {
        Completed first = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        books.acceptBaseline(organization.id(), admin, connector, proposal(first));
        Completed second =
                system.observe(admin, connector, holding(List.of(holds("ann", "wiki"), holds("bob", "wiki"))));

        Baseline again = books.acceptBaseline(organization.id(), admin, connector, proposal(second));

        assertThat(again).isEqualTo(new Refused(AccessRefusal.BASELINE_EXISTS));
        assertThat(names(Book.APPROVED)).containsExactly("ann wiki");
        assertThat(outcomes("baseline.accept")).containsExactly("succeeded", "refused");
    }

    @Test
    void baselineIsWhatTheObservedBookSays() {
        Completed first = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        system.observe(admin, connector, holding(List.of(holds("bob", "wiki"))));

        Baseline stale = books.acceptBaseline(organization.id(), admin, connector, proposal(first));

        assertThat(stale).isEqualTo(new Refused(AccessRefusal.OBSERVATION_SUPERSEDED));
        assertThat(all(Book.APPROVED)).isEmpty();
    }

    @Test
    void baselineNeedsACompletedObservationOfTheSameSystem() {
        ConnectorId other = system.connect(organization.id(), "Database");
        Completed ofOther = system.observe(admin, other, holding(List.of(holds("ann", "wiki"))));
        var running = system.start(admin, connector);

        assertThat(books.acceptBaseline(organization.id(), admin, connector, proposal(ofOther)))
                .isEqualTo(new Refused(AccessRefusal.NO_SUCH_OBSERVATION));
        assertThat(books.acceptBaseline(
                        organization.id(), admin, connector, new BaselineProposal(running.id(), "as it should be")))
                .isEqualTo(new Refused(AccessRefusal.OBSERVATION_NOT_COMPLETED));
        assertThat(outcomes("baseline.accept")).containsExactly("refused", "refused");
    }

    /** The comparison in SQL against the comparison of two sets. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void driftIsWhatStandsInOneBookOnly(long seed) {
        var random = new Random(seed);
        Map<ConnectorId, Set<String>> approved = new HashMap<>();
        Map<ConnectorId, Set<String>> observed = new HashMap<>();
        for (ConnectorId one : List.of(connector, system.connect(organization.id(), "Database"))) {
            Observed before = holding(some(random));
            Observed now = holding(some(random));
            Completed first = system.observe(admin, one, before);
            books.acceptBaseline(organization.id(), admin, one, proposal(first));
            system.observe(admin, one, now);
            approved.put(one, pairs(before));
            observed.put(one, pairs(now));
        }

        Set<String> expected = new HashSet<>();
        approved.forEach((one, pairs) -> expected.addAll(only(one, pairs, observed.get(one), Drift.MISSING_ACCESS)));
        observed.forEach((one, pairs) -> expected.addAll(only(one, pairs, approved.get(one), Drift.UNAPPROVED_ACCESS)));
        List<String> found = all(Book.DRIFT, null, 7).stream()
                .map(drift -> drift.connector() + " " + name(drift) + " " + drift.drift())
                .toList();
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(books.summaries(organization.id(), admin).stream()
                        .mapToInt(ConnectorSummary::drift)
                        .sum())
                .isEqualTo(expected.size());
    }

    @Test
    void bookOfOneSystemIsListedAlone() {
        ConnectorId other = system.connect(organization.id(), "Database");
        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        system.observe(admin, other, holding(List.of(holds("ann", "reports"))));

        assertThat(all(Book.OBSERVED, other, 50))
                .extracting(Assignment::entitlementName)
                .containsExactly("reports");
    }

    @Test
    void observationLeavesAnAuditEventThatNamesWhatWasSeen() {
        Completed observation = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));

        String leaf = TestDatabase.beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8')
                        FROM audit_event
                        WHERE organization_id = ? AND action = 'observation.end'
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .single();
        assertThat(leaf).contains(observation.summaryHash(), "\"assignments\":1");
    }

    @Test
    void endedObservationCannotBeRewritten() {
        Completed observation = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));

        assertThatThrownBy(() -> TestDatabase.beyondTheWalls()
                        .sql("UPDATE observation SET assignments = 7 WHERE observation_id = ?")
                        .param(observation.id().value())
                        .update())
                .hasStackTraceContaining("has ended");
    }

    private static List<Observed.Assignment> some(Random random) {
        List<Observed.Assignment> some = new ArrayList<>();
        for (int account = 0; account < 8; account++) {
            for (int entitlement = 0; entitlement < 6; entitlement++) {
                if (random.nextBoolean()) {
                    some.add(holds("person-" + account, "group-" + entitlement));
                }
            }
        }
        return some;
    }

    private static Set<String> pairs(Observed observed) {
        Set<String> pairs = new HashSet<>();
        observed.assignments()
                .forEach(held ->
                        pairs.add(held.account() + " " + held.entitlement().nativeId()));
        return pairs;
    }

    private static Set<String> only(
            ConnectorId connector, Set<String> pairs, @Nullable Set<String> others, Drift drift) {
        Set<String> only = new HashSet<>(pairs);
        only.removeAll(others == null ? Set.of() : others);
        Set<String> lines = new HashSet<>();
        only.forEach(pair -> lines.add(connector + " " + pair + " " + drift));
        return lines;
    }

    private static BaselineProposal proposal(Completed observation) {
        return new BaselineProposal(observation.id(), "as it should be");
    }

    private ConnectorSummary summary() {
        return books.summaries(organization.id(), admin).getFirst();
    }

    private Account.State state(AccountId id) {
        return catalogue.account(organization.id(), admin, id).orElseThrow().state();
    }

    private Assignment observed(String account, String entitlement) {
        return all(Book.OBSERVED).stream()
                .filter(held -> name(held).equals(account + " " + entitlement))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names(Book book) {
        return all(book).stream().map(BooksModuleTest::name).toList();
    }

    private static String name(Assignment held) {
        return held.accountName().replace("Name of ", "") + " " + held.entitlementName();
    }

    private List<Assignment> all(Book book) {
        return all(book, connector, PageRequest.LARGEST);
    }

    /** Page by page, to the end. */
    private List<Assignment> all(Book book, @Nullable ConnectorId of, int limit) {
        List<Assignment> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            var page = books.list(organization.id(), admin, book, of, new PageRequest(limit, after));
            all.addAll(page.items());
            after = page.nextCursor().orElse(null);
        } while (after != null);
        return all;
    }

    private List<String> outcomes(String action) {
        return TestDatabase.beyondTheWalls()
                .sql("SELECT outcome FROM audit_event WHERE organization_id = ? AND action = ? ORDER BY sequence")
                .params(organization.id().value(), action)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
