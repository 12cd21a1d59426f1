// A peer in Go: net/http, database/sql and mattn/go-sqlite3 as Debian packages them, with prepared statements, JSON written by
// hand, and one writer that commits together what waits. One table with one index; no tokens and no audit trail.
// Usage: gopeer DATABASE. Prints the port.
package main

import (
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

const (
	actor     = "tok_00000000000000000000000000"
	principal = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/"
	columns   = "id, name, user_arn, session_name, bucket_name, prefix, external_id, created_at"
	maxBatch  = 256
	maxBody   = 64 << 10
	digits    = "0123456789abcdefghjkmnpqrstvwxyz"
)

type icc struct {
	id, externalID, createdAt                                     string
	Name, ConnectorType, UserArn, SessionName, BucketName, Prefix string
}

// isOf reports whether a text of an allowed length has only letters, digits and these other bytes.
func isOf(text, others string, least, most int) bool {
	if len(text) < least || len(text) > most {
		return false
	}
	for at := 0; at < len(text); at++ {
		c := text[at]
		isPlain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !isPlain && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return true
}

func (i *icc) isValid() bool {
	role := strings.TrimPrefix(i.UserArn, "arn:aws:iam::")
	return len(i.Name) >= 1 && len(i.Name) <= 128 && i.ConnectorType == "s3-cross-account" && len(i.Prefix) <= 1024 &&
		len(role) == len(i.UserArn)-13 && isOf(role, "+=,.@_-:/", 19, 560) &&
		isOf(i.SessionName, "+=,.@_-", 2, 64) && isOf(i.BucketName, ".-", 3, 63)
}

// complete adds what the server decides: the identifier, the external ID and the time.
func (i *icc) complete() error {
	var random [48]byte
	if _, err := rand.Read(random[:]); err != nil {
		return err
	}
	now := time.Now().UTC()
	var id [30]byte
	copy(id[:], "icc_")
	for at, left := 13, uint64(now.UnixMilli()); at >= 4; at, left = at-1, left>>5 {
		id[at] = digits[left&31]
	}
	for at := 0; at < 16; at++ {
		id[14+at] = digits[random[32+at]&31]
	}
	i.id, i.externalID, i.createdAt = string(id[:]), hex.EncodeToString(random[:32]), now.Format("2006-01-02T15:04:05.000Z")
	return nil
}

func quoted(out []byte, text string) []byte {
	for at := 0; at < len(text); at++ {
		if text[at] == '"' || text[at] == '\\' {
			out = append(out, '\\')
		}
		out = append(out, text[at])
	}
	return out
}

// render appends the ICC in the bytes that the registry returns. The literals and the values alternate.
func (i *icc) render(out []byte) []byte {
	parts := [...]string{
		`{"id":"`, i.id, `","organisation":"default","name":"`, i.Name,
		`","description":"","connectorType":"s3-cross-account","status":"unverified","enabled":true,"usable":true,"notUsableBecause":[],"userArn":"`, i.UserArn,
		`","sessionName":"`, i.SessionName, `","bucketName":"`, i.BucketName, `","bucketOwner":null,"prefix":"`, i.Prefix,
		`","filenames":[],"kmsKeyArn":null,"externalId":"`, i.externalID,
		`","pendingExternalId":null,"principal":"` + principal, i.SessionName,
		`","trustPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal, i.SessionName,
		`"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"`, i.externalID,
		`"}}}]},"permissionPolicy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":` +
			`"arn:aws:s3:::`, i.BucketName, `","Condition":{"StringLike":{"s3:prefix":"`, i.Prefix,
		`*"}}},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::`, i.BucketName, `/`, i.Prefix,
		`*"}]},"warnings":[],"lastVerification":null,"version":1,"createdAt":"`, i.createdAt,
		`","createdBy":"` + actor + `","updatedAt":"`, i.createdAt, `","updatedBy":"` + actor + `","deletedAt":null}`,
	}
	for at, part := range parts {
		if at%2 == 0 {
			out = append(out, part...)
		} else {
			out = quoted(out, part)
		}
	}
	return out
}

type create struct {
	icc  *icc
	done chan error
}

type server struct {
	read    *sql.Stmt
	creates chan create
	buffers sync.Pool
}

func insert(transaction *sql.Tx, statement *sql.Stmt, batch []create) error {
	prepared := transaction.Stmt(statement)
	for _, each := range batch {
		i := each.icc
		_, err := prepared.Exec(i.id, i.Name, i.UserArn, i.SessionName, i.BucketName, i.Prefix, i.externalID, i.createdAt)
		if err != nil {
			transaction.Rollback()
			return err
		}
	}
	return transaction.Commit()
}

// write commits everything that waits in one transaction, then answers all of it.
func (s *server) write(database *sql.DB) {
	statement, err := database.Prepare("INSERT INTO iccs (" + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		log.Fatal(err)
	}
	for first := range s.creates {
		batch := []create{first}
		for isWaiting := true; isWaiting && len(batch) < maxBatch; {
			select {
			case next := <-s.creates:
				batch = append(batch, next)
			default:
				isWaiting = false
			}
		}
		transaction, err := database.Begin()
		if err == nil {
			err = insert(transaction, statement, batch)
		}
		for _, each := range batch {
			each.done <- err
		}
	}
}

func (s *server) reply(w http.ResponseWriter, status int, i *icc) {
	buffer := s.buffers.Get().(*[]byte)
	content := []byte("{}")
	if i != nil {
		content = i.render((*buffer)[:0])
	}
	w.Header()["Content-Type"] = []string{"application/json"}
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(content))}
	w.WriteHeader(status)
	w.Write(content)
	if i != nil {
		*buffer = content
	}
	s.buffers.Put(buffer)
}

