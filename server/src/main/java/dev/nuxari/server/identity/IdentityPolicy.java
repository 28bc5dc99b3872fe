package dev.nuxari.server.identity;

/** On what terms people are members of an organization. Each has one. */
public record IdentityPolicy(EmailDomains emailDomainAllowlist, int version) {
    PolicyRuling replacedBy(EmailDomains allowlist, int seen) {
        return seen == version
                ? new PolicyRuling.Accepted(new IdentityPolicy(allowlist, version + 1))
                : new PolicyRuling.Stale(version);
    }
}
