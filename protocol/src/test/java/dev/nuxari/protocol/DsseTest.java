package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DsseTest {
    /** The test vector of the specification (protocol.md). */
    @Test
    void encodesTheExampleOfTheSpecification() {
        byte[] encoded = Dsse.preAuthenticationEncoding("http://example.com/HelloWorld", "hello world".getBytes(UTF_8));

        assertThat(new String(encoded, UTF_8)).isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void countsBytes() {
        assertThat(new String(Dsse.preAuthenticationEncoding("é", "€".getBytes(UTF_8)), UTF_8))
                .isEqualTo("DSSEv1 2 é 3 €");
    }
}
