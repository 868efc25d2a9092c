package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"spillover/ledger"
	"spillover/store/sqlite"
)

// writerFile and writerName make this test program a writer of one store, see write.
const writerFile, writerName = "SPILLOVER_TEST_WRITER_FILE", "SPILLOVER_TEST_WRITER_NAME"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerFile); path != "" {
		if err := write(context.Background(), path, os.Getenv(writerName)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const updatesOfWriter = 50

// write puts judgements, each in an Update that counts all that are there, and names each on standard output once it
// is acknowledged.
func write(ctx context.Context, path, name string) error {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	for i := range updatesOfWriter {
		err := s.Update(ctx, func(tx ledger.Tx) error {
			all, err := tx.Judgements(ctx)
			if err != nil {
				return err
			}
			// Two writes, so that half an Update would show.
			one := ledger.Judgement{ID: fmt.Sprintf("judgement:%s-%02d-a", name, i), Reason: fmt.Sprint(len(all))}
			two := ledger.Judgement{ID: fmt.Sprintf("judgement:%s-%02d-b", name, i), Reason: fmt.Sprint(len(all))}
			if err := tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{one}}); err != nil {
				return err
			}
			return tx.Apply(ctx, &ledger.Change{PutJudgements: []ledger.Judgement{two}})
		})
		if err != nil {
			return err
		}
		fmt.Printf("judgement:%s-%02d-b\n", name, i)
	}
	return s.Close(ctx)
}

func writer(t *testing.T, path, name string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), writerFile+"="+path, writerName+"="+name)
	return c
}

// TestProcesses has three processes make one store and write to it at once.
func TestProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	var wait sync.WaitGroup
	const processes = 3
	for i := range processes {
		c := writer(t, path, fmt.Sprint(i))
		wait.Go(func() {
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("writer %d: %v\n%s", i, err, out)
			}
		})
	}
	wait.Wait()
	s := open(t, path)
	defer s.Close(t.Context())
	revision, err := s.Revision(t.Context())
	if want := int64(processes * updatesOfWriter); err != nil || revision != want {
		t.Errorf("revision %d, %v; want %d", revision, err, want)
	}
	all, err := s.Judgements(t.Context())
	if err != nil || len(all) != 2*processes*updatesOfWriter {
		t.Errorf("%d judgements, %v", len(all), err)
	}
	counts := map[string]int{}
	for _, j := range all {
		counts[j.Reason]++
	}
	for count, n := range counts {
		if n != 2 {
			t.Errorf("%d judgements counted %s before them: updates did not exclude each other", n, count)
		}
	}
}

// TestKilled kills a writer after each number of acknowledged updates: these are there, whole.
func TestKilled(t *testing.T) {
	t.Parallel()
	for acknowledged := 1; acknowledged < updatesOfWriter; acknowledged += 7 {
		path := filepath.Join(t.TempDir(), "s.db")
		c := writer(t, path, "k")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		for buffer := make([]byte, 64); bytes.Count(said.Bytes(), []byte("\n")) < acknowledged; {
			n, err := out.Read(buffer)
			if err != nil {
				t.Fatal(err)
			}
			said.Write(buffer[:n])
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
		s := open(t, path)
		all, err := s.Judgements(t.Context())
		if err != nil || len(all)%2 != 0 {
			t.Errorf("%d judgements after a kill, %v: half an update", len(all), err)
		}
		there := map[string]bool{}
		for _, j := range all {
			there[j.ID] = true
		}
		for id := range strings.Lines(said.String()) {
			if id, whole := strings.CutSuffix(id, "\n"); whole && !there[id] {
				t.Errorf("%s was acknowledged and is lost", id)
			}
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// TestWaitEnds has an Update wait for another process's lock until its context ends.
func TestWaitEnds(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	one, two := open(t, path), open(t, path)
	defer one.Close(t.Context())
	defer two.Close(t.Context())
	err := one.Update(t.Context(), func(ledger.Tx) error {
		ctx, cancel := context.WithTimeout(t.Context(), 1) // a nanosecond
		defer cancel()
		err := two.Update(ctx, func(ledger.Tx) error { return errors.New("two writers at once") })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for a lock ended with %v", err)
		}
		_, err = two.Revision(t.Context()) // readers do not wait
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestRefused opens files that are no stores. They stay as they are.
func TestRefused(t *testing.T) {
	t.Parallel()
	change := func(t *testing.T, path string, statements ...string) {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, text := range statements {
			if _, err := db.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		name string
		make func(t *testing.T, path string)
		kind ledger.ErrorKind
		says string
	}{
		{"newer", func(t *testing.T, path string) {
			if err := open(t, path).Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			change(t, path, "PRAGMA user_version = 999")
		}, ledger.Incompatible, "run a newer version of Spillover"},
		{"text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("This is no database.\n", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, ledger.Incompatible, "no Spillover store"},
		{"a few bytes", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, ledger.Incompatible, "no Spillover store"},
		{"another program's", func(t *testing.T, path string) { change(t, path, "CREATE TABLE claim (x)") }, ledger.Incompatible, "another program"},
		{"folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, ledger.Unavailable, "cannot be opened"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "s.db")
			test.make(t, path)
			before, _ := os.ReadFile(path) // a folder cannot be read
			s, err := sqlite.Open(t.Context(), path)
			if err == nil {
				s.Close(t.Context())
			}
			if ledger.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("Open gave %s %v, want %s that says %q and names the file", ledger.KindOf(err), err, test.kind, test.says)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
	if _, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "none", "s.db")); ledger.KindOf(err) != ledger.Unavailable {
		t.Errorf("a file in no folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "s.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("with a cancelled context: %v", err)
	}
}

// TestPaths makes stores under names that mean something in a URI, or nothing.
func TestPaths(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"a b.db", "what?.db", "50%20.db", "no#1.db", "môn.db", "a&b=c.db", ":memory:", "file:x", "empty"} {
		path := filepath.Join(folder, name)
		if name == "empty" {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := open(t, path)
		if err := s.Update(t.Context(), func(tx ledger.Tx) error {
			return tx.Apply(t.Context(), &ledger.Change{PutJudgements: []ledger.Judgement{{ID: "judgement:1"}}})
		}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the store is not where it was asked for: %v", err)
		}
		s = open(t, path)
		if n, err := s.Revision(t.Context()); n != 1 || err != nil {
			t.Errorf("%s opened again has revision %d, %v", name, n, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.Revision(t.Context()); err == nil {
			t.Errorf("%s can be read after Close", name)
		}
	}
}
