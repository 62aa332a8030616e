export const HELP = `downforce — a floor under code written by agents

Usage: downforce COMMAND [options]

Commands
  loop             judge what changed: the affected checks, nearest first, within a budget
  mutate           break the changed lines on purpose: does a test notice?
  gate             every check on everything, guards and mutants included; nothing deferred
  explain WHAT     why a path, check, finding or mutant is in play, and what would lift it
  init             write a commented downforce.jsonc for what was detected; never overwrites
  doctor           what was detected, what is missing, whether each check can run
  waive ID…        a person's word that a survivor or a guard's finding stays, bound to its code
  merge REPORT…    join the reports of a run that was split with --shard

Options of loop
  --only ID        run this check alone; may be given more than once
  --all            run every check on everything
  --budget TIME    time to spend, such as 90s or 10m; 0 for no limit (default 180s)
  --no-cache       judge anew even where nothing changed

Options of mutate
  --only ID        try this mutant alone; may be given more than once
  --shard I/N      try one part of N, for \`merge\`
  --no-cache       try anew even where nothing changed

Options of gate
  --shard I/N      judge one part of N, for \`merge\`
  --recorded       answer from the verdict kept for this very tree, or exit 3 where there is none
  --no-cache       judge anew even where nothing changed

Options of waive
  --reason TEXT    why it stays
  --as NAME        who says so (default: whom git knows)

Options everywhere
  --root DIR       the repository (default: the one around the current folder)
  --base REF       what the change is measured from (default: origin/main, origin/HEAD, main, master, HEAD^)
  --config FILE    configuration instead of downforce.jsonc at the root
  --format NAME    auto, text, json, sarif, github or gitlab (auto: text on a terminal, else json)
  --json           the same as --format json
  -q, --quiet      no progress
  -v, --verbose    more on standard error
  -h, --help       this text
  -V, --version    the version

Exit status: 0 all right, 1 findings, 2 wrong usage or configuration, 3 could not judge, 130 interrupted.
`;
