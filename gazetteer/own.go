package gazetteer

import (
	"io/fs"
	"os"
	"path/filepath"

	"spillover/ledger"
)

// With is the gazetteer that the program carries together with a user's own rows. They stand in a folder with any of the
// files that [Load] reads, or in one such file. "" is none: [Default].
func With(path string) (*Gazetteer, error) {
	if path == "" {
		return Default(), nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, ledger.Errorf(ledger.Invalid, "the gazetteer %s cannot be read: %w", path, err)
	}
	own := os.DirFS(path)
	if !info.IsDir() {
		switch name := filepath.Base(path); name {
		case "councils.csv", "agencies.csv", "actors.csv", "arrangements.csv":
			own = oneFile{os.DirFS(filepath.Dir(path)), name}
		default:
			return nil, ledger.Errorf(ledger.Invalid, "the gazetteer %s: a file's name says what is in it; call it councils.csv, agencies.csv, actors.csv or arrangements.csv", path)
		}
	}
	builtIn, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return Load(builtIn, own)
}

// oneFile is a folder of which one file alone is seen.
type oneFile struct {
	folder fs.FS
	name   string
}

// Open opens the file.
func (o oneFile) Open(name string) (fs.File, error) {
	if name != o.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.folder.Open(name)
}
