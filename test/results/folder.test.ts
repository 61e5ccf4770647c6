import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { EnvironmentError, InputError } from "../../src/errors.js";
import { checkResultFolder, writeResultFolder } from "../../src/results/folder.js";

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "nsiscan-folder-"));
  folder = join(parent, "result");
});

/** Writes a result that says `content`, failing afterwards where told to. */
const write = (content: string, force = false, failure?: Error) =>
  writeResultFolder(folder, { force }, async (fresh) => {
    await writeFile(join(fresh, `${content}.csv`), content);
    if (failure) throw failure;
    return { says: content };
  });
const record = () => JSON.parse(readFileSync(join(folder, "provenance.json"), "utf8"));
const content = () => record().says;

describe("an existing result", () => {
  it("is kept unless replacing it is asked for", async () => {
    await write("first");
    const refused = write("second");
    await expect(refused).rejects.toBeInstanceOf(InputError);
    await expect(refused).rejects.toMatchObject({
      code: "result-exists",
      message: expect.stringContaining("--force"),
    });
    await expect(checkResultFolder(folder)).rejects.toMatchObject({ code: "result-exists" });
    expect(content()).toBe("first");
    await checkResultFolder(folder, { force: true });
    await write("second", true);
    expect(content()).toBe("second");
    expect(readdirSync(parent)).toEqual(["result"]);
  });

  it("survives a replacement that fails, which leaves nothing behind", async () => {
    await write("first");
    await expect(write("second", true, new Error("half-way"))).rejects.toThrow("half-way");
    expect(content()).toBe("first");
    expect(readdirSync(parent)).toEqual(["result"]);
  });

  it("is put back when the new one cannot take its place", async () => {
    await write("first");
    const gone = writeResultFolder(folder, { force: true }, async (fresh) => {
      await rm(fresh, { recursive: true });
      return {};
    });
    await expect(gone).rejects.toMatchObject({ code: "cannot-write" });
    expect(content()).toBe("first");
    expect(readdirSync(parent)).toEqual(["result"]);
  });

  it("that appears while another is written is kept too", async () => {
    const late = writeResultFolder(folder, {}, async () => {
      await write("first");
      return { says: "late" };
    });
    await expect(late).rejects.toMatchObject({ code: "result-exists" });
    expect(content()).toBe("first");
    expect(readdirSync(parent)).toEqual(["result"]);
  });
});

describe("files that others have put into a result", () => {
  const names = () => readdirSync(folder).sort();

  it("stay when it is replaced, and its own go", async () => {
    await write("first");
    expect(record().files).toEqual(["first.csv"]);
    mkdirSync(join(folder, "notes", "empty"), { recursive: true });
    writeFileSync(join(folder, "notes", "thesis.tex"), "years of work");
    symlinkSync("/nowhere", join(folder, "link"));
    await write("second", true);
    expect(names()).toEqual(["link", "notes", "provenance.json", "second.csv"]);
    expect(readFileSync(join(folder, "notes", "thesis.tex"), "utf8")).toBe("years of work");
    expect(readlinkSync(join(folder, "link"))).toBe("/nowhere");
    expect(record().files).toEqual(["second.csv"]);
    await write("third", true);
    expect(names()).toEqual(["link", "notes", "provenance.json", "third.csv"]);
  });

  it("stay by another name where the new result needs theirs", async () => {
    await write("first");
    writeFileSync(join(folder, "second.csv"), "mine");
    await write("second", true);
    expect(names()).toEqual(["provenance.json", "second.csv", "second.csv~"]);
    expect(readFileSync(join(folder, "second.csv~"), "utf8")).toBe("mine");
  });

  it("stay with all that a result has which lists nothing", async () => {
    mkdirSync(folder);
    for (const name of ["provenance.json", "new.csv", "any.csv"]) {
      writeFileSync(join(folder, name), "{}");
    }
    await write("new", true);
    expect(names()).toEqual(["any.csv", "new.csv", "provenance.json"]);
    expect(content()).toBe("new");
  });
});

