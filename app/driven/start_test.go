//go:build ci && driven

package driven

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/app/shot"
	"quitus/ledger"
)

const (
	manyInvoices = 100_000
	startRuns    = 9
	// mostMore is how much longer than a bare window Quitus may take on such a ledger.
	mostMore = 300 * time.Millisecond
)

// BenchmarkFirstScreen measures the time from the start of the process to the first full screen on a ledger
// of 100,000 invoices, in turns with a window that shows next to nothing. It gives the medians in ms.
func BenchmarkFirstScreen(b *testing.B) {
	program := theProgram(b)
	frame, err := openFrame(os.Getenv("QUITUS_SCREEN"))
	if err != nil {
		b.Fatal(err)
	}
	path, bare := manyLedger(b), buildBare(b)
	twin, _ := newTwin(b, copyOf(b, path), "light")
	wanted := nrgba(twin.Picture())
	ground := image.NewNRGBA(wanted.Rect)
	for i := 0; i < len(ground.Pix); i += 4 {
		copy(ground.Pix[i:], []byte{0x20, 0x90, 0x40, 0xff})
	}
	config := preferences(b, "light")
	start := &starter{b: b, frame: frame, env: environment(config)}
	quitus := func() time.Duration {
		return start.firstScreen(wanted, program, "--on", day.String(), "--lang", "fr", "--ledger", path)
	}
	other := func() time.Duration { return start.firstScreen(ground, bare) }
	if err := exec.Command("xdotool", "mousemove", "1279", "1023").Run(); err != nil {
		b.Fatal(err)
	}
	quitus() // what the first run alone has to do
	other()
	for b.Loop() {
		var ours, theirs []time.Duration
		for range startRuns {
			ours, theirs = append(ours, quitus()), append(theirs, other())
		}
		q, o := median(ours), median(theirs)
		b.ReportMetric(ms(q), "quitus-ms")
		b.ReportMetric(ms(o), "bare-ms")
		b.ReportMetric(ms(q-o), "more-ms")
		b.Logf("first full screen on %d invoices: %.0f ms; bare window: %.0f ms; %.0f ms more (medians of %d)", manyInvoices, ms(q), ms(o), ms(q-o), startRuns)
		b.Logf("ours: %v, theirs: %v", ours, theirs)
		if q-o > mostMore {
			b.Errorf("the first screen comes %v after that of a bare window", q-o)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// manyLedger makes a ledger of 100,000 invoices of 5,000 customers, one in ten of them open.
func manyLedger(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "many.quitus")
	d, err := desk.Open(path, clock, "test")
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Fill(context.Background(), func(d *ledger.Draft) error {
		for c := range manyInvoices / 20 {
			d.Put(&ledger.Customer{Ref: fmt.Sprintf("C%04d", c), Name: fmt.Sprintf("Client %04d", c), Type: ledger.CompanyCustomer, Country: "FR"})
		}
		for i := range manyInvoices {
			issued := day.Add(-(i*7)%700 - 1)
			total := ledger.Euros(int64(i*7919)%900_000 + 1000)
			inv := &ledger.Invoice{
				Customer: ledger.CustomerID(i%(manyInvoices/20) + 1), Number: fmt.Sprintf("F-%06d", i+1), Issued: issued, Due: issued.Add(30), Total: total,
			}
			if i%10 != 0 {
				inv.RegisterPaid, inv.RegisterDay = total.Minor, day
			}
			d.Put(inv)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	return path
}

// buildBare builds the window to compare with as Quitus itself is built.
func buildBare(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "bare")
	cmd := exec.Command("go", "build", "-tags", "migrated_fynedo", "-trimpath", "-buildvcs=false", "-o", path, "./bare")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// starter starts programs, one after the other.
type starter struct {
	b     *testing.B
	frame *frame
	env   []string
}

// firstScreen starts a program and gives the time until the display shows a picture; then it closes the
// program and waits for its end.
func (s *starter) firstScreen(want *image.NRGBA, program string, args ...string) time.Duration {
	s.b.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = s.env
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		s.b.Fatal(err)
	}
	for !s.shows(want) {
		if time.Since(began) > longest {
			if img, err := s.frame.picture(width, height); err == nil {
				_ = shot.Write(filepath.Join(pictures, "start_failed.png"), img)
				_ = shot.Write(filepath.Join(pictures, "start_wanted.png"), want)
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			s.b.Fatalf("%s did not show its first screen", filepath.Base(program))
		}
		time.Sleep(2 * time.Millisecond)
	}
	took := time.Since(began)
	x, err := dial()
	if err == nil {
		defer x.close()
		var out []byte
		out, err = exec.Command("xdotool", "search", "--all", "--onlyvisible", "--pid", strconv.Itoa(cmd.Process.Pid), "--name", "Quitus").Output()
		if err == nil {
			var n uint64
			if n, err = strconv.ParseUint(strings.TrimSpace(string(out)), 10, 32); err == nil {
				err = x.askToClose(uint32(n))
			}
		}
	}
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		s.b.Fatalf("%s: %v\n%s", filepath.Base(program), err, said.String())
	}
	return took
}

// shows compares every eighth row of the display, which takes less than a millisecond.
func (s *starter) shows(want *image.NRGBA) bool {
	const step = 8
	off := 0
	for y := step / 2; y < height; y += step {
		row, err := s.frame.row(y, width)
		if err != nil {
			s.b.Fatal(err)
		}
		off += unlikeRow(row, want, y)
		if off > int(alike*width*height/step) {
			return false
		}
	}
	return true
}
