package ledger

// Text is a text that comes with the program, as the owner edited it: a call guide in one language.
type Text struct {
	ID   TextID `json:"-"`
	Name string `json:"name"` // what it is of: "guide/late.fr"
	Body string `json:"body"`
}

func (r *Text) Kind() Kind          { return KindText }
func (r *Text) Key() uint32         { return uint32(r.ID) }
func (r *Text) setKey(k uint32)     { r.ID = TextID(k) }
func (r *Text) Personal() []*string { return nil }

// Text gives the owner's text of a name, or nil where it is as it comes with the program.
func (b *Book) Text(name string) *Text {
	for t := range b.Texts.All() {
		if t.Name == name {
			return t
		}
	}
	return nil
}
