package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Permission;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The people of an organization, and what it is called. */
@Component
public class Members {
    private final OrganizationScope scope;
    private final MemberStore store;

    Members(OrganizationScope scope, MemberStore store) {
        this.scope = scope;
        this.store = store;
    }

    /** The members; for a caller who may read only their own membership, that one. */
    public Page<Member> list(OrganizationId organization, Caller caller, PageRequest page) {
        return scope.reading(organization, caller, () -> {
            List<Member> members = caller.may(Permission.MEMBERS_READ)
                    ? store.list(page)
                    : store.find(caller.memberId()).stream().toList();
            return Page.cut(members, page.limit(), member -> member.id().toString());
        });
    }

    public Optional<Member> find(OrganizationId organization, Caller caller, MemberId member) {
        return scope.reading(organization, caller, () -> store.find(member));
    }

    /** The caller's own organization. */
    public Organization organization(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::organization);
    }
}
