package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.ArchivedCheckpoint;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.audit.Cosigners.Wanted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Tile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log as verifiers read it. */
@RestController
@RequestMapping("/log/{organizationId}")
class LogController {
    /** A note has at most a hundred signatures, and an address has to stay short. */
    private static final int MOST_NAMED = 50;

    private final AuditTrail trail;
    private final LogKeys keys;
    private final Tiles tiles;
    private final Cosigners cosigners;

    LogController(AuditTrail trail, LogKeys keys, Tiles tiles, Cosigners cosigners) {
        this.trail = trail;
        this.keys = keys;
        this.tiles = tiles;
        this.cosigners = cosigners;
    }

    /** The newest checkpoint; or the newest one that so many witnesses have cosigned, of those that are named, with their signatures. */
    @GetMapping(value = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=utf-8")
    String showLogCheckpoint(
            OrganizationId organization,
            Caller caller,
            @RequestParam(required = false) @Nullable Integer witnesses,
            @RequestParam(required = false) @Nullable List<UUID> of) {
        if (witnesses == null && of == null) {
            return trail.checkpoint(organization, caller).encoded();
        }
        Wanted wanted = wanted(witnesses, of);
        return cosigners
                .newest(organization, caller, wanted)
                .orElseThrow(() -> new ProblemException(
                        AuditProblem.NO_SUCH_LOG_ENTRY,
                        "No checkpoint that can be shown has been cosigned by %d witnesses%s."
                                .formatted(wanted.count(), of == null ? "" : " of those that are named")))
                .encoded();
    }

    private static Wanted wanted(@Nullable Integer witnesses, @Nullable List<UUID> of) {
        if (witnesses == null || witnesses < 1) {
            throw new InvalidField("witnesses", "is a number from 1");
        }
        if (of != null && (of.isEmpty() || of.size() > MOST_NAMED)) {
            throw new InvalidField("of", "names 1 to " + MOST_NAMED + " agents");
        }
        return new Wanted(witnesses, of == null ? Set.of() : new HashSet<>(of));
    }

    /** A checkpoint as it is archived: with a second signature, for the day on which the first can be forged. */
    @GetMapping("/archive/{size}")
    Json showArchivedCheckpoint(OrganizationId organization, Caller caller, @PathVariable long size) {
        SignedNote checkpoint = trail.checkpoint(organization, caller, size)
                .orElseThrow(() -> new ProblemException(
                        AuditProblem.NO_SUCH_LOG_ENTRY, "No checkpoint was signed over %d entries.".formatted(size)));
        return ArchivedCheckpoint.sign(checkpoint, keys.archive(organization, caller))
                .json();
    }

    /**
     * The key manifest: save it where you trust it, and verify packages with it as the trusted root. The newest one, or an earlier
     * version to follow from one that was saved to the newest.
     */
    @GetMapping("/keys")
    Json showLogKeys(
            OrganizationId organization, Caller caller, @RequestParam(required = false) @Nullable Integer version) {
        return version == null
                ? keys.manifest(organization, caller).json()
                : keys.find(organization, caller, version)
                        .orElseThrow(() -> new ProblemException(
                                AuditProblem.NO_SUCH_LOG_ENTRY,
                                "There is no version %d of the keys.".formatted(version)))
                        .json();
    }

    /** A piece of the log that never changes: {@code 0/000} to hash, {@code entries/000} to read. */
    @GetMapping(value = "/tile/{*tile}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> showLogTile(OrganizationId organization, Caller caller, @PathVariable String tile) {
        byte[] found = Tile.parse(tile.substring(1))
                .flatMap(known -> tiles.find(organization, caller, known))
                .orElseThrow(() -> new ProblemException(AuditProblem.NO_SUCH_LOG_ENTRY, "The log has no such tile."));
        return ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .body(found);
    }

    /** A C2SP tlog-proof, to keep beside the event: it is verified offline, with the log's key alone. */
    @GetMapping(value = "/proof", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=utf-8")
    String proveLogEntry(
            OrganizationId organization,
            Caller caller,
            @RequestParam long leaf,
            @RequestParam(required = false) @Nullable Long size) {
        return trail.prove(organization, caller, leaf, Optional.ofNullable(size))
                .orElseThrow(() -> new ProblemException(AuditProblem.NO_SUCH_LOG_ENTRY, missing(leaf, size)))
                .encoded();
    }

    private static String missing(long leaf, @Nullable Long size) {
        return size == null
                ? "The log has no entry %d.".formatted(leaf)
                : "No checkpoint was signed over %d entries with an entry %d. Leave out size for the first one that was."
                        .formatted(size, leaf);
    }
}
