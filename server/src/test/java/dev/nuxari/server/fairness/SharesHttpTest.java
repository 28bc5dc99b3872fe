package dev.nuxari.server.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.StatementLog;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One organization's requests do not keep the others' waiting, however many there are and however long they take. */
@ServerTest
class SharesHttpTest {
    /** The server's default, and far below its sixteen connections. */
    private static final int AT_ONCE = 2;

    private static final int WAITED_TOO_LONG = 409;

    @Autowired
    TestHttp http;

    @Autowired
    OrganizationScope scope;

    @Autowired
    OrganizationJdbc jdbc;

    @Autowired
    Doorkeeper doorkeeper;

    @Test
    void busyOrganizationHasItsShareOfTheConnectionsAndNoMore() {
        TestHttp.Session quiet = http.as(TestOrganization.fresh().member(Role.OWNER));
        try (BusyOrganization busy = new BusyOrganization(http)) {
            List<CompletableFuture<Answer>> asked = busy.ask(40);
            Patience.until("the share is used up", () -> busy.stuck() >= AT_ONCE);

            for (int i = 0; i < 10; i++) {
                assertThat(quiet.get("/members").status()).isEqualTo(200);
                assertThat(busy.stuck()).isLessThanOrEqualTo(AT_ONCE);
            }
            busy.letGo();

            assertThat(asked)
                    .extracting(answer -> answer.join().status())
                    .contains(200)
                    .isSubsetOf(200, 412, WAITED_TOO_LONG);
        }
    }

    @Test
    void whoWaitsTooLongForARowIsToldToTryAgain() {
        try (BusyOrganization busy = new BusyOrganization(http)) {
            Answer answer = busy.ask(1).getFirst().join();

            assertThat(answer.status()).isEqualTo(WAITED_TOO_LONG);
            assertThat(answer.problem()).isEqualTo("conflict");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"statement_timeout", "lock_timeout", "transaction_timeout", "idle_in_transaction_session_timeout"
            })
    void everyConnectionOfTheServerHasItsTimeLimits(String limit) {
        TestOrganization organization = TestOrganization.fresh();

        String set = scope.within(
                organization.id(),
                organization.caller(doorkeeper, Role.OWNER),
                () -> jdbc.sql("""
                                SELECT current_setting(:limit)
                                FROM organization
                                WHERE organization_id = :organizationId
                                """).param("limit", limit).single((row, _) -> row.getString(1)));

        assertThat(set).matches("[1-9]\\d?(s|min)");
    }

    @Test
    void sessionThatWasMadeUpIsNotEvenLookedUp() {
        TestOrganization named = TestOrganization.fresh();
        try (StatementLog statements = new StatementLog()) {
            http.signIn(named.member(Role.OWNER));
            assertThat(statements.take()).isNotEmpty();

            Answer refused = http.anonymous()
                    .with("Cookie", "nuxari_session=nxc_" + named.id() + "_" + "A".repeat(43))
                    .get("/api/v1/me");

            assertThat(refused.problem()).isEqualTo("unauthenticated");
            assertThat(statements.take()).isEmpty();
        }
    }

    /** The body never comes, and a turn would last until it does. */
    @Test
    void sessionThatHasEndedTakesNoShareOfTheOrganizationItNames() throws IOException {
        TestOrganization named = TestOrganization.fresh();
        String cookie = endedSession(named);
        String head = """
                POST /api/v1/organizations/%s/requests HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 1000
                Cookie: %s

                {""".formatted(named.id(), cookie).replace("\n", "\r\n");
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * AT_ONCE; i++) {
                Socket socket = new Socket("localhost", http.uri("/").getPort());
                hanging.add(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            }

            TestHttp.Session owner = http.as(named.member(Role.OWNER));
            for (int i = 0; i < 50; i++) {
                assertThat(owner.get("/members").status()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    private String endedSession(TestOrganization organization) {
        String cookie = http.signIn(organization.member(Role.OWNER));
        TestHttp.Session browser = http.anonymous().with("Cookie", cookie);
        String token = browser.get("/api/v1/me").json().string("csrfToken");
        browser.with("X-CSRF-Token", token).send("POST", "/logout", null);
        return cookie;
    }
}
