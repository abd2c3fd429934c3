package cos

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"slices"
)

// decrypter implements the standard security handler (ISO 32000-2, 7.6) with the empty user password, as used by documents
// that may be read by anyone but not changed.
type decrypter struct {
	key             []byte
	streams         cipherMethod
	strings         cipherMethod
	encryptMetadata bool
	self            int // object number of the encryption dictionary, whose strings are not encrypted
}

type cipherMethod uint8

const (
	cipherNone cipherMethod = iota
	cipherRC4
	cipherAES128
	cipherAES256
)

// setupCrypt prepares decryption when a trailer names an encryption dictionary.
func (c *collector) setupCrypt() error {
	var enc Object
	var ids [][]byte // file identifiers, newest first: the trailer with /Encrypt need not have one
	d := &decrypter{encryptMetadata: true}
	for i := len(c.scan.trailers) - 1; i >= 0; i-- {
		t := &c.scan.trailers[i]
		if id := c.fileID(t); id != nil && !slices.ContainsFunc(ids, func(have []byte) bool { return bytes.Equal(have, id) }) {
			ids = append(ids, id)
		}
		if enc.kind == Dict {
			continue
		}
		enc = t.get("Encrypt")
		if enc.kind == Ref {
			d.self = int(enc.num)
			enc = c.find(d.self)
		}
	}
	if enc.kind != Dict {
		return nil
	}
	if f := enc.get("Filter"); !f.IsName("Standard") {
		return fmt.Errorf("%w (security handler %q)", ErrEncrypted, f.bytes)
	}
	if err := d.methods(&enc); err != nil {
		return err
	}
	if v := enc.get("EncryptMetadata"); v.kind == Bool && v.num == 0 {
		d.encryptMetadata = false
	}
	revision := enc.get("R")
	ok := false
	if revision.Int() >= 5 {
		ok = d.unlock256(&enc, revision.Int())
	} else {
		for _, id := range append(ids[:min(len(ids), maxFileIDs)], nil) {
			if ok = d.unlockMD5(&enc, revision.Int(), id); ok {
				break
			}
		}
	}
	if !ok {
		return ErrEncrypted
	}
	c.crypt = d
	return nil
}

// maxFileIDs is how many file identifiers are tried. Incremental updates keep the first part of /ID.
const maxFileIDs = 4

// fileID is the permanent part of the /ID of a trailer, nil if there is none.
func (c *collector) fileID(trailer *Object) []byte {
	v := trailer.get("ID")
	if v.kind == Ref {
		v = c.find(int(v.num))
	}
	if v.kind != Array || len(v.items) == 0 {
		return nil
	}
	return v.items[0].bytes
}

// find returns the newest object of a number, before the index has been made.
func (c *collector) find(num int) Object {
	for i := len(c.scan.objects) - 1; i >= 0; i-- {
		if c.scan.objects[i].num == num {
			return c.scan.objects[i].obj
		}
	}
	return Object{}
}

// methods reads the crypt filters for strings and streams.
func (d *decrypter) methods(enc *Object) error {
	v := enc.get("V")
	switch v.Int() {
	case 1, 2, 3:
		d.streams, d.strings = cipherRC4, cipherRC4
		return nil
	case 4, 5:
		d.streams, d.strings = methodOf(enc, "StmF"), methodOf(enc, "StrF")
		return nil
	}
	return fmt.Errorf("%w (unknown method %d)", ErrEncrypted, v.Int())
}

func methodOf(enc *Object, key string) cipherMethod {
	name, filters := enc.get(key), enc.get("CF")
	f := filters.get(string(name.bytes))
	m := f.get("CFM")
	switch string(m.bytes) {
	case "V2":
		return cipherRC4
	case "AESV2":
		return cipherAES128
	case "AESV3":
		return cipherAES256
	}
	return cipherNone
}

var passwordPad = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08" +
	"\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// unlockMD5 derives the key of revisions 2 to 4 (algorithms 2, 4 and 5) and checks it against /U.
