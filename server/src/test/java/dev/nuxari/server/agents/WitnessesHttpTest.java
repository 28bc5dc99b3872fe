package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Agents cosign the log of their organization, and whoever reads it is shown the cosignatures that they ask for. */
@ServerTest
class WitnessesHttpTest {
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

    /** All of these cosign what the log is now. */
    private SignedNote cosigned(Host... witnesses) {
        SignedNote note =
                SignedNote.parse(host.get("/agent/v1/log?seen=0&keys=1").json().string("checkpoint"));
        for (Host witness : witnesses) {
            SignedNote cosigned = witness(note, witness).sign(note, witness.key(), clock.instant());
            assertThat(witness.post("/agent/v1/cosignatures", Json.object("v", 1, "checkpoint", cosigned.encoded()))
                            .status())
                    .isEqualTo(200);
        }
        return note;
    }

    private static Cosignature witness(SignedNote note, Host host) {
        return Cosignature.of(
                Checkpoint.parse(note.text()).origin(), host.id(), host.key().publicKey());
    }

    private Answer checkpoint(String query) {
        return ground.owner().get("/log/" + ground.organization().id() + "/checkpoint" + query);
    }

    @Test
    @Claim("V2")
    void agentsCosignTheLogAndAnybodyCanSeeIt() {
        Host second = ground.enrolled();
        SignedNote note = cosigned(host, second);

        SignedNote shown = SignedNote.parse(checkpoint("?witnesses=2").body());
        assertThat(shown.text()).isEqualTo(note.text());
        for (Host witness : List.of(host, second)) {
            assertThat(witness(note, witness).verify(shown)).isPresent();
        }
        assertThat(checkpoint("?witnesses=3").status()).isEqualTo(404);
        assertThat(SignedNote.parse(checkpoint("").body()).signatures()).hasSize(1);
    }

    /** Whoever trusts these two gets what they have cosigned, whatever others have cosigned since. */
    @Test
    @Claim("V2")
    void namedWitnessesAreShownAndNoOthers() {
        Host second = ground.enrolled();
        SignedNote theirs = cosigned(host, second);
        Host third = ground.enrolled();
        clock.advance(Duration.ofMinutes(2));
        SignedNote newer = cosigned(host, third);
        assertThat(newer.text()).isNotEqualTo(theirs.text());

        SignedNote shown = SignedNote.parse(
                checkpoint("?witnesses=2&of=" + second.id() + "," + host.id()).body());
        assertThat(shown.text()).isEqualTo(theirs.text());
        assertThat(shown.signatures()).hasSize(3);
        assertThat(SignedNote.parse(checkpoint("?witnesses=1&of=" + host.id()).body())
                        .signatures())
                .hasSize(2);
        assertThat(SignedNote.parse(checkpoint("?witnesses=2").body()).text()).isEqualTo(newer.text());
        assertThat(checkpoint("?witnesses=2&of=" + second.id() + "," + third.id())
                        .status())
                .isEqualTo(404);
        assertThat(checkpoint("?witnesses=2&of=" + host.id() + "," + host.id()).status())
                .isEqualTo(404);
    }

    @Test
    @Claim("T4")
    void witnessOfAnotherOrganizationIsNoneHere() {
        cosigned(host);
        var elsewhere = new AgentGround(http, clock, TestOrganization.fresh());

        String question = "/log/" + elsewhere.organization().id() + "/checkpoint?witnesses=1&of=" + host.id();
        assertThat(elsewhere.owner().get(question).problem()).isEqualTo("no-such-log-entry");
    }

    @Test
    void witnessesAreNamedInAFewWords() {
        String many =
                Stream.generate(UUID::randomUUID).limit(51).map(UUID::toString).collect(Collectors.joining(","));

        for (String query :
                List.of("?witnesses=1&of=" + many, "?witnesses=1&of=", "?of=" + host.id(), "?witnesses=0")) {
            assertThat(checkpoint(query).problem()).as(query).isEqualTo("invalid-field");
        }
        assertThat(checkpoint("?witnesses=1&of=somebody").status()).isEqualTo(400);
    }

    @Test
    @Claim("V2")
    void cosignatureOfAnythingElseIsNotTaken() {
        SignedNote note =
                SignedNote.parse(host.get("/agent/v1/log?seen=0&keys=1").json().string("checkpoint"));
        Checkpoint real = Checkpoint.parse(note.text());
        SignedNote other =
                new SignedNote(new Checkpoint(real.origin(), real.size() + 1, real.root()).text(), note.signatures());
        var cosignature = Cosignature.of(real.origin(), host.id(), host.key().publicKey());

        for (SignedNote wrong : List.of(note, cosignature.sign(other, host.key(), clock.instant()))) {
            assertThat(host.post("/agent/v1/cosignatures", Json.object("v", 1, "checkpoint", wrong.encoded()))
                            .problem())
                    .isEqualTo("agent-message-refused");
        }
    }
}
