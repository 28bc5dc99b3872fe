package dev.nuxari.server.audit;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.HashedRekord;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Instant at = clock.instant();
        Caller caller = scope.caller();
        List<Unnumbered> leaves = pending.stream()
                .map(one -> Unnumbered.of(canonical(one, caller, at)))
                .toList();
        long first = store.append(leaves);
        for (int i = 0; i < pending.size(); i++) {
            pending.get(i).placed().accept(first + i);
        }
        if (first == 0) {
            events.publishEvent(new LogBegun(caller.organization()));
        }
    }

    private static Json.Obj canonical(Pending pending, Caller caller, Instant at) {
        AuditEvent event = pending.event();
        Map<String, Json> members = new HashMap<>();
        members.put("v", Json.of(1));
        members.put("organizationId", Json.of(caller.organization()));
        members.put(Unnumbered.NUMBER, Json.of(0));
        members.put("id", Json.of(UuidV7.at(at)));
        members.put("at", Json.of(at));
        members.put("actor", actor(caller));
        members.put("action", Json.of(event.action().spelled()));
        members.put("outcome", Json.of(event.outcome()));
        members.put(
                "target",
                Json.object("type", event.target().type(), "id", event.target().id()));
        put(members, "approvalRef", event.approvalRef());
        put(members, "planHash", event.planHash());
        put(members, "requestId", event.requestId());
        put(members, "before", event.before());
        put(members, "after", event.after());
        put(members, "metadata", event.metadata());
        Json.Obj canonical = new Json.Obj(members);
        return pending.rekord() == null ? canonical : pending.rekord().within(canonical);
    }

    private static Json.Obj actor(Caller caller) {
        ActorId id = caller.id();
        Json.Obj actor = Json.object("type", Spelling.of(id.kind()), "id", id.id());
        return actor.withPresent("role", caller.role().map(Spelling::of).orElse(null))
                .withPresent("ip", caller.origin().ip())
                .withPresent("acr", caller.origin().acr());
    }

    private static void put(Map<String, Json> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, Json.of(value));
        }
    }

    private static void put(Map<String, Json> members, String name, Redacted value) {
        if (!value.equals(Redacted.EMPTY)) {
            members.put(name, value.json());
        }
    }
}
