package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.api.ServedRoutes.Served;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a route takes ids, as its handler says. */
record RouteShape(
        List<String> pathTypes, Map<String, String> filterTypes, List<String> bodyIds, boolean list, boolean paged) {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)}");

    static RouteShape of(Served route) {
        Map<String, Class<?>> byName = Arrays.stream(route.handler().getMethodParameters())
                .map(RouteShape::named)
                .filter(parameter -> parameter.getParameterName() != null)
                .collect(Collectors.toMap(RouteShape::name, MethodParameter::getParameterType));
        return new RouteShape(
                VARIABLE.matcher(route.pattern())
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .filter(variable -> !variable.equals("organizationId"))
                        .map(variable ->
                                byName.getOrDefault(variable, Object.class).getSimpleName())
                        .toList(),
                parameters(route)
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                        .filter(parameter -> isId(parameter.nestedIfOptional().getNestedParameterType()))
                        .collect(Collectors.toMap(RouteShape::name, RouteShape::typeName)),
                parameters(route)
                        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                        .flatMap(parameter -> idsOf(parameter.getParameterType()))
                        .toList(),
                PageView.class.isAssignableFrom(route.handler().getReturnType().getParameterType()),
                byName.containsValue(PageRequest.class));
    }

    /** Whether it takes an id anywhere. */
    boolean takesIds() {
        return !pathTypes.isEmpty() || !filterTypes.isEmpty() || !bodyIds.isEmpty();
    }

    private static Stream<MethodParameter> parameters(Served route) {
        return Arrays.stream(route.handler().getMethodParameters()).map(RouteShape::named);
    }

    private static MethodParameter named(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return parameter;
    }

    private static String name(MethodParameter parameter) {
        return String.valueOf(parameter.getParameterName());
    }

    /** An id that has no type of its own goes by its name. */
    private static String typeName(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        return type.equals(UUID.class) ? name(parameter) : type.getSimpleName();
    }

    /** Also lists of ids, and those of records within the record. */
    private static Stream<String> idsOf(Class<?> body) {
        return body.isRecord()
                ? Arrays.stream(body.getRecordComponents())
                        .flatMap(component -> isId(component.getType()) || isId(element(component))
                                ? Stream.of(component.getName())
                                : Stream.concat(idsOf(component.getType()), idsOf(element(component))))
                : Stream.empty();
    }

    /** What a list consists of. */
    private static Class<?> element(RecordComponent component) {
        return ResolvableType.forType(component.getGenericType())
                .asCollection()
                .getGeneric()
                .resolve(Object.class);
    }

    private static boolean isId(Class<?> type) {
        if (type.equals(UUID.class)) {
            return true;
        }
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return components.length == 1
                && components[0].getType().equals(UUID.class)
                && !type.equals(OrganizationId.class);
    }
}
