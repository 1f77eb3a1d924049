package box

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quitus/ledger"
)

// patience is how long tests wait for a server that says nothing.
const patience = 2 * time.Second

// scanned scans a fake server's inbox from the beginning.
func scanned(t *testing.T, f *fake) (found, Position, error) {
	t.Helper()
	server, access := f.start(t)
	var got found
	at, err := open(t, server, access).Scan(t.Context(), "INBOX", Position{}, got.scanning())
	return got, at, err
}

// one makes a hook for the message with a number: for its head, or for all of it.
func one(uid uint32, whole bool, answer func(c *fakeConn, tag, line string) bool) func(*fakeConn, string, string) bool {
	return func(c *fakeConn, tag, line string) bool {
		m := fetching.FindStringSubmatch(line)
		if m == nil || whole == strings.Contains(line, "HEADER") || !inSet(m[2], uid) {
			return false
		}
		return answer(c, tag, line)
	}
}

// Whatever a server says about one message, the others are read, and that one is told.
func TestOneBadMessage(t *testing.T) {
	const bad = 4
	for name, c := range map[string]struct {
		whole  bool
		answer func(c *fakeConn, tag, line string) bool
		code   string // empty: read all the same
	}{
		"head that is no answer": {false, func(c *fakeConn, tag, _ string) bool { c.say("* 4 FETCH (UID 4 BODY[HEADER.FIELDS"); return true }, "mail_message_unread"},
		"unknown item":           {false, func(c *fakeConn, tag, _ string) bool { c.say(`* 4 FETCH (UID 4 X-COLOUR "red")`); return true }, "mail_message_unread"},
		"bad date": {false, func(c *fakeConn, tag, line string) bool {
			if strings.Contains(line, "INTERNALDATE") {
				c.say(`* 4 FETCH (UID 4 INTERNALDATE "yesterday")`)
				return true
			}
			return false
		}, ""},
		"number behind the text": {false, func(c *fakeConn, tag, line string) bool {
			for place, uid := range c.f.uids() {
				if m := fetching.FindStringSubmatch(line); uid != bad && inSet(m[2], uid) {
					c.fetched(place+1, uid, line)
				}
			}
			c.say("* 4 FETCH (BODY[HEADER.FIELDS (From)] {23}\r\nFrom: c@client.test\r\n\r\n UID 4)")
			c.say("%s OK done", tag)
			return true
		}, ""},
		"flags before the text": {false, func(c *fakeConn, _, line string) bool {
			if strings.Contains(line, "INTERNALDATE") {
				c.say(`* 4 FETCH (UID 4 FLAGS (\Seen))`)
			}
			return false
		}, ""},
		"NO for the head":      {false, func(c *fakeConn, tag, _ string) bool { c.say("%s NO this one is damaged", tag); return true }, "mail_message_unread"},
		"BAD for the head":     {false, func(c *fakeConn, tag, _ string) bool { c.say("%s BAD what?", tag); return true }, "mail_message_unread"},
		"hangs up at the head": {false, func(c *fakeConn, _, _ string) bool { _ = c.Close(); return true }, "mail_message_unread"},
		"silent at the head":   {false, func(*fakeConn, string, string) bool { return true }, "mail_message_unread"},
		"absurd size of the head": {false, func(c *fakeConn, _, _ string) bool {
			c.say("* 4 FETCH (UID 4 BODY[HEADER] {99999999999}\r\nFrom:")
			return true
		}, "mail_message_unread"},
		"size beyond all numbers": {true, func(c *fakeConn, _, _ string) bool {
			c.say("* 4 FETCH (UID 4 BODY[] {99999999999999999999}\r\nFrom:")
			return true
		}, "mail_message_unread"},
		"absurd size of the whole": {true, func(c *fakeConn, _, _ string) bool {
			c.say("* 4 FETCH (UID 4 BODY[] {99999999999}\r\nFrom:")
			return true
		}, "mail_message_size"},
		"size in the head": {false, func(c *fakeConn, tag, line string) bool {
			for place, uid := range c.f.uids() {
				if uid == bad {
					c.say("* 4 FETCH (UID 4 RFC822.SIZE 123456789 BODY[HEADER] {8}\r\nFrom: a\r\n)")
				} else if inSet(fetching.FindStringSubmatch(line)[2], uid) {
					c.fetched(place+1, uid, line)
				}
			}
			c.say("%s OK done", tag)
			return true
		}, "mail_message_size"},
		"NO for the whole":      {true, func(c *fakeConn, tag, _ string) bool { c.say("%s NO this one is damaged", tag); return true }, "mail_message_unread"},
		"nothing for the whole": {true, func(c *fakeConn, tag, _ string) bool { c.say("%s OK there", tag); return true }, "mail_message_unread"},
		"NIL for the whole": {true, func(c *fakeConn, tag, _ string) bool {
			c.say("* 4 FETCH (UID 4 BODY[] NIL)\r\n%s OK", tag)
			return true
		}, "mail_message_unread"},
		"hangs up in the whole": {true, func(c *fakeConn, _, _ string) bool {
			c.say("* 4 FETCH (UID 4 BODY[] {100}\r\nFrom:")
			_ = c.Close()
			return true
		}, "mail_message_unread"},
		"no answer for the whole": {true, func(c *fakeConn, _, _ string) bool { c.say("* 4 FETCH [UID 4]"); return true }, "mail_message_unread"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(8)
			f.patience = patience
			f.hook = one(bad, c.whole, c.answer)
			got, at, err := scanned(t, f)
			if err != nil || at.LastUID != 8 {
				t.Errorf("%v %v", at, err)
			}
			want := []uint32{1, 2, 3, 5, 6, 7, 8}
			if c.code == "" {
				want = []uint32{1, 2, 3, 4, 5, 6, 7, 8}
			}
			if read := slices.Sorted(maps.Keys(got.whole)); !slices.Equal(read, want) {
				t.Errorf("read %v", read)
			}
			if got.left[bad] != c.code || c.code == "" != (len(got.left) == 0) {
				t.Errorf("left: %v", got.left)
			}
		})
	}
}

