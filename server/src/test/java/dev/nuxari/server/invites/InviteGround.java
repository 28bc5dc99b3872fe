package dev.nuxari.server.invites;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMailbox;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An organization that invites, and whoever is invited. */
record InviteGround(TestHttp http, TestOrganization organization) {
    static final String LINK = "/api/v1/invite";

    private static final Json.Obj SOURCE = Json.object("issuer", "https://idp.example", "clientId", "nuxari");
    private static final Json.Obj CONNECTION = SOURCE.with("authorization", "https://idp.example/authorize")
            .with("token", "https://idp.example/token")
            .with("keys", "https://idp.example/keys");

    static InviteGround fresh(TestHttp http) {
        return new InviteGround(http, TestOrganization.fresh());
    }

    static InviteGround atBroker(TestHttp http) {
        return new InviteGround(http, TestOrganization.atBroker());
    }

    /** An address that nobody has. */
    static String somebody() {
        return "p" + UUID.randomUUID() + "@people.example";
    }

    TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    Answer tried(Role by, String email, String role) {
        return as(by).post("/invites", "{'email': '%s', 'role': '%s'}".formatted(email, role));
    }

    Json.Obj invited(String email, String role) {
        Answer answer = tried(Role.ADMIN, email, role);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** Invites, and answers the token of the mail. */
    String token(String email, String role) {
        invited(email, role);
        return TestMailbox.instance().inviteToken(email, 1);
    }

    Json.Obj shown(Json.Obj invite) {
        return as(Role.OWNER).get("/invites/" + invite.string("id")).json();
    }

    Answer opened(String token) {
        return http.anonymous().with("Authorization", "Bearer " + token).get(LINK);
    }

    Answer accepted(String token) {
        return http.anonymous().with("Authorization", "Bearer " + token).post(LINK + "/acceptances", "{}");
    }

    /** Accepts; the cookie that the browser carries on. */
    String carried(String token) {
        Answer answer = accepted(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.cookie("nuxari_luggage");
    }

    /** The account that was made for the address, as its tokens would name it here. */
    TestMember account(String subject, String email) {
        return new TestMember(
                organization.id(), organization.member(Role.READONLY).id(), subject, email, Role.READONLY);
    }

    /** Comes back from the broker, which says of the account what it says. */
    Answer signedIn(TestMember account, String carried, Map<String, Object> claims) {
        Answer start = http.anonymous().get("/login/start?returnTo=/");
        URI back = TestBroker.instance()
                .signIn(account, URI.create(start.header("Location").orElseThrow()), token -> {
                    claims.forEach(token::claim);
                    return token;
                });
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login") + "; " + carried)
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    Answer signedIn(TestMember account, String carried) {
        return signedIn(account, carried, Map.of("email_verified", true, "name", "Pia Person"));
    }

    /** A provider of this organization, which has the domain; the name that the broker signs. */
    String enabledProvider(String domain) {
        UUID provider = UUID.randomUUID();
        beyondTheWalls().sql("""
                INSERT INTO organization_domain
                    (organization_id, domain_id, domain, token, state, added_at, verified_at, next_check_at)
                VALUES (?, uuidv7(), ?, repeat('0', 32), 'verified', now(), now(), now())
                """).params(organization.id().value(), domain).update();
        beyondTheWalls()
                .sql("""
                INSERT INTO identity_provider
                    (organization_id, provider_id, name, state, preset, source, connection, default_role, ceiling,
                     groups_claim, rules, created_at, version)
                VALUES (?, ?, 'P', 'enabled', 'oidc', ?, ?, 'readonly', 'approver', '', '{"groups":[]}', now(), 1)
                """)
                .params(organization.id().value(), provider, SOURCE.canonical(), CONNECTION.canonical())
                .update();
        return "org-" + organization.id() + "-" + provider;
    }

    String subject(String email) {
        return beyondTheWalls()
                .sql("SELECT subject FROM invite WHERE organization_id = ? AND email = ? AND state <> 'replaced'")
                .params(organization.id().value(), email)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    /** {@code requester active}, or nothing. */
    List<String> memberships(String email) {
        return beyondTheWalls()
                .sql("SELECT role || ' ' || state FROM member WHERE organization_id = ? AND lower(email) = lower(?)")
                .params(organization.id().value(), email)
                .query((row, _) -> row.getString(1))
                .list();
    }

    void change(Role role, String change) {
        beyondTheWalls()
                .sql("UPDATE member SET " + change + " WHERE member_id = ?")
                .param(organization.member(role).id().value())
                .update();
    }

    void policy(String change) {
        beyondTheWalls()
                .sql("UPDATE identity_policy SET " + change + ", version = version + 1 WHERE organization_id = ?")
                .param(organization.id().value())
                .update();
    }

    /** The newest last: {@code invite.create succeeded}. */
    List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome
                FROM audit_event WHERE organization_id = ? AND noun IN ('invite', 'member') ORDER BY sequence
                """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    static String spelled(Role role) {
        return Spelling.of(role);
    }
}
