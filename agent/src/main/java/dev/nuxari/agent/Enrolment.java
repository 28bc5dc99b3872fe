package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.Server.Question;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.LogJudgement.Broken;
import dev.nuxari.protocol.agent.LogJudgement.Continued;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification.Refuted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes this host's agent known to a server, and the server's organization known to it, by keys that somebody vouches for here. */
final class Enrolment {
    private static final String BEARER = "Bearer";

    private final AgentFolder folder;
    private final Identity.Connection connection;
    private final List<String> capabilities;
    private final InstantSource clock;

    Enrolment(AgentFolder folder, Identity.Connection connection, List<String> capabilities, InstantSource clock) {
        this.folder = folder;
        this.connection = connection;
        this.capabilities = List.copyOf(capabilities);
        this.clock = clock;
    }

    /**
     * By what the first keys are believed.
     *
     * @param fingerprint of the first manifest
     * @param trustedRoot a file with a manifest
     */
    record Root(Optional<String> fingerprint, Optional<Path> trustedRoot) {}

    /** What came of it. */
    sealed interface Answer {
        /** The agent is enrolled. */
        record Enrolled(UUID agent, OrganizationId organization) implements Answer {}

        /** Nobody has said yet whether these are the right keys; the token is unused. */
        record Unpinned(String fingerprint) implements Answer {}

        /** What the server shows is not what was vouched for; the token is unused. */
        record Distrusted(String reason) implements Answer {}
    }

    /** Keys that were found to be the right ones, and the log they sign. */
    private record Known(KeyManifest keys, Continued log) {}

    Answer enrol(String token, String hostName, Root root) throws IOException, InterruptedException {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        try (Server server = new Server(connection, key, clock)) {
            Optional<KeyManifest> trusted = trusted(root);
            String query =
                    trusted.map(manifest -> "keys?keys=" + manifest.version()).orElse("keys");
            Json.Obj answer = server.ask(Question.get(query), BEARER, token);
            KeyManifest first = trusted.orElseGet(
                    () -> KeyManifest.parse(answer.objects("manifests").getFirst()));
            if (trusted.isEmpty() && root.fingerprint().isEmpty()) {
                return new Answer.Unpinned(first.fingerprint());
            }
            Optional<String> objection = objection(first, root, answer);
            return objection.isPresent()
                    ? new Answer.Distrusted(objection.get())
                    : enrol(server, key, token, hostName, known(first, answer, trusted.isPresent()));
        } catch (IllegalArgumentException e) {
            return new Answer.Distrusted(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<KeyManifest> trusted(Root root) throws IOException {
        return root.trustedRoot().isEmpty()
                ? Optional.empty()
                : Optional.of(KeyManifest.parse(Json.parseObject(
                        new String(Files.readAllBytes(root.trustedRoot().get()), UTF_8))));
    }

    private static Optional<String> objection(KeyManifest first, Root root, Json.Obj answer) {
        if (root.fingerprint()
                .filter(pinned -> !pinned.equals(first.fingerprint()))
                .isPresent()) {
            return Optional.of("the server's keys have the fingerprint %s, not the one that was given"
                    .formatted(first.fingerprint()));
        }
        if (first.verify() instanceof Refuted(String reason)) {
            return Optional.of(reason);
        }
        return first.organization().equals(OrganizationId.parse(answer.string("organizationId")))
                ? Optional.empty()
                : Optional.of("the keys are of another organization");
    }

    private static Known known(KeyManifest first, Json.Obj answer, boolean afterFirst) {
        List<Json.Obj> manifests = answer.objects("manifests");
        List<Json.Obj> following = afterFirst ? manifests : manifests.subList(1, manifests.size());
        KeyManifest newest = Witness.followed(first, Json.object("manifests", following));
        newest.key(KeyName.ACTION);
        return switch (LogJudgement.judge(newest, Optional.empty(), answer.string("checkpoint"), List.of())) {
            case Continued log -> new Known(newest, log);
            case Broken broken -> throw new IllegalArgumentException("the checkpoint: " + broken.detail());
        };
    }

    private Answer enrol(Server server, Ed25519PrivateKey key, String token, String hostName, Known known)
            throws IOException, InterruptedException {
        Json.Obj request =
                Json.object("v", 1, "hostName", hostName, "version", NuxariAgent.VERSION, "capabilities", capabilities);
        Json.Obj answer = server.ask(Question.post("enroll", request), BEARER, token);
        OrganizationId organization = OrganizationId.parse(answer.string("organizationId"));
        if (!organization.equals(known.keys().organization())) {
            throw new JsonException("/organizationId", "the agent was enrolled in another organization");
        }
        UUID agent = UUID.fromString(answer.string("agentId"));
        String own = Tokens.require(answer.string("token"), "nxa_");
        folder.key().write(Json.object("v", 1, "ed25519", StrictBase64.encode(key.seed())));
        folder.state()
                .write(Memory.first(
                                organization, agent, known.keys(), known.log().note())
                        .json());
        folder.identity().write(new Identity(agent, connection, own, Optional.empty(), clock.instant()).json());
        return new Answer.Enrolled(agent, organization);
    }
}
