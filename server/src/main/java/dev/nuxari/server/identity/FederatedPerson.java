package dev.nuxari.server.identity;

import java.util.List;
import java.util.UUID;

/**
 * Somebody who signed in by an organization's own identity provider, as the broker signed it.
 *
 * @param provider the provider, of the organization that the broker named with it
 * @param email the address of the account, which the broker has verified
 * @param groups those that the provider named and that were asked for
 */
public record FederatedPerson(UUID provider, String subject, String email, String name, List<String> groups) {
    public FederatedPerson {
        groups = List.copyOf(groups);
    }
}
