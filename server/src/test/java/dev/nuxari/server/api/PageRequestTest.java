package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200})
    void onePageMoreIsLookedFor(int limit) {
        assertThat(new PageRequest(limit, null).rows()).isEqualTo(limit + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE})
    void limitHasBounds(int limit) {
        assertThatThrownBy(() -> new PageRequest(limit, null))
                .isInstanceOfSatisfying(
                        InvalidField.class, field -> assertThat(field.name()).isEqualTo("limit"));
    }

    @Test
    void firstPageHasTheDefaultSize() {
        assertThat(PageRequest.first()).isEqualTo(new PageRequest(50, null));
    }
}
