//go:build bench && unix

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// reader reads whole files: the program, or what a user would take instead.
type reader struct {
	name    string
	formats string // that it reads
	call    func(s sample) *exec.Cmd
	// count tells how many rows were read, to be sure that they were; of the program, how many records it takes.
	count func(out []byte, s sample) (int, error)
}

// BenchmarkReaders reads long files with the program, from the file to what would be taken in, and with what a user would take
// instead, each as a process of its own and in turns. It prints medians of three as a table, with how many times as fast as the
// others the program is, and fails where the cost of a row rises with their number or a record takes more memory than allowed.
func BenchmarkReaders(b *testing.B) {
	readers, missing := theReaders(b)
	_, idle := readers[0].read(b, makeSample(b, "csv", 10))
	table := [][]string{{"file", "rows", "reader", "rows/s", "wall s", "CPU s", "peak MiB", "Quitus, by wall", "Quitus, by CPU"}}
	var notes []string
	for _, c := range []struct {
		format  string
		lengths []int
	}{{"xlsx", []int{100_000}}, {"xls", []int{65_000}}, {"csv", []int{100_000, 1_000_000}}, {"fec", []int{100_000, 1_000_000}}} {
		var all []measured
		for _, lines := range c.lengths {
			m := inTurns(b, readers, makeSample(b, c.format, lines))
			all = append(all, m)
			table = append(table, m.rows()...)
			notes = append(notes, m.memory(b, idle.peak))
		}
		if len(all) > 1 {
			notes = append(notes, growth(b, all[0], all[1]))
		}
	}
	fmt.Printf("\n\n%s\n%s\n", markdown(table), strings.Join(append(notes, missing...), "\n"))
}

// theReaders are the program and what of its rivals is on this machine; missing says of the others that they are not.
func theReaders(b *testing.B) (readers []reader, missing []string) {
	dir := b.TempDir()
	printed := func(out []byte, _ sample) (int, error) { return strconv.Atoi(string(bytes.TrimSpace(out))) }
	readers = []reader{
		{"Quitus", "xlsx xls csv fec", func(s sample) *exec.Cmd {
			return real(b, dir, "import", "--dry-run", "--json", "--on", "2026-02-01", "--ledger", filepath.Join(dir, "none.quitus"), s.path)
		}, created},
		{"excelize, rows", "xlsx", func(s sample) *exec.Cmd { return self("excelize", s.path) }, printed},
	}
	for _, p := range []struct{ name, formats, needs, how string }{
		{"openpyxl, read-only", "xlsx", "import openpyxl", "openpyxl"},
		{"pandas, read_excel", "xlsx", "import pandas, openpyxl", "pandas"},
		{"pandas, read_excel", "xls", "import pandas, xlrd; assert int(xlrd.__version__[0]) > 1", "pandas"},
		{"xlrd, rows", "xls", "import xlrd", "xlrd"},
		{"pandas, read_csv", "csv fec", "import pandas", "pandas"},
	} {
		python := pythonWith(p.needs)
		if python == "" {
			missing = append(missing, fmt.Sprintf("skipped: %s of %s, for want of a Python that can %q", p.name, p.formats, p.needs))
			continue
		}
		readers = append(readers, reader{p.name, p.formats, func(s sample) *exec.Cmd {
			args := []string{"testdata/rows.py", p.how, s.path}
			return exec.Command(python, append(args, map[string][]string{"csv": {";"}, "fec": {"\t"}}[s.format]...)...)
		}, printed})
	}
	if office, err := exec.LookPath("soffice"); err != nil {
		missing = append(missing, "skipped: LibreOffice, which is not installed")
	} else {
		readers = append(readers, libreOffice(b, office))
	}
	return readers, missing
}

// created reads what the program says of an import.
func created(out []byte, _ sample) (int, error) {
	var doc importsDoc
	if err := json.Unmarshal(out, &doc); err != nil {
		return 0, err
	}
	return doc.Files[0].Created, nil
}

// pythonWith finds a Python in which a statement holds; it may not be the first in the path.
func pythonWith(statement string) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", statement).Run() == nil {
			return python
		}
	}
	return ""
}

