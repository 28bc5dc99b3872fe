package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.scim.DirectoryGroup.Draft;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The groups of a directory. Whoever comes into one or goes out of it has another role at once, if groups give roles. */
@Component
class DirectoryGroups {
    static final int MOST_MEMBERS = 20_000;

    private final DirectoryGroupStore store;
    private final DirectoryMembers members;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    DirectoryGroups(
            DirectoryGroupStore store,
            DirectoryMembers members,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.store = store;
        this.members = members;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Who came in and who went out. */
    private record Moved(List<UUID> in, List<UUID> out) {
        Collection<UUID> all() {
            List<UUID> all = new ArrayList<>(in);
            all.addAll(out);
            return all;
        }

        boolean isNobody() {
            return in.isEmpty() && out.isEmpty();
        }
    }

    DirectoryGroup add(DirectoryClient client, Draft draft) {
        Instant now = clock.instant();
        RedactedText name = redactor.redact(draft.displayName());
        var group = new DirectoryGroup(UuidV7.at(now), name.text(), draft.externalId(), 1, now, now);
        if (!store.add(client.directory(), group, name)) {
            throw ScimRefusal.GROUP_NAME_TAKEN.thrown();
        }
        Moved moved = new Moved(enter(client, group.id(), draft.members()), List.of());
        members.applyRoles(client, moved.all());
        record(DirectoryAction.DIRECTORY_GROUP_ADD, client, group, moved);
        return group;
    }

    /** Empty if there is no such group. */
    Optional<DirectoryGroup> replace(DirectoryClient client, UUID id, Draft draft) {
        return store.lock(client.directory(), id).map(before -> {
            List<UUID> out = store.keepMembers(id, draft.members());
            Moved moved = new Moved(enter(client, id, draft.members()), out);
            return changed(client, before, draft.displayName(), draft.externalId(), moved);
        });
    }

    /** One change of a group's members; the group, locked, if there is one. */
    Optional<DirectoryGroup> patch(DirectoryClient client, DirectoryGroup before, GroupPatch patch) {
        List<UUID> in = new ArrayList<>();
        List<UUID> out = new ArrayList<>();
        String name = before.displayName();
        String externalId = before.externalId();
        for (GroupPatch.Step step : patch.steps()) {
            switch (step) {
                case GroupPatch.Enter(Set<UUID> users) -> in.addAll(enter(client, before.id(), users));
                case GroupPatch.Leave(Set<UUID> users) -> out.addAll(store.removeMembers(before.id(), users));
                case GroupPatch.Only(Set<UUID> users) -> {
                    out.addAll(store.keepMembers(before.id(), users));
                    in.addAll(enter(client, before.id(), users));
                }
                case GroupPatch.Rename(String renamed) -> name = renamed;
                case GroupPatch.Identify(String identified) -> externalId = identified;
            }
        }
        return Optional.of(changed(client, before, name, externalId, new Moved(in, out)));
    }

    private DirectoryGroup changed(
            DirectoryClient client, DirectoryGroup before, String name, @Nullable String externalId, Moved moved) {
        RedactedText displayName = redactor.redact(name);
        boolean renamed =
                !displayName.text().equals(before.displayName()) || !Objects.equals(externalId, before.externalId());
        if (!renamed && moved.isNobody()) {
            return before;
        }
        DirectoryGroup after = before.next(displayName.text(), externalId, clock.instant());
        try {
            store.save(after, displayName);
        } catch (DuplicateKeyException _) {
            throw ScimRefusal.GROUP_NAME_TAKEN.thrown();
        }
        members.applyRoles(client, renamed ? everybody(after.id(), moved) : moved.all());
        record(DirectoryAction.DIRECTORY_GROUP_CHANGE, client, after, moved);
        return after;
    }

    private List<UUID> everybody(UUID group, Moved moved) {
        List<UUID> all = new ArrayList<>(moved.out());
        store.members(group).forEach(member -> all.add(member.id()));
        return all;
    }

    /** Answers false if there is no such group. */
    boolean remove(DirectoryClient client, UUID id) {
        Optional<DirectoryGroup> found = store.lock(client.directory(), id);
        found.ifPresent(group -> {
            Moved moved = new Moved(List.of(), store.keepMembers(id, List.of()));
            store.remove(id);
            members.applyRoles(client, moved.all());
            record(DirectoryAction.DIRECTORY_GROUP_REMOVE, client, group, moved);
        });
        return found.isPresent();
    }

    private List<UUID> enter(DirectoryClient client, UUID group, Set<UUID> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        if (store.known(client.directory(), users) < users.size()) {
            throw ScimRefusal.UNKNOWN_MEMBER.thrown();
        }
        List<UUID> in = store.addMembers(client.directory(), group, users);
        if (store.memberCount(group) > MOST_MEMBERS) {
            throw ScimRefusal.TOO_MANY_MEMBERS.thrown();
        }
        return in;
    }

    private void record(DirectoryAction action, DirectoryClient client, DirectoryGroup group, Moved moved) {
        audit.append(AuditEvent.of(action, new Target("directory-group", group.id()))
                .metadata(redactor.redact(Json.object(
                        "directoryId",
                        client.directory().value(),
                        "version",
                        group.version(),
                        "entered",
                        moved.in().size(),
                        "left",
                        moved.out().size()))));
    }
}
