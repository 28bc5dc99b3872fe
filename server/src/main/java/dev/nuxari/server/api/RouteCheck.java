package dev.nuxari.server.api;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.ParameterizableViewController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Keeps a server from starting that would serve a route without a declared permission (claim T6): by a controller, or by any
 * other way in which a request can be answered.
 */
@Component
class RouteCheck implements SmartInitializingSingleton {
    private static final Map<String, Set<String>> SERVLETS = Map.of("dispatcherServlet", Set.of("/"));

    /** The mapping of the framework's configuration, and so the one that {@link RouteGuard} stands before. */
    private static final String GUARDED = "requestMappingHandlerMapping";

    /** The framework's, which says of the start page that it is a page and answers nothing else. */
    private static final String NOT_ACCEPTABLE = "welcomePageNotAcceptableHandlerMapping";

    private final Routes routes = Routes.all();
    private final Map<String, HandlerMapping> mappings;
    private final ServletContext servlets;

    RouteCheck(Map<String, HandlerMapping> mappings, ServletContext servlets) {
        this.mappings = mappings;
        this.servlets = servlets;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> undeclared = Stream.of(
                        served().stream()
                                .filter(route -> routes.demanded(route.method(), route.pattern())
                                        .isEmpty())
                                .map(Routes.Route::toString),
                        mappings.entrySet().stream()
                                .flatMap(entry -> undeclaredHandlers(entry.getKey(), entry.getValue())),
                        undeclaredServlets(),
                        servlets.getFilterRegistrations().keySet().stream()
                                .filter(filter -> !routes.knowsFilter(filter))
                                .map(filter -> "filter " + filter))
                .flatMap(found -> found)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!undeclared.isEmpty()) {
            throw new IllegalStateException("routes without a declared permission: " + String.join(", ", undeclared));
        }
    }

    /** Every route that a method of a controller answers. */
    Set<Routes.Route> served() {
        return mappings.values().stream()
                .filter(RequestMappingInfoHandlerMapping.class::isInstance)
                .flatMap(mapping -> ((RequestMappingInfoHandlerMapping) mapping).getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(pattern -> methods(info).stream().map(method -> new Routes.Route(method, pattern))))
                .collect(Collectors.toSet());
    }

    private static Set<String> methods(RequestMappingInfo info) {
        Set<String> methods =
                info.getMethodsCondition().getMethods().stream().map(Enum::name).collect(Collectors.toSet());
        return methods.isEmpty() ? Set.of("*") : methods;
    }

    /** What is no method of a controller has to be a file. A kind of mapping that is not known here permits nothing. */
    private Stream<String> undeclaredHandlers(String name, HandlerMapping mapping) {
        return switch (mapping) {
            case RequestMappingInfoHandlerMapping _ when name.equals(GUARDED) -> Stream.empty();
            case RouterFunctionMapping functions ->
                functions.getRouterFunction() == null ? Stream.empty() : Stream.of("router functions");
            case AbstractUrlHandlerMapping _ when name.equals(NOT_ACCEPTABLE) -> Stream.empty();
            case AbstractUrlHandlerMapping urls -> undeclaredUrls(urls);
            default -> Stream.of("handlers of " + name);
        };
    }

    private Stream<String> undeclaredUrls(AbstractUrlHandlerMapping urls) {
        return Stream.of(
                        urls.getHandlerMap().entrySet().stream()
                                .filter(entry -> !isFile(entry.getKey(), entry.getValue()))
                                .map(entry -> "handler of " + entry.getKey()),
                        Stream.ofNullable(urls.getRootHandler())
                                .filter(handler -> !isFile("/", handler))
                                .map(_ -> "handler of the root"),
                        Stream.ofNullable(urls.getDefaultHandler()).map(_ -> "handler of everything else"))
                .flatMap(found -> found);
    }

    private boolean isFile(String pattern, Object handler) {
        return routes.areFiles(pattern) && servesFiles(handler);
    }

    /** The second kind is the start page, which goes on to its file. */
    static boolean servesFiles(@Nullable Object handler) {
        return handler instanceof ResourceHttpRequestHandler
                || (handler instanceof ParameterizableViewController page
                        && "forward:index.html".equals(page.getViewName()));
    }

    private Stream<String> undeclaredServlets() {
        return servlets.getServletRegistrations().entrySet().stream()
                .filter(entry -> !Set.copyOf(entry.getValue().getMappings()).equals(SERVLETS.get(entry.getKey())))
                .map(entry -> "servlet " + entry.getKey() + " "
                        + List.copyOf(entry.getValue().getMappings()));
    }
}
