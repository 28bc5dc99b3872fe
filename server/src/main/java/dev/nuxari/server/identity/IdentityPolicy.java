package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.Spelling;
import java.time.Duration;

/**
 * On what terms people are members of an organization, and are let in. Each has one.
 *
 * @param inviteTtl how long an invitation can be accepted
 */
public record IdentityPolicy(EmailDomains emailDomainAllowlist, EntryTerms terms, Duration inviteTtl, int version) {
    /** As long as it may stand in an audit event, which holds the list before a change and the one after it. */
    private static final int LONGEST_IN_EVENT = 4_000;

    PolicyRuling replacedBy(IdentityPolicy proposed, int seen) {
        return seen == version
                ? new PolicyRuling.Accepted(new IdentityPolicy(
                        proposed.emailDomainAllowlist, proposed.terms, proposed.inviteTtl, version + 1))
                : new PolicyRuling.Stale(version);
    }

    /** What the audit log says of it. A long list of networks is there as its number and the hash of its canonical JSON. */
    Json.Obj forEvent() {
        Json networks = Json.of(terms.ipAllowlist().names().toList());
        if (networks.canonical().length() <= LONGEST_IN_EVENT) {
            return json();
        }
        return json().with(
                        "ipAllowlist",
                        Json.object(
                                "count",
                                terms.ipAllowlist().names().count(),
                                "sha256",
                                Sha256.hexOf(networks.canonical().getBytes(UTF_8))));
    }

    private Json.Obj json() {
        Json.Obj json = Json.object(
                "emailDomainAllowlist",
                emailDomainAllowlist.names().toList(),
                "mfaRequired",
                Spelling.of(terms.mfaRequired()),
                "loginMethods",
                terms.methodNames(),
                "ipAllowlist",
                terms.ipAllowlist().names().toList(),
                "inviteTtl",
                inviteTtl.toString(),
                "sessionMaxAge",
                terms.sessionMaxAge().toString(),
                "idleTimeout",
                terms.idleTimeout().toString(),
                "version",
                version);
        Duration stepUpAge = terms.stepUpAge();
        return stepUpAge == null ? json : json.with("stepUpAge", stepUpAge.toString());
    }
}
