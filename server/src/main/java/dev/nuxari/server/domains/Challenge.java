package dev.nuxari.server.domains;

import dev.nuxari.server.identity.EmailDomain;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** What has to be published to show that one runs a domain: a TXT record with a random value, below a name of our own. */
public record Challenge(EmailDomain domain, String token) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;
    private static final String BELOW = "_nuxari-challenge.";
    private static final String PREFIX = "nuxari-domain-verification=";

    /** RFC 1035, section 2.3.4, as written without the dot of the root. */
    private static final int LONGEST_NAME = 253;

    static Challenge random(EmailDomain domain) {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return new Challenge(domain, HexFormat.of().formatHex(token));
    }

    /** Whether the record's name would still be one. */
    static boolean fitsBelow(EmailDomain domain) {
        return BELOW.length() + domain.name().length() <= LONGEST_NAME;
    }

    /** The name of the record. */
    public String name() {
        return BELOW + domain.name();
    }

    /** Its value. */
    public String value() {
        return PREFIX + token;
    }

    CheckOutcome judge(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Answered(List<String> values, List<String> _) when values.isEmpty() -> CheckOutcome.NO_RECORD;
            case Lookup.Answered(List<String> values, List<String> _) ->
                values.contains(value()) ? CheckOutcome.FOUND : CheckOutcome.OTHER_VALUES;
            case Lookup.NoSuchName _ -> CheckOutcome.NO_SUCH_NAME;
            case Lookup.ServerFailure _ -> CheckOutcome.SERVER_FAILURE;
            case Lookup.NoAnswer _ -> CheckOutcome.NO_ANSWER;
        };
    }
}
