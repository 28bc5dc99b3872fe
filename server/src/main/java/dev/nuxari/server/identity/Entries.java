package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.NetworkAddress;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.MemberAdmission;
import dev.nuxari.server.tenancy.Origin;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The only way to a member's caller: whoever is admitted has been judged by the terms of the organization as they are now.
 * They come with the member, in the same statement; a version that is known is not sent again.
 */
@Component
class Entries {
    /** Beyond so many all are forgotten, and sent again. */
    private static final int REMEMBERED = 2_000;

    private final ConcurrentMap<OrganizationId, Known> known = new ConcurrentHashMap<>();
    private final Doorkeeper doorkeeper;
    private final ObjectProvider<FederatedSignIns> signIns;
    private final InstantSource clock;

    Entries(Doorkeeper doorkeeper, ObjectProvider<FederatedSignIns> signIns, InstantSource clock) {
        this.doorkeeper = doorkeeper;
        this.signIns = signIns;
        this.clock = clock;
    }

    private record Known(int version, EntryTerms terms) {}

    /**
     * Judges a person whom the broker has authenticated.
     *
     * @param address where the request came from
     */
    Entry at(OrganizationId organization, String subject, @Nullable String address, Assurance assurance) {
        Known before = known.get(organization);
        Optional<MemberAdmission> member = doorkeeper.admitMember(
                organization, subject, new Origin(address, assurance.acr()), before == null ? 0 : before.version());
        return member.<Entry>map(admission ->
                        judge(admission.caller(), terms(organization, admission, before), address, assurance))
                .orElseGet(Entry.Unknown::new);
    }

    /**
     * The same for what the broker has just signed. Owners are never let in on the word of the organization's own provider:
     * whoever runs it could be an owner by it, and there is somebody left when it fails (claim T5). A provider that was disabled
     * or removed stands for nobody from then on, also in tokens that were signed before.
     */
    Entry at(OrganizationId organization, SignedIn signedIn, @Nullable String address) {
        Entry entry = at(organization, signedIn.subject(), address, signedIn.assurance());
        return signedIn.federated() != null
                        && entry instanceof Entry.Admitted(Caller caller, var _)
                        && (role(caller) == Role.OWNER || !isOpen(organization, caller, signedIn.federated()))
                ? new Entry.Refused(caller, EntryRefusal.METHOD)
                : entry;
    }

    private boolean isOpen(OrganizationId organization, Caller caller, Federated federated) {
        return signIns.orderedStream().allMatch(known -> known.isOpen(organization, caller, federated.provider()));
    }

    private Entry judge(Caller caller, EntryTerms terms, @Nullable String address, Assurance assurance) {
        return switch (terms.judge(role(caller), read(address), assurance, clock.instant())) {
            case EntryRuling.Admitted(var stepUp) -> new Entry.Admitted(caller, stepUp);
            case EntryRuling.Refused(EntryRefusal why) -> new Entry.Refused(caller, why);
        };
    }

    private EntryTerms terms(OrganizationId organization, MemberAdmission admission, @Nullable Known before) {
        Json.Obj told = admission.terms();
        if (told == null) {
            if (before == null) {
                throw new IllegalStateException("the database told no terms of " + organization);
            }
            return before.terms();
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        Known now = new Known(admission.termsVersion(), EntryTerms.of(told));
        known.put(organization, now);
        return now.terms();
    }

    /** A member has a role; one that cannot be read is the least. */
    static Role role(Caller caller) {
        return caller.role().orElse(Role.READONLY);
    }

    /** Null if it cannot be read, which no list allows. */
    static @Nullable NetworkAddress read(@Nullable String address) {
        try {
            return address == null ? null : NetworkAddress.ofPeer(address);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
