package dev.nuxari.agent;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The server as this agent knows it, with the token of the day. */
final class Session {
    private static final String SCHEME = "DPoP";
    private static final Duration LONGEST_TOKEN = Duration.ofDays(30);

    private final Server server;
    private final DurableFile file;
    private final InstantSource clock;
    private Identity identity;

    Session(Server server, DurableFile file, Identity identity, InstantSource clock) {
        this.server = server;
        this.file = file;
        this.identity = identity;
        this.clock = clock;
    }

    /** What is asked with one token or another. */
    private interface Asking<T> {
        T with(String token) throws IOException, InterruptedException;
    }

    Json.Obj ask(Server.Question question) throws IOException, InterruptedException {
        return asking(token -> server.ask(question, SCHEME, token));
    }

    /** A part of a file of the releases; empty if there is none. */
    Optional<byte[]> releasePart(String name, long from, int most) throws IOException, InterruptedException {
        try {
            return Optional.of(
                    asking(token -> server.part(new Server.Part("releases/" + name, from, most), SCHEME, token)));
        } catch (Server.SaidNo refused) {
            if (refused.isNotFound()) {
                return Optional.empty();
            }
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** Asks with the new token first, where there is one: using it ends the old one. */
    private <T> T asking(Asking<T> question) throws IOException, InterruptedException {
        Optional<String> next = identity.nextToken();
        if (next.isEmpty()) {
            return question.with(identity.token());
        }
        try {
            T answer = question.with(next.get());
            keep(identity.renewed(clock.instant()));
            return answer;
        } catch (Server.SaidNo refused) {
            if (!refused.isOfToken()) {
                throw refused;
            }
            T answer = question.with(identity.token());
            keep(identity.keeping());
            return answer;
        }
    }

    boolean isTokenOld() {
        return identity.nextToken().isEmpty()
                && Duration.between(identity.tokenSince(), clock.instant()).compareTo(LONGEST_TOKEN) > 0;
    }

    /** Has the server make another token; it is on disk before it is used. */
    void renew() throws IOException, InterruptedException {
        Json.Obj answer = ask(Server.Question.post("token", Json.object("v", 1)));
        keep(identity.offered(Tokens.require(answer.string("token"), "nxa_")));
    }

    private void keep(Identity changed) throws IOException {
        file.write(changed.json());
        identity = changed;
    }
}