func (d *decrypter) unlockMD5(enc *Object, revision int, id []byte) bool {
	owner, user, perm, length := enc.get("O"), enc.get("U"), enc.get("P"), enc.get("Length")
	if len(owner.bytes) < 32 || len(user.bytes) < 16 {
		return false
	}
	size := length.Int() / 8
	if v := enc.get("V"); v.Int() == 4 {
		size = 16
	}
	if size < 5 || size > 16 || revision == 2 {
		size = 5
	}
	p := uint32(int64(perm.num))
	h := md5.New()
	h.Write(passwordPad)
	h.Write(owner.bytes[:32])
	h.Write([]byte{byte(p), byte(p >> 8), byte(p >> 16), byte(p >> 24)})
	h.Write(id)
	if revision >= 4 && !d.encryptMetadata {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:size])
			key = sum[:]
		}
	}
	d.key = key[:size]
	return bytes.HasPrefix(user.bytes, d.userEntry(revision, id))
}

func (d *decrypter) userEntry(revision int, id []byte) []byte {
	if revision == 2 {
		return rc4With(d.key, 0, passwordPad)
	}
	sum := md5.Sum(append(bytes.Clone(passwordPad), id...))
	u := sum[:]
	for i := range byte(20) {
		u = rc4With(d.key, i, u)
	}
	return u
}

// rc4With applies RC4 with every byte of the key XORed with x.
func rc4With(key []byte, x byte, in []byte) []byte {
	k := bytes.Clone(key)
	for i := range k {
		k[i] ^= x
	}
	out := make([]byte, len(in))
	if c, err := rc4.NewCipher(k); err == nil {
		c.XORKeyStream(out, in)
	}
	return out
}

// unlock256 derives the key of revisions 5 and 6 (algorithm 2.A) from the empty user password.
func (d *decrypter) unlock256(enc *Object, revision int) bool {
	user, ue := enc.get("U"), enc.get("UE")
	if len(user.bytes) < 48 || len(ue.bytes) < 32 {
		return false
	}
	validation, keySalt := user.bytes[32:40], user.bytes[40:48]
	if !bytes.Equal(hash256(validation, revision), user.bytes[:32]) {
		return false
	}
	block, err := aes.NewCipher(hash256(keySalt, revision))
	if err != nil {
		return false
	}
	d.key = make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(d.key, ue.bytes[:32])
	return true
}

// hash256 is algorithm 2.B for the empty password.
func hash256(salt []byte, revision int) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	if revision < 6 {
		return k
	}
	for round := 0; ; round++ {
		k1 := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(k1, k1)
		mod := 0
		for _, b := range k1[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(k1)
			k = s[:]
		case 1:
			s := sha512.Sum384(k1)
			k = s[:]
		case 2:
			s := sha512.Sum512(k1)
			k = s[:]
		}
		if round >= 63 && int(k1[len(k1)-1]) <= round-31 {
			return k[:32]
		}
	}
}

// string decrypts a string of an object.
func (d *decrypter) string(b []byte, num, gen int) []byte {
	if num == d.self {
		return b
	}
	return d.decrypt(d.strings, b, num, gen)
}

// stream decrypts the bytes of a stream.
func (d *decrypter) stream(b []byte, num, gen int, dict Object) []byte {
	t := dict.Key("Type")
	if t.IsName("XRef") || t.IsName("Metadata") && !d.encryptMetadata {
		return b
	}
	if fs := filtersOf(dict); len(fs) > 0 && fs[0].name == "Crypt" {
		return b // /Identity; other crypt filters of a single stream do not occur
	}
	return d.decrypt(d.streams, b, num, gen)
}

func (d *decrypter) decrypt(m cipherMethod, b []byte, num, gen int) []byte {
	key := d.key
	if m == cipherRC4 || m == cipherAES128 {
		salted := append(bytes.Clone(key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
		if m == cipherAES128 {
			salted = append(salted, "sAlT"...)
		}
		sum := md5.Sum(salted)
		key = sum[:min(len(d.key)+5, 16)]
	}
	switch m {
	case cipherRC4:
		return rc4With(key, 0, b)
	case cipherAES128, cipherAES256:
		return cbcDecrypt(key, b)
	}
	return b
}

// cbcDecrypt decrypts AES in CBC mode, with the initialization vector in front, and removes the padding if it is valid.
func cbcDecrypt(key, b []byte) []byte {
	if len(b) < 32 {
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	body := b[16 : len(b)-len(b)%16]
	out := make([]byte, len(body))
	cipher.NewCBCDecrypter(block, b[:16]).CryptBlocks(out, body)
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}
