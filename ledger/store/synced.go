package store

import (
	"os"
	"path/filepath"
	"strings"
)

// providers knows folders that a service copies between computers by a part of their path, in lower case.
var providers = []struct {
	name  string
	parts []string // the whole name of a folder, or its beginning where it ends in *
}{
	{"Dropbox", []string{"dropbox", "dropbox (*", "dropbox-*"}},
	{"OneDrive", []string{"onedrive", "onedrive - *", "onedrive-*"}},
	{"Google Drive", []string{"google drive", "googledrive", "googledrive-*", "my drive", "mon drive", "drivefs"}},
	{"iCloud Drive", []string{"icloud drive", "iclouddrive", "com~apple~clouddocs", "mobile documents"}},
	{"Nextcloud", []string{"nextcloud", "nextcloud-*"}},
	{"ownCloud", []string{"owncloud", "owncloud-*"}},
	{"kDrive", []string{"kdrive", "kdrive*"}},
	{"pCloud", []string{"pcloud", "pclouddrive", "pcloud drive"}},
	{"Proton Drive", []string{"proton drive", "protondrive-*"}},
	{"Syncthing", []string{"syncthing"}},
	{"Box", []string{"box sync", "box-box"}},
}

// markers are files that services leave in the folders which they copy.
var markers = []struct{ name, pattern string }{
	{"Dropbox", ".dropbox"},
	{"Dropbox", ".dropbox.cache"},
	{"Nextcloud", ".nextcloudsync.log"},
	{"Nextcloud", ".sync_*.db"},
	{"ownCloud", ".owncloudsync.log"},
	{"ownCloud", "._sync_*.db"},
	{"Syncthing", ".stfolder"},
	{"Google Drive", ".tmp.driveupload"},
	{"kDrive", ".kdrive*"},
}

// SyncedFolder says whether a file lies in a folder that a service copies between computers, where two of
// them may write the ledger at once and spoil it, and which service that is.
func SyncedFolder(path string) (provider string, ok bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	dirs := []string{filepath.Dir(abs)}
	if real, err := filepath.EvalSymlinks(dirs[0]); err == nil && real != dirs[0] {
		dirs = append(dirs, real)
	}
	for _, dir := range dirs {
		if p, ok := byName(dir); ok {
			return p, true
		}
		if p, ok := byMarker(dir); ok {
			return p, true
		}
	}
	return "", false
}

func byName(dir string) (string, bool) {
	for _, part := range strings.FieldsFunc(strings.ToLower(dir), func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, p := range providers {
			for _, want := range p.parts {
				start, open := strings.CutSuffix(want, "*")
				if part == want || (open && strings.HasPrefix(part, start)) {
					return p.name, true
				}
			}
		}
	}
	return "", false
}

func byMarker(dir string) (string, bool) {
	for {
		if files, err := os.ReadDir(dir); err == nil {
			for _, f := range files {
				for _, m := range markers {
					if ok, _ := filepath.Match(m.pattern, strings.ToLower(f.Name())); ok {
						return m.name, true
					}
				}
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}
