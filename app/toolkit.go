package app

import (
	"encoding/json"
	"log/slog"

	"fyne.io/fyne/v2/lang"

	"quitus/assets/words"
)

// toolkitTexts are the texts that the toolkit shows itself, in its file dialogs and the menus of its fields,
// with our keys for them.
var toolkitTexts = map[string]string{
	"(Parent)": "toolkit.parent", "Cancel": "toolkit.cancel", "Confirm": "toolkit.confirm", "Copy": "toolkit.copy",
	"Create Folder": "toolkit.create_folder", "Cut": "toolkit.cut", "Enter filename": "toolkit.filename", "Error": "toolkit.error",
	"File": "toolkit.file", "Folder": "toolkit.folder", "New Folder": "toolkit.new_folder", "No": "toolkit.no", "OK": "toolkit.ok",
	"Open": "toolkit.open", "Paste": "toolkit.paste", "Redo": "toolkit.redo", "Save": "toolkit.save", "Select all": "toolkit.select_all",
	"Show Hidden Files": "toolkit.hidden", "Undo": "toolkit.undo", "Yes": "toolkit.yes",
	"file.name": "toolkit.name", "file.parent": "toolkit.parent",
}

// speak has the toolkit speak the owner's language. It knows that of the system only, so the texts are
// given to it as if they were the system's.
func speak(w *words.Words) {
	texts := map[string]string{}
	for theirs, ours := range toolkitTexts {
		texts[theirs] = w.T(ours)
	}
	data, err := json.Marshal(texts)
	if err == nil {
		err = lang.AddTranslationsForLocale(data, lang.SystemLocale())
	}
	if err != nil {
		slog.Warn("the toolkit keeps its language", "error", err)
	}
}
