package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An agent that has enrolled long ago is what it says that it is now. */
@ServerTest
@Claim("E4")
class AgentChangesTest {
    private static final String CHANGED = "agent.change succeeded";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeEach
    void givenAnAgent() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    /** Version and capabilities, as whoever updates a fleet reads them: {@code 0.1.0 [file-mode.set]}. */
    private String listed() {
        Json.Obj listed = ground.owner().get("/agents").items().getFirst().object("host");
        return listed.string("version") + " " + listed.strings("capabilities");
    }

    private long changes() {
        return ground.events().stream().filter(CHANGED::equals).count();
    }

    /** What the log says of it, the oldest first. */
    private List<Json.Obj> metadata() {
        return beyondTheWalls()
                .sql("""
                SELECT convert_from(leaf, 'UTF8')
                FROM audit_event WHERE organization_id = ? AND action = 'agent.change' ORDER BY sequence
                """)
                .param(ground.organization().id().value())
                .query((row, _) ->
                        Json.parseObject(String.valueOf(row.getString(1))).object("metadata"))
                .list();
    }

    private void say(long number, String version, String... actions) {
        assertThat(host.observations(host.capable(number, version, List.of(actions)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatAnAgentLearnsIsListedAndAnEvent() {
        assertThat(listed()).isEqualTo("0.1.0 [file-mode.set]");

        say(1, "0.1.0", "file-mode.set");
        assertThat(changes()).as("nothing has changed").isZero();

        say(2, "0.2.0", "file-mode.set", "agent.update", "account.lock");
        assertThat(listed()).isEqualTo("0.2.0 [account.lock, agent.update, file-mode.set]");
        assertThat(changes()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));
        say(3, "0.2.0");
        assertThat(listed()).as("its host allows nothing any more").isEqualTo("0.2.0 []");
        assertThat(metadata())
                .containsExactly(
                        Json.object(
                                "version",
                                "0.2.0",
                                "versionBefore",
                                "0.1.0",
                                "gained",
                                List.of("account.lock", "agent.update"),
                                "lost",
                                List.of()),
                        Json.object(
                                "version",
                                "0.2.0",
                                "versionBefore",
                                "0.2.0",
                                "gained",
                                List.of(),
                                "lost",
                                List.of("account.lock", "agent.update", "file-mode.set")));
    }

    /** One that has not been updated yet says its version alone. */
    @Test
    void agentThatDoesNotSayWhatItWouldDoKeepsWhatItHas() {
        host.observations(host.health(1, "0.2.0"));

        assertThat(listed()).isEqualTo("0.2.0 [file-mode.set]");
        assertThat(changes()).isEqualTo(1);
    }

    /** A host that was taken over fills no log; what is so is taken with the next word. */
    @Test
    void changesAreTakenOnceInFiveSeconds() {
        for (int number = 1; number <= 20; number++) {
            say(number, "0.2." + number, number % 2 == 0 ? "agent.update" : "file-mode.set");
        }
        assertThat(changes()).isEqualTo(1);
        assertThat(listed()).isEqualTo("0.2.1 [file-mode.set]");

        clock.advance(Duration.ofSeconds(5));
        say(21, "0.2.20", "agent.update");
        assertThat(listed()).isEqualTo("0.2.20 [agent.update]");
        assertThat(changes()).isEqualTo(2);
    }

    @Test
    void agentWouldNotDoMoreThanThereIs() {
        String[] many =
                IntStream.rangeClosed(1, 101).mapToObj(i -> "action-" + i).toArray(String[]::new);

        assertThat(host.observations(host.capable(1, "0.2.0", List.of(many))).problem())
                .isEqualTo("agent-message-refused");

        assertThat(listed()).isEqualTo("0.1.0 [file-mode.set]");
        assertThat(host.shown().objects("observations")).isEmpty();
    }
}
