package dev.nuxari.cli.demo;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.demo.People.Person;
import dev.nuxari.cli.verify.Offline;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The auditor's part: takes the evidence home, and verifies it without the server. */
final class Proof {
    private final People people;
    private final Narrator narrator;
    private final Path folder;

    /** @param folder where evidence is exported to, one folder for each organization */
    Proof(People people, Narrator narrator, Path folder) {
        this.people = people;
        this.narrator = narrator;
        this.folder = folder.resolve(people.organization().slug());
    }

    /** Exports the package of a workflow and verifies it. */
    Json.Obj of(Json.Obj workflow) {
        Person auditor = people.as("auditor");
        String id = workflow.string("evidencePackageId");
        Path file = folder.resolve(id + ".json");
        Path root = folder.resolve("trusted-root.json");
        byte[] exported = auditor.api().download("/evidence-packages/" + id + "/export");
        byte[] keys = auditor.api().keys();
        write(file, exported);
        write(root, keys);
        narrator.tell(auditor.name() + " (auditor) exports the evidence, " + exported.length + " bytes");
        narrator.detail("package", id);
        narrator.detail("file", file.toString());
        Offline offline = Offline.verify(read(file), Optional.of(read(root)));
        narrator.tell("Offline: " + offline.conclusion());
        if (!offline.verified()) {
            throw new Unreachable("The exported evidence does not verify. " + offline.conclusion());
        }
        narrator.detail("again", "./nuxari verify " + file + " --trusted-root " + root);
        return Json.object(
                "workflowId", workflow.string("id"),
                "requestId", Fields.text(workflow, "requestId"),
                "approvalId", Fields.text(workflow, "approvalRef"),
                "planHash", Fields.text(workflow, "planHash"),
                "packageId", id,
                "file", file.toString(),
                "trustedRoot", root.toString(),
                "verified", true);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new Unreachable("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unreachable("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
