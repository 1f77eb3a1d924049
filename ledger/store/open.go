package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// lockWait is how long an opening waits for a ledger that another process has open.
const lockWait = time.Second

// Open opens a ledger, or begins one where there is no file. A file that cannot be written is opened for
// reading only. Errors: ledger_not_found, ledger_locked (open elsewhere), ledger_newer (written by a
// newer program), ledger_damaged, ledger_empty, ledger_is_folder, ledger_foreign, ledger_unreadable;
// disk_full and write_failed where a file has to be made. But for the last two, nothing was written.
func Open(path string, o Options) (*Store, error) {
	o = o.complete()
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openError(path, err)
	}
	if err := exists(path); ledger.CodeOf(err) == "ledger_not_found" && !o.MustExist && !o.ReadOnly {
		if err := create(path, o); err != nil {
			return nil, writeError(path, err)
		}
	} else if err != nil {
		return nil, err
	}
	schema, err := inspect(path, o)
	if err != nil {
		return nil, err
	}
	s, err := open(path, o)
	if err != nil {
		return nil, err
	}
	if err := s.begin(schema); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

func (o Options) complete() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.migrations == nil {
		o.migrations = migrations
	}
	if o.openFile == nil {
		o.openFile = os.OpenFile
	}
	return o
}

// exists says why a path cannot be a ledger, before it is opened.
func exists(path string) error {
	info, err := os.Stat(path)
	code := ""
	switch {
	case err != nil:
		return openError(path, err)
	case info.IsDir():
		code = "ledger_is_folder"
	case !info.Mode().IsRegular():
		code = "ledger_foreign"
	case info.Size() == 0:
		code = "ledger_empty"
	default:
		return nil
	}
	return ledger.Errorf(code, "file", path)
}

// open opens a ledger that inspect found sound.
func open(path string, o Options) (*Store, error) {
	s := &Store{path: path, options: o, readOnly: o.ReadOnly}
	var err error
	s.db, s.file, err = openDB(path, s.readOnly, o)
	if !s.readOnly && notWritable(err) {
		s.readOnly = true
		s.db, s.file, err = openDB(path, true, o)
	}
	if err != nil {
		return nil, openError(path, err)
	}
	return s, nil
}

// begin brings an opened ledger up to date and reads it.
func (s *Store) begin(schema int) error {
	if !s.readOnly {
		sweep(filepath.Dir(s.path), func(name string) bool { return name == filepath.Base(s.path) })
	}
	s.schema = schema
	if schema < schemaOf(s.options.migrations) && !s.options.OlderToo {
		if err := s.migrate(); err != nil {
			return err
		}
	}
	return s.load()
}

// openDB opens a file with bbolt. It gives the file too, which after a panic is the only way to let go of
// the lock.
func openDB(path string, readOnly bool, o Options) (*bolt.DB, *os.File, error) {
	var db *bolt.DB
	var f *os.File
	err := guard(path, func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout:         lockWait,
			ReadOnly:        readOnly,
			FreelistType:    bolt.FreelistMapType,
			NoStatistics:    true,
			InitialMmapSize: mapAhead(),
			OpenFile: func(name string, flag int, perm os.FileMode) (*os.File, error) {
				var err error
				f, err = o.openFile(name, flag&^os.O_CREATE, perm)
				return f, err
			},
		})
		return err
	})
	if err != nil {
		if f != nil {
			f.Close()
		}
		return nil, nil, err
	}
	db.AllocSize = growBy
	return db, f, nil
}

// growBy is by how much the file grows beyond need, in bytes.
const growBy = 256 << 10

// mapAhead is how much address space is reserved for the file, in bytes, so that a growing file need not
// wait for those who read it. Windows would make the file as large.
func mapAhead() int {
	if runtime.GOOS == "windows" || strconv.IntSize == 32 {
		return 0
	}
	return 256 << 20
}

// inspect opens a file for reading only, so that one which is not ours stays as it is, and gives its
// schema.
func inspect(path string, o Options) (schema int, err error) {
	db, f, err := openDB(path, true, o)
	if err != nil {
		return 0, openError(path, err)
	}
	defer db.Close()
	err = guard(path, func() error {
		return db.View(func(tx *bolt.Tx) error {
			if faults := checkPages(f); len(faults) > 0 {
				return ledger.Errorf("ledger_damaged", "file", path, "cause", describe(faults))
			}
			meta := tx.Bucket(metaBucket)
			if meta == nil {
				return ledger.Errorf("ledger_foreign", "file", path)
			}
			schema, err = strconv.Atoi(string(meta.Get(schemaKey)))
			switch {
			case err != nil || schema < 1:
				return ledger.Errorf("ledger_damaged", "file", path, "cause", errDamaged("schema"))
			case schema > schemaOf(o.migrations):
				return ledger.Errorf("ledger_newer", "file", path)
			}
			return nil
		})
	})
	return schema, err
}

// create makes an empty ledger. It appears whole or not at all.
func create(path string, o Options) error {
	tmp, err := newFile(path)
	if err != nil {
		return err
	}
	tmp.Close()
	defer os.Remove(tmp.Name())
	db, _, err := openDB(tmp.Name(), false, o)
	if err != nil {
		return err
	}
	err = db.Update(lay)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	err = os.Link(tmp.Name(), path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // not every disk knows links
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil && exists(path) != nil { // unless someone else began it meanwhile
		return err
	}
	syncFolder(path)
	return nil
}

// lay makes the buckets of the present schema.
func lay(tx *bolt.Tx) error {
	schema := schemaOf(migrations)
	for _, name := range bucketNames(schema) {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	id := make([]byte, 16)
	rand.Read(id) // never fails
	meta := tx.Bucket(metaBucket)
	if err := meta.Put(idKey, []byte(hex.EncodeToString(id))); err != nil {
		return err
	}
	return meta.Put(schemaKey, strconv.AppendInt(nil, int64(schema), 10))
}
