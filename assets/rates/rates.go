// Package rates holds the reference rates that claims are computed from, as tables with a source for
// every value and the last day that each covers.
package rates

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"quitus/ledger"
	"quitus/ledger/claim"
)

//go:embed *.csv
var files embed.FS

var builtIn = sync.OnceValue(func() claim.Rates {
	return claim.Rates{
		MRO: table(claim.TableMRO), FrLegal: table(claim.TableFrLegal),
		BeCommercial: table(claim.TableBeCommercial), BeLegal: table(claim.TableBeLegal), LuConsumer: table(claim.TableLuConsumer),
	}
})

// BuiltIn gives the tables that come with the program. They are shared and must not be modified.
func BuiltIn() claim.Rates { return builtIn() }

// table reads a table that is part of the program: a mistake in it panics, and the tests find it first.
func table(name claim.TableName) claim.Table {
	data, err := files.ReadFile(string(name) + ".csv")
	if err != nil {
		panic(err)
	}
	t, err := Parse(data)
	if err != nil {
		panic(fmt.Sprintf("rates: %s: %v", name, err))
	}
	return t
}

// Parse reads a table: comment lines "# …", of which "# covered,YYYY-MM-DD" gives the last day covered,
// a header line, and rows of day, percent a year, status and source, in order of day. The status is "confirmed",
// "unconfirmed" or, of a rate that was not found and is empty, "unknown". The error's code is "rate_table_invalid" with the fact line.
func Parse(data []byte) (claim.Table, error) {
	var t claim.Table
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		bad := func(err error) (claim.Table, error) {
			return claim.Table{}, ledger.Errorf("rate_table_invalid", "line", n, "value", line, "cause", err)
		}
		if day, ok := strings.CutPrefix(line, "# covered,"); ok {
			covered, err := ledger.ParseDate(day)
			if err != nil {
				return bad(err)
			}
			t.Covered = covered
			continue
		}
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "day,") || line == "" {
			continue
		}
		p, err := point(line)
		if err != nil {
			return bad(err)
		}
		if k := len(t.Points); k > 0 && p.Day <= t.Points[k-1].Day {
			return bad(fmt.Errorf("days must rise"))
		}
		t.Points = append(t.Points, p)
	}
	return t, lines.Err()
}

func point(line string) (claim.Point, error) {
	fields, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil {
		return claim.Point{}, err
	}
	if len(fields) != 4 || fields[3] == "" {
		return claim.Point{}, fmt.Errorf("a row has day, rate, status and source")
	}
	day, err := ledger.ParseDate(fields[0])
	if err != nil {
		return claim.Point{}, err
	}
	p := claim.Point{Day: day, Source: fields[3], Unconfirmed: fields[2] == "unconfirmed", Unknown: fields[2] == "unknown"}
	if p.Unknown && fields[1] == "" {
		return p, nil
	}
	if p.Rate, err = claim.ParseRate(fields[1]); err != nil {
		return claim.Point{}, err
	}
	if fields[2] != "confirmed" && fields[2] != "unconfirmed" {
		return claim.Point{}, fmt.Errorf("unknown status %q", fields[2])
	}
	return p, nil
}
