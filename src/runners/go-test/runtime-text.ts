/** Name under which schemata know the package; nobody else's. */
export const RUNTIME = 'downforce__';
export const MUTANT_VARIABLE = 'DOWNFORCE_MUTANT';
export const LOG_VARIABLE = 'DOWNFORCE_PLACES';

/** So often nothing is run that ends. */
const FUEL = 50_000_000;

/**
 * The package that schemata call. `seen` is written without a lock: at worst a place is logged twice. The log is opened anew
 * for each line, of which there are few, since tests may close what they did not open.
 */
export function runtimeText(places: number): string {
  return `package ${RUNTIME}

import (
	"os"
	"strconv"
	"sync"
)

var active, _ = strconv.Atoi(os.Getenv("${MUTANT_VARIABLE}"))
var path = os.Getenv("${LOG_VARIABLE}")
var seen [${places + 1}]bool
var runs [${places + 1}]int
var lock sync.Mutex

// On says whether a mutant is in force, and that its place runs.
func On(n int) bool {
	if seen[n] && n != active && active != 0 {
		return false
	}
	return ran(n)
}

// Hit says that a place runs; always true.
func Hit(n int) bool {
	On(n)
	return true
}

// Pick is the mutant's value where it is in force. Both are worked out.
func Pick[T any](n int, mutant, original T) T {
	if On(n) {
		return mutant
	}
	return original
}

//go:noinline
func ran(n int) bool {
	if !seen[n] {
		seen[n] = true
		write("H " + strconv.Itoa(n))
	}
	runs[n]++
	if runs[n] == ${FUEL} {
		write("O " + strconv.Itoa(n))
		if active != 0 {
			os.Stderr.WriteString("downforce: endless\\n")
			os.Exit(86)
		}
	}
	return n == active
}

// Test says that a test begins; the function it gives back, that it ended.
func Test(name string) func() {
	lock.Lock()
	defer lock.Unlock()
	write("T " + name)
	for n := range seen {
		seen[n] = false
	}
	return func() { write("E " + name) }
}

func write(line string) {
	if path == "" {
		return
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	file.WriteString(line + "\\n")
	file.Close()
}
`;
}
