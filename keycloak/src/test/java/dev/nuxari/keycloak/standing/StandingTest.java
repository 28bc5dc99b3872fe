package dev.nuxari.keycloak.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who takes which account, for every case. */
class StandingTest {
    /** Organizations that it is in, whose word it stands on, and what becomes of it if {@code us} wants it. */
    @ParameterizedTest
    @CsvSource({
        "'',      '',    AS_IT_IS,  true",
        "'them',  '',    AS_IT_IS,  true",
        "'us',    '',    AS_IT_IS,  true",
        "'us',    us,    AS_IT_IS,  true",
        "'',      us,    AS_IT_IS,  true",
        "'them',  us,    AS_IT_IS,  true",
        "'',      them,  EMPTIED,   false",
        "'them',  them,  REFUSED,   false",
        "'third', them,  REFUSED,   false",
        "'us them', them, AS_IT_IS, false",
    })
    void everyCase(String organizations, String by, Taking taking, boolean free) {
        var standing = new Standing(
                Set.copyOf(Stream.of(organizations.split(" "))
                        .filter(one -> !one.isEmpty())
                        .toList()),
                Optional.of(by).filter(one -> !one.isEmpty()));

        assertThat(standing.taking("us")).isEqualTo(taking);
        assertThat(standing.isFreeFor("us")).isEqualTo(free);
    }
}
