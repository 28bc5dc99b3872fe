package dev.nuxari.platform.testing;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.RealmTemplate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * On what terms an organization of the realm {@code nuxari} lets people in, as the broker is told: docs/formats/broker-terms.md.
 */
public record BrokerTerms(List<String> loginMethods, List<String> ipAllowlist, String mfaRequired) {
    /** Everybody comes in. */
    public static final BrokerTerms OPEN =
            new BrokerTerms(List.of("password", "passkey", "oidc", "saml"), List.of(), "nobody");

    private static final int LONGEST_PART = 240;

    public BrokerTerms methods(String... permitted) {
        return new BrokerTerms(List.of(permitted), ipAllowlist, mfaRequired);
    }

    public BrokerTerms networks(String... permitted) {
        return new BrokerTerms(loginMethods, List.of(permitted), mfaRequired);
    }

    /** With a second factor of everybody. */
    public BrokerTerms mfa() {
        return new BrokerTerms(loginMethods, ipAllowlist, "everybody");
    }

    public void tell(KeycloakAdmin admin, String organizationId) {
        String text = Json.object(
                        "version",
                        1,
                        "loginMethods",
                        loginMethods,
                        "ipAllowlist",
                        ipAllowlist,
                        "mfaRequired",
                        mfaRequired,
                        "sessionMaxAge",
                        43_200)
                .canonical();
        admin.setAttribute(RealmTemplate.REALM, organizationId, "nuxari.terms", parts(text));
    }

    private static List<String> parts(String text) {
        int count = (text.length() + LONGEST_PART - 1) / LONGEST_PART;
        return IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "/" + count + ":"
                        + text.substring(i * LONGEST_PART, Math.min(text.length(), (i + 1) * LONGEST_PART)))
                .toList();
    }
}