describe("a new result", () => {
  it("is not there before it is complete", async () => {
    await writeResultFolder(folder, {}, async () => {
      expect(existsSync(folder)).toBe(false);
      return { says: "new" };
    });
    expect(content()).toBe("new");
    await expect(
      writeResultFolder(join(parent, "bad"), {}, () => Promise.reject(new Error("no"))),
    ).rejects.toThrow("no");
    expect(readdirSync(parent)).toEqual(["result"]);
  });

  it("may take the place of an empty folder", async () => {
    mkdirSync(folder);
    await write("new");
    expect(content()).toBe("new");
  });
});

describe("what is no result", () => {
  it("is never replaced, whatever is asked", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "thesis.tex"), "years of work");
    for (const force of [false, true]) {
      await expect(write("new", force)).rejects.toMatchObject({ code: "not-a-result" });
    }
    expect(readdirSync(folder)).toEqual(["thesis.tex"]);
    const file = join(folder, "thesis.tex");
    for (const path of [file, join(file, "result")]) {
      const refused = writeResultFolder(path, { force: true }, async () => ({}));
      await expect(refused).rejects.toBeInstanceOf(InputError);
    }
    expect(readFileSync(file, "utf8")).toBe("years of work");
  });
});

describe("a disk that refuses", () => {
  it("is an environment error that names the folder", async () => {
    // Root may write anywhere: a file name beyond every file system's limit is refused for all.
    const long = join(parent, "x".repeat(300));
    const refused = writeResultFolder(folder, {}, async () => {
      await writeFile(join(long), "");
      return {};
    });
    await expect(refused).rejects.toBeInstanceOf(EnvironmentError);
    await expect(refused).rejects.toThrow(`The result folder ${folder} cannot be written`);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe("a place that is tried before the work", () => {
  it("may have folders still to be made, and none are left behind when the work fails", async () => {
    const deep = join(parent, "some", "where", "result");
    await checkResultFolder(deep);
    expect(readdirSync(parent)).toEqual([]);
    const failing = writeResultFolder(deep, {}, () => Promise.reject(new Error("half-way")));
    await expect(failing).rejects.toThrow("half-way");
    expect(readdirSync(parent)).toEqual([]);
  });

  it("keeps what others have put into those folders meanwhile", async () => {
    const failing = writeResultFolder(join(parent, "some", "where", "result"), {}, () => {
      writeFileSync(join(parent, "some", "other"), "");
      return Promise.reject(new Error("half-way"));
    });
    await expect(failing).rejects.toThrow("half-way");
    expect(readdirSync(join(parent, "some"))).toEqual(["other"]);
  });

  it("is refused with what the system has against it", async () => {
    const impossible = join(parent, "n".repeat(300));
    const refused = checkResultFolder(impossible);
    await expect(refused).rejects.toBeInstanceOf(EnvironmentError);
    await expect(refused).rejects.toThrow(/ENAMETOOLONG.*choose another place/);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe("a process that is killed while it writes", () => {
  it("leaves nothing that the next one does not remove", async () => {
    // Node runs compiled files only.
    const module = new URL("../../dist/results/folder.js", import.meta.url);
    const program = `
      const { writeResultFolder } = await import(${JSON.stringify(module.href)});
      await writeResultFolder(${JSON.stringify(folder)}, {}, () => process.kill(process.pid, "SIGKILL"));`;
    const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", program]);
    expect(signal).toBe("SIGKILL");
    expect(readdirSync(parent)).toEqual([expect.stringMatching(/^\.result-.*-\d+-\w{6}$/)]);
    // A kill between the two renames leaves the former result in the workshop.
    const [left] = readdirSync(parent);
    await writeResultFolder(join(parent, "other"), {}, async () => ({ says: "former" }));
    renameSync(join(parent, "other"), join(parent, left, "old.tmp"));
    await expect(write("new")).rejects.toMatchObject({ code: "result-exists" });
    expect(content()).toBe("former");
    await rm(folder, { recursive: true });
    // That of a process that still writes is its own.
    await writeResultFolder(folder, {}, async () => {
      await write("second");
      return { says: "first" };
    }).catch((error) => expect(error).toMatchObject({ code: "result-exists" }));
    expect(content()).toBe("second");
    expect(readdirSync(parent)).toEqual(["result"]);
  });
});
