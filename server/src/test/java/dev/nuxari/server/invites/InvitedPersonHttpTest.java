package dev.nuxari.server.invites;

import static dev.nuxari.server.invites.InviteGround.somebody;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTParser;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.identity.EmailAddress;
import dev.nuxari.server.invites.Invites.Wish;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMailbox;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With the real Keycloak from the mail to the session: somebody who had no account, and somebody who had one. */
@ServerTest
@Claim("I4")
class InvitedPersonHttpTest {
    private static final String PASSWORD = "correct-horse-battery";

    @Autowired
    TestHttp http;

    @Autowired
    Invites invites;

    @Autowired
    Doorkeeper doorkeeper;

    @SuppressWarnings("NullAway.Init")
    private InviteGround ground;

    private String email = "";

    @DynamicPropertySource
    static void realBroker(DynamicPropertyRegistry settings) {
        settings.add("nuxari.oidc.issuer", () -> SharedKeycloak.instance().issuer());
        settings.add("nuxari.oidc.client-secret", () -> SharedKeycloak.CONSOLE_SECRET);
        settings.add("nuxari.public.base-url", () -> SharedKeycloak.BASE_URL);
    }

    @BeforeEach
    void givenOrganization() {
        ground = InviteGround.atBroker(http);
        email = somebody();
    }

    @Test
    void whoHadNoAccountSetsAPasswordAndIsAMember() {
        String token = invited(Role.APPROVER);
        Answer accepted = ground.accepted(token);
        String carried = accepted.cookie("nuxari_luggage");
        URI setUp = URI.create(accepted.json().string("next"));

        Optional<String> back = new AccountPages(email, PASSWORD).walk(setUp);

        assertThat(back).contains(SharedKeycloak.BASE_URL + "/login/start");
        Answer end = signIn(carried);
        assertThat(end.status()).as(end.body()).isEqualTo(302);
        assertThat(end.cookie("nuxari_session")).startsWith("nuxari_session=nxc_");
        assertThat(ground.memberships(email)).containsExactly("approver active");
        assertThat(name()).isEqualTo("Pia Person");
        assertThat(ground.accepted(token).problem()).isEqualTo("invite-opens-nothing");
        // The link that set the password sets no other one: they sign in with the first.
        new AccountPages(email, "another-horse-battery").walk(setUp);
        assertThat(signIn(carried).body()).contains("The invitation is over");
    }

    @Test
    void whoHasSetAPasswordAndThenWentAwayComesBackByTheSameLink() {
        String token = invited(Role.REQUESTER);
        new AccountPages(email, PASSWORD)
                .walk(URI.create(ground.accepted(token).json().string("next")));
        assertThat(ground.memberships(email)).isEmpty();

        Answer again = ground.accepted(token);

        assertThat(again.json().string("next")).startsWith("/login/start");
        assertThat(signIn(again.cookie("nuxari_luggage")).status()).isEqualTo(302);
        assertThat(ground.memberships(email)).containsExactly("requester active");
    }

    @Test
    void whoHasAnAccountWhoseAddressIsNotVerifiedIsRefused() {
        KeycloakAdmin broker = SharedKeycloak.instance().admin();
        String subject = broker.ensureUser("nuxari", new NewUser(email, "Mallory", "Evil", PASSWORD));
        broker.exchange(
                "PUT",
                "/admin/realms/nuxari/users/" + subject,
                Json.object("email", email, "emailVerified", false, "firstName", "Mallory", "lastName", "Evil")
                        .canonical());

        Answer end = signIn(ground.carried(invited(Role.ADMIN)));

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("not verified");
        assertThat(ground.memberships(email)).isEmpty();
    }

    /** Only the server's own client is handed such links. */
    @Test
    void administratorIsHandedNoLinkToAnAccount() {
        KeycloakAdmin.Answer answer =
                SharedKeycloak.instance().admin().exchange("POST", "/admin/realms/nuxari/nuxari-account-setups", "{}");

        assertThat(answer.status()).isEqualTo(403);
    }

