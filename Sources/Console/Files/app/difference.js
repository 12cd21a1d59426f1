/**
 * The difference between two texts, line by line.
 */

/** Beyond this many lines on a side the table would cost more than it tells. */
const MOST = 1500;

/** @typedef {{kind: "same"|"gone"|"new", text: string}} Line */

/**
 * The shortest way from one text to the other, by the longest common subsequence of lines.
 * @param {string} before
 * @param {string} after
 * @returns {Line[]}
 */
export function difference(before, after) {
  const left = before.split("\n");
  const right = after.split("\n");
  if (left.length > MOST || right.length > MOST) {
    return [...left.map((text) => ({ kind: "gone", text })), ...right.map((text) => ({ kind: "new", text }))];
  }
  return walk(left, right, table(left, right));
}

function table(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function walk(left, right, lengths) {
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push({ kind: "same", text: left[i] });
      i += 1;
      j += 1;
    } else if (i < left.length && (j === right.length || lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push({ kind: "gone", text: left[i] });
      i += 1;
    } else {
      lines.push({ kind: "new", text: right[j] });
      j += 1;
    }
  }
  return lines;
}
