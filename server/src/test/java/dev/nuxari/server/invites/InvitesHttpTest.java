package dev.nuxari.server.invites;

import static dev.nuxari.server.invites.InviteGround.somebody;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMailbox;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Invitations as owners and admins issue them, with a mail server that takes the mails. */
@ServerTest
@Claim("I4")
class InvitesHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private InviteGround ground;

    @BeforeEach
    void givenOrganization() {
        ground = InviteGround.fresh(http);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void invitationIsSentOnceToItsAddressAndIsOnRecord() throws MessagingException {
        String email = somebody();

        Json.Obj invite = ground.invited(email, "approver");

        assertThat(invite.string("state")).isEqualTo("open");
        assertThat(invite.string("email")).isEqualTo(email);
        assertThat(Instant.parse(invite.string("expiresAt")))
                .isCloseTo(clock.instant().plus(Duration.ofDays(7)), Assertions.within(1, ChronoUnit.MINUTES));
        MimeMessage mail = TestMailbox.instance().await(email, 1);
        assertThat(mail.getHeader("Subject")).containsExactly("You are invited to Nuxari");
        assertThat(mail.getHeader("From")).containsExactly("nuxari@mail.example");
        assertThat(mail.getHeader("To")).containsExactly(email);
        assertThat(mail.getHeader("Message-ID")[0]).endsWith("@mail.example>");
        assertThat(TestMailbox.text(mail, "text/plain"))
                .contains("admin invites you", "Test " + ground.organization().slug(), "as approver", "UTC");
        assertThat(TestMailbox.text(mail, "text/html")).contains("Accept the invitation", "/invite#nxi_");
        awaitDelivery(invite, "sent");
        assertThat(TestMailbox.instance().mails(email)).hasSize(1);
        assertThat(ground.events()).containsExactly("invite.create succeeded", "invite.send succeeded");
        assertThat(ground.as(Role.AUDITOR).get("/invites").items())
                .extracting(one -> one.string("id"))
                .containsExactly(invite.string("id"));
    }

    @Test
    void databaseHasTheHashOnlyAndNoAnswerHasTheToken() {
        String email = somebody();
        String token = ground.token(email, "requester");

        String row = beyondTheWalls()
                .sql("SELECT row_to_json(i)::text FROM invite i WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .query((r, _) -> String.valueOf(r.getString(1)))
                .single();

        String secret = token.substring(token.lastIndexOf(ground.organization().id() + "_") + 37);
        assertThat(secret).hasSize(43);
        assertThat(row).doesNotContain(secret);
        assertThat(row).contains(InviteToken.parse(token).orElseThrow().hash());
        assertThat(ground.as(Role.OWNER).get("/invites").body()).doesNotContain(secret);
    }

    @Test
    void nobodyInvitesAnOwner() {
        for (Role by : new Role[] {Role.OWNER, Role.ADMIN}) {
            Answer answer = ground.tried(by, somebody(), "owner");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("invite-makes-no-owner");
        }
        assertThat(ground.events()).containsExactly("invite.create refused", "invite.create refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approver", "requester", "auditor", "readonly"})
    void nobodyElseInvites(String role) {
        assertThat(ground.tried(Role.parse(role), somebody(), "readonly").problem())
                .isEqualTo("not-permitted");
    }

    @Test
    void addressHasOneOpenInvitationWhateverItsCase() {
        String email = somebody();
        ground.invited(email, "requester");

        Answer again = ground.tried(Role.OWNER, email.toUpperCase(Locale.ROOT), "approver");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("invite-already-open");
    }

    @Test
    void memberIsNotInvitedAndOneOfAnotherOrganizationIs() {
        String member = ground.organization().member(Role.REQUESTER).email();

        Answer answer = ground.tried(Role.ADMIN, member.toUpperCase(Locale.ROOT), "approver");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("already-a-member");
        assertThat(InviteGround.fresh(http)
                        .tried(Role.ADMIN, member, "approver")
                        .status())
                .isEqualTo(201);
    }

    @Test
    @Claim("T3")
    void domainOutsideOfTheAllowlistIsRefused() {
        ground.policy("email_domain_allowlist = '{acme.example}'");

        assertThat(ground.tried(Role.ADMIN, somebody(), "requester").problem()).isEqualTo("email-domain-not-allowed");
        assertThat(ground.tried(Role.ADMIN, "ann@acme.example", "requester").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@localhost",
                "ann@people.example\\r\\nBcc: evil@people.example",
                "ann@people.example, evil@people.example",
                "Ann <ann@people.example>",
                "\\u0430nn@people.example",
                "=?utf-8?q?ann?=@people.example",
                "",
            })
    void whatIsNoPlainAddressIsRefused(String email) {
        Answer answer = ground.tried(Role.ADMIN, email, "requester");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-field");
    }

    @Test
    void namesOfPeopleStayInTheBodyAndAreNoHtml() {
        beyondTheWalls()
                .sql(
                        "UPDATE member SET display_name = E'<img src=x>\\r\\nBcc: evil@people.example' WHERE member_id = ?")
                .param(ground.organization().member(Role.ADMIN).id().value())
                .update();
        String email = somebody();
        ground.invited(email, "requester");

        MimeMessage mail = TestMailbox.instance().await(email, 1);

        assertThat(TestMailbox.text(mail, "text/html"))
                .contains("&lt;img src=x&gt;")
                .doesNotContain("<img");
        assertThat(TestMailbox.text(mail, "text/plain")).contains("<img src=x>  Bcc: evil@people.example invites you");
        Assertions.assertThatCode(() -> assertThat(mail.getHeader("Bcc")).isNull())
                .doesNotThrowAnyException();
    }

    @Test
    void resendingInvalidatesTheFormerLink() {
        String email = somebody();
        String first = ground.token(email, "requester");
        Json.Obj invite = ground.as(Role.OWNER).get("/invites").items().getFirst();
        assertThat(resent(invite).problem()).isEqualTo("invite-sent-too-soon");

        clock.advance(Duration.ofMinutes(6));
        assertThat(resent(invite).status()).isEqualTo(201);

        assertThat(ground.opened(first).problem()).isEqualTo("invite-opens-nothing");
        // The timers' own clock does not jump.
        clock.reset();
        due(invite);
        String second = TestMailbox.instance().inviteToken(email, 2);
        assertThat(ground.opened(first).status()).isEqualTo(404);
        assertThat(ground.opened(second).status()).isEqualTo(200);
        assertThat(ground.shown(invite).object("invitedBy").string("memberId"))
                .isEqualTo(ground.organization().member(Role.OWNER).id().toString());
    }

    @Test
    void revokedInvitationIsOver() {
        String token = ground.token(somebody(), "requester");
        Json.Obj invite = ground.as(Role.OWNER).get("/invites").items().getFirst();

        Answer revoked = revoked(invite);

        assertThat(revoked.json().string("state")).isEqualTo("revoked");
        assertThat(ground.opened(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(ground.accepted(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(revoked(invite).problem()).isEqualTo("invite-settled");
        clock.advance(Duration.ofMinutes(6));
        assertThat(resent(invite).problem()).isEqualTo("invite-settled");
        assertThat(ground.tried(Role.ADMIN, invite.string("email"), "readonly").status())
                .isEqualTo(201);
    }

    @Test
    void invitationExpiresAndTheAddressIsFreeAgain() {
        String email = somebody();
        String token = ground.token(email, "requester");
        Json.Obj invite = ground.as(Role.OWNER).get("/invites").items().getFirst();
        assertThat(ground.opened(token).status()).isEqualTo(200);

        clock.advance(Duration.ofDays(7));

        assertThat(ground.opened(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(ground.shown(invite).string("state")).isEqualTo("expired");
        assertThat(ground.tried(Role.ADMIN, email, "approver").status()).isEqualTo(201);
        assertThat(ground.as(Role.OWNER).get("/invites").items())
                .extracting(one -> one.string("state"))
                .containsExactly("open");
    }

    @Test
    void lifetimeIsTheOneOfTheRules() {
        ground.policy("invite_ttl = '2 hours'");
        String token = ground.token(somebody(), "requester");

        clock.advance(Duration.ofMinutes(119));
        assertThat(ground.opened(token).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(ground.opened(token).status()).isEqualTo(404);
    }

    @Test
    void linkShowsWhoInvitesToWhatAndNotWhom() {
        String email = somebody();
        String token = ground.token(email, "auditor");

        Answer shown = ground.opened(token);

        assertThat(shown.json().string("organizationName"))
                .isEqualTo("Test " + ground.organization().slug());
        assertThat(shown.json().string("role")).isEqualTo("auditor");
        assertThat(shown.json().string("invitedBy")).isEqualTo("admin");
        assertThat(shown.body()).doesNotContain(email);
    }

    /** What there is not, what is over, and what is another organization's: one answer. */
    @Test
    @Claim("T4")
    void everyTokenThatOpensNothingIsAnsweredAlike() {
        String token = ground.token(somebody(), "requester");
        InviteToken known = InviteToken.parse(token).orElseThrow();
        String elsewhere =
                new InviteToken(InviteGround.fresh(http).organization().id(), known.secret()).text();
        String nowhere = "nxi_" + UUID.randomUUID() + "_" + known.secret();
        String other = InviteToken.random(ground.organization().id()).text();

        for (String wrong : new String[] {elsewhere, nowhere, other, "nxi_", "", "nxl_abc"}) {
            Answer answer = ground.opened(wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(404);
            assertThat(answer.json().string("detail")).isEqualTo(InviteProblem.INVITE_OPENS_NOTHING.advice());
            assertThat(ground.accepted(wrong).status()).isEqualTo(404);
        }
        assertThat(http.anonymous().get(InviteGround.LINK).problem()).isEqualTo("unauthenticated");
        assertThat(ground.opened(token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role = 'approver'", "state = 'suspended'"})
    void linkOpensNothingWhenTheInviterMayNotInviteAnyMore(String change) {
        String token = ground.token(somebody(), "requester");

        ground.change(Role.ADMIN, change);

        assertThat(ground.opened(token).problem()).isEqualTo("invite-opens-nothing");
        assertThat(ground.accepted(token).problem()).isEqualTo("invite-opens-nothing");
    }

    @Test
    @Claim("T3")
    void linkOpensNothingWhenTheDomainIsNotAllowedAnyMore() {
        String token = ground.token(somebody(), "requester");

        ground.policy("email_domain_allowlist = '{acme.example}'");

        assertThat(ground.opened(token).problem()).isEqualTo("invite-opens-nothing");
    }

    @Test
    void atMostAHundredAreSentWithinAnHour() {
        UUID admin = ground.organization().member(Role.ADMIN).id().value();
        IntStream.range(0, 100)
                .forEach(_ -> beyondTheWalls()
                        .sql("""
                        INSERT INTO invite (organization_id, invite_id, email, role, state, invited_by, invited_at, expires_at,
                                            mailing, delivery, queued_at)
                        VALUES (?, gen_random_uuid(), ?, 'requester', 'open', ?, now(), now() + interval '1 day',
                                gen_random_uuid(), 'sent', now())
                        """)
                        .params(ground.organization().id().value(), somebody(), admin)
                        .update());

        assertThat(ground.tried(Role.ADMIN, somebody(), "requester").problem()).isEqualTo("too-many-invites");
        clock.advance(Duration.ofMinutes(61));
        assertThat(ground.tried(Role.ADMIN, somebody(), "requester").status()).isEqualTo(201);
    }

    private Answer resent(Json.Obj invite) {
        return ground.as(Role.OWNER).post("/invites/" + invite.string("id") + "/mailings", "{}");
    }

    private Answer revoked(Json.Obj invite) {
        return ground.as(Role.ADMIN).post("/invites/" + invite.string("id") + "/revocations", "{}");
    }

    private void due(Json.Obj invite) {
        TestDatabase.beyondTheWalls()
                .sql("""
                UPDATE scheduled_tasks SET execution_time = now()
                WHERE task_name = 'invite-mail' AND task_instance = (
                    SELECT organization_id || '/' || mailing FROM invite WHERE invite_id = ?)
                """)
                .param(UUID.fromString(invite.string("id")))
                .update();
    }

    private void awaitDelivery(Json.Obj invite, String state) {
        org.awaitility.Awaitility.await()
                .until(() ->
                        ground.shown(invite).object("delivery").string("state").equals(state));
    }
}
