package dev.nuxari.server.requests;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.StatementLog;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * What another organization has, and what nobody has, look the same: in status, headers and body, and in the work that is done
 * to find out, statement by statement. Time itself is not measured.
 */
@ServerTest
class SideChannelsHttpTest {
    private static final String PREFIX = "/api/v1/organizations/{organizationId}";

    /** Every route with an id: of what it is, and what is sent along. {@code ?} is an id that somebody else has, or nobody. */
    private static final String IDS = """
            GET /members/{memberId}                member
            PATCH /members/{memberId}              member         {'role': 'auditor'}
            GET /members/{memberId}/sessions       member
            DELETE /members/{memberId}/sessions/{sessionId}  member
            POST /members/{memberId}/sign-outs     member         {}
            GET /members/{memberId}/lock           member
            POST /members/{memberId}/unlocks       member         {}
            GET /connectors/{id}                   connector
            POST /connectors/{id}/observations     connector      {}
            GET /connectors/{id}/observations      connector
            POST /connectors/{id}/baselines        connector      {'observationId': 'own:observation', 'justification': 'x'}
            GET /observations/{id}                 observation
            GET /entitlements/{id}                 entitlement
            PATCH /entitlements/{id}               entitlement    {'risk': 'high'}
            GET /requests/{id}                     request
            POST /requests/{id}/cancellations      request        {}
            GET /approvals/{id}                    approval
            POST /approvals/{id}/decisions         approval       {'verdict': 'approve', 'reason': 'x', 'planHash': 'HASH'}
            GET /workflows/{id}                    workflow
            POST /workflows/{id}/retries           workflow       {}
            POST /workflows/{id}/cancellations     workflow       {}
            GET /evidence-packages/{id}            package
            GET /evidence-packages/{id}/export     package
            POST /evidence-packages/{id}/shares    package        {'recipient': 'x'}
            GET /shares/{id}                       share
            POST /shares/{id}/revocations          share          {}
            GET /directories/{id}                  directory
            PUT /directories/{id}                  directory      {'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'readonly'}
            POST /directories/{id}/tokens          directory      {}
            POST /directories/{id}/tokens/{tokenId}/revocations  directory  {}
            GET /agents/{id}                       agent
            POST /agents/{id}/actions              agent          {'type': 'file-mode.set', 'parameters': {'path': '/srv/x', 'mode': 420}, 'justification': 'x'}
            POST /agents/{id}/enrolment-tokens     agent          {}
            POST /agents/{id}/enrolment-tokens/{tokenId}/revocations  agent  {}
            POST /agents/{id}/revocations          agent          {}
            POST /domains/{id}/checks              domain         {}
            POST /domains/{id}/removals            domain         {}
            GET /invites/{id}                      invite
            POST /invites/{id}/mailings            invite         {}
            POST /invites/{id}/revocations         invite         {}
            GET /identity-providers/{id}           provider
            PUT /identity-providers/{id}           provider       {'name': 'x', 'preset': 'saml', 'metadataUrl': 'https://idp.example/saml'}
            POST /identity-providers/{id}/checks   provider       {}
            POST /identity-providers/{id}/removals  provider      {}
            GET /audit-events/{sequence}           sequence
            """.replace("HASH", "a".repeat(64));

    /** Ids in bodies and filters of addresses of one's own. */
    private static final String RELATED = """
            POST /requests                                entitlement    {'entitlementId': '?', 'justification': 'x'}
            POST /requests                                account        {'entitlementId': 'own:entitlement', 'accountId': '?', 'justification': 'x'}
            POST /requests                                account        {'accountId': '?', 'operation': 'disable', 'justification': 'x'}
            POST /connectors/own:connector/baselines      observation    {'observationId': '?', 'justification': 'x'}
            DELETE /members/own:member/sessions/{sessionId}  session
            POST /directories/own:directory/tokens/{tokenId}/revocations  token  {}
            POST /agents/own:agent/enrolment-tokens/{tokenId}/revocations  enrolment-token  {}
            GET /accounts?connectorId=?                   connector
            GET /entitlements?connectorId=?               connector
            GET /assignments?connectorId=?                connector
            """;

