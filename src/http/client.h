/* Who is at the other end: addresses, and what trusted proxies say of them. */
#ifndef GABARE_CLIENT_H
#define GABARE_CLIENT_H

#include "http/req.h"

#define NETWORKS_MAX 16

struct address { u8 b[16]; };                    /* IPv6; IPv4 as ::ffff:a.b.c.d */
struct network { struct address a; int bits; };
struct networks { struct network v[NETWORKS_MAX]; size_t n; };

/* "192.0.2.1", "2001:db8::1", with or without brackets and port. */
bool address_parse(str s, struct address *ret);
/* "127.0.0.1, 10.0.0.0/8, ::1"; INVALID when one is not an address or there are too many. */
must_use enum err networks_parse(str s, struct networks *ret);
bool networks_hold(const struct networks *n, const struct address *a);

/* Sets req->client and req->tls. `peer` is the connection's address and `tls` whether the connection itself is encrypted.
 * X-Forwarded-For is read from its right end as long as the speaker is trusted, so that a client cannot make itself up. */
void client_identify(struct req *req, const struct address *peer, bool tls, const struct networks *trusted);

#endif
