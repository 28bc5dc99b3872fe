package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    private record Two(UUID first, UUID second) {}

    private record Hidden(UUID value) {}

    /** The kernel's ids refuse nothing; one that does is told from one that cannot be made. */
    public record Picky(UUID value) {
        public Picky {
            if (value.version() != 7) {
                throw new IllegalArgumentException("is no UUIDv7");
            }
        }
    }

    @Test
    void recordOfOneUuidIsAnIdentifier() {
        UUID id = UUID.randomUUID();

        assertThat(Identifiers.of(OrganizationId.class).orElseThrow().parse(id.toString()))
                .isEqualTo(new OrganizationId(id));
    }

    @Test
    void nothingElseIsOne() {
        assertThat(Identifiers.of(Two.class)).isEmpty();
        assertThat(Identifiers.of(PlanHash.class)).isEmpty();
        assertThat(Identifiers.of(UUID.class)).isEmpty();
        assertThat(Identifiers.of(String.class)).isEmpty();
    }

    @Test
    void whatIsNoUuidIsNoIdentifier() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Identifiers.of(OrganizationId.class).orElseThrow().parse("4711"));
    }

    @Test
    void idThatRefusesTheUuidIsNoIdentifier() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Picky.class))
                .withStackTraceContaining("is no UUIDv7");
    }

    @Test
    void idThatCannotBeMadeIsADefect() {
        assertThatIllegalStateException().isThrownBy(() -> parse(Hidden.class));
    }

    private static void parse(Class<?> type) {
        Identifiers.of(type).orElseThrow().parse("11111111-1111-4111-8111-111111111111");
    }
}