// libreOffice converts to CSV, in a profile of its own that its first run has made already.
func libreOffice(b *testing.B, office string) reader {
	dir := b.TempDir()
	out := func(s sample) string {
		return filepath.Join(dir, strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path))+".csv")
	}
	r := reader{"LibreOffice, to CSV", "xlsx xls csv fec", func(s sample) *exec.Cmd {
		args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "csv", "--outdir", dir}
		// The separator's code, the quote's, UTF-8, from the first line.
		if filter := map[string]string{"csv": "59,34,76,1", "fec": "9,34,76,1"}[s.format]; filter != "" {
			args = append(args, "--infilter=Text - txt - csv (StarCalc):"+filter)
		}
		return exec.Command(office, append(args, s.path)...)
	}, func(_ []byte, s sample) (int, error) {
		f, err := os.Open(out(s))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		n := -1
		for lines := bufio.NewScanner(f); lines.Scan(); n++ { // a whole file in memory would show in the children's peaks
		}
		return n, nil
	}}
	r.read(b, makeSample(b, "csv", 10))
	return r
}

// read has a reader read a file, and gives what it counts and what that takes.
func (r reader) read(b *testing.B, s sample) (int, usage) {
	b.Helper()
	out, u := run(b, r.call(s))
	n, err := r.count(out, s)
	if err != nil || n <= 0 || n != s.lines && r.name != "Quitus" {
		b.Fatalf("%s reads %d rows of %d in %s: %v", r.name, n, s.lines, s.path, err)
	}
	return n, u
}

// measured is what the readers took for one file; the program's comes first.
type measured struct {
	sample
	readers []string
	took    []usage
	records int // that the program takes in
}

// inTurns has each reader that can read a file three times, one after the other, and gives the medians.
func inTurns(b *testing.B, readers []reader, s sample) measured {
	b.Helper()
	const turns = 3
	m := measured{sample: s}
	var able []reader
	for _, r := range readers {
		if strings.Contains(" "+r.formats+" ", " "+s.format+" ") {
			able = append(able, r)
			m.readers = append(m.readers, r.name)
		}
	}
	all := make([][]usage, len(able))
	for range turns {
		for i, r := range able {
			n, u := r.read(b, s)
			if all[i] = append(all[i], u); i == 0 {
				m.records = n
			}
		}
	}
	for _, of := range all {
		m.took = append(m.took, middle(of))
	}
	return m
}

// rows are the lines of the table.
func (m measured) rows() [][]string {
	var out [][]string
	ours := m.took[0]
	for i, u := range m.took {
		row := []string{
			m.format, grouped(m.lines), m.readers[i], grouped(int(float64(m.lines) / u.wall.Seconds())),
			fmt.Sprintf("%.2f", u.wall.Seconds()), fmt.Sprintf("%.2f", u.cpu.Seconds()), fmt.Sprint(u.peak >> 20), "", "",
		}
		if i > 0 {
			row[7], row[8] = fmt.Sprintf("%.2f ×", u.wall.Seconds()/ours.wall.Seconds()), fmt.Sprintf("%.2f ×", u.cpu.Seconds()/ours.cpu.Seconds())
		}
		out = append(out, row)
	}
	return out
}

// memory tells how much the program takes for each record, above what it takes for hardly any; it is to be two kilobytes at most.
func (m measured) memory(b *testing.B, idle int64) string {
	each := (m.took[0].peak - idle) / int64(m.records)
	if each > 2000 {
		b.Errorf("%s: %d bytes for each of %d records", m.format, each, m.records)
	}
	return fmt.Sprintf("%s of %s rows: %d bytes of memory for each of the %s records that it takes in", m.format, grouped(m.lines), each, grouped(m.records))
}

// growth tells how much dearer a row of a longer file is; the cost is to be linear.
func growth(b *testing.B, short, long measured) string {
	cost := func(m measured) float64 { return m.took[0].cpu.Seconds() / float64(m.lines) }
	ratio := cost(long) / cost(short)
	if ratio > 1.5 {
		b.Errorf("%s: a row costs %.2f times as much at %d rows", long.format, ratio, long.lines)
	}
	return fmt.Sprintf("%s: a row at %s rows costs %.2f × as much as at %s", long.format, grouped(long.lines), ratio, grouped(short.lines))
}

// grouped writes a number with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// markdown writes a table whose columns are aligned, its first row being the titles.
func markdown(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			width[i] = max(width[i], len([]rune(c)))
		}
	}
	var out strings.Builder
	for n, row := range rows {
		for i, c := range row {
			pad := strings.Repeat(" ", width[i]-len([]rune(c)))
			if i == 0 || i == 2 {
				c += pad
			} else {
				c = pad + c
			}
			out.WriteString("| " + c + " ")
		}
		out.WriteString("|\n")
		if n == 0 {
			for i, w := range width {
				line := strings.Repeat("-", w+2)
				if i != 0 && i != 2 {
					line = line[1:] + ":"
				}
				out.WriteString("|" + line)
			}
			out.WriteString("|\n")
		}
	}
	return out.String()
}