func (s *server) get(w http.ResponseWriter, id string) {
	var i icc
	err := s.read.QueryRow(id).Scan(
		&i.id, &i.Name, &i.UserArn, &i.SessionName, &i.BucketName, &i.Prefix, &i.externalID, &i.createdAt)
	if err == sql.ErrNoRows {
		s.reply(w, 404, nil)
	} else if err != nil {
		log.Fatal(err)
	} else {
		s.reply(w, 200, &i)
	}
}

func (s *server) post(w http.ResponseWriter, r *http.Request) {
	var i icc
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&i) != nil || !i.isValid() {
		io.Copy(io.Discard, r.Body)
		s.reply(w, 422, nil)
		return
	}
	err := i.complete()
	if err == nil {
		waiting := create{&i, make(chan error, 1)}
		s.creates <- waiting
		err = <-waiting.done
	}
	if err != nil {
		log.Fatal(err)
	}
	w.Header()["Location"] = []string{"/v1/iccs/" + i.id}
	s.reply(w, 201, &i)
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const path = "/v1/iccs"
	switch {
	case r.Method == "GET" && strings.HasPrefix(r.URL.Path, path+"/"):
		s.get(w, r.URL.Path[len(path)+1:])
	case r.Method == "POST" && r.URL.Path == path:
		s.post(w, r)
	case r.URL.Path == "/healthz":
		s.reply(w, 200, nil)
	default:
		s.reply(w, 404, nil)
	}
}

func open(path string, connections int) *sql.DB {
	database, err := sql.Open("configured", "file:"+path+"?_mutex=no&_busy_timeout=5000&_txlock=immediate")
	if err != nil {
		log.Fatal(err)
	}
	database.SetMaxOpenConns(connections)
	database.SetMaxIdleConns(connections)
	return database
}

func configure(connection *sqlite3.SQLiteConn) error {
	for _, pragma := range []string{"journal_mode = WAL", "synchronous = FULL", "cache_size = -16000", "mmap_size = 268435456"} {
		if _, err := connection.Exec("PRAGMA "+pragma, nil); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	sql.Register("configured", &sqlite3.SQLiteDriver{ConnectHook: configure})
	reading, writing := open(os.Args[1], runtime.NumCPU()), open(os.Args[1], 1)
	read, err := reading.Prepare("SELECT " + columns + " FROM iccs WHERE id = ?")
	if err != nil {
		log.Fatal(err)
	}
	s := &server{read: read, creates: make(chan create, 4096)}
	s.buffers.New = func() any { buffer := make([]byte, 0, 4096); return &buffer }
	go s.write(writing)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	log.Fatal((&http.Server{Handler: s}).Serve(listener))
}
