package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.observe.Collector;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.agent.posture.SignedPack;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.transparency.Ed25519PublicKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The posture pack that this host uses: the release's, or a newer one that was taken here. */
final class PostureShelf implements Collector {
    private static final Logger LOGGER = System.getLogger(PostureShelf.class.getName());

    private final DurableFile file;
    private final PosturePack builtIn = PosturePack.builtIn();
    private volatile int used = builtIn.version();

    PostureShelf(DurableFile file) {
        this.file = file;
    }

    @Override
    public String source() {
        return builtIn.source();
    }

    /** Of the pack that was last used. */
    @Override
    public int version() {
        return used;
    }

    @Override
    public Duration every() {
        return builtIn.every();
    }

    @Override
    public List<Summary> look(HostFiles files, Instant now) throws IOException {
        PosturePack pack = current();
        used = pack.version();
        return pack.look(files, now);
    }

    /** A key for packs that somebody has put on the host: base64 of an Ed25519 public key. */
    static VerificationKey.Ed25519 key(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), UTF_8).strip();
        return new VerificationKey.Ed25519(new Ed25519PublicKey(StrictBase64.decode(text)));
    }

    /** What is in use. A pack that cannot be verified any more is not, and the log says so. */
    PosturePack current() throws IOException {
        return switch (file.read()) {
            case DurableFile.Content.Missing() -> builtIn;
            case DurableFile.Content.Corrupt(String reason) -> {
                LOGGER.log(Level.ERROR, "{0} is not read ({1}): the release''s pack is used", file.path(), reason);
                yield builtIn;
            }
            case DurableFile.Content.Read(Json.Obj taken) -> read(taken);
        };
    }

    private PosturePack read(Json.Obj taken) {
        VerificationKey key =
                new VerificationKey.Ed25519(new Ed25519PublicKey(StrictBase64.decode(taken.string("key"))));
        String envelope = taken.object("envelope").canonical();
        return switch (SignedPack.read(envelope, List.of(key), builtIn.source(), builtIn.version())) {
            case SignedPack.Answer.Taken(PosturePack pack) -> pack;
            case SignedPack.Answer.Refused(String reason) -> {
                LOGGER.log(Level.WARNING, "The release''s posture pack is used: {0}", reason);
                yield builtIn;
            }
        };
    }

    /** Takes a newer one, signed by one of these keys; the first objection is that to the last of them. */
    SignedPack.Answer take(String envelope, List<VerificationKey.Ed25519> keys) throws IOException {
        SignedPack.Answer answer = new SignedPack.Answer.Refused("this host trusts nobody's packs");
        for (VerificationKey.Ed25519 key : keys) {
            answer = take(envelope, key);
            if (answer instanceof SignedPack.Answer.Taken) {
                return answer;
            }
        }
        return answer;
    }

    /** Takes a newer one, signed by this key. */
    SignedPack.Answer take(String envelope, VerificationKey.Ed25519 key) throws IOException {
        int newest = current().version();
        SignedPack.Answer answer = SignedPack.read(envelope, List.of(key), builtIn.source(), newest + 1);
        if (answer instanceof SignedPack.Answer.Taken) {
            file.write(Json.object(
                    "v", 1, "key", StrictBase64.encode(key.key().bytes()), "envelope", Json.parseObject(envelope)));
        }
        return answer;
    }
}