// What is deleted while the folder is read is no fault.
func TestDeletedMeanwhile(t *testing.T) {
	for _, whole := range []bool{false, true} {
		f := newFake(8)
		f.hook = one(4, whole, func(c *fakeConn, tag, line string) bool {
			f.mu.Lock()
			defer f.mu.Unlock()
			delete(f.messages, 4)
			return false
		})
		got, at, err := scanned(t, f)
		if err != nil || at.LastUID != 8 || len(got.whole) != 7 || len(got.left) != 0 {
			t.Errorf("whole %v: %v %v %v %v", whole, at, slices.Sorted(maps.Keys(got.whole)), got.left, err)
		}
	}
}

// A connection that breaks once loses nothing; what was being read is read again.
func TestConnectionThatBreaksOnce(t *testing.T) {
	for _, whole := range []bool{false, true} {
		f := newFake(8)
		var broke atomic.Bool
		f.hook = one(4, whole, func(c *fakeConn, tag, line string) bool {
			if !broke.Swap(true) {
				_ = c.Close()
				return true
			}
			return false
		})
		got, at, err := scanned(t, f)
		if err != nil || at.LastUID != 8 || len(got.whole) != 8 || len(got.heads) != 8 || len(got.left) != 0 || f.accepted != 2 {
			t.Errorf("whole %v: %v, heads %v, left %v, %d connections, %v", whole, at, got.heads, got.left, f.accepted, err)
		}
	}
}

