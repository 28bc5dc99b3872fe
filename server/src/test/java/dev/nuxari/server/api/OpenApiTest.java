package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.Committed;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The contract is visible in review: {@code docs/openapi.json} is what the server says. */
@ServerTest
class OpenApiTest {
    @Autowired
    TestHttp http;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void committedDescriptionIsTheServersOwn() {
        Committed.assertUpToDate(
                "openapi.json", pretty(http.anonymous().get("/api/openapi.json").body()));
    }

    @Test
    void everyRouteOfTheApiIsDescribed() {
        Json.Obj paths = described().object("paths");

        // Over HTTP a variable that takes the rest of the path is written as any other.
        assertThat(Routes.all().table().keySet().stream()
                        .map(route -> route.pattern().replace("{*", "{")))
                .containsAll(paths.members().keySet());
        assertThat(paths.members()).containsKey("/api/v1/organizations/{organizationId}/members");
    }

    /** An operation is named by its method; of two methods with one name, the library numbers one, in no fixed order. */
    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(operations().map(operation -> operation.string("operationId")))
                .allMatch(name -> name.matches("[a-zA-Z]+"))
                .doesNotHaveDuplicates();
    }

    /**
     * A schema is named by the class, without what it is nested in: of two with one name, the document describes one, and says that
     * the other is the same.
     */
    @Test
    void everySchemaIsOfOneClass() {
        Map<String, Set<Class<?>>> byName = new TreeMap<>();
        Set<Class<?>> seen = new LinkedHashSet<>();
        mappings.getHandlerMethods().values().stream()
                .map(HandlerMethod::getMethod)
                .filter(method -> method.getDeclaringClass().getPackageName().startsWith("dev.nuxari"))
                .flatMap(method -> Stream.concat(
                        Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes())))
                .forEach(type -> collect(type, seen));
        seen.forEach(type -> byName.computeIfAbsent(type.getSimpleName(), _ -> new LinkedHashSet<>())
                .add(type));

        assertThat(byName).hasSizeGreaterThan(100);
        assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
    }

    /** The records that a type is made of. Enumerations have no schema of their own. */
    private static void collect(Type type, Set<Class<?>> seen) {
        switch (type) {
            case ParameterizedType generic -> {
                collect(generic.getRawType(), seen);
                Stream.of(generic.getActualTypeArguments()).forEach(one -> collect(one, seen));
            }
            case WildcardType wildcard -> Stream.of(wildcard.getUpperBounds()).forEach(one -> collect(one, seen));
            case Class<?> plain
            when plain.getName().startsWith("dev.nuxari") && plain.isRecord() && seen.add(plain) ->
                Stream.of(plain.getRecordComponents()).forEach(part -> collect(part.getGenericType(), seen));
            default -> {}
        }
    }

    @Test
    void whatMayBeAbsentIsNotRequired() {
        assertThat(schema("PageViewMemberView").strings("required")).containsExactly("items");
        assertThat(schema("NewRequest").strings("required")).containsExactly("justification");
        assertThat(schema("DossierView").strings("required"))
                .contains("id", "state", "timeline")
                .doesNotContain("failure", "endedAt");
        assertThat(schema("ObservationFailureView").strings("required")).containsExactly("class", "reason");
    }

    @Test
    void problemIsDescribedAsItIsSent() {
        Set<String> sent = http.anonymous().get("/api/v1/me").json().members().keySet();

        assertThat(sent).containsAll(schema("Problem").strings("required"));
        assertThat(schema("Problem").object("properties").members().keySet()).containsAll(sent);
    }

    private Json.Obj schema(String name) {
        return described().object("components").object("schemas").object(name);
    }

    private Stream<Json.Obj> operations() {
        return described().object("paths").members().values().stream()
                .map(Json.Obj.class::cast)
                .flatMap(path -> path.members().values().stream())
                .map(Json.Obj.class::cast);
    }

    private Json.Obj described() {
        return Json.parseObject(http.anonymous().get("/api/openapi.json").body());
    }

    private static String pretty(String json) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        return mapper.writeValueAsString(mapper.readValue(json, Object.class)) + "\n";
    }
}
