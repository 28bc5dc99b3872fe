package dev.nuxari.protocol;

import static java.util.Objects.requireNonNull;

import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.EvidenceCollectionVerification.Contents;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.RangeProof;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the entries of an evidence collection from the first to the last, and asks of each what it has to answer. */
final class EvidenceCollectionWalk {
    private enum Question {
        LINES("lines", "the file is lines, one for each entry that it promises"),
        ENTRIES("entries", "each entry is this organization's, and stands at its index"),
        PERIOD("period", "the entry before is earlier than the period, the one after it later"),
        PACKAGES("packages", "every package sealed in the period is here, or is shown to be about something else"),
        VALIDITY("validity", "every package verifies on its own, with the keys of this file"),
        RANGE_PROOF("range-proof", "the entries are all that the log has there");

        private final String spelled;
        private final String claim;

        Question(String spelled, String claim) {
            this.spelled = spelled;
            this.claim = claim;
        }

        Check answered(Check.Result result) {
            return new Check(spelled, claim, result);
        }
    }

    private final EvidenceSelector selector;
    private final RangeProof proof;
    private final String organization;
    private final MerkleHash root;
    private final KeyManifest keys;
    private final Map<Question, Findings> findings = new EnumMap<>(Question.class);

    private CompactRange tree;
    private long begin;
    private long undue;
    private long packages;
    private long others;

    /** Asks of a file whose first line has passed. */
    EvidenceCollectionWalk(EvidenceCollectionHead head, KeyManifest keys) {
        this.selector = head.selector();
        this.proof = head.proof();
        this.organization = head.export().organization();
        this.root = head.export().checkpoint().root();
        this.keys = keys;
        this.tree = proof.start();
        this.begin = proof.begin();
        for (Question question : Question.values()) {
            findings.put(question, new Findings());
        }
    }

    static Check noLine(String reason, String where) {
        return Question.LINES.answered(new Check.Refuted(reason, where));
    }

    /** All answers; or, where there is one that refutes, those. */
    List<Check> over(EvidenceCollectionLines lines) throws IOException {
        boolean sound = true;
        for (long index = proof.begin(); sound && index < proof.end(); index++) {
            sound = step(lines, index);
        }
        if (sound) {
            end(lines);
        }
        List<Check> answers = Stream.of(Question.values())
                .map(question -> question.answered(found(question).result()))
                .toList();
        return answers.stream().allMatch(Check::passed)
                ? answers
                : answers.stream().filter(answer -> !answer.passed()).toList();
    }

    Contents contents() {
        return new Contents(begin, proof.end() - 1, undue, packages, others);
    }

    private boolean step(EvidenceCollectionLines lines, long index) throws IOException {
        try {
            Optional<Located> line = lines.next();
            if (line.isEmpty()) {
                found(Question.LINES).expect(false, "", "the file ends before entry " + index);
            } else {
                read(line.get(), index);
            }
        } catch (JsonException e) {
            found(Question.LINES).expect(false, e.place(), e.reason());
        }
        return Stream.of(Question.values()).allMatch(question -> found(question).result() instanceof Check.Passed);
    }

    private void read(Located line, long index) {
        Located event = line.object("event");
        Findings entries = found(Question.ENTRIES);
        entries.expect(line.integer("index") == index, line.at("index"), "this is the place of entry " + index);
        entries.expect(
                event.integer("sequence") == index,
                event.at("sequence"),
                "the sequence of an event is its index in the log");
        entries.expect(
                event.string("organizationId").equals(organization),
                event.at("organizationId"),
                "the event is of another organization");
        tree = tree.append(MerkleHash.leaf(event.value().canonicalBytes()));
        place(line, event, index);
    }

    /** Whether an entry is the one before the period, the one after it, or in between. */
    private void place(Located line, Located event, long index) {
        Instant at = event.instant("at");
        Findings period = found(Question.PERIOD);
        if (index == proof.end() - 1) {
            line.requireMembers("index", "event");
            period.expect(!at.isBefore(selector.to()), event.at("at"), "no entry shows that the period is over");
            period.expect(
                    index == 0 || index > proof.begin(), event.at("at"), "no entry shows where the period begins");
            return;
        }
        if (index == proof.begin() && (index > 0 || at.isBefore(selector.from()))) {
            line.requireMembers("index", "event");
            period.expect(at.isBefore(selector.from()), event.at("at"), "no entry shows where the period begins");
            begin = index + 1;
            return;
        }
        if (index == begin) {
            period.expect(!at.isBefore(selector.from()), event.at("at"), "the period begins after this entry");
        }
        if (index == proof.end() - 2) {
            period.expect(at.isBefore(selector.to()), event.at("at"), "the period ends before this entry");
        }
        undue += selector.includes(at) ? 0 : 1;
        within(line, event);
    }

    private void within(Located line, Located event) {
        if (!EvidenceCollection.seals(event)) {
            line.requireMembers("index", "event");
        } else if (line.value().has("package")) {
            line.requireMembers("index", "event", "package");
            packages++;
            collected(line.object("package"), event);
        } else if (line.value().has("plan")) {
            line.requireMembers("index", "event", "plan");
            others++;
            aboutSomethingElse(line.object("plan"), event);
        } else {
            found(Question.PACKAGES).expect(false, line.pointer(), "the package that this event seals is missing");
        }
    }

    private void collected(Located file, Located event) {
        EvidenceVerification verification = EvidenceVerifier.verify(file.value().canonicalBytes(), Optional.of(keys));
        if (verification instanceof EvidenceVerification.Refuted refuted
                && refuted.first().result() instanceof Check.Refuted(String reason, String where)) {
            found(Question.VALIDITY)
                    .expect(false, file.pointer() + where, refuted.first().name() + ": " + reason);
            return;
        }
        Findings answer = found(Question.PACKAGES);
        answer.expect(
                file.object(EvidencePackage.LOG).object("event").value().equals(event.value()),
                file.at(EvidencePackage.LOG),
                "the package is not the one that this event seals");
        answer.expect(
                selector.selects(EvidenceHeader.parse(file).scope()),
                file.at("scope"),
                "the package is not what was selected");
    }

    /** The plan is the one of the package, by the hash in the sealing event; the package can be about nothing else. */
    private void aboutSomethingElse(Located plan, Located event) {
        Findings answer = found(Question.PACKAGES);
        String hash = Sha256.hexOf(plan.value().canonicalBytes());
        answer.expect(
                event.object("metadata").string("planHash").equals(hash),
                plan.pointer(),
                "the event seals a package about another plan");
        List<Located> steps = plan.objects("steps");
        answer.expect(!steps.isEmpty(), plan.at("steps"), "a plan without a step does not show what it is about");
        for (Located step : steps) {
            answer.expect(
                    !selector.about()
                            .meets(
                                    step.string("connectorId"),
                                    step.object("account").string("nativeId")),
                    step.pointer(),
                    "the plan is about what was selected: its package is missing");
        }
    }

    private void end(EvidenceCollectionLines lines) throws IOException {
        try {
            lines.next()
                    .ifPresent(more ->
                            found(Question.LINES).expect(false, more.pointer(), "the file goes on after its entries"));
        } catch (JsonException e) {
            found(Question.LINES).expect(false, e.place(), e.reason());
        }
        found(Question.RANGE_PROOF).expect(proof.verify(tree, root), "line 1/range");
    }

    private Findings found(Question question) {
        return requireNonNull(findings.get(question));
    }
}
