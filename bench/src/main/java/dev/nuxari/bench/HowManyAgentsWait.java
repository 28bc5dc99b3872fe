package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ten thousand agents of one organization that wait for packages: what that costs, how late a package comes, and what happens when all of
 * them come back at once. The server has a heap with which it stays within 2 GiB. Agents speak to it without the TLS that a proxy ends.
 */
final class HowManyAgentsWait implements Question {
    /** Most of it for what stays: connections that wait. */
    private static final List<String> HEAP = List.of("-Xmx1500m", "-XX:MaxNewSize=192m");

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);
    private static final int ORDERS_PER_SECOND = 4;

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        int count = ground.quick() ? 500 : Integer.getInteger("nuxari.bench.agents", 10_000);
        Duration phase = Duration.ofSeconds(ground.quick() ? 15 : 60);
        try (Node node = Node.insteadOf(ground.whole(), HEAP, ground.data().resolve("logs/server-agents.log"));
                Fleet fleet = Fleet.of(ground, count, (int) phase.toSeconds())) {
            var measured = new Measured(ground, node, fleet, count, phase);
            return Json.object(
                    "agents",
                    count,
                    "heap",
                    HEAP,
                    "arrival",
                    said(measured.arrival()),
                    "idle",
                    said(measured.idle()),
                    "delivery",
                    said(measured.delivery()),
                    "cut",
                    said(measured.storm(null)),
                    "restart",
                    said(measured.storm(node)));
        }
    }

    /** What was measured is not lost when the next thing fails. */
    private static Json.Obj said(Json.Obj part) {
        Bench.say(part.canonical());
        return part;
    }

    private record Measured(Ground ground, Node node, Fleet fleet, int count, Duration phase) {
        /** They come one after the other, each for the first time. */
        Json.Obj arrival() {
            double seconds = untilAllAreSeen();
            return Json.object("seconds", Load.rounded(seconds), "clients", fleet.take());
        }

        Json.Obj idle() {
            sleep(phase);
            fleet.take();
            Use before = Use.of(node.pid(), fleet.pid());
            sleep(phase);
            Use after = Use.of(node.pid(), fleet.pid());
            return Json.object(
                    "loadAverage",
                    Use.loadAverage(),
                    "seconds",
                    phase.toSeconds(),
                    "cores",
                    after.since(before),
                    "clients",
                    fleet.take(),
                    "serverMebibytes",
                    Load.rounded(Use.residentMebibytes(node.pid())),
                    "clientsMebibytes",
                    Load.rounded(Use.residentMebibytes(fleet.pid())));
        }

        Json.Obj delivery() {
            var people = new People(ground.as("owner"), ground.as("approver"), ground.as("admin"));
            fleet.take();
            var failed = new AtomicInteger();
            Use before = Use.of(node.pid(), fleet.pid());
            long pause = Duration.ofSeconds(1).toNanos() / ORDERS_PER_SECOND;
            long orders = phase.toSeconds() * ORDERS_PER_SECOND;
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                long next = System.nanoTime();
                for (long i = 0; i < orders; i++) {
                    executor.execute(() -> order(people, failed));
                    next += pause;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
            sleep(AFTERWARDS);
            Use after = Use.of(node.pid(), fleet.pid());
            return Json.object(
                    "loadAverage",
                    Use.loadAverage(),
                    "ordersPerSecond",
                    ORDERS_PER_SECOND,
                    "orders",
                    orders,
                    "ordersFailed",
                    failed.get(),
                    "cores",
                    after.since(before),
                    "clients",
                    fleet.take());
        }

        private void order(People people, AtomicInteger failed) {
            List<UUID> agents = fleet.agents();
            UUID agent = agents.get(ThreadLocalRandom.current().nextInt(agents.size()));
            try {
                Json.Obj ordered = people.owner()
                        .post(
                                "/agents/" + agent + "/actions",
                                Json.object(
                                        "type",
                                        "file-mode.set",
                                        "parameters",
                                        Json.object("path", "/srv/app/run", "mode", 493),
                                        "justification",
                                        "measured"));
                decide(people.approver(), ordered);
                decide(people.admin(), ordered);
            } catch (IllegalStateException e) {
                if (failed.incrementAndGet() == 1) {
                    Bench.say("an order failed: " + e.getMessage());
                }
            }
        }

        private static void decide(Client approver, Json.Obj ordered) {
            approver.post(
                    "/approvals/" + ordered.string("approvalId") + "/decisions",
                    Json.object("verdict", "approve", "reason", "measured", "planHash", ordered.string("planHash")));
        }

        /**
         * All come back at once, while somebody reads pages.
         *
         * @param restarted what is stopped and started again; null if only the connections break
         */
        Json.Obj storm(@Nullable Node restarted) {
            Client admin = ground.as("admin");
            double down = 0;
            fleet.take();
            Use before = Use.of(node.pid(), fleet.pid());
            if (restarted == null) {
                fleet.forgetWhoWasSeen();
            } else {
                down = restart(restarted);
                before = Use.of(node.pid(), fleet.pid());
            }
            try (Reader reader = new Reader(admin)) {
                if (restarted == null) {
                    fleet.cut();
                }
                double seconds = untilAllAreSeen();
                Use after = Use.of(node.pid(), fleet.pid());
                sleep(AFTERWARDS);
                return Json.object(
                        "loadAverage",
                        Use.loadAverage(),
                        "downSeconds",
                        Load.rounded(down),
                        "secondsUntilAllWait",
                        Load.rounded(seconds),
                        "cores",
                        after.since(before),
                        "serverPeakMebibytes",
                        Load.rounded(Use.peakMebibytes(node.pid())),
                        "clients",
                        fleet.take(),
                        "console",
                        reader.answer());
            }
        }

        private double restart(Node restarted) {
            long began = System.nanoTime();
            restarted.stop();
            fleet.forgetWhoWasSeen();
            restarted.start();
            return (System.nanoTime() - began) / 1e9;
        }

        private double untilAllAreSeen() {
            long began = System.nanoTime();
            while (fleet.seen() < count) {
                if (System.nanoTime() - began > LONGEST.toNanos()) {
                    throw new IllegalStateException("%d of %d came back; %s"
                            .formatted(fleet.seen(), count, fleet.take().canonical()));
                }
                sleep(LOOK);
            }
            return (System.nanoTime() - began) / 1e9;
        }

        private static void sleep(Duration time) {
            LockSupport.parkNanos(time.toNanos());
        }
    }

    private record People(Client owner, Client approver, Client admin) {}
}
