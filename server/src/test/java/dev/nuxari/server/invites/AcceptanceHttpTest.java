package dev.nuxari.server.invites;

import static dev.nuxari.server.invites.InviteGround.somebody;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.broker.BrokerAccount;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.NewAccount;
import dev.nuxari.server.broker.Taking;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMailbox;
import dev.nuxari.server.testing.TestMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** From the link to the membership: accounts are made at the real Keycloak, and what tokens say is the test's to choose. */
@ServerTest
@Claim("I4")
class AcceptanceHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    BrokerAccounts accounts;

    @SuppressWarnings("NullAway.Init")
    private InviteGround ground;

    private String email = "";

    @BeforeEach
    void givenOrganization() {
        ground = InviteGround.atBroker(http);
        email = somebody();
    }

    private TestMember invitee() {
        return ground.account(ground.subject(email), email);
    }

    @Test
    void whoWasInvitedBecomesAMemberByTheAddressInTheRole() {
        String token = ground.token(email, "approver");

        Answer accepted = ground.accepted(token);
        BrokerAccount account = accounts.byEmail(email).orElseThrow();
        assertThat(accepted.json().string("next"))
                .startsWith(SharedKeycloak.instance().url() + "/realms/nuxari/login-actions/action-token?key=");
        assertThat(account.verified()).isTrue();
        assertThat(ground.memberships(email)).isEmpty();

        Answer end = ground.signedIn(invitee(), accepted.cookie("nuxari_luggage"));

        assertThat(end.status()).as(end.body()).isEqualTo(302);
        assertThat(end.cookie("nuxari_session")).contains("nxc_");
        assertThat(end.response().headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("nuxari_luggage=;"));
        assertThat(ground.memberships(email)).containsExactly("approver active");
        assertThat(ground.opened(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(ground.accepted(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(ground.as(Role.OWNER).get("/invites").items().getFirst().string("state"))
                .isEqualTo("accepted");
        assertThat(ground.events())
                .containsExactly(
                        "invite.create succeeded",
                        "invite.send succeeded",
                        "member.enrol succeeded",
                        "invite.accept succeeded");
    }

    @Test
    void caseOfTheAddressMakesNoDifference() {
        String token =
                ground.token(email.toUpperCase(Locale.ROOT).replace("PEOPLE.EXAMPLE", "people.example"), "requester");
        String carried = ground.carried(token);
        TestMember account =
                ground.account(accounts.byEmail(email).orElseThrow().subject(), email);

        assertThat(ground.signedIn(account, carried).status()).isEqualTo(302);
        assertThat(ground.memberships(email)).containsExactly("requester active");
    }

    /** A link that was forwarded, or leaked. */
    @Test
    void otherAccountIsRefusedAndTheInvitationStaysOpen() {
        String token = ground.token(email, "admin");
        String carried = ground.carried(token);
        String thief = somebody();
        String subject = SharedKeycloak.instance()
                .admin()
                .ensureUser("nuxari", new NewUser(thief, "Theo", "Thief", "correct-horse-battery"));

        Answer end = ground.signedIn(ground.account(subject, thief), carried);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("The invitation is for somebody else").doesNotContain(email);
        assertThat(end.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("nuxari_session=nxc"));
        assertThat(ground.memberships(thief)).isEmpty();
        assertThat(ground.events()).endsWith("invite.accept refused");
        assertThat(ground.signedIn(invitee(), ground.carried(token)).status()).isEqualTo(302);
        assertThat(ground.memberships(email)).containsExactly("admin active");
    }

    /** Whose token says the invited address, and is another account: made anew, or a mistake of the broker's. */
    @Test
    void accountThatTheInvitationIsNotBoundToIsRefused() {
        String carried = ground.carried(ground.token(email, "requester"));

        Answer end = ground.signedIn(ground.account(UUID.randomUUID().toString(), email), carried);

        assertThat(end.status()).isEqualTo(403);
        assertThat(ground.memberships(email)).isEmpty();
    }

    @Test
    void addressThatIsNotVerifiedIsRefused() {
        String carried = ground.carried(ground.token(email, "requester"));

        for (Map<String, Object> claims : List.<Map<String, Object>>of(
                Map.of("email_verified", false), Map.of(), Map.of("email_verified", "true"))) {
            Answer end = ground.signedIn(invitee(), carried, claims);
            assertThat(end.status()).isEqualTo(403);
            assertThat(end.body()).contains("not verified");
        }
        assertThat(ground.memberships(email)).isEmpty();
        assertThat(ground.signedIn(invitee(), carried).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0440%s", // Cyrillic er for p
                "\uff50%s", // full width
                "p\u200b%s",
                "p%s.",
                "p+x%s",
            })
    void addressThatOnlyLooksAlikeIsAnother(String alike) {
        String carried = ground.carried(ground.token(email, "requester"));
        String claimed = alike.formatted(email.substring(1));

        Answer end = ground.signedIn(ground.account(ground.subject(email), claimed), carried);

        boolean same = claimed.equals(email + ".");
        assertThat(end.status()).as(claimed).isEqualTo(same ? 302 : 403);
        assertThat(ground.memberships(claimed)).isEmpty();
    }

    @Test
    void linkIsUsedOnceAlsoByManyAtOnce() throws Exception {
        String token = ground.token(email, "requester");
        List<String> carried = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            carried.add(ground.carried(token));
        }
        TestMember account = invitee();
        CountDownLatch start = new CountDownLatch(1);

        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = carried.stream()
                    .map(one -> threads.submit((Callable<Integer>) () -> {
                        start.await();
                        return ground.signedIn(account, one).status();
                    }))
                    .toList();
            start.countDown();
            for (Future<Integer> each : running) {
                answers.add(each.get());
            }
        }

        assertThat(answers).filteredOn(status -> status == 302).hasSize(1);
        assertThat(ground.memberships(email)).containsExactly("requester active");
        assertThat(ground.events().stream().filter(event -> event.equals("invite.accept succeeded")))
                .hasSize(1);
    }

    @Test
    void whatChangesBetweenTheLinkAndTheSignInCounts() {
        for (Runnable change : List.<Runnable>of(
                () -> ground.change(Role.ADMIN, "role = 'auditor'"),
                () -> ground.change(Role.ADMIN, "state = 'suspended'"),
                () -> ground.policy("email_domain_allowlist = '{acme.example}'"))) {
            ground = InviteGround.atBroker(http);
            email = somebody();
            String carried = ground.carried(ground.token(email, "requester"));
            change.run();
            Answer end = ground.signedIn(invitee(), carried);

            assertThat(end.status()).isEqualTo(403);
            assertThat(ground.memberships(email)).isEmpty();
        }
    }

    @Test
    void revokedBetweenTheLinkAndTheSignInIsOver() {
        String carried = ground.carried(ground.token(email, "requester"));
        Json.Obj invite = ground.as(Role.OWNER).get("/invites").items().getFirst();
        ground.as(Role.OWNER).post("/invites/" + invite.string("id") + "/revocations", "{}");

        Answer end = ground.signedIn(invitee(), carried);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("The invitation is over");
        assertThat(ground.memberships(email)).isEmpty();
    }

    @Test
    void acceptingIsRepeatableUntilItIsDone() {
        String token = ground.token(email, "requester");
        ground.carried(token);
        String first = ground.subject(email);

        String carried = ground.carried(token);

        assertThat(ground.subject(email)).isEqualTo(first);
        assertThat(ground.signedIn(invitee(), carried).status()).isEqualTo(302);
    }

    /** The account has a password: a link to set one would be a way around it. */
    @Test
    void whoHasAnAccountSignsInAndIsGivenNoWayAroundThat() {
        SharedKeycloak.instance()
                .admin()
                .ensureUser("nuxari", new NewUser(email, "Pia", "Person", "correct-horse-battery"));
        String token = ground.token(email, "requester");

        Answer accepted = ground.accepted(token);

        assertThat(accepted.json().string("next")).isEqualTo("/login/start?returnTo=/&maxAge=0");
        assertThat(ground.signedIn(invitee(), accepted.cookie("nuxari_luggage")).status())
                .isEqualTo(302);
        assertThat(ground.memberships(email)).containsExactly("requester active");
    }

    @Test
    void cookieThatSomebodyMadeIsNone() {
        String token = ground.token(email, "requester");
        ground.carried(token);

        Answer end = ground.signedIn(invitee(), "nuxari_luggage=" + token);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("You are no member here");
        assertThat(ground.memberships(email)).isEmpty();
    }

    @Test
    void memberOfAnotherOrganizationBecomesOneHereToo() {
        InviteGround other = InviteGround.atBroker(http);
        TestMember known = other.organization().member(Role.REQUESTER);
        email = known.email();
        String carried = ground.carried(ground.token(email, "auditor"));

        assertThat(ground.signedIn(invitee(), carried).status()).isEqualTo(302);

        assertThat(ground.memberships(email)).containsExactly("auditor active");
        assertThat(other.memberships(email)).containsExactly("requester active");
    }

    /** By their own provider or directory, which gives everybody the same role. */
    @Test
    void whoWasLetInMeanwhileGetsTheRoleOfTheInvitation() {
        String carried = ground.carried(ground.token(email, "admin"));
        TestMember account = invitee();
        ground.organization().enrol(account, Role.READONLY);

        assertThat(ground.signedIn(account, carried).status()).isEqualTo(302);

        assertThat(ground.memberships(email)).containsExactly("admin active");
        assertThat(ground.as(Role.OWNER).get("/invites").items().getFirst().string("state"))
                .isEqualTo("accepted");
        assertThat(ground.events()).endsWith("member.change succeeded", "invite.accept succeeded");
        assertThat(TestMailbox.instance().mails(email)).hasSize(1);
    }

    /** What people have said since counts more, and nobody sinks by an invitation. */
    @ParameterizedTest
    @CsvSource({
        "requester,readonly,version = 2",
        "requester,approver,version = 1",
        "requester,readonly,state = 'suspended'"
    })
    void whoWasLetInAndIsWhatTheyShouldBeStaysThat(String invited, String is, String change) {
        String carried = ground.carried(ground.token(email, invited));
        TestMember account = invitee();
        ground.organization().enrol(account, Role.parse(is));
        beyondTheWalls()
                .sql("UPDATE member SET " + change + " WHERE organization_id = ? AND subject = ?")
                .params(ground.organization().id().value(), account.subject())
                .update();

        ground.signedIn(account, carried);

        assertThat(ground.memberships(email)).allMatch(member -> member.startsWith(is));
        assertThat(ground.as(Role.OWNER).get("/invites").items().getFirst().string("state"))
                .isEqualTo("open");
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

    /** A click on a link is no wish to belong: they have to sign in. */
    @Test
    void whoHasAnAccountIsInTheOrganizationWhenTheyHaveSignedInAndNotBefore() {
        SharedKeycloak.instance()
                .admin()
                .ensureUser("nuxari", new NewUser(email, "Pia", "Person", "correct-horse-battery"));
        String carried = ground.carried(ground.token(email, "requester"));
        assertThat(atBroker()).doesNotContain(email);

        assertThat(ground.signedIn(invitee(), carried).status()).isEqualTo(302);

        assertThat(atBroker()).contains(email);
    }

    /** Whoever runs that organization's provider can say that they are anybody with an address of its domain. */
    @Test
    @Claim("T2")
    void wordOfAnotherOrganizationAcceptsNoInvitation() {
        InviteGround other = InviteGround.atBroker(http);
        String domain = other.organization().slug() + ".example";
        String provider = other.enabledProvider(domain);
        email = "guest@" + domain;
        String carried = ground.carried(ground.token(email, "admin"));
        TestMember theirs = other.account(ground.subject(email), email);

        Answer end = ground.signedIn(
                theirs, carried, Map.of("email_verified", true, "identity_provider", provider, "login_method", "saml"));

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("Not with this sign-in");
        assertThat(ground.memberships(email)).isEmpty();
        assertThat(ground.events()).endsWith("invite.accept refused");
    }

    /** Another organization has made the account, and may have kept what opens it. */
    @Test
    @Claim("T2")
    void accountThatAnotherOrganizationLooksAfterAcceptsNothing() {
        InviteGround other = InviteGround.atBroker(http);
        Taking taken = accounts.take(other.organization().id(), new NewAccount(email, "Pia", "Person", true));
        String subject = taken instanceof Taking.Taken(String name) ? name : "";
        String token = ground.token(email, "requester");
        String carried = ground.carried(token);

        Answer end = ground.signedIn(ground.account(subject, email), carried);

        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("Not with this account");
        assertThat(ground.memberships(email)).isEmpty();
        assertThat(atBroker()).doesNotContain(email);
        accounts.leave(other.organization().id(), subject);
        assertThat(ground.accepted(token).json().string("next")).contains("/login-actions/action-token");
        assertThat(ground.signedIn(ground.account(subject, email), carried).status())
                .isEqualTo(302);
        assertThat(ground.memberships(email)).containsExactly("requester active");
    }
}
