package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import java.time.Duration;
import java.util.List;

/** Appends to a log of ten thousand events, and to one of ten million, in turns. */
final class DoesALongLogSlowAppendingDown implements Question {
    private static final int ROUNDS = 7;
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int SHORT = 10_000;
    private static final int LONG = 10_000_000;
    private static final int LONG_WHEN_QUICK = 100_000;
    private static final int BATCH = 5000;

    @Override
    public String name() {
        return "log-growth";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        int length = ground.quick() ? LONG_WHEN_QUICK : LONG;
        try (LoggingServer server = LoggingServer.in(ground.folder("log-growth"), 2)) {
            List<OrganizationId> logs = server.organizations(2);
            grow(server, logs.getFirst(), SHORT);
            grow(server, logs.getLast(), length);
            server.superuser().sql("CHECKPOINT").update();
            Rounds rounds = new Rounds(ROUNDS, TURN);
            rounds.add("shortLog", 1, 1, _ -> server.append(logs.getFirst(), 1));
            rounds.add("longLog", 1, 1, _ -> server.append(logs.getLast(), 1));
            rounds.run();
            return rounds.answer()
                    .with("shortLogEvents", SHORT)
                    .with("longLogEvents", length)
                    .with("costOfLongToShort", Load.rounded(rounds.median("shortLog") / rounds.median("longLog")));
        }
    }

    private static void grow(LoggingServer server, OrganizationId organization, int length) {
        for (int size = 0; size < length; size += BATCH) {
            server.append(organization, BATCH);
        }
    }
}
