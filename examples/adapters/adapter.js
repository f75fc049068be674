// Math of a JavaScript engine: exp, expm1, log, pow.
//   napier audit 'exec:node adapter.js' --function exp --format binary64 --max-ulp 1
const fs = require('fs');
function refuse(why) {
  fs.writeSync(2, why + '\n');
  process.exit(1);
}
if (process.env.NAPIER_FORMAT !== 'binary64') refuse('this speaks binary64 only');
if (!['exp', 'expm1', 'log', 'pow'].includes(process.env.NAPIER_FUNCTION))
  refuse('JavaScript has exp, expm1, log and pow');
const f = Math[process.env.NAPIER_FUNCTION];
const two = process.env.NAPIER_ARGUMENTS === '2';

function read(size) {
  const bytes = Buffer.alloc(size);
  for (let done = 0; done < size; ) {
    const more = fs.readSync(0, bytes, done, size - done);
    if (more === 0) process.exit(0);
    done += more;
  }
  return bytes;
}

for (;;) {
  const n = read(4).readUInt32LE();
  const x = read(8 * n), y = two ? read(8 * n) : x;
  const reply = Buffer.alloc(4 + 8 * n);
  reply.writeUInt32LE(n);
  for (let i = 0; i < n; ++i) {
    const a = x.readDoubleLE(8 * i);
    reply.writeDoubleLE(two ? f(a, y.readDoubleLE(8 * i)) : f(a), 4 + 8 * i);
  }
  for (let done = 0; done < reply.length; ) done += fs.writeSync(1, reply, done);
}
