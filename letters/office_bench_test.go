//go:build bench

package letters

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file has LibreOffice merge the letters of the benchmarks without a window, as an office would: a template with fields, a table
// with a row a letter, its own mail merge to PDF. It can merge neither codes nor copies of invoices: its letters have the table and, behind
// each, a page with the invoice's text.

// officePiece is a text of a letter at a place of the template; its style is one of those in officeStyles or officeTags.
type officePiece struct{ style, text string }

// officeStyles are the template's paragraphs, by the sheet's measures.
const officeStyles = `
<style:style style:name="name" style:family="paragraph"><style:text-properties fo:font-size="11.5pt" fo:font-weight="bold"/></style:style>
<style:style style:name="small" style:family="paragraph"><style:text-properties fo:font-size="8.5pt"/></style:style>
<style:style style:name="beside" style:family="paragraph"><style:paragraph-properties fo:margin-left="93mm"/></style:style>
<style:style style:name="subject" style:family="paragraph"><style:paragraph-properties fo:margin-top="8mm" fo:margin-bottom="3mm"/><style:text-properties fo:font-size="10.5pt" fo:font-weight="bold"/></style:style>
<style:style style:name="text" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="3.6mm"/></style:style>
<style:style style:name="cell" style:family="paragraph"><style:text-properties fo:font-size="9.5pt"/></style:style>
<style:style style:name="right" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="9.5pt"/></style:style>
<style:style style:name="frame" style:family="paragraph"><style:paragraph-properties fo:border="0.2mm solid #b4b4b4" fo:padding="2mm" fo:margin-top="3mm" fo:margin-bottom="3mm"/><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="foot" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="7.5pt"/></style:style>
<style:style style:name="invoice" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="row" style:family="table-cell"><style:table-cell-properties fo:border-bottom="0.12mm solid #b4b4b4"/></style:style>`