// A server in disorder is not taken for damaged messages: nothing is left then, and the next scan sees all.
func TestServerInDisorder(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(f *fake, c *fakeConn, tag, line string) bool
		codes  []string
	}{
		"not now": {func(_ *fake, c *fakeConn, tag, _ string) bool { c.say("%s NO [UNAVAILABLE] Later", tag); return true }, []string{"mail_later_imap"}},
		"throttled": {func(_ *fake, c *fakeConn, tag, _ string) bool {
			c.say("%s NO Request is throttled. Suggested Backoff Time: 299 s", tag)
			return true
		}, []string{"mail_later_imap"}},
		"refuses the login from now on": {func(f *fake, c *fakeConn, _, _ string) bool {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.greeting = "* BYE shutting down"
			_ = c.Close()
			return true
		}, []string{"mail_later_imap", "mail_connection"}},
		"silent from now on": {func(f *fake, _ *fakeConn, _, _ string) bool {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.greeting = ""
			return true
		}, []string{"mail_timeout", "mail_answer_imap"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(8)
			f.patience = patience
			f.hook = one(4, true, func(fc *fakeConn, tag, line string) bool { return c.answer(f, fc, tag, line) })
			got, at, err := scanned(t, f)
			if !slices.Contains(c.codes, ledger.CodeOf(err)) || at.LastUID != 3 || len(got.left) != 0 {
				t.Errorf("%v, left %v: %v", at, got.left, err)
			}
			f.mu.Lock()
			f.greeting = "* OK ready"
			f.mu.Unlock()
		})
	}
}

// Every message is damaged: the scan ends, and the next goes on behind what was told.
func TestManyBadMessages(t *testing.T) {
	f := newFake(100)
	f.hook = func(c *fakeConn, tag, line string) bool {
		if fetching.MatchString(line) {
			c.say("%s NO damaged", tag)
			return true
		}
		return false
	}
	got, at, err := scanned(t, f)
	if ledger.CodeOf(err) != "mail_answer_imap" || len(got.left) != maxTrouble || at.LastUID != maxTrouble || got.reached[len(got.reached)-1] != at {
		t.Errorf("%v, %d left: %v", at, len(got.left), err)
	}
}

// A header of any length is cut.
func TestHeaderBomb(t *testing.T) {
	f := newFake(3)
	f.put(2, "From: c@client.test\r\n"+strings.Repeat("To: "+strings.Repeat("x", 990)+"\r\n", 2000)+"\r\nBonjour\r\n")
	server, access := f.start(t)
	var got found
	s := got.scanning()
	largest := 0
	wanted := s.Wanted
	s.Wanted = func(h *Head) bool { largest = max(largest, len(h.Header)); return wanted(h) }
	at, err := open(t, server, access).Scan(t.Context(), "INBOX", Position{}, s)
	if err != nil || at.LastUID != 3 || !slices.Equal(got.heads, []uint32{1, 2, 3}) || largest != MaxHeader || len(got.whole[2]) < 1_900_000 {
		t.Errorf("%v %v, largest header %d: %v", at, got.heads, largest, err)
	}
}

