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

    /** Asks with the new token first, where there is one: using it ends the old one. */
    Json.Obj ask(Server.Question question) throws IOException, InterruptedException {
        Optional<String> next = identity.nextToken();
        if (next.isEmpty()) {
            return server.ask(question, SCHEME, identity.token());
        }
        try {
            Json.Obj answer = server.ask(question, SCHEME, next.get());
            keep(identity.renewed(clock.instant()));
            return answer;
        } catch (Server.SaidNo refused) {
            if (!refused.isOfToken()) {
                throw refused;
            }
            Json.Obj answer = server.ask(question, SCHEME, identity.token());
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
