package dev.nuxari.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Session;
import dev.nuxari.cli.api.SignedIn;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.ScriptedLogin;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The people of one organization. Each signs in through the identity broker's own pages, with their own password. */
public final class People {
    private final Ground ground;
    private final Ground.Organization organization;
    private final InstantSource clock;
    private final Map<String, Person> present = new HashMap<>();

    /** Somebody who has signed in. */
    public record Person(String name, String role, Api api) {}

    public People(Ground ground, Ground.Organization organization, InstantSource clock) {
        this.ground = ground;
        this.organization = organization;
        this.clock = clock;
    }

    public Ground.Organization organization() {
        return organization;
    }

    /** The person of that role; signs in when asked for the first time. */
    public Person as(String role) {
        return present.computeIfAbsent(role, this::signIn);
    }

    private Person signIn(String role) {
        Ground.Account account = organization.account(role);
        ScriptedLogin.Tokens tokens = new ScriptedLogin(ground.issuer()).signIn(account.email(), account.password());
        Session session = new Session(
                ground.url(),
                URI.create(ground.issuer()),
                organization.id(),
                account.email(),
                new Session.Tokens(tokens.accessToken(), tokens.refreshToken(), expiry(tokens.accessToken())));
        Api api = new SignedIn(session, _ -> {}, clock).api();
        return new Person(Fields.text(api.me(), "displayName"), role, api);
    }

    /** Read without verifying: a client only plans its next renewal by it. */
    private static Instant expiry(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
        return Instant.ofEpochSecond(Json.parseObject(payload).integer("exp"));
    }
}