    private URI begun() {
        return URI.create(ground.accepted(invited(Role.REQUESTER)).json().string("next"));
    }

    private String account() {
        return SharedKeycloak.instance().admin().userId("nuxari", email).orElseThrow();
    }

    private List<String> waysIn() {
        return SharedKeycloak.instance()
                .admin()
                .list("/admin/realms/nuxari/users/" + account() + "/credentials")
                .stream()
                .map(one -> one.string("type"))
                .toList();
    }

    private List<String> atBroker() {
        return SharedKeycloak.instance()
                .admin()
                .list("/admin/realms/nuxari/organizations/"
                        + ground.organization().id() + "/members?max=100")
                .stream()
                .map(member -> member.string("email"))
                .toList();
    }

    @Test
    void linkOfARevokedInvitationSetsNothing() {
        URI setUp = begun();
        assertThat(atBroker()).contains(email);
        Invite invite = invites.list(
                        ground.organization().id(),
                        ground.organization().caller(doorkeeper, Role.OWNER),
                        PageRequest.first())
                .items()
                .getFirst();

        invites.revoke(ground.organization().id(), ground.organization().caller(doorkeeper, Role.OWNER), invite.id());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(atBroker()).doesNotContain(email));

        new AccountPages(email, PASSWORD).walk(setUp);
        assertThat(waysIn()).isEmpty();
    }

    @Test
    void linkOfAnAccountThatJoinedElsewhereSetsNothing() {
        URI setUp = begun();
        InviteGround other = InviteGround.atBroker(http);
        SharedKeycloak.instance()
                .admin()
                .ensureMember("nuxari", other.organization().id().toString(), account());

        new AccountPages(email, PASSWORD).walk(setUp);
        assertThat(waysIn()).isEmpty();
    }

    /** The newest is the one that counts. */
    @Test
    void linkThatAnotherOneHasReplacedSetsNothing() {
        String token = invited(Role.REQUESTER);
        URI first = URI.create(ground.accepted(token).json().string("next"));
        URI second = URI.create(ground.accepted(token).json().string("next"));

        new AccountPages(email, "planted-horse-battery").walk(first);
        assertThat(waysIn()).isEmpty();
        assertThat(new AccountPages(email, PASSWORD).walk(second)).isPresent();
        assertThat(waysIn()).containsExactly("password");
    }

    @Test
    void linkLivesNoLongerThanTheInvitation() throws ParseException {
        String token = invited(Role.REQUESTER);
        beyondTheWalls()
                .sql("UPDATE invite SET expires_at = now() + interval '90 seconds' WHERE email = ?")
                .param(email)
                .update();

        URI setUp = URI.create(ground.accepted(token).json().string("next"));

        String key = setUp.getRawQuery().replaceFirst("^key=", "");
        assertThat(JWTParser.parse(key).getJWTClaimsSet().getExpirationTime())
                .isBefore(Date.from(Instant.now().plusSeconds(95)));
    }

    private String invited(Role role) {
        var admin = ground.organization().caller(doorkeeper, Role.ADMIN);
        assertThat(invites.invite(
                        ground.organization().id(),
                        admin,
                        new Wish(EmailAddress.parse(email).orElseThrow(), role)))
                .isInstanceOf(InviteRuling.Accepted.class);
        return TestMailbox.instance().inviteToken(email, 1);
    }

    private Answer signIn(String carried) {
        Answer start = http.anonymous().get("/login/start");
        URI back = new ScriptedBrowser(ScriptedBrowser.Person.of(email, PASSWORD))
                .walk(
                        URI.create(start.header("Location").orElseThrow()),
                        address -> address.toString().startsWith(SharedKeycloak.BASE_URL));
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login") + "; " + carried)
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    private String name() {
        return beyondTheWalls()
                .sql("SELECT display_name FROM member WHERE email = ?")
                .param(email)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }
}
