package dev.nuxari.server.domains;

import com.google.common.net.InternetDomainName;
import dev.nuxari.server.identity.EmailDomain;
import java.net.IDN;
import java.util.stream.Stream;

/** The names below which everybody can have one (publicsuffix.org): co.uk, github.io. They belong to no organization. */
final class PublicSuffix {
    private PublicSuffix() {}

    /** The list has international names in letters. */
    static boolean is(EmailDomain domain) {
        return Stream.of(domain.name(), IDN.toUnicode(domain.name()))
                .filter(InternetDomainName::isValid)
                .map(InternetDomainName::from)
                .anyMatch(InternetDomainName::isPublicSuffix);
    }
}
