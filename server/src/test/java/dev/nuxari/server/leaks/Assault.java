package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.leaks.Wire.Call;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Pushes canaries into a route wherever a caller can put something: most of it is refused, and what is refused leaks too. */
final class Assault {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)}");
    private static final List<String> HEADERS = List.of(
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Forwarded",
            "Referer",
            "Origin",
            "If-None-Match",
            "Cookie",
            "X-CSRF-Token",
            "X-Request-Id",
            "traceparent",
            "Range",
            "DPoP");
    private static final List<String> DECISIVE = List.of("If-Match", "Accept", "Content-Type", "Authorization");

    private final Canaries canaries;
    private final Story story;
    private final Served route;
    private final String method;
    private final List<MethodParameter> parameters;

    Assault(Canaries canaries, Story story, Served route) {
        this.canaries = canaries;
        this.story = story;
        this.route = route;
        this.method = route.method().equals("*") ? "GET" : route.method();
        this.parameters = Arrays.stream(route.handler().getMethodParameters())
                .map(Assault::named)
                .toList();
    }

    private static MethodParameter named(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return parameter;
    }

    void make() {
        variables();
        query();
        headers();
        if (!method.equals("GET")) {
            bodies();
        }
    }

    private void variables() {
        Matcher variable = VARIABLE.matcher(route.pattern());
        while (variable.find()) {
            String place = place("segment " + variable.group(1));
            for (Kind kind : List.of(Kind.GITHUB_TOKEN, Kind.COMMAND_LINE)) {
                String value = Story.encoded(canaries.text(place, kind));
                push(place, new Call(method, path(Map.of(variable.group(1), value)), null, Map.of()));
            }
        }
    }

    private void query() {
        for (String name : parameterNames()) {
            String place = place("parameter " + name);
            push(place, call().apply("?" + name + "=" + Story.encoded(canaries.next(place))));
        }
        String place = place("unknown parameter");
        String name = Story.encoded(canaries.next("name of an " + place));
        push(
                place,
                call().apply("?access_token=%s&returnTo=%s&%s=%s"
                        .formatted(encodedNext(place), encodedNext(place), name, encodedNext(place))));
        if (parameters.stream()
                .anyMatch(parameter -> parameter.getParameterType().equals(PageRequest.class))) {
            String sealed = place("sealed cursor");
            push(sealed, call().apply("?cursor=" + cursor(canaries.text(sealed, Kind.GITHUB_TOKEN))));
            push(sealed, call().apply("?cursor=" + cursor(canaries.text(sealed, Kind.COMMAND_LINE))));
        }
    }

    private String encodedNext(String place) {
        return Story.encoded(canaries.next(place));
    }

    private interface WithQuery {
        Call apply(String query);
    }

    private WithQuery call() {
        return query ->
                method.equals("GET") ? Call.get(path(Map.of()) + query) : Call.of(method, path(Map.of()) + query, "{}");
    }

    private List<String> parameterNames() {
        Stream<String> declared = parameters.stream()
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> Objects.requireNonNull(parameter.getParameterName()));
        boolean paged = parameters.stream()
                .anyMatch(parameter -> parameter.getParameterType().equals(PageRequest.class));
        return Stream.concat(declared, paged ? Stream.of("limit", "cursor") : Stream.empty())
                .toList();
    }

    /** As the server seals one: its checksum keeps away what was never a cursor, not who knows how it is made. */
    private static String cursor(String key) {
        byte[] text = key.getBytes(UTF_8);
        byte[] sealed =
                Arrays.copyOf(Arrays.copyOf(Sha256.of("nuxari cursor v1".getBytes(UTF_8), text), 8), 8 + text.length);
        System.arraycopy(text, 0, sealed, 8, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private void headers() {
        Call all = call().apply("");
        for (String name : HEADERS) {
            all = all.with(name, canaries.next(place("header " + name)));
        }
        push(place("headers"), all);
        String page = place("page for a browser");
        push(page, call().apply("?q=" + encodedNext(page)).with("Accept", "text/html,*/*;q=0.1"));
        for (String name : DECISIVE) {
            String place = place("header " + name);
            push(place, call().apply("").with(name, canaries.next(place)));
        }
        String key = place("header Idempotency-Key");
        push(key, call().apply("").with("Idempotency-Key", canaries.text(key, Kind.GITHUB_TOKEN)));
        String token = place("header Authorization");
        push(token, call().apply("").with("Authorization", "Bearer " + canaries.text(token, Kind.JWT)));
    }

    private void bodies() {
        String malformed = place("malformed body");
        body(malformed, "{\"a\": \"" + escaped(canaries.next(malformed)) + "\", ");
        String bare = place("body that is no JSON");
        body(bare, canaries.next(bare));
        String value = place("unknown field");
        body(value, "{\"unknown\": \"" + escaped(canaries.next(value)) + "\"}");
        String name = place("name of an unknown field");
        for (int i = 0; i < 3; i++) {
            body(name, "{\"" + escaped(canaries.next(name)) + "\": 1}");
        }
        parameters.stream()
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .flatMap(parameter -> Arrays.stream(recordComponents(parameter)))
                .forEach(component -> {
                    String field = place("field " + component.getName());
                    body(
                            field,
                            Json.object(component.getName(), canaries.next(field))
                                    .canonical());
                });
        String form = place("form");
        push(
                form,
                Call.of(method, path(Map.of()), "logout_token=" + Story.encoded(canaries.text(form, Kind.JWT)))
                        .with("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static RecordComponent[] recordComponents(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        return type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    }

    private void body(String place, String body) {
        push(place, Call.of(method, path(Map.of()), body).with("If-Match", "\"1\""));
    }

    private static String escaped(String text) {
        return text.replace("\n", "\\n").replace("\"", "\\\"");
    }

    private String place(String where) {
        return where + " of " + route;
    }

    private void push(String place, Call call) {
        story.send(place, Role.OWNER, call);
    }

    /** With an id of something that exists for each variable, unless another value is given. */
    private String path(Map<String, String> given) {
        return VARIABLE.matcher(route.pattern())
                .replaceAll(
                        found -> Matcher.quoteReplacement(given.getOrDefault(found.group(1), known(found.group(1)))));
    }

    private String known(String variable) {
        return switch (variable) {
            case "organizationId" -> story.known("organizationId");
            case "sequence" -> "0";
            case "tile" -> "0/000.p/1";
            case "name" -> "timestamp.json";
            case String _ when route.pattern().startsWith("/scim/") -> "0";
            default -> idType(variable).equals("long") ? "0" : story.known(idType(variable));
        };
    }

    private String idType(String variable) {
        String type = parameters.stream()
                .filter(parameter -> variable.equals(parameter.getParameterName()))
                .map(parameter -> parameter.getParameterType().getSimpleName())
                .collect(Collectors.joining());
        return type.equals(UUID.class.getSimpleName()) ? route.pattern().replaceFirst(".*/([^/]+)/\\{.*", "$1") : type;
    }
}
