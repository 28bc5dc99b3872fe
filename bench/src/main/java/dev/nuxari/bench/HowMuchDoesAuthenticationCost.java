package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.ScriptedLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of the server's processor a request takes because somebody has to be known: a token or a session is checked, the
 * membership and the organization's terms are read and judged. The address is one that leads nowhere, so that all that is done
 * besides is to say so; the same request from nobody stands beside it, in the same rounds.
 */
final class HowMuchDoesAuthenticationCost implements Question {
    private static final int ROUNDS = 7;
    private static final Duration TURN = Duration.ofSeconds(4);
    private static final String NOWHERE = "/api/v1/nowhere";

    /** Of {@code /proc/<pid>/stat}: what the scheduler counts in, on every Linux that we run on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;

    @Override
    public String name() {
        return "authentication";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        long server = ground.file().content().object("server").integer("pid");
        Map<String, HttpRequest> asked = new LinkedHashMap<>();
        // A cookie that is none of ours: without any, a request is counted by its address.
        asked.put("nobody", request(ground, "Cookie", "theme=dark"));
        asked.put("token", request(ground, "Authorization", "Bearer " + token(ground)));
        asked.put("session", request(ground, "Cookie", cookies(ground)));
        Map<String, List<Double>> taken = new LinkedHashMap<>();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int round = 0; round <= ROUNDS; round++) {
                for (Map.Entry<String, HttpRequest> each : asked.entrySet()) {
                    double millis = millisOfOne(server, http, each.getValue());
                    if (round > 0) {
                        taken.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                                .add(millis);
                    }
                }
            }
        }
        double nobody = median(taken, "nobody");
        return Json.object(
                "serverMillisecondsOfARequest",
                new Json.Obj(taken.keySet().stream()
                        .collect(Collectors.toMap(
                                name -> name,
                                name -> Json.of(Load.rounded3(median(taken, name))),
                                (a, _) -> a,
                                LinkedHashMap::new))),
                "overheadOfAToken",
                Load.rounded3(median(taken, "token") - nobody),
                "overheadOfASession",
                Load.rounded3(median(taken, "session") - nobody));
    }

    private static double median(Map<String, List<Double>> taken, String name) {
        List<Double> sorted =
                taken.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static double millisOfOne(long server, HttpClient http, HttpRequest request) {
        double before = secondsOfProcessor(server);
        long end = System.nanoTime() + TURN.toNanos();
        int requests = 0;
        while (System.nanoTime() < end) {
            send(http, request);
            requests++;
        }
        return (secondsOfProcessor(server) - before) * 1000 / requests;
    }

    private static void send(HttpClient http, HttpRequest request) {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 401 && status != 404) {
                throw new IllegalStateException("the address that leads nowhere answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Of all its threads, those that collect garbage and compile included. */
    private static double secondsOfProcessor(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name of the program, in parentheses, may hold blanks.
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(words[USER_TIME]) + Long.parseLong(words[USER_TIME + 1])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest request(Ground ground, String header, String value) {
        return HttpRequest.newBuilder(URI.create(ground.file().url() + NOWHERE))
                .timeout(Duration.ofSeconds(30))
                .header(header, value)
                .build();
    }

    private static Json.Obj somebody(Ground ground) {
        return ground.organization().objects("accounts").getFirst();
    }

    private static String token(Ground ground) {
        return new ScriptedLogin(ground.file().issuer())
                .signIn(somebody(ground).string("email"), somebody(ground).string("password"))
                .accessToken();
    }

    private static String cookies(Ground ground) {
        URI server = URI.create(ground.file().url());
        var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(
                somebody(ground).string("email"), somebody(ground).string("password")));
        browser.walk(
                server.resolve("/login/start?returnTo=/signed-in"),
                address -> address.getPath().equals("/signed-in"));
        return browser.cookies(server.getAuthority()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
