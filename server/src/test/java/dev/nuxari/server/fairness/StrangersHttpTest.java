package dev.nuxari.server.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.api.Strangers;
import dev.nuxari.server.api.TokenForm;
import dev.nuxari.server.api.Turns;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A token names an organization, and anybody can write one down. */
@ServerTest
class StrangersHttpTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SECRET = "A".repeat(43);

    @Autowired
    TestHttp http;

    @Autowired
    Strangers strangers;

    @Autowired
    Turns turns;

    private final TestOrganization organization = TestOrganization.fresh();

    private CompletableFuture<Answer> ask(String path, String kind) {
        String token = kind.equals("nxi")
                ? "nxi_" + organization.id() + "_" + SECRET
                : new TokenForm(kind).random(organization.id());
        TestHttp.Session stranger = http.anonymous().with("Authorization", "Bearer " + token);
        return CompletableFuture.supplyAsync(() -> stranger.get(path), Executors.newVirtualThreadPerTaskExecutor());
    }

    @ParameterizedTest
    @CsvSource({"/scim/v2/Users, nxs, 401", "/api/v1/share, nxl, 404", "/api/v1/invite, nxi, 404"})
    void whoShowsNothingTakesNoTurnOfTheOrganization(String path, String kind, int status) throws Exception {
        try (var _ = new AllTurns(turns, organization.id())) {
            assertThat(ask(path, kind).get(SOON.toSeconds(), TimeUnit.SECONDS).status())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"/scim/v2/Users, nxs", "/api/v1/share, nxl", "/api/v1/invite, nxi"})
    void strangersBeyondThoseThatMayWaitAreSentAway(String path, String kind) throws Exception {
        try (var _ = new Crowd(strangers, Strangers.AT_ONCE + Strangers.MOST_WAITING)) {
            Answer answer = ask(path, kind).get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).hasValue("5");
        }
    }

    @Test
    void strangersWaitForEachOther() throws Exception {
        CompletableFuture<Answer> waits;
        try (var _ = new Crowd(strangers, Strangers.AT_ONCE)) {
            waits = ask("/scim/v2/Users", "nxs");
            Patience.until("it waits", () -> strangers.present() > Strangers.AT_ONCE);
            assertThat(waits).isNotDone();
        }

        assertThat(waits.get(SOON.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(401);
    }
}
