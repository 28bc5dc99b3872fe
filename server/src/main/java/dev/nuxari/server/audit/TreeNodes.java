package dev.nuxari.server.audit;

import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.NodeSource;
import dev.nuxari.transparency.Tile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes of a tree for many proofs: read a tile at a time, and kept as long as proofs go on near by. What a tile holds
 * never changes, so it may come from several transactions; it belongs to one thread.
 */
final class TreeNodes implements NodeSource {
    private static final int KEPT = 64;

    private final TileStore store;
    private final Map<Place, List<List<MerkleHash>>> tiles = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, List<List<MerkleHash>>> eldest) {
            return size() > KEPT;
        }
    };

    private record Place(int level, long index) {}

    TreeNodes(TileStore store) {
        this.store = store;
    }

    @Override
    public MerkleHash node(int level, long index) {
        int within = level % Tile.HEIGHT;
        int perTile = Tile.FULL >> within;
        var place = new Place(level / Tile.HEIGHT, index / perTile);
        List<List<MerkleHash>> tile = tiles.get(place);
        if (tile == null) {
            tile = read(place);
            tiles.put(place, tile);
        }
        return tile.get(within).get((int) (index % perTile));
    }

    /** The hashes of the tile, and above them those of the complete subtrees within it. */
    private List<List<MerkleHash>> read(Place place) {
        List<List<MerkleHash>> levels = new ArrayList<>();
        levels.add(store.parts(new Tile.Hashes(place.level(), place.index(), Tile.FULL)).stream()
                .map(MerkleHash::of)
                .toList());
        for (int height = 1; height < Tile.HEIGHT; height++) {
            List<MerkleHash> below = levels.getLast();
            List<MerkleHash> nodes = new ArrayList<>();
            for (int left = 0; left + 1 < below.size(); left += 2) {
                nodes.add(MerkleHash.node(below.get(left), below.get(left + 1)));
            }
            levels.add(nodes);
        }
        return levels;
    }
}
