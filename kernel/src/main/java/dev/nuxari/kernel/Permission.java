package dev.nuxari.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a route may demand of its caller. Narrower permissions, such as reading one's own, have names of their own. */
public enum Permission {
    ORGANIZATION_READ,
    ORGANIZATION_CHANGE,
    ORGANIZATION_FEDERATE,
    MEMBERS_READ,
    MEMBERS_READ_OWN,
    MEMBERS_MANAGE,
    MEMBERS_MANAGE_OWNERS,
    REQUESTS_CREATE,
    REQUESTS_READ,
    REQUESTS_READ_OWN,
    WORKFLOWS_READ,
    WORKFLOWS_READ_OWN,
    WORKFLOWS_OPERATE,
    APPROVALS_READ,
    APPROVALS_DECIDE,
    CATALOGUE_READ,
    CATALOGUE_CHANGE,
    CONNECTORS_READ,
    CONNECTORS_MANAGE,
    AGENTS_READ,
    AGENTS_MANAGE,
    FINDINGS_READ,
    FINDINGS_REMEDIATE,
    REVIEWS_RUN,
    REVIEWS_DECIDE,
    AUDIT_READ,
    AUDIT_ROTATE_KEY,
    EVIDENCE_READ,
    INTAKE_ANSWER;

    /** The wire form: {@code requests:read-own}. */
    public String spelled() {
        String spelled = Spelling.of(this);
        int noun = spelled.indexOf('-');
        return spelled.substring(0, noun) + ":" + spelled.substring(noun + 1);
    }

    static Set<Permission> all() {
        return Collections.unmodifiableSet(EnumSet.allOf(Permission.class));
    }

    static Set<Permission> allBut(Permission excluded, Permission... more) {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(excluded, more)));
    }
}
