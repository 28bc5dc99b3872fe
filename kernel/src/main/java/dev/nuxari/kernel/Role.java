package dev.nuxari.kernel;

import java.util.Set;

/** What a member is in an organization. One member has one role; what it permits is the table below, nothing else. */
public enum Role {
    OWNER(Permission.all()),
    ADMIN(Permission.allBut(
            Permission.ORGANIZATION_FEDERATE, Permission.MEMBERS_MANAGE_OWNERS, Permission.AUDIT_ROTATE_KEY)),
    APPROVER(Set.of(
            Permission.ORGANIZATION_READ,
            Permission.MEMBERS_READ,
            Permission.REQUESTS_CREATE,
            Permission.REQUESTS_READ,
            Permission.WORKFLOWS_READ,
            Permission.APPROVALS_READ,
            Permission.APPROVALS_DECIDE,
            Permission.CATALOGUE_READ,
            Permission.CONNECTORS_READ,
            Permission.AGENTS_READ,
            Permission.FINDINGS_READ,
            Permission.FINDINGS_REMEDIATE,
            Permission.REVIEWS_DECIDE)),
    REQUESTER(Set.of(
            Permission.ORGANIZATION_READ,
            Permission.MEMBERS_READ_OWN,
            Permission.REQUESTS_CREATE,
            Permission.REQUESTS_READ_OWN,
            Permission.WORKFLOWS_READ_OWN,
            Permission.CATALOGUE_READ)),
    AUDITOR(Set.of(
            Permission.ORGANIZATION_READ,
            Permission.MEMBERS_READ,
            Permission.REQUESTS_READ,
            Permission.WORKFLOWS_READ,
            Permission.APPROVALS_READ,
            Permission.CATALOGUE_READ,
            Permission.CONNECTORS_READ,
            Permission.AGENTS_READ,
            Permission.FINDINGS_READ,
            Permission.AUDIT_READ,
            Permission.EVIDENCE_READ)),
    READONLY(Set.of(
            Permission.ORGANIZATION_READ,
            Permission.MEMBERS_READ_OWN,
            Permission.REQUESTS_READ,
            Permission.WORKFLOWS_READ,
            Permission.CATALOGUE_READ,
            Permission.CONNECTORS_READ,
            Permission.AGENTS_READ,
            Permission.FINDINGS_READ));

    // Every constant is given an unmodifiable set above.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** Reads a role to the letter. Whatever is not one of the six is {@link #READONLY}, never more. */
    public static Role parse(String spelled) {
        return switch (spelled) {
            case "owner" -> OWNER;
            case "admin" -> ADMIN;
            case "approver" -> APPROVER;
            case "requester" -> REQUESTER;
            case "auditor" -> AUDITOR;
            default -> READONLY;
        };
    }
}
