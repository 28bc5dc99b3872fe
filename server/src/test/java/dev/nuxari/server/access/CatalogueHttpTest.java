package dev.nuxari.server.access;

import static dev.nuxari.server.access.AccessFixtures.account;
import static dev.nuxari.server.access.AccessFixtures.entitlement;
import static dev.nuxari.server.access.AccessFixtures.holding;
import static dev.nuxari.server.access.AccessFixtures.holds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The catalogue and the books as callers see them. */
@ServerTest
class CatalogueHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ObservedSystem system;

    @Autowired
    Doorkeeper doorkeeper;

    private TestOrganization organization = TestOrganization.fresh();

    @SuppressWarnings("NullAway.Init")
    private ConnectorId connector;

    @SuppressWarnings("NullAway.Init")
    private Caller admin;

    @BeforeEach
    void givenSystem() {
        organization = TestOrganization.fresh();
        admin = organization.caller(doorkeeper, Role.ADMIN);
        connector = system.connect(organization.id(), "Directory");
    }

    @Test
    void catalogueIsListedPageByPageInOrderOfNames() {
        system.observe(
                admin,
                connector,
                new Observed(
                        List.of(),
                        IntStream.range(0, 25)
                                .mapToObj(n -> entitlement("group-%02d".formatted(24 - n)))
                                .toList(),
                        List.of()));

        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = as(Role.READONLY)
                    .get("/entitlements?limit=10"
                            + cursor.map(c -> "&cursor=" + c).orElse(""));
            page.items().forEach(item -> names.add(item.string("name")));
            cursor = page.json().optionalString("nextCursor");
        } while (cursor.isPresent());

        assertThat(names)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj("group-%02d"::formatted).toList());
    }

    @Test
    void searchTakesEveryCharacterAtItsWord() {
        system.observe(
                admin,
                connector,
                new Observed(
                        List.of(),
                        List.of(
                                entitlement("100%"),
                                entitlement("1000"),
                                entitlement("a_b"),
                                entitlement("axb"),
                                entitlement("back\\slash")),
                        List.of()));

        assertThat(search("100%25")).containsExactly("100%");
        assertThat(search("A_B")).containsExactly("a_b");
        assertThat(search("%5C")).containsExactly("back\\slash");
        assertThat(search("what+axb")).containsExactly("axb");
        assertThat(search("'%3B--")).isEmpty();
    }

    @Test
    void filtersNarrowTheList() {
        ConnectorId other = system.connect(organization.id(), "Database");
        system.observe(admin, connector, new Observed(List.of(), List.of(entitlement("wiki-admins")), List.of()));
        system.observe(admin, other, new Observed(List.of(), List.of(entitlement("reports")), List.of()));

        assertThat(names("/entitlements?connectorId=" + other)).containsExactly("reports");
        assertThat(names("/entitlements?risk=high")).containsExactly("wiki-admins");
        assertThat(as(Role.ADMIN).get("/entitlements?risk=terrible").status()).isEqualTo(400);
    }

    @Test
    void holdersAreCountedAndTheCallersOwnAccountIsRecognizedWhateverTheCase() {
        String email = organization.member(Role.REQUESTER).email().toUpperCase(Locale.ROOT);
        system.observe(
                admin,
                connector,
                new Observed(
                        List.of(account("ann"), new Observed.Account("me", "Me", email, true)),
                        List.of(entitlement("payroll"), entitlement("wiki")),
                        List.of(holds("ann", "payroll"), holds("ann", "wiki"), holds("me", "wiki"))));

        List<Json.Obj> mine = as(Role.REQUESTER).get("/entitlements").items();
        assertThat(mine).extracting(item -> item.integer("holders")).containsExactly(1L, 2L);
        assertThat(mine).extracting(item -> item.bool("held")).containsExactly(false, true);
        assertThat(as(Role.APPROVER).get("/entitlements").items())
                .extracting(item -> item.bool("held"))
                .containsExactly(false, false);
    }

    @Test
    void entitlementHasAVersionThatAChangeHasToName() {
        String id = oneEntitlement("wiki");

        var found = as(Role.ADMIN).get("/entitlements/" + id);
        assertThat(found.header("ETag")).contains("\"1\"");
        assertThat(found.json().string("connectorName")).isEqualTo("Directory");

        assertThat(as(Role.ADMIN)
                        .patch("/entitlements/" + id, "{'risk': 'critical'}")
                        .problem())
                .isEqualTo("precondition-required");
        var changed = as(Role.ADMIN).with("If-Match", "\"1\"").patch("/entitlements/" + id, "{'risk': 'critical'}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(changed.json().string("risk")).isEqualTo("critical");
    }

    @Test
    void staleVersionChangesNothingAndIsAudited() {
        String id = oneEntitlement("wiki");
        as(Role.ADMIN).with("If-Match", "\"1\"").patch("/entitlements/" + id, "{'risk': 'high'}");

        var stale = as(Role.ADMIN).with("If-Match", "\"1\"").patch("/entitlements/" + id, "{'risk': 'low'}");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.problem()).isEqualTo("stale-version");
        assertThat(as(Role.ADMIN).get("/entitlements/" + id).json().string("risk"))
                .isEqualTo("high");
        assertThat(outcomes("entitlement.change")).containsExactly("succeeded", "refused");
    }

    @Test
    void impossibleChangeIsTheCallersMistake() {
        String id = oneEntitlement("wiki");
        var session = as(Role.ADMIN).with("If-Match", "\"1\"");

        assertThat(session.patch("/entitlements/" + id, "{").problem()).isEqualTo("malformed-json");
        assertThat(session.patch("/entitlements/" + id, "{'risk': 'low', 'colour': 'red'}")
                        .problem())
                .isEqualTo("unknown-field");
        assertThat(session.patch("/entitlements/" + id, "{}").problem()).isEqualTo("invalid-field");
        assertThat(session.patch("/entitlements/" + id, "{'risk': 'terrible'}").problem())
                .isEqualTo("invalid-field");
        assertThat(outcomes("entitlement.change")).isEmpty();
    }

    @Test
    void whatPeopleSaidSurvivesTheNextObservation() {
        String id = oneEntitlement("wiki");
        as(Role.ADMIN)
                .with("If-Match", "\"1\"")
                .patch("/entitlements/" + id, "{'risk': 'critical', 'description': 'Ours'}");

        system.observe(
                admin,
                connector,
                new Observed(
                        List.of(),
                        List.of(new Observed.Entitlement(
                                new EntitlementRef(AccessFixtures.KIND, "wiki"), "Renamed", "Theirs")),
                        List.of()));

        Json.Obj found = as(Role.ADMIN).get("/entitlements/" + id).json();
        assertThat(found.string("name")).isEqualTo("Renamed");
        assertThat(found.string("risk")).isEqualTo("critical");
        assertThat(found.string("description")).isEqualTo("Ours");
    }

    @RepeatedTest(20)
    void ofTwoChangesToTheSameVersionOneCounts() throws Exception {
        String id = oneEntitlement("wiki");
        Callable<Integer> change = () -> as(Role.ADMIN)
                .with("If-Match", "\"1\"")
                .patch("/entitlements/" + id, "{'risk': 'high'}")
                .status();

        List<Integer> statuses = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : executor.invokeAll(List.of(change, change))) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void entitlementOfAnotherOrganizationLooksLikeNone() {
        String foreign = oneEntitlement("wiki");
        TestOrganization other = TestOrganization.fresh();
        var stranger = http.as(other.member(Role.ADMIN));

        var theirs = stranger.get("/entitlements/" + foreign);
        var nobodys = stranger.get("/entitlements/" + UUID.randomUUID());
        assertThat(theirs.problem()).isEqualTo("no-such-entitlement").isEqualTo(nobodys.problem());
        assertThat(theirs.status()).isEqualTo(nobodys.status()).isEqualTo(404);
        assertThat(stranger.get("/entitlements").items()).isEmpty();
        assertThat(stranger.with("If-Match", "\"1\"")
                        .patch("/entitlements/" + foreign, "{'risk': 'low'}")
                        .problem())
                .isEqualTo("no-such-entitlement");
    }

    @Test
    void onlyWhoeverMayChangeTheCatalogueChangesIt() {
        String id = oneEntitlement("wiki");

        for (Role role : List.of(Role.APPROVER, Role.REQUESTER, Role.AUDITOR, Role.READONLY)) {
            var answer = as(role).with("If-Match", "\"1\"").patch("/entitlements/" + id, "{'risk': 'low'}");
            assertThat(answer.problem()).as(role.name()).isEqualTo("not-permitted");
        }
    }

    @Test
    void accountsNameTheirMembersAndRequestersSeeTheirOwnOnly() {
        String email = organization.member(Role.REQUESTER).email();
        system.observe(
                admin,
                connector,
                new Observed(
                        List.of(
                                account("ann"),
                                new Observed.Account("me", "Me", email.toUpperCase(Locale.ROOT), false)),
                        List.of(),
                        List.of()));

        List<Json.Obj> all = as(Role.ADMIN).get("/accounts").items();
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().string("displayName")).isEqualTo("Me");
        assertThat(all.getFirst().string("state")).isEqualTo("disabled");
        assertThat(all.getFirst().string("memberId"))
                .isEqualTo(organization.member(Role.REQUESTER).id().toString());
        assertThat(all.getLast().optionalString("memberId")).isEmpty();
        assertThat(as(Role.REQUESTER).get("/accounts").items())
                .extracting(item -> item.string("displayName"))
                .containsExactly("Me");
        assertThat(as(Role.ADMIN).get("/accounts?mine=true").items()).isEmpty();
        assertThat(as(Role.ADMIN).get("/accounts?query=ANN%40example").items()).hasSize(1);
    }

    @Test
    void baselineOverHttpNeedsAJustification() {
        var observation = system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));
        String path = "/connectors/" + connector + "/baselines";

        assertThat(as(Role.ADMIN)
                        .post(path, "{'observationId': '%s', 'justification': ' '}".formatted(observation.id()))
                        .problem())
                .isEqualTo("invalid-field");
        var accepted = as(Role.ADMIN)
                .post(path, "{'observationId': '%s', 'justification': 'start'}".formatted(observation.id()));
        assertThat(accepted.status()).isEqualTo(201);
        assertThat(accepted.json().integer("assignments")).isEqualTo(1);
        assertThat(as(Role.ADMIN)
                        .post(path, "{'observationId': '%s', 'justification': 'again'}".formatted(observation.id()))
                        .problem())
                .isEqualTo("baseline-exists");
    }

    @Test
    void assignmentsSayHowTheBooksDiffer() {
        system.observe(admin, connector, holding(List.of(holds("ann", "wiki"))));

        Json.Obj drift = as(Role.READONLY)
                .get("/assignments?book=drift&connectorId=" + connector)
                .items()
                .getFirst();
        assertThat(drift.string("drift")).isEqualTo("unapproved-access");
        assertThat(drift.string("accountName")).isEqualTo("Name of ann");
        assertThat(drift.string("connectorName")).isEqualTo("Directory");
        assertThat(drift.bool("approved")).isFalse();
        Json.Obj summary = as(Role.READONLY).get("/connector-summaries").items().getFirst();
        assertThat(summary.integer("drift")).isEqualTo(1);
        assertThat(as(Role.READONLY).get("/assignments?book=ledger").status()).isEqualTo(400);
        assertThat(as(Role.READONLY).get("/assignments?cursor=abc").problem()).isEqualTo("invalid-field");
    }

    private TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    private List<String> search(String query) {
        return names("/entitlements?query=" + query);
    }

    private List<String> names(String path) {
        return as(Role.ADMIN).get(path).items().stream()
                .map(item -> item.string("name"))
                .toList();
    }

    private String oneEntitlement(String name) {
        system.observe(admin, connector, new Observed(List.of(), List.of(entitlement(name)), List.of()));
        return as(Role.ADMIN).get("/entitlements").items().getFirst().string("id");
    }

    private List<String> outcomes(String action) {
        return TestDatabase.beyondTheWalls()
                .sql("SELECT outcome FROM audit_event WHERE organization_id = ? AND action = ? ORDER BY sequence")
                .params(organization.id().value(), action)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
