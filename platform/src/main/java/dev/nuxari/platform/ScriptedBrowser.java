package dev.nuxari.platform;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs a person in through Keycloak's own pages, as a browser would: it follows redirects, fills the forms and keeps
 * cookies. It sends cookies marked {@code Secure} over plain HTTP too, because Keycloak marks them so on the loopback
 * address, where browsers make the same exception.
 */
public final class ScriptedBrowser {
    private static final int MOST_STEPS = 25;
    private static final Pattern FORM = Pattern.compile("<form([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>", Pattern.DOTALL);
    private static final Pattern PROBLEM = Pattern.compile("id=\"input-error(?!-container)|pf-m-danger");
    private static final Pattern PATH = Pattern.compile("(?i);\\s*path=([^;\\s]+)");
    private static final Pattern MESSAGE = Pattern.compile(
            "(?:id=\"input-error[^\"]*\"|class=\"[^\"]*(?:instruction|alert__title|feedback-text)[^\"]*\")[^>]*>([^<]*)<");

    private final Map<String, Map<Name, String>> cookies = new HashMap<>();
    private final Person person;

    /**
     * Who signs in. The organization is chosen when Keycloak asks for one, the second factor shown when it asks for that; where it
     * asks for a new password, it gets this one.
     */
    public record Person(
            String email, String password, Optional<String> organization, Optional<OneTimePassword> factor) {
        public Person(String email, String password, Optional<String> organization) {
            this(email, password, organization, Optional.empty());
        }

        public static Person of(String email, String password) {
            return new Person(email, password, Optional.empty());
        }

        /** The same with a second factor. */
        public Person with(OneTimePassword shown) {
            return new Person(email, password, organization, Optional.of(shown));
        }

        @Override
        public String toString() {
            return "Person[" + email + "]";
        }
    }

    public ScriptedBrowser(Person person) {
        this.person = person;
    }

    /** Keycloak did not let the person in; the message is Keycloak's. */
    public static final class SignInRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SignInRefused(String message) {
            super(message);
        }
    }

    /** The cookies kept for a host and port, such as {@code localhost:8080}. */
    public Map<String, String> cookies(String authority) {
        Map<String, String> values = new HashMap<>();
        cookies.getOrDefault(authority, Map.of()).forEach((name, value) -> values.put(name.name(), value));
        return values;
    }

    /** Walks from the address until a redirect leads to an address that is wanted, and returns that without going there. */
    public URI walk(URI start, Predicate<URI> wanted) {
        return walk(start, send(Http.request(start).GET(), start), wanted);
    }

    /** The same, from what is answered to a form that another site has the browser send. */
    public URI submit(URI address, Map<String, String> fields, Predicate<URI> wanted) {
        return walk(address, send(Http.formBuilder(address, fields), address), wanted);
    }

    private URI walk(URI start, HttpResponse<String> first, Predicate<URI> wanted) {
        URI at = start;
        HttpResponse<String> response = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 == 3 && location.isPresent()) {
                at = at.resolve(location.get());
                if (wanted.test(at)) {
                    return at;
                }
                response = send(Http.request(at).GET(), at);
            } else {
                Filled filled = fill(response.body());
                at = at.resolve(filled.action());
                response = send(Http.formBuilder(at, filled.fields()), at);
            }
        }
        throw new SignInRefused("the sign-in goes round in circles");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, URI address) {
        Map<Name, String> jar = cookies.computeIfAbsent(address.getAuthority(), _ -> new LinkedHashMap<>());
        String sent = jar.entrySet().stream()
                .filter(cookie -> cookie.getKey().isFor(address))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpResponse<String> response = Http.send(request.build());
        for (String header : response.headers().allValues("Set-Cookie")) {
            remember(jar, header);
        }
        return response;
    }

    /** Realms of one Keycloak set cookies of one name, each for its own path. */
    private record Name(String name, String path) {
        boolean isFor(URI address) {
            return address.getPath().startsWith(path);
        }
    }

    private static void remember(Map<Name, String> jar, String header) {
        String pair = header.split(";", 2)[0];
        int equals = pair.indexOf('=');
        Matcher path = PATH.matcher(header);
        Name name = new Name(pair.substring(0, equals).strip(), path.find() ? path.group(1) : "/");
        String value = pair.substring(equals + 1).strip();
        if (value.isEmpty() || header.matches("(?i).*;\\s*max-age=0\\b.*")) {
            jar.remove(name);
        } else {
            jar.put(name, value);
        }
    }

    private record Filled(String action, Map<String, String> fields) {}

    private Filled fill(String page) {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new SignInRefused(message(page));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = INPUT.matcher(form.group(2));
        while (input.find()) {
            attribute(input.group(1), "name")
                    .ifPresent(name ->
                            fields.put(name, attribute(input.group(1), "value").orElse("")));
        }
        if (PROBLEM.matcher(page).find()) {
            throw new SignInRefused(message(page));
        }
        answer(page, fields);
        return new Filled(attribute(form.group(1), "action").orElseThrow(), fields);
    }

    private void answer(String page, Map<String, String> fields) {
        if (fields.containsKey("password-new")) {
            fields.put("password-new", person.password());
            fields.put("password-confirm", person.password());
        } else if (fields.containsKey("password")) {
            fields.put("password", person.password());
            fields.putIfAbsent("username", person.email());
            fields.put(
                    "username",
                    fields.getOrDefault("username", "").isEmpty() ? person.email() : fields.get("username"));
        } else if (fields.containsKey("username")) {
            fields.put("username", person.email());
        } else if (fields.containsKey("otp")) {
            fields.put(
                    "otp",
                    person.factor()
                            .orElseThrow(() -> new SignInRefused("Keycloak asks for a second factor (totp)"))
                            .code());
        } else if (page.contains("kc.org")) {
            fields.put(
                    "kc.org",
                    person.organization()
                            .orElseThrow(() -> new SignInRefused("Keycloak asks which organization is meant")));
        } else {
            throw new SignInRefused("Keycloak shows a form that nobody can fill: " + fields.keySet());
        }
    }

    private static String message(String page) {
        Matcher matcher = MESSAGE.matcher(page);
        while (matcher.find()) {
            String text = unescape(matcher.group(1)).strip();
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static Optional<String> attribute(String tag, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? Optional.of(unescape(matcher.group(1))) : Optional.empty();
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'")
                .replace("&amp;", "&");
    }
}