// What never ends is ended here, and takes no memory.
func TestEndlessAnswers(t *testing.T) {
	pour := func(c *fakeConn, begin, more string) bool {
		if _, err := c.Write([]byte(begin)); err != nil {
			return true
		}
		block := []byte(strings.Repeat(more, 1+(64<<10)/len(more)))
		for {
			if _, err := c.Write(block); err != nil {
				return true
			}
		}
	}
	at := func(word string, answer func(c *fakeConn, tag string) bool) func(*fakeConn, string, string) bool {
		return func(c *fakeConn, tag, line string) bool { return strings.HasPrefix(line, word) && answer(c, tag) }
	}
	for name, c := range map[string]struct {
		hook func(*fakeConn, string, string) bool
		code string
	}{
		"numbers": {at("UID SEARCH", func(c *fakeConn, _ string) bool { return pour(c, "* SEARCH", " 3 9 27") }), "mail_answer_imap"},
		"a word":  {at("UID SEARCH", func(c *fakeConn, _ string) bool { return pour(c, "* ", "x") }), "mail_answer_imap"},
		"news":    {at("UID SEARCH", func(c *fakeConn, _ string) bool { return pour(c, "", "* 5 EXISTS\r\n") }), "mail_answer_imap"},
		"everything": {at("UID SEARCH", func(c *fakeConn, tag string) bool {
			c.say("* ESEARCH (TAG %q) UID ALL 1:4294967295\r\n%s OK", tag, tag)
			return true
		}), "mail_answer_imap"},
		"zero": {at("UID SEARCH", func(c *fakeConn, tag string) bool { c.say("* SEARCH 0\r\n%s OK", tag); return true }), "mail_answer_imap"},
		"a drip": {at("UID SEARCH", func(c *fakeConn, _ string) bool {
			_, err := c.Write([]byte("* OK "))
			for err == nil {
				_, err = c.Write([]byte("x"))
				time.Sleep(20 * time.Millisecond)
			}
			return true
		}), "mail_timeout"},
		"heads": {func(c *fakeConn, _, line string) bool {
			return strings.Contains(line, "INTERNALDATE") && pour(c, "", "* 1 FETCH (UID 1 BODY[HEADER] {3}\r\nA: )\r\n")
		}, ""}, // they come one by one then
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(8)
			f.hook = c.hook
			server, access := f.start(t)
			b := open(t, server, access)
			if name == "a drip" {
				b.wire.step = 60 * time.Millisecond
			}
			var got found
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			_, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning())
			runtime.GC()
			runtime.ReadMemStats(&after)
			if ledger.CodeOf(err) != c.code || err == nil && len(got.whole) != 8 || len(got.left) != 0 {
				t.Errorf("%d read, left %v: %v", len(got.whole), got.left, err)
			}
			if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
				t.Errorf("%d MB are held", grown>>20)
			}
		})
	}
}

// Nothing changes in a mailbox that is looked through.
func TestChangesNothing(t *testing.T) {
	f := newFake(5)
	server, access := f.start(t)
	b := open(t, server, access)
	var got found
	if _, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning()); err != nil || len(got.whole) != 5 {
		t.Fatal(err)
	}
	if _, err := b.Folders(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, line := range f.said("") {
		verb, rest, _ := strings.Cut(line, " ")
		if verb == "UID" {
			verb, _, _ = strings.Cut(rest, " ")
		}
		if !slices.Contains([]string{"CAPABILITY", "LOGIN", "LIST", "EXAMINE", "SEARCH", "FETCH"}, verb) || verb == "FETCH" && !strings.Contains(line, "BODY.PEEK[") {
			t.Errorf("said: %s", line)
		}
		if strings.Contains(line, "ENVELOPE") || strings.Contains(line, "BODYSTRUCTURE") {
			t.Errorf("asked: %s", line)
		}
	}
}

// The end of the context is the end of waiting.
func TestEndOfContext(t *testing.T) {
	f := newFake(3)
	ctx, cancel := context.WithCancel(t.Context())
	f.hook = one(2, true, func(*fakeConn, string, string) bool { cancel(); return true })
	server, access := f.start(t)
	access.Timeout = time.Minute
	var got found
	if at, err := open(t, server, access).Scan(ctx, "INBOX", Position{}, got.scanning()); !errors.Is(err, context.Canceled) || at.LastUID != 1 || len(got.left) != 0 {
		t.Errorf("%v %v", at, err)
	}
}

// A list of folders that cannot be read leaves the inbox.
func TestFoldersThatCannotBeRead(t *testing.T) {
	f := newFake(0)
	f.hook = func(c *fakeConn, tag, line string) bool {
		if strings.Contains(line, `"*"`) {
			c.say("* LIST () \"/\" \"R\xe9ponses\"\r\n%s OK", tag)
			return true
		}
		return false
	}
	server, access := f.start(t)
	b := open(t, server, access)
	list, err := b.Folders(t.Context())
	if ledger.CodeOf(err) != "mail_folders" || len(list) != 1 || list[0].Name != "INBOX" || !list[0].Look {
		t.Errorf("%+v %v", list, err)
	}
	var got found
	if _, err := b.Scan(t.Context(), "INBOX", Position{}, got.scanning()); err != nil {
		t.Errorf("and then: %v", err)
	}
}

