package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.bench.SimulatedAgent.Member;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** All agents in a JVM of its own, each in a virtual thread. It is told what to do in lines, and answers each with one. */
final class FleetProcess {
    private static final PrintStream OUT = System.out;

    private FleetProcess() {}

    /**
     * Begins with all of them within some seconds.
     *
     * @param arguments the server, a file of {@link Fleet}, and how many seconds
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        URI server = URI.create(arguments[0]);
        Json.Obj file = Json.parseObject(Files.readString(Path.of(arguments[1])));
        var organization = new OrganizationId(UUID.fromString(file.string("organization")));
        var tally = new Tally();
        List<SimulatedAgent> agents = file.objects("agents").stream()
                .map(one -> new SimulatedAgent(member(one, file), organization, server, tally))
                .toList();
        Duration within = Duration.ofSeconds(Long.parseLong(arguments[2]));
        for (SimulatedAgent agent : agents) {
            long first = ThreadLocalRandom.current().nextLong(within.toMillis() + 1);
            Thread.ofVirtual().start(() -> begin(agent, first));
        }
        obey(agents, tally);
    }

    private static Member member(Json.Obj one, Json.Obj file) {
        return new Member(
                UUID.fromString(one.string("id")),
                one.string("token"),
                new Ed25519PrivateKey(StrictBase64.decode(one.string("seed"))),
                (long) file.number("seen"),
                (int) file.number("keys"));
    }

    private static void begin(SimulatedAgent agent, long after) {
        try {
            Thread.sleep(after);
            agent.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void obey(List<SimulatedAgent> agents, Tally tally) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("cut")) {
                    agents.forEach(SimulatedAgent::cut);
                }
                OUT.println(tally.take().canonical());
                OUT.flush();
            }
        }
        System.exit(0);
    }
}
