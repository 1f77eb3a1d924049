//go:build bench && unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"quitus/ledger/imports/importstest"
)

// The benchmarks run the real program, and themselves as children, so that time and peak memory are one task's own. A child's
// peak begins at its parent's: the parent stays small, and has a child write the files too.
func init() {
	if task := os.Getenv("QUITUS_BENCH"); task != "" {
		if err := child(task, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// child carries out one task and prints the number of rows below the titles.
func child(task string, args []string) error {
	switch task {
	case "write":
		lines, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return writeFile(args[0], lines, args[2])
	case "excelize":
		return readWithExcelize(args[0])
	}
	return fmt.Errorf("no such task: %s", task)
}

func writeFile(format string, lines int, path string) (err error) {
	var data []byte
	if format == "fec" {
		data = importstest.FEC(lines)
		lines = bytes.Count(data, []byte("\n")) - 1
	} else if data, err = importstest.Register(format, lines); err != nil {
		return err
	}
	fmt.Println(lines)
	return os.WriteFile(path, data, 0o600)
}

// readWithExcelize goes through the rows and does nothing with them.
func readWithExcelize(file string) error {
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return err
	}
	n := -1
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return err
		}
		n++
	}
	fmt.Println(n)
	return rows.Close()
}

// self is a call of the benchmark itself for a task.
func self(task string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "QUITUS_BENCH="+task)
	return cmd
}

// usage is what a process used.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes in memory at most
}

// run runs a process and gives what it printed and used, the processes that it started included.
func run(b *testing.B, cmd *exec.Cmd) ([]byte, usage) {
	b.Helper()
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		b.Fatalf("%v: %v\n%s", cmd, err, problems.String())
	}
	u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := u.Maxrss
	if runtime.GOOS != "darwin" {
		peak *= 1024
	}
	return out.Bytes(), usage{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak}
}

// sample is a file to read, in a folder that is gone afterwards.
type sample struct {
	format, path string
	lines        int // below the titles
}

func makeSample(b *testing.B, format string, lines int) sample {
	b.Helper()
	name := map[string]string{"fec": importstest.FECName}[format]
	if name == "" {
		name = "register." + format
	}
	path := filepath.Join(b.TempDir(), name)
	out, _ := run(b, self("write", format, strconv.Itoa(lines), path))
	lines, err := strconv.Atoi(string(bytes.TrimSpace(out)))
	if err != nil {
		b.Fatal(err)
	}
	return sample{format, path, lines}
}

// middle gives of several measurements the median of each figure.
func middle(all []usage) usage {
	median := func(of func(usage) int64) int64 {
		figures := make([]int64, len(all))
		for i, u := range all {
			figures[i] = of(u)
		}
		slices.Sort(figures)
		return figures[len(figures)/2]
	}
	return usage{
		time.Duration(median(func(u usage) int64 { return int64(u.wall) })),
		time.Duration(median(func(u usage) int64 { return int64(u.cpu) })),
		median(func(u usage) int64 { return u.peak }),
	}
}

// BenchmarkImport takes a workbook from the file to the committed ledger, in turns with excelize merely
// reading it. Medians of seven.
func BenchmarkImport(b *testing.B) {
	const turns = 7
	var perLine [2]float64
	for i, lines := range []int{10_000, 100_000} {
		file := makeSample(b, "xlsx", lines)
		var ours, theirs []usage
		for range turns {
			dir := b.TempDir()
			_, u := run(b, real(b, dir, "import", "--ledger", filepath.Join(dir, "bench.quitus"), "--json", file.path))
			ours = append(ours, u)
			_, u = run(b, self("excelize", file.path))
			theirs = append(theirs, u)
		}
		o, t := middle(ours), middle(theirs)
		perLine[i] = o.cpu.Seconds() / float64(lines)
		fmt.Printf("\nimport of %d lines: %.2f s CPU, excelize's Rows %.2f s, ratio %.2f; peak memory %d MiB\n",
			lines, o.cpu.Seconds(), t.cpu.Seconds(), o.cpu.Seconds()/t.cpu.Seconds(), o.peak>>20)
	}
	fmt.Printf("cost of a line at 100,000 to that at 10,000: %.2f\n", perLine[1]/perLine[0])
}
