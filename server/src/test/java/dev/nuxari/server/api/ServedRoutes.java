package dev.nuxari.server.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every route of the running server, with the method that answers it. */
public final class ServedRoutes {
    private final RouteCheck check;
    private final Collection<RequestMappingInfoHandlerMapping> mappings;

    ServedRoutes(RouteCheck check, Collection<RequestMappingInfoHandlerMapping> mappings) {
        this.check = check;
        this.mappings = mappings;
    }

    /** Those of the server of this context. */
    public static ServedRoutes of(ApplicationContext context) {
        return new ServedRoutes(
                context.getBean(RouteCheck.class),
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values());
    }

    /**
     * One route.
     *
     * @param ofAnOrganization whether it demands a permission, and so names an organization
     */
    public record Served(String method, String pattern, HandlerMethod handler, boolean ofAnOrganization) {
        /** Whether only whoever holds a share link is answered. */
        public boolean ofALink() {
            return Routes.all().demanded(method, pattern).orElseThrow() instanceof Access.LinkHolder;
        }

        public boolean ofAnAgent() {
            return Routes.all().demanded(method, pattern).orElseThrow() instanceof Access.Agent;
        }

        public boolean ofADirectory() {
            return Routes.all().demanded(method, pattern).orElseThrow() instanceof Access.Directory;
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    public List<Served> all() {
        return check.served().stream()
                .map(this::served)
                .sorted(Comparator.comparing(Served::pattern).thenComparing(Served::method))
                .toList();
    }

    private Served served(Routes.Route route) {
        HandlerMethod handler = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> answers(entry.getKey(), route))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        boolean permission =
                Routes.all().demanded(route.method(), route.pattern()).orElseThrow() instanceof Access.AnyOf;
        return new Served(route.method(), route.pattern(), handler, permission);
    }

    private static boolean answers(RequestMappingInfo info, Routes.Route route) {
        return info.getPatternValues().contains(route.pattern())
                && (route.method().equals("*")
                        || info.getMethodsCondition().getMethods().stream()
                                .anyMatch(method -> method.name().equals(route.method())));
    }
}
