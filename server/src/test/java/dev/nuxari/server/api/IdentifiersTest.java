package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    private record Two(UUID first, UUID second) {}

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
}
