package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pkg is what the go command tells of a package.
type pkg struct {
	ImportPath, Dir, Doc, ForTest string
	GoFiles, Imports, Deps        []string
	Error                         *struct{ Err string }
}

const (
	fyne   = "fyne.io/fyne/v2"
	bbolt  = "go.etcd.io/bbolt"
	gofpdf = "github.com/jung-kurt/gofpdf"
)

// packages lists the packages of the program as built without a window.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-tags", "ci", "-json=ImportPath,Dir,Doc,GoFiles,Imports,Deps,Error", "./...")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); errors.Is(err, exec.ErrNotFound) {
		t.Skip("the go command is not there")
	} else if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	var all []pkg
	for d := json.NewDecoder(&out); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages found", len(all))
	}
	return all
}

// within says whether a package is one of some, or below them.
func within(path string, tops ...string) bool {
	return slices.ContainsFunc(tops, func(top string) bool { return path == top || strings.HasPrefix(path, top+"/") })
}

// rule says which packages of some may not import which.
type rule struct {
	who    []string // packages and those below
	except []string
	never  []string
	but    []string // may be imported all the same
	deep   bool     // not by way of others either
	why    string
}

var rules = []rule{
	{who: []string{"quitus"}, except: []string{"quitus/app"}, never: []string{fyne}, why: "only app knows Fyne"},
	{who: []string{"quitus/app/desk", "quitus/app/cli"}, never: []string{fyne}, deep: true, why: "the owner's acts and the command line need no display"},
	{who: []string{"quitus/ledger", "quitus/assets", "quitus/letters", "quitus/mail"}, never: []string{fyne}, deep: true, why: "only app knows Fyne"},
	{who: []string{"quitus"}, except: []string{"quitus/ledger/store"}, never: []string{bbolt}, why: "only the store knows bbolt"},
	{who: []string{"quitus"}, except: []string{"quitus/letters"}, never: []string{gofpdf}, why: "only letters write PDF"},
	{who: []string{"quitus/ledger"}, never: []string{"quitus/assets", "quitus/letters", "quitus/mail", "quitus/app"}, deep: true, why: "dependencies point down"},
	{who: []string{"quitus/assets/words"}, never: []string{"quitus"}, but: []string{"quitus/ledger"}, why: "words know the ledger only"},
	{who: []string{"quitus/letters", "quitus/mail"}, never: []string{"quitus/app"}, deep: true, why: "dependencies point down"},
	{who: []string{"quitus/assets"}, never: []string{"quitus/letters", "quitus/mail", "quitus/app"}, deep: true, why: "dependencies point down"},
	{who: []string{"quitus/app/desk"}, never: []string{"quitus/app"}, but: []string{"quitus/app/desk"}, why: "screens and the command line call the desk, never the other way"},
	{who: []string{"quitus/app/cli"}, never: []string{"quitus/app"}, but: []string{"quitus/app/desk", "quitus/app/cli"}, why: "a command is a screen without pixels: it calls the desk"},
}

// Of app, shared is what screens have in common, and whole what looks at the window with all its screens.
var (
	shared = []string{"quitus/app/desk", "quitus/app/dialogs", "quitus/app/kit", "quitus/app/look", "quitus/app/post", "quitus/app/run", "quitus/app/screen"}
	whole  = []string{"quitus/app/shot", "quitus/app/driven"}
)

func TestDirectionOfImports(t *testing.T) {
	for _, p := range packages(t) {
		for _, r := range rules {
			if !within(p.ImportPath, r.who...) || within(p.ImportPath, r.except...) {
				continue
			}
			imports := p.Imports
			if r.deep {
				imports = p.Deps
			}
			for _, i := range imports {
				if within(i, r.never...) && !slices.Contains(r.but, i) {
					t.Errorf("%s imports %s, but %s", p.ImportPath, i, r.why)
				}
			}
		}
		if within(p.ImportPath, "quitus/app") && !within(p.ImportPath, whole...) && p.ImportPath != "quitus/app" {
			for _, i := range p.Imports {
				if within(i, "quitus/app") && !within(i, shared...) && !within(i, p.ImportPath) {
					t.Errorf("%s imports %s, but a screen knows neither the others nor the window", p.ImportPath, i)
				}
			}
		}
		if p.ImportPath == "quitus/ledger" {
			for _, i := range p.Imports {
				if within(i, "quitus") {
					t.Errorf("%s imports %s, but the root of the ledger knows none of its parts", p.ImportPath, i)
				}
			}
		}
		if p.ImportPath == "quitus" && slices.ContainsFunc(p.Deps, func(d string) bool { return within(d, fyne) }) {
			t.Error("the program without a window needs Fyne")
		}
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

// clocks are the packages that may read the clock, and what for.
var clocks = map[string]string{
	"quitus":              "main.go has the program's clock and hands it down",
	"quitus/app/kit":      "time between presses of the pointer, and how long a wait has lasted",
	"quitus/ledger/store": "stamps entries where no clock is given, which the program always does",
}

func TestFiles(t *testing.T) {
	var withPDF []string
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			path := filepath.Join(p.Dir, name)
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Error(err)
				continue
			}
			for _, i := range f.Imports {
				to, _ := strconv.Unquote(i.Path.Value)
				if name == "model.go" && within(to, fyne) {
					t.Errorf("%s imports Fyne, but a screen's model needs no pixels", path)
				}
				if within(to, gofpdf) {
					withPDF = append(withPDF, path)
				}
			}
			if clocks[p.ImportPath] == "" {
				noClock(t, set, f)
			}
		}
	}
	if len(withPDF) > 1 {
		t.Errorf("gofpdf is known to more than one file: %v", withPDF)
	}
}

// noClock finds readings of the clock: the program has one, in main.go, and hands it down.
func noClock(t *testing.T, set *token.FileSet, f *ast.File) {
	t.Helper()
	ast.Inspect(f, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := s.X.(*ast.Ident)
		if ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
			t.Errorf("%s: time.%s, but the clock comes from main.go", set.Position(s.Pos()), s.Sel.Name)
		}
		return true
	})
}

// The files of the project hold for every machine, not only for the one at hand.
func TestNoPathOfOneMachine(t *testing.T) {
	var homes [][]byte
	if dir, err := os.Getwd(); err == nil && len(dir) > 1 {
		homes = append(homes, []byte(dir+"/"))
	}
	if dir, err := os.UserHomeDir(); err == nil && len(dir) > 1 {
		homes = append(homes, []byte(dir+"/"))
	}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "out", "dist", "failed"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".md", ".json", ".sh", ".toml", ".txt", ".mod", ".csv", ".yml", ""}, filepath.Ext(path)) || strings.HasPrefix(path, "quitus") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, h := range homes {
			if i := bytes.Index(data, h); i >= 0 {
				t.Errorf("%s:%d names a folder of one machine: %s", path, 1+bytes.Count(data[:i], []byte("\n")), h)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
