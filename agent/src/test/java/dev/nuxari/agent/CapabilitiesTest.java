package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says that it would do. */
@Claim("E4")
class CapabilitiesTest {
    private final Actions actions = Actions.ofThisHost();

    @TempDir
    private Path home;

    private PlatformServer server;
    private EnrolledAgent agent;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final InstantSource clock = () -> now;

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        server = new PlatformServer();
        server.clock = clock::instant;
        agent = EnrolledAgent.enrol(home, server, actions, clock);
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    /** What it has said of itself so far, each time in one word: {@code valid [file-mode.set]}. */
    private List<String> standing() {
        return server.observations.stream()
                .map(one -> one.summaries().getFirst().values().string("policy")
                        + one.summaries().stream()
                                .filter(summary -> summary.kind() == SummaryKind.AGENT_CAPABILITY)
                                .map(summary -> summary.values().string("action"))
                                .toList())
                .toList();
    }

    /** Else who runs a fleet goes by what a host could do years ago. */
    @Test
    void whatItWouldDoIsSaidAsSoonAsItIsSomethingElse() throws Exception {
        assertThat(server.bodies).anyMatch(body -> body.contains("\"capabilities\":[\"file-mode.set\"]"));
        agent.turn();
        agent.turn();
        assertThat(standing()).containsExactly("valid[file-mode.set]");

        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[
                  {"type":"file-mode.set","limits":{}},{"type":"agent.update","limits":{}}]}""");
        agent.turn();
        assertThat(standing())
                .as("the host allows it, and this agent does not know how")
                .hasSize(1);

        agent.close();
        agent = EnrolledAgent.start(home, actions.with(new UpdateInName()), clock);
        agent.turn();
        assertThat(standing()).as("one that is newer").last().isEqualTo("valid[agent.update, file-mode.set]");

        EnrolledAgent.allow(home, "{}");
        agent.turn();
        now = now.plus(Duration.ofMinutes(16));
        agent.turn();
        assertThat(standing())
                .containsExactly(
                        "valid[file-mode.set]", "valid[agent.update, file-mode.set]", "refused[]", "refused[]");
    }

    /** Known, and never asked for here. */
    private record UpdateInName() implements Action {
        @Override
        public ActionType type() {
            return ActionType.AGENT_UPDATE;
        }

        @Override
        public Sight look(Json.Obj parameters) {
            return new Sight.Unseen(Failure.NOT_FOUND);
        }

        @Override
        public Optional<Failure> perform(Json.Obj parameters) {
            return Optional.of(Failure.NOT_FOUND);
        }

        @Override
        public boolean undo(Json.Obj parameters, Summary before) {
            return false;
        }
    }
}
