// Reads {"samples":[text…],"workloads":{name:[text…]},"seconds":n} from the file that is named, and prints what secretlint
// finds in each sample, and how many megabytes it reads of each workload in a second of this process's time.
import { readFileSync } from "node:fs";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

const asked = JSON.parse(readFileSync(process.argv[2], "utf8"));
const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] };

async function find(content) {
  const source = { filePath: "sample.txt", content, contentType: "text", ext: ".txt" };
  const { messages } = await lintSource({ source, options: { config } });
  return messages.map((message) => message.range);
}

function taken() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function read(texts, seconds) {
  const began = taken();
  let bytes = 0;
  while (taken() - began < seconds) {
    for (const text of texts) {
      await find(text);
      performance.clearMarks();
      bytes += Buffer.byteLength(text);
      if (taken() - began >= seconds) break;
    }
  }
  return bytes / 1e6 / (taken() - began);
}

const megabytesPerSecond = {};
for (const [name, texts] of Object.entries(asked.workloads)) {
  await read(texts, asked.seconds / 2);
  megabytesPerSecond[name] = await read(texts, asked.seconds);
}
const found = [];
for (const sample of asked.samples) found.push(await find(sample));
process.stdout.write(JSON.stringify({ node: process.version, megabytesPerSecond, found }));
// Its profiler goes on looking through the marks that it made, for minutes after the last text.
process.exit(0);