func TestAppendRefused(t *testing.T) {
	for answer, code := range map[string]string{"NO [OVERQUOTA] full": "mail_quota", "NO Quota exceeded": "mail_quota", "NO not here": "mail_refused_imap", "NO [LIMIT] too fast": "mail_later_imap"} {
		f := newFake(0)
		refusing("APPEND", answer)(f)
		refuse := f.hook
		f.hook = func(c *fakeConn, tag, line string) bool {
			if strings.Contains(line, `"*"`) {
				c.say("* LIST (\\Sent) \"/\" Sent\r\n%s OK", tag)
				return true
			}
			return refuse(c, tag, line)
		}
		server, access := f.start(t)
		b := open(t, server, access)
		for range 2 { // the second time on a new connection, as the library closes this one
			if filed, err := b.FileSent(t.Context(), "m1@client.test", []byte(message(1)), day(1)); filed || ledger.CodeOf(err) != code {
				t.Errorf("%s: %v %v", answer, filed, err)
			}
		}
	}
}

// A server whose search finds everything, or nothing, is not believed.
func TestFindSentLooksForItself(t *testing.T) {
	f := newFake(50)
	f.hook = func(c *fakeConn, tag, line string) bool {
		switch {
		case strings.Contains(line, `"*"`):
			c.say("* LIST (\\Sent) \"/\" Sent\r\n%s OK", tag)
		case strings.Contains(line, "HEADER \"Message-ID\""):
			c.say("%s OK", tag)
		case fetching.MatchString(line):
			for place, uid := range c.f.uids() {
				if inSet(fetching.FindStringSubmatch(line)[2], uid) {
					id, _, _ := strings.Cut(c.f.messages[uid], "\r\n")
					c.say("* %d FETCH (UID %d BODY[HEADER.FIELDS (Message-ID)] {%d}\r\n%s\r\n\r\n)", place+1, uid, len(id)+4, id)
				}
			}
			c.say("%s OK", tag)
		default:
			return false
		}
		return true
	}
	server, access := f.start(t)
	b := open(t, server, access)
	for id, want := range map[string]bool{"m45@client.test": true, "m5@client.test": false, "m51@client.test": false} {
		if got, err := b.FindSent(t.Context(), id); got != want || err != nil {
			t.Errorf("%s: %v %v", id, got, err)
		}
	}
}

// A connection that died while nothing happened is noticed when IDLE ends.
func TestWatchOfADeadConnection(t *testing.T) {
	f := newFake(1)
	f.caps = "IMAP4rev1 IDLE"
	f.hook = func(c *fakeConn, tag, line string) bool {
		if line == "IDLE" {
			c.say("+ idling")
		}
		return line == "IDLE" || line == "" || strings.HasPrefix(tag, "DONE")
	}
	f.patience = patience
	server, access := f.start(t)
	b := open(t, server, access)
	b.idle = 50 * time.Millisecond
	begun := false
	if err := b.Watch(t.Context(), "INBOX", time.Minute, func() { begun = true }); ledger.CodeOf(err) != "mail_timeout" || !begun {
		t.Errorf("%v, begun %v", err, begun)
	}
}

// A server without IDLE is looked at from time to time.
func TestWatchByLooking(t *testing.T) {
	f := newFake(1)
	server, access := f.start(t)
	b := open(t, server, access)
	news, end := watched(t, b, 20*time.Millisecond)
	expect(t, news, "the beginning")
	f.put(2, message(2))
	expect(t, news, "a message")
	if err := end(); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
