package dev.nuxari.server.api;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Keeps a server from starting that would serve a route without a declared permission (claim T6). */
@Component
class RouteCheck implements SmartInitializingSingleton {
    private final Collection<RequestMappingInfoHandlerMapping> mappings;

    RouteCheck(Collection<RequestMappingInfoHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Routes routes = Routes.all();
        Set<String> undeclared = served().stream()
                .filter(route ->
                        routes.demanded(route.method(), route.pattern()).isEmpty())
                .map(Routes.Route::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException("routes without a declared permission: " + String.join(", ", undeclared));
        }
    }

    /** Every route that some handler answers. */
    Set<Routes.Route> served() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(pattern -> methods(info).stream().map(method -> new Routes.Route(method, pattern))))
                .collect(Collectors.toSet());
    }

    private static Set<String> methods(RequestMappingInfo info) {
        Set<String> methods =
                info.getMethodsCondition().getMethods().stream().map(Enum::name).collect(Collectors.toSet());
        return methods.isEmpty() ? Set.of("*") : methods;
    }
}
