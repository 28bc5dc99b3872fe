package dev.nuxari.server.roles;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.roles.RoleGround.Asked;
import dev.nuxari.server.roles.RoleGround.Ground;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestHttp.Session;
import dev.nuxari.server.testing.TestMember;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route that names an object, as every role, on one's own object, another member's, and one of another organization:
 * all of them real. What belongs to nobody in particular is everybody's "other".
 */
@ServerTest
class RoleMatrixTest {
    private static final String PREFIX = "/api/v1/organizations/{organizationId}";

    /** By hand, from the table of roles: whose calls are answered for their own object, and for another's. */
    private static final String TABLE = """
            GET /members/{memberId}              | owner admin approver requester auditor readonly | owner admin approver auditor
            PATCH /members/{memberId}            | owner                                           | owner admin
            GET /members/{memberId}/sessions     | owner admin approver requester auditor readonly | owner admin
            DELETE /members/{memberId}/sessions/{sessionId} | owner admin approver requester auditor readonly | owner admin
            POST /members/{memberId}/sign-outs   | owner admin approver requester auditor readonly | owner admin
            GET /members/{memberId}/lock         | owner admin                                     | owner admin
            POST /members/{memberId}/unlocks     | owner admin                                     | owner admin
            GET /directories/{id}                |                                                 | owner admin
            PUT /directories/{id}                |                                                 | owner admin
            POST /directories/{id}/tokens        |                                                 | owner admin
            POST /directories/{id}/tokens/{tokenId}/revocations | | owner admin
            POST /domains/{id}/checks            |                                                 | owner admin
            POST /domains/{id}/removals          |                                                 | owner admin
            GET /invites/{id}                    |                                                 | owner admin approver auditor
            POST /invites/{id}/mailings          |                                                 | owner admin
            POST /invites/{id}/revocations       |                                                 | owner admin
            GET /identity-providers/{id}         |                                                 | owner admin
            PUT /identity-providers/{id}         |                                                 | owner
            POST /identity-providers/{id}/checks |                                                 | owner admin
            POST /identity-providers/{id}/removals |                                               | owner
            GET /agents/{id}                     |                                                 | owner admin approver auditor readonly
            POST /agents/{id}/actions            |                                                 | owner admin
            POST /agents/{id}/enrolment-tokens   |                                                 | owner admin
            POST /agents/{id}/enrolment-tokens/{tokenId}/revocations | | owner admin
            POST /agents/{id}/revocations        |                                                 | owner admin
            GET /connectors/{id}                 |                                                 | owner admin approver auditor readonly
            POST /connectors/{id}/observations   |                                                 | owner admin
            GET /connectors/{id}/observations    |                                                 | owner admin approver auditor readonly
            POST /connectors/{id}/baselines      |                                                 | owner admin
            GET /observations/{id}               |                                                 | owner admin approver auditor readonly
            GET /entitlements/{id}               |                                                 | owner admin approver requester auditor readonly
            PATCH /entitlements/{id}             |                                                 | owner admin
            GET /requests/{id}                   | owner admin approver requester auditor readonly | owner admin approver auditor readonly
            POST /requests/{id}/cancellations    | owner admin approver requester                  |
            GET /approvals/{id}                  | owner admin approver auditor                    | owner admin approver auditor
            POST /approvals/{id}/decisions       |                                                 | owner admin approver
            GET /workflows/{id}                  | owner admin approver requester auditor readonly | owner admin approver auditor readonly
            POST /workflows/{id}/retries         | owner admin                                     | owner admin
            POST /workflows/{id}/cancellations   | owner admin                                     | owner admin
            GET /evidence-packages/{id}          |                                                 | owner admin auditor
            GET /evidence-packages/{id}/export   |                                                 | owner admin auditor
            POST /evidence-packages/{id}/shares  |                                                 | owner admin auditor
            GET /shares/{id}                     |                                                 | owner admin auditor
            POST /shares/{id}/revocations        |                                                 | owner admin auditor
            GET /audit-events/{sequence}         |                                                 | owner admin auditor
            """;

    /** An organization's log has its own numbers: there is no foreign one. */
    private static final String NUMBERED = "GET /audit-events/{sequence}";

    @Autowired
    RoleGround grounds;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @BeforeEach
    void givenEverythingThatARouteCanName() {
        ground = grounds.fresh();
    }

    /** Whom nobody else needs. */
    private @Nullable TestMember newcomer;

