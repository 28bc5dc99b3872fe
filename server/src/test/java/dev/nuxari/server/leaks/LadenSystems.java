package dev.nuxari.server.leaks;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.TestMember;
import java.util.List;
import java.util.Map;

/** One system of each kind. */
record LadenSystems(LadenSystem directory, LadenSystem cluster, LadenSystem realm) implements AutoCloseable {
    /** What opens them, and nothing around it. */
    static final List<String> CREDENTIALS =
            List.of("credential of the directory", "credential of the cluster", "credential of the realm");

    static LadenSystems start(Canaries canaries, TestMember requester) {
        return new LadenSystems(
                new LadenDirectory(canaries, canaries.bare(CREDENTIALS.get(0)), requester),
                new LadenCluster(canaries, canaries.bare(CREDENTIALS.get(1)), requester),
                new LadenRealm(canaries, canaries.bare(CREDENTIALS.get(2)), requester));
    }

    List<LadenSystem> all() {
        return List.of(directory, cluster, realm);
    }

    /** Names of the settings of each that are free text. */
    Map<LadenSystem, String> settings() {
        return Map.of(directory, "peopleBase", cluster, "personTable", realm, "url");
    }

    /** A credential for each in which nothing is right. */
    Map<LadenSystem, Json.Obj> wrongCredentials(String secret) {
        return Map.of(
                directory, Json.object("bindDn", "cn=nobody", "password", secret),
                cluster, Json.object("username", secret, "password", secret),
                realm, Json.object("clientId", secret, "clientSecret", secret));
    }

    @Override
    public void close() {
        all().forEach(LadenSystem::close);
    }
}
