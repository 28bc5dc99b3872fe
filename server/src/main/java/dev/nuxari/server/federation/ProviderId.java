package dev.nuxari.server.federation;

import dev.nuxari.kernel.OrganizationId;
import java.util.UUID;

/** Names an identity provider of one organization. One that is removed and made again has another name. */
public record ProviderId(UUID value) {
    /**
     * What the broker calls it. It says of which organization it is, so that the broker's word about a sign-in shows for whom
     * it counts; and it is never given twice, so that no account that was linked by an older one is linked by this one.
     */
    String alias(OrganizationId organization) {
        return "org-" + organization + "-" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