    private static final Set<String> LISTS = Set.of(
            "/members",
            "/members/{memberId}/sessions",
            "/agents",
            "/connectors",
            "/connectors/{id}/observations",
            "/entitlements",
            "/accounts",
            "/assignments",
            "/requests",
            "/approvals",
            "/workflows",
            "/evidence-packages",
            "/findings",
            "/shares",
            "/domains",
            "/invites",
            "/identity-providers",
            "/audit-events");

    @Autowired
    TestHttp http;

    @Autowired
    RequestGround grounds;

    @Autowired
    Collection<RequestMappingInfoHandlerMapping> mappings;

    private final StatementLog statements = new StatementLog();

    @SuppressWarnings("NullAway.Init")
    private TwoOrganizations both;

    @BeforeEach
    void givenTwoOrganizations() {
        both = TwoOrganizations.fresh(grounds, http);
    }

    @AfterEach
    void stopListening() {
        statements.close();
    }

    private record Case(
            String method,
            String path,
            String kind,
            @Nullable String body) {
        static Case parse(String line) {
            String[] cells = line.strip().split(" {2,}", 3);
            String[] route = cells[0].split(" ", 2);
            return new Case(route[0], route[1], cells[1], cells.length < 3 ? null : cells[2]);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** An answer without what differs each time, and without the id that was asked for. */
    private record Seen(int status, Map<String, List<String>> headers, String body, List<String> work) {}

    @Test
    @Claim("T4")
    void idOfAnotherOrganizationLooksLikeOneThatNobodyHas() {
        Map<String, Case> cases = cases(IDS).collect(toMap(Case::toString, one -> one));
        Set<String> served = routesWithIds();

        assertThat(cases.keySet()).containsAll(served);
        served.stream().map(cases::get).map(java.util.Objects::requireNonNull).forEach(this::looksTheSame);
    }

    @Test
    @Claim("T4")
    void relatedObjectOfAnotherOrganizationLooksLikeOneThatNobodyHas() {
        cases(RELATED).forEach(this::looksTheSame);
    }

    @Test
    @Claim("T4")
    void anotherOrganizationLooksLikeOneThatDoesNotExist() {
        String theirs = object(both.foreign(), "organization");
        String none = UUID.randomUUID().toString();

        // Directories have tokens of their own, and no member is let in there: see DirectoriesHttpTest.
        Stream<String> ofMembers = routes().filter(route -> !route.contains("/scim/"));
        ofMembers.filter(route -> route.contains("{organizationId}")).forEach(route -> {
            String[] parts = route.split(" ", 2);
            String path = parts[1].replace("{sequence}", "1")
                    .replaceAll(
                            "\\{\\*?(?!organizationId)\\w+}", UUID.randomUUID().toString());
            String body = parts[0].equals("GET") ? null : "{}";
            statements.take();
            Answer answer = owner().send(parts[0], path.replace("{organizationId}", theirs), body);
            Seen foreign = seen(answer, theirs);
            Seen missing = seen(owner().send(parts[0], path.replace("{organizationId}", none), body), none);

            assertThat(answer.problem()).as(route).isEqualTo("no-such-organization");
            assertThat(foreign).as(route).isEqualTo(missing);
        });
    }

    @Test
    @Claim("T4")
    void cursorOfAnotherOrganizationOpensNothing() {
        assertThat(LISTS).containsAll(pagedLists());
        for (String list : LISTS) {
            String theirList = filled(list, both.foreign());
            String myList = filled(list, both.own());
            String cursor = theirs().get(theirList + "?limit=1")
                    .json()
                    .optionalString("nextCursor")
                    .orElseGet(() -> forged(object(both.foreign(), "connector")));
            List<Json.Obj> everything = owner().get(myList + "?limit=200").items();

            Answer page = owner().get(myList + "?limit=200&cursor=" + cursor);

            assertThat(page.status()).as(list).isIn(200, 400);
            if (page.status() == 200) {
                assertThat(everything).as(list).containsAll(page.items());
            }
            both.foreign().forEach((kind, id) -> {
                if (!kind.equals("sequence")) {
                    assertThat(page.body()).as(list + " " + kind).doesNotContain(id);
                }
            });
        }
    }

    @Test
    @Claim("T4")
    void cursorThatWasForgedAroundAForeignIdTellsNothing() {
        for (String list : List.of("/members", "/requests", "/workflows", "/approvals", "/evidence-packages")) {
            String kind = list.substring(1, list.length() - 1).replace("evidence-", "");
            UUID foreign = UUID.fromString(object(both.foreign(), kind));
            // Right beside it, where nobody has anything.
            UUID none = new UUID(foreign.getMostSignificantBits(), foreign.getLeastSignificantBits() ^ 1);

            Answer aroundForeign = owner().get(list + "?cursor=" + forged(foreign.toString()));
            Answer aroundNone = owner().get(list + "?cursor=" + forged(none.toString()));

            assertThat(aroundForeign.status()).as(list).isEqualTo(200);
            assertThat(aroundForeign.body()).as(list).isEqualTo(aroundNone.body());
        }
    }

    @Test
    @Claim("T4")
    void nameThatAnotherOrganizationHasTakenIsFree() {
        String registration = """
                {'kind': 'ldap', 'name': 'Taken elsewhere',
                 'settings': {'host': 'localhost', 'port': 389, 'peopleBase': 'ou=p,dc=x', 'groupsBase': 'ou=g,dc=x'},
                 'credentials': {'observe': {'bindDn': 'cn=o', 'password': 'not-a-real-one'}}}
                """;
        Answer there = theirs().post("/connectors", registration);
        Answer here = owner().post("/connectors", registration);

        assertThat(there.status()).as(there.body()).isEqualTo(201);
        assertThat(here.status()).isEqualTo(201);
        assertThat(here.json().with("id", "")).isEqualTo(there.json().with("id", ""));
        assertThat(owner().post("/connectors", registration).problem()).isEqualTo("connector-name-taken");
    }

    @Test
    void addressAndSlugOfAnotherOrganizationAreFree() {
        Ground mine = both.mine();
        Ground theirs = both.theirs();
        mine.organization().enrol(theirs.organization().member(Role.OWNER), Role.READONLY);

        beyondTheWalls()
                .sql("SELECT provision_organization(?, ?, 'Namesake')")
                .params(UUID.randomUUID(), theirs.organization().slug())
                .query((_, _) -> true)
                .single();

        assertThat(owner().get("/members?limit=200").items())
                .extracting(member -> member.string("email"))
                .contains(theirs.organization().member(Role.OWNER).email());
    }

    @Test
    void versionOfAnObjectCountsOnesOwnChangesOnly() {
        String path = "/entitlements/" + object(both.own(), "entitlement");
        String before = owner().get(path).header("ETag").orElseThrow();

        Answer changed = theirs().with("If-Match", before)
                .patch("/entitlements/" + object(both.foreign(), "entitlement"), "{'risk': 'high'}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(owner().get(path).header("ETag")).contains(before);
    }

    @Test
    void sequenceNumbersCountOnesOwnEventsOnly() {
        long before = owner().get("/audit-head").json().integer("treeSize");

        http.as(both.theirs().organization().member(Role.READONLY)).get("/audit-head");
        http.as(both.mine().organization().member(Role.READONLY)).get("/audit-head");

        assertThat(owner().get("/audit-head").json().integer("treeSize")).isEqualTo(before + 1);
    }

    @Test
    void countsAreOfOnesOwnObjectsOnly() {
        String before = owner().get("/connector-summaries").body();

        theirs().post(
                        "/requests",
                        "{'entitlementId': '%s', 'accountId': '%s', 'justification': 'x'}"
                                .formatted(
                                        both.theirs().entitlement("wiki").id(),
                                        both.theirs().account("approver").id()));

        assertThat(owner().get("/connector-summaries").body()).isEqualTo(before);
    }

    @Test
    void traceIdsAreDrawnAndNotCounted() {
        List<String> ids = Stream.generate(() -> owner().get("/requests/" + UUID.randomUUID()))
                .limit(20)
                .map(answer -> answer.json().string("traceId"))
                .toList();

        assertThat(ids.stream().map(id -> id.substring(0, 8))).doesNotHaveDuplicates();
        assertThat(ids.stream().map(id -> id.substring(24))).doesNotHaveDuplicates();
    }

    private void looksTheSame(Case one) {
        Seen foreign = seen(one, object(both.foreign(), one.kind()));
        Seen missing = seen(one, TwoOrganizations.missing(one.kind()));

        assertThat(foreign.status()).as(one + ": " + foreign.body()).isNotEqualTo(500);
        assertThat(foreign).as(one.toString()).isEqualTo(missing);
        assertThat(foreign.work()).as(one.toString()).isNotEmpty();
    }

    private Seen seen(Case one, String id) {
        String path = one.path().replaceAll("\\{\\w+}", id).replace("=?", "=" + id);
        String body = one.body() == null ? null : one.body().replace("'?'", "'" + id + "'");
        TestHttp.Session session = one.method().equals("PATCH") ? owner().with("If-Match", "\"1\"") : owner();
        statements.take();
        return seen(session.send(one.method(), own(path), body == null ? null : own(body)), id);
    }

    private Seen seen(Answer answer, String id) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(Set.of("date", "connection", "keep-alive"));
        // As a word of its own: the digits of a sequence stand in other ids by chance.
        String body = answer.body()
                .replaceFirst("\"traceId\":\"[0-9a-f]{32}\"", "")
                .replaceAll("(?<![0-9a-f-])" + Pattern.quote(id) + "(?![0-9a-f-])", "ID");
        return new Seen(answer.status(), headers, body, statements.take());
    }

    /** Ids of one's own are written {@code own:kind}. */
    private String own(String text) {
        String filled = text;
        for (Map.Entry<String, String> object : both.own().entrySet()) {
            filled = filled.replace("own:" + object.getKey(), object.getValue());
        }
        return filled;
    }

    private static String filled(String list, Map<String, String> objects) {
        return list.replace("{id}", object(objects, "connector")).replace("{memberId}", object(objects, "member"));
    }

    private Stream<String> routes() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(SideChannelsHttpTest::routes);
    }

    private static Stream<String> routes(RequestMappingInfo info) {
        return info.getPatternValues().stream()
                .flatMap(pattern ->
                        info.getMethodsCondition().getMethods().stream().map(method -> method + " " + pattern));
    }

    private Set<String> routesWithIds() {
        return routes().filter(route -> route.contains(PREFIX + "/"))
                .map(route -> route.replace(PREFIX, ""))
                .filter(route -> route.contains("{"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose description says that they take a cursor. */
    private Set<String> pagedLists() {
        Json.Obj paths = http.anonymous().get("/api/openapi.json").json().object("paths");
        return paths.members().keySet().stream()
                .filter(path -> path.startsWith(PREFIX + "/"))
                .filter(path -> paths.object(path).members().containsKey("get"))
                .filter(path -> paths.object(path).object("get").canonical().contains("\"name\":\"cursor\""))
                .map(path -> path.replace(PREFIX, ""))
                .collect(Collectors.toSet());
    }

    private static Stream<Case> cases(String table) {
        return table.lines().filter(line -> !line.isBlank()).map(Case::parse);
    }

    private static String object(Map<String, String> objects, String kind) {
        return requireNonNull(objects.get(kind), kind);
    }

    private TestHttp.Session owner() {
        return http.as(both.mine().organization().member(Role.OWNER));
    }

    private TestHttp.Session theirs() {
        return http.as(both.theirs().organization().member(Role.OWNER));
    }

    /** Anybody can make one: a checksum and a key, and the form is in the source. */
    private static String forged(String key) {
        byte[] text = key.getBytes(UTF_8);
        byte[] checksum = Arrays.copyOf(Sha256.of("nuxari cursor v1".getBytes(UTF_8), text), 8);
        byte[] cursor = Arrays.copyOf(checksum, 8 + text.length);
        System.arraycopy(text, 0, cursor, 8, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }
}
