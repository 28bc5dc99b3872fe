package dev.nuxari.server.tenancy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.tenancy.Ticket.Door;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@Claim("T4")
class TicketKeyTest {
    private final byte[] secret = Sha256.of("the door key".getBytes(UTF_8));
    private final TicketKey key = new TicketKey(secret);
    private final OrganizationId acme = OrganizationId.parse("01890000-0000-7000-8000-000000000001");
    private final Instant expiry = Instant.ofEpochMilli(4711);

    @Test
    void macIsTheOneOfTheJdk() throws GeneralSecurityException {
        assertThat(key.ticket(Door.MEMBER, acme, "ann", expiry).mac()).isEqualTo(hmac("member/" + acme + "/ann/4711"));
        assertThat(key.ticket(Door.SYSTEM, acme, "ann", expiry).mac()).isEqualTo(hmac("system/" + acme + "/ann/4711"));
        assertThat(key.personMac("ann", expiry)).isEqualTo(hmac("person/ann/4711"));
    }

    @Test
    void halvesThatTheDatabaseIsGivenAreThePaddedKey() {
        byte[] padded = Arrays.copyOf(secret, 64);

        for (int i = 0; i < 64; i++) {
            assertThat(key.inner()[i]).isEqualTo((byte) (padded[i] ^ 0x36));
            assertThat(key.outer()[i]).isEqualTo((byte) (padded[i] ^ 0x5c));
        }
    }

    @Test
    void keyOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TicketKey(new byte[31]));
    }

    private String hmac(String words) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(words.getBytes(UTF_8)));
    }
}
