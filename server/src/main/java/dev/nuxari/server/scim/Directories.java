package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.scim.Directory.Settings;
import dev.nuxari.server.scim.DirectoryRuling.Accepted;
import dev.nuxari.server.scim.DirectoryRuling.Refused;
import dev.nuxari.server.scim.DirectoryRuling.Stale;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The directories of an organization, for its administrators. */
@Service
public class Directories {
    static final int MOST = 10;
    static final int MOST_TOKENS = 5;

    private final OrganizationScope scope;
    private final DirectoryStore store;
    private final Timers timers;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Directories(
            OrganizationScope scope,
            DirectoryStore store,
            Timers timers,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.timers = timers;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** The newest first. */
    List<Directory> list(OrganizationId organization, Caller caller) {
        return scope.reading(
                organization,
                caller,
                () -> store.list().stream().map(this::whole).toList());
    }

    Optional<Directory> find(OrganizationId organization, Caller caller, DirectoryId id) {
        return scope.reading(organization, caller, () -> store.find(id).map(this::whole));
    }

    private Directory whole(Directory directory) {
        Settings settings = directory.settings();
        return new Directory(
                directory.id(),
                new Settings(
                        settings.name(),
                        settings.defaultRole(),
                        settings.ceiling(),
                        settings.state(),
                        store.groupRoles(directory.id())),
                directory.createdAt(),
                directory.lastRequestAt(),
                directory.version());
    }

    DirectoryRuling add(OrganizationId organization, Caller caller, Settings settings) {
        return scope.within(organization, caller, () -> {
            if (store.list().size() >= MOST) {
                return new Refused(DirectoryProblem.TOO_MANY_DIRECTORIES);
            }
            Instant now = clock.instant();
            var id = new DirectoryId(UuidV7.at(now));
            store.add(id, redactor.redact(settings.name()), settings, now);
            addGroupRoles(id, settings);
            timers.schedule(DirectoryAccounts.TIMER, id.toString(), now);
            Directory added = whole(store.find(id).orElseThrow());
            audit.append(
                    AuditEvent.of(DirectoryAction.DIRECTORY_ADD, target(id)).change(Redacted.EMPTY, redacted(added)));
            return new Accepted(added);
        });
    }

    /** Replaces what is said of it. Members get their roles by it soon after. */
    DirectoryRuling change(
            OrganizationId organization, Caller caller, DirectoryId id, Settings settings, Version seen) {
        return scope.within(organization, caller, () -> {
            Optional<Directory> found = store.lock(id).map(this::whole);
            if (found.isEmpty()) {
                return new Refused(DirectoryProblem.NO_SUCH_DIRECTORY);
            }
            Directory before = found.get();
            if (before.version() != seen.value()) {
                return new Stale(before.version());
            }
            // Roles first go below the new ceiling, or the old one would have to hold them.
            store.removeGroupRoles(id);
            store.save(id, redactor.redact(settings.name()), settings, before.version() + 1);
            addGroupRoles(id, settings);
            timers.schedule(DirectoryAccounts.TIMER, id.toString(), clock.instant());
            Directory after = whole(store.find(id).orElseThrow());
            audit.append(AuditEvent.of(DirectoryAction.DIRECTORY_CHANGE, target(id))
                    .change(redacted(before), redacted(after)));
            return new Accepted(after);
        });
    }

    private void addGroupRoles(DirectoryId id, Settings settings) {
        settings.groupRoles().forEach(one -> {
            RedactedText value = redactor.redact(one.value());
            store.addGroupRole(id, one, value);
        });
    }

    /** A token that was drawn a moment ago: the one time that it is there to be shown. */
    record Issued(DirectoryTokenId id, DirectoryToken token) {}

    /** What became of a token that was asked for. */
    sealed interface IssueRuling {
        record Done(Issued issued) implements IssueRuling {}

        record NotDone(DirectoryProblem why) implements IssueRuling {}
    }

    /**
     * Draws a token. The ones that are there go on for a while, so that whoever is at the other end can be told the new one.
     *
     * @param overlap how long the others still serve
     */
    IssueRuling issue(OrganizationId organization, Caller caller, DirectoryId id, Duration overlap) {
        return scope.within(organization, caller, () -> {
            if (store.lock(id).isEmpty()) {
                return new IssueRuling.NotDone(DirectoryProblem.NO_SUCH_DIRECTORY);
            }
            Instant now = clock.instant();
            if (store.tokens(id, now).size() >= MOST_TOKENS) {
                return new IssueRuling.NotDone(DirectoryProblem.TOO_MANY_DIRECTORY_TOKENS);
            }
            DirectoryToken token = DirectoryToken.random(organization);
            var tokenId = new DirectoryTokenId(UuidV7.at(now));
            store.addToken(tokenId, id, token.hash(), caller.memberId(), now);
            store.endOthers(id, tokenId, now.plus(overlap));
            audit.append(AuditEvent.of(DirectoryAction.DIRECTORY_TOKEN_ISSUE, target(id))
                    .metadata(redactor.redact(
                            Json.object("tokenId", tokenId.value(), "othersEndAt", now.plus(overlap)))));
            return new IssueRuling.Done(new Issued(tokenId, token));
        });
    }

    List<DirectoryStore.Token> tokens(OrganizationId organization, Caller caller, DirectoryId id) {
        return scope.reading(organization, caller, () -> store.tokens(id, clock.instant()));
    }

    /** From here on it opens nothing. Answers false if there is no such token; one that has ended is ended. */
    boolean revoke(OrganizationId organization, Caller caller, DirectoryId id, DirectoryTokenId token) {
        return scope.within(organization, caller, () -> {
            boolean ended = store.endToken(id, token, clock.instant());
            if (ended) {
                audit.append(AuditEvent.of(DirectoryAction.DIRECTORY_TOKEN_REVOKE, target(id))
                        .metadata(redactor.redact(Json.object("tokenId", token.value()))));
            }
            return ended || store.hasToken(id, token);
        });
    }

    static Target target(DirectoryId id) {
        return new Target("directory", id.value());
    }

    private Redacted redacted(Directory directory) {
        return redactor.redact(directory.settings().forEvent().with("version", directory.version()));
    }
}
