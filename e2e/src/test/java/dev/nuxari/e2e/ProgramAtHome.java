package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.demo.Ground;
import dev.nuxari.platform.ScriptedBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program {@code nuxari} of one person, whose session is kept in a folder of their own. */
record ProgramAtHome(Path folder, URI server) {
    Program.Ended run(String... words) {
        return Program.runWith(home(), words);
    }

    /** Where the session is kept. */
    Path sessionFile() {
        return folder.resolve("nuxari").resolve("session.json");
    }

    private Map<String, String> home() {
        return Map.of("XDG_CONFIG_HOME", folder.toString());
    }

    /** With a browser, at the broker's own pages; the program waits for it to come back. */
    void signIn(Ground.Account account, String... options) {
        String[] words = Stream.concat(
                        Stream.of("login", "--no-browser", "--server", server.toString()), Stream.of(options))
                .toArray(String[]::new);
        Program.Running login = Program.begin(home(), words);
        URI address = Eventually.get("the address of the sign-in", Duration.ofMinutes(1), () -> address(login));
        URI back = new ScriptedBrowser(ScriptedBrowser.Person.of(account.email(), account.password()))
                .walk(address, uri -> String.valueOf(uri.getPath()).equals("/callback"));
        comeBack(back);
        Program.Ended ended = login.end();
        assertThat(ended.code()).as(ended.out() + ended.notes()).isZero();
        assertThat(ended.out()).contains(account.email());
    }

    private static Optional<URI> address(Program.Running login) {
        return login.notesSoFar()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("http"))
                .map(URI::create)
                .findFirst();
    }

    private static void comeBack(URI address) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            assertThat(browser.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new IllegalStateException("the program does not wait for the browser", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
