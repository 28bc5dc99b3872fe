package dev.nuxari.agent;

import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.agent.posture.SignedPack;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.VerificationKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Newer posture packs, as the server passes them on. Whose packs count is in the host's policy; where it names nobody, nobody is
 * asked. One that is not taken leaves the former one in use, and stops nothing else.
 */
final class OfferedPacks {
    private static final Logger LOGGER = System.getLogger(OfferedPacks.class.getName());
    private static final Duration EVERY = Duration.ofHours(1);

    private final PostureShelf shelf;
    private final PolicyFile policy;
    private Instant asked = Instant.EPOCH;

    OfferedPacks(PostureShelf shelf, PolicyFile policy) {
        this.shelf = shelf;
        this.policy = policy;
    }

    /** Asks, if it is time to. */
    void ask(Session session, Instant now) throws IOException, InterruptedException {
        if (Duration.between(asked, now).abs().compareTo(EVERY) < 0) {
            return;
        }
        List<VerificationKey.Ed25519> keys = policy.read().policy().posturePackKeys();
        if (keys.isEmpty()) {
            return;
        }
        asked = now;
        try {
            PosturePack pack = shelf.current();
            String query = "posture-pack?name=" + pack.source() + "&above=" + pack.version();
            Optional<Json.Obj> offered = session.ask(Server.Question.get(query)).optionalObject("pack");
            if (offered.isPresent()) {
                take(offered.get().canonical(), keys);
            }
        } catch (Server.SaidNo refused) {
            if (refused.isOfToken()) {
                throw refused;
            }
            LOGGER.log(Level.WARNING, "No posture pack: {0}", refused.getMessage());
        } catch (JsonException e) {
            LOGGER.log(Level.WARNING, "What was offered is no posture pack: {0}", e.getMessage());
        }
    }

    private void take(String envelope, List<VerificationKey.Ed25519> keys) throws IOException {
        switch (shelf.take(envelope, keys)) {
            case SignedPack.Answer.Taken(PosturePack pack) ->
                LOGGER.log(Level.INFO, "{0} is now version {1}", pack.source(), pack.version());
            case SignedPack.Answer.Refused(String reason) ->
                LOGGER.log(Level.WARNING, "A posture pack was offered and not taken: {0}", reason);
        }
    }
}
