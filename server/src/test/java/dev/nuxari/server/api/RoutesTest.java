package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.testing.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class RoutesTest {
    @Autowired
    RouteCheck check;

    @Test
    void routesThatAreServedAreDeclared() {
        assertThat(Routes.all().table().keySet()).containsAll(check.served());
    }

    @Test
    void routesThatAreDeclaredAreServed() {
        assertThat(check.served()).containsAll(Routes.all().table().keySet());
    }
}
