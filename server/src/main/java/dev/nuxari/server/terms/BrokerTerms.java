package dev.nuxari.server.terms;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.identity.EntryTerms;
import dev.nuxari.server.identity.IdentityPolicy;
import dev.nuxari.server.identity.MfaRequired;
import java.util.List;
import java.util.stream.IntStream;

/** An identity policy as the attribute {@code nuxari.terms} of its organization at the broker: docs/formats/broker-terms.md. */
final class BrokerTerms {
    static final String ATTRIBUTE = "nuxari.terms";

    /** A value of an attribute has 255 characters at most. */
    private static final int LONGEST_PART = 240;

    private BrokerTerms() {}

    static List<String> values(IdentityPolicy policy) {
        String text = json(policy).canonical();
        int count = (text.length() + LONGEST_PART - 1) / LONGEST_PART;
        return IntStream.range(0, count)
                .mapToObj(part -> (part + 1) + "/" + count + ":"
                        + text.substring(part * LONGEST_PART, Math.min(text.length(), (part + 1) * LONGEST_PART)))
                .toList();
    }

    private static Json.Obj json(IdentityPolicy policy) {
        EntryTerms terms = policy.terms();
        return Json.object(
                "version",
                policy.version(),
                "loginMethods",
                terms.methodNames(),
                "ipAllowlist",
                terms.ipAllowlist().names().toList(),
                "mfaRequired",
                // The broker knows no roles.
                Spelling.of(terms.mfaRequired() == MfaRequired.EVERYBODY ? MfaRequired.EVERYBODY : MfaRequired.NOBODY),
                "sessionMaxAge",
                terms.sessionMaxAge().toSeconds());
    }
}