const officeDocument = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="sans" svg:font-family="'Liberation Sans'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="sans" fo:font-size="10pt"/></style:default-style></office:styles>
<office:automatic-styles>%s<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-left="20mm" fo:margin-right="20mm" fo:margin-top="14mm" fo:margin-bottom="14mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"/></office:master-styles>
<office:body><office:text>%s</office:text></office:body></office:document>`

// officeTags is what stands around a piece; what is not listed is a paragraph of its own.
var officeTags = map[string][2]string{
	"p": {`<text:p text:style-name="text">`, ""}, "/p": {"", `</text:p>`},
	"plain": {}, "bold": {`<text:span text:style-name="bold">`, `</text:span>`},
	"table": {`<table:table table:name="Invoices"><table:table-column table:number-columns-repeated="`, `"/>`}, "/table": {"", `</table:table>`},
	"tr": {`<table:table-row>`, ""}, "/tr": {"", `</table:table-row>`},
	"cell":   {`<table:table-cell table:style-name="row" office:value-type="string"><text:p text:style-name="cell">`, `</text:p></table:table-cell>`},
	"number": {`<table:table-cell table:style-name="row" office:value-type="string"><text:p text:style-name="right">`, `</text:p></table:table-cell>`},
}

// officePieces are a letter's texts in order.
func officePieces(l *Letter) []officePiece {
	list := []officePiece{{"name", l.Sender.Name}}
	put := func(style string, texts ...string) {
		for _, t := range texts {
			list = append(list, officePiece{style, t})
		}
	}
	put("small", append(slices.Clone(l.Sender.Lines), l.References...)...)
	put("beside", append(slices.Clone(l.Recipient), l.Place)...)
	put("subject", l.Subject)
	for _, b := range l.Body {
		switch {
		case b.Paragraph != nil:
			put("p", "")
			for _, r := range b.Paragraph {
				put([]string{"plain", "bold"}[weight(r.Bold)], r.Text)
			}
			put("/p", "")
		case b.Table != nil:
			put("table", fmt.Sprint(len(b.Table.Head)))
			for _, row := range append([][]string{b.Table.Head}, b.Table.Rows...) {
				put("tr", "")
				for k, cell := range row {
					put([]string{"cell", "number"}[weight(b.Table.Right[k])], cell)
				}
				put("/tr", "")
			}
			put("/table", "")
			put("right", strings.Join(b.Table.Total, " "))
		case b.Bank != nil:
			var all []string
			for _, f := range b.Bank.Fields {
				all = append(all, f[0]+" "+f[1])
			}
			put("frame", strings.Join(all, "   "))
		}
	}
	put("beside", l.Signature...)
	put("foot", l.Legal...)
	put("invoice", "Facture "+l.Body[tableOf(l)].Table.Rows[0][0]+", page 1")
	return list
}

// officeText writes the template: what is the same in all letters as it is, the rest as fields. Data are the fields' values, a row a
// letter, under their names.
func officeText(letters []*Letter) (body string, data [][]string) {
	all := make([][]officePiece, len(letters))
	for i, l := range letters {
		all[i] = officePieces(l)
	}
	data = make([][]string, len(letters)+1)
	var b strings.Builder
	for k, p := range all[0] {
		text := escaped(p.text)
		if slices.ContainsFunc(all, func(l []officePiece) bool { return l[k].text != p.text }) {
			name := fmt.Sprintf("f%d", len(data[0]))
			data[0] = append(data[0], name)
			for i := range all {
				data[i+1] = append(data[i+1], all[i][k].text)
			}
			text = fmt.Sprintf(`<text:database-display text:table-name="Data" text:table-type="table" text:column-name="%s" text:database-name="letters"/>`, name)
		}
		tags, ok := officeTags[p.style]
		if !ok {
			tags = [2]string{`<text:p text:style-name="` + p.style + `">`, `</text:p>`}
		}
		b.WriteString(tags[0] + text + tags[1])
	}
	return b.String(), data
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// officeTable writes the data as a document with one table, which LibreOffice takes for a data source without any more packages.
func officeTable(data [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table:table table:name="Data"><table:table-column table:number-columns-repeated="%d"/>`, len(data[0]))
	for _, row := range data {
		b.WriteString("<table:table-row>")
		for _, cell := range row {
			b.WriteString(`<table:table-cell office:value-type="string"><text:p>` + escaped(cell) + `</text:p></table:table-cell>`)
		}
		b.WriteString("</table:table-row>")
	}
	return b.String() + "</table:table>"
}

// officeMacro registers the data and merges; %[1]s is the folder's address, %[2]s whether all goes into one file.
const officeMacro = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Merge" script:language="StarBasic">
Sub Main
 On Error Goto failed
 context = createUnoService("com.sun.star.sdb.DatabaseContext")
 source = context.createInstance()
 source.URL = "sdbc:writer:%[1]s/data.odt"
 job = createUnoService("com.sun.star.text.MailMerge")
 job.DataSourceName = "letters"
 job.CommandType = 0
 job.Command = "Data"
 rows = createUnoService("com.sun.star.sdb.RowSet")
 rows.ActiveConnection = source.getConnection("", "")
 rows.CommandType = 0
 rows.Command = "Data"
 rows.execute()
 job.ActiveConnection = rows.ActiveConnection
 job.ResultSet = rows
 job.DocumentURL = "%[1]s/template.odt"
 job.OutputType = 2
 job.OutputURL = "%[1]s/out"
 job.FileNamePrefix = "letter"
 job.SaveFilter = "writer_pdf_Export"
 job.SaveAsSingleFile = %[2]s
 job.execute(Array())
 StarDesktop.terminate()
 Exit Sub
failed:
 f = FreeFile
 Open ConvertFromURL("%[1]s/error") For Output As #f
 Print #f, Err &amp; " " &amp; Error &amp; " " &amp; Erl
 Close #f
 StarDesktop.terminate()
End Sub
</script:module>`

const officeLibrary = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Merge"/></library:library>`

