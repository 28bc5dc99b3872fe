package dev.nuxari.server.audit;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.HashedRekord;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Appends audit events. Joins the open scope, so an action and its record commit or vanish together (claim A5).
 *
 * <p>Events are collected and written as the last thing before the scope commits: the organization's head, which all its
 * writers share, is locked from there on.
 */
@Component
public class AuditLog {
    /** An entry of the log holds 64 KiB; the rest is room for its framing. */
    private static final int LARGEST_EVENT = 60 * 1024;

    private final OrganizationScope scope;
    private final AuditStore store;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    AuditLog(OrganizationScope scope, AuditStore store, ApplicationEventPublisher events, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    private record Pending(
            AuditEvent event, LongConsumer placed, @Nullable HashedRekord rekord) {}

    /** Appends the event as a next leaf of the organization's tree, by the caller of the open scope. */
    public void append(AuditEvent event) {
        append(event, _ -> {});
    }

    /**
     * The same for an event whose place matters.
     *
     * @param placed is told the leaf index, which is the event's sequence number, still in the scope and after the event is
     *     written
     */
    public void append(AuditEvent event, LongConsumer placed) {
        scope.writtenLast(this, this::write).add(new Pending(event, placed, null));
    }

    /** The same for an event that is an entry of Sigstore's kind as well. */
    public void append(AuditEvent event, HashedRekord rekord, LongConsumer placed) {
        scope.writtenLast(this, this::write).add(new Pending(event, placed, rekord));
    }

    private void write(List<Pending> pending) {
        long first = store.lockHead();
        Instant at = clock.instant();
        List<byte[]> leaves = new ArrayList<>();
        for (Pending one : pending) {
            Json.Obj event = canonical(one.event(), scope.caller(), first + leaves.size(), at);
            leaves.add(leaf(one.rekord() == null ? event : one.rekord().within(event)));
        }
        store.append(leaves);
        for (int i = 0; i < pending.size(); i++) {
            pending.get(i).placed().accept(first + i);
        }
        if (first == 0) {
            events.publishEvent(new LogBegun(scope.caller().organization()));
        }
    }

    private static byte[] leaf(Json.Obj event) {
        byte[] leaf = event.canonicalBytes();
        if (leaf.length > LARGEST_EVENT) {
            throw new IllegalArgumentException("the event %s has %d bytes; the largest may have %d"
                    .formatted(event.string("action"), leaf.length, LARGEST_EVENT));
        }
        return leaf;
    }

    private static Json.Obj canonical(AuditEvent event, Caller caller, long sequence, Instant at) {
        Json.Obj canonical = Json.object(
                "v", 1,
                "organizationId", caller.organization().toString(),
                "sequence", sequence,
                "id", UuidV7.at(at).toString(),
                "at", at,
                "actor", actor(caller),
                "action", event.action().spelled(),
                "outcome", Spelling.of(event.outcome()),
                "target",
                        Json.object(
                                "type",
                                event.target().type(),
                                "id",
                                event.target().id()));
        canonical = with(canonical, "approvalRef", text(event.approvalRef()));
        canonical = with(
                canonical,
                "planHash",
                Optional.ofNullable(event.planHash()).map(PlanHash::hex).orElse(null));
        canonical = with(canonical, "requestId", text(event.requestId()));
        canonical = with(canonical, "before", event.before());
        canonical = with(canonical, "after", event.after());
        return with(canonical, "metadata", event.metadata());
    }

    private static Json.Obj actor(Caller caller) {
        ActorId id = caller.id();
        Json.Obj actor = Json.object("type", Spelling.of(id.kind()), "id", id.id());
        actor = with(actor, "role", caller.role().map(Spelling::of).orElse(null));
        actor = with(actor, "ip", caller.origin().ip());
        return with(actor, "acr", caller.origin().acr());
    }

    private static Json.Obj with(Json.Obj object, String name, @Nullable String value) {
        return value == null ? object : object.with(name, value);
    }

    private static Json.Obj with(Json.Obj object, String name, Redacted value) {
        return value.json() instanceof Json.Obj(var members) && members.isEmpty()
                ? object
                : object.with(name, value.json());
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
