package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.agents.SeenProofs.Answer;
import dev.nuxari.server.agents.SeenProofs.Bounds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Claim("E2")
class SeenProofsTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration KEPT = Duration.ofMinutes(6);

    private final SeenProofs seen = new SeenProofs(KEPT, new Bounds(5, 3), NOON);

    private Answer take(String key, String proof, int minute) {
        return seen.take(key, proof, NOON.plus(Duration.ofMinutes(minute)));
    }

    @Test
    void proofIsRememberedAsLongAsSomebodyWouldTakeIt() {
        assertThat(take("a", "1", 5)).isEqualTo(Answer.NEW);
        assertThat(take("a", "1", 6)).isEqualTo(Answer.SEEN);
        assertThat(take("a", "1", 11)).isEqualTo(Answer.SEEN);
        assertThat(take("a", "1", 18)).isEqualTo(Answer.NEW);
    }

    @Test
    void proofsOfTwoKeysAreTwo() {
        assertThat(take("a", "1", 0)).isEqualTo(Answer.NEW);
        assertThat(take("b", "1", 0)).isEqualTo(Answer.NEW);
    }

    @Test
    void keyThatAsksWithoutEndKeepsItselfOutAndNobodyElse() {
        for (String proof : new String[] {"1", "2", "3"}) {
            assertThat(take("a", proof, 0)).isEqualTo(Answer.NEW);
        }

        assertThat(take("a", "4", 0)).isEqualTo(Answer.FULL);
        assertThat(take("a", "1", 0)).as("nothing was forgotten for it").isEqualTo(Answer.SEEN);
        assertThat(take("b", "1", 0)).isEqualTo(Answer.NEW);
        assertThat(take("b", "2", 0)).isEqualTo(Answer.NEW);
        assertThat(take("b", "3", 0)).as("five together").isEqualTo(Answer.FULL);
        assertThat(take("a", "4", 6)).isEqualTo(Answer.NEW);
        assertThat(take("a", "1", 7)).isEqualTo(Answer.SEEN);
    }
}