const officeLibraries = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>`

// office is LibreOffice with a profile of its own, which its first run makes.
type office struct{ program, dir string }

func newOffice(b *testing.B, program string) *office { return &office{program, b.TempDir()} }

func (o *office) address() string { return "file://" + filepath.ToSlash(o.dir) }

// officeTime is how long LibreOffice may take for one job.
const officeTime = 10 * time.Minute

func (o *office) run(args ...string) error {
	limited, cancel := context.WithTimeout(context.Background(), officeTime)
	defer cancel()
	args = append([]string{"-env:UserInstallation=" + o.address() + "/profile", "--headless", "--norestore"}, args...)
	if out, err := exec.CommandContext(limited, o.program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

func (o *office) write(b *testing.B, name, content string) string {
	b.Helper()
	path := filepath.Join(o.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// toODT makes documents that LibreOffice reads fastest.
func (o *office) toODT(b *testing.B, paths ...string) {
	b.Helper()
	if err := o.run(append([]string{"--convert-to", "odt", "--outdir", o.dir}, paths...)...); err != nil {
		b.Fatal(err)
	}
}

// pages counts the pages that were made, and takes their files away.
func (o *office) pages(b *testing.B) int {
	b.Helper()
	made, err := filepath.Glob(filepath.Join(o.dir, "out", "*.pdf"))
	pages := 0
	for _, name := range made {
		content, more := os.ReadFile(name)
		err = errors.Join(err, more, os.Remove(name))
		pages += bytes.Count(content, []byte("/Type/Page/"))
	}
	if err != nil {
		b.Fatal(err)
	}
	return pages
}

// merge merges letters into one file or one each, and gives how long it took, its start included. Why is what LibreOffice says
// when it cannot.
func (o *office) merge(b *testing.B, letters []*Letter, single bool) (took time.Duration, pages int, why string) {
	b.Helper()
	body, data := officeText(letters)
	o.toODT(b, o.write(b, "template.fodt", fmt.Sprintf(officeDocument, officeStyles, body)),
		o.write(b, "data.fodt", fmt.Sprintf(officeDocument, "", officeTable(data))))
	o.write(b, "out/.keep", "")
	o.write(b, "profile/user/basic/script.xlc", officeLibraries)
	o.write(b, "profile/user/basic/Standard/script.xlb", officeLibrary)
	o.write(b, "profile/user/basic/Standard/Merge.xba", fmt.Sprintf(officeMacro, o.address(), map[bool]string{true: "True", false: "False"}[single]))
	start := time.Now()
	_ = o.run("macro:///Standard.Merge.Main") // ended by the macro, it may say that it failed: the pages tell
	took = time.Since(start)
	if cause, err := os.ReadFile(filepath.Join(o.dir, "error")); err == nil {
		return 0, 0, strings.Join(strings.Fields(string(cause)), " ")
	}
	return took, o.pages(b), ""
}

// convert makes PDF files of letters that are documents already, one each.
func (o *office) convert(b *testing.B, letters []*Letter) (took time.Duration, pages int) {
	b.Helper()
	var flat, odt []string
	for i := range letters {
		body, _ := officeText(letters[i : i+1])
		flat = append(flat, o.write(b, fmt.Sprintf("%d.fodt", i), fmt.Sprintf(officeDocument, officeStyles, body)))
		odt = append(odt, filepath.Join(o.dir, fmt.Sprintf("%d.odt", i)))
	}
	o.toODT(b, flat...)
	start := time.Now()
	if err := o.run(append([]string{"--convert-to", "pdf", "--outdir", filepath.Join(o.dir, "out")}, odt...)...); err != nil {
		b.Fatal(err)
	}
	took = time.Since(start)
	return took, o.pages(b)
}

// tableOf gives the place of a letter's table in its body.
func tableOf(l *Letter) int {
	return slices.IndexFunc(l.Body, func(b Block) bool { return b.Table != nil })
}
