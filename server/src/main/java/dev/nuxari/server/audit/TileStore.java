package dev.nuxari.server.audit;

import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationJdbc.Statement;
import dev.nuxari.transparency.Tile;
import java.util.List;
import org.springframework.stereotype.Repository;

/** Reads what tiles are made of. A row is there once it is complete, so the head is not asked. */
@Repository
class TileStore {
    private final OrganizationJdbc jdbc;

    TileStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** From left to right; fewer than it is wide where the tree does not reach that far yet. */
    List<byte[]> parts(Tile tile) {
        long first = tile.index() * Tile.FULL;
        Statement statement = switch (tile) {
            case Tile.Entries _ -> entries();
            case Tile.Hashes(int level, long _, int _) when level == 0 -> leafHashes();
            case Tile.Hashes(int level, long _, int _) -> nodes(level * Tile.HEIGHT);
        };
        return statement.param("from", first).param("to", first + tile.width()).list((row, _) -> row.getBytes(1));
    }

    private Statement entries() {
        return jdbc.sql("""
                SELECT leaf FROM audit_event
                WHERE organization_id = :organizationId AND sequence >= :from AND sequence < :to
                ORDER BY sequence
                """);
    }

    /** In their order. The events need not be visible to whoever asks. */
    private Statement leafHashes() {
        return jdbc.sql("SELECT hash FROM audit_leaf_hashes(:organizationId, :from, :to)");
    }

    private Statement nodes(int level) {
        return jdbc.sql("""
                SELECT hash FROM audit_node
                WHERE organization_id = :organizationId AND level = :level AND index >= :from AND index < :to
                ORDER BY index
                """).param("level", level);
    }
}
