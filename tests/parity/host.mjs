// A JavaScript host, the same in Node and in a page. In: the table of questions, the package's modules, a batch of cases.
// Out: the batch's answers. The bytes are described in tests/src/parity/case.rs.

const notAsked = 0xffffffff;

/** Names and bytes of each case of a batch. */
function* cases(batch) {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  const text = new TextDecoder();
  let at = 0;
  const number = () => { at += 4; return view.getUint32(at - 4, true); };
  const bytes = () => { const length = number(); at += length; return batch.subarray(at - length, at); };
  for (let left = number(); left > 0; left--) {
    const inputs = new Map();
    for (let more = number(); more > 0; more--) {
      const name = text.decode(bytes());
      inputs.set(name, bytes());
    }
    yield inputs;
  }
}

/** The answers to a batch. `modules` are the package's glue modules by their shape. */
export function answer(table, modules, batch) {
  const pieces = [];
  for (const inputs of cases(batch)) {
    const handles = new Map();
    for (const question of table) {
      let found;
      try {
        found = ask(question, modules[question.shape], inputs, handles);
      } catch (problem) {
        const name = new TextDecoder().decode(inputs.get('name'));
        throw new Error(`case ${name}, ${question.name}: ${problem?.stack ?? problem}`);
      }
      if (question.gives.answer) pieces.push(Uint32Array.of(found ? found.length : notAsked), found ?? new Uint8Array());
    }
    for (const handle of handles.values()) handle.free();
  }
  return new Blob(pieces);
}

/** One question: the answer it gives, if it gives one. */
function ask(question, module, inputs, handles) {
  const on = question.on === null ? module : handles.get(question.on);
  const values = question.with.map(({ kind, name }) => {
    const bytes = inputs.get(name);
    if (kind === 'bytes' || !bytes) return bytes;
    const text = new TextDecoder().decode(bytes);
    return kind === 'number' ? Number(text) : text;
  });
  if (on === undefined || values.includes(undefined)) return undefined;
  const target = question.class !== null && question.on === null ? on[question.class] : on;
  const given = target[question.method](...values);
  if (question.gives.handle && given !== undefined) handles.set(question.name, given);
  if (!question.gives.answer) return undefined;
  const answer = given ?? new Uint8Array();
  const kept = question.gives.answer === 'bytes' ? answer : answer.slice(1);
  const refused = question.gives.answer === 'bytes' ? answer.length === 0 : answer[0] !== 0;
  if (!refused && !inputs.has(question.name)) inputs.set(question.name, kept);
  return answer;
}
