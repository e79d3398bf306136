// The two halves of bench/memory.sh that are not a shell's: looking at a process every second, and telling what was seen.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

// What hands contacts over, and how many at a time: HubSpot's batches, the uploads of Salesforce's jobs, of which a run that takes several makes smaller ones.
const LARGEST_JOB = 10_000;
const writesOf = contacts => [[/^POST \/crm\/objects\/contacts\/batch\/update$/, 100], [/^PUT \/jobs\//, contacts > LARGEST_JOB ? LARGEST_JOB / 2 : LARGEST_JOB]];
const STEPS = 20;

const [, , verb, ...rest] = process.argv;
if (verb === 'watch') {
  await watch(...rest);
} else {
  tell(...rest);
}

// One line a second, until the process has ended: seconds, contacts that the CRM was sent, MiB resident, MiB of them its own pages.
async function watch(pid, address, contacts) {
  const writes = writesOf(Number(contacts));
  const began = Date.now();
  for (;;) {
    const pages = statusOf(pid);
    if (pages === null) {
      return;
    }
    console.log([Math.round((Date.now() - began) / 1000), await sent(address, writes), pages.all, pages.own].join(' '));
    await wait(1000);
  }
}

function statusOf(pid) {
  let status;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
  const mib = name => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? NaN) / 1024);
  return /^State:\s+Z/m.test(status) || Number.isNaN(mib('VmRSS')) ? null : { all: mib('VmRSS'), own: mib('RssAnon') };
}

async function sent(address, writes) {
  const { operations } = await (await fetch(`${address}/_emulator/ledger`)).json();
  return operations.reduce((sum, each) => sum + each.count * (writes.find(([write]) => write.test(each.operation))?.[1] ?? 0), 0);
}

function tell(reportFile, samplesFile, given, baseline) {
  const contacts = Number(given);
  const { counts } = JSON.parse(readFileSync(reportFile, 'utf8'));
  const samples = readFileSync(samplesFile, 'utf8').trim().split('\n').map(line => {
    const [at, done, all, own] = line.split(' ').map(Number);
    return { at, done, all, own };
  });
  const most = (part, what) => Math.max(...part.map(sample => sample[what]));
  const between = (from, to) => samples.filter(sample => sample.done >= from * contacts && sample.done <= to * contacts);

  console.log(`${'contacts'.padStart(10)}${'seconds'.padStart(10)}${'MiB'.padStart(8)}${'own pages'.padStart(12)}`);
  console.log(`${'baseline'.padStart(10)}${''.padStart(10)}${baseline.padStart(8)}`);
  for (let step = 1; step <= STEPS; step++) {
    const part = between((step - 1) / STEPS, step / STEPS);
    if (part.length > 0) {
      const row = [part.at(-1).done.toLocaleString('en'), part.at(-1).at, most(part, 'all'), most(part, 'own')];
      console.log(row.map((cell, column) => String(cell).padStart([10, 10, 8, 12][column])).join(''));
    }
  }

  const [early, late] = [most(between(0.05, 0.25), 'all'), most(between(0.75, 1), 'all')];
  const rows = [
    ['contacts done', counts.done, contacts, counts.done === contacts],
    ['most memory, MiB', most(samples, 'all'), '< 300', most(samples, 'all') < 300],
    ['first and last quarter, MiB', `${early}, ${late}`, 'flat', late <= early * 1.1],
    ['contacts a second', Math.round(contacts / samples.at(-1).at), '', true],
  ];
  console.log(`${'what'.padEnd(28)}${'measured'.padStart(12)}${'target'.padStart(12)}`);
  for (const [what, measured, target] of rows) {
    console.log(`${what.padEnd(28)}${String(measured).padStart(12)}${String(target).padStart(12)}`);
  }
  process.exitCode = rows.every(([, , , holds]) => holds) ? 0 : 1;
}
