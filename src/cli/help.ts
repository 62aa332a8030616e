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
  streams WHAT     work side by side: plan, start, list, check, prompt, remove (see Streams)
  relay            the hand-off prompt for a fresh session, from what git and the harness know
  decide TEXT      write a decision down with the scopes it governs; it is shown where they are touched

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

Streams
  streams plan PLAN.md         the streams it names, what each touches, which can run side by side
  streams start PLAN.md ID     make a branch and a working tree for one, set up as configured
  streams list                 those that were started, and which needs you
  streams check                which working trees get in each other's way now
  streams prompt PLAN.md ID    the hand-off prompt of one
  streams remove ID [--force]  take its working tree and branch away; asks before anything is lost

Options of relay
  --tokens N       about so many tokens at most (default: as curated, else configured, else 4000)
  --draft FILE     the present session's own words, to be merged and held against the facts
  --ask            print the prompt that asks the present session for those words
  --out FILE       write the Markdown to a file of the repository

Options of decide
  --scope ID       a scope it governs; may be given more than once (default: those the change touches)

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
