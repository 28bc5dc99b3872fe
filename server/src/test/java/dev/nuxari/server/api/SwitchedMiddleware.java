package dev.nuxari.server.api;

import dev.nuxari.server.isolation.Layer;
import dev.nuxari.server.isolation.Layers;
import java.util.Collection;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The middleware of the server, with a switch, and what it serves. */
@TestConfiguration(proxyBeanMethods = false)
public class SwitchedMiddleware {
    @Bean
    @Primary
    RouteGuard switchedGuard(ApplicationEventPublisher events, Layers layers) {
        return new RouteGuard(
                events, (caller, path) -> layers.isOff(Layer.MIDDLEWARE) || RouteGuard.isOwn(caller, path));
    }

    @Bean
    ServedRoutes servedRoutes(RouteCheck check, Collection<RequestMappingInfoHandlerMapping> mappings) {
        return new ServedRoutes(check, mappings);
    }
}