    private enum Whose {
        OWN,
        OTHER
    }

    @Test
    @Claim("T6")
    void tableKnowsEveryRouteThatNamesAnObject() {
        Set<String> served = mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .filter(pattern ->
                                pattern.startsWith(PREFIX + "/") && pattern.indexOf('{', PREFIX.length()) > 0)
                        .flatMap(pattern -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + pattern.substring(PREFIX.length()))))
                .collect(Collectors.toSet());

        assertThat(rows().keySet()).isEqualTo(served);
    }

    @Test
    @Claim({"T5", "T6"})
    void everyObjectAnswersTheRolesOfTheTableAndNoOther() {
        rows().forEach((route, answered) -> answered.forEach((whose, roles) -> {
            for (Role role : Role.values()) {
                Answer answer = call(route, role, object(route, role, whose));
                boolean refused = answer.status() == 403 || answer.status() == 404;
                assertThat(answer.status())
                        .as(route + " as " + role + ": " + answer.body())
                        .isLessThan(500);
                assertThat(refused)
                        .as("%s as %s on %s: %s", route, role, whose, answer.body())
                        .isEqualTo(!roles.contains(role));
            }
        }));
    }

    /** Whoever may not know of it is told that there is nothing. */
    @Test
    @Claim("T5")
    void othersObjectLooksLikeNoneToWhoSeesOnlyTheirOwn() {
        Stream.of(
                        "GET /members/{memberId}",
                        "GET /members/{memberId}/sessions",
                        "GET /requests/{id}",
                        "GET /workflows/{id}")
                .forEach(route ->
                        assertSame(route, Role.REQUESTER, object(route, Role.REQUESTER, Whose.OTHER), missing()));
        String cancel = "POST /requests/{id}/cancellations";
        assertSame(cancel, Role.REQUESTER, object(cancel, Role.REQUESTER, Whose.OTHER), missing());
        assertSame("GET /members/{memberId}", Role.READONLY, new Target(id(Role.OWNER), null), missing());
    }

    /** The object exists, in an organization of which the caller is no member: that is the same as not existing. */
    @Test
    @Claim({"T1", "T2"})
    void foreignObjectLooksLikeNone() {
        Ground home = ground;
        Ground foreign = grounds.fresh();
        rows().keySet().stream().filter(route -> !route.equals(NUMBERED)).forEach(route -> {
            for (Role role : Role.values()) {
                ground = foreign;
                Target target = object(route, role, Whose.OTHER);
                ground = home;
                assertSame(route, role, target, missing());
            }
        });
    }

    /** A list below an object that is not there is empty. */
    private void assertSame(String route, Role role, Target one, Target other) {
        Answer answer = call(route, role, one);
        Answer expected = call(route, role, new Target(other.id(), one.body()));
        assertThat(answer.status()).as(route + " as " + role).isEqualTo(expected.status());
        if (answer.status() == 200) {
            assertThat(answer.items()).as(route + " as " + role).isEmpty();
            assertThat(answer.body()).as(route + " as " + role).isEqualTo(expected.body());
            return;
        }
        assertThat(answer.status()).as(route + " as " + role).isIn(403, 404);
        assertThat(answer.problem()).as(route + " as " + role).isEqualTo(expected.problem());
        assertThat(answer.json().string("detail").replace(one.id(), "…"))
                .as(route + " as " + role)
                .isEqualTo(expected.json().string("detail").replace(other.id(), "…"));
    }

    private record Target(String id, @Nullable String body) {}

    private static Target missing() {
        return new Target(UUID.randomUUID().toString(), null);
    }

    private Answer call(String route, Role role, Target target) {
        String[] words = route.split(" ", 2);
        Session session = ground.as(role).with("If-Match", "\"1\"");
        String named =
                words[1].contains("{tokenId}") ? words[1].replace("{tokenId}", token(words[1], target.id())) : words[1];
        String path = named.replace("{sessionId}", session(target.id())).replaceAll("\\{\\w+}", target.id());
        return words[0].equals("POST") ? session.post(path, body(target)) : session.send(words[0], path, target.body());
    }

    private String token(String path, String id) {
        return path.startsWith("/agents") ? ground.enrolmentToken(id) : ground.directoryToken(id);
    }

    private static String body(Target target) {
        return target.body() == null ? "{}" : target.body();
    }

    /** An object that is the caller's own, or is not; as fresh as the route needs it. */
    private Target object(String route, Role caller, Whose whose) {
        Role owner = whose == Whose.OWN ? caller : anotherThan(caller);
        String noun = route.split("[ /]+", 3)[1];
        return switch (noun) {
            case "members" -> new Target(member(route, caller, whose), patch(route, "{'role':'requester'}"));
            case "requests", "approvals", "workflows" -> loop(noun, ground.requestOf(owner));
            case "connectors" -> new Target(ground.connector(), baseline(route));
            case "identity-providers" ->
                new Target(ground.identityProvider(), route.startsWith("PUT") ? ground.identityProviderBody() : null);
            case "entitlements" -> new Target(ground.entitlement(), patch(route, "{'description':'Reads'}"));
            case "evidence-packages" -> new Target(ground.evidencePackage(), share(route));
            case "agents", "directories" -> administered(noun, route);
            default -> new Target(named(noun), null);
        };
    }

    private Target administered(String noun, String route) {
        return noun.equals("agents") ? agent(route) : new Target(ground.directory(), settings(route));
    }

    /** A host has become it where it is to do something. */
    private Target agent(String route) {
        return route.endsWith("/actions")
                ? new Target(
                        ground.enrolledAgent(),
                        "{'type':'file-mode.set','parameters':{'path':'/srv/x','mode':420},'justification':'x'}")
                : new Target(ground.agent(), null);
    }

    /** What is named in the path and needs no body. */
    private String named(String noun) {
        return switch (noun) {
            case "domains" -> ground.domain();
            case "invites" -> ground.invite();
            case "observations" -> ground.observation();
            case "shares" -> ground.share();
            case "audit-events" -> "0";
            default -> throw new AssertionError(noun);
        };
    }

    /** A member who is changed has to be one whom nobody else needs. */
    private String member(String route, Role caller, Whose whose) {
        if (whose == Whose.OWN) {
            return id(caller);
        }
        if (route.startsWith("GET")) {
            return id(anotherThan(caller));
        }
        newcomer = ground.organization().enrol("other", Role.AUDITOR);
        return newcomer.id().toString();
    }

    /** An open session of this member, or one that nobody has. */
    private String session(String member) {
        Stream<TestMember> known =
                Stream.concat(Stream.of(Role.values()).map(ground::member), Optional.ofNullable(newcomer).stream());
        return known.filter(one -> one.id().toString().equals(member))
                .findFirst()
                .map(ground::session)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Role anotherThan(Role caller) {
        return caller == Role.OWNER ? Role.ADMIN : Role.OWNER;
    }

    private String id(Role role) {
        return ground.member(role).id().toString();
    }

    private static Target loop(String noun, Asked asked) {
        return switch (noun) {
            case "approvals" -> new Target(asked.approval(), Ground.rejection(asked));
            case "workflows" -> new Target(asked.workflow(), null);
            default -> new Target(asked.request(), null);
        };
    }

    private static @Nullable String patch(String route, String body) {
        return route.startsWith("PATCH") ? body : null;
    }

    private static @Nullable String settings(String route) {
        return route.startsWith("PUT") ? "{'name':'D','defaultRole':'readonly','ceiling':'readonly'}" : null;
    }

    private static @Nullable String share(String route) {
        return route.endsWith("/shares") ? "{'recipient':'Ernst'}" : null;
    }

    private @Nullable String baseline(String route) {
        return route.endsWith("/baselines")
                ? "{'observationId':'%s','justification':'as it is'}".formatted(ground.observation())
                : null;
    }

    private static Map<String, Map<Whose, Set<Role>>> rows() {
        return Stream.of(TABLE.split("\n"))
                .map(line -> line.split("\\|", -1))
                .collect(toMap(cells -> cells[0].strip(), RoleMatrixTest::whose, (one, _) -> one, LinkedHashMap::new));
    }

    /** Where nothing is anybody's own there is nothing to try. */
    private static Map<Whose, Set<Role>> whose(String[] cells) {
        Map<Whose, Set<Role>> whose = new LinkedHashMap<>();
        whose.put(Whose.OTHER, roles(cells[2]));
        if (hasOwners(cells[0])) {
            whose.put(Whose.OWN, roles(cells[1]));
        }
        return whose;
    }

    private static boolean hasOwners(String route) {
        return Stream.of("/members", "/requests", "/approvals", "/workflows").anyMatch(route::contains);
    }

    private static Set<Role> roles(String cell) {
        return Arrays.stream(cell.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> Spelling.parse(Role.class, word))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }
}
