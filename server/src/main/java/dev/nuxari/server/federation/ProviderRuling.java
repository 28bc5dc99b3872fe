package dev.nuxari.server.federation;

import java.util.List;

/** What became of a provider that somebody added or changed. */
sealed interface ProviderRuling {
    record Done(IdentityProvider provider) implements ProviderRuling {}

    /** The name is taken, or there are too many. */
    record NotAdded() implements ProviderRuling {}

    /** Somebody else changed it first. */
    record Stale(int current) implements ProviderRuling {}

    /** It was to be enabled, and this is in the way. */
    record NotReady(List<Finding> findings) implements ProviderRuling {}

    record Unknown() implements ProviderRuling {}
}
