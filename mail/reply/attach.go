package reply

import (
	"mime"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
)

// Attachment is a file that came with a message. Nothing opens it.
type Attachment struct {
	Name  string // fit for any file system: see [CleanName]
	Media string // what the sender says it is: "application/pdf"
	Size  int    // bytes, as a file
	// Inline: it belongs to the look of the message, as a logo does.
	Inline bool
	// Risky: programs of this kind of file can do harm when opened.
	Risky bool
}

// files finds the parts that are attachments, in their order.
func (w *walk) files(p *part) []*part {
	var out []*part
	shown := map[*part]bool{}
	for _, c := range texts(p) {
		for _, t := range c {
			shown[t] = true
		}
	}
	report := p.media == "multipart/report"
	p.each(func(c *part) {
		if shown[c] || report && (c == reportPart(p) || c == returnedPart(p)) || c == p && isText(c) || len(c.body) == 0 {
			return
		}
		out = append(out, c)
	})
	return out
}

func (w *walk) attachments(p *part) []Attachment {
	var out []Attachment
	for _, f := range w.files(p) {
		name := CleanName(nameOf(f))
		disposition, _ := withParams(f.header.get("content-disposition"))
		out = append(out, Attachment{Name: name, Media: clip(line(f.media), 100), Size: len(w.content(f, MaxSize)), Risky: risky(name),
			Inline: strings.HasPrefix(f.media, "image/") && disposition != "attachment" && (f.header.get("content-id") != "" || disposition == "inline")})
	}
	return out
}

// File gives the bytes of a message's attachment, counted from 0 as in [Message.Attachments]. Errors: those of [Read], and
// reply_attachment where there is none.
func File(raw []byte, n int) ([]byte, error) {
	p, w, err := open(raw)
	if err != nil {
		return nil, err
	}
	files := w.files(p)
	if n < 0 || n >= len(files) {
		return nil, ledger.Errorf("reply_attachment")
	}
	return slices.Clone(w.content(files[n], MaxSize)), nil
}

// nameOf gives the name that a part's header gives its file; for messages their subject.
func nameOf(p *part) string {
	_, params := withParams(p.header.get("content-disposition"))
	for _, s := range []string{params["filename"], p.params["name"]} {
		if s != "" {
			return decodeWords(s)
		}
	}
	if p.media == "message/rfc822" {
		h, _ := cutHeader(p.body)
		if s := line(decodeWords(h.get("subject"))); s != "" {
			return strings.NewReplacer("/", "-", `\`, "-").Replace(s) + ".eml"
		}
		return "message.eml"
	}
	return extensionOf(p.media)
}

// extensionOf gives an ending for files without name.
func extensionOf(media string) string {
	switch media {
	case "application/pdf":
		return "document.pdf"
	case "image/jpeg":
		return "image.jpg"
	case "text/plain":
		return "text.txt"
	case "text/html":
		return "page.html"
	case "text/calendar":
		return "calendar.ics"
	}
	if list, err := mime.ExtensionsByType(media); err == nil && len(list) > 0 {
		return "file" + list[0]
	}
	return "file"
}

// maxName bounds names of files, in bytes.
const maxName = 120

// CleanName makes a name of a file that does no harm: no path, no controls nor characters that turn or hide text, none that a file
// system forbids, no device of Windows, no blanks that push the ending out of sight, at most 120 bytes with its ending kept. It is never
// empty.
func CleanName(s string) string {
	s = line(s)
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r == utf8.RuneError || r == '\u2044' || r == '\u2215' || r == '\u29f8' || r == '\uff0f' {
			return '_'
		}
		if r == '\u2024' || r == '\uff0e' || r == '\u3002' { // dots that are none
			return '.'
		}
		return r
	}, s)
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " .")
	if s == "" {
		return "file"
	}
	if len(s) > maxName {
		ext := path.Ext(s)
		if len(ext) > 12 {
			ext = ""
		}
		s = strings.TrimRight(clip(strings.TrimSuffix(s, ext), maxName-len(ext)-len("…")), " .") + "…" + ext
	}
	if stem, _, _ := strings.Cut(strings.ToUpper(s), "."); devices[strings.TrimSpace(stem)] {
		s = "_" + s
	}
	return s
}

var devices = set("CON PRN AUX NUL COM0 COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9 LPT0 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9 COM¹ COM² COM³ LPT¹ LPT² LPT³ CONIN$ CONOUT$")

// harmful are the endings of files that run, hold macros, or are opened by a browser with all its rights.
var harmful = set(`exe com scr pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta msi msp mst cpl jar lnk url scf inf reg dll sys
	docm dotm xlsm xltm xlam pptm potm ppam sldm xll iqy slk iso img vhd vhdx udf one chm hlp gadget application appref-ms msix appx
	app command dmg pkg deb rpm sh run appimage desktop apk html htm xhtml shtml mht mhtml svg xml py pl rb php ade adp mde accdb mdb
	zip rar 7z ace arj cab gz tar tgz bz2 xz`)

func risky(name string) bool {
	return harmful[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}
