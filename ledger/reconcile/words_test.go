package reconcile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// readWords gives the facts that each of the engine's texts wants, by language. Package ledger does not know the package
// of words, so the files are read.
func readWords(t *testing.T) map[string]map[string][]string {
	t.Helper()
	fact := regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	out := map[string]map[string][]string{}
	for _, lang := range []string{"fr", "en"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "assets", "words", "reconcile."+lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		messages := map[string]json.RawMessage{}
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatal(err)
		}
		out[lang] = map[string][]string{}
		for key, m := range messages {
			out[lang][key] = []string{}
			for _, f := range fact.FindAllStringSubmatch(string(m), -1) {
				out[lang][key] = append(out[lang][key], f[1])
			}
		}
	}
	return out
}
