package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.util.stream.IntStream;

/** From the order to readiness, on data that is there, with nothing of it running. */
final class HowLongDoesUpTake implements Question {
    private static final int RUNS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "up";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        double[] seconds = IntStream.range(0, RUNS)
                .mapToDouble(_ -> ground.restart() / NANOS_PER_SECOND)
                .sorted()
                .toArray();
        return Json.object(
                "runs", RUNS,
                "fastestSeconds", Load.rounded(seconds[0]),
                "medianSeconds", Load.rounded(seconds[RUNS / 2]),
                "slowestSeconds", Load.rounded(seconds[RUNS - 1]));
    }
}
