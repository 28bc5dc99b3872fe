package dev.nuxari.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.broker.BrokerCredential;
import dev.nuxari.server.broker.BrokerCredential.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Claim("I2")
class CredentialRuleTest {
    /** The first one is to go. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            totp password,          false, false, accepted
            totp password,          true,  false, last-second-factor
            totp password totp,     true,  false, accepted
            totp password passkey,  true,  false, accepted
            totp passkey,           false, false, accepted
            totp,                   false, false, last-way-in
            totp,                   false, true,  accepted
            passkey password,       false, false, accepted
            passkey password,       true,  true,  last-second-factor
            passkey,                false, false, last-way-in
            passkey totp,           false, false, last-way-in
            passkey totp,           true,  true,  accepted
            passkey passkey,        true,  false, accepted
            password passkey,       false, false, no-such-credential
            """)
    void whatIsNeededStays(String kinds, boolean demanded, boolean federated, String expected) {
        String[] names = kinds.split(" ", -1);
        List<BrokerCredential> all = IntStream.range(0, names.length)
                .mapToObj(at -> new BrokerCredential(
                        "c" + at, Kind.valueOf(names[at].toUpperCase(Locale.ROOT)), null, Instant.EPOCH))
                .toList();

        CredentialRule.Ruling ruling = CredentialRule.judge(all, "c0", demanded, federated);

        assertThat(
                        switch (ruling) {
                            case CredentialRule.Ruling.Accepted(BrokerCredential one) -> {
                                assertThat(one.id()).isEqualTo("c0");
                                yield "accepted";
                            }
                            case CredentialRule.Ruling.Refused(IdentityProblem why) -> why.slug();
                        })
                .isEqualTo(expected);
    }
}
