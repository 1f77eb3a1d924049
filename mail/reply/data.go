package reply

import (
	"strings"
	"sync"

	"quitus/assets/replies"
)

// sections reads a file of phrases: for each section, its lines.
func sections(name string) map[string][]string {
	text, ok := replies.Text(name)
	if !ok {
		panic("reply: there is no file " + name)
	}
	out := map[string][]string{}
	section := ""
	for l := range strings.SplitSeq(text, "\n") {
		l = strings.TrimSpace(l)
		switch {
		case l == "" || strings.HasPrefix(l, "# ") || l == "#":
		case strings.HasPrefix(l, "[") && strings.HasSuffix(l, "]"):
			section = l[1 : len(l)-1]
		default:
			out[section] = append(out[section], l)
		}
	}
	return out
}

var (
	quoting = sync.OnceValue(func() map[string][]string { return sections("quoting") })
	kinds   = sync.OnceValue(func() map[string][]string { return sections("kinds") })
)

// attributionLines are the lines above a quotation: how they begin, and with what they end.
type attributionLines struct {
	starts []string
	pairs  [][2]string
}

var attributions = sync.OnceValue(func() attributionLines {
	var out attributionLines
	for _, l := range quoting()["attribution"] {
		start, end, _ := strings.Cut(l, " … ")
		out.starts = append(out.starts, start+" ")
		out.pairs = append(out.pairs, [2]string{start, end})
	}
	return out
})
