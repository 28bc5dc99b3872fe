package dev.nuxari.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(0, 1));
    private static final OrganizationId GLOBEX = new OrganizationId(new UUID(0, 2));

    private final MasterKey master = new MasterKey(bytes(7));

    @Test
    void wrappedKeyUnwraps() {
        byte[] wrapped = master.wrap(bytes(1), ACME, 1);

        assertThat(master.unwrap(wrapped, ACME, 1)).isEqualTo(bytes(1));
    }

    @Test
    @Claim("E1")
    void wrappedKeyOfOneOrganizationIsOfNoUseToAnother() {
        byte[] wrapped = master.wrap(bytes(1), ACME, 1);

        assertThatThrownBy(() -> master.unwrap(wrapped, GLOBEX, 1)).isInstanceOf(SealBroken.class);
    }

    @Test
    void wrappedKeyOfOneVersionIsNotAnother() {
        byte[] wrapped = master.wrap(bytes(1), ACME, 1);

        assertThatThrownBy(() -> master.unwrap(wrapped, ACME, 2)).isInstanceOf(SealBroken.class);
    }

    @Test
    void derivedKeyIsTheSameForOnePurposeAndAnotherForAnother() {
        assertThat(master.derive("one")).hasSize(32).isEqualTo(new MasterKey(bytes(7)).derive("one"));
        assertThat(master.derive("one")).isNotEqualTo(master.derive("other")).isNotEqualTo(bytes(7));
        assertThat(master.derive("one")).isNotEqualTo(new MasterKey(bytes(8)).derive("one"));
    }

    @Test
    void anotherMasterKeyUnwrapsNothingAndHasAnotherName() {
        byte[] wrapped = master.wrap(bytes(1), ACME, 1);
        var other = new MasterKey(bytes(8));

        assertThatThrownBy(() -> other.unwrap(wrapped, ACME, 1)).isInstanceOf(SealBroken.class);
        assertThat(other.id()).isNotEqualTo(master.id());
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
