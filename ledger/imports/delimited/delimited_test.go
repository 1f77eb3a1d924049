package delimited

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

func read(data []byte, limits Limits) (*Text, *grid.Grid, error) {
	t, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, nil, err
	}
	g, err := t.Read(context.Background(), 0, 0)
	return t, g, err
}

// dump writes a grid as one line a record, "2:A=text C=text", with the line of the file behind a slash where it differs.
func dump(g *grid.Grid) string {
	var lines []string
	for i := range g.Len() {
		r := g.Row(i)
		var cells []string
		for _, c := range g.Cells(r) {
			cells = append(cells, grid.Letters(int(c.Col))+"="+g.String(c))
		}
		at := fmt.Sprint(r.Line)
		if p := g.Physical(int(r.Line)); p != int(r.Line) {
			at += fmt.Sprintf("/%d", p)
		}
		lines = append(lines, at+":"+strings.Join(cells, " "))
	}
	return strings.Join(lines, "|")
}

func TestRecords(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"plain", "a;b\n1;2\n", "1:A=a B=b|2:A=1 B=2"},
		{"no end", "a;b\n1;2", "1:A=a B=b|2:A=1 B=2"},
		{"pairs", "a;b\r\n1;2\r\n", "1:A=a B=b|2:A=1 B=2"},
		{"returns", "a;b\r1;2\r", "1:A=a B=b|2:A=1 B=2"},
		{"blank lines", "a;b\n\n1;2\n;;\n \n3;4", "1:A=a B=b|3:A=1 B=2|6:A=3 B=4"},
		{"blank cells", "a;b;c\n; ;\u00a0\n1; \u00a0;3\n", "1:A=a B=b C=c|3:A=1 C=3"},
		{"quotes", "a;b\n\"x;y\";\"say \"\"hi\"\"\"\n\"\";z\n", "1:A=a B=b|2:A=x;y B=say \"hi\"|3:B=z"},
		{"lines in cells", "a;b\n\"x\ny\nz\";1\n2;3\n\"p\r\nq\";\"r\rs\"\n4;5\n", "1:A=a B=b|2:A=x\ny\nz B=1|3/5:A=2 B=3|4/6:A=p\r\nq B=r\rs|5/9:A=4 B=5"},
		{"comma", "a,b\n\"1,5\",2\n\"2,5\",3\n", "1:A=a B=b|2:A=1,5 B=2|3:A=2,5 B=3"},
		{"tab", "a\tb\n1\t2;3\n", "1:A=a B=b|2:A=1 B=2;3"},
		{"bar", "a|b|\n1|2|\n", "1:A=a B=b|2:A=1 B=2"},
		{"decimals are no columns", "date;montant\n01/02/2026;12,50\n02/02/2026;13,75\n", "1:A=date B=montant|2:A=01/02/2026 B=12,50|3:A=02/02/2026 B=13,75"},
		{"preamble", "Liste, des, factures, dues\n\na;b;c\n1;2;3\n4;5;6\n", "1:A=Liste, des, factures, dues|3:A=a B=b C=c|4:A=1 B=2 C=3|5:A=4 B=5 C=6"},
		{"declared", "sep=,\na;b,c\n1,2\n", "1:A=sep=|2:A=a;b B=c|3:A=1 B=2"},
		{"one column", "a\nb\n", "1:A=a|2:A=b"},
		{"formula as text", "a;b\n=\"0201\";\"=\"\"007\"\"\"\n=1+1;=\"x;y\"\n", "1:A=a B=b|2:A=0201 B=007|3:A==1+1 B=x;y"},
		{"guarded from spreadsheets", "a;b;c\n'=1+1;'-12,50;\"'@x \"\"y\"\"\"\n'+33 6;'\uff0dx;''=x\n't Hof;';'', z\n\"'\n2\";'\t;1\n",
			"1:A=a B=b C=c|2:A==1+1 B=-12,50 C=@x \"y\"|3:A=+33 6 B=\uff0dx C='=x|4:A='t Hof B=' C='', z|5:A=\n2 C=1"},
		{"spaces around quotes", "a;b\n \"x\" ; \"y;z\" \n", "1:A=a B=b|2:A=x B=y;z"},
		{"quote within", "a;b\nSOCIÉTÉ \"LE CHAI\";1\n\"SOCIÉTÉ \"LE CHAI\" & FILS\";2\n", "1:A=a B=b|2:A=SOCIÉTÉ \"LE CHAI\" B=1|3:A=SOCIÉTÉ \"LE CHAI\" & FILS B=2"},
		{"quote never closed", "a;b\n\"12 rue;1\n3;4\n", "1:A=a B=b|2:A=\"12 rue B=1|3:A=3 B=4"},
		{"quote closed by the next", "a;b\n\"12 rue;1\n\"3\";4\n", "1:A=a B=b|2:A=\"12 rue B=1|3:A=3 B=4"},
		{"inches", "a;b\n5\" tube;1\n6\" tube;2\n", "1:A=a B=b|2:A=5\" tube B=1|3:A=6\" tube B=2"},
		{"return in a cell", "a;b;c\r\n1;x\ry;2\r\n3;4;5\r\n6;7;8\r\n9;9;9\r\n", "1:A=a B=b C=c|2:A=1 B=x\ry C=2|3/4:A=3 B=4 C=5|4/5:A=6 B=7 C=8|5/6:A=9 B=9 C=9"},
		{"feed in a cell", "a;b;c\r\n1;x\ny;2\r\n3;4;5\r\n6;7;8\r\n9;9;9\r\n", "1:A=a B=b C=c|2:A=1 B=x\ny C=2|3/4:A=3 B=4 C=5|4/5:A=6 B=7 C=8|5/6:A=9 B=9 C=9"},
		{"records in quotes", "a,b,c\n\"1,\"\"DUPONT, FILS\"\",3\"\n4,5,6\n\"7,8,9\"\n\"Titre, long\"\n", "1:A=a B=b C=c|2:A=1 B=DUPONT, FILS C=3|3:A=4 B=5 C=6|4:A=7 B=8 C=9|5:A=Titre, long"},
		{"all records in quotes", "\"a;b;c\"\r\n\"1;DUPONT;2,50\"\r\n\"3;\"\"x\r\ny\"\";4,50\"\r\n", "1:A=a B=b C=c|2:A=1 B=DUPONT C=2,50|3:A=3 B=x\r\ny C=4,50"},
		{"end of DOS", "a;b\r\n1;2\r\n\x1a", "1:A=a B=b|2:A=1 B=2"},
		{"windows", "Num\xe9ro;\xc9ch\xe9ance\n1;2\n", "1:A=Numéro B=Échéance|2:A=1 B=2"},
		{"DOS", "Num\x82ro;\x90ch\x82ance;R\x82gl\x82\n1;2;3\n", "1:A=Numéro B=Échéance C=Réglé|2:A=1 B=2 C=3"},
		{"Unicode", "\xff\xfea\x00\t\x00b\x00\n\x001\x00\t\x00\xe9\x00", "1:A=a B=b|2:A=1 B=é"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, g, err := read([]byte(c.data), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if got := dump(g); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// Where a cell is cut by the border of what is read at once makes no difference.
func TestBorders(t *testing.T) {
	data := "num;client;\"adresse\"\r\n" + strings.Repeat("1;\"DUPONT \"\"FILS\"\"\";\"12 rue\r\n75000 PARIS\"\r\n2;X;\r\n", 3)
	h := guess([]byte(data), true)
	var whole, slow []string
	keep := func(to *[]string) func(int, int, []byte) error {
		return func(line, col int, text []byte) error {
			*to = append(*to, fmt.Sprint(line, col, string(text)))
			return nil
		}
	}
	run := func(r io.Reader, to *[]string) {
		for s := newScanner(r, h, keep(to)); ; {
			more, err := s.record()
			if err != nil {
				t.Fatal(err)
			}
			if !more {
				return
			}
		}
	}
	run(strings.NewReader(data), &whole)
	run(iotest.OneByteReader(strings.NewReader(data)), &slow)
	if strings.Join(whole, "|") != strings.Join(slow, "|") || len(whole) != 21 {
		t.Errorf("%q\n%q", whole, slow)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, data string
		limits     Limits
		what       string
	}{
		{"records", strings.Repeat("a;b\n", 9), Limits{Records: 8}, "rows"},
		{"cells", strings.Repeat("a;b\n", 9), Limits{Cells: 17}, "cells"},
		{"text", strings.Repeat("abc;def\n", 9), Limits{Text: 50}, "text"},
		{"cell", "a;b\n" + strings.Repeat("x", maxCell+1) + ";1\n", Limits{}, "cell"},
		{"quoted cell", "a;b\n\"" + strings.Repeat("x", maxCell+1) + "\";1\n", Limits{}, "cell"},
		{"fields", "a;b\n" + strings.Repeat(";", maxFields+1), Limits{}, "columns"},
		{"record", "a;b\n" + strings.Repeat(strings.Repeat("x", 1000)+";", maxRecord/1000+200), Limits{}, "record"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read([]byte(c.data), c.limits)
			var known *ledger.Error
			if ledger.CodeOf(err) != "too_large" {
				t.Fatal(err)
			}
			known = err.(*ledger.Error)
			if known.Args["what"] != c.what {
				t.Errorf("%v, want %s", known.Args, c.what)
			}
		})
	}
}

// Quotes that nothing closes must not make the reader look at the same bytes again and again.
func TestQuotesAreCheap(t *testing.T) {
	for _, piece := range []string{"\"a\n", "\"\"\"\"\"\n", "\"a\"\";\"\"", "\"a\";\"b\nc\"x;", "a;\"" + strings.Repeat("x", 1000) + "\n", "\"\";\"\"\"\n"} {
		data := []byte(strings.Repeat(piece, (2<<20)/len(piece)))
		start := time.Now()
		if _, _, err := read(data, Limits{}); err != nil && ledger.CodeOf(err) != "too_large" {
			t.Error(err)
		}
		took := time.Since(start)
		t.Log(took)
		if took > 5*time.Second {
			t.Errorf("%q: %v", piece[:min(len(piece), 20)], took)
		}
	}
}

func TestCancelAndProgress(t *testing.T) {
	data := []byte(strings.Repeat("abc;def;12,50\n", 500_000))
	ctx, cancel := context.WithCancel(context.Background())
	f, err := Open(ctx, bytes.NewReader(data), int64(len(data)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	f.OnProgress(func(done, total int64) {
		if calls++; done > total || total != int64(len(data)) {
			t.Error(done, total)
		}
		cancel()
	})
	if _, err := f.Read(ctx, 0, 0); err != context.Canceled || calls != 1 {
		t.Error(err, calls)
	}
	if g, err := f.Read(context.Background(), 0, 12); err != nil || g.Len() != 12 {
		t.Error(g.Len(), err)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"a;b\n\"1\n2\";\"x\"\"y\"\n", "sep=|\r\na|b\r\n", "=\"01\",\"=\"\"02\"\"\"\r1,2", "\xff\xfea\x00;\x00", "\"a;b\n\"c\"d;e\n", "\xe9;\x82\n\"", "\ufeffa\tb\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, g, err := read(data, Limits{Cells: 100_000, Records: 100_000})
		if err != nil {
			if ledger.CodeOf(err) != "too_large" {
				t.Error(err)
			}
			return
		}
		last := int32(0)
		for i := range g.Len() {
			r := g.Row(i)
			if r.Line <= last || g.Physical(int(r.Line)) < int(r.Line) {
				t.Errorf("line %d after %d", r.Line, last)
			}
			last = r.Line
			for _, c := range g.Cells(r) {
				if n := len(g.Bytes(c)); n == 0 || n > maxCell {
					t.Errorf("a cell of %d bytes", n)
				}
			}
		}
	})
}

// The separator shows even where there is little to see, or much that misleads.
func TestSeparators(t *testing.T) {
	for _, c := range []struct {
		data string
		want byte
	}{
		{"N°;Client;Date;TTC\nF1;DUPONT;15/01/2026;1200,50\n", ';'},
		{"N°,Client,Date,TTC\nF1,DUPONT; FILS,15/01/2026,\"1 200,50\"\nF2,\"A; B; C\",16/01/2026,\"12,00\"\n", ','},
		{"N°\tClient\tDate\tTTC\nF1\tDUPONT, FILS; ET CIE\t15/01/2026\t1200,50\n", '\t'},
		{"N°|Client|TTC\nF1|DUPONT, FILS|1200,50\nF2|MARTIN|12,00\n", '|'},
		{"Société X, 12 rue Y, 75000 Paris\nListe des factures, au 12/11/2026, par client, par date\nTotal, hors taxes, en euros\n\nN°;Client;TTC\nF1;DUPONT;1200,50\nF2;MARTIN;12,00\n", ';'},
		{"N°;Client;HT;TVA;TTC\n" + strings.Repeat("F1;DUPONT;1 000,00;200,00;1 200,00\n", 5), ';'},
		{"N°,Client,HT,TVA,TTC\n" + strings.Repeat("F1,DUPONT,1000.00,200.00,1200.00\n", 5), ','},
		{"Client;;;\nDUPONT;;;\n;F1;15/01/2026;1200,50\n;F2;16/01/2026;1,50\n", ';'},
		{"a;b;c;d;e;f\n" + strings.Repeat("1,5;2,5;3,5;4,5;5,5;6,5\n", 9), ';'},
		{"Facture\nF1\nF2\n", 0},
		{"sep=|\na;b|c\n", '|'},
	} {
		if got := guess([]byte(c.data), true).separator; got != c.want {
			t.Errorf("%q: %q, want %q", c.data, got, c.want)
		}
	}
}
