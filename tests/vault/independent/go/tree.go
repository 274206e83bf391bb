// Reads a vault's log with golang.org/x/mod/sumdb/tlog and note, for tests that compare.
//
// The argument is one JSON object, {"vault": FOLDER, "key": VERIFIER KEY, "records": [INDEX, …], "olds": [SIZE, …]}.
// Opens the checkpoint, computes the tree anew from the entries, compares every tile with it, and then makes the proofs
// from the tiles alone. Prints {"size": …, "root": HEX, "tiles": COUNT, "records": [PROOF, …], "olds": [PROOF, …],
// "roots": [HEX, …]}, or {"error": …}.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // C2SP tlog-tiles: 256 hashes a tile

type request struct {
	Vault   string  `json:"vault"`
	Key     string  `json:"key"`
	Records []int64 `json:"records"`
	Olds    []int64 `json:"olds"`
}

type response struct {
	Size    int64      `json:"size"`
	Root    string     `json:"root"`
	Tiles   int        `json:"tiles"`
	Records [][]string `json:"records"`
	Olds    [][]string `json:"olds"`
	Roots   []string   `json:"roots"`
	Error   string     `json:"error,omitempty"`
}

// folder reads tiles where C2SP puts them: as the Go checksum database does, but without the height in the path.
type folder string

func (f folder) Height() int                      { return height }
func (f folder) SaveTiles([]tlog.Tile, [][]byte)  {}
func (f folder) path(name string) string          { return filepath.Join(string(f), filepath.FromSlash(name)) }
func (f folder) tile(t tlog.Tile) ([]byte, error) { return os.ReadFile(f.path(tilePath(t))) }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, t := range tiles {
		data, err := f.tile(t)
		if os.IsNotExist(err) { // a partial tile may be gone once there is the whole one
			whole := t
			whole.W = 1 << height
			data, err = f.tile(whole)
		}
		if err != nil {
			return nil, err
		}
		if len(data) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s is short", tilePath(t))
		}
		found = append(found, data[:t.W*tlog.HashSize])
	}
	return found, nil
}

func tilePath(t tlog.Tile) string {
	return strings.Replace(t.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

// entries reads a bundle: each entry after its length in two bytes.
func (f folder) entries(n int64, width int) ([][]byte, error) {
	t := tlog.Tile{H: height, L: 0, N: n, W: width}
	data, err := os.ReadFile(f.path(strings.Replace(tilePath(t), "tile/0/", "tile/entries/", 1)))
	if err != nil {
		return nil, err
	}
	var found [][]byte
	for len(data) >= 2 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end > len(data) {
			break
		}
		found, data = append(found, data[2:end]), data[end:]
	}
	if len(data) > 0 || len(found) != width {
		return nil, fmt.Errorf("bundle %d is malformed", n)
	}
	return found, nil
}

// memory is the tree as computed from the entries.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, m[index])
	}
	return found, nil
}

func (f folder) checkpoint(key string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	data, err := os.ReadFile(f.path("checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("no checkpoint of %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	copy(tree.Hash[:], root)
	return tree, err
}

func (f folder) compute(size int64) (memory, error) {
	var tree memory
	for n := int64(0); n<<height < size; n++ {
		width := size - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		entries, err := f.entries(n, int(width))
		if err != nil {
			return nil, err
		}
		for at, entry := range entries {
			hashes, err := tlog.StoredHashes(n<<height+int64(at), entry, tree)
			if err != nil {
				return nil, err
			}
			tree = append(tree, hashes...)
		}
	}
	return tree, nil
}

func (f folder) compareTiles(tree memory, size int64) (int, error) {
	compared := 0
	for _, t := range tlog.NewTiles(height, 0, size) {
		if end := t.N<<height + int64(t.W); t.W < 1<<height && end < size>>(height*t.L) {
			continue // a partial tile of a smaller tree
		}
		expected, err := tlog.ReadTileData(t, tree)
		if err != nil {
			return 0, err
		}
		if found, err := f.tile(t); err != nil || !bytes.Equal(found, expected) {
			return 0, fmt.Errorf("%s is not the tile of these entries (%v)", tilePath(t), err)
		}
		compared++
	}
	return compared, nil
}

func answer(asked request) (told response, err error) {
	vault := folder(asked.Vault)
	tree, err := vault.checkpoint(asked.Key)
	if err != nil {
		return told, err
	}
	computed, err := vault.compute(tree.N)
	if err != nil {
		return told, err
	}
	root, err := tlog.TreeHash(tree.N, computed)
	if err != nil || root != tree.Hash {
		return told, fmt.Errorf("the entries have the root %v, the checkpoint %v (%v)", root, tree.Hash, err)
	}
	told.Size, told.Root = tree.N, hex.EncodeToString(root[:])
	if told.Tiles, err = vault.compareTiles(computed, tree.N); err != nil {
		return told, err
	}
	return told, prove(&told, asked, tree, computed, tlog.TileHashReader(tree, vault))
}

func prove(told *response, asked request, tree tlog.Tree, computed memory, tiles tlog.HashReader) error {
	for _, index := range asked.Records {
		proof, err := tlog.ProveRecord(tree.N, index, tiles)
		if err != nil {
			return err
		}
		leaf := computed[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return err
		}
		told.Records = append(told.Records, words(proof))
	}
	for _, old := range asked.Olds {
		root, err := tlog.TreeHash(old, computed)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, old, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old, root); err != nil {
			return err
		}
		told.Olds = append(told.Olds, words(proof))
		told.Roots = append(told.Roots, hex.EncodeToString(root[:]))
	}
	return nil
}

func words(hashes []tlog.Hash) []string {
	found := []string{}
	for _, one := range hashes {
		found = append(found, hex.EncodeToString(one[:]))
	}
	return found
}

func main() {
	var asked request
	if err := json.Unmarshal([]byte(os.Args[1]), &asked); err != nil {
		panic(err)
	}
	told, err := answer(asked)
	if err != nil {
		told = response{Error: err.Error()}
	}
	json.NewEncoder(os.Stdout).Encode(told)
}
