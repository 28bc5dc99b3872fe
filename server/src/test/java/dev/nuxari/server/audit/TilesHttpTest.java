package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Tile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The log in pieces: 256 events fill the first, and 44 begin the second. */
@ServerTest
@Claim("V1")
class TilesHttpTest {
    private static final int EVENTS = 300;

    @Autowired
    AuditLog log;

    @Autowired
    Tiles tiles;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN
    }

    @BeforeEach
    void organizationWithALog() {
        organization = TestOrganization.fresh();
        scope.run(organization.id(), auditor(), () -> {
            for (int i = 0; i < EVENTS; i++) {
                log.append(AuditEvent.of(Action.NOTHING_HAPPEN, new AuditEvent.Target("nothing", "none")));
            }
        });
    }

    @Test
    void entriesAndHashesLeadToTheSignedRoot() {
        TestHttp.Answer answer = http.as(organization.member(Role.AUDITOR)).get(path("checkpoint"));
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(answer.body()).text());

        List<byte[]> entries = new ArrayList<>(entries(tile(new Tile.Entries(0, 256))));
        entries.addAll(entries(tile(new Tile.Entries(1, 44))));
        List<MerkleHash> hashes = new ArrayList<>(hashes(tile(new Tile.Hashes(0, 0, 256))));
        CompactRange firstTile = CompactRange.empty();
        for (MerkleHash hash : hashes) {
            firstTile = firstTile.append(hash);
        }
        hashes.addAll(hashes(tile(new Tile.Hashes(0, 1, 44))));

        assertThat(hashes).isEqualTo(entries.stream().map(MerkleHash::leaf).toList());
        assertThat(hashes(tile(new Tile.Hashes(1, 0, 1)))).containsExactly(firstTile.root());
        CompactRange whole = CompactRange.empty();
        for (MerkleHash hash : hashes) {
            whole = whole.append(hash);
        }
        assertThat(checkpoint.size()).isEqualTo(EVENTS);
        assertThat(checkpoint.root()).isEqualTo(whole.root());
        assertThat(entries)
                .extracting(entry -> Json.parseObject(new String(entry, UTF_8)).integer("sequence"))
                .startsWith(0L, 1L, 2L)
                .endsWith(299L);
    }

    @Test
    void narrowerPieceIsTheBeginningOfTheWiderOne() {
        byte[] wide = tile(new Tile.Hashes(0, 1, 44));
        for (int width = 1; width < 44; width++) {
            assertThat(tile(new Tile.Hashes(0, 1, width))).isEqualTo(Arrays.copyOf(wide, width * 32));
        }
    }

    @Test
    void pieceMayBeKeptForEver() {
        TestHttp.Answer answer = http.as(organization.member(Role.AUDITOR)).get(path("tile/0/000"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("max-age=31536000, private, immutable");
        assertThat(answer.header("Content-Type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/001",
                "0/001.p/45",
                "0/002.p/1",
                "1/000",
                "1/000.p/2",
                "2/000.p/1",
                "7/000.p/1",
                "entries/001",
                "entries/001.p/45",
                "0/x000/000",
                "8/000",
                "nothing",
                "0/000.p/256",
                "entries/x999/x999/x999/x999/x999/999"
            })
    void whatTheTreeDoesNotHoldIsNotFound(String path) {
        TestHttp.Answer answer = http.as(organization.member(Role.AUDITOR)).get(path("tile/" + path));

        assertThat(answer.status()).isEqualTo(404);
    }

    private String path(String below) {
        return "/log/" + organization.id() + "/" + below;
    }

    private byte[] tile(Tile tile) {
        return tiles.find(organization.id(), auditor(), tile).orElseThrow();
    }

    private Caller auditor() {
        return organization.caller(doorkeeper, Role.AUDITOR);
    }

    private static List<MerkleHash> hashes(byte[] tile) {
        List<MerkleHash> hashes = new ArrayList<>();
        for (int i = 0; i < tile.length; i += 32) {
            hashes.add(MerkleHash.of(Arrays.copyOfRange(tile, i, i + 32)));
        }
        return hashes;
    }

    private static List<byte[]> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        for (ByteBuffer rest = ByteBuffer.wrap(bundle); rest.hasRemaining(); ) {
            byte[] entry = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(entry);
            entries.add(entry);
        }
        return entries;
    }
}
