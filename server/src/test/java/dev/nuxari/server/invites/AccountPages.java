package dev.nuxari.server.invites;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody new on Keycloak's own pages: says what they are called, and sets a password. */
final class AccountPages {
    private static final int MOST_STEPS = 12;
    private static final Pattern GO_ON = Pattern.compile("href=\"([^\"]*login-actions/action-token[^\"]*)\"");
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"", Pattern.DOTALL);
    private static final Pattern BACK = Pattern.compile("href=\"([^\"]*/login/start)\"");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> answers;

    AccountPages(String email, String password) {
        this.answers = Map.of(
                "password-new", password,
                "password-confirm", password,
                "firstName", "Pia",
                "lastName", "Person",
                "email", email,
                "username", email);
    }

    /** Goes on until a page leads back to the server, and answers where; empty if the last page leads nowhere. */
    Optional<String> walk(URI start) {
        URI at = start;
        HttpResponse<String> page = send(HttpRequest.newBuilder(at).GET());
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> location = page.headers().firstValue("Location");
            Optional<String> further = first(GO_ON, page.body());
            Optional<String> form = first(FORM, page.body());
            if (location.isPresent()) {
                at = at.resolve(location.get());
                page = send(HttpRequest.newBuilder(at).GET());
            } else if (first(BACK, page.body()).isPresent()) {
                return first(BACK, page.body());
            } else if (further.isPresent()) {
                at = at.resolve(further.get());
                page = send(HttpRequest.newBuilder(at).GET());
            } else if (form.isPresent()) {
                at = at.resolve(form.get());
                page = send(HttpRequest.newBuilder(at)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(filled(page.body()))));
            } else {
                return Optional.empty();
            }
        }
        throw new AssertionError("it goes round in circles: " + page.body());
    }

    private String filled(String page) {
        return answers.entrySet().stream()
                .filter(answer -> page.contains("name=\"" + answer.getKey() + "\""))
                .map(answer -> answer.getKey() + "=" + URLEncoder.encode(answer.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::remember);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void remember(String header) {
        String[] pair = header.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
    }

    private static Optional<String> first(Pattern pattern, String page) {
        Matcher found = pattern.matcher(page);
        return found.find() ? Optional.of(found.group(1).replace("&amp;", "&")) : Optional.empty();
    }
}
