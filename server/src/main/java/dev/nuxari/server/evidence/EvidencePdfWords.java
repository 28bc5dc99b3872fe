package dev.nuxari.server.evidence;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the document for people says in words. */
final class EvidencePdfWords {
    static final String BESIDE_THE_CODE = """
            The code holds the Merkle root, as 64 hexadecimal digits. Two documents with the same root are about the same \
            records, down to the last byte. Compare it with the root in the organization's audit log and with the one that \
            the verifier prints.""";
    static final String PLAN = "What was asked for, step by step. This, and nothing else, is what was decided on.";
    static final String VERIFY = """
            Ask the organization for the package itself, the file whose SHA-256 stands on the first page, and get its key \
            manifest from a place that you trust. The program needs no network and no server:""";
    static final String OTHERWISE = """
            The first command has to print that SHA-256, the second a line that begins with "Verified". The format is public (docs/formats/evidence-package.md): it can be \
            verified with openssl, sha256sum and python3 as well, or by a program of your own.""";
    static final String CHECKS = """
            The server's verifier looked at the package when this document was made. That is the server's own word about \
            itself: repeat it with a program that you got elsewhere.""";
    static final String RECORDS = """
            In the order of the tree: time, id, and SHA-256(0x00, record) of each record as it stands in the annex. The \
            Merkle root is the root of the tree over these hashes (RFC 9162, section 2.1.1).""";
    static final String ANNEX = """
            Every record in its canonical form (RFC 8785), from which its hash is computed, broken over lines. Characters \
            that the font lacks, invisible ones, and those of scripts written from right to left are shown as [U+…]: the \
            exact text is in the package.""";

    static final List<String> PROVES = List.of(
            "As far as the package verifies, its records are the ones that were sealed: none was changed, added or left out"
                    + " afterwards, because each is a leaf under the Merkle root that two keys of the organization have signed.",
            "The sealing was written into the organization's append-only audit log, at the index and under the checkpoint"
                    + " given below. Nobody can take it out again without contradicting that checkpoint.",
            "The members named here decided on exactly this plan, each in a role that the policy asked for, none of them the"
                    + " requester or the beneficiary, before the approval expired; or the plan was not carried out.",
            "Every attempt that was recorded followed the approval and did what its step says, and what is called validated"
                    + " was observed in the governed system afterwards.");

    static final List<String> DOES_NOT_PROVE = List.of(
            "This document is signed by nobody. It is a view of the package, and without the package it proves nothing.",
            "Who the people are: members are named by the ids that the organization gave them. Their names are not in the"
                    + " package.",
            "That the governed system told the truth when it was observed, or that nobody changed it past Nuxari.",
            "The exact time. Order in the log is proven; the times are those of the server's clock.",
            "That the keys are the organization's. Compare their fingerprint with one that you got from the organization.",
            "That other people are shown the same log. Compare the checkpoint with one that somebody else has got.",
            "That the approvers were right. It shows who agreed to what, and the reasons they gave.");

    private EvidencePdfWords() {}

    static String outcome(String outcome) {
        return switch (outcome) {
            case "completed" -> "A change to access was asked for, approved, carried out, and seen to be in effect.";
            case "failed" -> "A change to access was asked for and approved, and could not be carried out as planned.";
            case "rejected" -> "A change to access was asked for and rejected. Nothing was carried out.";
            case "cancelled" -> "A change to access was asked for and cancelled.";
            case "expired" -> "A change to access was asked for and not decided in time. Nothing was carried out.";
            default -> "A change to access was asked for.";
        };
    }

    static String type(Obj written) {
        return switch (written.string("type")) {
            case "access-evaluation" -> "access evaluation";
            case "approval" -> "approval";
            case "pre-change-snapshot" -> "state before";
            case "execution-log" -> "execution";
            case "validation-result" -> "validation";
            case String other -> other;
        };
    }

    static String assurance(Optional<String> acr) {
        return acr.map(level -> "signed in with “%s”, as the identity broker stated it (acr)".formatted(level))
                .orElse("not stated by the identity broker");
    }

    /** A member as people read it; absent and null are the same. */
    static String present(Obj holder, String name) {
        return holder.has(name) ? shown(holder.member(name)) : "none";
    }

    static String shown(Json value) {
        return switch (value) {
            case Json.Null _ -> "none";
            case Json.Str(String text) -> text;
            case Json.Arr(List<Json> items) ->
                items.stream().map(EvidencePdfWords::shown).collect(Collectors.joining(", "));
            case Obj object ->
                object.members().entrySet().stream()
                        .map(member -> member.getKey() + " " + shown(member.getValue()))
                        .collect(Collectors.joining(", "));
            case Json.Num _, Json.Bool _ -> value.canonical();
        };
    }
}
