package dev.nuxari.agent;

import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.agent.observe.Collector;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Has one collector look at the host at a time, each as often as it wants, and keeps what it read. A look that does not end is left
 * alone, and its collector is not asked again before it has ended: somebody's pipe in somebody's home stops nothing else.
 */
final class Watch {
    private static final Logger LOGGER = System.getLogger(Watch.class.getName());
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HostRoot root;
    private final long superuser;
    private final List<Collector> collectors;
    private final EvidenceVault vault;
    private final Map<Collector, Instant> looked = new HashMap<>();
    private final Map<Collector, CompletableFuture<Seen>> looking = new HashMap<>();

    /** What one look came to. */
    record Seen(String source, int version, List<Summary> summaries) {}

    /**
     * Watches a host.
     *
     * @param superuser the number of root in it
     */
    Watch(HostRoot root, long superuser, List<Collector> collectors, EvidenceVault vault) {
        this.root = root;
        this.superuser = superuser;
        this.collectors = List.copyOf(collectors);
        this.vault = vault;
    }

    /** Looks, if it is time for any of them; what cannot be seen is tried again when it is time again. */
    Optional<Seen> next(Instant now, Stop stop) throws Stop.GivenUp, InterruptedException {
        Optional<Collector> due =
                collectors.stream().filter(collector -> isDue(collector, now)).findFirst();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Collector collector = due.get();
        looked.put(collector, now);
        CompletableFuture<Seen> look = begin(collector, now);
        looking.put(collector, look);
        try {
            return Optional.of(stop.await(look, LONGEST));
        } catch (TimeoutException e) {
            LOGGER.log(Level.WARNING, "{0} has not ended; it is not waited for", collector.source());
        } catch (ExecutionException e) {
            LOGGER.log(Level.WARNING, "{0} saw nothing: {1}", collector.source(), e.getCause());
        } finally {
            if (look.isDone()) {
                looking.remove(collector); // and with it what it saw
            }
        }
        return Optional.empty();
    }

    /** A clock that jumps, either way, at most makes it look once more. */
    private boolean isDue(Collector collector, Instant now) {
        Instant last = looked.getOrDefault(collector, Instant.EPOCH);
        CompletableFuture<Seen> running = looking.get(collector);
        return Duration.between(last, now).abs().compareTo(collector.every()) >= 0
                && (running == null || running.isDone());
    }

    private CompletableFuture<Seen> begin(Collector collector, Instant now) {
        CompletableFuture<Seen> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(collector.source()).start(() -> {
            try {
                result.complete(look(collector, now));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private Seen look(Collector collector, Instant now) throws IOException {
        HostFiles files = new HostFiles(root, superuser);
        List<Summary> seen = collector.look(files, now);
        EvidenceVault.Kept kept = vault.keep(collector.source(), files.read(), now);
        List<Summary> summaries = new ArrayList<>();
        summaries.add(Summary.of(
                SummaryKind.EVIDENCE,
                "digest",
                kept.digest(),
                "files",
                kept.files(),
                "bytes",
                kept.bytes(),
                "kept",
                kept.kept()));
        summaries.addAll(seen);
        return new Seen(collector.source(), collector.version(), summaries);
    }
}
