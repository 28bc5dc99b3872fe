package dev.nuxari.server.findings;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditTrail;
import dev.nuxari.server.audit.Inspected.Contradicted;
import dev.nuxari.server.audit.Inspected.Sound;
import dev.nuxari.server.audit.LogBegun;
import dev.nuxari.server.audit.LogInspection;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.TimerTask;
import dev.nuxari.server.workflow.Timers;
import dev.nuxari.transparency.CompactRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks through every organization's log again and again, and opens a critical finding when it contradicts itself or what
 * was signed over it. It runs where the log is written, so it is no substitute for a witness elsewhere; it is the one that
 * is always there.
 */
@Component
class LogWatch implements TimerTask {
    static final String KIND = "log-watch";
    private static final Logger log = LoggerFactory.getLogger(LogWatch.class);

    /** So many thousands of events at once; others want a turn too. */
    private static final int PAGES = 20;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final LogInspection inspection;
    private final AuditTrail trail;
    private final LogMemory memory;
    private final Findings findings;
    private final Timers timers;
    private final LogWatchConfig config;
    private final InstantSource clock;
    private final ConcurrentMap<OrganizationId, Progress> progress = new ConcurrentHashMap<>();

    LogWatch(
            LogInspection inspection,
            AuditTrail trail,
            LogMemory memory,
            Findings findings,
            Timers timers,
            LogWatchConfig config,
            InstantSource clock) {
        this.inspection = inspection;
        this.trail = trail;
        this.memory = memory;
        this.findings = findings;
        this.timers = timers;
        this.config = config;
        this.clock = clock;
    }

    /**
     * How far a look has got.
     *
     * @param since when it began with the first event
     * @param goneThrough whether it has been at the end once; from there on it looks at what is new
     */
    private record Progress(CompactRange upTo, Instant since, boolean goneThrough) {}

    @EventListener
    void on(LogBegun begun) {
        timers.schedule(KIND, "log", clock.instant().plus(config.every()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(Caller caller, String id) {
        return Optional.of(clock.instant().plus(look(caller)));
    }

    /** Answers how long the log may then be left alone. */
    private Duration look(Caller caller) {
        OrganizationId organization = caller.organization();
        Instant now = clock.instant();
        Progress from = Optional.ofNullable(progress.get(organization))
                .filter(known -> known.since().isAfter(now.minus(config.anew())))
                .orElseGet(() -> new Progress(CompactRange.empty(), now, false));
        return switch (inspection.inspect(organization, caller, from.upTo(), PAGES)) {
            case Contradicted found -> contradicted(caller, from, found);
            case Sound(CompactRange upTo, boolean complete) -> {
                Optional<Contradicted> found = complete ? forgotten(caller) : Optional.empty();
                if (found.isPresent()) {
                    yield contradicted(caller, from, found.get());
                }
                progress.put(organization, new Progress(upTo, from.since(), from.goneThrough() || complete));
                yield complete ? config.every() : SOON;
            }
        };
    }

    /** What was remembered, and is no longer in the log; else the log as it is now is remembered. */
    private Optional<Contradicted> forgotten(Caller caller) {
        OrganizationId organization = caller.organization();
        Optional<Contradicted> forgotten =
                memory.of(organization).flatMap(known -> inspection.compare(organization, caller, known));
        if (forgotten.isEmpty()) {
            memory.remember(organization, trail.checkpoint(organization, caller));
        }
        return forgotten;
    }

    /** Only a look from the first event on names the one that is wrong. */
    private Duration contradicted(Caller caller, Progress from, Contradicted found) {
        OrganizationId organization = caller.organization();
        progress.remove(organization);
        if (from.goneThrough()) {
            return SOON;
        }
        String rule = "log." + Spelling.of(found.contradiction());
        String subject = found.first() == found.last()
                ? "event " + found.first()
                : "events %d to %d".formatted(found.first(), found.last());
        if (findings.open(organization, caller, Severity.CRITICAL, rule, subject)) {
            log.error("The log of organization {} was tampered with: {}, {}", organization, rule, subject);
        }
        return config.every();
    }
}
