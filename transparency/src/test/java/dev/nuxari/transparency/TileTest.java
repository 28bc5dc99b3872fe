package dev.nuxari.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("V1")
class TileTest {
    /** The first is the example of C2SP tlog-tiles. */
    @ParameterizedTest
    @CsvSource({
        "0, 1234067, 256, 0/x001/x234/067",
        "0, 0, 256, 0/000",
        "1, 999, 1, 1/999.p/1",
        "7, 1000, 255, 7/x001/000.p/255"
    })
    void hashesAreSpelledInGroupsOfThreeDigits(int level, long index, int width, String path) {
        var tile = new Tile.Hashes(level, index, width);

        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path)).contains(tile);
        assertThat(Tile.parse("entries" + path.substring(1))).contains(new Tile.Entries(index, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0/",
                "0/0",
                "0/00",
                "0/0000",
                "0/x000/001",
                "0/001/002",
                "0/x001",
                "0/000.p",
                "0/000.p/",
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/300",
                "0/000.p/01",
                "0/000.p/1000",
                "8/000",
                "00/000",
                "-1/000",
                "0/-01",
                "entries",
                "entry/000",
                "0/000/",
                "/0/000",
                "0/000.p/1/",
                "0/000\n",
                "0/\u0661\u0662\u0663",
                "0/x999/x999/x999/x999/x999/x999/000",
                "data/000",
                "0/../000"
            })
    void whatIsNoAddressIsNone(String path) {
        assertThat(Tile.parse(path)).isEmpty();
    }

    @Test
    void everyTileIsReadAsItIsSpelled() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long index = random.nextLong(1L << random.nextInt(1, 55));
            Tile tile = random.nextBoolean()
                    ? new Tile.Hashes(random.nextInt(8), index, random.nextInt(1, 257))
                    : new Tile.Entries(index, random.nextInt(1, 257));
            assertThat(Tile.parse(tile.path())).contains(tile);
        }
    }

    @Test
    void thereIsNoTileOutsideTheTree() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile.Hashes(8, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile.Hashes(-1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile.Entries(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile.Entries(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tile.Entries(0, 257));
    }
}
