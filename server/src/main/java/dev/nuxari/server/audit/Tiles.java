package dev.nuxari.server.audit;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.transparency.EntryBundle;
import dev.nuxari.transparency.Tile;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The log in pieces that never change (C2SP tlog-tiles). */
@Component
class Tiles {
    private final OrganizationScope scope;
    private final TileStore store;

    Tiles(OrganizationScope scope, TileStore store) {
        this.scope = scope;
        this.store = store;
    }

    /** Hashes one after the other, or entries with two bytes of length before each; empty if the tree is not that wide. */
    Optional<byte[]> find(OrganizationId organization, Caller caller, Tile tile) {
        List<byte[]> parts = scope.reading(organization, caller, () -> store.parts(tile));
        if (parts.size() < tile.width()) {
            return Optional.empty();
        }
        if (tile instanceof Tile.Entries) {
            return Optional.of(new EntryBundle(parts).encoded());
        }
        var bytes = new ByteArrayOutputStream();
        parts.forEach(bytes::writeBytes);
        return Optional.of(bytes.toByteArray());
    }
}
