package look

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// Every letter of every text for people must be in both faces: what is missing shows as a box.
func TestFacesHaveEveryLetter(t *testing.T) {
	files, err := filepath.Glob("../../assets/words/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts: ", err)
	}
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		face, err := sfnt.Parse(theme.DefaultTheme().Font(style).Content())
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts := map[string]any{}
			if err := json.Unmarshal(data, &texts); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for key, v := range texts {
				for _, r := range letters(v) {
					if i, err := face.GlyphIndex(&buf, r); err != nil || (i == 0 && r != '\n') {
						t.Errorf("%s: %s has %q, which the face (bold %v) has not", filepath.Base(name), key, r, style.Bold)
					}
				}
			}
		}
	}
}

func letters(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		all := ""
		for _, s := range v {
			all += letters(s)
		}
		return all
	}
	return ""
}
