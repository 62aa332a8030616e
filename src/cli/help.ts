export const HELP = `downforce — a floor under code written by agents

Usage: downforce COMMAND [options]

Commands
  loop             judge what changed: the affected checks, nearest first, within a budget
  explain WHAT     why a path, a check or a finding code is in play, and what would lift it
  init             write a commented downforce.jsonc for what was detected; never overwrites
  doctor           what was detected, what is missing, whether each check can run

Options of loop
  --only ID        run this check alone; may be given more than once
  --all            run every check on everything
  --budget TIME    time to spend, such as 90s or 10m; 0 for no limit (default 180s)
  --no-cache       judge anew even where nothing changed

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
