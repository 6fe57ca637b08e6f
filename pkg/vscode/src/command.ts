// Where the command `milepost` is: what the settings call it in; its file out, or nothing.
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** The file of a command: the command itself if it is a path, and otherwise what the `PATH` has under its name. */
export function found(command: string, folder: string | undefined): string | undefined {
  const whole = command.replace(/^~(?=[\\/])/, homedir());
  if (isAbsolute(whole)) return runnable(whole);
  if (/[\\/]/.test(whole)) return folder === undefined ? undefined : runnable(resolve(folder, whole));
  const places = (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  for (const place of places) {
    const file = runnable(join(place, whole));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The file, if it can be started. */
function runnable(file: string): string | undefined {
  const names = process.platform === "win32" && !/\.exe$/i.test(file) ? [`${file}.exe`] : [file];
  return names.find((name) => {
    try {
      accessSync(name, constants.X_OK);
      return statSync(name).isFile();
    } catch {
      return false;
    }
  });
}
