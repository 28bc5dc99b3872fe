package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.agent.LogJudgement.Broken;
import dev.nuxari.protocol.agent.LogJudgement.Continued;
import dev.nuxari.transparency.Checkpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Claim("V2")
class LogJudgementTest {
    private final PlatformInHand platform = new PlatformInHand();

    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            platform.append(Json.object("sequence", platform.size()));
        }
    }

    private LogJudgement judge(Checkpoint kept, PlatformInHand shown) {
        long from = Math.min(kept.size(), shown.size());
        return LogJudgement.judge(
                platform.manifest(), Optional.of(kept), shown.checkpoint().encoded(), shown.consistency(from));
    }

    private static void assertBroken(LogJudgement judgement, Rejection reason) {
        assertThat(judgement).isInstanceOf(Broken.class);
        assertThat(((Broken) judgement).reason()).isEqualTo(reason);
    }

    @Test
    void logThatGrowsContinues() {
        for (int i = 0; i < 40; i++) {
            Checkpoint kept = platform.head();
            grow(i % 4);

            assertThat(judge(kept, platform)).isEqualTo(new Continued(platform.checkpoint(), platform.head()));
        }
    }

    @Test
    void shorterLogIsRolledBack() {
        grow(10);

        assertBroken(judge(platform.head(), platform.restoredTo(7)), Rejection.LOG_ROLLED_BACK);
    }

    @Test
    void twoRootsOfOneSizeAreAFork() {
        grow(10);
        PlatformInHand fork = platform.restoredTo(10);
        fork.append(Json.object("history", "another"));

        assertBroken(judge(platform.head(), fork), Rejection.LOG_FORKED);
    }

    @Test
    void forkThatWentOnIsNotProven() {
        grow(10);
        PlatformInHand fork = platform.restoredTo(10);
        for (int i = 0; i < 5; i++) {
            fork.append(Json.object("history", "another", "sequence", i));
        }

        assertBroken(judge(platform.head(), fork), Rejection.LOG_UNPROVEN);
        assertBroken(
                LogJudgement.judge(
                        platform.manifest(),
                        Optional.of(platform.head()),
                        fork.checkpoint().encoded(),
                        List.of("nonsense")),
                Rejection.LOG_UNPROVEN);
    }

    @Test
    void anotherLogsCheckpointIsNotThisLogs() {
        assertBroken(judge(platform.head(), new PlatformInHand()), Rejection.LOG_UNSIGNED);
        assertBroken(
                LogJudgement.judge(platform.manifest(), Optional.empty(), "no note", List.of()),
                Rejection.LOG_UNSIGNED);
    }

    @Test
    void sameKeyUnderAnotherNameIsAnotherLog() {
        Checkpoint elsewhere = new Checkpoint(
                "elsewhere.example/log/" + platform.organization(),
                1,
                platform.head().root());

        assertBroken(judge(elsewhere, platform), Rejection.LOG_UNSIGNED);
    }

    @Test
    void replacedKeyVouchesForNothingLater() {
        grow(3);
        SigningKey next = SigningKey.generate(platform.organization(), KeyName.LOG, PlatformInHand.FOUNDED);
        KeyManifest rotated = platform.manifest()
                .handOver(PlatformInHand.FOUNDED.plusSeconds(60), platform.size() - 1, platform.logKey(), next);

        assertBroken(
                LogJudgement.judge(
                        rotated, Optional.empty(), platform.checkpoint().encoded(), List.of()),
                Rejection.LOG_UNSIGNED);
        PlatformInHand before = platform.restoredTo(platform.size() - 1);
        assertThat(LogJudgement.judge(
                        rotated, Optional.empty(), before.checkpoint().encoded(), List.of()))
                .isInstanceOf(Continued.class);
    }
}
