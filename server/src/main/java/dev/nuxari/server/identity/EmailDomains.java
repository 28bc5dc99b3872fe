package dev.nuxari.server.identity;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The domains from which an organization enrols; none means all (claim T3). The database judges by the same rule, on every
 * row: see {@code V32__identity_policy.sql}.
 */
public record EmailDomains(SortedSet<EmailDomain> domains) {
    /** As many as the database takes. */
    static final int MOST = 1000;

    /** All names together. The list before a change and the one after it stand in one audit event. */
    static final int MOST_CHARACTERS = 24_000;

    public EmailDomains {
        domains = Collections.unmodifiableSortedSet(new TreeSet<>(domains));
    }

    static EmailDomains of(Collection<EmailDomain> domains) {
        return new EmailDomains(new TreeSet<>(domains));
    }

    /** Whether somebody with this address may be enrolled. */
    public boolean enrols(String address) {
        return domains.isEmpty()
                || EmailAddress.parse(address)
                        .filter(parsed -> domains.contains(parsed.domain()))
                        .isPresent();
    }

    Stream<String> names() {
        return domains.stream().map(EmailDomain::name);
    }
}
