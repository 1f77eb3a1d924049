package cli

import (
	"bytes"
	"encoding/json"
	"strconv"

	"quitus/ledger"
)

type errorDoc struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// writeJSON writes the one document of a call.
func (p *program) writeJSON(doc any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(doc); err != nil {
		return err
	}
	_, err := p.env.Out.Write(b.Bytes())
	return err
}

// list makes an empty list of no list: programs are spared the null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// day is a date, null where there is none.
type day ledger.Date

// MarshalJSON writes YYYY-MM-DD or null.
func (d day) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, ledger.Date(d).String()), nil
}
