package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ServerTest
class RoutesTest {
    @Autowired
    RouteCheck check;

    @RestController
    static class Undeclared {
        @GetMapping("/api/v1/backdoor")
        String backdoor() {
            return "open";
        }
    }

    @Test
    @Claim("T6")
    void routeWithoutADeclaredPermissionDoesNotStartTheServer() throws NoSuchMethodException {
        var mapping = new RequestMappingHandlerMapping();
        mapping.registerMapping(
                RequestMappingInfo.paths("/api/v1/backdoor").build(),
                new Undeclared(),
                Undeclared.class.getDeclaredMethod("backdoor"));
        var withBackdoor = new RouteCheck(List.of(mapping));

        assertThatThrownBy(withBackdoor::afterSingletonsInstantiated)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/api/v1/backdoor");
    }

    @Test
    void routesThatAreServedAreDeclared() {
        assertThat(Routes.all().table().keySet()).containsAll(check.served());
    }
}
