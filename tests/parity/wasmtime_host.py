"""The host wasmtime, without JavaScript: raw exports, nothing imported that does anything.

In: the folder of the cases, a folder for the answers. Out: a file of answers for each of cases, and a line each as they
are done. The bytes are described in tests/src/parity/case.rs.
"""

import json
import pathlib
import struct
import sys

import wasmtime

NOT_ASKED = struct.pack("<I", 0xFFFFFFFF)


class Module:
    """One shape of the package. An import that is called is a fault."""

    def __init__(self, engine, path):
        self.store = wasmtime.Store(engine)
        module = wasmtime.Module.from_file(engine, str(path))
        linker = wasmtime.Linker(engine)
        for imported in module.imports:
            if isinstance(imported.type, wasmtime.FuncType):
                linker.define_func(imported.module, imported.name, imported.type, self.stub(imported))
        self.exports = linker.instantiate(self.store, module).exports(self.store)
        self.memory = self.exports["memory"]
        start = self.exports.get("__wbindgen_start")
        if start:
            start(self.store)

    @staticmethod
    def stub(imported):
        def called(*_):
            if imported.name == "__wbindgen_init_externref_table":
                return  # there are no references to JavaScript's values
            raise RuntimeError(f"the module calls JavaScript: {imported.name}")

        return called

    def call(self, export, *words):
        return self.exports[export](self.store, *words)

    def asks(self, export):
        return len(self.exports[export].type(self.store).params)

    def put(self, data):
        place = self.call("__wbindgen_malloc", len(data), 1) & 0xFFFFFFFF
        self.memory.write(self.store, data, place)
        return place, len(data)

    def take(self, place, length):
        place, length = place & 0xFFFFFFFF, length & 0xFFFFFFFF
        data = bytes(self.memory.read(self.store, place, place + length))
        self.call("__wbindgen_free", place, length, 1)
        return data


def cases(batch):
    """Names and bytes of each case of a batch."""
    at = 0

    def number():
        nonlocal at
        at += 4
        return struct.unpack_from("<I", batch, at - 4)[0]

    def data():
        nonlocal at
        length = number()
        at += length
        return batch[at - length : at]

    for _ in range(number()):
        inputs = {}
        for _ in range(number()):
            name = data().decode()
            inputs[name] = data()
        yield inputs


def ask(question, module, inputs, handles):
    """One question: the answer it gives, if it gives one."""
    if question["on"] is not None and question["on"] not in handles:
        return None
    if any(argument["name"] not in inputs for argument in question["with"]):
        return None
    words = [handles[question["on"]][2]] if question["on"] is not None else []
    for argument in question["with"]:
        given = inputs[argument["name"]]
        words += [int(given)] if argument["kind"] == "number" else module.put(given)
    method = question["method"]
    export = method if question["class"] is None else f"{question['class'].lower()}_{method}"
    # Arguments that may be left out come last, and are left out: nulls.
    words += [0] * (module.asks(export) - len(words))
    given = module.call(export, *words)
    if "handle" in question["gives"]:
        if given:
            handles[question["name"]] = (module, question["gives"]["handle"], given)
        return None
    gives = question["gives"].get("answer")
    if gives is None:
        return None
    answer = module.take(*given) if given[0] else b""
    if gives == "bytes" and answer:
        inputs.setdefault(question["name"], answer)
    elif gives == "document" and answer[0] == 0:
        inputs.setdefault(question["name"], answer[1:])
    return answer


def main():
    folder, answers = map(pathlib.Path, sys.argv[1:3])
    batches = int(sys.argv[3])
    questions = json.loads((folder / "questions.json").read_text())
    engine = wasmtime.Engine()
    wasm = pathlib.Path(__file__).parent.parent.parent / "pkg" / "wasm"
    modules = {shape: Module(engine, wasm / shape / "milepost_bg.wasm") for shape in ["full", "evaluate"]}
    for batch in range(batches):
        out = []
        for inputs in cases((folder / f"{batch}.cases").read_bytes()):
            handles = {}
            for question in questions:
                try:
                    answer = ask(question, modules[question["shape"]], inputs, handles)
                except Exception as problem:
                    sys.exit(f"case {inputs['name'].decode()}, {question['name']}: {problem}")
                if "answer" in question["gives"]:
                    out += [NOT_ASKED] if answer is None else [struct.pack("<I", len(answer)), answer]
            for module, of, handle in handles.values():
                module.call(f"__wbg_{of.lower()}_free", handle, 0)
        (answers / f"{batch}.answers").write_bytes(b"".join(out))
        print(batch, flush=True)


main()
