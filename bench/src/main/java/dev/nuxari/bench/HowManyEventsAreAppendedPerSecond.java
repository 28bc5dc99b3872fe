package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import java.time.Duration;
import java.util.List;

/**
 * Durable appends the server's way, beside plain INSERTs of the same rows with the same indexes: in the same kind of transaction,
 * and bare, each a transaction of its own.
 */
final class HowManyEventsAreAppendedPerSecond implements Question {
    private static final int ROUNDS = 5;
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int ORGANIZATIONS = 64;
    private static final int HOT_CLIENTS = 8;
    private static final int BATCH = 1000;
    private static final int BATCH_CLIENTS = 4;

    @Override
    public String name() {
        return "log-append";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        try (LoggingServer server = LoggingServer.in(ground.folder("log-append"), ORGANIZATIONS)) {
            List<OrganizationId> all = server.organizations(ORGANIZATIONS);
            OrganizationId hot = server.organizations(1).getFirst();
            PlainEvents plain = PlainEvents.like(server, hot);
            Rounds rounds = new Rounds(ROUNDS, TURN);
            rounds.add("bareInserts", ORGANIZATIONS, 1, client -> plain.insert(server.superuser(), all.get(client), 1));
            rounds.add(
                    "insertsInScope",
                    ORGANIZATIONS,
                    1,
                    client -> server.act(all.get(client), () -> plain.insert(server.inScope(), all.get(client), 1)));
            rounds.add("appends", ORGANIZATIONS, 1, client -> server.append(all.get(client), 1));
            rounds.add("appendsToOne", HOT_CLIENTS, 1, _ -> server.append(hot, 1));
            rounds.add(
                    "batchesOfInserts",
                    BATCH_CLIENTS,
                    BATCH,
                    client ->
                            server.act(all.get(client), () -> plain.insert(server.inScope(), all.get(client), BATCH)));
            rounds.add("batches", BATCH_CLIENTS, BATCH, client -> server.append(all.get(client), BATCH));
            rounds.run();
            return rounds.answer()
                    .with("appendsToInsertsInScope", ratio(rounds, "appends", "insertsInScope"))
                    .with("appendsToBareInserts", ratio(rounds, "appends", "bareInserts"))
                    .with("batchesToInserts", ratio(rounds, "batches", "batchesOfInserts"));
        }
    }

    private static double ratio(Rounds rounds, String ours, String plain) {
        return Load.rounded(rounds.median(ours) / rounds.median(plain));
    }
}
