package dev.nuxari.server.invites;

import static dev.nuxari.server.invites.InviteGround.somebody;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.platform.MailSink;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A mail server that is down loses nothing. */
@ServerTest
@Claim("I4")
class InviteMailsTest {
    private static final int PORT = free();

    @Autowired
    TestHttp http;

    @Autowired
    InviteMails mails;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private InviteGround ground;

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry settings) {
        settings.add("nuxari.mail.port", () -> PORT);
    }

    @BeforeEach
    void givenOrganization() {
        ground = InviteGround.fresh(http);
    }

    @Test
    void mailIsTriedAgainWithAnotherTokenUntilItIsSent() throws IOException {
        Json.Obj invite = ground.invited(somebody(), "requester");
        Awaitility.await().until(() -> delivery(invite).string("state").equals("failing"));
        assertThat(delivery(invite).string("failure")).isEqualTo("no-connection");
        String first = hash(invite);

        Optional<Instant> next =
                mails.run(doorkeeper.admitSystem(ground.organization().id(), mails.kind()), mailing(invite));
        assertThat(next).hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant()));
        assertThat(hash(invite)).isNotEqualTo(first);
        assertThat(ground.events()).containsExactly("invite.create succeeded", "invite.send failed");

        try (MailSink sink = MailSink.start(folder, PORT)) {
            assertThat(sink.port()).isEqualTo(PORT);
            assertThat(mails.run(doorkeeper.admitSystem(ground.organization().id(), mails.kind()), mailing(invite)))
                    .isEmpty();
        }

        assertThat(delivery(invite).string("state")).isEqualTo("sent");
        assertThat(ground.events()).endsWith("invite.send succeeded");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        // Delivered at least once, sent once.
        assertThat(mails.run(doorkeeper.admitSystem(ground.organization().id(), mails.kind()), mailing(invite)))
                .isEmpty();
    }

    private Json.Obj delivery(Json.Obj invite) {
        return ground.as(Role.OWNER)
                .get("/invites/" + invite.string("id"))
                .json()
                .object("delivery");
    }

    private static String mailing(Json.Obj invite) {
        return column(invite, "mailing");
    }

    private static String hash(Json.Obj invite) {
        return column(invite, "token_hash");
    }

    private static String column(Json.Obj invite, String column) {
        return beyondTheWalls()
                .sql("SELECT " + column + "::text FROM invite WHERE invite_id = ?")
                .param(UUID.fromString(invite.string("id")))
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }
}
