package dev.nuxari.cli.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A session as a source of tokens: renews the token shortly before it expires. */
public final class SignedIn {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Consumer<Session> keep;
    private final InstantSource clock;
    private Session session;

    /** The consumer gets every session with renewed tokens. */
    public SignedIn(Session session, Consumer<Session> keep, InstantSource clock) {
        this.session = session;
        this.keep = keep;
        this.clock = clock;
    }

    public Api api() {
        return new Api(session.server(), session.organization(), this::show);
    }

    /** The organization's log. */
    public RemoteLog log() {
        return log(session.server().resolve("/log/" + session.organization()));
    }

    /** A log on this server, by another address. */
    public RemoteLog log(URI address) {
        return new RemoteLog(address, this::show);
    }

    private void show(HttpRequest.Builder request, String method, URI address) {
        current().credential(clock).show(request, method, address);
    }

    private synchronized Session.Tokens current() {
        if (clock.instant().isAfter(session.tokens().expiresAt().minus(MARGIN))) {
            session = session.with(renewed());
            keep.accept(session);
        }
        return session.tokens();
    }

    private Session.Tokens renewed() {
        try {
            Session.Tokens tokens = session.tokens();
            return new Broker(session.issuer(), clock, tokens.key()).renew(tokens.refresh());
        } catch (Refused e) {
            throw new Unreachable("Your sign-in has expired. \"nuxari login\" signs you in again.", e);
        }
    }
}
