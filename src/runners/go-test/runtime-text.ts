/** Name under which schemata know the package; nobody else's. */
export const RUNTIME = 'downforce__';
export const MUTANT_VARIABLE = 'DOWNFORCE_MUTANT';
export const LOG_VARIABLE = 'DOWNFORCE_PLACES';

/** So often nothing is run that ends. */
const FUEL = 50_000_000;

/**
 * The package that schemata call. With a mutant in force only its own place counts. `seen` is read without the lock: at worst a
 * place is asked for twice. The constraint lets it have type parameters in a module that is too old for them. The log is opened anew for each line, of which there are few, since tests may close what they did not open.
 */
export function runtimeText(places: number): string {
  return `//go:build go1.18

package ${RUNTIME}

import (
	"os"
	"strconv"
	"strings"
	"sync"
)

var active, _ = strconv.Atoi(os.Getenv("${MUTANT_VARIABLE}"))
var path = os.Getenv("${LOG_VARIABLE}")
var seen [${places + 1}]bool
var runs [${places + 1}]int
var lock sync.Mutex
var open int
var pending []string

// On says whether a mutant is in force, and that its place runs.
func On(n int) bool {
	if active != 0 && n != active {
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
		first(n)
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

func first(n int) {
	lock.Lock()
	defer lock.Unlock()
	seen[n] = true
	pending = append(pending, strconv.Itoa(n))
	if open == 0 {
		flush()
	}
}

func flush() {
	if len(pending) > 0 {
		write("P " + strings.Join(pending, " "))
	}
	pending = pending[:0]
}

// Test says that a test begins; the function it gives back, that it ended.
func Test(name string) func() {
	lock.Lock()
	defer lock.Unlock()
	flush()
	write("T " + name)
	open++
	for n := range seen {
		seen[n] = false
	}
	return func() {
		lock.Lock()
		defer lock.Unlock()
		flush()
		write("E " + name)
		open--
	}
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
