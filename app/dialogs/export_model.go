package dialogs

import (
	"path/filepath"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// exportDesk is what exporting needs of the desk.
type exportDesk interface {
	Today() ledger.Date
	Export(path string, e desk.Export, w *words.Words) error
}

// exportModel is an export that is being chosen.
type exportModel struct {
	desk   exportDesk
	w      *words.Words
	What   exports.What // everything where empty
	Ending string       // of the file's name
	On     ledger.Date  // the closing date
}

// Endings of the names of files.
const (
	workbookEnding = ".xlsx"
	csvEnding      = ".csv"
)

// newExportModel begins with everything as of today.
func newExportModel(d exportDesk, w *words.Words) *exportModel {
	return &exportModel{desk: d, w: w, Ending: workbookEnding, On: d.Today()}
}

// key is the ending of keys about what is chosen.
func (m *exportModel) key() string {
	if m.What == "" {
		return "all"
	}
	return string(m.What)
}

func (m *exportModel) whats() []choice {
	out := []choice{{"", m.w.T("dialogs.export.what.all")}}
	for _, what := range []exports.What{exports.OpenItems, exports.Doubtful, exports.Payments} {
		out = append(out, choice{string(what), m.w.T("dialogs.export.what." + string(what))})
	}
	return out
}

// choose takes what is to be exported. Only a workbook holds everything.
func (m *exportModel) choose(what string) {
	if m.What = exports.What(what); m.What == "" {
		m.Ending = workbookEnding
	}
}

// formats are those that there are of what is chosen.
func (m *exportModel) formats() []choice {
	out := []choice{{workbookEnding, m.w.T("dialogs.export.workbook")}}
	if m.What != "" {
		out = append(out, choice{csvEnding, m.w.T("dialogs.export.csv")})
	}
	return out
}

// explanation says what is chosen, and what it is good for.
func (m *exportModel) explanation() string { return m.w.T("dialogs.export.about." + m.key()) }

// checkDay gives the sentence for a day that has not come yet: what will have been paid by then is not known.
func (m *exportModel) checkDay(on ledger.Date) string {
	if on > m.desk.Today() {
		return m.w.T("dialogs.export.future")
	}
	return ""
}

// name is proposed for the file.
func (m *exportModel) name() string {
	return m.w.T("dialogs.export.name."+m.key(), "day", m.On.String()) + m.Ending
}

// path gives the name that was chosen with its ending, and whether the ending was missing.
func (m *exportModel) path(chosen string) (path string, completed bool) {
	if strings.EqualFold(filepath.Ext(chosen), m.Ending) {
		return chosen, false
	}
	return chosen + m.Ending, true
}

// writing gives what writes the file as it is chosen now; it may run beside the window.
func (m *exportModel) writing(path string) func() error {
	e := desk.Export{What: m.What, On: m.On}
	return func() error { return m.desk.Export(path, e, m.w) }
}
