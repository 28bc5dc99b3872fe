package dev.nuxari.server.federation;

import org.jspecify.annotations.Nullable;

/**
 * What is made of metadata that the server has read by itself. Keys are what a provider changes, and nobody has to be asked for
 * that; where people are sent and who signs is changed by those who may enable the provider.
 */
sealed interface MetadataRuling {
    record Same() implements MetadataRuling {}

    /** The provider signs with other keys from now on. */
    record Renewed(Connection.Saml connection) implements MetadataRuling {}

    /** It cannot be used. What was known before goes on counting. */
    record Failed(Finding why) implements MetadataRuling {}

    static MetadataRuling of(@Nullable Connection known, Diagnosis read) {
        if (!read.isGood()) {
            return new Failed(read.findings().stream()
                    .filter(Finding::isInTheWay)
                    .findFirst()
                    .orElse(Finding.NOT_READABLE));
        }
        if (!(known instanceof Connection.Saml before) || !(read.connection() instanceof Connection.Saml now)) {
            return new Failed(Finding.NOT_READABLE);
        }
        var renewed = new Connection.Saml(
                before.entityId(), before.signOn(), before.post(), now.certificates(), before.emailAttribute());
        if (!renewed.equals(now)) {
            return new Failed(Finding.METADATA_CHANGED);
        }
        return now.equals(before) ? new Same() : new Renewed(now);
    }
}
