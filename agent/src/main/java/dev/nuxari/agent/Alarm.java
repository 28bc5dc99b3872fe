package dev.nuxari.agent;

import dev.nuxari.agent.DurableFile.Content;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.LogJudgement.Broken;
import dev.nuxari.protocol.agent.Rejection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;

/** That the log is not what it was: a file on the host that says so, with both checkpoints, and a loud line in the agent's log. */
final class Alarm {
    private static final Logger LOGGER = System.getLogger(Alarm.class.getName());
    private static final String OVER = "overAt";

    private final DurableFile file;

    Alarm(DurableFile file) {
        this.file = file;
    }

    /** What is wrong now, if anything; also what an unreadable file stands for. */
    Optional<String> current() throws IOException {
        return switch (file.read()) {
            case Content.Missing() -> Optional.empty();
            case Content.Corrupt(String reason) -> Optional.of("the alarm cannot be read: " + reason);
            case Content.Read(Json.Obj alarm) ->
                alarm.has(OVER)
                        ? Optional.empty()
                        : Optional.of(alarm.string("reason") + ": " + alarm.string("detail"));
        };
    }

    void raise(Broken broken, String kept, Instant now) throws IOException {
        LOGGER.log(
                Level.ERROR,
                "THE LOG IS NOT WHAT IT WAS ({0}): {1}. Nothing that rests on it is done or cosigned. See {2}",
                broken.reason().spelled(),
                broken.detail(),
                file.path());
        if (isProof()) {
            return; // the first proof is kept, whatever else comes
        }
        file.write(Json.object(
                "v",
                1,
                "raisedAt",
                now,
                "reason",
                broken.reason().spelled(),
                "detail",
                broken.detail(),
                "kept",
                kept,
                "shown",
                broken.shown()));
    }

    private boolean isProof() throws IOException {
        return file.read() instanceof Content.Read(Json.Obj alarm)
                && alarm.string("reason").equals(Rejection.LOG_FORKED.spelled());
    }

    /** The log continues what was kept. That it did not for a while remains to be read. */
    void end(Instant now) throws IOException {
        if (file.read() instanceof Content.Read(Json.Obj alarm) && !alarm.has(OVER) && !isProof()) {
            LOGGER.log(Level.WARNING, "The log continues again what it was.");
            file.write(alarm.with(OVER, now));
        }
    }
}
