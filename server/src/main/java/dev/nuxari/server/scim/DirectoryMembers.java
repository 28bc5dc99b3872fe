package dev.nuxari.server.scim;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.identity.Enrolments;
import dev.nuxari.server.identity.Member;
import dev.nuxari.server.identity.Member.State;
import dev.nuxari.server.identity.Ranks;
import dev.nuxari.server.scim.Directory.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What a directory makes of the members that its users are. Owners stay what they are, and so does who was suspended by people;
 * {@code scim_permits} in the database holds the same against every statement.
 */
@Component
class DirectoryMembers {
    private final DirectoryStore directories;
    private final DirectoryUserStore users;
    private final Enrolments enrolments;

    DirectoryMembers(DirectoryStore directories, DirectoryUserStore users, Enrolments enrolments) {
        this.directories = directories;
        this.users = users;
        this.enrolments = enrolments;
    }

    /**
     * Ends the membership and everything that hangs on it: open sessions now, tokens and share links with their next use.
     *
     * @throws ScimRefused if the member is an owner
     */
    void deprovision(DirectoryClient client, DirectoryUser user) {
        member(client, user).ifPresent(member -> {
            if (member.role() == Role.OWNER) {
                throw ScimRefusal.OWNER_PROTECTED.thrown();
            }
            if (member.state() == State.ACTIVE) {
                change(client, member, member.role(), State.DEPROVISIONED);
            }
        });
    }

    /** Whoever was deprovisioned is a member again, with the role that the groups give now. */
    void restore(DirectoryClient client, DirectoryUser user) {
        member(client, user)
                .filter(member -> member.state() == State.DEPROVISIONED && member.role() != Role.OWNER)
                .ifPresent(member -> change(client, member, role(client, user, settings(client)), State.ACTIVE));
    }

    /** Gives the active ones of these users the role that their groups give. */
    void applyRoles(DirectoryClient client, Collection<UUID> ids) {
        List<DirectoryUser> linked = users.linked(client.directory(), ids);
        // All of them are locked before the first is changed, for a change locks what all changes share.
        linked.forEach(user -> member(client, user));
        linked.forEach(user -> applyRole(client, user));
    }

    void applyRole(DirectoryClient client, DirectoryUser user) {
        member(client, user)
                .filter(member -> member.state() == State.ACTIVE && member.role() != Role.OWNER)
                .ifPresent(member -> {
                    Role role = wanted(client, user, member);
                    if (role != member.role()) {
                        change(client, member, role, State.ACTIVE);
                    }
                });
    }

    /** Somebody whose role is above the ceiling has it from people, and keeps it. */
    private Role wanted(DirectoryClient client, DirectoryUser user, Member member) {
        Settings settings = settings(client);
        return Ranks.isAbove(member.role(), settings.ceiling()) ? member.role() : role(client, user, settings);
    }

    /** The highest that a group gives, else the default one; never above the ceiling. */
    Role role(DirectoryClient client, DirectoryUser user, Settings settings) {
        Role given = users.rolesOf(client.directory(), user.id()).stream()
                .max(Ranks.ORDER)
                .orElse(settings.defaultRole());
        return Ranks.lower(given, settings.ceiling());
    }

    private Settings settings(DirectoryClient client) {
        return directories.find(client.directory()).orElseThrow().settings();
    }

    private Optional<Member> member(DirectoryClient client, DirectoryUser user) {
        return Optional.ofNullable(user.subject())
                .flatMap(subject -> enrolments.lock(client.organization(), client.caller(), subject));
    }

    private void change(DirectoryClient client, Member before, Role role, State state) {
        Member after = new Member(before.id(), before.displayName(), before.email(), role, state, before.version() + 1);
        enrolments.change(client.organization(), client.caller(), before, after);
    }
}
