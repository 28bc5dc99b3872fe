package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The agent without its network, as a process of its own: carries out what lies in a file. */
final class KilledAgent {
    static final int DISK_FULL = 9;

    private KilledAgent() {}

    public static void main(String[] words) throws IOException {
        Path home = Path.of(words[0]);
        InstantSource clock = InstantSource.system();
        AgentFolder folder = new AgentFolder(home.resolve("agent"));
        Ledger ledger = Ledger.open(folder, clock.instant());
        Ed25519PrivateKey key = new Ed25519PrivateKey(StrictBase64.decode(
                folder.require(folder.key(), clock.instant()).string("ed25519")));
        Actions actions = new Actions(List.of(new TouchedFiles(home.resolve("begun"))));
        Orders orders = new Orders(ledger, actions, EnrolledAgent.policy(home), key, clock);
        Json.Obj sent = Json.parseObject(Files.readString(home.resolve("sent"), UTF_8));
        LogJudgement log = LogJudgement.judge(
                KeyManifest.parse(sent.object("keys")), Optional.empty(), sent.string("checkpoint"), List.of());
        try {
            orders.recover();
            for (Json.Obj delivery : sent.objects("deliveries")) {
                orders.handle(new Delivery(delivery.member("package"), delivery.strings("inclusionProof")), log);
            }
        } catch (IOException e) {
            System.out.println(e);
            System.exit(DISK_FULL);
        }
    }
}
