//go:build bench && unix

package desk

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The benchmark runs itself again as children, so that CPU time and peak memory are one task's own.
const childEnv = "QUITUS_BENCH_CHILD"

func TestMain(m *testing.M) {
	if task := os.Getenv(childEnv); task != "" {
		if err := child(task, os.Getenv("QUITUS_BENCH_FILE"), os.Getenv("QUITUS_BENCH_LEDGER")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func child(task, file, path string) error {
	if task == "read" {
		return readWithExcelize(file)
	}
	d, err := Open(path, clock, "bench")
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := d.Look(context.Background(), file, Hints{}, nil)
	if err != nil {
		return err
	}
	_, err = d.TakeIn(context.Background(), p)
	return err
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
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return err
		}
	}
	return rows.Close()
}

// usage is what a child used.
type usage struct {
	cpu  time.Duration
	peak int64 // bytes
}

func runChild(b *testing.B, task, file string) usage {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+task, "QUITUS_BENCH_FILE="+file, "QUITUS_BENCH_LEDGER="+filepath.Join(b.TempDir(), "bench.quitus"))
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), u.Maxrss * 1024}
}

func register(b *testing.B, lines int) string {
	b.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	w.SetRow("A1", []any{"N° facture", "Client", "Code client", "Date", "Échéance", "Montant TTC", "Réglé", "Objet"})
	for i := range lines {
		date := func(n int) excelize.Cell { return excelize.Cell{StyleID: day, Value: 45000 + n} }
		w.SetRow(fmt.Sprintf("A%d", i+2), []any{
			fmt.Sprintf("FA-%06d", i+1), fmt.Sprintf("Client numéro %d", i%5000), fmt.Sprintf("C%04d", i%5000),
			date(i % 600), date(i%600 + 30), float64(i%900000)/100 + 10, 0, "Travaux de menuiserie",
		})
	}
	w.Flush()
	path := filepath.Join(b.TempDir(), fmt.Sprintf("register-%d.xlsx", lines))
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkImport takes a workbook from the file to the committed ledger, in turns with excelize merely
// reading it. Medians of seven.
func BenchmarkImport(b *testing.B) {
	const turns = 7
	perLine := map[int]float64{}
	for _, lines := range []int{10_000, 100_000} {
		file := register(b, lines)
		var ours, theirs, peaks []float64
		for range turns {
			u := runChild(b, "import", file)
			ours, peaks = append(ours, u.cpu.Seconds()), append(peaks, float64(u.peak)/(1<<20))
			theirs = append(theirs, runChild(b, "read", file).cpu.Seconds())
		}
		perLine[lines] = median(ours) / float64(lines)
		fmt.Printf("import of %d lines: %.2f s CPU, excelize's Rows %.2f s, ratio %.2f; peak memory %.0f MiB\n",
			lines, median(ours), median(theirs), median(ours)/median(theirs), median(peaks))
	}
	fmt.Printf("cost of a line at 100,000 to that at 10,000: %.2f\n", perLine[100_000]/perLine[10_000])
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
