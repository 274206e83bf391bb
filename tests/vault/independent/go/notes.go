// Signs and opens notes with golang.org/x/mod/sumdb/note, for tests that compare.
//
// Reads one JSON object a line, writes one a line:
//
//	{"sign": TEXT, "key": PRIVATE+KEY+…}        -> {"note": NOTE} or {"error": …}
//	{"open": NOTE, "keys": [VERIFIER KEY, …]}   -> {"text": TEXT, "signed": [NAME, …]} or {"error": …}
//
// Texts and notes are in base64.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

type request struct {
	Sign []byte   `json:"sign"`
	Key  string   `json:"key"`
	Open []byte   `json:"open"`
	Keys []string `json:"keys"`
}

type response struct {
	Note   []byte   `json:"note,omitempty"`
	Text   []byte   `json:"text,omitempty"`
	Signed []string `json:"signed,omitempty"`
	Error  string   `json:"error,omitempty"`
}

// cosigner verifies C2SP cosignature/v1 lines, which the package itself knows nothing of.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }

func (c cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(c.key, []byte(message), sig[8:])
}

func verifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no verifier key")
	}
	material, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(material) != 1+ed25519.PublicKeySize || material[0] != 4 {
		return note.NewVerifier(vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("key id does not match")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), material[1:]}, nil
}

func sign(text []byte, key string) response {
	signer, err := note.NewSigner(key)
	if err != nil {
		return response{Error: err.Error()}
	}
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return response{Error: err.Error()}
	}
	return response{Note: signed}
}

func open(data []byte, keys []string) response {
	var known []note.Verifier
	for _, key := range keys {
		one, err := verifier(key)
		if err != nil {
			return response{Error: err.Error()}
		}
		known = append(known, one)
	}
	opened, err := note.Open(data, note.VerifierList(known...))
	if err != nil {
		return response{Error: err.Error()}
	}
	told := response{Text: []byte(opened.Text)}
	for _, one := range opened.Sigs {
		told.Signed = append(told.Signed, one.Name)
	}
	return told
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var asked request
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			panic(err)
		}
		if asked.Key != "" {
			out.Encode(sign(asked.Sign, asked.Key))
		} else {
			out.Encode(open(asked.Open, asked.Keys))
		}
	}
	if err := in.Err(); err != nil {
		panic(err)
	}
}
