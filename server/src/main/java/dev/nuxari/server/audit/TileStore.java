package dev.nuxari.server.audit;

import dev.nuxari.server.tenancy.OrganizationJdbc;
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
        return switch (tile) {
            case Tile.Entries _ -> entries(tile);
            case Tile.Hashes(int level, long _, int _) when level == 0 -> leafHashes(tile);
            case Tile.Hashes(int level, long _, int _) -> nodes(tile, level * Tile.HEIGHT);
        };
    }

    private List<byte[]> entries(Tile tile) {
        return jdbc.sql("""
                SELECT leaf FROM audit_event
                WHERE organization_id = :organizationId AND sequence >= :from AND sequence < :to
                ORDER BY sequence
                """)
                .param("from", first(tile))
                .param("to", first(tile) + tile.width())
                .list((row, _) -> row.getBytes(1));
    }

    private List<byte[]> leafHashes(Tile tile) {
        return jdbc.sql("""
                SELECT leaf_hash FROM audit_event
                WHERE organization_id = :organizationId AND sequence >= :from AND sequence < :to
                ORDER BY sequence
                """)
                .param("from", first(tile))
                .param("to", first(tile) + tile.width())
                .list((row, _) -> row.getBytes(1));
    }

    private List<byte[]> nodes(Tile tile, int level) {
        return jdbc.sql("""
                SELECT hash FROM audit_node
                WHERE organization_id = :organizationId AND level = :level AND index >= :from AND index < :to
                ORDER BY index
                """)
                .param("level", level)
                .param("from", first(tile))
                .param("to", first(tile) + tile.width())
                .list((row, _) -> row.getBytes(1));
    }

    private static long first(Tile tile) {
        return tile.index() * Tile.FULL;
    }
}
