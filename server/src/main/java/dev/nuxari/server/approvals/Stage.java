package dev.nuxari.server.approvals;

import dev.nuxari.kernel.Role;
import java.util.Set;

/**
 * One step of an approval: how many people of which roles have to agree before the next stage opens.
 *
 * @param position counted from 1
 */
public record Stage(int position, String name, int quorum, Set<Role> roles) {
    public Stage {
        roles = Set.copyOf(roles);
        if (quorum < 1 || roles.isEmpty()) {
            throw new IllegalArgumentException("a stage has a quorum and roles that can reach it");
        }
    }
}
